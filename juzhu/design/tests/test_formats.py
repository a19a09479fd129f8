from datetime import UTC, date, datetime

import pytest

from juzhu.design import formats

DAY = date(2026, 5, 1)


def test_days_are_written_as_each_language_writes_them():
    assert formats.day(DAY, "zh") == "2026-05-01"
    assert formats.day(DAY, "en") == "1 May 2026"
    assert formats.short_day(date(2025, 11, 1), "en") == "1 Nov 2025"
    assert formats.document_day(DAY, "zh") == "2026年5月1日"
    assert formats.row_day(DAY, "zh") == "05-01"
    assert formats.month(date(2025, 3, 1), "zh") == "2025-03"
    assert formats.month(date(2025, 3, 1), "en") == "Mar 2025"
    assert formats.weekday(date(2026, 5, 25), "zh") == "周一"
    assert formats.period(date(2025, 10, 20), date(2026, 10, 19), "zh") == "2025-10-20 到 2026-10-19"


def test_moments_are_on_the_clock_of_hangzhou_also_over_midnight():
    late = datetime(2026, 5, 8, 16, 20, tzinfo=UTC)
    assert formats.moment(late, "zh") == "2026-05-09 00:20"
    assert formats.moment(late, "en") == "9 May 2026, 00:20"
    assert formats.row_moment(late, "zh") == "05-09 00:20"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        formats.moment(datetime(2026, 5, 8, 16, 20), "zh")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("341221199308170023", "341221********0023"),
        ("34122119930817002X", "341221********002X"),
        ("341221930817002", "341221*****7002"),
        ("E12345678", "E1*****78"),
        ("1234", "****"),
        ("", "待核实"),
    ],
)
def test_identity_numbers_hide_the_birth(number, masked):
    assert formats.mask_id(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812346071", "138****6071"),
        ("+86 138 1234 6071", "138****6071"),
        ("8613812346071", "138****6071"),
        ("0571-88880000", "057*****0000"),
        ("88880000", "******00"),
        ("110", "***"),
    ],
)
def test_phone_numbers_keep_seven_digits_at_most(number, masked):
    assert formats.mask_phone(number) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("李明", "李*"),
        ("周晓芸", "周*芸"),
        ("欧阳小芸", "欧**芸"),
        ("阿依努尔·买买提", "阿依努尔·*"),
        ("阿依努尔•买买提", "阿依努尔·*"),
        ("John Smith", "John *"),
        ("李", "*"),
        ("", "*"),
    ],
)
def test_names_in_public_show_what_the_rules_allow(name, masked):
    assert formats.mask_name(name) == masked


def test_numbers_are_grouped_and_small_counts_kept_back():
    assert formats.grouped(11495) == "11,495"
    assert [formats.small_count(n) for n in (0, 1, 9, 10)] == ["0", "<10", "<10", "10"]
    assert formats.file_size(1_900_000) == "1.8 MB"
    assert formats.file_size(10) == "1 KB"


def test_the_side_of_the_language_falls_back_to_chinese():
    assert formats.chosen({"zh": "有效", "en": "Valid"}, "en") == "Valid"
    assert formats.chosen({"zh": "有效", "en": ""}, "en") == "有效"
    assert formats.chosen("x", "en") == "x"
