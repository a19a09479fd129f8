"""居住年限段: the stretches during which a permit worked, and the two ways of counting them.

Reading A (the notice, the province, the State Council) counts the running stretch alone; reading B (the
city) leaves suspended time out and keeps what was before it. Both are kept; who uses which is in `USES`.
Source: notice 2(1)4; Zhejiang art. 19; State Council order 663 art. 10; Hangzhou art. 20; requirements CF01.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

from django.conf import settings

from juzhu.law import lifecycle, policy
from juzhu.law.calendar import ONE_DAY, completed_years
from juzhu.law.policy import Policy
from juzhu.operations import clock
from juzhu.permits.models import Permit, ResidenceSegment

EndedBy = Literal["suspended", "terminated"]


class Segment(NamedTuple):
    """One stretch, both days included; `ended_on` None: it runs."""

    began_on: date
    ended_on: date | None
    ended_by: EndedBy | None


class Counters(NamedTuple):
    """`continuous_years`: of the last stretch alone; the cumulative ones: of all, suspended time left out."""

    continuous_years: int
    cumulative_years: int
    cumulative_days: int


def segments(dates: lifecycle.PermitDates, rules: Policy, as_of: date) -> list[Segment]:
    """The stretches up to a day, oldest first. One that is over by its last day is ended even if nobody has
    endorsed since; one that is under review runs on.
    """
    terms = lifecycle.Terms(rules)
    term, began = terms.first(dates), dates.issued_on
    done: list[Segment] = []
    for day in (day for day in dates.endorsed_on if day <= as_of):
        if day > term.window.closes:
            done.append(Segment(began, term.window.closes, "suspended"))
            began = day
        term = terms.endorsed(term, day)
    return [*done, *_last(dates, term, began, as_of)]


def _last(dates: lifecycle.PermitDates, term: lifecycle.Term, began: date, as_of: date) -> list[Segment]:
    opens, closes = term.window
    ended, filed = dates.terminated_on, dates.filed_on
    reviewed = filed is not None and opens <= filed <= min(closes, as_of)
    if ended is not None and ended <= as_of:
        last_day = ended - ONE_DAY
        if last_day > closes:
            return [Segment(began, closes, "suspended")]
        return [Segment(began, last_day, "terminated")] if last_day >= began else []
    if as_of > closes and not reviewed:
        return [Segment(began, closes, "suspended")]
    return [Segment(began, None, None)]


def counters(stretches: Sequence[Segment], as_of: date) -> Counters:
    """Both counts on a day."""
    if not stretches:
        return Counters(0, 0, 0)
    spans = [(row.began_on, row.ended_on or as_of) for row in stretches]
    days = sum((last - first).days + 1 for first, last in spans)
    first, last = spans[-1]
    gone = sum((later[0] - before[1] - ONE_DAY).days for before, later in pairwise(spans))
    moved = spans[0][0] + ONE_DAY * gone
    return Counters(max(0, completed_years(first, last)), max(0, completed_years(moved, last)), days)


def close(permit: Permit, ended_on: date, ended_by: EndedBy, *, today: date) -> ResidenceSegment | None:
    """Write down the stretch that ended on a day, once, with both counters as of that day; None when no
    such stretch was. In the caller's transaction, which holds the permit.
    """
    rules = policy.load(settings.JUZHU_POLICY)
    found = segments(permit.dates(), rules, today)
    upto = [row for row in found if row.ended_on is not None and row.ended_on <= ended_on]
    if not upto or upto[-1].ended_on != ended_on:
        return None
    counted = counters(upto, ended_on)
    row, _made = ResidenceSegment.objects.get_or_create(
        permit=permit,
        number=len(upto),
        defaults={
            "began_on": upto[-1].began_on,
            "ended_on": ended_on,
            "ended_by": ended_by,
            "continuous_years": counted.continuous_years,
            "cumulative_days": counted.cumulative_days,
            "written_at": clock.now(),
        },
    )
    return row


def close_all(permit: Permit, *, today: date) -> None:
    """Write down every stretch that a late endorsement or an end has closed for good. What a late
    endorsement may still follow is no row yet.
    """
    found = segments(permit.dates(), policy.load(settings.JUZHU_POLICY), today)
    for_good = found if permit.ended_on is not None else found[:-1]
    for row in for_good:
        if row.ended_on is not None and row.ended_by is not None:
            close(permit, row.ended_on, row.ended_by, today=today)


def counted(permit: Permit, today: date) -> tuple[list[Segment], Counters]:
    """The stretches of a permit and both counts today, computed from its dates."""
    rules = policy.load(settings.JUZHU_POLICY)
    filed = permit.known.filed_on if permit.known else permit.filed_on()
    found = segments(permit.dates(filed), rules, today)
    return found, counters(found, today)
