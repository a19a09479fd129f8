"""Next year's holidays, before the package knows them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from juzhu.law import calendar, deadlines, lifecycle, policy
from juzhu.law.lifecycle import PermitDates
from juzhu.operations import holidays, holidays_file

SPRING = """
[2027]
rest = ["2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11", "2027-02-12"]
make_up = ["2027-02-20"]
"""
RULES = policy.load("gongshu-2022")


@pytest.fixture
def known(tmp_path: Path):
    path = tmp_path / "holidays.toml"
    path.write_text(SPRING, encoding="utf-8")
    calendar.use(holidays_file.read(path))
    yield path
    calendar.use(calendar.OFFICIAL)


def test_a_last_day_in_a_holiday_of_the_file_moves_and_a_made_up_weekend_counts(known):
    filed = date(2027, 2, 4)
    assert deadlines.deadline("examination", filed, RULES).last_day == date(2027, 2, 19)
    assert not deadlines.deadline("examination", filed, RULES).provisional
    permit = PermitDates(issued_on=date(2026, 2, 9))
    on = lifecycle.status(permit, RULES, date(2027, 2, 12))
    assert (on.status, on.last_day) == ("active", date(2027, 2, 15))
    assert calendar.calendar_version() != calendar.calendar_version(calendar.OFFICIAL)


def test_without_a_file_the_year_is_provisional_and_the_operator_is_warned(settings, on_day):
    on_day(date(2026, 11, 1))
    assert deadlines.deadline("examination", date(2027, 2, 4), RULES).provisional
    (warning,) = holidays.warn_of_unknown_years()
    assert "2027" in warning.msg
    on_day(date(2026, 3, 10))
    assert holidays.warn_of_unknown_years() == []


def test_the_warning_ends_with_the_file(known, on_day):
    on_day(date(2026, 11, 1))
    assert holidays.warn_of_unknown_years() == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('[2027]\nrest = ["2026-01-01"]', "2027.rest"),
        ('[2027]\nrest = ["1 January"]', "2027.rest"),
        ('[2027]\nfree = ["2027-01-01"]', "2027.free"),
        ('[2027]\nrest = "2027-01-01"', "2027.rest"),
        ("2027 = 1", "2027"),
        ("[2027", "can't be read"),
    ],
)
def test_a_file_that_is_wrong_says_where(tmp_path: Path, text: str, wrong: str):
    path = tmp_path / "holidays.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="JUZHU_HOLIDAYS") as refused:
        holidays_file.read(path)
    assert wrong in str(refused.value)
