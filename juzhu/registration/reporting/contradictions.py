"""说法不一: reports that can't both be true are listed side by side; nobody is held to be wrong by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Count

from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.people.errors import NotAllowed
from juzhu.registration import addresses
from juzhu.registration.errors import AnsweredAlready, SaidTooLittle
from juzhu.registration.models import VOID, Contradiction, Report
from juzhu.registration.reporting.entries import BEGAN, ENDED, LEASE

CHUNK = 500
OFFICERS = frozenset({"subdistrict", "clerk", "chief"})
SHORTEST = 5


def note(numbers: Collection[str], made: Collection[str]) -> None:
    """List what new reports of letting say against others about the same people. `numbers` are identity
    numbers, `made` the new reports' own. Only of whom there is more than one report are they fetched.
    """
    new = set(made)
    found = [
        Contradiction(area=report.area, code=code, report=report, other=other, found_at=clock.now())
        for rows in _others(numbers).values()
        for report in rows
        for other in rows
        if report.number in new and (other.number not in new or other.pk < report.pk)
        if (code := between(report, other))
    ]
    Contradiction.objects.bulk_create(found, batch_size=CHUNK, ignore_conflicts=True)


def _others(numbers: Collection[str]) -> dict[str, list[Report]]:
    found = defaultdict(list)
    standing = Report.objects.filter(kind=LEASE).exclude(state__in=VOID).order_by()
    told = standing.filter(identity_number__among=numbers).values("identity_number")
    several = told.annotate(n=Count("pk")).filter(n__gt=1).values_list("identity_number", flat=True)
    for row in standing.filter(identity_number__among=list(several)):
        found[row.identity_number].append(row)
    return _standing(found)


def _standing(found: dict[str, list[Report]]) -> dict[str, list[Report]]:
    """Without the beginnings that the same reporter has ended since."""
    standing: dict[str, list[Report]] = defaultdict(list)
    for number, rows in found.items():
        for row in rows:
            ended = any(
                later.phase == ENDED
                and (later.organisation_id, later.reporter_id) == (row.organisation_id, row.reporter_id)
                and place(later) == place(row)
                and later.happened_on >= row.happened_on
                for later in rows
            )
            if row.phase == ENDED or not ended:
                standing[number].append(row)
    return standing


def between(report: Report, other: Report) -> str:
    """Why two reports about one person can't both be true; "" when they can."""
    same_place = place(report) == place(other)
    if report.phase == other.phase == BEGAN and not same_place:
        return "two_places"
    if report.phase != other.phase and same_place and not _same_reporter(report, other):
        ended, began = (report, other) if report.phase == ENDED else (other, report)
        if _still_there(began, ended.happened_on):
            return "left_and_there"
    return ""


def place(report: Report) -> tuple[str, str]:
    """Where, as addresses are compared."""
    return report.area, addresses.key(report.area, report.address)


def _same_reporter(report: Report, other: Report) -> bool:
    return (report.organisation_id, report.reporter_id) == (other.organisation_id, other.reporter_id)


def _still_there(began: Report, left_on: date) -> bool:
    """Whether somebody says they moved in after the day on which another says they left."""
    return began.happened_on > left_on


def settle(row: Contradiction, said: str, *, actor: Actor) -> Contradiction:
    """Write down what an officer of the area has found out. Neither report is changed.

    Raises NotAllowed, SaidTooLittle, AnsweredAlready.
    """
    if len(said.strip()) < SHORTEST:
        raise SaidTooLittle(field="said")
    with transaction.atomic():
        locked = Contradiction.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if actor.role not in OFFICERS or not actor.covers(locked.area):
            raise NotAllowed
        if locked.settled_at:
            raise AnsweredAlready
        locked.settled_at, locked.settled_by_id = clock.now(), actor.account_id
        locked.said = said.strip()[:400]
        locked.save(update_fields=["settled_at", "settled_by", "said"])
        events.append("contradiction.settled", actor=actor, subject=locked, code=locked.code)
    return locked
