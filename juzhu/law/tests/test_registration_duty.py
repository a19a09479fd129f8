"""Who must register and until when: every combination, against the statute read aloud."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from juzhu.law import policy
from juzhu.law.registration_duty import (
    GROUNDS,
    Exempt,
    day_of,
    duty,
    ended_before,
    exempt_on,
    last_day,
)

RULES = policy.load("gongshu-2022")
ARRIVED = date(2026, 3, 2)
"""A Monday, with no holiday in the five weeks that follow but Qingming, 4 to 6 April."""


def on(offset: int) -> date:
    return ARRIVED + timedelta(days=offset)


def read_aloud(mainland: bool, division: str, registered: bool, ground: str, day: int, stay: int) -> str:
    """The articles one after the other, as one would read them to somebody."""
    if not mainland:
        return "other_rules"
    if division == "330106":
        return "local"
    if registered:
        return "registered"
    if ground == "relative" and 0 <= day <= 30:
        return "exempt"
    if ground in ("hotel", "hospital", "school", "rescue"):
        return "exempt"
    if stay < 3:
        return "short"
    if ground == "relative":
        return "due" if day <= 33 else "late"
    return "due" if day <= 3 else "late"


@pytest.mark.requirement("A01", "A02", "A03", "A08", "A09", "A10", "A11", "A12")
def test_every_combination_is_answered_as_the_articles_say():
    places = itertools.product((True, False), ("330106", "330122", "341221"), (True, False), (*GROUNDS, ""))
    asked = 0
    for (mainland, division, registered, ground), day, stay in itertools.product(
        places, range(34), (1, 2, 3, 200)
    ):
        exemptions = [Exempt(ground, ARRIVED)] if ground else []
        found = duty(
            on(day),
            RULES,
            household_division=division,
            mainland=mainland,
            registered=registered,
            arrived_on=ARRIVED,
            days_of_stay=stay,
            exemptions=exemptions,
        )
        expected = read_aloud(mainland, division, registered, ground, day, stay)
        assert found.answer == expected, (mainland, division, registered, ground, day, stay)
        assert found.must == (expected in ("due", "late"))
        assert found.may == (expected in ("exempt", "short", "due", "late"))
        assert found.cites
        asked += 1
    assert asked == 2 * 3 * 2 * 6 * 34 * 4


@pytest.mark.requirement("A12")
@pytest.mark.parametrize(("day", "answer"), [(0, "exempt"), (29, "exempt"), (30, "exempt"), (31, "due")])
def test_thirty_days_with_a_relative_are_free_and_the_31st_is_not(day: int, answer: str):
    with_relative = Exempt("relative", ARRIVED)
    found = duty(on(day), RULES, exemptions=[with_relative])
    assert found.answer == answer
    assert day_of(with_relative, on(day)) == day
    assert last_day(with_relative, RULES) == on(30)


@pytest.mark.requirement("A03", "A12")
def test_after_an_exemption_three_working_days_run_from_its_last_day():
    found = duty(on(31), RULES, arrived_on=ARRIVED, exemptions=[Exempt("relative", ARRIVED)])
    assert found.due is not None
    assert found.due.last_day == date(2026, 4, 7)  # 1 April is a Wednesday; 2, 3 April, then Qingming
    hotel = [Exempt("hotel", ARRIVED, on(4))]
    assert duty(on(5), RULES, exemptions=hotel).due.last_day == on(9)


def test_an_exemption_with_a_last_day_ends_with_it():
    short = Exempt("relative", ARRIVED, on(10))
    stay = Exempt("hospital", ARRIVED, on(40))
    for day in range(-1, 45):
        held = exempt_on(on(day), [short, stay], RULES)
        assert held == (stay if 0 <= day <= 40 else None)
    assert ended_before(on(11), [short, stay], RULES) == on(10)
    assert ended_before(on(10), [short], RULES) is None


def test_while_they_are_there_nobody_knows_the_last_day():
    there = Exempt("hospital", ARRIVED)
    assert last_day(there, RULES) is None
    assert exempt_on(on(4000), [there], RULES) == there


def test_nobody_who_says_nothing_of_their_stay_is_freed_by_it():
    assert duty(ARRIVED, RULES).answer == "due"
    assert duty(ARRIVED, RULES, days_of_stay=3).answer == "due"
    assert duty(ARRIVED, RULES, days_of_stay=2).answer == "short"
