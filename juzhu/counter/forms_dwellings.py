"""What officers type about let dwellings: an answer, a filing, an inspection, a tenant's help."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from juzhu.design.forms import DateSelect
from juzhu.design.uploads import UploadForm
from juzhu.registration.dwellings.inspections import AMISS, Found

YES_NO = (("no", _("否")), ("yes", _("是")))
QUESTIONS: dict[str, Any] = {
    "illegal_construction": _("是不是违章建筑"),
    "dangerous_building": _("是不是危险房屋"),
    "changed_use": _("有没有改变房屋使用性质"),
    "let_by_designed_room": _("按设计的卧室、起居室出租，没有隔断"),
    "kitchen_or_cellar_let": _("厨房、阳台、地下室、车库住了人"),
    "extinguisher": _("有灭火器，在有效期内"),
    "escape_kit": _("有逃生面罩、绳、哨、手电"),
    "window_bars_open": _("防盗窗能从里面打开，或没有防盗窗"),
}


class BackForm(forms.Form):
    """Why something goes back; the landlord reads it."""

    use_required_attribute = False
    said = forms.CharField(
        label=_("要补什么，怎么补"),
        help_text=_("房东会看到。"),
        max_length=400,
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("请写明要补什么、怎么补，至少 5 个字。"),
            "min_length": _("请写明要补什么、怎么补，至少 5 个字。"),
        },
    )


class FilingForm(forms.Form):
    """The department's number and day."""

    use_required_attribute = False
    filing_number = forms.CharField(
        label=_("备案号"), max_length=60, error_messages={"required": _("请写备案号。")}
    )
    on = forms.DateField(
        label=_("备案日期"),
        error_messages={"required": _("请选备案的日期。"), "invalid": _("没有这一天，请再选一次。")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"on": today}, **kwargs})
        self.fields["on"].widget = DateSelect(years=range(today.year, today.year - 3, -1))


class HelpAnswerForm(forms.Form):
    """What was done, and what the tenant can do now."""

    use_required_attribute = False
    answer = forms.CharField(
        label=_("答复"),
        help_text=_("写联系房东的结果，和租客接下来可以怎么办。租客会看到。"),
        max_length=2000,
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("请写答复，至少 5 个字。"),
            "min_length": _("请写答复，至少 5 个字。"),
        },
    )


class InspectionForm(UploadForm):
    """Annex 4 and order 287's list, in the order in which one walks through a dwelling."""

    papers_needed = False
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
    tenants = forms.IntegerField(
        label=_("现在住了几个人"),
        min_value=0,
        max_value=500,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("请写住了几个人，空着写 0。"), "invalid": _("请写数字。")},
    )
    relatives = forms.BooleanField(label=_("住的人有赡养、抚养、扶养关系，人数不算超"), required=False)
    note = forms.CharField(
        label=_("要整改什么，怎么改"),
        required=False,
        max_length=400,
        help_text=_("有不合格的才写。房东会看到。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    mend_by = forms.DateField(
        label=_("改好的期限"), required=False, error_messages={"invalid": _("没有这一天，请再选一次。")}
    )
    companions = forms.CharField(
        label=_("一起排查的人"), required=False, max_length=100, help_text=_("几个人用顿号隔开。")
    )
    inspected_on = forms.DateField(
        label=_("排查日期"),
        error_messages={"required": _("请选排查的日期。"), "invalid": _("没有这一天，请再选一次。")},
    )
    field_order = (*QUESTIONS, "tenants", "relatives", "note", "mend_by", "papers")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        mend_by = today + timedelta(days=settings.JUZHU_MEND_DAYS)
        initial = {"inspected_on": today, "mend_by": mend_by, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        for code, label in QUESTIONS.items():
            self.fields[code] = forms.ChoiceField(
                label=label,
                choices=YES_NO,
                widget=forms.RadioSelect,
                error_messages={"required": _("请选是或否。"), "invalid_choice": _("请选是或否。")},
            )
        self.fields["papers"].label = _("照片")
        self.fields["inspected_on"].widget = DateSelect(years=[today.year, today.year - 1])
        self.fields["mend_by"].widget = DateSelect(years=[today.year, today.year + 1])
        self.order_fields(self.field_order)

    @property
    def found(self) -> Found:
        """What was found. Only of a valid form."""
        said = self.cleaned_data
        return Found(
            inspected_on=said["inspected_on"],
            answers={code: said[code] == "yes" for code in AMISS},
            tenants=said["tenants"],
            relatives=said["relatives"],
            companions=said["companions"],
            note=said["note"],
            mend_by=said["mend_by"],
            photos=self.stored,
        )
