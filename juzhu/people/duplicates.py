"""Duplicates: found, put together on proof, and taken apart again. The only place that does it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.operations.errors import Sentence
from juzhu.operations.models import Event
from juzhu.people import keeping_away, likeness
from juzhu.people.errors import BothHave, BothKnown, MergedAlready, NotAllowed, PurposeMissing
from juzhu.people.likeness import SUGGESTED, Card
from juzhu.people.models import Account, Likeness, Merge, Person

DECIDES = frozenset({"clerk", "chief"})
SHORTEST = 4
MOST_CANDIDATES = 200
STAYS = frozenset({"people.Likeness", "people.Merge", "people.Person"})
"""Tables that speak of the records themselves."""
IN_THE_WAY: dict[str, Sentence] = {
    "registration.Registration": _("两边都有现行的居住登记。请先给其中一个办离开。"),
    "permits.Permit": _("两边都有没有终止的居住证。请先终止其中一个。"),
    "permits.Application": _("两边都有没有办结的申请。请先办结其中一个。"),
    "people.Account": _("两边都有账号。请先停用其中一个。"),
}


def card(person: Person) -> Card:
    """What a record says."""
    confirmed = person.identity_number if person.identity_confirmed_at else ""
    return Card(
        person.name, person.born, person.sex, confirmed, person.claimed_number, person.phone,
        person.household_address,
    )  # fmt: skip


@events.subscribe("person.recorded", "person.identity_confirmed", "account.bound")
def look_for_more(event: Event) -> None:
    """Look for other records of somebody who was written down anew."""
    person = Person.objects.filter(pk=event.person_id or 0, merged_into__isnull=True).first()
    if person is not None:
        suggest(person)


def suggest(person: Person) -> list[Likeness]:
    """List the records that may be the same person. A pair that was found to be two people stays so."""
    found = []
    for other in _candidates(person):
        score, reasons = likeness.of(card(person), card(other))
        if score < SUGGESTED:
            continue
        first, second = sorted((person, other), key=lambda one: one.pk)
        row, _made = Likeness.objects.get_or_create(
            first=first,
            second=second,
            defaults={"score": score, "reasons": list(reasons), "found_at": clock.now()},
        )
        found.append(row)
    return found


def _candidates(person: Person) -> QuerySet[Person]:
    """Records that share a name, a day of birth with a phone, or a number that was claimed."""
    alike = Q(name=person.name) | Q(born=person.born, phone=person.phone) & ~Q(phone="")
    alike |= Q(born=person.born, name__startswith=person.name[:1])
    numbers = {person.identity_number, person.claimed_number, likeness.modern(person.claimed_number)} - {""}
    if numbers:
        alike |= Q(identity_number__in=numbers) | Q(claimed_number__in=numbers)
    rows = Person.objects.filter(alike, merged_into__isnull=True).exclude(pk=person.pk)
    if person.identity_confirmed_at:
        rows = rows.filter(identity_confirmed_at__isnull=True)
    return rows.order_by("pk")[:MOST_CANDIDATES]


def apart(row: Likeness, said: str, *, actor: Actor) -> Likeness:
    """Write down that they are two people. Raises NotAllowed, PurposeMissing, MergedAlready,
    ConflictOfInterest.
    """
    with transaction.atomic():
        locked = _take(row, said, actor)
        _settle(locked, "apart", said, actor)
        events.append(
            "person.told_apart",
            actor=actor,
            subject=locked,
            person_id=locked.first_id,
            other=locked.second_id,
        )
    return locked


def merge(kept: Person, gone: Person, said: str, *, actor: Actor) -> Merge:
    """Put two records together: all that hangs on `gone` goes over to `kept`, and both histories stay. The
    caller has checked the officer's area. What each has once (a registration, a permit, an account) is not
    put together by a keystroke: one of the two is closed first.

    Raises NotAllowed, PurposeMissing, BothKnown, BothHave, MergedAlready, ConflictOfInterest.
    """
    _may(actor, said)
    try:
        with transaction.atomic():
            rows = Person.objects.select_for_update().filter(pk__in=(kept.pk, gone.pk)).order_by("pk")
            locked = {person.pk: person for person in rows}
            kept, gone = locked[kept.pk], locked[gone.pk]
            for person in (kept, gone):
                keeping_away.check(actor, person)
                if person.merged_into_id is not None:
                    raise MergedAlready
            if kept.identity_confirmed_at and gone.identity_confirmed_at:
                raise BothKnown
            row = Merge.objects.create(
                kept=kept,
                gone=gone,
                said=said.strip()[:400],
                moved=_move(gone, kept),
                merged_at=clock.now(),
                merged_by_id=actor.account_id or 0,
            )
            gone.merged_into = kept
            gone.save(update_fields=["merged_into"])
            first, second = sorted((kept.pk, gone.pk))
            for one in Likeness.objects.filter(first=first, second=second, state="open"):
                _settle(one, "merged", said, actor)
            events.append("person.merged", actor=actor, subject=row, person_id=kept.pk, other=gone.pk)
    except _InTheWay as wall:
        raise BothHave(IN_THE_WAY.get(wall.table, _("两边都有，不能合并：%s。") % wall.table)) from wall
    return row


def undo(row: Merge, because: str, *, actor: Actor) -> Merge:
    """Take a merge apart: exactly what went over goes back; what came since stays where it came.

    Raises NotAllowed, PurposeMissing, MergedAlready, BothHave, ConflictOfInterest.
    """
    _may(actor, because)
    try:
        with transaction.atomic():
            locked = (
                Merge.objects.select_for_update(of=("self",)).select_related("kept", "gone").get(pk=row.pk)
            )
            if locked.undone_at:
                raise MergedAlready
            for person in (locked.kept, locked.gone):
                keeping_away.check(actor, person)
            for name, keys in locked.moved.items():
                table, column = name.rsplit(".", 1)
                _shift(table, column, keys, locked.kept, locked.gone)
            Person.objects.filter(pk=locked.gone_id).update(merged_into=None)
            locked.undone_at, locked.undone_by_id = clock.now(), actor.account_id
            locked.undone_because = because.strip()[:400]
            locked.save(update_fields=["undone_at", "undone_by", "undone_because"])
            events.append(
                "person.merge_undone",
                actor=actor,
                subject=locked,
                person_id=locked.kept_id,
                other=locked.gone_id,
            )
    except _InTheWay as wall:
        raise BothHave(IN_THE_WAY.get(wall.table, _("两边都有，不能合并：%s。") % wall.table)) from wall
    return locked


class _InTheWay(Exception):
    """A table in which each of two people has what a person has once."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(table)


