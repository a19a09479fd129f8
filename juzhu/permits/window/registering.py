"""居住登记 at the window: an officer registers somebody who stands there, or whose relative does.

Source: Zhejiang art. 7.3; Hangzhou art. 10, 22.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from juzhu.law.calendar import completed_years
from juzhu.operations.actors import Actor
from juzhu.operations.rules import in_force
from juzhu.people.models import Person
from juzhu.permits import representatives
from juzhu.permits.errors import OutOfArea, RepresentativeMissing
from juzhu.permits.moves import check_role
from juzhu.permits.representatives import Agent
from juzhu.registration import actions as registration
from juzhu.registration.actions import Stay
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

    Raises NotAllowed, OutOfArea, RepresentativeMissing, MayNotRepresent, and what the registration raises.
    """
    check_role("submit", actor)
    if not actor.covers(stay.subdistrict):
        raise OutOfArea
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


def leave(person: Person, left_on: date, *, actor: Actor, today: date, destination: str = "") -> Registration:
    """Write down a departure from the officer's area, and where to. Raises NotAllowed, OutOfArea,
    NotRegistered, DayInvalid, PlaceUnknown.
    """
    check_role("submit", actor)
    current = person.registrations.filter(ended_on__isnull=True).first()
    if current is not None and not actor.covers(current.subdistrict):
        raise OutOfArea
    return registration.leave(person, left_on, actor=actor, today=today, destination=destination)
