"""Filling the demo: the tables, the invented people, and what happened to them until this morning."""

import logging
import random
import shutil
from contextlib import ExitStack

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError
from rich.console import Console
from rich.progress import Progress

from juzhu.demo import (
    crowd,
    lettings,
    staffing,
    stories,
    stories_after_issue,
    stories_in_hand,
    stories_of_duplicates,
    stories_of_duties,
    stories_of_letting,
    streets,
)
from juzhu.demo.characters import NEWCOMERS, OFFICERS
from juzhu.demo.clock import START, held, set_date, stand_still
from juzhu.demo.communities import rows
from juzhu.demo.models import DemoClock
from juzhu.demo.stage import BEFORE, Stage, enter
from juzhu.operations.models import Heartbeat
from juzhu.registration.models import Community

SEED = 20260310


class DemoRefused(click.ClickException):
    """The demo can't be prepared here; the message says what to do."""

    exit_code = 2


def prepare(*, fresh: bool) -> None:
    """Make the tables and fill them once; called again, it changes nothing but what stood still meanwhile.

    Raises DemoRefused rather than touch data that is not the demo's own.
    """
    if fresh:
        _throw_away()
    try:
        call_command("messages", "--compile", verbosity=0)
        call_command("migrate", interactive=False, verbosity=0)
    except (DatabaseError, OSError) as error:
        raise DemoRefused(f"the database can't be prepared: {error}") from error
    if DemoClock.objects.exists():
        _go_on()
    else:
        _fill()


def _throw_away() -> None:
    """Delete the demo's SQLite file and its uploads. On another database only an empty schema is fresh."""
    if connection.vendor != "sqlite":
        if connection.introspection.table_names():
            raise DemoRefused(
                "--fresh deletes SQLite files only. DATABASE_URL names another database with tables in it: "
                "empty it yourself, or leave DATABASE_URL unset."
            )
        return
    name = str(connection.settings_dict["NAME"])
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        settings.JUZHU_FILES.parent.joinpath(name + suffix).unlink(missing_ok=True)
    shutil.rmtree(settings.JUZHU_FILES, ignore_errors=True)


def _go_on() -> None:
    beat = Heartbeat.objects.filter(name="worker").first()
    if beat:
        stand_still(beat.at)


def _fill() -> None:
    """Everything in one transaction: a demo that was interrupted while it was made is not there at all."""
    console = Console(stderr=True)
    with ExitStack() as around:
        bar = around.enter_context(Progress(console=console, transient=True, disable=not console.is_terminal))
        task = bar.add_task("inventing people", total=None)
        logging.disable(logging.INFO)
        around.callback(logging.disable, logging.NOTSET)
        around.enter_context(transaction.atomic())
        stage = Stage(random.Random(SEED))
        with held(BEFORE):
            _cast(stage)
        bar.update(task, total=len(stage.steps), description="living their lives")
        stage.play(lambda: bar.advance(task))
        set_date(START)
    click.echo(f"The demo is filled: {len(stage.steps)} steps up to {START}.", err=True)


def _cast(stage: Stage) -> None:
    """Load the registers, hire the officers, and write down what will happen to everybody."""
    Community.objects.bulk_create(rows())
    for officer in OFFICERS:
        stage.hire(officer)
    staffing.appoint(stage)
    for identity in NEWCOMERS:
        enter(identity)
    for story in stories.STORIES:
        story(stage)
    crowd.fill(stage)
    streets.fill(stage)
    lettings.fill(stage)
    late = (
        stories_in_hand,
        stories_after_issue,
        stories_of_duties,
        stories_of_letting,
        stories_of_duplicates,
    )
    for story in [one for room in late for one in room.STORIES]:
        story(stage)
    stage.nights()
