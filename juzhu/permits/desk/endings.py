"""终结: a fact has made an application pointless, so that it is answered by nobody. Source: Hangzhou art.
21.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from juzhu.operations.actors import Actor
from juzhu.operations.rules import in_force
from juzhu.people import actions as people
from juzhu.people.errors import DivisionUnknown
from juzhu.people.models import Person
from juzhu.permits import moves
from juzhu.permits.models import Application
from juzhu.permits.moves import take


@dataclass(frozen=True, slots=True)
class Fact:
    """What has happened, on which day, and by what that is proved; of a household also where it is now."""

    reason: Literal["death", "local_household"]
    on: date
    source: str
    division: str = ""
    address: str = ""


def end(application: Application, fact: Fact, *, actor: Actor, today: date) -> Application:
    """Record a fact that has reached the office first, and end the case by it. The permit and everything else
    follow from the fact, as wherever it is recorded (`people.record_death`, `people.record_household`).

    Raises NotAllowed, OutOfArea, ConflictOfInterest, TransitionForbidden, SourceMissing, FactDayInvalid,
    DivisionUnknown.
    """
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=application.person_id)
        locked = take(application, "end", actor, today)
        _record(locked.person, fact, actor, today)
        return moves.end(locked, fact.reason, actor, today)


def _record(person: Person, fact: Fact, actor: Actor, today: date) -> None:
    if fact.reason == "death":
        people.record_death(person, fact.on, fact.source, actor=actor, today=today)
        return
    if fact.division not in in_force(today).parameters.urban_divisions:
        raise DivisionUnknown(_("这不是杭州市区的区划代码。迁入市区的，才因此终结。"), field="division")
    people.record_household(
        person, fact.division, fact.address, fact.on, fact.source, actor=actor, today=today
    )
