"""A real browser and a real service: granian, a worker, the demo's people, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.databases import fresh

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from demo_data import PATIENCE_S, begin, finish  # noqa: E402, found only now
from postgres import free_port  # noqa: E402
from system import chromium  # noqa: E402

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=zh-CN",
]  # fmt: skip
PHONE = {"width": 360, "height": 800}
DESK = {"width": 1440, "height": 900}


@dataclass
class Service:
    """A running demo: where it answers, and how to run its commands."""

    url: str
    environment: dict[str, str]
    process: subprocess.Popen[bytes]

    def juzhu(self, *arguments: str) -> str:
        """Run a `juzhu` command against the same database; its standard output."""
        done = subprocess.run(
            [sys.executable, "-m", "juzhu.cli", *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        )
        return done.stdout


def start_demo(folder: Path, database_url: str = "") -> Service:
    """Fill a demo and serve it with its worker; returns once it is ready."""
    port = free_port()
    environment = {
        **os.environ,
        "JUZHU_MODE": "demo",
        "JUZHU_DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "juzhu.config.settings",
    }
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "juzhu.cli", "demo", "--port", str(port)],
            env=environment,
            cwd=ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    service = Service(f"http://127.0.0.1:{port}", environment, process)
    patient_until = time.monotonic() + PATIENCE_S
    while time.monotonic() < patient_until:
        if process.poll() is not None:
            raise RuntimeError((folder / "server.log").read_text()[-3000:])
        try:
            with urllib.request.urlopen(f"{service.url}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return service
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            pass
        time.sleep(0.1)
    stop(service)
    raise RuntimeError("the demo did not become ready: " + (folder / "server.log").read_text()[-3000:])


def stop(service: Service) -> None:
    """Stop the server and its worker."""
    try:
        os.killpg(service.process.pid, signal.SIGTERM)
        service.process.wait(timeout=20)
    except (ProcessLookupError, subprocess.TimeoutExpired):
        os.killpg(service.process.pid, signal.SIGKILL)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo on SQLite, filled once; every file of tests lives in a copy of its own."""
    given = os.environ.get("JUZHU_TEST_DEMO")
    if given:
        return Path(given, "sqlite")
    folder = tmp_path_factory.mktemp("filled")
    return finish(begin(folder), folder)


def on_postgres(folder: Path) -> str:
    """The address of a database of its own on the PostgreSQL server that the checks started, filled as far
    as they filled one; skips where there is no server.
    """
    address, given = os.environ.get("JUZHU_TEST_POSTGRES"), os.environ.get("JUZHU_TEST_DEMO")
    if not address:
        pytest.skip("no PostgreSQL server: run `make test`")
    if not given:
        return fresh(address)
    shutil.copytree(Path(given, "postgres"), folder, dirs_exist_ok=True)
    return fresh(address, "demo")


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, filled: Path
) -> Iterator[Service]:
    """The demo on either database."""
    folder, database_url = tmp_path_factory.mktemp(f"demo-{request.param}"), ""
    if request.param == "postgres":
        database_url = on_postgres(folder)
    else:
        shutil.copytree(filled, folder, dirs_exist_ok=True)
    running = start_demo(folder, database_url)
    yield running
    stop(running)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Iterator[Service]:
    """The demo on SQLite, for tests that only look."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(filled, folder, dirs_exist_ok=True)
    running = start_demo(folder)
    yield running
    stop(running)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as a person has it."""
    with sync_playwright() as playwright:
        path = os.environ.get("JUZHU_CHROMIUM") or chromium()
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a new visitor's page, on a phone unless told otherwise. Errors on its console fail the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_one(*, desk: bool = False, scripts: bool = True, **options: object) -> Page:
        context = browser.new_context(
            viewport=DESK if desk else PHONE,
            device_scale_factor=1 if desk else 2,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=scripts,
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    unexpected = [fault for fault in faults if "status of 4" not in fault]
    assert not unexpected, unexpected
