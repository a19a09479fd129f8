"""The reference bureau as tests use it: a process of its own, asked over real HTTP."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from juzhu.evidence.connectors import circuits
from juzhu.evidence.connectors.addresses import Bureau
from juzhu.evidence.kinds import Kind

TOKEN = "bureau-token-for-tests"
ROOT = Path(__file__).resolve().parents[3]


class Running:
    """A bureau's process, its books, and the switch for its bad days."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, 0
        self.process: subprocess.Popen[str] | None = None
        self.books = folder / "records.jsonl"
        self.books.touch()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *options: str) -> None:
        command = [
            sys.executable, "-m", "juzhu.cli", "bureau", "--port", str(self.port), "--token", TOKEN,
            "--records", str(self.books), "--key", str(self.folder / "key.json"), *options,
        ]  # fmt: skip
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        self.port = int(said.split("127.0.0.1:")[1].split()[0])

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            assert self.process.wait(timeout=10) == 0
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None

    def write(self, records: Iterable[dict[str, Any]]) -> None:
        """Other books, read at once: the service starts anew at the same address."""
        self.stop()
        self.books.write_text("".join(json.dumps(record) + "\n" for record in records))
        self.start()

    def behave(self, mode: str, slow_s: float = 0.0) -> None:
        answer = httpx.post(
            f"{self.url}/v1/mode",
            json={"mode": mode, "slow_s": slow_s},
            headers={"Authorization": f"Bearer {TOKEN}"},
        )
        assert answer.status_code == 200

    @property
    def asked(self) -> int:
        """How many lookups have arrived."""
        count: int = httpx.get(f"{self.url}/livez").json()["asked"]
        return count

    @property
    def jwks(self) -> dict[str, Any]:
        keys: dict[str, Any] = httpx.get(f"{self.url}/.well-known/jwks.json").json()
        return keys

    def address(self, *kinds: Kind, **about: Any) -> Bureau:
        """How the service is told of it."""
        return Bureau.model_validate(
            {
                "department": "human_resources",
                "kinds": kinds or [Kind.INSURANCE],
                "url": self.url,
                "token": TOKEN,
                "jwks": self.jwks,
                "timeout_s": 0.5,
                **about,
            }
        )


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    """A bureau that knows nobody yet."""
    bureau = Running(folder)
    bureau.start()
    try:
        yield bureau
    finally:
        bureau.stop()
        circuits._circuits.clear()
