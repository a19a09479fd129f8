"""The allowed moves of everything that an office answers, as data."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from juzhu.operations.actors import Actor
from juzhu.registration.errors import ReasonTooShort, StepForbidden
from juzhu.registration.models import Lease, LeaseFiling, LettingRecord, TitleClaim

SHORTEST = 5


class Stateful(Protocol):
    """A row with a state."""

    state: str


MOVES: dict[str, dict[tuple[str, str], str]] = {
    "title": {
        ("asked", "confirm"): "confirmed",
        ("asked", "give_back"): "returned",
        ("asked", "end"): "ended",
        ("confirmed", "end"): "ended",
    },
    "letting": {
        ("filed", "record"): "recorded",
        ("filed", "give_back"): "returned",
        ("filed", "end"): "ended",
        ("recorded", "end"): "ended",
    },
    "lease": {("handed_in", "see"): "seen", ("handed_in", "give_back"): "returned"},
    "filing": {
        ("asked", "file"): "filed",
        ("asked", "give_back"): "returned",
        ("filed", "take_back"): "returned",
    },
    "inspection": {("asked", "pass"): "passed", ("asked", "fail"): "failed", ("asked", "drop"): "dropped"},
    "help": {("new", "take_up"): "helping", ("new", "settle"): "settled", ("helping", "settle"): "settled"},
}


def move(what: str, row: Stateful, step: str) -> None:
    """Set the state that a step leads to; the caller saves it. Raises StepForbidden."""
    following = MOVES[what].get((row.state, step))
    if following is None:
        raise StepForbidden
    row.state = following


def answer(
    what: str,
    row: Lease | LeaseFiling | LettingRecord | TitleClaim,
    step: str,
    actor: Actor,
    on: date,
    said: str = "",
) -> None:
    """Take an office's step on a locked row, and write down who, when and why. Raises StepForbidden."""
    move(what, row, step)
    row.answered_on, row.answered_by_id, row.said = on, actor.account_id, said.strip()
    row.save()


def check_reason(said: str) -> None:
    """What goes back goes back with a reason. Raises ReasonTooShort."""
    if len(said.strip()) < SHORTEST:
        raise ReasonTooShort(field="said")
