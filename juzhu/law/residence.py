"""How long a holder has lived here: segments between suspensions, and the two ways to count them.

Requirements CF01: after a late endorsement the notice and the provincial regulation count on from that day;
the city regulation leaves the suspended days out and keeps what was before. Both numbers are kept, and a pack
says which one a use looks at. Source: notice 2(1)4; Zhejiang art. 19; Hangzhou art. 20.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from juzhu.law.calendar import ONE_DAY, Calendar, completed_years
from juzhu.law.lifecycle import OfDay, PermitDates, course, status
from juzhu.law.policy import Policy

Ending = Literal["suspended", "terminated"]
Use = Literal["services", "points"]


class Segment(NamedTuple):
    """One stretch of residence. `ended_on` is its last day; None while it lasts."""

    began_on: date
    ended_on: date | None
    ended_by: Ending | None


class Counters(NamedTuple):
    """`continuous_years`: the last segment alone. `cumulative_*`: all of them, without the days between."""

    continuous_years: int
    cumulative_years: int
    cumulative_days: int


def segments(
    permit: PermitDates,
    policy: Policy,
    as_of: date,
    *,
    calendar: Calendar | None = None,
    of_day: OfDay | None = None,
) -> tuple[Segment, ...]:
    """What was lived by that day, oldest first; the last one is open while the permit works.

    A segment that would end before it began (a termination on the very day) is none. Raises `InvalidPermit`.
    """
    begun = _begun(permit, policy, as_of, calendar, of_day)
    return tuple(each for each in begun if each.ended_on is None or each.ended_on >= each.began_on)


def counters(
    permit: PermitDates,
    policy: Policy,
    as_of: date,
    *,
    calendar: Calendar | None = None,
    of_day: OfDay | None = None,
) -> Counters:
    """Both counts on that day; a year is complete on its corresponding day. Raises `InvalidPermit`."""
    begun = _begun(permit, policy, as_of, calendar, of_day)
    counted_to = begun[-1].ended_on or as_of
    lived = sum(max(0, ((each.ended_on or as_of) - each.began_on).days + 1) for each in begun)
    as_if_begun = counted_to - (lived - 1) * ONE_DAY
    return Counters(
        continuous_years=max(0, completed_years(begun[-1].began_on, counted_to)),
        cumulative_years=max(0, completed_years(as_if_begun, counted_to)),
        cumulative_days=lived,
    )


def years_for(use: Use, counted: Counters, policy: Policy) -> int:
    """The number that a use looks at under a pack."""
    p = policy.parameters
    which = p.residence_years_for_services if use == "services" else p.residence_years_for_points
    return counted.continuous_years if which == "continuous" else counted.cumulative_years


def _begun(
    permit: PermitDates, policy: Policy, as_of: date, calendar: Calendar | None, of_day: OfDay | None
) -> list[Segment]:
    """Every segment that was begun by that day, those that ended before they began among them."""
    standing = status(permit, policy, as_of, calendar, of_day=of_day)
    ended: list[Segment] = []
    began = permit.issued_on
    for term, day in course(permit, policy, as_of, calendar, of_day=of_day):
        if day > term.window.closes:
            ended.append(Segment(began, term.window.closes, "suspended"))
            began = day
    if standing.status == "active":
        return [*ended, Segment(began, None, None)]
    by: Ending = "suspended"
    if permit.terminated_on is not None and standing.status == "terminated":
        before = permit.terminated_on - ONE_DAY
        works_on = before <= standing.last_day or standing.under_review
        by = "terminated" if works_on else "suspended"
        return [*ended, Segment(began, min(before, standing.last_day), by)]
    return [*ended, Segment(began, standing.last_day, by)]
