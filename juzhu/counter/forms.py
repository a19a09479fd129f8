"""What officers type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juzhu.design.findings import of
from juzhu.design.formats import language
from juzhu.design.forms import DateSelect
from juzhu.design.legal import leaf_name
from juzhu.permits.casework import OTHER

NOTE_LENGTH = 500
MOST = 2**62


class SearchForm(forms.Form):
    """A name's beginning, a whole identity number, or a number."""

    text = forms.CharField(
        label=_("姓名、证号全号或编号"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class RevealForm(forms.Form):
    """What a whole number is needed for."""

    purpose = forms.CharField(
        label=_("看全号做什么"),
        help_text=_("至少 4 个字，会记入日志。本人能看到您看过。"),
        max_length=200,
        error_messages={"required": _("请写明用途。")},
    )


class PlainForm(forms.Form):
    """Nothing is asked but the press of the button."""


class RefuseForm(forms.Form):
    """Why an application is refused, in words for the applicant."""

    reason = forms.CharField(
        label=_("不予的理由"),
        help_text=_("申请人会一字不差地看到。写哪一条没有满足，事实是什么。"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("请写明理由。申请人会看到这段话。")},
    )


class NoticeForm(forms.Form):
    """A note for each missing thing, and what else there is. A thing without a note is on the notice too."""

    def __init__(self, *args: Any, unproven: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [str(of(finding, "code")) for finding in unproven]
        for code in self.codes:
            self.fields[code] = _note(leaf_name(code, language()))
        self.fields[OTHER] = _note(_("还缺别的"), _("规则以外还要补的。没有就不填。"))
        if not self.codes:
            self.fields[OTHER].required = True
            self.fields[OTHER].error_messages["required"] = _("没有待证明的条件。要告知，请写明还缺什么。")

    def notes(self) -> dict[str, str]:
        """What the action takes: every code with its note, and "other" where it was filled in."""
        said = self.cleaned_data
        return {code: said[code] for code in self.codes} | ({OTHER: said[OTHER]} if said[OTHER] else {})


def _note(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TrailForm(forms.Form):
    """What an auditor looks for. Numbers of accounts and persons, never names."""

    kind = forms.ChoiceField(label=_("事项"), required=False)
    account = forms.IntegerField(label=_("账号序号"), required=False, min_value=1, max_value=MOST)
    person = forms.IntegerField(label=_("人员序号"), required=False, min_value=1, max_value=MOST)
    subject = forms.CharField(label=_("对象序号"), required=False, max_length=40)
    day = forms.DateField(label=_("哪一天"), required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], years: range, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=_("事项"), required=False, choices=[("", _("全部")), *kinds]
        )
        self.fields["day"].widget = DateSelect(years=years)
