"""Which pack is in force on which day, and permits that live through a change."""

from __future__ import annotations

import re
from datetime import date

import pytest

from juzhu.law.lifecycle import PermitDates, status
from juzhu.law.policy import Policy, load
from juzhu.law.residence import counters, segments
from juzhu.law.schedule import Entry, read_schedule

pytestmark = pytest.mark.requirement("CF07")
BOTH = "gongshu-2022,hangzhou-2023@2023-05-08"


def test_one_pack_is_in_force_for_ever() -> None:
    schedule = read_schedule("gongshu-2022")
    assert schedule.entries == (Entry("gongshu-2022", None, None),)
    assert {schedule.in_force(day).id for day in (date.min, date(2026, 3, 10), date.max)} == {"gongshu-2022"}


def test_a_pack_is_in_force_from_its_day_on() -> None:
    schedule = read_schedule(BOTH + " , hangzhou-2024@2024-03-18")
    days = [date(1900, 1, 1), date(2023, 5, 7), date(2023, 5, 8), date(2024, 3, 17), date(2024, 3, 18)]
    assert [schedule.in_force(day).id for day in days] == [
        "gongshu-2022", "gongshu-2022", "hangzhou-2023", "hangzhou-2023", "hangzhou-2024",
    ]  # fmt: skip
    assert schedule.entry(date(2023, 6, 1)) == Entry("hangzhou-2023", date(2023, 5, 8), date(2024, 3, 17))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "there is no policy ''"),
        ("atlantis-1999", "there is no policy 'atlantis-1999'"),
        ("gongshu-2022,atlantis-1999@2023-05-08", "there is no policy 'atlantis-1999'"),
        ("gongshu-2022,", "there is no policy ''"),
        ("gongshu-2022@2022-01-01", "entry 1 of the policies must be written gongshu-2022 alone"),
        ("gongshu-2022,hangzhou-2023", "entry 2 of the policies must be written hangzhou-2023@YYYY-MM-DD"),
        ("gongshu-2022,hangzhou-2023@", "'hangzhou-2023@' names no day"),
        ("gongshu-2022,hangzhou-2023@2023-02-30", "'hangzhou-2023@2023-02-30' names no day"),
        ("gongshu-2022,hangzhou-2023@20230508", "names no day"),
        (BOTH + ",hangzhou-2024@2023-05-08", "must rise"),
        (BOTH + ",hangzhou-2024@2023-05-07", "must rise"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused_in_one_sentence(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        read_schedule(text)


def _of_day(day: date) -> Policy:
    """The city regulation alone until the end of 2024, the notice from 2025 on."""
    return load("hangzhou-2018") if day < date(2025, 1, 1) else load("gongshu-2022")


def test_a_late_endorsement_keeps_the_effect_that_it_had_on_its_day() -> None:
    """Made late under the city regulation, it left a gap out; a notice that restarts takes nothing back."""
    permit = PermitDates(date(2022, 3, 10), (date(2023, 3, 20), date(2024, 3, 1)))
    as_of = date(2025, 2, 1)
    assert status(permit, load("gongshu-2022"), as_of).residence_years == 1
    lived = status(permit, load("gongshu-2022"), as_of, of_day=_of_day)
    assert (lived.residence_years, lived.residence_years_from) == (2, date(2022, 3, 19))


def test_a_late_endorsement_after_the_change_is_read_by_the_new_pack() -> None:
    permit = PermitDates(date(2022, 3, 10), (date(2023, 3, 20), date(2024, 3, 1), date(2025, 4, 1)))
    after = status(permit, load("gongshu-2022"), date(2026, 2, 1), of_day=_of_day)
    assert after.residence_years_from == date(2025, 4, 1)


def test_the_window_of_the_running_year_is_that_of_the_day_asked_about() -> None:
    old = load("gongshu-2022")
    wide = old.variant("wide", endorsement_window_months=2, roll_to_working_day=False)
    permit = PermitDates(date(2024, 10, 1))

    def of_day(day: date) -> Policy:
        return old if day < date(2025, 7, 1) else wide

    before = status(permit, old, date(2025, 6, 30), of_day=of_day)
    after = status(permit, wide, date(2025, 8, 1), of_day=of_day)
    assert (before.window.opens, after.window.opens) == (date(2025, 9, 1), date(2025, 8, 1))
    assert before.valid_until == after.valid_until == date(2025, 10, 1)
    endorsed = PermitDates(date(2024, 10, 1), (date(2025, 8, 1),))
    assert status(endorsed, wide, date(2025, 8, 1), of_day=of_day).valid_until == date(2026, 10, 1)


def test_an_endorsement_that_was_in_time_stays_so_when_the_window_narrows() -> None:
    narrow = load("gongshu-2022")
    wide = narrow.variant("wide", endorsement_window_months=3)
    permit = PermitDates(date(2023, 10, 1), (date(2024, 7, 10),))

    def of_day(day: date) -> Policy:
        return wide if day < date(2025, 1, 1) else narrow

    assert status(permit, narrow, date(2025, 2, 1), of_day=of_day).valid_until == date(2025, 10, 1)
    assert len(segments(permit, narrow, date(2025, 2, 1), of_day=of_day)) == 1
    assert counters(permit, narrow, date(2025, 2, 1), of_day=of_day).continuous_years == 1
