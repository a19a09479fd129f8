"""What the API answers, as the OpenAPI document declares it."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from juzhu.credentials.checks import Outcome as CheckOutcome
from juzhu.credentials.live_code import LENGTH
from juzhu.credentials.verify.checking import MAX_BYTES
from juzhu.credentials.verify.offline_code import PREFIX
from juzhu.law.deadlines import Unit
from juzhu.law.eligibility import Outcome, State
from juzhu.law.facts import Route
from juzhu.law.lifecycle import PermitState

Reason = Literal[
    "not_endorsed", "departed", "superseded", "document", "list", "trust", "signature", "key_unknown",
    "key_revoked", "holder", "digest", "malformed", "algorithm",
]  # fmt: skip
"""`checks.Because`, but for the empty one."""


class Answer(BaseModel):
    """Nothing undeclared is in an answer."""

    model_config = ConfigDict(extra="forbid")


class VerifyQuestion(BaseModel):
    """What was scanned or handed over: a live code (the last part of the address in its QR code), an offline
    code (`JZ1:…`), or what a holder shows of a signed document (SD-JWT VC), all of it or chosen parts.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    code: Annotated[str, StringConstraints(max_length=MAX_BYTES)] = Field(
        examples=["A" * LENGTH, f"{PREFIX}6BF…"]
    )


class VerifyAnswer(Answer):
    """Whether a permit is good at this moment.

    `expired`: a live code from before. `stale`: a signed document that is out of date; `because` says why:
    `superseded` by a newer one of the same permit, `document` (its last day is past), `trust` or `list` (we
    cannot tell). `forged`: of a signed document `because` says what is wrong with it. `unreadable`: a code
    of ours that is damaged. `unknown`: nothing of ours.

    The fields after `because` are there for valid, suspended and terminated alone. `since`: the first
    day of a suspension or termination, for a valid permit the day of issue. `last_day`: of validity.
    `because`, for a suspended one: not endorsed in time, or its holder has left the urban area. Of a
    document of which its holder chooses what to show, `masked_name` is there if the name is shown, and what
    the document does not say is not told.
    """

    outcome: CheckOutcome
    checked_at: datetime
    kind: Literal["live_code", "offline_code", "sd_jwt_vc"] | None = None
    because: Reason | None = None
    masked_name: str | None = None
    district: str | None = None
    last_day: date | None = None
    since: date | None = None
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
