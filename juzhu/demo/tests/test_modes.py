"""The demo is there in demo mode, and production has neither its people, nor its clicks, nor its date."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SAFE = {
    "JUZHU_MODE": "production",
    "JUZHU_SECRET_KEY": "a-secret-that-is-long-enough-for-a-test-and-no-other-use-0123456789",
    "JUZHU_ALLOWED_HOSTS": "juzhu.example",
}
LOOK = """
import json
from django import setup
setup()
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse
from juzhu.operations import clock
from juzhu.people.models import Account, Person, PopulationRecord
call_command("migrate", interactive=False, verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
client = Client(headers={"host": "juzhu.example"})
def status(path, post=False):
    send = client.post if post else client.get
    return send(path, secure=True).status_code
try:
    reverse("demo:entrance")
    mounted = True
except NoReverseMatch:
    mounted = False
print(json.dumps({
    "installed": "juzhu.demo" in settings.INSTALLED_APPS,
    "processors": str(settings.TEMPLATES[0]["OPTIONS"]["context_processors"]),
    "clock": type(clock._clock(settings.JUZHU_CLOCK)).__name__,
    "paths": [status("/demo/"), status("/demo/clock"), status("/demo/be", True), status("/demo/clock", True),
              status("/demo/bureau", True)],
    "mounted": mounted,
    "tables": [name for name in connection.introspection.table_names() if name.startswith("demo")],
    "people": [model.objects.count() for model in (Account, Person, PopulationRecord)],
    "first_page": b"demo" in client.get("/", secure=True).content,
}))
"""


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run this Python on its own, with nothing of the test's own settings, on SQLite."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUZHU_")}
    kept |= {"DJANGO_SETTINGS_MODULE": "juzhu.config.settings", "DATABASE_URL": ""}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    ran = run("-c", LOOK, **SAFE, JUZHU_DATA_DIR=str(tmp_path_factory.mktemp("production")))
    assert ran.returncode == 0, ran.stderr
    found: dict[str, object] = json.loads(ran.stdout.splitlines()[-1])
    return found


def test_production_has_not_installed_the_demo(production):
    assert production["installed"] is False
    assert "demo" not in production["processors"]
    assert production["tables"] == []


def test_production_has_none_of_its_people(production):
    assert production["people"] == [0, 0, 0]


def test_production_has_none_of_its_clicks(production):
    assert production["paths"] == [404] * 5
    assert production["mounted"] is False
    assert production["first_page"] is False


def test_productions_date_is_the_machines(production):
    assert production["clock"] == "SystemClock"


def test_the_demo_command_refuses_in_production(tmp_path):
    ran = run("-m", "juzhu.cli", "demo", "--no-serve", **SAFE, JUZHU_DATA_DIR=str(tmp_path))
    assert ran.returncode != 0
    assert "JUZHU_MODE=demo only" in ran.stderr
    assert not (tmp_path / "juzhu.sqlite3").exists()


@pytest.mark.slow
def test_the_demo_holds_what_its_entrance_promises(tmp_path):
    """Everything in `inside` is run in demo mode: on a copy of the demo that the checks filled, or on one
    that is filled there.
    """
    given = os.environ.get("JUZHU_TEST_DEMO")
    if given:
        shutil.copytree(Path(given, "sqlite"), tmp_path, dirs_exist_ok=True)
    ran = run(
        "-m", "pytest", "-p", "no:xdist", "--show-capture=no", str(Path(__file__).parent / "inside"),
        JUZHU_MODE="demo", JUZHU_DATA_DIR=str(tmp_path), JUZHU_INSIDE_THE_DEMO="1",
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-8000:] + ran.stderr[-2000:]
