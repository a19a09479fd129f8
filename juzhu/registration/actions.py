"""The only place that changes registrations. All of it is free of charge (requirements A15)."""

import re
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from juzhu.law import deadlines
from juzhu.law.calendar import add_months
from juzhu.operations import events, numbers, once
from juzhu.operations.actors import Actor
from juzhu.operations.rules import in_force
from juzhu.people import records
from juzhu.people.models import Person
from juzhu.registration.errors import (
    AlreadyRegistered,
    DayInvalid,
    HouseholdIsLocal,
    NotRegistered,
    PlaceUnknown,
)
from juzhu.registration.invitations import waiting_for
from juzhu.registration.models import Community, Registration
from juzhu.registration.subdistricts import DISTRICT, SUBDISTRICTS

DIVISION = re.compile(r"[1-9][0-9]{5}")
"""A code by GB/T 2260."""
EXTENSIONS = (6, 12)
"""By how many months a stay is extended with one press, on a phone and at the window."""


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
    stay_until: date | None = None
    """How long they mean to stay; None: they can't say. Nothing ends on that day."""


def register(
    person: Person,
    stay: Stay,
    *,
    actor: Actor,
    today: date,
    channel: str = "web",
    key: str = "",
    household: str = "",
) -> Registration:
    """Register where somebody lives. Source: notice 2(1)1; Hangzhou art. 9.

    Raises AlreadyRegistered, HouseholdIsLocal, DayInvalid, PlaceUnknown. The same `key` gives the same
    registration. `household`: the number of the form on which their family registered before them.
    """
    with transaction.atomic():
        lock(person)
        if earlier := _asked_before(person, key):
            return earlier
        if current_of(person):
            raise AlreadyRegistered
        made = take_in(person, stay, None, today, channel, household)
        return _finish(made, actor, key)


def move(
    person: Person,
    stay: Stay,
    *,
    actor: Actor,
    today: date,
    channel: str = "web",
    key: str = "",
    household: str = "",
) -> Registration:
    """Report a new address. The old registration closes on the day the new one opens, so the residence goes
    on.

    Source: notice 2(1)1. Raises NotRegistered, DayInvalid, PlaceUnknown.
    """
    with transaction.atomic():
        lock(person)
        if earlier := _asked_before(person, key):
            return earlier
        current = current_of(person)
        if current is None:
            raise NotRegistered
        made = take_in(person, stay, current, today, channel, household)
        return _finish(made, actor, key)


def extend(person: Person, until: date, *, actor: Actor, today: date) -> Registration:
    """Say that one stays longer; the registration and its number stay. Raises NotRegistered, DayInvalid.

    Said twice, it changes nothing.
    """
    with transaction.atomic():
        lock(person)
        current = current_of(person)
        if current is None:
            raise NotRegistered
        if until == current.stay_until:
            return current
        if until <= max(today, current.stay_until or today):
            raise DayInvalid(_("请选一个更晚的日子。"), field="stay_until")
        current.stay_until = until
        current.save(update_fields=["stay_until"])
        events.append("registration.extended", actor=actor, subject=current, person_id=person.pk, until=until)
    return current


def longer(current: Registration, months: int, today: date) -> date:
    """The day until which somebody stays, so many months longer: from the day that was said, or from today
    when none was or it is over.
    """
    return add_months(max(today, current.stay_until or today), months)


def change_workplace(
    person: Person, workplace: str, *, actor: Actor, today: date, since: date | None = None
) -> Registration:
    """Report a new place of work, or that there is none any more, and from which day (today, where none is
    said); the residence and its number stay. Said twice, it changes nothing. The term is that of any change:
    ten days; late is taken, and the event says so. Source: Zhejiang art. 19.3; requirements E08.

    Raises NotRegistered; DayInvalid for a day to come, or before the registration or the last such change.
    """
    since = since or today
    with transaction.atomic():
        lock(person)
        current = current_of(person)
        if current is None:
            raise NotRegistered
        if workplace == current.workplace:
            return current
        if not (current.workplace_since or current.registered_on) <= since <= today:
            raise DayInvalid(_("这一天要在上一次登记或变更之后，最晚是今天。"), field="since")
        current.workplace, current.workplace_since = workplace, since
        current.save(update_fields=["workplace", "workplace_since"])
        due = deadlines.deadline("change", since, in_force(today)).last_day
        about = {"since": since, "late": today > due}
        events.append("registration.workplace", actor=actor, subject=current, person_id=person.pk, **about)
    return current


