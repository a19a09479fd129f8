"""What organisations' own systems report: who was taken on, moved in, or left."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self, cast

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from juzhu.api.answers import Answer
from juzhu.api.attestations import ASKED, KEY
from juzhu.api.oauth import Bearer, programs
from juzhu.api.problems import ApiError
from juzhu.law.facts import Day
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError, Sentence
from juzhu.people.models import NAME_LENGTH
from juzhu.registration.errors import ReportInvalid
from juzhu.registration.models import Report
from juzhu.registration.reporting import deliveries
from juzhu.registration.reporting.entries import Entry

router = Router(auth=programs)
MOST = 1000


def _text(most: int, **about: Any) -> Any:
    return StringConstraints(strict=True, max_length=most, pattern=r"^[^\x00]*$", **about)


class ReportEntry(BaseModel):
    """One person, one thing that began or ended. Which fields a kind needs: see docs/api.md."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["work", "lease", "stay", "work_introduced", "lease_introduced", "letting"]
    phase: Literal["began", "ended"]
    happened_on: Day
    name: Annotated[str, _text(NAME_LENGTH, min_length=1)]
    identity_number: Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]{17}[0-9X]$")] | None = (
        Field(default=None, examples=["11010519491231002X"])
    )
    born: Day | None = None
    """Asked for, with `phone`, where there is no identity number."""
    phone: Annotated[str, StringConstraints(strict=True, pattern=r"^1[0-9]{10}$")] | None = None
    subdistrict: Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]{9}$")] | None = Field(
        default=None, examples=["330105005"]
    )
    community: Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]{12}$")] | None = None
    address: Annotated[str, _text(200)] = ""
    until_on: Day | None = None
    post: Annotated[str, _text(200)] = ""
    employer: Annotated[str, _text(200)] = ""
    """Where somebody was introduced to."""
    landlord: Annotated[str, _text(200)] = ""

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        if self.until_on and self.until_on < self.happened_on:
            raise ValueError("until_on comes before happened_on")
        return self

    def entry(self) -> Entry:
        """As the room of registration takes it."""
        about = {"post": self.post, "employer": self.employer, "landlord": self.landlord}
        return Entry(
            self.kind, self.phase, self.happened_on, self.name,
            self.identity_number or "", self.born, self.phone or "",
            self.subdistrict or "", self.community or "", self.address, self.until_on,
            {name: text for name, text in about.items() if text},
        )  # fmt: skip


class Reports(BaseModel):
    """One entry, or up to 1,000: all are taken, or none."""

    model_config = ConfigDict(extra="forbid")

    reports: Annotated[list[ReportEntry], Field(min_length=1, max_length=MOST)]


class ReportTaken(Answer):
    """That something was reported, and nothing of what becomes of it. `in_time` is null where the statute
    sets no days.
    """

    number: str
    received_on: date
    in_time: bool | None


class ReportsTaken(Answer):
    """One answer for each entry, in their order."""

    reports: list[ReportTaken]


@router.post("/reports", response={201: ReportsTaken} | ASKED, summary="Report people")
def report(request: HttpRequest, body: Reports, key: KEY) -> Any:
    """The answer is the same whether or not somebody is registered here. What was reported before keeps its
    number.
    """
    bearer = cast(Bearer, request.auth)  # type: ignore[attr-defined]
    if not bearer.reports:
        raise _not_for_reports()
    entries = [one.entry() for one in body.reports]
    try:
        made = deliveries.take(bearer.client, entries, key, today=clock.today())
    except ReportInvalid as invalid:
        raise _placed(invalid) from invalid
    return Status(201, ReportsTaken(reports=[_taken(row) for row in made]))


def _not_for_reports() -> ApiError:
    challenge = 'Bearer realm="juzhu", error="insufficient_scope", scope="reports"'
    said = "This token does not let its bearer report."
    return ApiError(403, "insufficient_scope", said, headers={"WWW-Authenticate": challenge})


def _placed(invalid: ReportInvalid) -> JuzhuError:
    """The same error with each fault at its place in the request."""
    faults = cast(Mapping[int, Mapping[str, Sentence]], invalid.about["faults"])
    placed = [
        {"path": ["reports", at, name], "message": str(sentence)}
        for at, seen in sorted(faults.items())
        for name, sentence in seen.items()
    ]
    return ReportInvalid(faults=placed)


def _taken(row: Report) -> ReportTaken:
    in_time = None if row.due_on is None else not row.late
    return ReportTaken(number=row.number, received_on=row.reported_on, in_time=in_time)
