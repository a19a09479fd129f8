"""How dates, numbers, names and identity numbers are written. Pure: no request, no clock, no database.

Everything takes the language as an argument; `language()` alone asks Django which one is active.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from juzhu.operations.writing import MONTHS as MONTHS
from juzhu.operations.writing import Language as Language
from juzhu.operations.writing import chosen as chosen
from juzhu.operations.writing import day as day
from juzhu.operations.writing import document_day as document_day
from juzhu.operations.writing import language as language
from juzhu.operations.writing import mask_id as mask_id
from juzhu.operations.writing import mask_name as mask_name

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


def short_day(value: date, lang: Language) -> str:
    """For the feet of an arch and narrow columns: `2026-05-01` or `1 Nov 2026`."""
    return (
        value.isoformat()[:10] if lang == "zh" else f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"
    )


def row_day(value: date, lang: Language) -> str:
    """Without the year, for officers' rows: `05-01` or `1 May`."""
    return f"{value:%m-%d}" if lang == "zh" else f"{value.day} {MONTHS[value.month - 1][:3]}"


def month(value: date, lang: Language) -> str:
    """`2025-03` or `Mar 2025`."""
    return f"{value:%Y-%m}" if lang == "zh" else f"{MONTHS[value.month - 1][:3]} {value.year}"


DAY_STYLES: dict[str, Callable[[date, Language], str]] = {
    "full": day,
    "short": short_day,
    "document": document_day,
    "row": row_day,
    "month": month,
}


def machine_day(value: date, style: str) -> str:
    """What stands in `<time datetime>`: the day, or the month alone where only that is written."""
    return value.isoformat()[: 7 if style == "month" else 10]


def weekday(value: date, lang: Language) -> str:
    """`周一` or `Mon`."""
    return f"周{WEEKDAYS['zh'][value.weekday()]}" if lang == "zh" else WEEKDAYS["en"][value.weekday()]


def period(start: date, end: date, lang: Language) -> str:
    """`2025-10-20 到 2026-10-19`, both days included."""
    word = "到" if lang == "zh" else "to"
    return f"{day(start, lang)} {word} {day(end, lang)}"


def in_shanghai(value: datetime) -> datetime:
    """The same moment on the wall clock of Hangzhou. A naive moment is the caller's mistake: ValueError."""
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone")
    return value.astimezone(SHANGHAI)


def moment(value: datetime, lang: Language) -> str:
    """`2026-05-09 18:20` or `9 May 2026, 18:20`, 24 hours, Asia/Shanghai."""
    local = in_shanghai(value)
    return f"{day(local.date(), lang)}{' ' if lang == 'zh' else ', '}{local:%H:%M}"


def row_moment(value: datetime, lang: Language) -> str:
    """Without the year: `05-09 18:20` or `9 May 18:20`."""
    local = in_shanghai(value)
    return f"{row_day(local.date(), lang)} {local:%H:%M}"


def grouped(value: float) -> str:
    """Thousands set apart: `11,495`, `93.5`."""
    return f"{value:,}"


def small_count(value: int) -> str:
    """A count for the public: below ten it is not told, since it could point at a person."""
    return "<10" if 0 < value < 10 else grouped(value)


def file_size(size: int) -> str:
    """Bytes in words people know: `840 KB`, `1.8 MB`."""
    return f"{max(1, round(size / 1024))} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"


def mask_phone(number: str) -> str:
    """`138****6071`; of anything shorter than a mobile number only the last two digits."""
    digits = re.sub(r"[\s\-]|^\+?86(?=1\d{10}$)", "", re.sub(r"[\s\-]", "", number))
    if len(digits) >= 11:
        return f"{digits[:3]}{'*' * (len(digits) - 7)}{digits[-4:]}"
    return "*" * max(0, len(digits) - 2) + digits[-2:] if len(digits) > 4 else "*" * len(digits)
