"""Kill the server with SIGKILL while submissions are being written, and count what is left.

Used small by the tests and large by `make bench`. All of it is real: granian, HTTP, the form that the
citizen's last page sends.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.web.load import free_port

ROOT = Path(__file__).resolve().parents[1]
CSRF = "c" * 32


@dataclass(frozen=True)
class Draft:
    """An application that only has to be sent: whose session, and with which key."""

    session: str
    key: str


@dataclass(frozen=True)
class Report:
    """What a storm left. `lost` were acknowledged and are gone; `twice` were written more than once."""

    acknowledged_before: int
    acknowledged_after: int
    lost: int
    twice: int
    submitted: int
    chain_intact: bool
    per_second: float


def environment(folder: Path, database_url: str) -> dict[str, str]:
    """The service's environment for a storm."""
    return {
        **os.environ,
        "JUZHU_MODE": "test",
        "JUZHU_DATA_DIR": str(folder),
        "JUZHU_LOG_LEVEL": "ERROR",
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "juzhu.config.settings",
    }


def storm(folder: Path, count: int, kill_after: int, *, database_url: str = "", clients: int = 8) -> Report:
    """Send `count` submissions, kill the server once `kill_after` are acknowledged; then send all again."""
    env = environment(folder, database_url)
    drafts = [Draft(**row) for row in run_module("tests.crash_seed", env, str(count))]
    before: dict[str, str] = {}
    started = time.perf_counter()
    with serving(env) as (port, kill):
        _send(port, drafts, before, clients, stop_at=kill_after, kill=kill)
        took = time.perf_counter() - started
    after: dict[str, str] = {}
    with serving(env) as (port, _kill):
        _send(port, drafts, after, clients)
    found = run_module("tests.crash_check", env)
    kept = set(found["numbers"])
    lost = sum(number not in kept or after.get(key) != number for key, number in before.items())
    return Report(
        len(before), len(after), lost, found["twice"], len(kept), found["chain_intact"], len(before) / took
    )


@contextmanager
def serving(env: dict[str, str]) -> Iterator[tuple[int, Any]]:
    """Serve by two processes on a free port; gives it, and how to kill them at once."""
    port = free_port()
    command = [sys.executable, "-m", "juzhu.cli", "serve", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(command, env=env, cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL)

    def kill() -> None:
        os.killpg(process.pid, signal.SIGKILL)

    try:
        for _attempt in range(300):
            try:
                _get(port, "/livez")
                break
            except OSError:
                time.sleep(0.1)
        yield port, kill
    finally:
        with suppress(ProcessLookupError):
            kill()
        process.wait(timeout=20)


def _send(
    port: int,
    drafts: list[Draft],
    acknowledged: dict[str, str],
    clients: int,
    *,
    stop_at: int | None = None,
    kill: Any = None,
) -> None:
    waiting, lock, dead = list(reversed(drafts)), threading.Lock(), threading.Event()

    def work() -> None:
        while not dead.is_set():
            with lock:
                if not waiting:
                    return
                draft = waiting.pop()
            try:
                number = submit(port, draft)
            except (OSError, http.client.HTTPException):
                continue
            with lock:
                acknowledged[draft.key] = number
                if stop_at and len(acknowledged) == stop_at:
                    kill()
                    dead.set()

    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def submit(port: int, draft: Draft) -> str:
    """Send the last page's form as the browser does; the application's number from the page it leads to."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    body = urlencode({"csrfmiddlewaretoken": CSRF, "key": draft.key})
    headers = {
        "Cookie": f"sessionid={draft.session}; csrftoken={CSRF}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    try:
        connection.request("POST", "/apply/confirm", body, headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status != 302:
            raise RuntimeError(f"the submission answered {answer.status}: {text[:300]!r}")
        place = str(answer.headers["Location"])
        return place.split("/applications/")[1].strip("/").split("/")[0]
    finally:
        connection.close()


def _get(port: int, path: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path)
    connection.getresponse().read()
    connection.close()


def run_module(module: str, env: dict[str, str], *arguments: str) -> Any:
    """Run a module of ours as a process of its own, and read the JSON that it prints."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    return json.loads(done.stdout.splitlines()[-1])
