"""What a stand-in's service is made of: how it behaves, how it reads and answers, how it runs and stops."""

import hmac
import json
import os
import random
import signal
import socket
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import click

from juzhu.bureau.seal import Seal

MODES = ("up", "slow", "down", "failing", "broken", "forged", "unsigned")
LARGEST = 64 * 1024


@dataclass(slots=True)
class Conduct:
    """How the service behaves now. `slow_s`: how long an answer takes when slow, or always if `mode` is up.

    down: the line is cut without an answer; failing: 503; broken: half a JSON document; forged: signed by a
    key that is not the bureau's; unsigned: right, without a record.
    """

    mode: str = "up"
    slow_s: float = 0.0
    fail_rate: float = 0.0
    dice: random.Random = field(default_factory=lambda: random.Random(7))

    @property
    def now(self) -> str:
        """The mode of one answer: an unlucky one fails."""
        return "failing" if self.mode == "up" and self.dice.random() < self.fail_rate else self.mode

    def change(self, asked: Mapping[str, Any]) -> bool:
        """Behave as asked from now on. False, and nothing changed, for what there is not."""
        mode, slow_s = asked.get("mode", self.mode), asked.get("slow_s", self.slow_s)
        known = isinstance(slow_s, int | float) and not isinstance(slow_s, bool) and 0 <= slow_s <= 60
        if mode not in MODES or not known:
            return False
        self.mode, self.slow_s = mode, float(slow_s)
        return True


class Service(ThreadingHTTPServer):
    """One stand-in. `asked` counts the questions that arrived."""

    daemon_threads = True

    def __init__(
        self, address: tuple[str, int], desk: type["Desk"], seal: Seal, token: str, conduct: Conduct
    ) -> None:
        self.seal, self.token, self.conduct = seal, token, conduct
        self.forger = Seal.made()
        self.asked = 0
        super().__init__(address, desk)

    def run(self, name: str, *, until_eof: bool = False) -> None:
        """Say where it listens, and serve until a signal comes, or standard input ends: whoever started it
        holds the other end, and lets go of it however they end.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: threading.Thread(target=self.shutdown).start())
        if until_eof:
            threading.Thread(target=self._wait_for_eof, daemon=True).start()
        click.echo(f"{name} on http://{self.server_address[0]!s}:{self.server_address[1]}")
        self.serve_forever(poll_interval=0.2)
        self.server_close()

    def _wait_for_eof(self) -> None:
        while os.read(sys.stdin.fileno(), 1024):
            pass
        self.shutdown()


class Desk(BaseHTTPRequestHandler):
    """Answers one request: its keys, its health, the switch for its bad days; the rest is its own."""

    server: Service
    protocol_version = "HTTP/1.1"
    timeout = 30
    pages = ""
    """Where the addresses of pages for people begin, if there are any."""

    def do_GET(self) -> None:
        if self.pages and self.path.startswith(self.pages):
            self.show()
        elif self.path == "/.well-known/jwks.json":
            self.answer(200, self.server.seal.jwks)
        elif self.path == "/livez":
            self.answer(200, {"alive": True, "mode": self.server.conduct.mode, "asked": self.server.asked})
        else:
            self.answer(404, {"error": "not_found"})

    def do_POST(self) -> None:
        body = self.body()
        if body is None:
            return None
        if self.pages and self.path.startswith(self.pages):
            return self.take(body)
        if not self._admitted():
            return self.answer(401, {"error": "unauthorized"})
        try:
            asked = json.loads(body)
        except ValueError:
            asked = None
        if not isinstance(asked, dict):
            return self.answer(400, {"error": "invalid_json"})
        if self.path == "/v1/mode":
            return self._mode(asked)
        return self.asked(asked)

    def asked(self, asked: dict[str, Any]) -> None:
        """A program's question, which bears the token."""
        raise NotImplementedError

    def show(self) -> None:
        """A person's page."""
        raise NotImplementedError

    def take(self, form: bytes) -> None:
        """What a person has sent."""
        raise NotImplementedError

    def body(self) -> bytes | None:
        """What was sent; None once it was refused for its size."""
        length = self.headers.get("Content-Length", "0")
        if length.isdecimal() and int(length) <= LARGEST:
            return self.rfile.read(int(length))
        self.close_connection = True
        self.answer(413, {"error": "too_large"})
        return None

    def mode(self) -> str:
        """How this answer is given; "" when it is given already, or never will be."""
        mode = self.server.conduct.now
        if mode == "down":
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return ""
        if mode == "failing":
            self.answer(503, {"error": "unavailable"})
            return ""
        if mode in {"slow", "up"}:
            time.sleep(self.server.conduct.slow_s)
        if mode == "broken":
            self.write(200, b'{"found": true, "says": {')
            return ""
        return mode

    def sealed(self, record: Mapping[str, Any], mode: str) -> str:
        """A record, signed; by somebody else on a day of forgeries."""
        return (self.server.forger if mode == "forged" else self.server.seal).sign(record)

    def _admitted(self) -> bool:
        given = self.headers.get("Authorization", "").encode()
        return hmac.compare_digest(given, f"Bearer {self.server.token}".encode())

    def _mode(self, asked: dict[str, Any]) -> None:
        conduct = self.server.conduct
        if not conduct.change(asked):
            return self.answer(422, {"error": "unknown_mode", "modes": MODES})
        return self.answer(200, {"mode": conduct.mode, "slow_s": conduct.slow_s})

    def answer(self, status: int, body: Mapping[str, Any]) -> None:
        """Answer with JSON."""
        self.write(status, json.dumps(body, ensure_ascii=False).encode())

    def write(self, status: int, content: bytes, kind: str = "application/json", **headers: str) -> None:
        """Answer with these bytes."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def handle(self) -> None:
        with suppress(OSError):  # who asked has stopped waiting
            super().handle()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: an address bar's worth of log would name people."""
