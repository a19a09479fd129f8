"""What departments know of somebody, as people read it, on the phone and at the window."""

from __future__ import annotations

from dataclasses import dataclass

from juzhu.design import evidence_words
from juzhu.evidence.kinds import DEPARTMENTS, NAMES, Kind
from juzhu.evidence.models import Evidence, Objection
from juzhu.operations import clock
from juzhu.operations.errors import Sentence


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that a department knows, as its person reads it."""

    piece: Evidence
    name: Sentence
    source: Sentence
    lines: evidence_words.Lines
    months: list[dict[str, object]]
    way: Sentence
    certainty: Sentence
    validity: str
    expired: bool
    objection: Objection | None


def word_of(piece: Evidence, objection: Objection | None) -> Word:
    """A piece as it is read today."""
    today = clock.today()
    return Word(
        piece,
        NAMES[Kind(piece.kind)],
        DEPARTMENTS.get(piece.department, piece.department),
        evidence_words.lines(piece),
        evidence_words.months(piece),
        evidence_words.way(piece),
        evidence_words.certainty(piece),
        evidence_words.validity(piece, today),
        not piece.holds_on(today),
        objection,
    )
