"""Which records may be one person: looked for when somebody is written down anew, and once through all that
were there before. It suggests, with reasons; `duplicates` decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from juzhu.operations import clock, events
from juzhu.operations.models import Event
from juzhu.people import likeness
from juzhu.people.likeness import SUGGESTED, Card
from juzhu.people.models import Likeness, Person

MOST_ALIKE = 1000
"""Of how many records that share a name, or a birthday and a surname, each is compared with the next."""
BATCH = 200
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Swept:
    """One batch of the sweep: the last record, how many were looked at, how many pairs are new."""

    last: int
    seen: int
    new: int


def card(person: Person) -> Card:
    """What a record says."""
    confirmed = person.identity_number if person.identity_confirmed_at else ""
    return Card(
        person.name, person.born, person.sex, confirmed, person.claimed_number, person.phone,
        person.household_address,
    )  # fmt: skip


@events.subscribe(
    "person.recorded",
    "person.phone_recorded",
    "person.identity_confirmed",
    "account.bound",
    "person.merged",
    "person.merge_undone",
)
def look_for_more(event: Event) -> None:
    """Look for other records of somebody who was written down anew, or of whom more is known."""
    person = Person.objects.filter(pk=event.person_id or 0, merged_into__isnull=True).first()
    if person is not None:
        suggest([person])


def sweep(after: int, size: int = BATCH) -> Swept | None:
    """Look through the next records whose identity nobody has confirmed: of two that are alike, one is such.
    One batch is one commit. None when there is no more.
    """
    rows = Person.objects.filter(pk__gt=after, identity_confirmed_at__isnull=True, merged_into__isnull=True)
    people = list(rows.order_by("pk")[:size])
    if not people:
        return None
    with transaction.atomic():
        before = Likeness.objects.count()
        suggest(people)
        return Swept(people[-1].pk, len(people), Likeness.objects.count() - before)


def suggest(people: Sequence[Person]) -> list[Likeness]:
    """List the records that may be the same as one of these. A pair that was found to be two people stays so;
    one that is open gets its present score. Seven queries, however many people.
    """
    found: dict[Pair, tuple[int, tuple[str, ...]]] = {}
    for first, second in _pairs(people):
        score, reasons = likeness.of(card(first), card(second))
        if score >= SUGGESTED:
            found[first.pk, second.pk] = (score, reasons)
    return _write(found) if found else []


def _pairs(people: Sequence[Person]) -> Iterator[tuple[Person, Person]]:
    """Every pair that shares a key, once, the older record first; of two confirmed ones, none."""
    blocks: dict[Hashable, list[Person]] = defaultdict(list)
    for row in _candidates(people):
        for key in _keys(row):
            blocks[key].append(row)
    seen: set[Pair] = set()
    for person in people:
        for key in _keys(person):
            for other in blocks[key][:MOST_ALIKE]:
                first, second = sorted((person, other), key=lambda one: one.pk)
                known = first.identity_confirmed_at and second.identity_confirmed_at
                if first.pk == second.pk or known or (first.pk, second.pk) in seen:
                    continue
                seen.add((first.pk, second.pk))
                yield first, second


def _keys(person: Person) -> set[Hashable]:
    """What two records share before they are compared: a name; a birthday with surname or phone; a number."""
    keys: set[Hashable] = {("name", person.name_key), ("surname", person.born, person.name_key[:1])}
    if person.phone:
        keys.add(("phone", person.born, person.phone))
    return keys | {("number", likeness.modern(number)) for number in _numbers(person)}


def _numbers(person: Person) -> set[str]:
    return {person.identity_number, person.claimed_number} - {""}


def _candidates(people: Sequence[Person]) -> list[Person]:
    """The records that share a key with one of these, the oldest first. Four queries, each along an index."""
    rows = Person.objects.filter(merged_into__isnull=True)
    if all(person.identity_confirmed_at for person in people):
        rows = rows.filter(identity_confirmed_at__isnull=True)
    numbers = _spellings(number for person in people for number in _numbers(person))
    arms: list[QuerySet[Person]] = [
        rows.filter(name_key__in={person.name_key for person in people}),
        rows.filter(born__in={person.born for person in people}),
    ]
    if numbers:
        arms += [rows.filter(identity_number__in=numbers), rows.filter(claimed_number__in=numbers)]
    found = {row.pk: row for arm in arms for row in arm}
    return [found[pk] for pk in sorted(found)]


def _spellings(numbers: Iterable[str]) -> set[str]:
    """Numbers as they may have been written down: in eighteen digits, and in fifteen."""
    modern = {likeness.modern(number) for number in numbers}
    return modern | {likeness.former(number) for number in modern}


def _write(found: dict[Pair, tuple[int, tuple[str, ...]]]) -> list[Likeness]:
    now = clock.now()
    made = [
        Likeness(first_id=first, second_id=second, score=score, reasons=list(reasons), found_at=now)
        for (first, second), (score, reasons) in found.items()
    ]
    Likeness.objects.bulk_create(made, ignore_conflicts=True)
    alike = Q(first__in={pair[0] for pair in found}, second__in={pair[1] for pair in found})
    rows = [row for row in Likeness.objects.filter(alike) if (row.first_id, row.second_id) in found]
    changed = []
    for row in rows:
        score, reasons = found[row.first_id, row.second_id]
        if row.state == "open" and (row.score, row.reasons) != (score, list(reasons)):
            row.score, row.reasons = score, list(reasons)
            changed.append(row)
    Likeness.objects.bulk_update(changed, ["score", "reasons"])
    return rows
