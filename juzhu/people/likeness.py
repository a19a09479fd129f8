"""How alike two records are: pure. A suggestion to an officer, with its reasons, and never a decision.

Two people whom the population register knows each by their own number are two people, whatever else is
alike: so twins, siblings with one phone and namesakes of one day are never suggested.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from juzhu.people.identity_numbers import check_character
from juzhu.people.names import folded

SUGGESTED = 70
NAME, NAME_NEARLY = 40, 25
BORN, BORN_NEARLY = 30, 15
PHONE, HOUSEHOLD = 10, 10
NUMBER, NUMBER_NEARLY = 60, 40
SEX_DIFFERS = -40
OLD_LENGTH, LENGTH = 15, 18


@dataclass(frozen=True, slots=True)
class Card:
    """What a record says of somebody. `number` is confirmed, `claimed` only said; each "" when not there."""

    name: str
    born: date
    sex: int
    number: str = ""
    claimed: str = ""
    phone: str = ""
    household: str = ""


def of(one: Card, other: Card) -> tuple[int, tuple[str, ...]]:
    """A score from 0 to 100 and the codes of what is alike."""
    if one.number and other.number:
        return 0, ("two_numbers",)
    found = [*_numbers(one, other), *_names(one, other), *_births(one, other)]
    if one.phone and one.phone == other.phone:
        found.append(("phone", PHONE))
    if one.household and folded(one.household) == folded(other.household):
        found.append(("household", HOUSEHOLD))
    if {one.sex, other.sex} == {1, 2}:
        found.append(("sex_differs", SEX_DIFFERS))
    score = sum(points for _code, points in found)
    return max(0, min(100, score)), tuple(code for code, _points in found)


def _numbers(one: Card, other: Card) -> list[tuple[str, int]]:
    number = one.number or other.number
    claims = [modern(card.claimed) for card in (one, other) if card.claimed]
    if number and number in claims:
        return [("number", NUMBER)]
    if len(claims) == 2 and claims[0] == claims[1]:
        return [("number", NUMBER)]
    against = [number] if number else claims[1:]
    if claims and against and any(nearly(claim, against[0]) for claim in claims[:1]):
        return [("number_nearly", NUMBER_NEARLY)]
    return []


def _names(one: Card, other: Card) -> list[tuple[str, int]]:
    first, second = folded(one.name), folded(other.name)
    if first == second:
        return [("name", NAME)]
    return [("name_nearly", NAME_NEARLY)] if len(first) > 1 and nearly(first, second) else []


def _births(one: Card, other: Card) -> list[tuple[str, int]]:
    if one.born == other.born:
        return [("born", BORN)]
    near = nearly(f"{one.born:%Y%m%d}", f"{other.born:%Y%m%d}")
    swapped = (one.born.month, one.born.day) == (other.born.day, other.born.month)
    same_but = one.born.year == other.born.year and swapped
    return [("born_nearly", BORN_NEARLY)] if near or same_but else []


def modern(number: str) -> str:
    """An identity number of fifteen digits, as cards bore until 1999, with the century and the check
    character; any other as it is.
    """
    if len(number) != OLD_LENGTH or not number.isdecimal():
        return number
    seventeen = f"{number[:6]}19{number[6:]}"
    return seventeen + check_character(seventeen)


def former(number: str) -> str:
    """The fifteen digits that a card bore for a number of the last century; any other number as it is."""
    if len(number) != LENGTH or number[6:8] != "19":
        return number
    return number[:6] + number[8:17]


def nearly(one: str, other: str) -> bool:
    """Whether two texts differ by one typing error: a sign changed, left out or added, or two exchanged."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        differ = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(differ) == 1:
            return True
        return (
            len(differ) == 2
            and differ[1] == differ[0] + 1
            and (one[differ[0]], one[differ[1]]) == (other[differ[1]], other[differ[0]])
        )
    shorter, longer = sorted((one, other), key=len)
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
