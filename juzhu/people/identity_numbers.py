"""Citizen identity numbers, by GB 11643: shape, date and check digit, and nothing else.

The region prefix is only looked up to warn: real numbers bear prefixes that were abolished decades ago.
"""

import re
from dataclasses import dataclass
from datetime import date
from operator import mul

from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import Sentence
from juzhu.people.divisions import PROVINCES
from juzhu.people.errors import IdentityNumberInvalid

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘ", "0123456789X")
EARLIEST_BIRTH = date(1900, 1, 1)
SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")
RESIDENCE_PERMIT_REGIONS = {"81": _("香港"), "82": _("澳门"), "83": _("台湾")}
_OTHERS = frozenset("89")
"""What numbers of other regimes begin with, if they have our shape."""
FOREIGNER = re.compile(r"9[0-9]{17}|[A-Z]{3}[0-9]{12}")


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A valid number and what can be read off it. `sex` is GB/T 2261.1: 1 male, 2 female."""

    text: str
    born: date
    sex: int
    warning: Sentence = ""


def normalised(text: str) -> str:
    """The one way in which a number is stored: no spaces, a large X, half-width digits."""
    number = (text if text.isalnum() else "".join(text.split())).upper()
    return number if number.isascii() else number.translate(FULL_WIDTH)


def check_character(first_seventeen: str) -> str:
    """The eighteenth character, ISO 7064 MOD 11-2. Raises ValueError for anything but seventeen digits."""
    if len(first_seventeen) != len(WEIGHTS):
        raise ValueError(first_seventeen)
    return CHECK_CHARACTERS[sum(map(mul, WEIGHTS, map(int, first_seventeen))) % 11]


def parse(text: str, today: date) -> IdentityNumber:
    """Read a number as somebody typed it: spaces and a small x are forgiven.

    Raises IdentityNumberInvalid with a sentence that says what is wrong and what to do.
    """
    number = normalised(text)
    if number[:1] in _OTHERS or not SHAPE.fullmatch(number):
        _refuse_another_shape(number)
    born = _date(number, today)
    if check_character(number[:17]) != number[17]:
        raise IdentityNumberInvalid(
            _("公民身份号码最后一位对不上，请对照证件再看一遍。"), reason="check_digit"
        )
    known = number[:2] in PROVINCES
    warning = "" if known else _("号码开头的地区代码我们没见过。对照证件没错的话，可以继续。")
    return IdentityNumber(number, born, 1 if int(number[16]) % 2 else 2, warning)


def _refuse_another_shape(number: str) -> None:
    """Say of which sort a number is that is none of ours. One of ours passes."""
    if number[:2] in RESIDENCE_PERMIT_REGIONS and len(number) == 18:
        raise IdentityNumberInvalid(
            _("这是港澳台居民居住证号码，不适用本办法。请按《港澳台居民居住证申领发放办法》到派出所办理。"),
            reason="other_regime",
        )
    if FOREIGNER.fullmatch(number):
        raise IdentityNumberInvalid(
            _("这是外国人证件号码，不适用本办法。外国人请到派出所办理住宿登记。"), reason="other_regime"
        )
    if re.fullmatch(r"[0-9]{15}", number):
        raise IdentityNumberInvalid(
            _("15 位的旧号码已经停用，请填 18 位的公民身份号码。"), reason="old_number"
        )
    if not SHAPE.fullmatch(number):
        raise IdentityNumberInvalid(
            _("公民身份号码是 18 位：17 位数字，最后一位是数字或 X。"), reason="shape"
        )


def _date(number: str, today: date) -> date:
    try:
        born = date.fromisoformat(number[6:14])
    except ValueError as error:
        raise IdentityNumberInvalid(
            _("公民身份号码第 7 到 14 位是出生日期，这个日期不存在。请对照证件再看一遍。"), reason="date"
        ) from error
    if not EARLIEST_BIRTH <= born <= today:
        raise IdentityNumberInvalid(_("公民身份号码里的出生日期不对。请对照证件再看一遍。"), reason="date")
    return born


def complete(prefix: str, born: date, order: int) -> str:
    """An invented number with a valid check digit, for the demo and for tests: prefix, birth, 3-digit
    order.
    """
    body = f"{prefix}{born:%Y%m%d}{order:03d}"
    return body + check_character(body)
