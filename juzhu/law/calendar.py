"""Months, years and working days, as the Civil Code counts them.

Source: Civil Code arts. 200-204 and 1259. They govern civil periods; here they apply by analogy.
A `Calendar` is a plain value: an administrator who knows next year's notice of the State Council makes a
new one with `load_overrides`, and says once, at start, that it is the one in `use`; whoever decides may
also pass another one on. No function here reads a clock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from importlib.metadata import version
from typing import NamedTuple

from chinese_calendar.constants import holidays as _official_rest
from chinese_calendar.constants import workdays as _official_make_up

from juzhu.law.errors import InvalidCalendar

ONE_DAY = timedelta(days=1)
_DAYS_IN_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# 1 January, 1 and 2 May, 1 to 3 October: the holidays that fall on the same date every year.
_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
_SATURDAY = 5


class WorkingDay(NamedTuple):
    """`provisional`: the day's year has no official calendar yet, so make-up days are unknown."""

    working: bool
    provisional: bool


class CountedDay(NamedTuple):
    """A day that was counted to; `provisional` if any day looked at on the way is."""

    day: date
    provisional: bool


def days_in_month(year: int, month: int) -> int:
    """28 to 31, by the Gregorian calendar."""
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _DAYS_IN_MONTH[month - 1]


def add_months(day: date, n: int) -> date:
    """The corresponding day n months later, or that month's last day. Source: Civil Code art. 202."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    month += 1
    return date(year, month, min(day.day, days_in_month(year, month)))


def cutoff(day: date, n: int) -> date:
    """The latest start `s` with `add_months(s, n) <= day`. 28 February and 6 months give 31 August."""
    year, month = divmod(day.year * 12 + day.month - 1 - n, 12)
    month += 1
    if day.day == days_in_month(day.year, day.month):
        return date(year, month, days_in_month(year, month))
    return date(year, month, min(day.day, days_in_month(year, month)))


def month_start(day: date, n: int = 0) -> date:
    """The first day of the month that is n months after the day's own."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, 1)


def completed_years(born: date, day: date) -> int:
    """Years completed on `day`; the n-th on the n-th anniversary. Negative before the first day."""
    years = day.year - born.year
    return years - (add_months(born, 12 * years) > day)


@dataclass(frozen=True)
class Calendar:
    """Rest days on weekdays, working days on weekends, and the years for which both are official."""

    rest: frozenset[date]
    make_up: frozenset[date]
    years: frozenset[int]
    version: str = field(compare=False)

    @cached_property
    def _known(self) -> dict[date, bool]:
        return dict.fromkeys(self.rest, False) | dict.fromkeys(self.make_up, True)

    def is_working_day(self, day: date) -> WorkingDay:
        if day.year in self.years:
            known = self._known.get(day)
            return WorkingDay(day.weekday() < _SATURDAY if known is None else known, False)
        return WorkingDay(day.weekday() < _SATURDAY and (day.month, day.day) not in _FIXED_HOLIDAYS, True)

    def roll_to_working_day(self, day: date) -> CountedDay:
        """The day itself if it is a working day, else the next one. Source: Civil Code art. 203."""
        provisional = False
        while True:
            working, unsure = self.is_working_day(day)
            provisional = provisional or unsure
            if working:
                return CountedDay(day, provisional)
            day += ONE_DAY

    def add_working_days(self, day: date, n: int) -> CountedDay:
        """The n-th working day after `day`, which is not counted itself. Source: Civil Code art. 201."""
        provisional = False
        while n > 0:
            day += ONE_DAY
            working, unsure = self.is_working_day(day)
            provisional = provisional or unsure
            n -= working
        return CountedDay(day, provisional)


def _official() -> Calendar:
    rest, make_up = frozenset(_official_rest), frozenset(_official_make_up)
    years = frozenset(range(min(rest).year, max(rest).year + 1))
    return Calendar(rest, make_up, years, f"chinesecalendar {version('chinesecalendar')}")


OFFICIAL = _official()
"""The package's own years."""
_in_use = [OFFICIAL]


def use(calendar: Calendar) -> None:
    """Let everything that names no calendar go by this one. Once, at start."""
    _in_use[0] = calendar


def in_use() -> Calendar:
    """The calendar that is gone by where none is named."""
    return _in_use[0]


def is_published(year: int) -> bool:
    """Whether the year's holidays are known; if not, a day in it that was counted to may still move."""
    return year in in_use().years


def load_overrides(table: Mapping[str, Mapping[str, Iterable[str]]], base: Calendar = OFFICIAL) -> Calendar:
    """A calendar in which the table's years are official.

    The table has one entry a year, replacing all that was known of it:
    `{"2027": {"rest": ["2027-01-01", ...], "make_up": ["2027-01-31", ...]}}`. Raises `InvalidCalendar`.
    """
    rest, make_up, years = set(base.rest), set(base.make_up), set(base.years)
    for name, entry in table.items():
        if not (len(name) == 4 and name.isascii() and name.isdigit()):
            raise InvalidCalendar("A year is written with four digits.", (name,))
        if unknown := set(entry) - {"rest", "make_up"}:
            raise InvalidCalendar("A year holds `rest` and `make_up` only.", (name, *sorted(unknown)))
        year = int(name)
        listed = {
            key: {_day_of(text, year, key) for text in entry.get(key, ())} for key in ("rest", "make_up")
        }
        if both := listed["rest"] & listed["make_up"]:
            raise InvalidCalendar(f"{min(both)} is given both as rest and as working day.", (name,))
        rest = {day for day in rest if day.year != year} | listed["rest"]
        make_up = {day for day in make_up if day.year != year} | listed["make_up"]
        years.add(year)
    stamp = hashlib.sha256(repr((sorted(rest), sorted(make_up), sorted(years))).encode()).hexdigest()[:12]
    label = base.version if not table else f"{base.version.split('+')[0]}+{stamp}"
    return Calendar(frozenset(rest), frozenset(make_up), frozenset(years), label)


def _day_of(text: str, year: int, key: str) -> date:
    try:
        day = date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise InvalidCalendar(f"{text!r} is not a date.", (str(year), key)) from error
    if day.year != year:
        raise InvalidCalendar(f"{text} does not lie in {year}.", (str(year), key))
    return day


def is_working_day(day: date, calendar: Calendar | None = None) -> WorkingDay:
    return (calendar or in_use()).is_working_day(day)


def roll_to_working_day(day: date, calendar: Calendar | None = None) -> CountedDay:
    return (calendar or in_use()).roll_to_working_day(day)


def add_working_days(day: date, n: int, calendar: Calendar | None = None) -> CountedDay:
    return (calendar or in_use()).add_working_days(day, n)


def calendar_version(calendar: Calendar | None = None) -> str:
    """What each stored decision records: the package's version, and the overrides' hash if any."""
    return (calendar or in_use()).version
