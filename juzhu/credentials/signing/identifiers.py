"""The electronic licence's identifier, of the shape that GB/T 36904 gives: root, type, organ, serial, version
and a check character by ISO/IEC 7064 MOD 37,36.

The type code of a residence permit is not published; ours is set by the district, and shown nowhere as
official.
"""

import re
from dataclasses import dataclass

ROOT = "1.2.156.3005.2"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TYPE = re.compile(r"[0-9A-Z]{18}[0-9]{3}")
ORGAN = re.compile(r"[0-9A-Z]{18}")
SERIAL = re.compile(r"[0-9A-Z]+")


@dataclass(frozen=True, slots=True)
class Identifier:
    """The parts after the root: the defining organ's USCC with 3 digits, the issuing organ's USCC, its own
    serial, and the version from 1 to 999.
    """

    type_code: str
    organ: str
    serial: str
    version: int


def identifier(of: Identifier) -> str:
    """As it is written; raises ValueError for a part of another shape."""
    shapes = ((TYPE, of.type_code), (ORGAN, of.organ), (SERIAL, of.serial))
    for shape, part in shapes:
        if not shape.fullmatch(part):
            raise ValueError(part)
    if not 1 <= of.version <= 999:
        raise ValueError(of.version)
    parts = [of.type_code, of.organ, of.serial, f"{of.version:03}"]
    return ".".join([ROOT, *parts, check_character("".join(parts))])


def read(text: str) -> Identifier | None:
    """The parts of an identifier whose check character is right; None for any other text."""
    if not text.startswith(ROOT + "."):
        return None
    parts = text.removeprefix(ROOT + ".").split(".")
    if len(parts) != 5 or not re.fullmatch(r"[0-9]{3}", parts[3]):
        return None
    try:
        found = Identifier(parts[0], parts[1], parts[2], int(parts[3]))
        return found if identifier(found) == text else None
    except ValueError:
        return None


def check_character(text: str) -> str:
    """ISO/IEC 7064 MOD 37,36 over digits and capital letters; raises ValueError for others."""
    product = 36
    for character in text:
        total = (product + ALPHABET.index(character)) % 36 or 36
        product = total * 2 % 37
    return ALPHABET[(37 - product) % 36]
