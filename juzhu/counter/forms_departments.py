"""What a department's officer types: whose word it is about, and the fields of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juzhu.design.forms import DateSelect
from juzhu.evidence import actions
from juzhu.evidence.annexes import ContributedMonth, Insurance, following
from juzhu.evidence.cells import CellFault, written
from juzhu.evidence.cells import read as read_cell
from juzhu.evidence.errors import EvidenceInvalid, PersonNotFound
from juzhu.evidence.fields import FIELDS, INSURANCE_KINDS, Asked, say
from juzhu.evidence.kinds import Kind
from juzhu.evidence.queries import speaks_of
from juzhu.evidence.sheet_files import PERSON
from juzhu.law.calendar import add_months
from juzhu.operations.actors import Actor
from juzhu.people.models import Person
from juzhu.people.names import folded

YES_NO = (("yes", gettext_lazy("是")), ("no", gettext_lazy("否")))
NOT_SAID = ("", gettext_lazy("没有写"))
TRUTH = {"yes": True, "no": False}
MONTHS_SHOWN = 180
MOST_SPANS = 8


class PersonForm(forms.Form):
    """Somebody, by whole number and name: nobody is browsed, and a wrong name finds nobody."""

    person_name = forms.CharField(
        label=gettext_lazy("姓名"), max_length=60, error_messages={"required": gettext_lazy("请填姓名。")}
    )
    person_number = forms.CharField(
        label=gettext_lazy("公民身份号码"),
        max_length=24,
        help_text=gettext_lazy("要写全 18 位。姓名和号码都对，才找得到。"),
        error_messages={"required": gettext_lazy("请填公民身份号码。")},
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.person: Person | None = None

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "person_name" not in said or "person_number" not in said:
            return said
        try:
            number = read_cell(PERSON[1], said["person_number"])
        except CellFault as fault:
            self.add_error("person_number", str(fault))
            return said
        found = speaks_of(self.actor).filter(identity_number=number).first()
        if found is None or folded(found.name) != folded(said["person_name"]):
            self.add_error("person_number", str(PersonNotFound.sentence))
        else:
            self.person = found
        return said


class WordForm(forms.Form):
    """The fields of a kind, made from `evidence.fields`. Valid, `says` is what it says."""

    kind: Kind

    def __init__(self, *args: Any, kind: Kind, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.says: dict[str, Any] = {}
        self.lay(today)

    def lay(self, today: date) -> None:
        """Make the fields."""
        for asked in FIELDS[self.kind]:
            self.fields[asked.name] = _field(asked, today)

    @staticmethod
    def initial_from(kind: Kind, says: Mapping[str, Any]) -> dict[str, Any]:
        """The typed answers of a word that is there already."""
        if kind is Kind.INSURANCE:
            return SpansForm.spans_of(Insurance.model_validate(dict(says)))
        return {asked.name: _initial(asked, says.get(asked.name)) for asked in FIELDS[kind]}

    def clean(self) -> dict[str, Any]:
        read: dict[str, Any] = {}
        for asked in FIELDS[self.kind]:
            if asked.name in self.cleaned_data:
                try:
                    read[asked.name] = _value(asked, self.cleaned_data[asked.name])
                except CellFault as fault:
                    self.add_error(asked.name, str(fault))
        self.check(say(self.kind, read))
        return self.cleaned_data

    def check(self, says: dict[str, Any]) -> None:
        """Let the kind's own form look at the whole; its faults lie on the fields."""
        if self.errors:
            return
        try:
            self.says = actions.stored(actions.read(self.kind, says))
        except EvidenceInvalid as invalid:
            for name, sentence in invalid.faults.items():
                known = next((part for part in reversed(name.split(".")) if part in self.fields), None)
                self.add_error(known, str(sentence))


class _Needed:
    """A field that is asked for, and checked with the others of its span: the first span has to be filled in
    unless there is none at all.
    """

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)  # type: ignore[misc]


class _NeededChoice(_Needed, forms.ChoiceField):
    pass


class _NeededChoices(_Needed, forms.MultipleChoiceField):
    pass


