"""The one place that knows what time it is.

"Today" is taken once, at the edge (a view, a command, a job), and passed down; nothing below reads a clock.
"""

from datetime import UTC, date, datetime
from functools import cache
from typing import Protocol
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """What a clock must do: say the moment, in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@cache
def _clock(dotted: str) -> Clock:
    clock: Clock = import_string(dotted)()
    return clock


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _clock(settings.JUZHU_CLOCK).now()


def today() -> date:
    """Today's date in Shanghai, by which the law counts."""
    return now().astimezone(SHANGHAI).date()
