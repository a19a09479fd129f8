"""Duplicates: put together on proof, told apart, and taken apart again. The only place that does it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.operations.errors import Sentence
from juzhu.people import belongings, keeping_away, likeness
from juzhu.people.errors import (
    BothHave,
    BothKnown,
    CannotBeUndone,
    KnownStays,
    MergedAlready,
    MergedLater,
    NotAllowed,
    PurposeMissing,
    SameRecord,
)
from juzhu.people.models import Account, Likeness, Merge, Person
from juzhu.people.suggesting import card

DECIDES = frozenset({"clerk", "chief"})
SHORTEST, LONGEST = 4, 400
FOUND_BY_HAND = "officer"
"""The reason of a pair that no likeness has found: an officer saw it."""
Against = Callable[[Merge], Sentence | None]
_against_undoing: list[Against] = []


def against_undoing(say: Against) -> Against:
    """Ask the decorated function, when a merge is about to be undone, whether something has come of it that
    would be torn apart: a room above this one knows.
    """
    _against_undoing.append(say)
    return say


def propose(one: Person, other: Person, *, actor: Actor) -> Likeness:
    """Put two records that an officer holds for one person side by side; nothing is decided. A pair that is
    listed already is given back, and one that was told apart is looked at anew. The caller has checked that
    the officer may read both.

    Raises NotAllowed, SameRecord, BothKnown, MergedAlready, ConflictOfInterest.
    """
    _check_role(actor)
    if one.pk == other.pk:
        raise SameRecord
    with transaction.atomic():
        first, second = _hold(one, other, actor)
        _check_pair(first, second)
        row, made = _pair(first, second)
        if not made and row.state == "open":
            return row
        row.state, row.said, row.settled_at, row.settled_by = "open", "", None, None
        row.found_at = clock.now()
        row.reasons = [FOUND_BY_HAND, *(code for code in row.reasons if code != FOUND_BY_HAND)]
        row.save()
        events.append("person.likeness_proposed", actor=actor, subject=row, person_id=one.pk, other=other.pk)
    return row


def apart(row: Likeness, said: str, *, actor: Actor) -> Likeness:
    """Write down that they are two people. Raises NotAllowed, PurposeMissing, MergedAlready,
    ConflictOfInterest.
    """
    _may(actor, said)
    with transaction.atomic():
        _hold(row.first, row.second, actor)
        locked = Likeness.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if locked.state != "open":
            raise MergedAlready
        _settle(locked, "apart", said, actor)
        events.append(
            "person.told_apart",
            actor=actor,
            subject=locked,
            person_id=locked.first_id,
            other=locked.second_id,
        )
    return locked


def objections(kept: Person, gone: Person) -> list[Sentence]:
    """What stands in the way of putting `gone` to `kept`, in words; empty when nothing does."""
    try:
        _check_pair(kept, gone)
        _check_kept(kept, gone)
    except (BothKnown, KnownStays, MergedAlready) as error:
        return [error.sentence]
    return belongings.walls(gone, kept)


def merge(kept: Person, gone: Person, said: str, *, actor: Actor) -> Merge:
    """Put two records together: all that hangs on `gone` goes over to `kept`, and both histories stay. The
    caller has checked the officer's area. What each has once (a registration, a permit, an application) is
    not put together by a keystroke: one of the two is closed first.

    Raises NotAllowed, PurposeMissing, BothKnown, KnownStays, BothHave, MergedAlready, ConflictOfInterest.
    """
    _may(actor, said)
    try:
        with transaction.atomic():
            kept, gone = _hold(kept, gone, actor)
            _check_pair(kept, gone)
            _check_kept(kept, gone)
            if found := belongings.walls(gone, kept):
                raise BothHave(found[0])
            row = Merge.objects.create(
                kept=kept,
                gone=gone,
                said=said.strip()[:LONGEST],
                moved=belongings.move(gone, kept),
                took_phone=_take_phone(kept, gone),
                merged_at=clock.now(),
                merged_by_id=actor.account_id or 0,
            )
            gone.merged_into = kept
            gone.save(update_fields=["merged_into"])
            _settle(_pair(kept, gone)[0], "merged", said, actor)
            events.append("person.merged", actor=actor, subject=row, person_id=kept.pk, other=gone.pk)
    except belongings.InTheWay as wall:
        raise BothHave(belongings.in_the_way_words(wall.table)) from wall
    return row


def undo(row: Merge, because: str, *, actor: Actor) -> Merge:
    """Take a merge apart: exactly what went over goes back; what came since stays where it came. The pair is
    written down as two people.

    Raises NotAllowed, PurposeMissing, MergedAlready, MergedLater, CannotBeUndone, BothHave,
    ConflictOfInterest.
    """
    _may(actor, because)
    try:
        with transaction.atomic():
            kept, gone = _hold(row.kept, row.gone, actor)
            locked = Merge.objects.select_for_update(of=("self",)).get(pk=row.pk)
            if locked.undone_at:
                raise MergedAlready
            if (said := against(locked, kept)) is not None:
                raise MergedLater if kept.merged_into_id else CannotBeUndone(said)
            belongings.shift(locked.moved, kept, gone)
            if locked.took_phone and kept.phone == gone.phone:
                Person.objects.filter(pk=kept.pk).update(phone="")
            Person.objects.filter(pk=gone.pk).update(merged_into=None)
            locked.undone_at, locked.undone_by_id = clock.now(), actor.account_id
            locked.undone_because = because.strip()[:LONGEST]
            locked.save(update_fields=["undone_at", "undone_by", "undone_because"])
            _settle(_pair(kept, gone)[0], "apart", because, actor)
            events.append(
                "person.merge_undone", actor=actor, subject=locked, person_id=kept.pk, other=gone.pk
            )
    except belongings.InTheWay as wall:
        raise BothHave(belongings.in_the_way_words(wall.table)) from wall
    return locked


def against(row: Merge, kept: Person) -> Sentence | None:
    """Why a merge can't be undone now, in words; None when it can."""
    if kept.merged_into_id is not None:
        return MergedLater.sentence
    return next((said for ask in _against_undoing if (said := ask(row)) is not None), None)