class _NeededText(_Needed, forms.CharField):
    pass


class SpansForm(WordForm):
    """Insurance by spans of months: each span is alike in every month. A sheet says single months."""

    def lay(self, today: date) -> None:
        asked = self.data.get("spans") or self.initial.get("spans") or "1"
        self.spans = (
            min(max(1, int(asked)), MOST_SPANS) if str(asked).isdecimal() and len(str(asked)) < 3 else 1
        )
        self.fields["none"] = forms.BooleanField(label=_("查过了，没有缴费记录"), required=False)
        newest = today.replace(day=1)
        months = [f"{add_months(newest, -back):%Y-%m}" for back in range(MONTHS_SHOWN)]
        rows = [("", "—"), *((month, month) for month in months)]
        for n in range(1, self.spans + 1):
            self._lay_span(n, rows)

    def _lay_span(self, n: int, rows: list[tuple[str, str]]) -> None:
        needed = n == 1
        first = _NeededChoice(label=_("第 %(n)s 段：从") % {"n": n}, choices=rows, required=needed)
        last = _NeededChoice(label=_("第 %(n)s 段：到") % {"n": n}, choices=rows, required=needed)
        kinds = _NeededChoices(
            label=_("第 %(n)s 段：险种") % {"n": n},
            choices=list(INSURANCE_KINDS.items()),
            widget=forms.CheckboxSelectMultiple,
            required=needed,
        )
        late = _NeededChoice(
            label=_("第 %(n)s 段：是补缴") % {"n": n},
            choices=YES_NO,
            widget=forms.RadioSelect,
            required=needed,
        )
        place = _NeededText(
            label=_("第 %(n)s 段：参保地") % {"n": n},
            max_length=6,
            required=needed,
            help_text=_("6 位行政区划代码，杭州市是 330100。"),
        )
        employer = forms.CharField(label=_("第 %(n)s 段：单位") % {"n": n}, max_length=200, required=False)
        code = forms.CharField(
            label=_("第 %(n)s 段：单位统一社会信用代码") % {"n": n}, max_length=18, required=False
        )
        place.initial = "330100"
        named = {"first": first, "last": last, "kinds": kinds, "late": late, "division": place}
        for name, field in {**named, "employer": employer, "code": code}.items():
            self.fields[f"{name}_{n}"] = field

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("none"):
            self.check({"months": []})
            return said
        months: list[dict[str, Any]] = []
        for n in range(1, self.spans + 1):
            months += self._months(n)
        self.check({"months": months})
        return said

    def _months(self, n: int) -> list[dict[str, Any]]:
        asked = ("first", "last", "kinds", "late", "division")
        said = {name: self.cleaned_data.get(f"{name}_{n}") for name in asked}
        if not (said["first"] or said["last"] or said["kinds"]):
            if n == 1:
                self.add_error("first_1", _("请选开始的月份；没有缴费就勾“查过了”。"))
            return []
        for name, sentence in (
            ("first", _("请选开始的月份。")),
            ("last", _("请选最后一个月。")),
            ("kinds", _("请选险种。")),
            ("late", _("请选这一段是不是补缴。补缴的月份不算。")),
            ("division", _("请写 6 位行政区划代码，例如 330105。")),
        ):
            if not said[name]:
                self.add_error(f"{name}_{n}", sentence)
        first, last = said["first"], said["last"]
        if first and last and last < first:
            self.add_error(f"last_{n}", _("最后一个月不能早于开始的月份。"))
        if not first or not last or self.errors:
            return []
        rows, month = [], first
        while month <= last:
            rows.append(
                {
                    "month": month,
                    "kinds": said["kinds"],
                    "division": said["division"],
                    "back_paid": said["late"] == "yes",
                    "employer": self.cleaned_data.get(f"employer_{n}", ""),
                    "employer_code": self.cleaned_data.get(f"code_{n}", "").upper(),
                }
            )
            month = following(month)
        return rows

    @classmethod
    def with_one_more(cls, sent: QueryDict, today: date) -> WordForm:
        """The same with room for one span more: everything typed is kept, and nothing is judged yet."""
        typed: dict[str, Any] = {
            name: values if name.startswith("kinds_") else values[-1]
            for name, values in sent.lists()
            if values
        }
        spans = str(sent.get("spans", "1"))
        typed["spans"] = str(int(spans) + 1) if spans.isdecimal() and len(spans) < 3 else "2"
        return cls(kind=Kind.INSURANCE, today=today, initial=typed)

    @staticmethod
    def spans_of(content: Insurance) -> dict[str, Any]:
        """An insurance as typed answers, as far as there is room."""
        if not content.months and not content.runs:
            return {"none": True}
        spans = _spans(content)[:MOST_SPANS]
        found: dict[str, Any] = {"spans": len(spans)}
        for n, span in enumerate(spans, 1):
            found |= {f"{name}_{n}": value for name, value in span.items()}
        return found


