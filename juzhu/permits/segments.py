"""居住年限段: the stretches during which a permit worked, and the two ways of counting them.

Reading A (the notice, the province, the State Council) counts the running stretch alone; reading B (the
city) leaves suspended time out and keeps what was before it. Both are kept; who uses which is in `USES`.
Source: notice 2(1)4; Zhejiang art. 19; State Council order 663 art. 10; Hangzhou art. 20; requirements CF01.
"""

from datetime import date
from typing import Literal

from juzhu.law import residence
from juzhu.law.residence import Counters, Segment
from juzhu.operations import clock
from juzhu.operations.rules import changes, in_force
from juzhu.permits.models import Permit, ResidenceSegment

EndedBy = Literal["suspended", "terminated"]


def close(permit: Permit, ended_on: date, ended_by: EndedBy, *, today: date) -> ResidenceSegment | None:
    """Write down the stretch that ended on a day, once, with both counters as of that day; None when no
    such stretch was. In the caller's transaction, which holds the permit.

    Rows are never changed: where an end that was written down has been undone since, and the stretch ends
    anew, it has a later row of the same beginning, and the later one counts.
    """
    found = _until(permit, today)
    upto = [row for row in found if row.ended_on is not None and row.ended_on <= ended_on]
    if not upto or upto[-1].ended_on != ended_on:
        return None
    counted = residence.counters(permit.dates(), in_force(ended_on), ended_on, of_day=changes())
    rows = ResidenceSegment.objects.filter(permit=permit)
    row, _made = rows.get_or_create(
        permit=permit,
        began_on=upto[-1].began_on,
        ended_on=ended_on,
        ended_by=ended_by,
        defaults={
            "number": rows.count() + 1,
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
    found = _until(permit, today)
    for_good = found if permit.ended_on is not None else found[:-1]
    for row in for_good:
        if row.ended_on is not None and row.ended_by is not None:
            close(permit, row.ended_on, row.ended_by, today=today)


def counted(permit: Permit, today: date) -> tuple[list[Segment], Counters]:
    """The stretches of a permit and both counts today, computed from its dates."""
    dates = permit.dates(permit.filed_on(today))
    rules = in_force(today)
    found = residence.segments(dates, rules, today, of_day=changes())
    return list(found), residence.counters(dates, rules, today, of_day=changes())


def _until(permit: Permit, day: date) -> list[Segment]:
    return list(residence.segments(permit.dates(), in_force(day), day, of_day=changes()))
