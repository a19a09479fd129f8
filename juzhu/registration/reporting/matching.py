"""Whom a report speaks of: the identity number decides; without one, name, day of birth and phone, with a
score and its reasons. Two people whom the same words fit are nobody: a person looks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from juzhu.people.models import Person
from juzhu.people.names import folded
from juzhu.registration.reporting.entries import Entry

BY_NUMBER, BY_NAME, BY_BIRTH, BY_PHONE = 100, 50, 35, 15
SURE, LIKELY = 85, 60


@dataclass(frozen=True, slots=True)
class Match:
    """Who it is likely to be. `score` 0 to 100, `reasons` codes of what is equal and of what differs."""

    person: Person | None = None
    score: int = 0
    reasons: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether the person may be asked without an officer's look."""
        return self.person is not None and self.score >= SURE and "name_differs" not in self.reasons

    @property
    def likely(self) -> bool:
        return self.person is not None and self.score >= LIKELY


NOBODY = Match()


def find(entries: Sequence[Entry]) -> list[Match]:
    """The match of each, in order. A query for all numbers and one for all names, whatever they are."""
    numbers = {entry.identity_number for entry in entries} - {""}
    numbered = {person.identity_number: person for person in _people(identity_number__among=numbers)}
    nameless = {folded(entry.name) for entry in entries if not entry.identity_number}
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in _people(name_key__among=nameless):
        by_name[person.name_key].append(person)
    return [
        _match(entry, numbered, [] if entry.identity_number else by_name.get(folded(entry.name), []))
        for entry in entries
    ]


def _people(**told: Collection[str]) -> QuerySet[Person]:
    return Person.objects.filter(**told, died_on__isnull=True, merged_into__isnull=True)


def _match(entry: Entry, numbered: dict[str, Person], namesakes: list[Person]) -> Match:
    if entry.identity_number:
        person = numbered.get(entry.identity_number)
        if person is None:
            return NOBODY
        same = folded(person.name) == folded(entry.name)
        return Match(person, BY_NUMBER, ("number", "name" if same else "name_differs"))
    scored = sorted((_score(entry, person) for person in namesakes), key=lambda one: -one.score)
    if not scored or not scored[0].likely:
        return NOBODY
    if len(scored) > 1 and scored[1].score == scored[0].score:
        return Match(None, scored[0].score, (*scored[0].reasons, "several"))
    return scored[0]


def _score(entry: Entry, person: Person) -> Match:
    score, reasons = BY_NAME, ["name"]
    if entry.born is not None:
        if entry.born == person.born:
            score, reasons = score + BY_BIRTH, [*reasons, "born"]
        else:
            return Match(person, 0, ("born_differs",))
    if entry.phone and entry.phone == person.phone:
        score, reasons = score + BY_PHONE, [*reasons, "phone"]
    return Match(person, score, tuple(reasons))
