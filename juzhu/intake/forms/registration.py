"""One question a page: where, at which door, since when, why, what kind of home, where one works."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from juzhu.design.formats import language
from juzhu.design.forms import DateSelect, NamesSelect
from juzhu.law.calendar import add_months
from juzhu.law.policy import load
from juzhu.people.divisions import HANGZHOU
from juzhu.registration.actions import EXTENSIONS, Stay
from juzhu.registration.models import Community, DwellingKind, Reason, Registration
from juzhu.registration.subdistricts import DISTRICT, SUBDISTRICTS

OLDEST_YEARS = 30


class Question(forms.Form):
    """A page of the wizard. `answers`: those given before; `current`: what a move follows."""

    def __init__(
        self,
        *args: Any,
        answers: dict[str, Any],
        today: date,
        current: Registration | None = None,
        communities: Iterable[Community] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.answers, self.today, self.current = answers, today, current
        self.communities = list(communities)
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to what is known."""


class PlaceForm(Question):
    subdistrict = forms.ChoiceField(
        label=_("在哪个街道"),
        help_text=_("不知道是哪个街道，看门牌或者问房东、物业。"),
        error_messages={"required": _("请选街道。"), "invalid_choice": _("请从列表里选街道。")},
    )

    def prepare(self) -> None:
        language = get_language() or "zh"
        rows = [(code, place.name(language)) for code, place in SUBDISTRICTS.items()]
        self.fields["subdistrict"] = with_choices(self.fields["subdistrict"], [("", "—"), *rows])


def address_field() -> forms.CharField:
    """Where, to the number of the room; the subdistrict is asked for by itself."""
    return forms.CharField(
        label=_("门牌地址"),
        max_length=200,
        min_length=4,
        help_text=_("路名、门牌号、小区、幢、单元、室。街道不用再写。"),
        error_messages={
            "required": _("请填门牌地址，要写到门牌号。"),
            "min_length": _("地址太短了，请写到门牌号。"),
        },
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )


class AddressForm(Question):
    community = forms.ChoiceField(
        label=_("社区"),
        required=False,
        widget=NamesSelect,
        help_text=_("不知道可以不选，派出所会补上。"),
        error_messages={"invalid_choice": _("请从列表里选社区。")},
    )
    address = address_field()

    def prepare(self) -> None:
        if not self.communities:
            del self.fields["community"]
            return
        rows = [(community.code, community.name) for community in self.communities]
        self.fields["community"] = with_choices(self.fields["community"], [("", "—"), *rows])


class SinceForm(Question):
    since = forms.DateField(
        label=_("从哪天住进来的"),
        help_text=_("填实际住进来的那天。居住时间从登记那天算，不从这天算。"),
        error_messages={
            "required": _("请填住进来的日期，年月日都要选。"),
            "invalid": _("没有这一天，请再选一次。"),
        },
    )

    def prepare(self) -> None:
        field = self.fields["since"]
        field.widget = DateSelect(years=range(self.today.year, self.today.year - OLDEST_YEARS, -1))
        if self.current is not None:
            field.label = _("哪天搬过来的")
            field.help_text = _("填实际搬家的那天。")

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if since > self.today:
            raise ValidationError(_("这一天还没有到。请填实际入住的日期。"))
        if self.current is not None and since < self.current.arrived_on:
            raise ValidationError(_("搬家的日期不能早于上一次登记的入住日期。"))
        return since


