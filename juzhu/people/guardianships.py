"""How a guardianship ends: a department takes its word back, or an officer is shown proof. Source: notice
2(1)3; Civil Code arts. 36, 39.
"""

from datetime import date

from django.db import transaction

from juzhu.operations import events
from juzhu.operations.actors import Actor
from juzhu.people import keeping_away
from juzhu.people.actions import RECORDS_FACTS, SHORTEST_PURPOSE
from juzhu.people.errors import FactDayInvalid, FactRecorded, NotAllowed, SourceMissing
from juzhu.people.models import Guardianship

SAYS_WHO_GUARDS = frozenset({"police", "civil_affairs"})
"""Departments whose officers' word makes a guardian."""


def end(guardianship: Guardianship, on: date, source: str, *, actor: Actor, today: date) -> Guardianship:
    """Record that somebody is a child's guardian no more, by what that is proved: from now on they see and do
    nothing. The row stays. The caller has checked the officer's area.

    Raises NotAllowed, ConflictOfInterest, SourceMissing, FactDayInvalid, FactRecorded.
    """
    if not may_end(actor):
        raise NotAllowed
    if len(source.strip()) < SHORTEST_PURPOSE:
        raise SourceMissing
    with transaction.atomic():
        rows = Guardianship.objects.select_for_update(of=("self",)).select_related("child")
        locked = rows.get(pk=guardianship.pk)
        keeping_away.check(actor, locked.child)
        if locked.ended_on is not None:
            raise FactRecorded
        if not locked.child.born <= on <= today:
            raise FactDayInvalid
        locked.ended_on, locked.ended_by = on, source.strip()[:200]
        locked.save(update_fields=["ended_on", "ended_by"])
        events.append(
            "guardianship.ended",
            actor=actor,
            subject=locked,
            person_id=locked.child_id,
            on=on,
            source=locked.ended_by,
        )
    return locked


def may_end(actor: Actor) -> bool:
    """Whose part it is: clerks and chiefs, who are shown the proof, and departments that say who guards."""
    if actor.kind == "staff":
        speaks = actor.role == "department" and actor.department in SAYS_WHO_GUARDS
        return speaks or actor.role in RECORDS_FACTS
    return actor.kind == "system"
