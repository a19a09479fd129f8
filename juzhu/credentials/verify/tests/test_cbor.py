"""CBOR: published examples, what a deterministic encoder would not write, and another's library beside."""

from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from juzhu.credentials.verify import cbor
from juzhu.credentials.verify.cbor import Tagged
from juzhu.credentials.verify.encoding import LARGEST
from juzhu.credentials.verify.errors import Refused

KEYS = st.integers(-70_000, 70_000) | st.text(max_size=12)
LEAVES = st.integers(-LARGEST, LARGEST) | st.text() | st.binary() | st.booleans() | st.none()
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        (0, "00"), (10, "0a"), (23, "17"), (24, "1818"), (100, "1864"), (1000, "1903e8"),
        (1000000, "1a000f4240"), (1000000000000, "1b000000e8d4a51000"),
        (-1, "20"), (-10, "29"), (-100, "3863"), (-1000, "3903e7"), (False, "f4"), (True, "f5"), (None, "f6"),
        (b"", "40"), (b"\x01\x02\x03\x04", "4401020304"), ("", "60"), ("IETF", "6449455446"), ("ü", "62c3bc"),
        ("水", "63e6b0b4"), ([], "80"), ([1, [2, 3], [4, 5]], "8301820203820405"),
        (list(range(1, 26)), "98190102030405060708090a0b0c0d0e0f101112131415161718181819"), ({}, "a0"),
        ({1: 2, 3: 4}, "a201020304"), ({"a": 1, "b": [2, 3]}, "a26161016162820203"),
        (Tagged(1, 1363896240), "c11a514b67b0"),
    ],
)  # fmt: skip
def test_examples(value: Any, spelled: str) -> None:
    """Source: RFC 8949, appendix A."""
    assert cbor.encode(value).hex() == spelled
    assert cbor.decode(bytes.fromhex(spelled)) == value


@pytest.mark.parametrize(
    "spelled",
    [
        "1817", "190018", "1a0000ffff", "1b00000000ffffffff",  # longer than needed
        "1b0020000000000000", "3b001fffffffffffff", "1bffffffffffffffff",  # too large
        "f97e00", "fa47c35000", "fb3ff199999999999a", "f7", "f0", "f818",  # fractions, other simple values
        "5f42010243030405ff", "7f657374726561646d696e67ff", "9fff", "bfff", "ff",  # open lengths
        "1c", "1f", "3c", "5c", "fc",  # reserved
        "a201020102", "a203040102", "a2616201616101", "a1800102", "a1f601",  # keys twice, in disorder, odd
        "", "18", "19ff", "41", "62c3", "62c328", "8201", "a101", "c1",  # cut off, or no UTF-8
        "9a7fffffff", "ba7fffffff", "5b001fffffffffffff",  # promises too much
        "0000", "818181818181818181" + "00",  # more behind, too deep
    ],
)  # fmt: skip
def test_refuses(spelled: str) -> None:
    with pytest.raises(Refused):
        cbor.decode(bytes.fromhex(spelled))


def test_keys_are_sorted_by_their_bytes() -> None:
    assert cbor.encode({"b": 0, -1: 0, "aa": 0, 10: 0}).hex() == "a40a0020006162006261610" + "0"


@pytest.mark.parametrize("value", [1.5, {1, 2}, (1, 2), bytearray(b"a")])
def test_does_not_write_what_it_would_not_read(value: Any) -> None:
    with pytest.raises(TypeError):
        cbor.encode(value)
    with pytest.raises(ValueError):
        cbor.encode(2**53)


@given(VALUES)
def test_writes_as_another_library_does(value: Any) -> None:
    ours = cbor.encode(value)
    assert cbor2.loads(ours) == value
    assert cbor.decode(ours) == value
