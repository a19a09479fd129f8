"""当面打开: that the holder has proved, a moment ago, that it is they. Source: notice 2(2)3."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest

from juzhu.operations import clock

OPENED, TRIES = "permit_opened", "permit_tries"
GOOD_FOR = timedelta(minutes=10)
MOST_TRIES = 5


def opened(request: HttpRequest) -> bool:
    """Whether presence was proved within the last ten minutes. Signing out forgets it with the session."""
    return seconds_left(request) > 0


def seconds_left(request: HttpRequest) -> int:
    """For how long the permit stays open."""
    at = request.session.get(OPENED)
    if at is None:
        return 0
    age = clock.now() - datetime.fromisoformat(at)
    return int((GOOD_FOR - age).total_seconds()) if timedelta() <= age < GOOD_FOR else 0


def open_now(request: HttpRequest) -> None:
    """Remember the proof."""
    request.session[OPENED] = clock.now().isoformat()
    request.session.pop(TRIES, None)


def failed(request: HttpRequest) -> bool:
    """Count a wrong password; True when there were too many, and the session should end."""
    request.session[TRIES] = request.session.get(TRIES, 0) + 1
    return bool(request.session[TRIES] >= MOST_TRIES)
