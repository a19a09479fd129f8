"""The demo's clock: the machine's time of day, on a date that can be moved forward."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

from django.db import transaction

from juzhu.demo.models import DemoClock
from juzhu.operations.clock import SHANGHAI
from juzhu.operations.errors import JuzhuError

START = date(2026, 3, 10)
"""The demo's first date: the official calendars reach to the end of 2026."""
END = date(2028, 12, 31)
FRESH_FOR_S = 1.0

_held: ContextVar[datetime | None] = ContextVar("held", default=None)


class DateGoesForward(JuzhuError):
    """The demo's date was to be moved to a day that is no later, or too far away."""

    code = "date_goes_forward"


class MovableClock:
    """Reads the offset from its row at most once a second, so that every process follows a move soon."""

    _days: ClassVar[int] = 0
    _read_at: ClassVar[float] = float("-inf")

    def now(self) -> datetime:
        return _held.get() or datetime.now(UTC) + timedelta(days=self._offset())

    def _offset(self) -> int:
        if time.monotonic() - MovableClock._read_at > FRESH_FOR_S:
            remember(_stored())
        return MovableClock._days


def _stored() -> int:
    row = DemoClock.objects.first()
    return row.days if row else days_until(START)


def remember(days: int) -> None:
    """Let this process know an offset now, without asking the table."""
    MovableClock._days, MovableClock._read_at = days, time.monotonic()


def days_until(day: date) -> int:
    """How far a date is from the machine's own, in Shanghai."""
    return (day - datetime.now(SHANGHAI).date()).days


@contextmanager
def held(moment: datetime) -> Iterator[None]:
    """Let it be that moment for what runs inside, in this thread alone."""
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)


def set_date(day: date) -> None:
    """Make that day the demo's date, in the caller's transaction."""
    days = days_until(day)
    DemoClock.objects.update_or_create(pk=1, defaults={"days": days})
    transaction.on_commit(lambda: remember(days))


def stand_still(since: datetime) -> None:
    """Take back the whole days during which nobody ran the demo, so that its people wait for its visitor."""
    idle = (datetime.now(UTC) - since).days
    row = DemoClock.objects.first()
    if row and idle > 0:
        row.days -= idle
        row.save(update_fields=["days"])
        remember(row.days)
