"""Questions and answers as JSON Lines: one line in, one line out. The same models serve the HTTP API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import orjson
from pydantic import BeforeValidator, Field, StrictStr, ValidationError

from juzhu.law.calendar import Calendar
from juzhu.law.deadlines import DeadlineKind, deadline
from juzhu.law.eligibility import decide
from juzhu.law.errors import InvalidJson, InvalidLine, LawError, PolicyMissing
from juzhu.law.facts import Day, Facts, Route, Strict
from juzhu.law.lifecycle import PermitDates, status
from juzhu.law.policy import Policy, load

Kind = Literal["decide", "status", "deadline"]


def _empty_if_null(value: Any) -> Any:
    return [] if value is None else value


class _Line(Strict):
    id: StrictStr | None = None
    policy: StrictStr | None = None


class DecideLine(_Line):
    """One question for a decision."""

    as_of: Day
    route: Route
    facts: Facts


class PermitLine(Strict):
    """The dates of a permit as they come in."""

    issued_on: Day
    endorsed_on: Annotated[
        list[Day], BeforeValidator(_empty_if_null, json_schema_input_type=list[Day] | None)
    ] = Field(default_factory=list)
    filed_on: Day | None = None
    terminated_on: Day | None = None

    def dates(self) -> PermitDates:
        return PermitDates(self.issued_on, tuple(self.endorsed_on), self.filed_on, self.terminated_on)


class StatusLine(_Line):
    """One question for a permit's status."""

    as_of: Day
    permit: PermitLine


class DeadlineLine(_Line):
    """One question for a last day."""

    kind: DeadlineKind
    event_on: Day


def policy_of(named: str | None, default: str | None) -> Policy:
    """The policy a line names, else the default. Raises `PolicyMissing` or `UnknownPolicy`."""
    policy_id = named if named is not None else default
    if policy_id is None:
        raise PolicyMissing("No policy is named, and there is no default.", ("policy",))
    return load(policy_id)


def _decide(raw: bytes, default: str | None, calendar: Calendar | None) -> dict[str, Any]:
    line = DecideLine.model_validate_json(raw)
    policy = policy_of(line.policy, default)
    head = {"id": line.id, "policy": policy.id, "as_of": line.as_of.isoformat()}
    return head | decide(line.facts, policy, line.as_of, line.route).as_json()


def _status(raw: bytes, default: str | None, calendar: Calendar | None) -> dict[str, Any]:
    line = StatusLine.model_validate_json(raw)
    policy = policy_of(line.policy, default)
    return {"id": line.id} | status(line.permit.dates(), policy, line.as_of, calendar).as_json()


def _deadline(raw: bytes, default: str | None, calendar: Calendar | None) -> dict[str, Any]:
    line = DeadlineLine.model_validate_json(raw)
    policy = policy_of(line.policy, default)
    return {"id": line.id} | deadline(line.kind, line.event_on, policy, calendar).as_json()


_ANSWERS: dict[Kind, Callable[[bytes, str | None, Calendar | None], dict[str, Any]]] = {
    "decide": _decide,
    "status": _status,
    "deadline": _deadline,
}


def answer_line(
    kind: Kind, line: bytes, default_policy: str | None, calendar: Calendar | None = None
) -> tuple[bytes, bool]:
    """One line's answer, without its newline, and whether the line was valid. Never raises on bad input."""
    raw = line.strip()
    try:
        return orjson.dumps(_ANSWERS[kind](raw, default_policy, calendar)), True
    except (LawError, ValidationError) as error:
        return orjson.dumps(_error(raw, error)), False


def law_error(error: ValidationError) -> LawError:
    """The first thing wrong with an input, as one of the law's own errors."""
    first = error.errors(include_url=False, include_context=False)[0]
    kind = InvalidJson if first["type"] == "json_invalid" else InvalidLine
    return kind(first["msg"].removeprefix("Value error, "), _path(first["loc"]))


def _path(loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Without the names pydantic adds for the branches of a union."""
    return tuple(step for index, step in enumerate(loc) if not (index and loc[index - 1] == "dwelling"))


def _error(raw: bytes, error: LawError | ValidationError) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "error": (law_error(error) if isinstance(error, ValidationError) else error).as_json()
    }
    try:
        line = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return answer
    if isinstance(line, dict) and isinstance(line.get("id"), str):
        return {"id": line["id"]} | answer
    return answer
