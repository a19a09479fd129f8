"""补充情况: what somebody says of themself when they register, and may change or take back at any time.

The city asks to be told (Hangzhou art. 10.2), and no provision makes a registration depend on it: so each may
be left out. Of a child under 16 nothing is asked; what the register or a department has is not asked again.
Source: requirements A05; Personal Information Protection Law arts. 6, 17, 47.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from juzhu.evidence.queries import known_by_departments
from juzhu.law.calendar import completed_years
from juzhu.operations import events
from juzhu.operations.actors import Actor
from juzhu.operations.rules import in_force
from juzhu.people import keeping_away
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Person
from juzhu.registration.errors import NotRegistered, OutOfArea
from juzhu.registration.models import Particulars, Registration

POLICE = frozenset({"clerk", "reviewer", "chief"})
TAKES_DOWN = frozenset({"clerk", "chief"})


@dataclass(frozen=True, slots=True)
class Said:
    """What is said; "" where nothing is."""

    political_status: str = ""
    marital_status: str = ""
    education: str = ""
    employment: str = ""
    insured: str = ""


FIELDS = tuple(Said.__dataclass_fields__)


def asked_of(person: Person, today: date) -> tuple[str, ...]:
    """What is asked: nothing of a child, and nothing that a department has told."""
    if completed_years(person.born, today) < in_force(today).parameters.minor_age:
        return ()
    known = {piece.kind for piece in known_by_departments(person.pk)}
    return tuple(name for name in FIELDS if not (name == "insured" and "insurance" in known))


def of(person: Person, actor: Actor) -> Particulars | None:
    """What somebody has said, for themself and for the police of the area where they live; None to anybody
    else, and where nothing was said.
    """
    if not _may_read(person, actor):
        return None
    return person.particulars.first()


def declare(person: Person, said: Said, *, actor: Actor, today: date) -> Particulars | None:
    """Write down what somebody says of themself, instead of what they had said; nothing said takes it all
    back. The event tells which were said, never what. What isn't asked is not taken.

    Raises NotAllowed, NotRegistered; for an officer at the window OutOfArea, ConflictOfInterest.
    """
    _check(person, actor)
    asked = asked_of(person, today)
    values = {name: value for name, value in asdict(said).items() if name in asked and value}
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        before = person.particulars.first()
        if (
            before is not None
            and {name: getattr(before, name) for name in FIELDS if getattr(before, name)} == values
        ):
            return before
        if before is None and not values:
            return None
        person.particulars.all().delete()
        made = None
        if values:
            officer = actor.account_id if actor.kind == "staff" else None
            made = Particulars.objects.create(person=person, said_on=today, taken_by_id=officer, **values)
        events.append(
            "particulars.said", actor=actor, subject=person, person_id=person.pk, fields=sorted(values)
        )
    return made


def _check(person: Person, actor: Actor) -> None:
    current = Registration.objects.filter(person=person, ended_on__isnull=True).first()
    if actor.kind == "staff":
        if actor.role not in TAKES_DOWN:
            raise NotAllowed
        keeping_away.check(actor, person)
    elif actor.kind != "citizen" or actor.person_id != person.pk:
        raise NotAllowed
    if current is None:
        raise NotRegistered
    if actor.kind == "staff" and not actor.covers(current.subdistrict):
        raise OutOfArea


def _may_read(person: Person, actor: Actor) -> bool:
    if actor.kind == "citizen":
        return actor.person_id == person.pk
    if actor.kind != "staff" or actor.role not in POLICE:
        return False
    return person.registrations.filter(ended_on__isnull=True, subdistrict__in=actor.areas).exists()
