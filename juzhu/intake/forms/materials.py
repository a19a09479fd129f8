"""One form a paper: the files, and the few things that must be typed, since a picture doesn't say them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from juzhu.design.forms import DateSelect
from juzhu.law.calendar import add_months
from juzhu.people.divisions import division_name

ACCEPT = ".jpg,.jpeg,.png,.pdf"
SCHOOL_DIVISIONS = (
    "330105", "330102", "330106", "330108", "330109", "330110", "330111", "330112", "330113", "330114",
    "330122", "330127", "330182",
)  # fmt: skip
ELSEWHERE = "000000"
YES_NO = (("yes", _("是")), ("no", _("不是")))
TRUTH = {"yes": True, "no": False, "unknown": None}
INSURANCE_MONTHS = 60


class SeveralFiles(forms.FileInput):
    """A native file input that takes several files."""

    allow_multiple_selected = True


class PaperFiles(forms.Field):
    """Files that are checked one by one where they are taken in, not here."""

    def clean(self, value: Any) -> None:
        return None


class PaperForm(forms.Form):
    """The files of one paper. `files` is checked by the action, file by file, so that one bad file costs no
    good one.
    """

    use_required_attribute = False
    hint: ClassVar[Any] = _("JPG、PNG 或 PDF，每个不超过 10 MB，可以一次选几个。")
    one_picture: ClassVar[bool] = False

    def __init__(self, *args: Any, name: str | Promise, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        widget = (
            forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png"})
            if self.one_picture
            else SeveralFiles(attrs={"accept": ACCEPT, "multiple": True})
        )
        label = format_lazy(_("选择“{name}”的文件"), name=name)
        self.fields["files"] = PaperFiles(label=label, widget=widget, help_text=self.hint)
        self.order_fields(["files"])
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to the day."""

    @property
    def typed_names(self) -> list[str]:
        """The names under which this form's typed answers are sent."""
        names = []
        for bound in self:
            if bound.name == "files":
                continue
            if isinstance(bound.field.widget, DateSelect):
                names += [f"{bound.html_name}_{part}" for part in ("year", "month", "day")]
            else:
                names.append(bound.html_name)
        return names

    def typed(self, sent: Mapping[str, Any]) -> dict[str, str]:
        """What was typed, as it was typed."""
        return {name: str(sent[name]) for name in self.typed_names if sent.get(name)}

    def says(self) -> dict[str, Any]:
        """What the paper says, in the form of its kind."""
        return {}

    @classmethod
    def initial_from(cls, says: Mapping[str, Any]) -> dict[str, Any]:
        """The typed answers of a paper that is there already."""
        return dict(says)


class PhotoForm(PaperForm):
    hint = _("近期证件照：白底，正面，不戴帽子。JPG 或 PNG，不超过 10 MB。")
    one_picture = True


class TitleForm(PaperForm):
    owner = forms.CharField(label=_("证上写的产权人"), max_length=60, required=False)

    def says(self) -> dict[str, Any]:
        return {"owner": self.cleaned_data["owner"]}


