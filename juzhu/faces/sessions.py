"""One person's way through the stand-in: begun by a program, answered on a page, asked for by the program."""

import hashlib
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

LIVES_S = 300.0
SEEN = {
    "me": {"match": True, "score": 0.97, "liveness": 2},
    "other": {"match": False, "score": 0.21, "liveness": 2},
    "photograph": {"match": True, "score": 0.96, "liveness": 0},
}
"""What each button of the page comes to. "cancel" is none of them: nobody was seen."""


@dataclass(slots=True)
class Session:
    """Of whom, where they go afterwards, and what was seen."""

    name: str
    state: str
    return_url: str
    language: str
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    code: str = ""
    seen: str = ""
    began: float = field(default_factory=time.monotonic)

    def answer(self, seen: str) -> str:
        """Keep what was seen, once; the address to which the person goes back."""
        self.seen, self.code = seen, secrets.token_urlsafe(24)
        parts = urlsplit(self.return_url)
        query = urlencode([*parse_qsl(parts.query), ("state", self.state), ("code", self.code)])
        return urlunsplit(parts._replace(query=query))

    @property
    def result(self) -> dict[str, Any]:
        """What the program is told. The evidence of a real provider is what its hash leads to; here it is
        the session's own name.
        """
        said: dict[str, Any] = {"session": self.key, "provider": "juzhu-faces", "finished": False}
        if self.seen in SEEN:
            evidence = hashlib.sha256(f"{self.key} {self.seen}".encode()).hexdigest()
            said |= {**SEEN[self.seen], "finished": True, "evidence": evidence}
        return said


class Sessions:
    """Those that live, in memory alone."""

    def __init__(self) -> None:
        self._all: dict[str, Session] = {}
        self._lock = threading.Lock()

    def add(self, session: Session) -> None:
        """Begin one; what is too old goes."""
        with self._lock:
            oldest = time.monotonic() - LIVES_S
            self._all = {key: one for key, one in self._all.items() if one.began > oldest}
            self._all[session.key] = session

    def find(self, key: str) -> Session | None:
        """One that lives."""
        session = self._all.get(key)
        return session if session and time.monotonic() - session.began < LIVES_S else None

    def take(self, key: str, code: str) -> Session | None:
        """The session whose code this is, once."""
        with self._lock:
            session = self.find(key)
            if session is None or not session.code or not secrets.compare_digest(session.code, code):
                return None
            return self._all.pop(key)
