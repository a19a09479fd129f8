"""By when something must be done. The day of the event is not counted (Civil Code art. 201).

What a citizen or a reporter must do in time is moved off rest days; what an office must do is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple, get_args

from juzhu.law.calendar import Calendar, CountedDay, in_use
from juzhu.law.errors import UnknownDeadline
from juzhu.law.policy import Parameters, Policy

DeadlineKind = Literal[
    "registration",
    "change",
    "employer_report",
    "landlord_report",
    "property_report",
    "agency_report",
    "issuance",
    "examination",
    "supplement",
]
Unit = Literal["working_days", "natural_days"]
KINDS: tuple[DeadlineKind, ...] = get_args(DeadlineKind)


@dataclass(frozen=True, slots=True)
class Deadline:
    """`last_day` is the last day in time; `days` the length in `unit`."""

    last_day: date
    unit: Unit
    days: int
    cites: tuple[str, ...]
    provisional: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "last_day": self.last_day.isoformat(),
            "unit": self.unit,
            "days": self.days,
            "cites": self.cites,
            "provisional": self.provisional,
        }


class _Rule(NamedTuple):
    """`citizens`: a citizen or reporter must act, so that a last day on a rest day is moved."""

    days: Callable[[Parameters], int]
    parameter: str
    unit: Unit
    citizens: bool = True
    cites: tuple[str, ...] | None = None


def _report(article: str) -> _Rule:
    return _Rule(
        lambda p: p.report_working_days,
        "report_working_days",
        "working_days",
        cites=(f"zhejiang-2016:{article}",),
    )


_RULES: dict[DeadlineKind, _Rule] = {
    "registration": _Rule(lambda p: p.register_working_days, "register_working_days", "working_days"),
    "change": _Rule(lambda p: p.change_days, "change_days", "natural_days"),
    "employer_report": _report("8"),
    "landlord_report": _report("9"),
    "property_report": _report("10"),
    "agency_report": _report("11"),
    "issuance": _Rule(lambda p: p.issue_days, "issue_days", "natural_days", citizens=False),
    "examination": _Rule(lambda p: p.examination_working_days, "examination_working_days", "working_days"),
    "supplement": _Rule(lambda p: p.supplement_days, "supplement_days", "natural_days"),
}


def deadline(
    kind: DeadlineKind, event_on: date, policy: Policy, calendar: Calendar | None = None
) -> Deadline:
    """The last day for what `kind` names, after an event on `event_on`. Raises `UnknownDeadline`.

    `supplement` and `examination` count from the day the notice was given and the submission received.
    """
    rule = _RULES.get(kind)
    if rule is None:
        raise UnknownDeadline(f"There is no deadline {kind!r}. Known: {', '.join(KINDS)}.", ("kind",))
    days = rule.days(policy.parameters)
    calendar = calendar or in_use()
    if rule.unit == "working_days":
        counted = calendar.add_working_days(event_on, days)
    else:
        counted = CountedDay(event_on + timedelta(days=days), False)
        if rule.citizens and policy.parameters.roll_to_working_day:
            counted = calendar.roll_to_working_day(counted.day)
    cites = rule.cites or policy.provisions[rule.parameter]
    return Deadline(counted.day, rule.unit, days, cites, counted.provisional)


def must_register(days_of_stay: int, policy: Policy) -> bool:
    """Whether a stay of that many days must be registered. Source: notice 2(1)1, "three days or more"."""
    return days_of_stay >= policy.parameters.register_from_days
