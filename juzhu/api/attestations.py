"""What departments' programs say of people: one word or a thousand, and taking a word back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, Self, cast

from django.http import HttpRequest, HttpResponse
from ninja import Header, Router, Status
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from juzhu.api.answers import Answer
from juzhu.api.oauth import Bearer, programs
from juzhu.api.problems import DETAILS, Fault, Problem, body_of
from juzhu.evidence import deliveries, pushing, records
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Delivery
from juzhu.law.facts import Day
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.people.models import NAME_LENGTH

router = Router(auth=programs)
MOST_ROWS = 1000
KEY = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="Made by the client for each word, such as a UUID. The same again is not taken twice.",
    ),
]
ASKED: dict[int, Any] = dict.fromkeys((400, 401, 403, 413, 415, 422, 500), Problem)


class Attestation(BaseModel):
    """A department's word about one person. What `says` holds depends on `kind`: see docs/api.md."""

    model_config = ConfigDict(extra="forbid")

    identity_number: Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]{17}[0-9X]$")] = Field(
        examples=["11010519491231002X"]
    )
    name: Annotated[
        str, StringConstraints(strict=True, min_length=1, max_length=NAME_LENGTH, pattern=r"^[^\x00]*$")
    ]
    kind: Kind
    says: dict[str, Any]
    valid_from: Day | None = None
    valid_until: Day | None = None
    record: (
        Annotated[str, StringConstraints(strict=True, min_length=1, max_length=records.LONGEST)] | None
    ) = None
    """A compact JWS (ES256) over the same content, by a key that the department has registered."""

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until comes before valid_from")
        return self

    def pushed(self) -> pushing.Pushed:
        """As the room of evidence takes it."""
        return pushing.Pushed(
            self.identity_number, self.name, self.kind, self.says,
            self.valid_from, self.valid_until, self.record or "",
        )  # fmt: skip


class Taken(Answer):
    """The word was taken in. `id` takes it back; it tells nothing of the person."""

    id: str
    certainty: Literal["confirmed", "signed"]
    received_at: datetime


class Batch(BaseModel):
    """Up to 1,000 words; each is an Attestation, and is looked at by itself."""

    model_config = ConfigDict(extra="forbid")

    attestations: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=MOST_ROWS)]


class RowAnswer(Answer):
    """What became of one row: `taken`, or the problem that it would have got alone."""

    status: int
    taken: Taken | None = None
    problem: Problem | None = None


class BatchAnswer(Answer):
    """One answer for each row, in the rows' order."""

    taken: int
    refused: int
    answers: list[RowAnswer]


@router.post("/attestations", response={202: Taken} | ASKED, summary="Say something of a person")
def attest(request: HttpRequest, word: Attestation, key: KEY) -> Any:
    """The answer is the same whether or not the person is registered here."""
    return Status(202, _taken(_take(request, word, key)))


@router.post("/attestations/batch", response={200: BatchAnswer} | ASKED, summary="Say many things")
def attest_many(request: HttpRequest, batch: Batch, key: KEY) -> BatchAnswer:
    """Each row is taken or refused by itself; the same batch sent again is answered the same."""
    answers = [_row(request, row, f"{key} {number}") for number, row in enumerate(batch.attestations)]
    taken = sum(answer.taken is not None for answer in answers)
    return BatchAnswer(taken=taken, refused=len(answers) - taken, answers=answers)


@router.delete(
    "/attestations/{reference}",
    response={204: None} | dict.fromkeys((401, 404, 500), Problem),
    summary="Take a word back",
)
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Withdraw what this department has said under this id; again does no harm."""
    bearer = _bearer(request)
    deliveries.take_back("" if "\0" in reference else reference, bearer.client.department, bearer.kinds)
    return HttpResponse(status=204)


def _bearer(request: HttpRequest) -> Bearer:
    return cast(Bearer, request.auth)  # type: ignore[attr-defined]


def _take(request: HttpRequest, word: Attestation, key: str) -> Delivery:
    bearer = _bearer(request)
    return pushing.take(bearer.client, bearer.kinds, word.pushed(), key, now=clock.now())


def _taken(delivery: Delivery) -> Taken:
    certainty: Any = delivery.certainty
    return Taken(id=delivery.reference, certainty=certainty, received_at=delivery.received_at)


def _row(request: HttpRequest, row: Mapping[str, Any], key: str) -> RowAnswer:
    try:
        return RowAnswer(status=202, taken=_taken(_take(request, Attestation.model_validate(row), key)))
    except ValidationError as error:
        impossible = all(fault["type"] == "value_error" for fault in error.errors())
        status, code = (422, "impossible") if impossible else (400, "invalid_request")
        faults = [Fault(path=list(fault["loc"]), message=fault["msg"]) for fault in error.errors()]
        return RowAnswer(status=status, problem=body_of(status, code, errors=faults))
    except JuzhuError as error:
        faults = [Fault.model_validate(fault) for fault in cast(list[Any], error.about.get("faults", []))]
        return RowAnswer(
            status=error.status, problem=body_of(error.status, error.code, DETAILS[error.code], faults)
        )
