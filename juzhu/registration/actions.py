"""The only place that changes registrations. All of it is free of charge (requirements A15)."""

import re
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from juzhu.law import deadlines
from juzhu.operations import events, numbers, once
from juzhu.operations.actors import Actor
from juzhu.operations.rules import in_force
from juzhu.people.models import Person
from juzhu.registration.errors import (
    AlreadyRegistered,
    DayInvalid,
    HouseholdIsLocal,
    NotRegistered,
    PlaceUnknown,
)
from juzhu.registration.models import Community, Registration
from juzhu.registration.subdistricts import DISTRICT, SUBDISTRICTS

DIVISION = re.compile(r"[1-9][0-9]{5}")
"""A code by GB/T 2260."""


@dataclass(frozen=True, slots=True)
class Stay:
    """What somebody says of where they live. `since` is the day of arrival, or of the move."""

    subdistrict: str
    community: str
    address: str
    since: date
    reason: str
    dwelling_kind: str
    workplace: str = ""


def register(
    person: Person, stay: Stay, *, actor: Actor, today: date, channel: str = "web", key: str = ""
) -> Registration:
    """Register where somebody lives. Source: notice 2(1)1; Hangzhou art. 9.

    Raises AlreadyRegistered, HouseholdIsLocal, DayInvalid, PlaceUnknown. The same `key` gives the same
    registration.
    """
    with transaction.atomic():
        _lock(person)
        if earlier := _asked_before(person, key):
            return earlier
        if _current(person):
            raise AlreadyRegistered
        made = _open(person, stay, today, channel, None)
        return _finish("registration.opened", made, actor, key)


def move(
    person: Person, stay: Stay, *, actor: Actor, today: date, channel: str = "web", key: str = ""
) -> Registration:
    """Report a new address. The old registration closes on the day the new one opens, so the residence goes
    on.

    Source: notice 2(1)1. Raises NotRegistered, DayInvalid, PlaceUnknown.
    """
    with transaction.atomic():
        _lock(person)
        if earlier := _asked_before(person, key):
            return earlier
        current = _current(person)
        if current is None:
            raise NotRegistered
        if stay.since < current.arrived_on:
            raise DayInvalid(_("搬家的日期不能早于上一次登记的入住日期。"), field="since")
        current.ended_on, current.end_reason = max(today, current.registered_on), "moved"
        current.save(update_fields=["ended_on", "end_reason"])
        made = _open(person, stay, today, channel, current)
        return _finish("registration.moved", made, actor, key)


def change_workplace(person: Person, workplace: str, *, actor: Actor) -> Registration:
    """Report a new place of work; the residence and its number stay. Raises NotRegistered."""
    with transaction.atomic():
        _lock(person)
        current = _current(person)
        if current is None:
            raise NotRegistered
        current.workplace = workplace
        current.save(update_fields=["workplace"])
        events.append("registration.workplace", actor=actor, subject=current, person_id=person.pk)
    return current


def leave(person: Person, left_on: date, *, actor: Actor, today: date, destination: str = "") -> Registration:
    """Report a departure. `left_on` is the last day here, `destination` a division's code, or "".

    Who goes to another district of the urban area keeps residence and permit, and registers there within
    the term for a change. Source: requirements CF17. Raises NotRegistered, DayInvalid, PlaceUnknown.
    """
    if destination and not DIVISION.fullmatch(destination):
        raise PlaceUnknown(field="destination")
    with transaction.atomic():
        _lock(person)
        current = _current(person)
        if current is None:
            raise NotRegistered
        if not current.registered_on <= left_on <= today:
            raise DayInvalid(_("离开的日期要在登记之后，最晚是今天。"), field="left_on")
        current.ended_on, current.end_reason, current.destination = left_on, "left", destination
        current.save(update_fields=["ended_on", "end_reason", "destination"])
        events.append(
            "registration.ended",
            actor=actor,
            subject=current,
            person_id=person.pk,
            destination=destination,
        )
    return current


def correct_address(person: Person, address: str, *, actor: Actor) -> Registration:
    """Mend a mistake in how the present address is written; it is no move, and the number stays. In the
    caller's transaction, whose event tells of it. Source: Hangzhou art. 18. Raises NotRegistered.
    """
    current = _current(person)
    if current is None:
        raise NotRegistered
    current.address = address.strip()
    current.save(update_fields=["address"])
    return current


def _lock(person: Person) -> None:
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def _current(person: Person) -> Registration | None:
    return Registration.objects.filter(person=person, ended_on__isnull=True).first()


def _asked_before(person: Person, key: str) -> Registration | None:
    if not key:
        return None
    known = once.claim(f"registration:{person.pk}", key)
    return Registration.objects.get(number=known.result) if known else None


def _open(
    person: Person, stay: Stay, today: date, channel: str, follows: Registration | None
) -> Registration:
    rules = in_force(today)
    if person.household_division in rules.parameters.urban_divisions:
        raise HouseholdIsLocal
    if stay.subdistrict not in SUBDISTRICTS:
        raise PlaceUnknown(field="subdistrict")
    community = Community.objects.filter(code=stay.community, subdistrict=stay.subdistrict).first()
    if stay.community and community is None:
        raise PlaceUnknown(field="community")
    if stay.since > today:
        raise DayInvalid(_("这一天还没有到。请填实际入住的日期。"), field="since")
    due = deadlines.deadline("change" if follows else "registration", stay.since, rules).last_day
    return Registration.objects.create(
        number=numbers.yearly(settings.JUZHU_REGISTRATION_PREFIX, today.year),
        person=person,
        division=DISTRICT,
        subdistrict=stay.subdistrict,
        community=community,
        address=stay.address.strip(),
        arrived_on=stay.since,
        registered_on=today,
        reason=stay.reason,
        dwelling_kind=stay.dwelling_kind,
        workplace=stay.workplace.strip(),
        channel=channel,
        follows=follows,
        due_on=due,
    )


def _finish(kind: str, made: Registration, actor: Actor, key: str) -> Registration:
    if key:
        once.remember(f"registration:{made.person_id}", key, made.number)
    events.append(
        kind, actor=actor, subject=made, person_id=made.person_id, number=made.number, late=made.late
    )
    return made