def _spans(content: Insurance) -> list[dict[str, Any]]:
    spans: list[dict[str, Any]] = []
    for month in sorted(content.months, key=lambda row: (row.employer_code, row.employer, row.month)):
        like = _like(month)
        last = spans[-1] if spans else None
        if last and following(last["last"]) == month.month and {**last, **like} == last:
            last["last"] = month.month
        else:
            spans.append({"first": month.month, "last": month.month, **like})
    if content.months:
        return sorted(spans, key=lambda span: str(span["first"]))
    return [
        {
            "first": run.from_month,
            "last": run.to_month,
            "kinds": ["pension"],
            "division": run.division,
            "late": "yes" if run.back_paid else "no",
            "employer": run.employer,
            "code": run.employer_code,
        }
        for run in content.runs
    ]


def _like(month: ContributedMonth) -> dict[str, Any]:
    return {
        "kinds": list(month.kinds),
        "division": month.division,
        "late": "yes" if month.late else "no",
        "employer": month.employer,
        "code": month.employer_code,
    }


def word_form(kind: Kind) -> type[WordForm]:
    """The form of a kind."""
    return SpansForm if kind is Kind.INSURANCE else WordForm


def _field(asked: Asked, today: date) -> forms.Field:
    shared: dict[str, Any] = {"label": asked.label, "required": asked.required, "help_text": asked.hint}
    shared["error_messages"] = {"required": _("没有填。"), "invalid": _("没有这一天，请再选一次。")}
    if asked.sort == "day":
        years = range(today.year + 20, 1969, -1)
        return forms.DateField(widget=DateSelect(years=years), **shared)
    if asked.sort == "truth":
        choices = YES_NO if asked.required else (*YES_NO, NOT_SAID)
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **shared)
    if asked.sort == "choice":
        rows = [("", "—"), *(asked.choices or {}).items()]
        return forms.ChoiceField(choices=rows, **shared)
    if asked.sort in {"names", "people"}:
        shared["widget"] = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(max_length=500, **shared)


def _value(asked: Asked, given: Any) -> Any:
    if asked.sort == "day":
        return given.isoformat() if given else None
    if asked.sort == "truth":
        return TRUTH.get(given)
    if asked.sort == "choice":
        return given or None
    return read_cell(asked, given or "")


def _initial(asked: Asked, value: Any) -> Any:
    if asked.sort == "day":
        return date.fromisoformat(value) if value else None
    if asked.sort == "truth":
        return {True: "yes", False: "no"}.get(value, "")
    return value if asked.sort == "choice" else written(asked, value)


class SheetForm(forms.Form):
    """A filled-in sheet."""

    sheet = forms.FileField(
        label=gettext_lazy("选择填好的表"),
        help_text=gettext_lazy(".xlsx 或 .csv，不超过 10 MB，最多 5000 行。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": gettext_lazy("请选填好的表。"),
            "empty": gettext_lazy("这张表是空的。请重新选择文件。"),
        },
    )


class AnswerForm(forms.Form):
    """What a department found when it checked an objection, in words for the person."""

    answer = forms.CharField(
        label=gettext_lazy("核对的情况"),
        help_text=gettext_lazy("本人会一字不差地看到。写查了什么，结果是什么。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("请写明核对的情况。本人会看到。")},
    )
