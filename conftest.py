"""What every test stands on: a movable clock, files in a temporary folder, cheap passwords."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import override_settings

from juzhu.operations import clock


class StoppedClock:
    """A clock that stands where a test puts it: noon in Shanghai on the chosen day."""

    moment = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return StoppedClock.moment


@pytest.fixture
def on_day() -> Iterator[Callable[[date], None]]:
    """Stop the service's clock on 10 March 2026, and move it to other days."""

    def move(day: date) -> None:
        StoppedClock.moment = datetime.combine(day, time(4, 0), UTC)

    move(date(2026, 3, 10))
    with override_settings(JUZHU_CLOCK="conftest.StoppedClock"):
        clock._clock.cache_clear()
        yield move
    clock._clock.cache_clear()


@pytest.fixture(autouse=True)
def _files_and_passwords(tmp_path: Path) -> Iterator[None]:
    with override_settings(
        JUZHU_FILES=tmp_path / "files",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    ):
        yield


@pytest.fixture
def committed_db(transactional_db: None) -> Iterator[None]:
    """A database with real commits, for races and for a second connection.

    SQLite empties tables with DELETE, which the append-only triggers refuse, so there they are taken off
    first.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
    assert django_settings.JUZHU_MODE == "test"
    yield
