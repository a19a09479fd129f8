"""What becomes of a report: pure, from what was said, whom it fits and what is registered.

Nothing here is a fact about a person. A report can invite, propose and make work; it registers nobody.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from juzhu.people.names import folded
from juzhu.registration import addresses
from juzhu.registration.models import Registration
from juzhu.registration.reporting.entries import BEGAN, LETTING, STAY, WORK, WORK_INTRODUCED, Entry
from juzhu.registration.reporting.matching import Match


@dataclass(frozen=True, slots=True)
class Change:
    """What a report would change in a registration."""

    change: str
    was: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """`state` and `outcome` as in `Report`; with it an invitation, a proposed change, a contradiction."""

    state: str
    outcome: str = ""
    invites: bool = False
    proposes: Change | None = None
    contradicts: str = ""


KNOWN = Outcome("settled", "known")
NOT_COVERED = Outcome("settled", "not_covered")
INVITED = Outcome("invited", invites=True)
OFFICER = Outcome("officer")


def of(
    entry: Entry, match: Match, current: Registration | None, employer: str, urban: Collection[str]
) -> Outcome:
    """What becomes of one report. `current` is the registration of the matched person, `employer` the
    reporter's name, `urban` the divisions whose people need no registration (requirements A01).
    """
    if "name_differs" in match.reasons:
        return Outcome("officer", contradicts="name_differs")
    if not match.sure:
        return _unmatched(entry, match)
    assert match.person is not None
    if current is None:
        return _unregistered(entry, match.person.household_division in urban)
    return _began(entry, current, employer) if entry.phase == BEGAN else _ended(entry, current, employer)


def _unmatched(entry: Entry, match: Match) -> Outcome:
    if match.person is not None or "several" in match.reasons:
        return OFFICER
    if entry.phase != BEGAN:
        return KNOWN
    if entry.kind == STAY:
        return NOT_COVERED
    return INVITED if entry.phone and entry.kind != LETTING else OFFICER


def _unregistered(entry: Entry, local: bool) -> Outcome:
    """Somebody known who is not registered: who needs to be is asked. A stay exempts (Zhejiang art. 12)."""
    if entry.phase != BEGAN:
        return KNOWN
    return NOT_COVERED if local or entry.kind == STAY else INVITED


def _began(entry: Entry, current: Registration, employer: str) -> Outcome:
    if entry.kind == STAY:
        return KNOWN
    if entry.kind in {WORK, WORK_INTRODUCED}:
        where = entry.about.get("employer", "") if entry.kind == WORK_INTRODUCED else employer
        if not where or folded(where) == folded(current.workplace):
            return KNOWN
        return Outcome("proposed", proposes=Change("workplace", current.workplace, where))
    if lives_at(current, entry):
        return KNOWN
    return Outcome("proposed", proposes=Change("address", current.full_address, entry.address))


def _ended(entry: Entry, current: Registration, employer: str) -> Outcome:
    if entry.kind in {WORK, WORK_INTRODUCED}:
        if folded(employer) != folded(current.workplace):
            return KNOWN
        return Outcome("proposed", proposes=Change("workplace", current.workplace, ""))
    if entry.kind == STAY or not lives_at(current, entry):
        return KNOWN
    day = entry.happened_on.isoformat()
    return Outcome("proposed", proposes=Change("left", current.full_address, day))


def lives_at(current: Registration, entry: Entry) -> bool:
    """Whether a registration's address is the reported one, as addresses are compared."""
    if current.subdistrict != entry.subdistrict:
        return False
    there = addresses.key(current.subdistrict, current.address)
    return there == addresses.key(entry.subdistrict, entry.address)
