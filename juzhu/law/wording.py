"""A sentence in both languages, and how dates and months are written in each."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


class Text(NamedTuple):
    """One sentence or name, in Chinese and in English."""

    zh: str
    en: str

    def as_json(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}

    def in_(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


@lru_cache(maxsize=4096)
def day_en(day: date) -> str:
    """1 July 2025. The Chinese form is ISO: 2025-07-01."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_en(day: date) -> str:
    """July 2025."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def month_short_en(day: date) -> str:
    """Jul."""
    return _MONTHS[day.month - 1][:3]


def month_zh(day: date) -> str:
    """2025 年 7 月."""
    return f"{day.year} 年 {day.month} 月"


def numeral_zh(n: int) -> str:
    """An article's number, 1 to 9999, in Chinese: 16 is 十六, 202 is 二百零二."""
    written, zero = "", False
    for place, digit in enumerate(reversed(str(n))):
        if digit == "0":
            zero = bool(written)
            continue
        written = _DIGITS[int(digit)] + _UNITS[place] + ("零" if zero else "") + written
        zero = False
    return written.removeprefix("一") if 10 <= n < 20 else written
