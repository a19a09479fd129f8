"""How dates, names and identity numbers are written, on pages and on papers alike. Pure but for `language`.

`design.formats` has what only pages need.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

Language = Literal["zh", "en"]
MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
NAME_DOTS = re.compile(r"[·•‧・．]")


def language() -> Language:
    """The language of the present request."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def chosen(value: Any, lang: Language) -> Any:
    """The side of `value` in `lang`: of a mapping or an object with `zh` and `en`; anything else is itself.

    A missing English side falls back to the Chinese one, which is the law's.
    """
    if isinstance(value, Mapping):
        return value.get(lang) or value.get("zh", "")
    if hasattr(value, "zh") and hasattr(value, "en"):
        return (value.en or value.zh) if lang == "en" else value.zh
    return value


def day(value: date, lang: Language) -> str:
    """`2026-05-01` or `1 May 2026`."""
    return value.isoformat()[:10] if lang == "zh" else f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def document_day(value: date, lang: Language) -> str:
    """As official papers write it: `2026年5月1日`."""
    return f"{value.year}年{value.month}月{value.day}日" if lang == "zh" else day(value, lang)


def mask_id(number: str) -> str:
    """Identity number with the birth hidden: `341221********0023`; of other papers both ends. Nothing yet
    while the identity is pending.
    """
    text = number.strip()
    if not text:
        return _("待核实")
    if len(text) in (15, 18):
        return f"{text[:6]}{'*' * (len(text) - 10)}{text[-4:]}"
    return f"{text[:2]}{'*' * (len(text) - 4)}{text[-2:]}" if len(text) > 6 else "*" * len(text)


def mask_name(name: str) -> str:
    """A name in verification and public lists: `李*`, `周*芸`, `阿依努尔·*`.

    A name with a dot (and one in Latin letters, by its first space) shows its first part only.
    """
    text = name.strip()
    dot = NAME_DOTS.search(text)
    if dot:
        return f"{text[: dot.start()]}·*"
    if " " in text:
        return f"{text.split()[0]} *"
    if len(text) <= 2:
        return f"{text[0]}*" if len(text) == 2 else "*"
    return f"{text[0]}{'*' * (len(text) - 2)}{text[-1]}"
