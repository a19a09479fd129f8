"""到场: who stood at the window, written beside what was done there, in the same transaction.

A representative may stand there where the law lets them act for the person at all (`representatives`).
Source: notice 2(2)4; Hangzhou art. 22, by analogy for what comes after filing; requirements C10.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from juzhu.law.calendar import completed_years
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.models import StoredFile
from juzhu.operations.rules import in_force
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Person
from juzhu.permits import conflicts, representatives
from juzhu.permits.errors import RepresentativeMissing
from juzhu.permits.models import Attendance
from juzhu.permits.moves import staff_id
from juzhu.permits.representatives import Agent

AT_WINDOW = frozenset({"clerk", "chief"})


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands at the window: `agent` None, the person themself. `files`: what was signed there."""

    agent: Agent | None = None
    files: Sequence[StoredFile] = ()


ALONE = Standing()


def record(
    person: Person,
    deed: str,
    about: str,
    area: str,
    standing: Standing | None,
    *,
    actor: Actor,
    today: date,
) -> dict[str, object]:
    """Write down who stood there, before the deed's own event, and give what that event says of it. Of what
    a citizen does online, or an officer with nobody there (None), nothing is written. The caller has checked
    the officer's area.

    Raises NotAllowed, ConflictOfInterest (with the person or with who acts for them), RepresentativeMissing,
    MayNotRepresent.
    """
    if actor.kind != "staff" or standing is None:
        return {}
    if actor.role not in AT_WINDOW:
        raise NotAllowed
    check(person, standing.agent, actor, today)
    named = _named(standing.agent)
    row = Attendance.objects.create(
        person=person,
        deed=deed,
        about=about,
        area=area,
        officer_id=staff_id(actor),
        on=today,
        at=clock.now(),
        **named,
    )
    row.files.set([*(standing.agent.files if standing.agent else ()), *standing.files])
    return {"at": "window", "attendance": row.pk, "represented": named.get("relation", "")}


def check(person: Person, agent: Agent | None, actor: Actor, today: date) -> None:
    """Whether this officer may receive them, and the agent act for them.

    Raises ConflictOfInterest, RepresentativeMissing, MayNotRepresent.
    """
    conflicts.check_person(actor, person, *([agent.identity.identity_number] if agent else []))
    if agent is not None:
        representatives.check(agent, person, today)
    elif completed_years(person.born, today) < in_force(today).parameters.minor_age:
        raise RepresentativeMissing


def _named(agent: Agent | None) -> dict[str, object]:
    if agent is None:
        return {}
    return {
        "name": agent.identity.name,
        "identity_number": agent.identity.identity_number,
        "relation": agent.relation,
        "ground": agent.ground,
        "identity_shown": agent.identity_shown,
        "persons_identity_shown": agent.applicants_identity_shown,
    }
