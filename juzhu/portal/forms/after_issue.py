"""Forms after issue: what is wrong on the permit, what somebody says before a decision, a tip."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juzhu.design.formats import language
from juzhu.design.forms import DateSelect
from juzhu.design.uploads import UploadForm
from juzhu.people.ethnic_groups import CHOICES as ETHNIC_GROUPS
from juzhu.people.ethnic_groups import ethnic_group_name
from juzhu.people.models import Sex
from juzhu.permits.after.corrections import FIELDS
from juzhu.registration.subdistricts import SUBDISTRICTS

LONGEST = 200


class FieldForm(forms.Form):
    """Which entry is wrong."""

    field = forms.ChoiceField(
        label=_("哪一条写错了"),
        choices=list(FIELDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一条。"), "invalid_choice": _("请从下面选一条。")},
    )


class CorrectionForm(UploadForm):
    """What is right, why, and the proof. `wanted` has the form of the entry that is wrong."""

    explanation = forms.CharField(
        label=_("怎么错的"),
        required=False,
        max_length=500,
        help_text=_("比如：改过名字，户口簿已经换了。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("wanted", "explanation", "papers")

    def __init__(self, *args: Any, field: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].label = _("新的相片") if field == "photo" else _("证明")
        if field == "photo":
            self.fields["papers"].help_text = _(
                "近期证件照：白底，正面，不戴帽子。JPG 或 PNG，不超过 10 MB。"
            )
        else:
            self.fields["wanted"] = _wanted(field, today)
        self.order_fields(self.field_order)

    def wanted(self) -> str:
        """What shall stand there, as text."""
        said = self.cleaned_data.get("wanted", "")
        return said.isoformat() if isinstance(said, date) else str(said)


def _wanted(field: str, today: date) -> forms.Field:
    label, required = _("应该是"), {"required": _("请填应该是什么。")}
    if field == "born":
        widget = DateSelect(years=range(today.year, today.year - 110, -1))
        missing = {"required": _("请填日期，年月日都要选。"), "invalid": _("没有这一天，请再选一次。")}
        return forms.DateField(label=label, widget=widget, error_messages=missing)
    groups = [("", "—"), *((code, ethnic_group_name(code, language())) for code, _name in ETHNIC_GROUPS)]
    listed: dict[str, Sequence[tuple[Any, Any]]] = {"sex": Sex.choices[:2], "ethnic_group": groups}
    choices = list(listed.get(field, ()))
    if choices:
        radio = forms.RadioSelect if field == "sex" else forms.Select
        return forms.ChoiceField(label=label, choices=choices, widget=radio, error_messages=required)
    return forms.CharField(label=label, max_length=LONGEST, error_messages=required)


class StatementForm(forms.Form):
    """What somebody has to say before it is decided."""

    statement = forms.CharField(
        label=_("您的陈述、申辩"),
        help_text=_("写您知道的情况，哪里和我们说的不一样。说了不会因此加重。"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("请写下您的情况。没有要说的，按下面的“不说了”。")},
    )


class TipForm(forms.Form):
    """What somebody has seen. Whom it is about is words: the page knows nobody by name."""

    area = forms.ChoiceField(
        label=_("在哪个街道"),
        error_messages={"required": _("请选街道，我们好转给管那里的派出所。")},
    )
    about = forms.CharField(
        label=_("谁，住在哪里"),
        max_length=LONGEST,
        help_text=_("知道多少写多少：姓名、门牌，或居住证编号。"),
        error_messages={"required": _("请写一点线索，我们才找得到。")},
    )
    text = forms.CharField(
        label=_("您看到了什么"),
        max_length=2000,
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("请写您看到的情况。"), "min_length": _("请多写几个字，至少 5 个。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        assert isinstance(area, forms.ChoiceField)
        area.choices = [("", "—"), *((place.code, place.name(language())) for place in SUBDISTRICTS.values())]
