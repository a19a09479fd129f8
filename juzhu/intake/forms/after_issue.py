"""Forms after issue that the phone and the window share: what is wrong on the permit, and what is wrong in
a department's word.
"""

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


def entry_words(field: str, value: str) -> str:
    """An entry of the permit as people read it; nothing of a photograph."""
    if field == "sex" and value.isdecimal():
        return str(Sex(int(value)).label)
    if field == "ethnic_group":
        return ethnic_group_name(value, language()) if value else ""
    return "" if field == "photo" else value


class ObjectionForm(forms.Form):
    """In their own words: nobody has to know which field it is."""

    use_required_attribute = False
    wrong = forms.CharField(
        label=_("哪里不对"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如：去年 9 月我已经换了单位，这里还是旧单位。"),
        error_messages={"required": _("请写哪里不对。")},
    )
    right = forms.CharField(
        label=_("对的是什么"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("知道就写，不知道可以不写。"),
    )


class StatementForm(forms.Form):
    """What somebody has to say before it is decided."""

    statement = forms.CharField(
        label=_("您的陈述、申辩"),
        help_text=_("写您知道的情况，哪里和我们说的不一样。说了不会因此加重。"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("请写下您的情况。没有要说的，按下面那一个按钮。")},
    )
