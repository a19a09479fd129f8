"""The commands that run the service. Each sets Django up first; see `juzhu --help`."""

import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

import click
import structlog
from rich.console import Console
from rich.progress import Progress

log = structlog.get_logger("juzhu.commands")


def django_ready() -> None:
    """Load Django. Prints what is wrong with the settings in plain lines, and stops, when they are unsafe."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juzhu.config.settings")
    from django import setup
    from pydantic import ValidationError

    try:
        setup()
    except ValidationError as error:
        for fault in error.errors():
            where = ".".join(str(part) for part in fault["loc"])
            what = fault["msg"].removeprefix("Value error, ")
            click.echo(f"juzhu can't start: {where + ': ' if where else ''}{what}", err=True)
        sys.exit(2)
    gc.freeze()  # what is loaded now stays: the collector need not look through it again and again


@contextmanager
def progress(title: str, total: int | None, *, quiet: bool = False) -> Iterator[Callable[[], None]]:
    """A progress bar on standard error, where that is a terminal."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task(title, total=total)
        yield lambda: bar.advance(task)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Server processes.")
@click.option("--with-worker", is_flag=True, help="Also run the worker for messages and reminders.")
def serve(host: str, port: int, workers: int, with_worker: bool) -> None:
    """Serve the pages and the API with granian."""
    django_ready()
    run_server(host, port, workers, with_worker=with_worker)


def run_server(host: str, port: int, workers: int, *, with_worker: bool) -> None:
    """Run granian (one thread a worker on SQLite, four on PostgreSQL) until it is told to stop."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    if settings.JUZHU_MODE == "production":
        call_command("collectstatic", interactive=False, verbosity=0)
    if settings.JUZHU_DOCUMENTS_DIR:
        check_documents()
    connection.close()
    helper = subprocess.Popen([sys.executable, "-m", "juzhu.cli", "worker"]) if with_worker else None
    threads = 1 if connection.vendor == "sqlite" else 4
    with tempfile.TemporaryDirectory(prefix="juzhu-metrics-") as metrics:
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "juzhu.config.wsgi:application",
            "--host", host, "--port", str(port), "--workers", str(workers),
            "--blocking-threads", str(threads), "--backlog", "1024",
            "--no-access-log", "--log-level", "warning",
        ]  # fmt: skip
        server = subprocess.Popen(command, env={**os.environ, "PROMETHEUS_MULTIPROC_DIR": metrics})
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: server.terminate())
        code = server.wait()
    if helper:
        helper.terminate()
        helper.wait(timeout=15)
    sys.exit(0 if code in {0, -signal.SIGTERM, -signal.SIGINT} else code)


def check_documents() -> None:
    """Stop before serving with a template, a text or a seal of the district's own that can't be used."""
    from django.core.management import CommandError, call_command

    try:
        call_command("check_documents", verbosity=0)
    except CommandError as error:
        raise click.ClickException(f"JUZHU_DOCUMENTS_DIR: {error}") from error


@click.command()
@click.option("--once", is_flag=True, help="Do what is due and stop.")
def worker(once: bool) -> None:
    """Do the work that follows a commit: messages, reminders, what a new day brings."""
    django_ready()
    from django.db import close_old_connections

    from juzhu.credentials import following, publishing
    from juzhu.operations import tasks
    from juzhu.permits import notices

    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    last_beat = 0.0
    while not stopping.is_set():
        close_old_connections()  # one that the database has dropped is opened anew
        try:
            if time.monotonic() - last_beat > 5:
                tasks.beat()
                last_beat = time.monotonic()
            notices.start_day()
            following.start()
            publishing.start()
            taken = tasks.run_batch()
        except Exception:
            log.exception("worker_round_failed")
            taken = 0
        if once and not taken:
            return
        if not taken:
            stopping.wait(0.5)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--fresh", is_flag=True, help="Throw the demo's data away and begin anew.")
@click.option("--no-serve", is_flag=True, help="Only fill the database.")
def demo(host: str, port: int, fresh: bool, no_serve: bool) -> None:
    """Serve the whole system on SQLite with invented people, one click to be each of them."""
    os.environ.setdefault("JUZHU_MODE", "demo")
    name = "localhost" if host == "127.0.0.1" else host  # a passkey wants a name, and no number
    os.environ.setdefault("JUZHU_PUBLIC_URL", f"http://{name}:{port}")
    django_ready()
    from django.conf import settings

    if settings.JUZHU_MODE != "demo":
        raise click.ClickException(f"the demo runs with JUZHU_MODE=demo only; this is {settings.JUZHU_MODE}")
    import_module("juzhu.demo.command").prepare(fresh=fresh)
    if no_serve:
        return
    with import_module("juzhu.demo.bureau").beside(), import_module("juzhu.demo.faces").beside():
        click.echo(f"\n  juzhu 居住  →  {settings.JUZHU_PUBLIC_URL}/   (Ctrl+C stops it)\n")
        run_server(host, port, 1, with_worker=True)


@click.group()
def audit() -> None:
    """The audit trail."""


@audit.command()
@click.option("--json", "as_json", is_flag=True)
def verify(as_json: bool) -> None:
    """Prove the hash chain of the audit trail, or say where it is broken. Exit status 1 when it is."""
    django_ready()
    from juzhu.operations import events
    from juzhu.operations.errors import ChainBroken
    from juzhu.operations.models import Event

    try:
        with progress("verifying", Event.objects.count(), quiet=as_json) as advance:
            length = events.verify(lambda _position: advance())
    except ChainBroken as broken:
        fault = {"intact": False, **broken.about}
        click.echo(
            json.dumps(fault) if as_json else f"broken at {broken.about['position']}: {broken.about['fault']}"
        )
        sys.exit(1)
    click.echo(json.dumps({"intact": True, "events": length}) if as_json else f"intact: {length} events")


@click.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Django's own commands, such as migrate, shell and messages."""
    if arguments[:1] == ("migrate",):
        os.environ.setdefault("PGOPTIONS", "-c lock_timeout=5s")  # rather fail than queue behind a long query
    django_ready()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["juzhu manage", *arguments])
