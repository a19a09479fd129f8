"""The HTTP service: `POST /v1/lookups`, `/.well-known/jwks.json`, and a switch for its bad days."""

import hmac
import json
import random
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from juzhu.bureau.books import SPOKEN, Books, Kept
from juzhu.bureau.seal import Seal

MODES = ("up", "slow", "down", "failing", "broken", "forged", "unsigned")
LARGEST = 64 * 1024
ASKED = ("identity_number", "name", "kind")


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
    """One bureau. `asked` counts the lookups that arrived."""

    daemon_threads = True

    def __init__(
        self, address: tuple[str, int], books: Books | Kept, seal: Seal, token: str, conduct: Conduct
    ) -> None:
        self.books, self.seal, self.token, self.conduct = books, seal, token, conduct
        self.forger = Seal.made()
        self.asked = 0
        super().__init__(address, Desk)


class Desk(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Service
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        if self.path == "/.well-known/jwks.json":
            self._answer(200, self.server.seal.jwks)
        elif self.path == "/livez":
            self._answer(200, {"alive": True, "mode": self.server.conduct.mode, "asked": self.server.asked})
        else:
            self._answer(404, {"error": "not_found"})

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > LARGEST:
            self.close_connection = True
            return self._answer(413, {"error": "too_large"})
        body = self.rfile.read(int(length))
        if not self._admitted():
            return self._answer(401, {"error": "unauthorized"})
        try:
            asked = json.loads(body)
        except ValueError:
            asked = None
        if not isinstance(asked, dict):
            return self._answer(400, {"error": "invalid_json"})
        if self.path == "/v1/mode":
            return self._mode(asked)
        if self.path == "/v1/lookups":
            return self._lookup(asked)
        return self._answer(404, {"error": "not_found"})

    def _admitted(self) -> bool:
        given = self.headers.get("Authorization", "").encode()
        return hmac.compare_digest(given, f"Bearer {self.server.token}".encode())

    def _mode(self, asked: dict[str, Any]) -> None:
        conduct = self.server.conduct
        if not conduct.change(asked):
            return self._answer(422, {"error": "unknown_mode", "modes": MODES})
        return self._answer(200, {"mode": conduct.mode, "slow_s": conduct.slow_s})

    def _lookup(self, asked: dict[str, Any]) -> None:
        self.server.asked += 1
        if any(not isinstance(asked.get(name), str) for name in ASKED):
            return self._answer(400, {"error": "invalid_request"})
        mode = self.server.conduct.now
        if mode == "down":
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return None
        if mode == "failing":
            return self._answer(503, {"error": "unavailable"})
        if mode in {"slow", "up"}:
            time.sleep(self.server.conduct.slow_s)
        if mode == "broken":
            return self._write(200, b'{"found": true, "says": {')
        found = self.server.books.find(asked["identity_number"], asked["name"], asked["kind"])
        return self._answer(200, self._said(found, mode))

    def _said(self, found: Mapping[str, Any] | None, mode: str) -> dict[str, Any]:
        if found is None:
            return {"found": False}
        spoken = {name: found[name] for name in ("says", *SPOKEN) if name in found}
        if mode == "unsigned":
            return {"found": True, **spoken}
        seal = self.server.forger if mode == "forged" else self.server.seal
        record = {name: found[name] for name in ASKED} | spoken
        return {"found": True, **spoken, "record": seal.sign(record)}

    def _answer(self, status: int, body: Mapping[str, Any]) -> None:
        self._write(status, json.dumps(body, ensure_ascii=False).encode())

    def _write(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def handle(self) -> None:
        with suppress(OSError):  # who asked has stopped waiting
            super().handle()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: an address bar's worth of log would name people."""
