"""The bureau's own question, `POST /v1/lookups`."""

from collections.abc import Mapping
from typing import Any

from juzhu.bureau import desk
from juzhu.bureau.books import SPOKEN, Books, Kept
from juzhu.bureau.desk import Conduct
from juzhu.bureau.seal import Seal

ASKED = ("identity_number", "name", "kind")


class Service(desk.Service):
    """One bureau."""

    def __init__(
        self, address: tuple[str, int], books: Books | Kept, seal: Seal, token: str, conduct: Conduct
    ) -> None:
        self.books = books
        super().__init__(address, Desk, seal, token, conduct)


class Desk(desk.Desk):
    """Answers one request."""

    server: Service

    def asked(self, asked: dict[str, Any]) -> None:
        if self.path != "/v1/lookups":
            return self.answer(404, {"error": "not_found"})
        self.server.asked += 1
        if any(not isinstance(asked.get(name), str) for name in ASKED):
            return self.answer(400, {"error": "invalid_request"})
        if not (mode := self.mode()):
            return None
        found = self.server.books.find(asked["identity_number"], asked["name"], asked["kind"])
        return self.answer(200, self._said(found, mode))

    def _said(self, found: Mapping[str, Any] | None, mode: str) -> dict[str, Any]:
        if found is None:
            return {"found": False}
        spoken = {name: found[name] for name in ("says", *SPOKEN) if name in found}
        if mode == "unsigned":
            return {"found": True, **spoken}
        record = {name: found[name] for name in ASKED} | spoken
        return {"found": True, **spoken, "record": self.sealed(record, mode)}
