"""Tests on the filled demo. They need demo mode, so `test_modes` runs them in a process of their own."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

INSIDE = os.environ.get("JUZHU_INSIDE_THE_DEMO") == "1"
collect_ignore_glob = [] if INSIDE else ["test_*.py"]


@pytest.fixture(scope="session")
def signing_keys() -> Path:
    """The demo's own, with which its register is signed."""
    return Path(settings.JUZHU_KEYS)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> None:
    """The demo's own database, prepared by the command's own code: filled, unless what `test_modes` laid
    there is. Each test's changes are rolled back.
    """
    from juzhu.demo import command

    with django_db_blocker.unblock():
        command.prepare(fresh=False)


@pytest.fixture(autouse=True)
def _demo(db, monkeypatch) -> None:
    """Read the date anew each time: a test's transaction is never committed, so nobody is told of a move."""
    from juzhu.demo import clock

    monkeypatch.setattr(clock, "FRESH_FOR_S", -1.0)


@pytest.fixture
def visitor() -> Client:
    return Client()
