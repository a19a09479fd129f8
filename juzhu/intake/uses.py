"""Who has looked at somebody's record, as its owner may know it: no officer's name.

Source: Personal Information Protection Law art. 44.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from juzhu.operations.errors import Sentence
from juzhu.operations.models import Event
from juzhu.people.models import Role
from juzhu.people.queries import areas_of
from juzhu.registration.subdistricts import SUBDISTRICTS, Subdistrict

USES_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Use:
    """One reading of a record: when, in which role, from where, what for."""

    event: Event
    role: Sentence
    places: list[Subdistrict]
    purpose: str


def uses(found: QuerySet[Event]) -> list[Use]:
    """The latest readings, newest first. Two queries."""
    events = list(found[:USES_SHOWN])
    areas = areas_of(event.actor_account_id for event in events if event.actor_account_id)
    roles = dict(Role.choices)
    return [
        Use(
            event,
            roles.get(event.actor_role, event.actor_role),
            [
                SUBDISTRICTS[code]
                for code in areas.get(event.actor_account_id or 0, [])
                if code in SUBDISTRICTS
            ],
            str(event.data.get("purpose", "")),
        )
        for event in events
    ]