def leave(person: Person, left_on: date, *, actor: Actor, today: date, destination: str = "") -> Registration:
    """Report a departure. `left_on` is the last day here, `destination` a division's code, or "".

    Who goes to another district of the urban area keeps residence and permit, and registers there within
    the term for a change. Source: requirements CF17. Raises NotRegistered, DayInvalid, PlaceUnknown.
    """
    with transaction.atomic():
        lock(person)
        current = end(person, left_on, today, destination)
        announce_end(current, actor)
    return current


def correct_address(person: Person, address: str, *, actor: Actor) -> Registration:
    """Mend a mistake in how the present address is written; it is no move, and the number stays. In the
    caller's transaction, whose event tells of it. Source: Hangzhou art. 18. Raises NotRegistered.
    """
    current = current_of(person)
    if current is None:
        raise NotRegistered
    current.address = address.strip()
    current.save(update_fields=["address"])
    return current


def lock(person: Person) -> None:
    """Hold a person's registrations until the transaction ends. Raises MergedAlready."""
    records.hold(person)


def current_of(person: Person) -> Registration | None:
    """The registration that has not ended."""
    return Registration.objects.filter(person=person, ended_on__isnull=True).first()


def take_in(
    person: Person,
    stay: Stay,
    current: Registration | None,
    today: date,
    channel: str,
    household: str = "",
) -> Registration:
    """Open a registration; the current one, where there is one, closes on that day. In the caller's
    transaction, who holds the lock and announces it.
    """
    if current is not None:
        if stay.since < current.arrived_on:
            raise DayInvalid(_("搬家的日期不能早于上一次登记的入住日期。"), field="since")
        current.ended_on, current.end_reason = max(today, current.registered_on), "moved"
        current.save(update_fields=["ended_on", "end_reason"])
    return _open(person, stay, today, channel, current, household)


def announce(made: Registration, actor: Actor) -> None:
    """Append the event of a registration or a move."""
    about = {"household": made.household} if made.household else {}
    events.append(
        "registration.moved" if made.follows_id else "registration.opened",
        actor=actor,
        subject=made,
        person_id=made.person_id,
        number=made.number,
        late=made.late,
        **about,
    )


def end(person: Person, left_on: date, today: date, destination: str) -> Registration:
    """Close the current registration on the last day here. In the caller's transaction, who holds the lock
    and announces it. Raises NotRegistered, DayInvalid, PlaceUnknown.
    """
    if destination and not DIVISION.fullmatch(destination):
        raise PlaceUnknown(field="destination")
    current = current_of(person)
    if current is None:
        raise NotRegistered
    if not current.registered_on <= left_on <= today:
        raise DayInvalid(_("离开的日期要在登记之后，最晚是今天。"), field="left_on")
    current.ended_on, current.end_reason, current.destination = left_on, "left", destination
    current.save(update_fields=["ended_on", "end_reason", "destination"])
    return current


def announce_end(row: Registration, actor: Actor) -> None:
    """Append the event of a departure."""
    events.append(
        "registration.ended",
        actor=actor,
        subject=row,
        person_id=row.person_id,
        destination=row.destination,
    )


def _asked_before(person: Person, key: str) -> Registration | None:
    if not key:
        return None
    known = once.claim(f"registration:{person.pk}", key)
    return Registration.objects.get(number=known.result) if known else None


def _open(
    person: Person, stay: Stay, today: date, channel: str, follows: Registration | None, household: str
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
    if stay.stay_until is not None and stay.stay_until < today:
        raise DayInvalid(_("这一天已经过了。请填以后的日子，说不准可以不填。"), field="stay_until")
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
        stay_until=stay.stay_until,
        household=household,
        reason=stay.reason,
        dwelling_kind=stay.dwelling_kind,
        workplace=stay.workplace.strip(),
        channel=channel,
        reported=bool(waiting_for(person)),
        follows=follows,
        due_on=due,
    )


def _finish(made: Registration, actor: Actor, key: str) -> Registration:
    if key:
        once.remember(f"registration:{made.person_id}", key, made.number)
    announce(made, actor)
    return made
