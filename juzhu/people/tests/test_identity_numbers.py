"""Identity numbers: shape, date and check digit decide, the region only warns."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from juzhu.people.divisions import PROVINCES
from juzhu.people.errors import IdentityNumberInvalid
from juzhu.people.identity_numbers import CHECK_CHARACTERS, check_character, complete, normalised, parse

TODAY = date(2026, 3, 10)
VALID = complete("341221", date(1993, 8, 17), 42)
ENDS_IN_X = next(
    number for order in range(99) if (number := complete("341221", date(1993, 8, 17), order)).endswith("X")
)

prefixes = st.sampled_from(sorted(PROVINCES)).flatmap(
    lambda province: st.integers(0, 9999).map(lambda rest: f"{province}{rest:04d}")
)
numbers = st.builds(complete, prefixes, st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))


def refused(text: str) -> tuple[str, str]:
    with pytest.raises(IdentityNumberInvalid) as found:
        parse(text, TODAY)
    return str(found.value.about["reason"]), str(found.value.sentence)


def test_a_known_valid_number_is_read():
    number = parse("11010519491231002X", TODAY)
    assert (number.born, number.sex, str(number.warning)) == (date(1949, 12, 31), 2, "")


@given(numbers)
def test_a_completed_number_is_always_read(number: str):
    read = parse(number, TODAY)
    assert read.text == number
    assert f"{read.born:%Y%m%d}" == number[6:14]
    assert read.sex == (1 if int(number[16]) % 2 else 2)


@given(numbers, st.integers(1, 17), st.integers(1, 9))
def test_a_number_with_one_digit_changed_is_always_refused(number: str, place: int, by: int):
    if place == 17:
        other = CHECK_CHARACTERS[(CHECK_CHARACTERS.index(number[17]) + by) % 11]
    else:
        other = str((int(number[place]) + by) % 10)
    changed = number[:place] + other + number[place + 1 :]
    assume(changed != number)
    assert refused(changed)[0] in {"check_digit", "date", "shape", "other_regime"}


@given(numbers, st.integers(1, 15))
def test_two_neighbours_exchanged_are_always_refused(number: str, place: int):
    assume(number[place] != number[place + 1])
    changed = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    with pytest.raises(IdentityNumberInvalid):
        parse(changed, TODAY)


@given(st.text(max_size=24))
def test_anything_else_is_refused_with_a_sentence(text: str):
    try:
        parse(text, TODAY)
    except IdentityNumberInvalid as refusal:
        assert str(refusal.sentence)


@pytest.mark.parametrize(
    "typed",
    [
        ENDS_IN_X.lower(),
        f" {ENDS_IN_X[:6]} {ENDS_IN_X[6:14]} {ENDS_IN_X[14:]} ",
        f"{ENDS_IN_X[:6]}\u3000{ENDS_IN_X[6:]}\n",
        ENDS_IN_X.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")),
    ],
)
def test_how_it_is_typed_does_not_matter(typed: str):
    assert parse(typed, TODAY).text == ENDS_IN_X == normalised(typed)


def test_digits_of_other_scripts_are_no_digits():
    arabic = VALID.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert refused(arabic)[0] == "shape"


@pytest.mark.parametrize("day", ["20010229", "20231301", "19930800", "00000000"])
def test_a_day_that_does_not_exist_is_named_as_the_fault(day: str):
    body = f"341221{day}042"
    reason, sentence = refused(body + check_character(body))
    assert reason == "date"
    assert "第 7 到 14 位" in sentence


@pytest.mark.parametrize("born", [date(2026, 3, 11), date(2099, 1, 1), date(1899, 12, 31)])
def test_nobody_was_born_tomorrow_or_two_centuries_ago(born: date):
    assert refused(complete("341221", born, 7))[0] == "date"


def test_somebody_born_today_has_a_number():
    assert parse(complete("341221", TODAY, 7), TODAY).born == TODAY


def test_an_old_number_is_told_what_to_do():
    reason, sentence = refused("341221930817042")
    assert reason == "old_number"
    assert "18 位" in sentence


@pytest.mark.parametrize("text", ["", "1", VALID[:17], VALID + "1", "X" * 18, VALID[:16] + "X" + VALID[17]])
def test_another_shape_is_told_the_right_one(text: str):
    assert refused(text)[0] == "shape"


@pytest.mark.parametrize("prefix", ["810000", "820000", "830000"])
def test_residents_of_hong_kong_macau_and_taiwan_are_told_which_rules_apply(prefix: str):
    reason, sentence = refused(complete(prefix, date(1990, 1, 1), 1))
    assert reason == "other_regime"
    assert "港澳台居民居住证" in sentence


@pytest.mark.parametrize("text", ["911124198108030024", "USA110081080315"])
def test_foreigners_are_told_which_rules_apply(text: str):
    reason, sentence = refused(text)
    assert reason == "other_regime"
    assert "住宿登记" in sentence


def test_an_unknown_region_warns_and_passes():
    number = parse(complete("661221", date(1960, 5, 5), 3), TODAY)
    assert "没见过" in str(number.warning)
    assert str(parse(VALID, TODAY).warning) == ""