def _hold(one: Person, other: Person, actor: Actor) -> tuple[Person, Person]:
    """Both records, locked until the transaction ends, in an order in which nobody waits for another."""
    rows = Person.objects.select_for_update().filter(pk__in=(one.pk, other.pk)).order_by("pk")
    locked = {person.pk: person for person in rows}
    for person in locked.values():
        keeping_away.check(actor, person)
    return locked[one.pk], locked[other.pk]


def _check_pair(one: Person, other: Person) -> None:
    if one.merged_into_id is not None or other.merged_into_id is not None:
        raise MergedAlready
    if one.identity_confirmed_at and other.identity_confirmed_at:
        raise BothKnown


def _check_kept(kept: Person, gone: Person) -> None:
    """A number leads to the record that bears it: to the one that is kept."""
    if gone.identity_number or (gone.identity_confirmed_at and not kept.identity_confirmed_at):
        raise KnownStays


def _pair(one: Person, other: Person) -> tuple[Likeness, bool]:
    """The row of two records, made with their present score where nobody has found them alike."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    score, reasons = likeness.of(card(first), card(second))
    return Likeness.objects.get_or_create(
        first=first,
        second=second,
        defaults={"score": score, "reasons": list(reasons), "found_at": clock.now()},
    )


def _take_phone(kept: Person, gone: Person) -> bool:
    """Under which number somebody wants to be told, where only the record that goes knows one."""
    if kept.phone or not gone.phone:
        return False
    kept.phone = gone.phone
    kept.save(update_fields=["phone"])
    return True


def _check_role(actor: Actor) -> None:
    if actor.kind != "staff" or actor.role not in DECIDES:
        raise NotAllowed


def _may(actor: Actor, said: str) -> None:
    _check_role(actor)
    if len(said.strip()) < SHORTEST:
        raise PurposeMissing(_("请写明凭什么，至少 4 个字。"))


def _settle(row: Likeness, state: str, said: str, actor: Actor) -> None:
    row.state, row.said = state, said.strip()[:LONGEST]
    row.settled_at, row.settled_by = clock.now(), Account.objects.get(pk=actor.account_id or 0)
    row.save(update_fields=["state", "said", "settled_at", "settled_by"])