class InsuranceForm(PaperForm):
    first = forms.ChoiceField(
        label=_("从哪个月开始连续缴"), error_messages={"required": _("请选开始的月份。")}
    )
    last = forms.ChoiceField(label=_("缴到哪个月"), error_messages={"required": _("请选最后一个月。")})

    def prepare(self) -> None:
        months = [add_months(self.today.replace(day=1), -back) for back in range(INSURANCE_MONTHS)]
        rows = [("", "—"), *[(f"{day:%Y-%m}", f"{day:%Y-%m}") for day in months]]
        for name in ("first", "last"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = rows

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", _("最后一个月不能早于开始的月份。"))
        return self.cleaned_data

    def says(self) -> dict[str, Any]:
        run = {"from": self.cleaned_data["first"], "to": self.cleaned_data["last"], "division": "330100"}
        return {"runs": [run]}

    @classmethod
    def initial_from(cls, says: Mapping[str, Any]) -> dict[str, Any]:
        runs = says.get("runs") or [{}]
        return {"first": runs[0].get("from"), "last": runs[0].get("to")}


class LeaseForm(PaperForm):
    hint = _("每一页都要，最后一页有双方签名。JPG、PNG 或 PDF，每个不超过 10 MB。")
    from_day = forms.DateField(
        label=_("合同从哪天起"),
        error_messages={"required": _("请选开始的年、月、日。"), "invalid": _("没有这一天，请再选一次。")},
    )
    to_day = forms.DateField(
        label=_("合同到哪天止"),
        error_messages={"required": _("请选结束的年、月、日。"), "invalid": _("没有这一天，请再选一次。")},
    )
    commodity = forms.ChoiceField(
        label=_("是不是商品房"),
        help_text=_("商品房的租赁要先备案。不清楚就选“不清楚”。"),
        choices=[*YES_NO, ("unknown", _("不清楚"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项；不清楚就选“不清楚”。")},
    )

    def prepare(self) -> None:
        years = range(self.today.year + 10, self.today.year - 15, -1)
        self.fields["from_day"].widget = DateSelect(years=years)
        self.fields["to_day"].widget = DateSelect(years=years)

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("from_day"), self.cleaned_data.get("to_day")
        if first and last and last < first:
            self.add_error("to_day", _("结束的日期不能早于开始的日期。"))
        return self.cleaned_data

    def says(self) -> dict[str, Any]:
        return {
            "from": self.cleaned_data["from_day"].isoformat(),
            "to": self.cleaned_data["to_day"].isoformat(),
            "commodity_housing": TRUTH[self.cleaned_data["commodity"]],
        }

    @classmethod
    def initial_from(cls, says: Mapping[str, Any]) -> dict[str, Any]:
        truth = {True: "yes", False: "no", None: "unknown"}[says.get("commodity_housing")]
        return {
            "from_day": date.fromisoformat(says["from"]),
            "to_day": date.fromisoformat(says["to"]),
            "commodity": truth,
        }


class NumberForm(PaperForm):
    number = forms.CharField(label=_("编号"), max_length=60, required=False)

    def says(self) -> dict[str, Any]:
        return {"number": self.cleaned_data["number"]}


class SafetyForm(PaperForm):
    inspected_on = forms.DateField(
        label=_("排查的日期"),
        error_messages={"required": _("请选排查的年、月、日。"), "invalid": _("没有这一天，请再选一次。")},
    )
    illegal_construction = forms.ChoiceField(
        label=_("表上写：是违法建筑吗"), choices=YES_NO, widget=forms.RadioSelect
    )
    dangerous_building = forms.ChoiceField(
        label=_("表上写：是危房吗"), choices=YES_NO, widget=forms.RadioSelect
    )
    changed_use = forms.ChoiceField(
        label=_("表上写：改变了房屋用途吗"), choices=YES_NO, widget=forms.RadioSelect
    )
    QUESTIONS: ClassVar = ("illegal_construction", "dangerous_building", "changed_use")

    def prepare(self) -> None:
        self.fields["inspected_on"].widget = DateSelect(
            years=range(self.today.year, self.today.year - 10, -1)
        )
        for name in self.QUESTIONS:
            self.fields[name].error_messages["required"] = _("请照排查表选“是”或“不是”。")

    def clean_inspected_on(self) -> date:
        day: date = self.cleaned_data["inspected_on"]
        if day > self.today:
            raise ValidationError(_("排查的日期还没有到。请照排查表填。"))
        return day

    def says(self) -> dict[str, Any]:
        answers = {name: TRUTH[self.cleaned_data[name]] for name in self.QUESTIONS}
        return {**answers, "inspected_on": self.cleaned_data["inspected_on"].isoformat()}

    @classmethod
    def initial_from(cls, says: Mapping[str, Any]) -> dict[str, Any]:
        answers = {name: "yes" if says.get(name) else "no" for name in cls.QUESTIONS}
        return {**answers, "inspected_on": date.fromisoformat(says["inspected_on"])}


class StudentForm(PaperForm):
    school = forms.CharField(
        label=_("学校名称"), max_length=200, error_messages={"required": _("请填学校的全名。")}
    )
    division = forms.ChoiceField(label=_("学校在哪里"), error_messages={"required": _("请选学校在哪里。")})
    full_time = forms.ChoiceField(
        label=_("是不是全日制"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选“是”或“不是”。")},
    )
    enrolled_on = forms.DateField(
        label=_("入学的日期"),
        error_messages={"required": _("请选入学的年、月、日。"), "invalid": _("没有这一天，请再选一次。")},
    )

    def prepare(self) -> None:
        language = get_language() or "zh"
        field = self.fields["division"]
        assert isinstance(field, forms.ChoiceField)
        rows: list[tuple[str, Any]] = [(code, division_name(code, language)) for code in SCHOOL_DIVISIONS]
        field.choices = [("", "—"), *rows, (ELSEWHERE, _("不在杭州"))]
        self.fields["enrolled_on"].widget = DateSelect(years=range(self.today.year, self.today.year - 25, -1))

    def says(self) -> dict[str, Any]:
        return {
            "school": self.cleaned_data["school"],
            "division": self.cleaned_data["division"],
            "full_time": TRUTH[self.cleaned_data["full_time"]],
            "enrolled_on": self.cleaned_data["enrolled_on"].isoformat(),
        }

    @classmethod
    def initial_from(cls, says: Mapping[str, Any]) -> dict[str, Any]:
        on = says.get("enrolled_on")
        return {
            **says,
            "full_time": "yes" if says.get("full_time") else "no",
            "enrolled_on": date.fromisoformat(on) if on else None,
        }


class TalentForm(NumberForm):
    valid_until = forms.DateField(
        label=_("有效期到哪天"),
        error_messages={"required": _("请照证上选年、月、日。"), "invalid": _("没有这一天，请再选一次。")},
    )

    def prepare(self) -> None:
        self.fields["valid_until"].widget = DateSelect(
            years=range(self.today.year + 12, self.today.year - 5, -1)
        )

    def says(self) -> dict[str, Any]:
        return {**super().says(), "valid_until": self.cleaned_data["valid_until"].isoformat()}

    @classmethod
    def initial_from(cls, says: Mapping[str, Any]) -> dict[str, Any]:
        until = says.get("valid_until")
        return {**says, "valid_until": date.fromisoformat(until) if until else None}
