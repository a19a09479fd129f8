"""Months, years and working days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juzhu.law.calendar import (
    OFFICIAL,
    add_months,
    add_working_days,
    calendar_version,
    completed_years,
    cutoff,
    days_in_month,
    is_working_day,
    load_overrides,
    month_start,
    roll_to_working_day,
)
from juzhu.law.errors import InvalidCalendar

EVERY_DAY = [date(2000, 1, 1) + timedelta(days=n) for n in range((date(2061, 1, 1) - date(2000, 1, 1)).days)]


@pytest.mark.parametrize("months", [1, 6, 12, 192])
def test_cutoff_is_the_inverse_of_add_months_on_every_day(months: int) -> None:
    for day in EVERY_DAY:
        latest = cutoff(day, months)
        assert add_months(latest, months) <= day < add_months(latest + timedelta(days=1), months)


@given(
    st.dates(date(1900, 1, 1), date(2190, 1, 1)),
    st.dates(date(1900, 1, 1), date(2199, 1, 1)),
    st.integers(0, 60),
)
def test_begun_by_the_cutoff_is_complete_on_the_day(start: date, day: date, months: int) -> None:
    assert (add_months(start, months) <= day) == (start <= cutoff(day, months))


@pytest.mark.parametrize(
    ("start", "months", "full"),
    [
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 2, 28), 6, date(2022, 8, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2025, 1, 15), -13, date(2023, 12, 15)),
    ],
)
def test_corresponding_day(start: date, months: int, full: date) -> None:
    assert add_months(start, months) == full


def test_month_ends_have_several_starts() -> None:
    assert cutoff(date(2026, 2, 28), 6) == date(2025, 8, 31)
    assert month_start(date(2026, 1, 31), -2) == date(2025, 11, 1)
    assert days_in_month(1900, 2) == 28 and days_in_month(2000, 2) == 29


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 40_000))
def test_completed_years_change_on_the_birthday_only(born: date, age_days: int) -> None:
    day = born + timedelta(days=age_days)
    years = completed_years(born, day)
    assert add_months(born, 12 * years) <= day < add_months(born, 12 * (years + 1))


def test_born_on_leap_day() -> None:
    assert completed_years(date(2008, 2, 29), date(2026, 2, 27)) == 17
    assert completed_years(date(2008, 2, 29), date(2026, 2, 28)) == 18


def test_official_and_provisional_days() -> None:
    assert is_working_day(date(2026, 10, 10)) == (True, False)
    assert is_working_day(date(2026, 10, 7)) == (False, False)
    assert is_working_day(date(2027, 10, 4)) == (True, True)
    assert is_working_day(date(2027, 5, 2)) == (False, True)
    assert is_working_day(date(1999, 5, 3)) == (True, True)


def test_agrees_with_the_package_on_every_day_it_knows() -> None:
    import chinese_calendar

    for year in OFFICIAL.years:
        for n in range(365):
            day = date(year, 1, 1) + timedelta(days=n)
            assert is_working_day(day) == (chinese_calendar.is_workday(day), False)


def test_counting_looks_at_every_day_on_the_way() -> None:
    assert add_working_days(date(2026, 12, 30), 1) == (date(2026, 12, 31), False)
    assert add_working_days(date(2026, 12, 30), 2) == (date(2027, 1, 4), True)
    assert roll_to_working_day(date(2027, 1, 1)) == (date(2027, 1, 4), True)
    assert add_working_days(date(2026, 3, 6), 0) == (date(2026, 3, 6), False)


def test_overrides_make_a_year_official() -> None:
    table = {"2027": {"rest": ["2027-01-01", "2027-01-04"], "make_up": ["2027-01-03"]}}
    known = load_overrides(table)
    assert known.is_working_day(date(2027, 1, 3)) == (True, False)
    assert known.roll_to_working_day(date(2027, 1, 1)) == (date(2027, 1, 3), False)
    assert is_working_day(date(2027, 1, 3)) == (False, True), "the official calendar itself does not change"
    assert known.is_working_day(date(2026, 10, 10)) == (True, False)


def test_version_tells_overrides_apart() -> None:
    one = load_overrides({"2027": {"rest": ["2027-01-01"]}})
    other = load_overrides({"2027": {"rest": ["2027-01-04"]}})
    assert calendar_version().startswith("chinesecalendar ")
    assert len({calendar_version(), calendar_version(one), calendar_version(other)}) == 3
    assert calendar_version(load_overrides({})) == calendar_version()
    assert calendar_version(load_overrides({"2027": {"rest": ["2027-01-04"]}}, base=one)) == calendar_version(
        other
    )


@pytest.mark.parametrize(
    "table",
    [
        {"27": {"rest": []}},
        {"2027": {"holidays": []}},
        {"2027": {"rest": ["2026-01-01"]}},
        {"2027": {"rest": ["2027-02-30"]}},
        {"2027": {"rest": ["2027-01-02"], "make_up": ["2027-01-02"]}},
    ],
)
def test_bad_overrides_are_refused(table: dict[str, dict[str, list[str]]]) -> None:
    with pytest.raises(InvalidCalendar):
        load_overrides(table)
