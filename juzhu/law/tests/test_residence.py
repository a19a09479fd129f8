"""Segments of residence and their two counts (requirements CF01), against the status of the same permit."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juzhu.law.calendar import completed_years
from juzhu.law.lifecycle import PermitDates, status
from juzhu.law.policy import Policy, load
from juzhu.law.residence import Counters, Segment, counters, segments, years_for
from juzhu.law.tests.test_lifecycle import histories

NOTICE, CITY = load("gongshu-2022"), load("hangzhou-2018")
ANEW = NOTICE.variant("anew", endorsement_anchor="makeup_date")
KEPT = NOTICE.variant("kept", late_endorsement="exclude_gap")
ONE_DAY = timedelta(days=1)
pytestmark = pytest.mark.requirement("CF01")


@st.composite
def standings(draw: st.DrawFn, policy: Policy) -> tuple[PermitDates, date]:
    """A permit with a history, perhaps filed or ended, and a day to look at it."""
    permit = draw(histories(policy))
    last = (permit.endorsed_on or (permit.issued_on,))[-1]
    ended = draw(st.none() | st.integers(0, 900).map(lambda n: last + n * ONE_DAY))
    filed = draw(st.none() | st.integers(300, 400).map(lambda n: last + n * ONE_DAY))
    as_of = permit.issued_on + draw(st.integers(0, 4000)) * ONE_DAY
    return PermitDates(permit.issued_on, permit.endorsed_on, filed, ended), as_of


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from([NOTICE, ANEW]))
def test_the_continuous_count_is_the_status_under_restart(data: st.DataObject, policy: Policy) -> None:
    permit, as_of = data.draw(standings(policy))
    counted = counters(permit, policy, as_of)
    assert counted.continuous_years == status(permit, policy, as_of).residence_years


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from([KEPT, CITY, KEPT.variant("both", endorsement_anchor="makeup_date")]))
def test_the_cumulative_count_is_the_status_where_the_gap_is_left_out(
    data: st.DataObject, policy: Policy
) -> None:
    permit, as_of = data.draw(standings(policy))
    assert counters(permit, policy, as_of).cumulative_years == status(permit, policy, as_of).residence_years


@settings(max_examples=80, deadline=None)
@given(st.data(), st.sampled_from([NOTICE, ANEW, CITY]))
def test_a_day_is_lived_if_and_only_if_the_permit_works_on_it(data: st.DataObject, policy: Policy) -> None:
    permit, as_of = data.draw(standings(policy))
    as_of = min(as_of, permit.issued_on + 1500 * ONE_DAY)
    # Review is a state of the day asked about; its outcome is what history keeps.
    permit = PermitDates(permit.issued_on, permit.endorsed_on, None, permit.terminated_on)
    found = segments(permit, policy, as_of)
    days = [permit.issued_on + n * ONE_DAY for n in range((as_of - permit.issued_on).days + 1)]
    worked = [day for day in days if status(permit, policy, day).status == "active"]
    lived = [day for day in days if any(s.began_on <= day <= (s.ended_on or as_of) for s in found)]
    assert lived == worked
    assert counters(permit, policy, as_of).cumulative_days == len(worked)


@settings(max_examples=100, deadline=None)
@given(st.data(), st.sampled_from([NOTICE, ANEW, CITY]))
def test_segments_follow_each_other_and_only_the_last_is_open(data: st.DataObject, policy: Policy) -> None:
    permit, as_of = data.draw(standings(policy))
    found = segments(permit, policy, as_of)
    assert all(each.ended_on and each.ended_by for each in found[:-1])
    for earlier, later in pairwise(found):
        assert earlier.ended_on is not None and earlier.ended_on < later.began_on
        assert earlier.ended_by == "suspended"
    if found:
        assert (found[-1].ended_on is None) == (found[-1].ended_by is None)
        assert (found[-1].ended_by is None) == (status(permit, policy, as_of).status == "active")


def test_several_years_missed_give_no_residence() -> None:
    permit = PermitDates(date(2020, 3, 10), (date(2025, 6, 2),))
    as_of = date(2026, 3, 10)
    assert segments(permit, NOTICE, as_of) == (
        Segment(date(2020, 3, 10), date(2021, 3, 10), "suspended"),
        Segment(date(2025, 6, 2), None, None),
    )
    assert counters(permit, NOTICE, as_of) == Counters(0, 1, 366 + 282)
    assert completed_years(date(2025, 6, 2), as_of) == 0


@pytest.mark.parametrize(("policy", "ends"), [(NOTICE, date(2025, 3, 10)), (ANEW, date(2025, 5, 12))])
def test_the_next_suspension_follows_the_anchor(policy: Policy, ends: date) -> None:
    permit = PermitDates(date(2023, 3, 10), (date(2024, 5, 10),))
    [first, second] = segments(permit, policy, date(2025, 12, 1))
    assert first == Segment(date(2023, 3, 10), date(2024, 3, 11), "suspended")
    assert second == Segment(date(2024, 5, 10), ends, "suspended")


def test_issued_on_29_february() -> None:
    permit = PermitDates(date(2024, 2, 29), (date(2025, 2, 10), date(2026, 2, 28)))
    assert segments(permit, NOTICE, date(2026, 6, 1)) == (Segment(date(2024, 2, 29), None, None),)
    assert counters(permit, NOTICE, date(2026, 2, 27)).continuous_years == 1
    assert counters(permit, NOTICE, date(2026, 2, 28)).continuous_years == 2


def test_a_termination_ends_the_segment_the_day_before_and_a_suspension_stays_one() -> None:
    working = PermitDates(date(2024, 10, 1), terminated_on=date(2025, 3, 1))
    assert segments(working, NOTICE, date(2026, 1, 1)) == (
        Segment(date(2024, 10, 1), date(2025, 2, 28), "terminated"),
    )
    suspended = PermitDates(date(2024, 10, 1), terminated_on=date(2026, 3, 1))
    [segment] = segments(suspended, NOTICE, date(2026, 6, 1))
    assert segment.ended_by == "suspended"
    same_day = PermitDates(date(2024, 10, 1), terminated_on=date(2024, 10, 1))
    assert segments(same_day, NOTICE, date(2026, 1, 1)) == ()
    assert counters(same_day, NOTICE, date(2026, 1, 1)) == Counters(0, 0, 0)


def test_services_and_points_each_say_which_count_they_look_at() -> None:
    counted = Counters(1, 4, 1600)
    assert (years_for("services", counted, NOTICE), years_for("points", counted, NOTICE)) == (1, 4)
    swapped = NOTICE.variant("swapped", residence_years_for_points="continuous")
    assert years_for("points", counted, swapped) == 1
