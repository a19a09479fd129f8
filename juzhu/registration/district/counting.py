"""The counts themselves, each of one query that an index answers alone, whatever is in the table.

Counted from the register and stored nowhere: a count is never late, and a past day's is what the register
says of that day now. A day is looked at as it ends: who registers on it is there, who leaves on it is gone.
Of one person no two registrations hold at the end of a day, so that rows are people.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from juzhu.registration.district.areas import Area
from juzhu.registration.models import Registration

Counts = dict[str, int]
"""By area; an area with nothing to count may be missing."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Flow:
    """Who came and who left in a week."""

    came: int = 0
    left: int = 0


Flows = dict[date, dict[str, Flow]]
"""By the week's Monday, then by area; an area in which nothing happened is not there."""


def weeks(day: date, how_many: int) -> list[date]:
    """The Mondays of the last whole weeks (ISO 8601) that are over as a day ends, the earliest first."""
    last = day - timedelta(days=(day.weekday() + 1) % 7 + 6)
    return [last - WEEK * back for back in reversed(range(how_many))]


def people(day: date, before: date, area: Area | None = None) -> dict[str, tuple[int, int]]:
    """How many are registered at the end of a day, and were at the end of an earlier one: by subdistrict, all
    of them; of an area, by community.
    """
    rows, column = _rows(area)
    then = Q(registered_on__lte=before)
    still = rows.filter(ended_on__isnull=True, registered_on__lte=day)
    since = rows.filter(ended_on__gt=before, registered_on__lte=day)
    asked = (
        (still, Count("*"), Count("registered_on", filter=then)),
        (since, Count("registered_on", filter=Q(ended_on__gt=day)), Count("registered_on", filter=then)),
    )
    found: dict[str, tuple[int, int]] = {}
    for which, now, earlier in asked:
        counted = which.order_by().values("subdistrict", column).annotate(now=now, earlier=earlier)
        for code, n, m in counted.values_list(column, "now", "earlier"):
            had = found.get(code or "", (0, 0))
            found[code or ""] = (had[0] + n, had[1] + m)
    return found


def flows(mondays: Sequence[date], area: Area | None = None) -> Flows:
    """Who came (registered, and lived nowhere in the district before) and who left it, in each of some weeks
    that follow each other: by subdistrict; of an area, by community. Moves within the district are neither.
    """
    rows, column = _rows(area)
    first, last = mondays[0], mondays[-1] + WEEK - timedelta(days=1)
    came = _first(rows).filter(registered_on__range=(first, last))
    left = rows.filter(end_reason="left", ended_on__range=(first, last))
    numbers: dict[date, dict[str, list[int]]] = {monday: defaultdict(lambda: [0, 0]) for monday in mondays}
    for at, (asked, on) in enumerate(((came, "registered_on"), (left, "ended_on"))):
        for day, code, n in _counted(asked, on, "subdistrict", column).values_list(on, column, "n"):
            numbers[day - timedelta(days=day.weekday())][code or ""][at] += n
    return {monday: {code: Flow(*both) for code, both in found.items()} for monday, found in numbers.items()}


def ways(mondays: Sequence[date], area: Area) -> tuple[Counter[str], Counter[str]]:
    """Of who came to an area in some weeks: by which way they registered, and why they live here."""
    first, last = mondays[0], mondays[-1] + WEEK - timedelta(days=1)
    rows = _first(_of(Registration.objects.all(), area)).filter(registered_on__range=(first, last))
    channels: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    found = _counted(rows, "channel", "reported", "reason")
    for channel, reported, reason, n in found.values_list("channel", "reported", "reason", "n"):
        channels["report" if reported else channel] += n
        reasons[reason] += n
    return channels, reasons


def _rows(area: Area | None) -> tuple[QuerySet[Registration], str]:
    """Which rows, and by which column they are told apart."""
    if area is None:
        return Registration.objects.all(), "subdistrict"
    return Registration.objects.filter(subdistrict=area.code), "community"


def _of(rows: QuerySet[Registration], area: Area) -> QuerySet[Registration]:
    if area.level == "district":
        return rows
    if area.level == "community":
        return rows.filter(subdistrict=area.subdistricts[0], community=area.code)
    return rows.filter(subdistrict__in=area.subdistricts)


def _first(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Those that follow no other, said as "not those that follow": SQLite takes "follows none" for rare, as
    the column is unique, and would go by it instead of by the day.
    """
    return rows.exclude(follows__isnull=False)


def _counted(rows: QuerySet[Registration], *columns: str) -> QuerySet[Any, Any]:
    """So many rows for each value: `n`. The star lets an index answer alone; by community alone, without the
    subdistrict before it, SQLite would walk the whole table along that column's own index.
    """
    counted: QuerySet[Any, Any] = rows.order_by().values(*columns).annotate(n=Count("*"))
    return counted
