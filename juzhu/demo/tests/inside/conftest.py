"""Tests on the filled demo. They need demo mode, so `test_modes` runs them in a process of their own."""

import os
from collections.abc import Iterator

import pytest
from django.test import Client

INSIDE = os.environ.get("JUZHU_INSIDE_THE_DEMO") == "1"
collect_ignore_glob = [] if INSIDE else ["test_*.py"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, tmp_path_factory, signing_keys) -> Iterator[None]:
    """Fill the demo once, by the command's own code; each test's changes are rolled back."""
    from django.test.utils import override_settings

    from juzhu.demo import command

    with (
        django_db_blocker.unblock(),
        override_settings(JUZHU_FILES=tmp_path_factory.mktemp("files"), JUZHU_KEYS=signing_keys),
    ):
        command.prepare(fresh=False)
    yield


@pytest.fixture(autouse=True)
def _demo(db, monkeypatch) -> None:
    """Read the date anew each time: a test's transaction is never committed, so nobody is told of a move."""
    from juzhu.demo import clock

    monkeypatch.setattr(clock, "FRESH_FOR_S", -1.0)


@pytest.fixture
def visitor() -> Client:
    return Client()
