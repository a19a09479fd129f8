"""救济途径: to whom, within which term, and which day is the last one for who knew at once.

Terms and articles are the policy pack's. Source: requirements J17; Civil Code art. 201 to 203 for the
counting, by analogy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from juzhu.documents.papers.base import Writer
from juzhu.law.calendar import CountedDay, add_months, roll_to_working_day
from juzhu.law.policy import Policy


@dataclass(frozen=True, slots=True)
class Remedy:
    """One remedy. `last_day` is for who learned of the decision on the day it was made."""

    name: str
    text: str
    last_day: date
    until: str
    address: str


def reconsideration_ends(known_on: date, rules: Policy) -> CountedDay:
    """The last day of the sixty days, moved off rest days."""
    return roll_to_working_day(known_on + timedelta(days=rules.remedies.reconsideration_days.length))


def litigation_ends(known_on: date, rules: Policy) -> CountedDay:
    """The last day of the six months, moved off rest days."""
    return roll_to_working_day(add_months(known_on, rules.remedies.litigation_months.length))


def remedies(decided_on: date, words: Writer, rules: Policy, against: str = "decision") -> tuple[Remedy, ...]:
    """Both remedies against what was decided that day; `against` is "decision" or "closing"."""
    terms, district = rules.remedies, words.desk.district
    both = (
        (
            "reconsideration",
            terms.reconsideration_days,
            district.reconsideration,
            reconsideration_ends(decided_on, rules),
        ),
        ("litigation", terms.litigation_months, district.court, litigation_ends(decided_on, rules)),
    )
    return tuple(
        Remedy(
            words.say(f"remedies.{name}"),
            words.say(
                f"remedies.{name}_text",
                act=words.say(f"remedies.{against}"),
                n=term.length,
                organ=organ.name.in_(words.lang),
                court=organ.name.in_(words.lang),
                articles=words.articles(term.cites, rules),
            ),
            ends.day,
            _until(decided_on, ends, words),
            _address(organ.address.in_(words.lang), words),
        )
        for name, term, organ, ends in both
    )


def _until(decided_on: date, ends: CountedDay, words: Writer) -> str:
    said = words.say("remedies.last_day", on=decided_on, day=ends.day)
    if not ends.provisional:
        return said
    gap = "" if words.lang == "zh" else " "
    return f"{said}{gap}{words.say('remedies.provisional', year=ends.day.year)}"


def _address(address: str, words: Writer) -> str:
    return words.say("remedies.address", address=address) if address else ""
