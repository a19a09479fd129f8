"""What every test stands on: a movable clock, files in a temporary folder, cheap passwords, Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import override_settings
from django.utils import translation

from juzhu.operations import clock


class StoppedClock:
    """A clock that stands where a test puts it: noon in Shanghai on the chosen day."""

    moment = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return StoppedClock.moment


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands on the database, as its fixtures say: all else is the same on either, and run once."""
    for item in items:
        asked = {"db", "transactional_db"}.intersection(getattr(item, "fixturenames", ()))
        if asked or item.get_closest_marker("django_db"):
            item.add_marker("database")


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


@pytest.fixture(scope="session")
def signing_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the keys that the worker makes when it first signs."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(autouse=True)
def _files_and_passwords(tmp_path: Path, signing_keys: Path) -> Iterator[None]:
    with override_settings(
        JUZHU_FILES=tmp_path / "files",
        JUZHU_KEYS=signing_keys,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    ):
        yield


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    """A page that was read in English leaves its language behind."""
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def _emptied_by_delete(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """SQLite empties tables with DELETE, which the append-only triggers refuse: off with them, and on again
    after the database was emptied, so that the next file of tests finds them.
    """
    taken: list[tuple[str, str]] = []
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            taken = cursor.fetchall()
        for name, _sql in taken:
            cursor.execute(f"DROP TRIGGER {name}")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for _name, sql in taken:
            cursor.execute(sql)


@pytest.fixture
def committed_db(_emptied_by_delete: None, transactional_db: None) -> None:
    """A database with real commits, for races and for a second connection."""
    assert django_settings.JUZHU_MODE == "test"
