"""The figures of one area, as they may be shown: every number that could point at somebody is None.

What is kept back is settled for the whole district and for each subdistrict, whoever asks and for however
many weeks, so that two pages never tell together what one of them keeps back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from juzhu.registration.district import counting
from juzhu.registration.district.areas import NO_COMMUNITY, Area, within
from juzhu.registration.district.counting import WEEK
from juzhu.registration.district.keeping_back import hides, kept_back, shares, small
from juzhu.registration.subdistricts import CODES

Numbers = tuple[int, ...]
Shares = tuple[dict[str, int], tuple[str, ...]] | None
RECENT = 4
"""Over how many of the last weeks ways and reasons are told, and how far back `before` lies."""


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by area, and which of them are kept back."""

    rows: Mapping[str, Numbers]
    hidden: frozenset[str]
    least: int

    def of(self, code: str) -> Numbers | None:
        """The numbers of one area; None where they are kept back."""
        return None if code in self.hidden else self.rows[code]

    def cells(self, code: str) -> tuple[int | None, ...]:
        """The numbers of one area, one by one."""
        width = len(next(iter(self.rows.values())))
        return self.of(code) or (None,) * width if code in self.rows else (0,) * width

    def total(self, codes: Iterable[str] | None = None) -> Numbers | None:
        """The sums of some areas, of all without any; None where they would tell what is kept back."""
        within = set(self.rows if codes is None else codes)
        sums = tuple(sum(column) for column in zip(*(self.rows[code] for code in within), strict=True))
        inside, outside = self.hidden & within, self.hidden - within
        parted = inside and outside and not (self._hides(inside) and self._hides(outside))
        return None if parted or small(sums, self.least) else sums

    def _hides(self, codes: Collection[str]) -> bool:
        return hides([self.rows[code] for code in codes], self.least)


def table(
    counts: Mapping[str, Numbers],
    codes: Iterable[str],
    width: int,
    least: int,
    inside: tuple[Table, str] | None = None,
) -> Table:
    """A table with a row for each of these areas, and for whatever else was counted. `inside`: the table in
    which all of it is one row; where that is kept back, so is everything here, whose sum it is.
    """
    rows = {code: counts.get(code, (0,) * width) for code in codes} | dict(counts)
    if inside is not None and inside[0].of(inside[1]) is None:
        return Table(rows, frozenset(rows), least)
    return Table(rows, kept_back(rows, least), least)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of figures: of an area, or of those in none of them (`area` is None)."""

    area: Area | None
    numbers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Who came and who left; None where that is kept back."""

    monday: date
    came: int | None
    left: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told of an area. `people` are now and at `before`; `last_week` and `weekly` came and left."""

    area: Area
    day: date
    before: date
    people: Numbers | None
    people_by_area: list[Line]
    weekly: list[Week]
    last_week: list[Line]
    by_week_and_area: list[tuple[date, list[Line]]]
    channels: Shares
    reasons: Shares


def figures(area: Area, day: date, how_many: int) -> Figures:
    """The figures of an area at the end of a day, with its last whole weeks. At most nine queries."""
    least: int = settings.JUZHU_SMALLEST_COUNT
    mondays = counting.weeks(day, how_many)
    before = day - RECENT * WEEK
    parts = within(area)
    upper = lower = _Tables(None, CODES, day, before, mondays, least)
    if area.level in {"subdistrict", "community"}:
        whole = Area("subdistrict", area.subdistricts[0], area.subdistricts)
        codes = [one.code for one in within(whole)]
        lower = _Tables(whole, codes, day, before, mondays, least, upper)
    channels, reasons = counting.ways(mondays[-RECENT:], area)
    flows = [(monday, _lines(parts, (lower.came[monday], lower.left[monday]), area)) for monday in mondays]
    return Figures(
        area=area,
        day=day,
        before=before,
        people=own(area, upper.people, lower.people),
        people_by_area=_lines(parts, (lower.people,), area),
        weekly=[_week(area, upper, lower, monday) for monday in mondays],
        last_week=flows[-1][1],
        by_week_and_area=flows,
        channels=shares(channels, least),
        reasons=shares(reasons, least),
    )


class _Tables:
    """The tables of the district by subdistrict, or of a subdistrict by community."""

    def __init__(
        self,
        whole: Area | None,
        codes: Sequence[str],
        day: date,
        before: date,
        mondays: Sequence[date],
        least: int,
        upper: _Tables | None = None,
    ) -> None:
        def inside(above: Table | None) -> tuple[Table, str] | None:
            return (above, whole.code) if above and whole else None

        found = counting.people(day, before, whole)
        self.people: Table = table(found, codes, 2, least, inside(upper.people if upper else None))
        self.came: dict[date, Table] = {}
        self.left: dict[date, Table] = {}
        for monday, week in counting.flows(mondays, whole).items():
            came = {code: (flow.came,) for code, flow in week.items()}
            left = {code: (flow.left,) for code, flow in week.items()}
            self.came[monday] = table(came, codes, 1, least, inside(upper.came[monday] if upper else None))
            self.left[monday] = table(left, codes, 1, least, inside(upper.left[monday] if upper else None))


def _week(area: Area, upper: _Tables, lower: _Tables, monday: date) -> Week:
    """Of the whole district either both are told or none: with how many more people there are, one would tell
    the other. Of less than that it would not, since moves within the district lie between.
    """
    came, left = (
        numbers[0] if numbers else None
        for numbers in (
            own(area, upper.came[monday], lower.came[monday]),
            own(area, upper.left[monday], lower.left[monday]),
        )
    )
    if area.level == "district" and (came is None or left is None):
        return Week(monday, None, None)
    return Week(monday, came, left)


def own(area: Area, upper: Table, lower: Table) -> Numbers | None:
    """The area's own numbers: a row of the table that it stands in, or the sum of its rows."""
    if area.level == "community":
        return lower.of(area.code)
    if area.level == "subdistrict":
        return upper.of(area.code)
    return upper.total(area.subdistricts)


def _lines(parts: Sequence[Area], shown: Sequence[Table], area: Area) -> list[Line]:
    """A row for each part of the area, and for those in no community, where there are any: the numbers of
    these tables, side by side.
    """
    codes: list[tuple[Area | None, str]] = [(part, part.code) for part in parts]
    if area.level == "subdistrict" and any(one.rows.get(NO_COMMUNITY) for one in shown):
        codes.append((None, NO_COMMUNITY))
    return [Line(part, tuple(number for one in shown for number in one.cells(code))) for part, code in codes]
