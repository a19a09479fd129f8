"""The records of one person: the one that is kept, and those that were merged into it.

Whatever a merge can't move (what is written once for ever) stays with the record it was written to, and is
read by all of them together. What leads to a merged record from elsewhere (a page that was open, a task that
waited) goes on to the one that is kept.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from juzhu.people.errors import MergedAlready
from juzhu.people.models import Person


def kept(person: Person) -> Person:
    """The record that speaks for somebody now. No query where theirs was not merged."""
    return person if person.merged_into_id is None else person.merged_into or person


def hold(person: Person) -> Person:
    """Lock a record until the transaction ends, to write something to it. Raises MergedAlready, where a
    colleague has merged it meanwhile.
    """
    locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if locked.merged_into_id is not None:
        raise MergedAlready
    return locked


def of(person_id: int, column: str = "person") -> Q:
    """Rows of a person, by a column that points there or holds the number, those of the records merged into
    theirs included. One query, so that what it is asked of is found along its index: no database looks two
    ways at once.
    """
    return Q(**{f"{column}__in": [person_id, *_merged_into(person_id)]})


def ids(person_id: int) -> tuple[int, ...]:
    """All records of whom a record speaks, whichever of them is asked for. Two queries."""
    merged_into = Person.objects.filter(pk=person_id).values_list("merged_into", flat=True).first()
    first = merged_into or person_id
    return first, *_merged_into(first)


def _merged_into(person_id: int) -> QuerySet[Person, int]:
    return Person.objects.filter(merged_into=person_id).order_by("pk").values_list("pk", flat=True)
