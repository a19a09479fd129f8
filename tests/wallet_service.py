"""A running service with its worker, and a process inside its database that does what a holder does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from benchmarks.web.load import free_port

ROOT = Path(__file__).resolve().parents[1]


class Service:
    """A running service: its server, its worker, and a process inside its database. `empty`: a database whose
    tables have to be made first.
    """

    def __init__(self, folder: Path, database_url: str = "", *, empty: bool = False) -> None:
        port = free_port()
        self.url, self.folder = f"http://127.0.0.1:{port}", folder
        self.environment = {
            **os.environ,
            "JUZHU_MODE": "test",
            "JUZHU_DATA_DIR": str(folder),
            "JUZHU_PUBLIC_URL": self.url,
            "JUZHU_LOG_LEVEL": "ERROR",
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "juzhu.config.settings",
        }
        if empty:
            self.run("juzhu.cli", "manage", "migrate", "--verbosity", "0").wait()
        self.inner = self.run("tests.wallet_inside", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.keys = self.inside("keys")
        self.server = self.run("juzhu.cli", "serve", "--port", str(port))
        self.worker: subprocess.Popen[Any] | None = None
        self.until(lambda: self.get("/livez").status_code == 200)

    def run(self, *command: str, **about: Any) -> subprocess.Popen[Any]:
        command = (sys.executable, "-m", *command)
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, **about)

    def inside(self, job: str, **given: Any) -> Any:
        print(json.dumps([job, given]), file=self.inner.stdin, flush=True)
        return json.loads(self.inner.stdout.readline())  # type: ignore[union-attr]

    def get(self, path: str, **about: Any) -> httpx.Response:
        return httpx.get(f"{self.url}{path}", timeout=20, **about)

    def post(self, path: str, **about: Any) -> httpx.Response:
        return httpx.post(f"{self.url}{path}", timeout=20, **about)

    def until(self, holds: Callable[[], bool]) -> None:
        for _attempt in range(600):
            try:
                if holds():
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise AssertionError("it did not come about within a minute")

    def work(self) -> None:
        self.worker = self.run("juzhu.cli", "worker")

    def kill(self) -> None:
        """SIGKILL, as if the power had failed."""
        assert self.worker
        self.worker.send_signal(signal.SIGKILL)
        self.worker.wait(timeout=20)

    def close(self) -> None:
        for process in (self.worker, self.server, self.inner):
            if process and process.poll() is None:
                process.terminate()
                process.wait(timeout=20)
        for pipe in (self.inner.stdin, self.inner.stdout):
            pipe.close()  # type: ignore[union-attr]
