"""一家人一起登记: one address, and for each who moves in their own reason and workplace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from juzhu.design.forms import NamedBox
from juzhu.intake.forms.registration import (
    AddressForm,
    DwellingForm,
    PlaceForm,
    SinceForm,
    UntilForm,
    check_community,
    with_choices,
)
from juzhu.law.calendar import completed_years
from juzhu.operations.rules import in_force
from juzhu.people.models import Person
from juzhu.registration import addresses
from juzhu.registration.actions import Stay
from juzhu.registration.households import Member
from juzhu.registration.models import Community, Reason, Registration
from juzhu.registration.subdistricts import SUBDISTRICTS

STARTS_SCHOOL = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One person on the form. `current`: where they are registered now."""

    person: Person
    moves_in: BoundField
    reason: BoundField
    workplace: BoundField
    current: Registration | None


class HouseholdForm(UntilForm, DwellingForm, SinceForm, AddressForm, PlaceForm):
    """`people` may be registered together; `registered` holds the current registration of some of them."""

    def __init__(
        self,
        *args: Any,
        people: Sequence[Person],
        registered: Iterable[Registration],
        areas: Iterable[str],
        **kwargs: Any,
    ) -> None:
        self.people, self.areas = list(people), tuple(areas)
        self.registered = {row.person_id: row for row in registered}
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        PlaceForm.prepare(self)
        SinceForm.prepare(self)
        AddressForm.prepare(self)
        lang = get_language() or "zh"
        places = [(code, SUBDISTRICTS[code].name(lang)) for code in self.areas]
        blank = [("", "—")] if len(places) > 1 else []
        self.fields["subdistrict"] = with_choices(self.fields["subdistrict"], [*blank, *places])
        self.fields["stay_months"].required = False
        if "community" in self.fields:
            grouped = groupby(self.communities, lambda row: row.subdistrict)
            rows: list[Any] = [(SUBDISTRICTS[code].name(lang), _named(own)) for code, own in grouped]
            with_choices(self.fields["community"], [("", "—"), *rows])
        for at, person in enumerate(self.people):
            self._add(at, person)

    def _add(self, at: int, person: Person) -> None:
        age = completed_years(person.born, self.today)
        child = age < in_force(self.today).parameters.minor_age
        current = self.registered.get(person.pk)
        first = current.reason if current else ""
        if not first:
            first = (Reason.STUDY if age >= STARTS_SCHOOL else Reason.FAMILY) if child else ""
        asked = not self.is_bound or bool(self.data.get(f"in_{at}"))
        self.fields[f"in_{at}"] = NamedBox(label=person.name, required=False, initial=current is None)
        self.fields[f"reason_{at}"] = forms.ChoiceField(
            label=_("为什么来住"),
            choices=[("", "—"), *Reason.choices],
            required=asked,
            initial=first,
            error_messages={"required": _("请选一项。都不像的，选“其他”。")},
        )
        self.fields[f"workplace_{at}"] = forms.CharField(
            label=_("学校或托育机构") if child else _("在哪里工作或上学"),
            max_length=100,
            required=False,
            initial=current.workplace if current else "",
        )

    @property
    def shared(self) -> list[BoundField]:
        """The fields that are the same for everybody."""
        own = ("in_", "reason_", "workplace_")
        return [field for field in self.visible_fields() if not field.name.startswith(own)]

    @property
    def rows(self) -> list[Row]:
        """The people, each with their own fields."""
        return [
            Row(
                person,
                self[f"in_{at}"],
                self[f"reason_{at}"],
                self[f"workplace_{at}"],
                self.registered.get(person.pk),
            )
            for at, person in enumerate(self.people)
        ]

    def clean(self) -> dict[str, Any]:
        check_community(self)
        chosen = [at for at in range(len(self.people)) if self.cleaned_data.get(f"in_{at}")]
        if not chosen:
            self.add_error("in_0" if self.people else None, _("请勾选谁一起登记，至少一位。"))
        for at in chosen:
            self._check_place(at)
        return self.cleaned_data

    def _check_place(self, at: int) -> None:
        current = self.registered.get(self.people[at].pk)
        place, address = self.cleaned_data.get("subdistrict"), self.cleaned_data.get("address")
        if current is None or not place or not address:
            return
        same = addresses.key(place, address) == addresses.key(current.subdistrict, current.address)
        if same and place == current.subdistrict:
            self.add_error(f"in_{at}", _("已经登记在这个地址，不用再登记。请去掉勾选。"))
        elif (since := self.cleaned_data.get("since")) and since < current.arrived_on:
            self.add_error(f"in_{at}", _("搬家的日期不能早于上一次登记的入住日期。"))

    @property
    def members(self) -> list[Member]:
        """Who moves in, in the order of the form."""
        said = self.cleaned_data
        return [
            Member(person, said[f"reason_{at}"], said[f"workplace_{at}"])
            for at, person in enumerate(self.people)
            if said[f"in_{at}"]
        ]

    @property
    def stay(self) -> Stay:
        """What is the same for all, as an action takes it."""
        said = self.cleaned_data
        return Stay(
            subdistrict=said["subdistrict"],
            community=said.get("community", ""),
            address=said["address"],
            since=said["since"],
            reason="",
            dwelling_kind=said["dwelling_kind"],
            stay_until=self.until(said["stay_months"], self.today),
        )

    def whose(self, person_id: object, fallback: str) -> str | None:
        """The field at which a fault about somebody is shown."""
        at = next((at for at, person in enumerate(self.people) if person.pk == person_id), None)
        return f"in_{at}" if at is not None else fallback if fallback in self.fields else None


def _named(rows: Iterable[Community]) -> list[tuple[str, str]]:
    return [(row.code, row.name) for row in rows]


def home_of(registration: Registration) -> dict[str, str]:
    """What the form begins with where a family comes to somebody who lives there already."""
    return {
        "subdistrict": registration.subdistrict,
        "community": registration.community_id or "",
        "address": registration.address,
        "dwelling_kind": registration.dwelling_kind,
    }