class ReasonForm(Question):
    reason = forms.ChoiceField(
        label=_("为什么来住"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项。都不像的，选“其他”。")},
    )


class DwellingForm(Question):
    dwelling_kind = forms.ChoiceField(
        label=_("住的是什么房子"),
        choices=DwellingKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项。都不像的，选“其他”。")},
    )


class WorkplaceForm(Question):
    workplace = forms.CharField(
        label=_("在哪里工作或上学"),
        max_length=100,
        required=False,
        help_text=_("写单位或学校的全称。没有就空着。"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )


STAYS = {"3": _("三个月左右"), "6": _("半年左右"), "12": _("一年左右"), "36": _("三年以上")}
UNSURE = "unsure"


class UntilForm(Question):
    """拟居住到: in months from today, because nobody knows the day. `until` is the day, or None."""

    stay_months = forms.ChoiceField(
        label=_("打算住多久"),
        choices=[*STAYS.items(), (UNSURE, _("说不准"))],
        widget=forms.RadioSelect,
        help_text=_("到那天什么都不会自动停，住得久就再延长。"),
        error_messages={"required": _("请选一项。不知道的，选“说不准”。")},
    )

    @staticmethod
    def until(months: str, today: date) -> date | None:
        """The day that so many months from today lead to."""
        return add_months(today, int(months)) if months in STAYS else None


class StayForm(WorkplaceForm, UntilForm, DwellingForm, ReasonForm, SinceForm, AddressForm, PlaceForm):
    """All questions on one page, for an officer who asks them aloud. `areas`: where the officer works."""

    def __init__(self, *args: Any, areas: Iterable[str], **kwargs: Any) -> None:
        self.areas = tuple(areas)
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        PlaceForm.prepare(self)
        SinceForm.prepare(self)
        AddressForm.prepare(self)
        places = [(code, SUBDISTRICTS[code].name(get_language() or "zh")) for code in self.areas]
        blank = [("", "—")] if len(places) > 1 else []
        self.fields["subdistrict"] = with_choices(self.fields["subdistrict"], [*blank, *places])
        self.fields["stay_months"].required = False

    def clean(self) -> dict[str, Any]:
        check_community(self)
        return self.cleaned_data

    @property
    def stay(self) -> Stay:
        """What was answered, as an action takes it."""
        said = dict(self.cleaned_data)
        months = said.pop("stay_months")
        return Stay(**{"community": "", "reason": "", **said, "stay_until": self.until(months, self.today)})


def check_community(form: Question) -> None:
    """Lay a fault on a community of another subdistrict, where both are chosen on one page."""
    place, chosen = form.cleaned_data.get("subdistrict"), form.cleaned_data.get("community")
    own = {community.code: community.subdistrict for community in form.communities}
    if chosen and place and own[chosen] != place:
        form.add_error("community", _("这个社区不在选的街道里。请再选一次。"))


class NewWorkplaceForm(forms.Form):
    """A change of workplace on its own; empty when somebody has stopped working."""

    workplace = forms.CharField(
        label=_("现在的单位或学校"),
        max_length=100,
        required=False,
        help_text=_("写全称。现在没有就空着。"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    since = forms.DateField(
        label=_("从哪天起"),
        help_text=_("换单位的那天，先填好今天。离开单位的，填离开的那天。"),
        error_messages={
            "required": _("请填从哪天起，年月日都要选。"),
            "invalid": _("没有这一天，请再选一次。"),
        },
    )

    def __init__(self, typed: Any, *, current: Registration, today: date) -> None:
        super().__init__(typed, initial={"workplace": current.workplace, "since": today})
        self.current, self.today = current, today
        years = range(today.year, current.registered_on.year - 1, -1)
        self.fields["since"].widget = DateSelect(years=years)

    @property
    def same(self) -> bool:
        """Whether it says what is registered already."""
        return bool(self.cleaned_data["workplace"] == self.current.workplace)

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if since > self.today:
            raise ValidationError(_("这一天还没有到。到了那天再来改。"))
        if since < (self.current.workplace_since or self.current.registered_on):
            raise ValidationError(_("不能早于上一次登记或变更的那天。"))
        return since


class ExtendForm(forms.Form):
    """How much longer somebody stays, asked aloud at the window."""

    months = forms.TypedChoiceField(
        label=_("再住多久"),
        coerce=int,
        choices=[*zip(EXTENSIONS, (_("再住半年"), _("再住一年")), strict=True)],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选再住多久。")},
    )


class LeaveForm(forms.Form):
    """The last day here, and that what it means was read. `others`: who may leave along, by index."""

    MESSAGES: ClassVar = {
        "required": _("请填离开的日期，年月日都要选。"),
        "invalid": _("没有这一天，请再选一次。"),
    }
    destination = forms.ChoiceField(
        label=_("去哪里"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选去哪里。不同的地方，后面办的事不一样。")},
    )
    left_on = forms.DateField(label=_("最后住到哪天"), help_text=_("最晚是今天。"), error_messages=MESSAGES)
    along = forms.MultipleChoiceField(
        label=_("谁一起走"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("住在同一个地址的孩子。一起走的，一次登记。"),
        error_messages={"invalid_choice": _("请从列表里选。")},
    )
    understood = forms.BooleanField(
        label=_("我知道，在拱墅的登记到这天为止"), error_messages={"required": _("请先勾选，表示您知道了。")}
    )

    def __init__(
        self, *args: Any, today: date, others: Iterable[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if choices := list(others):
            with_choices(self.fields["along"], choices)
        else:
            del self.fields["along"]
        self.fields["left_on"].widget = DateSelect(years=range(today.year, today.year - 3, -1))
        with_choices(self.fields["destination"], destinations())


ELSEWHERE = "000000"


def destinations() -> list[tuple[str, str]]:
    """Where one can go: the other districts of the urban area, the counties of the city, anywhere else."""
    urban = load(settings.JUZHU_POLICY).parameters.urban_divisions
    present = [code for code in HANGZHOU if code not in {DISTRICT, "330100"}]
    within = [(code, _("杭州市区：%(place)s") % {"place": _place(code)}) for code in present if code in urban]
    beyond = [(code, _place(code)) for code in present if code not in urban]
    return [*within, *beyond, (ELSEWHERE, str(_("杭州以外的地方")))]


def _place(code: str) -> str:
    return HANGZHOU[code][1 if language() == "en" else 0]


def with_choices(field: forms.Field, choices: list[tuple[str, str]]) -> forms.Field:
    """The field, offering these."""
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
    return field


QUESTIONS: dict[str, type[Question]] = {
    "place": PlaceForm,
    "address": AddressForm,
    "since": SinceForm,
    "reason": ReasonForm,
    "dwelling": DwellingForm,
    "until": UntilForm,
    "workplace": WorkplaceForm,
}
