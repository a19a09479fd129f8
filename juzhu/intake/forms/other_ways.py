"""Papers that few people hand in: other kinds of home, work shown without insurance, the list of talents,
residence in another district of the city.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from juzhu.design.formats import language
from juzhu.design.forms import DateSelect
from juzhu.intake.forms.materials import TRUTH, YES_NO, PaperForm
from juzhu.operations.rules import in_force
from juzhu.people.divisions import HANGZHOU, division_name
from juzhu.registration.subdistricts import DISTRICT

RELATIONS = (
    ("spouse", _("配偶")),
    ("parent", _("父母")),
    ("child", _("子女")),
    ("grandparent", _("祖父母、外祖父母")),
    ("grandchild", _("孙子女、外孙子女")),
)
NO_SUCH_DAY = _("没有这一天，请再选一次。")


def _name(label: Any, required: Any, longest: int = 60) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, error_messages={"required": required})


def _day(label: Any, required: Any = None, hint: Any = "") -> forms.DateField:
    words = {"invalid": NO_SUCH_DAY} | ({"required": required} if required else {})
    return forms.DateField(label=label, required=bool(required), error_messages=words, help_text=hint)


def _question(label: Any, choices: Any = YES_NO) -> forms.ChoiceField:
    words = {"required": _("请选一项。")}
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages=words)


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class KinshipForm(PaperForm):
    relative_name = _name(_("亲属的姓名"), _("请填亲属的姓名，和产权证或租赁合同上的一样。"))
    relation = forms.ChoiceField(
        label=_("这位亲属是您的"),
        choices=[("", "—"), *RELATIONS],
        error_messages={"required": _("请选这位亲属是您的什么人。")},
    )

    def says(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("relative_name", "relation")}


class DormitoryForm(PaperForm):
    employer = _name(_("单位名称"), _("请填单位的全名。"), 200)
    title = _question(_("文件里有单位对宿舍的产权证明吗"))
    commitment = _question(_("文件里有盖了章的安全承诺书吗"))
    SHOWN: ClassVar = {"title": "title_shown", "commitment": "commitment_shown"}

    def says(self) -> dict[str, Any]:
        """A paper that is not among the files is not shown; that is no proof against anybody."""
        shown = {says: self.cleaned_data[name] == "yes" or None for name, says in self.SHOWN.items()}
        return {"employer": self.cleaned_data["employer"], **shown}

    @classmethod
    def initial_from(cls, says: Mapping[str, Any]) -> dict[str, Any]:
        answers = {name: "yes" if says.get(field) else "no" for name, field in cls.SHOWN.items()}
        return {"employer": says.get("employer"), **answers}


class LodgingForm(PaperForm):
    owner = _name(_("房屋主人的姓名"), _("请填房屋主人的姓名。"))

    def says(self) -> dict[str, Any]:
        return {"owner": self.cleaned_data["owner"]}


class TalentListingForm(PaperForm):
    list_name = _name(_("名单的名称"), _("请照文件填名单的名称。"), 200)
    listed_until = _day(_("有效期到哪天"), hint=_("没有写的，不用填。"))

    def prepare(self) -> None:
        years = range(self.today.year + 12, self.today.year - 5, -1)
        self.fields["listed_until"].widget = DateSelect(years=years)

    def says(self) -> dict[str, Any]:
        until = self.cleaned_data["listed_until"]
        return {"list_name": self.cleaned_data["list_name"], "listed_until": _written(until)}

    @classmethod
    def initial_from(cls, says: Mapping[str, Any]) -> dict[str, Any]:
        return {**says, "listed_until": _read(says.get("listed_until"))}


class LabourContractForm(PaperForm):
    hint = _("每一页都要，最后一页有双方签名。JPG、PNG 或 PDF，每个不超过 10 MB。")
    employer = _name(_("单位名称"), _("请填单位的全名。"), 200)
    from_day = _day(_("合同从哪天起"), _("请选开始的年、月、日。"))
    to_day = _day(_("合同到哪天止"), hint=_("没有固定期限的，不用填。"))

    def prepare(self) -> None:
        years = range(self.today.year + 10, self.today.year - 30, -1)
        self.fields["from_day"].widget = DateSelect(years=years)
        self.fields["to_day"].widget = DateSelect(years=years)

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("from_day"), self.cleaned_data.get("to_day")
        if first and last and last < first:
            self.add_error("to_day", _("结束的日期不能早于开始的日期。"))
        return self.cleaned_data

    def says(self) -> dict[str, Any]:
        return {
            "employer": self.cleaned_data["employer"],
            "from": _written(self.cleaned_data["from_day"]),
            "to": _written(self.cleaned_data["to_day"]),
        }

    @classmethod
    def initial_from(cls, says: Mapping[str, Any]) -> dict[str, Any]:
        days = {"from_day": _read(says.get("from")), "to_day": _read(says.get("to"))}
        return {"employer": says.get("employer"), **days}


class BusinessLicenceForm(PaperForm):
    name = _name(_("执照上的名称"), _("请照营业执照填名称。"), 200)
    code = forms.CharField(label=_("统一社会信用代码"), max_length=18, required=False)
    report = _question(_("最近一年的年报报了吗"))
    abnormal = _question(_("在经营异常名录里吗"), [*YES_NO, ("unknown", _("不清楚"))])
    TOLD: ClassVar = {True: "yes", False: "no", None: "unknown"}

    def says(self) -> dict[str, Any]:
        return {
            "name": self.cleaned_data["name"],
            "code": self.cleaned_data["code"],
            "annual_report_filed": TRUTH[self.cleaned_data["report"]],
            "on_abnormal_list": TRUTH[self.cleaned_data["abnormal"]],
        }

    @classmethod
    def initial_from(cls, says: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "name": says.get("name"),
            "code": says.get("code"),
            "report": "yes" if says.get("annual_report_filed") else "no",
            "abnormal": cls.TOLD[says.get("on_abnormal_list")],
        }


class ResidenceElsewhereForm(PaperForm):
    """A certificate of registration, or a permit, of another district of the urban area."""

    hint = _("登记凭证或者居住证，写着区和日期的那一页。JPG、PNG 或 PDF，每个不超过 10 MB。")
    division = forms.ChoiceField(
        label=_("在哪个区登记的"), error_messages={"required": _("请选在哪个区登记的。")}
    )
    registered_on = _day(_("那边哪天登记的"), _("请照凭证选登记的年、月、日。"))
    ended_on = _day(_("那边登记到哪天"), hint=_("还没有办离开的，不用填。"))
    number = forms.CharField(label=_("登记编号"), max_length=60, required=False)

    def prepare(self) -> None:
        urban = in_force(self.today).parameters.urban_divisions
        others = [code for code in HANGZHOU if code in urban and code not in {DISTRICT, "330100"}]
        field = self.fields["division"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *((code, division_name(code, language())) for code in others)]
        years = range(self.today.year, self.today.year - 20, -1)
        self.fields["registered_on"].widget = DateSelect(years=years)
        self.fields["ended_on"].widget = DateSelect(years=years)

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("registered_on"), self.cleaned_data.get("ended_on")
        if first and first > self.today:
            self.add_error("registered_on", _("这一天还没有到。请照凭证再看一遍。"))
        if first and last and last < first:
            self.add_error("ended_on", _("结束的日期不能早于开始的日期。"))
        return self.cleaned_data

    def says(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "division": said["division"],
            "registered_on": _written(said["registered_on"]),
            "ended_on": _written(said["ended_on"]),
            "number": said["number"],
        }

    @classmethod
    def initial_from(cls, says: Mapping[str, Any]) -> dict[str, Any]:
        days = {name: _read(says.get(name)) for name in ("registered_on", "ended_on")}
        return {"division": says.get("division"), "number": says.get("number"), **days}
