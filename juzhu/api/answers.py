"""What the API answers, as the OpenAPI document declares it."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from juzhu.credentials.live_code import LENGTH
from juzhu.law.deadlines import Unit
from juzhu.law.eligibility import Outcome, State
from juzhu.law.facts import Route
from juzhu.law.lifecycle import PermitState


class Answer(BaseModel):
    """Nothing undeclared is in an answer."""

    model_config = ConfigDict(extra="forbid")


class VerifyQuestion(BaseModel):
    """The code that was scanned: the last part of the address in the QR code."""

    model_config = ConfigDict(extra="forbid", strict=True)

    code: Annotated[str, StringConstraints(max_length=200)] = Field(examples=["A" * LENGTH])


class VerifyAnswer(Answer):
    """Whether a permit is good at this moment.

    The fields after `checked_at` are there for valid, suspended and terminated alone. `since`: the first
    day of a suspension or termination, for a valid permit the day of issue. `last_day`: of validity.
    `because`, for a suspended one: not endorsed in time, or its holder has left the urban area.
    """

    outcome: Literal["valid", "suspended", "terminated", "expired", "forged", "unknown"]
    checked_at: datetime
    masked_name: str | None = None
    district: str | None = None
    last_day: date | None = None
    since: date | None = None
    because: Literal["not_endorsed", "departed"] | None = None
    under_review: bool | None = None


class Words(Answer):
    """A text in both languages."""

    zh: str
    en: str


class FindingAnswer(Answer):
    """One condition, and how it stands."""

    code: str
    state: State
    cites: list[str]
    message: Words
    since: date | None
    needed_by: date | None
    ready_on: date | None


class DecideAnswer(Answer):
    """The answer for the named route, and how the others stand. `missing_any_of` is there if needed."""

    id: str | None
    policy: str
    as_of: date
    route: Route
    outcome: Outcome
    missing: list[str]
    unmet: list[str]
    earliest_on: date | None
    alternatives: dict[str, Outcome]
    findings: list[FindingAnswer]
    missing_any_of: list[list[str]] = []


class WindowAnswer(Answer):
    """When an endorsement may be filed in time; both days included."""

    opens: date
    closes: date


class StatusAnswer(Answer):
    """How a permit stands on a day."""

    id: str | None
    status: PermitState
    valid_until: date
    last_day: date
    suspended_from: date | None
    window: WindowAnswer
    residence_years_from: date
    residence_years: int
    under_review: bool
    provisional: bool


class DeadlineAnswer(Answer):
    """The last day in time. `provisional`: the official calendar of that year is not published yet."""

    id: str | None
    last_day: date
    unit: Unit
    days: int
    cites: list[str]
    provisional: bool


class PolicySummary(Answer):
    """A policy pack, by its head."""

    id: str
    title: Words
    status: Literal["draft", "in_force", "repealed", "illustrative"]
    effective_from: date | None
    effective_to: date | None
