"""The allowed moves of everything that an office answers, as data."""

from __future__ import annotations

from typing import Protocol

from juzhu.registration.errors import StepForbidden


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
