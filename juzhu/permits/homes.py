"""Papers of a home, and whether they are of this one: what was left proves nothing of where one lives now.

Addresses are written in many ways: one that reads otherwise is a doubt for a person to look at, and never by
itself a proof that somebody lives elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

from juzhu.evidence.homes import OF_A_HOME, place_of
from juzhu.evidence.kinds import Kind, SafetyInspection
from juzhu.evidence.models import Evidence
from juzhu.law.calendar import add_months
from juzhu.operations.clock import SHANGHAI
from juzhu.registration import addresses
from juzhu.registration.models import Registration

Doubt = Literal["elsewhere", "crowded", "old_inspection"]
INSPECTED_WITHIN_MONTHS = 12
"""Annex 4 states no term (requirements 3.6): after a year a person looks, and nothing lapses by itself."""


def of_this_home(
    registrations: Sequence[Registration], home: Registration | None
) -> Callable[[Evidence], bool] | None:
    """Whether a paper counts for the home of the day that is judged; None where all do, since nobody lived
    elsewhere before. After a move, papers of a home that came before it are of the home that was left, unless
    they name the new address.
    """
    if home is None or all(row.registered_on >= home.registered_on for row in registrations):
        return None
    here = addresses.key(home.subdistrict, home.address)

    def counts(piece: Evidence) -> bool:
        if piece.kind not in OF_A_HOME:
            return True
        if (place := place_of(piece)) and addresses.key(home.subdistrict, place) == here:
            return True
        return piece.received_at.astimezone(SHANGHAI).date() >= home.arrived_on

    return counts


def doubts_about(piece: Evidence, registration: Registration | None, today: date) -> list[Doubt]:
    """What an officer should look at in a paper of a home, before trusting it."""
    if piece.kind not in OF_A_HOME or piece.judgement == "disproved":
        return []
    found: list[Doubt] = []
    place = place_of(piece)
    if place and registration is not None:
        written = addresses.key(registration.subdistrict, place)
        if written != addresses.key(registration.subdistrict, registration.address):
            found.append("elsewhere")
    if piece.kind == Kind.SAFETY_INSPECTION:
        content = SafetyInspection.model_validate(piece.says)
        if content.crowded:
            found.append("crowded")
        if add_months(content.inspected_on, INSPECTED_WITHIN_MONTHS) < today:
            found.append("old_inspection")
    return found
