"""Reminding reporters: which duties they are told of on a day, before the last day and after it, once each.

A day without a worker is caught up: what is over by then is told as over, and no more as coming.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from juzhu.law import calendar
from juzhu.registration.duties import reporters
from juzhu.registration.duties.reporters import Owed
from juzhu.registration.models import DutyTold
from juzhu.registration.reporting.entries import Reporter

BY_LAW, BY_OFFICER = 1, 3
"""So many working days before the last day: of the law's own three days, and of an officer's longer term."""
LONG: frozenset[str] = frozenset({"mend", "order"})
AT_ONCE = 500
"""So many keys are looked up together."""


@dataclass(frozen=True, slots=True)
class Due:
    """What a reporter is told of at once: what comes due, or what is over."""

    over: bool
    owed: tuple[Owed, ...]

    @property
    def first(self) -> date:
        """The earliest last day of them."""
        return min(one.due_on for one in self.owed)


def warns_on(one: Owed) -> date:
    """The day from which one is reminded before the last day, a working day."""
    return before(one.due_on, BY_OFFICER if one.kind in LONG else BY_LAW)


def before(day: date, working_days: int) -> date:
    """The working day that is so many working days before a day."""
    while working_days:
        day -= timedelta(days=1)
        working_days -= calendar.is_working_day(day).working
    return day


def whom(today: date) -> Iterator[Reporter]:
    """Everybody who has to be reminded and was not yet, each once."""
    seen: set[tuple[int | None, int | None]] = set()
    wanted = _wanted(today)
    while some := list(islice(wanted, AT_ONCE)):
        for one, _key in _not_told(some):
            by = one.reporter
            who = (by.organisation.pk if by.organisation else None, by.person.pk if by.person else None)
            if who not in seen:
                seen.add(who)
                yield by


def take(reporter: Reporter, today: date) -> list[Due]:
    """What a reporter has to be told of today and was not yet, marked as told in the caller's transaction."""
    fresh = _not_told(list(_wanted(today, reporter)))
    DutyTold.objects.bulk_create([DutyTold(key=key, told_on=today) for _one, key in fresh], batch_size=500)
    told = [(one, one.due_on < today) for one, _key in fresh]
    groups = [Due(over, _those(told, over)) for over in (True, False)]
    return [group for group in groups if group.owed]


def _wanted(today: date, reporter: Reporter | None = None) -> Iterator[tuple[Owed, str]]:
    """What there is to tell of today, told before or not, with its key."""
    return ((one, key) for one in reporters.recent(today, reporter) if (key := _speaks(one, today)))


def _not_told(wanted: list[tuple[Owed, str]]) -> list[tuple[Owed, str]]:
    known = set(DutyTold.objects.filter(key__in=[key for _one, key in wanted]).values_list("key", flat=True))
    return [(one, key) for one, key in wanted if key not in known]


def _those(told: Iterable[tuple[Owed, bool]], over: bool) -> tuple[Owed, ...]:
    return tuple(one for one, is_over in told if is_over is over)


def _speaks(one: Owed, today: date) -> str:
    """The key under which something is told today; "" when there is nothing to tell."""
    if one.due_on < today:
        return f"{one.key}:{one.due_on}:over"
    return f"{one.key}:{one.due_on}:soon" if today >= warns_on(one) else ""
