"""居住登记 at the window: an officer registers somebody who stands there, or whose relative does.

Source: Zhejiang art. 7.3; Hangzhou art. 10, 22.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from juzhu.law.calendar import completed_years
from juzhu.operations.actors import Actor
from juzhu.operations.rules import in_force
from juzhu.people import records
from juzhu.people.errors import NotAllowed
from juzhu.people.identity_provider import ConfirmedIdentity
from juzhu.people.models import Person
from juzhu.people.queries import guardians_of
from juzhu.permits import attending, conflicts, representatives
from juzhu.permits.attending import Standing
from juzhu.permits.errors import OutOfArea, RepresentativeMissing
from juzhu.permits.moves import check_role
from juzhu.permits.representatives import Agent
from juzhu.registration import actions as registration
from juzhu.registration import households
from juzhu.registration.actions import Stay
from juzhu.registration.errors import NotRegistered
from juzhu.registration.households import Member
from juzhu.registration.models import Registration


def register(
    person: Person,
    stay: Stay,
    agent: Agent | None,
    *,
    actor: Actor,
    today: date,
    key: str = "",
    moving: bool = False,
) -> Registration:
    """Register somebody in the officer's own area, or write down that they moved into it; who acted for them
    is kept with the registration.

    Raises NotAllowed, OutOfArea, ConflictOfInterest, RepresentativeMissing, MayNotRepresent, and what the
    registration raises.
    """
    check_role("submit", actor)
    if not actor.covers(stay.subdistrict):
        raise OutOfArea
    conflicts.check_person(actor, person, *([agent.identity.identity_number] if agent else []))
    minor_age = in_force(today).parameters.minor_age
    if agent is None and completed_years(person.born, today) < minor_age:
        raise RepresentativeMissing
    if agent is not None:
        representatives.check(agent, person, today)
    act = registration.move if moving else registration.register
    with transaction.atomic():
        made = act(person, stay, actor=actor, today=today, channel="window", key=key)
        if agent is not None and made.registered_on == today:
            representatives.attach(made, agent, actor=actor, today=today)
    return made


def leave(
    person: Person,
    left_on: date,
    agent: Agent | None,
    *,
    actor: Actor,
    today: date,
    destination: str = "",
) -> Registration:
    """Write down a departure from the officer's area, to a division's code where it is known: who goes to
    another district of the urban area keeps residence and permit.

    Raises what `_of_here` raises, NotRegistered, DayInvalid, PlaceUnknown.
    """
    with transaction.atomic():
        _of_here(person, "leave", agent, actor, today)
        return registration.leave(person, left_on, actor=actor, today=today, destination=destination)


def extend(person: Person, until: date, agent: Agent | None, *, actor: Actor, today: date) -> Registration:
    """Write down that somebody who lives in the officer's area stays longer; the registration and its number
    stay. Said twice, it changes nothing, and nobody is written down twice.

    Raises what `_of_here` raises, NotRegistered, DayInvalid.
    """
    with transaction.atomic():
        if Registration.objects.filter(person=person, ended_on=None, stay_until=until).exists():
            check_role("submit", actor)
        else:
            _of_here(person, "extend", agent, actor, today)
        return registration.extend(person, until, actor=actor, today=today)


def change_workplace(
    person: Person,
    workplace: str,
    agent: Agent | None,
    *,
    actor: Actor,
    today: date,
    since: date | None = None,
) -> Registration:
    """Write down a new place of work of somebody who lives in the officer's area, and from which day.

    Raises what `_of_here` raises, NotRegistered, DayInvalid.
    """
    with transaction.atomic():
        _of_here(person, "workplace", agent, actor, today)
        return registration.change_workplace(person, workplace, actor=actor, today=today, since=since)


def _of_here(person: Person, deed: str, agent: Agent | None, actor: Actor, today: date) -> None:
    """Write down who stood there for a present registration. Raises NotAllowed, OutOfArea, NotRegistered,
    ConflictOfInterest, RepresentativeMissing, MayNotRepresent.
    """
    check_role("submit", actor)
    records.hold(person)
    current = person.registrations.filter(ended_on__isnull=True).first()
    if current is None:
        raise NotRegistered
    if not actor.covers(current.subdistrict):
        raise OutOfArea
    attending.record(
        person, deed, current.number, current.subdistrict, Standing(agent), actor=actor, today=today
    )


def register_household(
    members: Sequence[Member],
    stay: Stay,
    present: Sequence[Person],
    *,
    actor: Actor,
    today: date,
    key: str = "",
) -> list[Registration]:
    """Register a family that stands at the window, at one address in the officer's own area. `present`: the
    adults whose documents lie on the table; each child on the form needs a guardian among them, who is
    written down as its representative, and each adult on the form is one of them.

    Source: Zhejiang art. 7.3; Hangzhou art. 22. Raises NotAllowed, OutOfArea, ConflictOfInterest,
    RepresentativeMissing, and what the registration raises.
    """
    check_role("submit", actor)
    if not actor.covers(stay.subdistrict):
        raise OutOfArea
    agents = {member.person.pk: _agent_for(member.person, present, today) for member in members}
    for member in members:
        conflicts.check_person(actor, member.person)
    with transaction.atomic():
        made = households.register(members, stay, actor=actor, today=today, channel="window", key=key)
        for row in made:
            agent = agents.get(row.person_id)
            if agent is not None and row.registered_on == today:
                representatives.attach(row, agent, actor=actor, today=today)
    return made


def _agent_for(person: Person, present: Sequence[Person], today: date) -> Agent | None:
    """The guardian who stands there for a child; None for an adult who stands there themself."""
    if completed_years(person.born, today) >= in_force(today).parameters.minor_age:
        if person.pk not in {one.pk for one in present}:
            raise NotAllowed
        return None
    guardian = guardians_of(person, today).filter(pk__in=[one.pk for one in present]).first()
    if guardian is None:
        raise RepresentativeMissing(person=person.pk)
    known = ConfirmedIdentity(
        guardian.identity_number,
        guardian.name,
        guardian.sex,
        guardian.ethnic_group,
        guardian.born,
        guardian.household_division,
        guardian.household_address,
        guardian.identity_source,
        guardian.photo_id,
    )
    return Agent(
        known,
        "guardian",
        "minor",
        phone=guardian.phone,
        identity_shown=True,
        applicants_identity_shown=True if person.identity_confirmed_at else None,
    )
