"""Unified social credit codes (统一社会信用代码) by GB 32100: shape and check character, no more."""

import re

from juzhu.people.errors import CreditCodeInvalid
from juzhu.people.identity_numbers import normalised

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Digits and capitals without I, O, S, V and Z, in the order of their values."""
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
SHAPE = re.compile(rf"[{CHARACTERS}]{{2}}[0-9]{{6}}[{CHARACTERS}]{{10}}")


def check_character(first_seventeen: str) -> str:
    """The eighteenth character, by GB 32100 annex: weights 3^i, modulus 31."""
    total = sum(
        weight * CHARACTERS.index(letter) for weight, letter in zip(WEIGHTS, first_seventeen, strict=True)
    )
    return CHARACTERS[-total % 31]


def parse(text: str) -> str:
    """A code as it is stored, from what somebody typed: spaces and small letters are forgiven.

    Raises CreditCodeInvalid with a sentence that says what is wrong and what to do.
    """
    code = normalised(text)
    if not SHAPE.fullmatch(code):
        raise CreditCodeInvalid
    if check_character(code[:17]) != code[17]:
        raise CreditCodeInvalid(reason="check")
    return code
