"""The HTTP service: `POST /v1/sessions`, `POST /v1/sessions/…/result`, and the page `/s/…` between them."""

from typing import Any
from urllib.parse import parse_qs

from juzhu.bureau import desk
from juzhu.bureau.desk import Conduct
from juzhu.bureau.seal import Seal
from juzhu.faces.page import ANSWERS, page
from juzhu.faces.sessions import Session, Sessions

ASKED = ("name", "identity_number", "purpose", "state", "return_url", "language")


class Service(desk.Service):
    """One provider. What it is told of people lives in memory, for five minutes."""

    def __init__(self, address: tuple[str, int], seal: Seal, token: str, conduct: Conduct) -> None:
        self.sessions = Sessions()
        super().__init__(address, Desk, seal, token, conduct)


class Desk(desk.Desk):
    """Answers one request of a program, or of a person's browser."""

    server: Service

    pages = "/s/"

    def show(self) -> None:
        session = self._open()
        self._page(200 if session else 404, session)

    def take(self, form: bytes) -> None:
        session = self._open()
        seen = parse_qs(form.decode("utf-8", "replace")).get("seen", [""])[0]
        if session is None or seen not in ANSWERS:
            return self._page(404 if session is None else 422, session)
        return self.write(303, b"", "text/plain", Location=session.answer(seen))

    def asked(self, asked: dict[str, Any]) -> None:
        self.server.asked += 1
        if not (mode := self.mode()):
            return None
        if self.path == "/v1/sessions":
            return self._begin(asked)
        way = self.path.split("/")
        if len(way) == 5 and way[1:3] == ["v1", "sessions"] and way[4] == "result":
            return self._result(way[3], asked, mode)
        return self.answer(404, {"error": "not_found"})

    def _begin(self, asked: dict[str, Any]) -> None:
        if any(not isinstance(asked.get(name), str) for name in ASKED):
            return self.answer(400, {"error": "invalid_request"})
        session = Session(asked["name"], asked["state"], asked["return_url"], asked["language"])
        self.server.sessions.add(session)
        host, port = self.server.server_address[:2]
        return self.answer(200, {"session": session.key, "url": f"http://{host!s}:{port}/s/{session.key}"})

    def _result(self, key: str, asked: dict[str, Any], mode: str) -> None:
        session = self.server.sessions.take(key, str(asked.get("code", "")))
        if session is None:
            return self.answer(404, {"error": "no_such_result"})
        result = session.result
        return self.answer(
            200, {"result": result} if mode == "unsigned" else {"record": self.sealed(result, mode)}
        )

    def _open(self) -> Session | None:
        """The session whose page this is, while nobody has answered on it."""
        session = self.server.sessions.find(self.path.removeprefix("/s/"))
        return session if session and not session.seen else None

    def _page(self, status: int, session: Session | None) -> None:
        kept_out = {"Cache_Control": "no-store", "Referrer_Policy": "no-referrer"}
        self.write(status, page(session), "text/html; charset=utf-8", **kept_out)
