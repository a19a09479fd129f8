"""A permit's status as a function of dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juzhu.law.calendar import add_months, roll_to_working_day
from juzhu.law.errors import InvalidPermit
from juzhu.law.lifecycle import PermitDates, status
from juzhu.law.policy import Policy, available, load

ONE_DAY = timedelta(days=1)
NOTICE = load("gongshu-2022")
ANEW = NOTICE.variant("anew", endorsement_anchor="makeup_date")
STRICT = NOTICE.variant("strict", roll_to_working_day=False)
POLICIES = [*map(load, available()), ANEW, STRICT]


@st.composite
def histories(draw: st.DrawFn, policy: Policy) -> PermitDates:
    """Issue, and endorsements that are each valid: in their window, or any time after it."""
    issued = draw(st.dates(date(2019, 1, 1), date(2024, 12, 31)))
    endorsed: list[date] = []
    for _ in range(draw(st.integers(0, 4))):
        opens = status(PermitDates(issued, tuple(endorsed)), policy, (endorsed or [issued])[-1]).window.opens
        endorsed.append(opens + draw(st.integers(0, 40) | st.integers(0, 800)) * ONE_DAY)
    return PermitDates(issued, tuple(endorsed))


@settings(max_examples=30, deadline=None)
@given(st.data(), st.sampled_from(POLICIES))
def test_no_hole_and_no_overlap(data: st.DataObject, policy: Policy) -> None:
    permit = data.draw(histories(policy))
    last = (permit.endorsed_on or (permit.issued_on,))[-1] + 500 * ONE_DAY
    day, before = permit.issued_on, None
    while day <= last:
        now = status(permit, policy, day)
        assert now.status == ("active" if day <= now.last_day else "suspended")
        assert now.suspended_from == (None if now.status == "active" else now.last_day + ONE_DAY)
        assert now.window == (add_months(now.valid_until, -1), now.last_day)
        if policy.parameters.roll_to_working_day:
            assert now.last_day == roll_to_working_day(now.valid_until).day
        if before is not None:
            endorsed = day in permit.endorsed_on
            assert (now.valid_until != before.valid_until) == endorsed
            assert now.valid_until >= before.valid_until
            if before.status == "suspended" and not endorsed:
                assert now.residence_years == before.residence_years
            late = endorsed and day > before.last_day
            if late:
                assert now.status == "active"
            else:
                assert now.residence_years_from == before.residence_years_from
                assert now.residence_years >= before.residence_years
        before = now
        day += ONE_DAY


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from(POLICIES))
def test_every_term_but_a_late_one_is_a_year(data: st.DataObject, policy: Policy) -> None:
    permit = data.draw(histories(policy))
    for index, day in enumerate(permit.endorsed_on):
        before = status(PermitDates(permit.issued_on, permit.endorsed_on[:index]), policy, day)
        after = status(PermitDates(permit.issued_on, permit.endorsed_on[: index + 1]), policy, day)
        if day <= before.last_day:
            assert (after.valid_until.year, after.valid_until.month) == (
                before.valid_until.year + 1,
                before.valid_until.month,
            )
            assert after.residence_years_from == before.residence_years_from
        else:
            assert day < add_months(after.valid_until, -1) < after.valid_until <= add_months(day, 13)


def test_makeup_date_begins_a_new_count_of_anniversaries() -> None:
    permit = PermitDates(date(2023, 3, 10), (date(2024, 5, 10), date(2025, 5, 1)))
    assert status(permit, ANEW, date(2024, 5, 10)).valid_until == date(2025, 5, 10)
    assert status(permit, ANEW, date(2025, 5, 1)).valid_until == date(2026, 5, 10)
    assert status(
        PermitDates(date(2023, 3, 10), (date(2024, 5, 10),)), NOTICE, date(2024, 5, 10)
    ).valid_until == date(2025, 3, 10)


def test_gaps_left_out_add_up() -> None:
    city = load("hangzhou-2018")
    permit = PermitDates(date(2021, 3, 10), (date(2022, 3, 21), date(2023, 3, 20)))
    assert status(permit, city, date(2023, 3, 20)).residence_years_from == date(2021, 3, 29)


def test_filing_in_time_keeps_the_permit_active_until_decided() -> None:
    permit = PermitDates(date(2024, 10, 1), filed_on=date(2025, 9, 20))
    assert not status(permit, NOTICE, date(2025, 9, 19)).under_review
    late = status(permit, NOTICE, date(2026, 12, 1))
    assert (late.status, late.under_review, late.suspended_from, late.residence_years) == (
        "active",
        True,
        None,
        2,
    )
    granted = PermitDates(date(2024, 10, 1), (date(2025, 9, 20),), filed_on=date(2025, 9, 20))
    assert not status(granted, NOTICE, date(2025, 11, 1)).under_review


def test_terminated_while_under_review() -> None:
    permit = PermitDates(date(2024, 10, 1), filed_on=date(2025, 9, 20), terminated_on=date(2025, 11, 3))
    ended = status(permit, NOTICE, date(2026, 1, 1))
    assert (ended.status, ended.under_review, ended.suspended_from, ended.residence_years) == (
        "terminated",
        True,
        None,
        1,
    )


def test_terminated_on_the_day_of_issue_has_lived_no_year() -> None:
    ended = status(PermitDates(date(2025, 1, 1), terminated_on=date(2025, 1, 1)), NOTICE, date(2026, 1, 1))
    assert (ended.status, ended.residence_years) == ("terminated", 0)


@pytest.mark.parametrize(
    ("permit", "as_of"),
    [
        (PermitDates(date(2025, 1, 1)), date(2024, 12, 31)),
        (PermitDates(date(2025, 1, 1), terminated_on=date(2024, 12, 31)), date(2025, 6, 1)),
        (PermitDates(date(2023, 3, 10), (date(2024, 2, 9),)), date(2025, 6, 1)),
        (PermitDates(date(2023, 3, 10), (date(2024, 3, 1), date(2024, 2, 20))), date(2025, 6, 1)),
        (PermitDates(date(2023, 3, 10), (date(2024, 3, 1), date(2024, 3, 1))), date(2025, 6, 1)),
        (
            PermitDates(date(2023, 3, 10), (date(2024, 3, 1),), terminated_on=date(2024, 2, 29)),
            date(2025, 6, 1),
        ),
        (PermitDates(date(2023, 3, 10), (date(2030, 1, 1), date(2030, 1, 2))), date(2025, 6, 1)),
    ],
)
def test_dates_that_cannot_all_be_true(permit: PermitDates, as_of: date) -> None:
    with pytest.raises(InvalidPermit) as caught:
        status(permit, NOTICE, as_of)
    assert caught.value.code == "invalid_permit" and caught.value.path


def test_an_endorsement_on_the_day_of_termination_is_valid() -> None:
    permit = PermitDates(date(2023, 3, 10), (date(2024, 3, 1),), terminated_on=date(2024, 3, 1))
    assert status(permit, NOTICE, date(2024, 3, 1)).status == "terminated"
