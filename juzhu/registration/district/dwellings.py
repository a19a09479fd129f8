"""Let dwellings in figures, as they stand today: rooms bear no dates, so that of a past day nobody can say
how full a dwelling was. Each state is one query; they are counted each morning, and say when.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet

from juzhu.operations import clock, tasks
from juzhu.registration.district.areas import NO_COMMUNITY, Area, within
from juzhu.registration.district.counting import Counts
from juzhu.registration.district.figures import Table, table
from juzhu.registration.dwellings import queries
from juzhu.registration.models import Dwelling, DwellingCount, Inspection, LeaseFiling
from juzhu.registration.subdistricts import CODES

Rows = QuerySet[Dwelling]
State = Callable[[Rows, date], Rows]
COUNT = "registration.count_dwellings"


def _recorded(rows: Rows, _today: date) -> Rows:
    """登记出租: the police have the letting. Source: Zhejiang art. 9.3."""
    return rows.filter(pk__in=queries.recorded())


def _filed(rows: Rows, today: date) -> Rows:
    """租赁备案: a lease that stands is filed with the housing department."""
    filed = LeaseFiling.objects.filter(state="filed").order_by().values("lease")
    return rows.filter(pk__in=queries.standing(today).filter(pk__in=filed).order_by().values("dwelling"))


def _inspected(rows: Rows, today: date) -> Rows:
    """排查合格: the last inspection was passed and holds."""
    there = Inspection.objects.filter(dwelling=OuterRef("pk"))
    later = Inspection.objects.filter(
        dwelling=OuterRef("dwelling"), state__in=["passed", "failed"], pk__gt=OuterRef("pk")
    )
    return rows.filter(Exists(there.filter(~Exists(later), state="passed", valid_until__gte=today)))


def _unrecorded(rows: Rows, today: date) -> Rows:
    """没有出租登记: let, and the police have no record. Source: Zhejiang art. 9.3."""
    return queries.let(rows, today).exclude(pk__in=queries.recorded())


STATES: dict[str, State] = {
    "all": lambda rows, _today: rows,
    "let": queries.let,
    "recorded": _recorded,
    "filed": _filed,
    "inspected": _inspected,
    "unrecorded": _unrecorded,
    "crowded": queries.too_full,
}
"""Each state is counted by itself: a dwelling can be in several."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted, and when: by state, then by subdistrict, then by community."""

    at: datetime
    counts: Mapping[str, Mapping[str, Counts]]

    def by_area(self, state: str, area: Area | None = None) -> Counts:
        """How many are in a state: by subdistrict, all of them; of an area, by community."""
        found = self.counts[state]
        if area is not None:
            return dict(found.get(area.code, {}))
        return {code: sum(parts.values()) for code, parts in found.items()}


def count(today: date) -> Counted:
    """Count now. A hundred thousand dwellings take some seconds."""
    counts = {state: _count(rows, today) for state, rows in STATES.items()}
    return Counted(clock.now(), counts)


def counted(today: date) -> Counted:
    """What was counted this morning; counted now, where nobody has done so today."""
    kept = DwellingCount.objects.filter(day=today).first()
    return Counted(kept.counted_at, kept.counts) if kept else count(today)


def tables(found: Counted, area: Area) -> tuple[dict[str, Table], dict[str, Table]]:
    """By state: the table of the district by subdistrict, and that of the area's subdistrict by community;
    for a larger area the first twice.
    """
    least: int = settings.JUZHU_SMALLEST_COUNT
    upper, lower = {}, {}
    divided = area.level in {"subdistrict", "community"}
    whole = Area("subdistrict", area.subdistricts[0], area.subdistricts) if divided else None
    for state in STATES:
        upper[state] = table({key: (n,) for key, n in found.by_area(state).items()}, CODES, 1, least)
        lower[state] = upper[state]
        if whole is not None:
            counts = {key: (n,) for key, n in found.by_area(state, whole).items()}
            codes = [one.code for one in within(whole)]
            lower[state] = table(counts, codes, 1, least, (upper[state], whole.code))
    return upper, lower


@tasks.handles(COUNT, outside=True)
def keep_count(payload: dict[str, str]) -> None:
    """Count and keep it, each morning: of earlier days nothing is kept. Done late or not at all, pages count
    for themselves.
    """
    today = date.fromisoformat(payload["day"])
    found = count(today)
    DwellingCount.objects.exclude(day__gt=today).delete()
    DwellingCount.objects.get_or_create(day=today, defaults={"counted_at": found.at, "counts": found.counts})


def _count(state: State, today: date) -> dict[str, Counts]:
    rows: Any = state(Dwelling.objects.filter(gone_on__isnull=True), today)
    found: dict[str, Counts] = {}
    counted = rows.order_by().values("subdistrict", "community").annotate(n=Count("*"))
    for subdistrict, community, n in counted.values_list("subdistrict", "community", "n"):
        found.setdefault(subdistrict, {})[community or NO_COMMUNITY] = n
    return found
