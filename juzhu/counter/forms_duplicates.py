"""What officers type about two records that may be one person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juzhu.people.duplicates import LONGEST


def _said(label: Any, help_text: Any, missing: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
    )


class MergeForm(forms.Form):
    """Which record stays, where an officer may choose, and on what proof."""

    kept = forms.ChoiceField(
        label=_("留下哪一份"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选留下哪一份档案。")},
    )
    said = _said(
        _("凭什么认定是同一个人"),
        _("看了哪些证件、问了谁。至少 4 个字，会记入日志。"),
        _("请写明凭什么认定是同一个人。"),
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if choices:
            field = self.fields["kept"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)
        else:
            del self.fields["kept"]


class ApartForm(forms.Form):
    """How it is known that they are two people."""

    said = _said(
        _("凭什么认定是两个人"),
        _("至少 4 个字。以后不再提示这一对，会记入日志。"),
        _("请写明凭什么认定是两个人。"),
    )


class UndoMergeForm(forms.Form):
    """Why a merge was wrong."""

    said = _said(_("为什么撤销"), _("哪里弄错了。至少 4 个字，会记入日志。"), _("请写明为什么撤销。"))


class OtherRecordForm(forms.Form):
    """The record that an officer holds for the same person's."""

    text = forms.CharField(
        label=_("另一份档案的号码"),
        help_text=_("公民身份号码写全，或者登记号、办件编号。只能找您辖区里的。"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("请填另一份档案的号码。")},
    )

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\0", "").strip()