def _move(gone: Person, kept: Person) -> dict[str, list[Any]]:
    moved: dict[str, list[Any]] = defaultdict(list)
    for relation in Person._meta.related_objects:
        model, column = relation.related_model, relation.field.name
        if not isinstance(model, type) or model._meta.label in STAYS:
            continue
        rows = model._default_manager.filter(**{column: gone}).order_by("pk")
        keys = list(rows.values_list("pk", flat=True))
        if keys:
            _shift(model._meta.label, column, keys, gone, kept)
            moved[f"{model._meta.label}.{column}"] = keys
    return dict(moved)


def _shift(table: str, column: str, keys: list[Any], source: Person, target: Person) -> None:
    model = _model(table)
    try:
        with transaction.atomic():
            model._default_manager.filter(pk__in=keys, **{column: source}).update(**{column: target})
    except IntegrityError as error:
        raise _InTheWay(table) from error


def _model(table: str) -> type[models.Model]:
    return apps.get_model(table)


def _may(actor: Actor, said: str) -> None:
    if actor.kind != "staff" or actor.role not in DECIDES:
        raise NotAllowed
    if len(said.strip()) < SHORTEST:
        raise PurposeMissing(_("请写明凭什么，至少 4 个字。"))


def _take(row: Likeness, said: str, actor: Actor) -> Likeness:
    _may(actor, said)
    locked = Likeness.objects.select_for_update(of=("self",)).select_related("first", "second").get(pk=row.pk)
    if locked.state != "open":
        raise MergedAlready
    for person in (locked.first, locked.second):
        keeping_away.check(actor, person)
    return locked


def _settle(row: Likeness, state: str, said: str, actor: Actor) -> None:
    row.state, row.said = state, said.strip()[:400]
    row.settled_at, row.settled_by = clock.now(), Account.objects.get(pk=actor.account_id or 0)
    row.save(update_fields=["state", "said", "settled_at", "settled_by"])
