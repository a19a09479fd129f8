"""Identifiers of electronic licences, by a published sample and by the check character's own standard."""

from dataclasses import replace
from typing import Any

import pytest

from juzhu.credentials.signing.identifiers import Identifier, check_character, identifier, read

PUBLISHED = "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0"
"""A licence of the district, as it is published."""
PARTS = Identifier("11100000000013338W009", "11330105002500287C", "2025052201", 2)


def test_the_published_sample() -> None:
    assert identifier(PARTS) == PUBLISHED
    assert read(PUBLISHED) == PARTS


def test_the_check_character_of_another_scheme() -> None:
    """The Global Release Identifier uses the same one: A1-2425G-ABC1234002-M."""
    assert check_character("A12425GABC1234002") == "M"


@pytest.mark.parametrize(
    "text",
    [
        PUBLISHED[:-1] + "1",
        PUBLISHED.replace("2025052201", "2025052210"),
        PUBLISHED.replace("002.0", "2.0"),
        PUBLISHED.replace(".002.", ".００2."),
        PUBLISHED.replace("3005.2", "3005.3"),
        PUBLISHED.lower(),
        PUBLISHED[2:],
        PUBLISHED + ".0",
        "",
    ],
)
def test_refuses(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"type_code": "111"},
        {"organ": "113"},
        {"serial": "a-1"},
        {"serial": ""},
        {"version": 0},
        {"version": 1000},
    ],
)
def test_makes_no_other_shape(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        identifier(replace(PARTS, **changed))


def test_every_single_slip_and_exchange_of_neighbours_is_found() -> None:
    """What MOD 37,36 promises."""
    text = PUBLISHED.removeprefix("1.2.156.3005.2.")
    for at, character in enumerate(text[:-2]):
        if character == ".":
            continue
        other = "X" if character != "X" else "Y"
        assert read(f"1.2.156.3005.2.{text[:at]}{other}{text[at + 1 :]}") is None
        follower = text[at + 1]
        if follower not in (".", character):
            assert read(f"1.2.156.3005.2.{text[:at]}{follower}{character}{text[at + 2 :]}") is None
