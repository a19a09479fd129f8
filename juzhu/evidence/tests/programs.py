"""Clients, tokens and signed records for tests of what programs say."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from juzhu.bureau.seal import Seal
from juzhu.evidence import clients
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Client, Evidence, Inquiry, Objection
from juzhu.operations import clock
from juzhu.operations.actors import SYSTEM
from juzhu.people.models import Person

RUN = {
    "from": "2025-01",
    "to": "2026-02",
    "division": "330100",
    "back_paid": False,
    "employer": "运河服饰有限公司（示例）",
}
INSURED = {"runs": [RUN]}


def made(department: str = "human_resources", *kinds: Kind, seal: Seal | None = None) -> tuple[Client, str]:
    """A registered client and its secret."""
    return clients.make(
        "社保系统（示例）",
        department,
        kinds or (Kind.INSURANCE, Kind.LABOUR_CONTRACT),
        seal.jwks if seal else {},
        actor=SYSTEM,
    )


def token_of(client: Client, scopes: Collection[str] | None = None) -> str:
    """A good token, without the way over HTTP."""
    token = f"token-of-{client.client_id}-{len(scopes or ())}"
    clients.keep_token(client, token, scopes if scopes is not None else client.scopes, now=clock.now())
    return token


def word(person: Any, kind: Kind = Kind.INSURANCE, says: Any = None, **about: Any) -> dict[str, Any]:
    """The body of a push about somebody."""
    return {
        "identity_number": person.identity_number,
        "name": person.name,
        "kind": kind.value,
        "says": INSURED if says is None else says,
        **about,
    }


def unanswered(person: Person, kind: Kind = Kind.INSURANCE, **about: Any) -> Inquiry:
    """A question to the bureau that it has not answered."""
    return Inquiry.objects.create(
        **{
            "person": person,
            "kind": kind.value,
            "department": "human_resources",
            "asked_at": clock.now(),
            "attempts": 1,
            "fault": "timeout",
            **about,
        }
    )


def objected(piece: Evidence) -> Objection:
    """An open objection to a department's word."""
    return Objection.objects.create(
        number=f"YY-{piece.pk}", evidence=piece, person=piece.person, department=piece.department,
        text="少了两个月", filed_at=clock.now(), filed_on=clock.today(), due_on=clock.today(),
    )  # fmt: skip
