"""救济途径: to whom, within which term, and which day is the last one for who knew at once.

Source: requirements J17: Administrative Reconsideration Law art. 20 and 24, Administrative Litigation Law
art. 46; Civil Code art. 201 to 203 for the counting, by analogy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from juzhu.documents.papers.base import Writer
from juzhu.law.calendar import CountedDay, add_months, roll_to_working_day

RECONSIDERATION_DAYS = 60
LITIGATION_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Remedy:
    """One remedy. `last_day` is for who learned of the decision on the day it was made."""

    name: str
    text: str
    last_day: date
    until: str
    address: str


def reconsideration_ends(known_on: date) -> CountedDay:
    """The last day of the sixty days, moved off rest days."""
    return roll_to_working_day(known_on + timedelta(days=RECONSIDERATION_DAYS))


def litigation_ends(known_on: date) -> CountedDay:
    """The last day of the six months, moved off rest days."""
    return roll_to_working_day(add_months(known_on, LITIGATION_MONTHS))


def remedies(decided_on: date, words: Writer) -> tuple[Remedy, ...]:
    """Both remedies against a decision of that day."""
    organ, court = words.desk.district.reconsideration, words.desk.district.court
    return (
        Remedy(
            words.say("remedies.reconsideration"),
            words.say("remedies.reconsideration_text", organ=organ.name.in_(words.lang)),
            reconsideration_ends(decided_on).day,
            _until(decided_on, reconsideration_ends(decided_on), words),
            _address(organ.address.in_(words.lang), words),
        ),
        Remedy(
            words.say("remedies.litigation"),
            words.say("remedies.litigation_text", court=court.name.in_(words.lang)),
            litigation_ends(decided_on).day,
            _until(decided_on, litigation_ends(decided_on), words),
            _address(court.address.in_(words.lang), words),
        ),
    )


def _until(decided_on: date, ends: CountedDay, words: Writer) -> str:
    said = words.say("remedies.last_day", on=decided_on, day=ends.day)
    if not ends.provisional:
        return said
    gap = "" if words.lang == "zh" else " "
    return f"{said}{gap}{words.say('remedies.provisional', year=ends.day.year)}"


def _address(address: str, words: Writer) -> str:
    return words.say("remedies.address", address=address) if address else ""
