"""The code that changes every 30 seconds, as a stranger's machine reads it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from juzhu.credentials import live_code
from juzhu.credentials.live_code import LENGTH, Reading, make, read, seconds_left

KEY = b"k" * 32
ID = "00ff1234abcd9876"
NOW = datetime(2026, 3, 10, 4, 0, 0, tzinfo=UTC)
CODE = make(ID, KEY, NOW)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
moments = st.integers(1_577_836_800, 4_102_444_800).map(lambda second: datetime.fromtimestamp(second, UTC))
ids = st.binary(min_size=8, max_size=8).map(bytes.hex)


def after(seconds: float) -> Reading:
    return read(CODE, KEY, NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize("seconds", [0, 1, 29.9, 30, 59.9])
def test_a_code_is_fresh_in_its_own_half_minute_and_the_next(seconds: float):
    assert after(seconds) == Reading("fresh", ID)


@pytest.mark.parametrize("seconds", [60, 61, 3600, 10**8])
def test_an_old_code_is_told_to_be_old(seconds: float):
    assert after(seconds) == Reading("expired", ID)


@pytest.mark.parametrize("seconds", [-0.1, -30, -3600])
def test_a_code_from_the_future_is_not_fresh(seconds: float):
    assert after(seconds).verdict == "expired"


@given(ids, st.binary(min_size=1, max_size=64), moments)
def test_a_code_says_whose_it_is(public_id: str, key: bytes, now: datetime):
    code = make(public_id, key, now)
    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)
    assert read(code, key, now) == Reading("fresh", public_id)


@given(ids, moments, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_a_code_with_any_one_character_changed_is_forged(
    public_id: str, now: datetime, place: int, sign: str
):
    code = make(public_id, KEY, now)
    assume(code[place] != sign)
    assert read(code[:place] + sign + code[place + 1 :], KEY, now) == Reading("forged")


@given(st.integers(0, LENGTH - 1), st.sampled_from("+/= \n.é０"))
def test_a_character_that_no_code_has_makes_it_unknown(place: int, sign: str):
    assert read(CODE[:place] + sign + CODE[place + 1 :], KEY, NOW) == Reading("unknown")


def test_plus_and_slash_are_not_read_as_their_url_safe_twins():
    code = next(made for number in range(99) if {"-", "_"} <= set(made := make(f"{number:016x}", KEY, NOW)))
    assert read(code.replace("-", "+"), KEY, NOW) == Reading("unknown")
    assert read(code.replace("_", "/"), KEY, NOW) == Reading("unknown")


@given(ids, moments)
def test_another_services_code_is_forged(public_id: str, now: datetime):
    assert read(make(public_id, b"another key", now), KEY, now).verdict == "forged"


@pytest.mark.parametrize(
    "code", ["", CODE[:-1], CODE + "A", CODE + "=", "https://example.org/v/" + CODE[:14]]
)
def test_another_shape_is_unknown(code: str):
    assert read(code, KEY, NOW) == Reading("unknown")


@effort(max_examples=300)
@given(st.text(max_size=60) | st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH))
def test_whatever_is_scanned_gets_an_answer(text: str):
    assert read(text, KEY, NOW).verdict in {"unknown", "forged"}


def test_the_code_counts_down_and_changes():
    assert [seconds_left(NOW + timedelta(seconds=s)) for s in (0, 1, 29, 30)] == [30, 29, 1, 30]
    assert make(ID, KEY, NOW) == make(ID, KEY, NOW + timedelta(seconds=29))
    assert make(ID, KEY, NOW) != make(ID, KEY, NOW + timedelta(seconds=30))


def test_a_checker_can_take_the_file_alone():
    code = (
        "import json, sys; before = set(sys.modules); import juzhu.credentials.live_code as _; "
        "print(json.dumps(sorted({name.split('.')[0] for name in set(sys.modules) - before} "
        "- set(sys.stdlib_module_names))))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == ["juzhu"]
    assert not {"django", "pydantic"} & set(vars(live_code))
