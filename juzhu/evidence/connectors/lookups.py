"""One question to one bureau over HTTP, and what can become of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from juzhu.evidence import deliveries, records
from juzhu.evidence.connectors.addresses import Bureau
from juzhu.evidence.kinds import Kind
from juzhu.evidence.refusals import RecordDiffers, RecordInvalid, SaysInvalid
from juzhu.law.facts import Day
from juzhu.operations.outside import Fault, post

LARGEST = 512 * 1024
"""Bytes of an answer. A signed record of a working life is a tenth of it."""


@dataclass(frozen=True, slots=True)
class Question:
    """Whom we ask about, and what."""

    person_id: int
    identity_number: str
    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Found:
    """What the bureau says; `says` in the form that is stored. `record` is empty for an unsigned answer."""

    says: Mapping[str, Any]
    record: Mapping[str, str] = field(default_factory=dict)
    valid_from: Day | None = None
    valid_until: Day | None = None


@dataclass(frozen=True, slots=True)
class Nothing:
    """The bureau knows nothing of this person and kind."""


class BureauAnswer(BaseModel):
    """What a bureau's service answers (docs/bureaus.md); what it says besides is not read."""

    model_config = ConfigDict(extra="ignore")

    found: bool
    says: dict[str, Any] | None = None
    record: str | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None


def ask(client: httpx.Client, bureau: Bureau, question: Question) -> Found | Nothing:
    """`POST {url}/v1/lookups`, once, within the bureau's time. Touches no database: it runs in a thread.

    Raises Fault.
    """
    body = {
        "identity_number": question.identity_number,
        "name": question.name,
        "kind": question.kind.value,
    }
    content = post(
        client,
        f"{bureau.url.rstrip('/')}/v1/lookups",
        body,
        token=bureau.token.get_secret_value(),
        timeout_s=bureau.timeout_s,
        largest=LARGEST,
    )
    try:
        answer = BureauAnswer.model_validate_json(content)
    except ValidationError as error:
        raise Fault("broken_answer") from error
    return _read(bureau, question, answer)


def _read(bureau: Bureau, question: Question, answer: BureauAnswer) -> Found | Nothing:
    if not answer.found:
        return Nothing()
    first, last = answer.valid_from, answer.valid_until
    if answer.says is None or (first and last and last < first):
        raise Fault("broken_answer")
    try:
        says = deliveries.content(question.kind, answer.says)
        if answer.record is None:
            return Found(says, {}, first, last)
        said = records.Said(
            question.identity_number, question.name, question.kind, says,
            first.isoformat() if first else None, last.isoformat() if last else None,
        )  # fmt: skip
        return Found(says, records.verify(answer.record, bureau.jwks, said), first, last)
    except (SaysInvalid, RecordInvalid, RecordDiffers) as error:
        raise Fault("broken_answer") from error
