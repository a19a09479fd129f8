"""Whose work a suggested duplicate is, and which records an officer may name as one.

A record is of an area where its person is registered, was registered, or has an application. A pair is the
work of the windows of either record's areas, so that who has one of the two may compare them; a pair of which
neither record is of any area is the work of every window, so that it is somebody's.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from juzhu.operations.actors import Actor
from juzhu.people.duplicates import DECIDES
from juzhu.people.models import Likeness, Merge, Person
from juzhu.permits.models import Application
from juzhu.registration.models import Registration

MOST_COUNTED = 999


def likenesses_for(actor: Actor) -> QuerySet[Likeness]:
    """All pairs of an officer's areas, open and settled; nothing to whom they are not."""
    if actor.kind != "staff" or actor.role not in DECIDES:
        return Likeness.objects.none()
    ours = _is_of("first", actor.areas) | _is_of("second", actor.areas)
    nobodys = ~_is_of("first") & ~_is_of("second")
    return Likeness.objects.filter(ours | nobodys).select_related("first", "second", "settled_by")


def open_for(actor: Actor) -> QuerySet[Likeness]:
    """The pairs that wait for an officer, the likeliest first. One in which a record was merged elsewhere, or
    both have been proved meanwhile, waits no more.
    """
    rows = likenesses_for(actor).filter(state="open")
    rows = rows.filter(first__merged_into__isnull=True, second__merged_into__isnull=True)
    known = Q(first__identity_confirmed_at__isnull=False, second__identity_confirmed_at__isnull=False)
    return rows.exclude(known).order_by("-score", "found_at", "pk")


def waiting_for(actor: Actor) -> int:
    """How many pairs wait for an officer, counted to MOST_COUNTED."""
    return len(open_for(actor).order_by().values_list("pk")[:MOST_COUNTED])


def settled_for(actor: Actor) -> QuerySet[Likeness]:
    """The pairs that were put together or told apart, the latest first."""
    return likenesses_for(actor).exclude(state="open").order_by("-settled_at", "-pk")


def open_of(actor: Actor, person: Person) -> QuerySet[Likeness]:
    """The pairs of one person that wait for this officer."""
    return open_for(actor).filter(Q(first=person) | Q(second=person))


def merge_of(row: Likeness) -> Merge | None:
    """The latest merge of a pair, undone or not."""
    pair = (row.first_id, row.second_id)
    rows = Merge.objects.filter(kept__in=pair, gone__in=pair)
    return rows.select_related("kept", "gone", "merged_by", "undone_by").order_by("-pk").first()


def merges_into(person: Person) -> QuerySet[Merge]:
    """What was merged into a record and is there still, the latest first."""
    rows = Merge.objects.filter(gone__merged_into=person, undone_at__isnull=True)
    return rows.select_related("gone", "merged_by").order_by("-pk")


def pair_of(row: Merge) -> Likeness | None:
    """The pair that a merge has settled."""
    pair = (row.kept_id, row.gone_id)
    return Likeness.objects.filter(first__in=pair, second__in=pair).first()


def records_named(actor: Actor, text: str) -> QuerySet[Person]:
    """The records of an officer's areas that a whole identity number, a number that was claimed, or that of a
    registration or a case names. Of what is elsewhere, it is as if there were nothing.
    """
    if actor.kind != "staff" or actor.role not in DECIDES or not text:
        return Person.objects.none()
    text = text.upper()
    named = Q(identity_number=text) | Q(claimed_number=text)
    named |= Q(registrations__number=text) | Q(applications__number=text)
    rows = Person.objects.filter(_is_of("", actor.areas), named, merged_into__isnull=True)
    return rows.order_by("pk").distinct()


def _is_of(column: str, areas: tuple[str, ...] | None = None) -> Q:
    """Whether the person in a column is of one of these areas; without areas, of any at all."""
    person = OuterRef(f"{column}_id" if column else "pk")
    homes = Registration.objects.filter(person=person)
    cases = Application.objects.filter(person=person).exclude(area="")
    if areas is not None:
        homes, cases = homes.filter(subdistrict__in=areas), cases.filter(area__in=areas)
    return Q(Exists(homes)) | Q(Exists(cases))
