"""Reading one typed answer: what a person writes into a cell or a field, as a value of its sort, and back."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from juzhu.evidence.fields import Asked
from juzhu.people.identity_numbers import check_character, normalised

DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[ T]0?0:00(?::00(?:\.0+)?)?)?"
    r"|(\d{4})(\d{2})(\d{2})"
)
MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?|(\d{4})(\d{2})")
YES = frozenset({"是", "有", "对", "yes", "y", "true", "1", "√"})
NO = frozenset({"否", "无", "没有", "不是", "no", "n", "false", "0", "×"})
BETWEEN = re.compile(r"[、,，;；\n]+")
SOMEBODY = re.compile(r"(.+?)[\s(（:：]*([1-9][0-9]{16}[0-9Xx])?\s*[)）]?")


class CellFault(ValueError):
    """A cell that can't be read. Its text says what is wrong, to whoever wrote it."""


def read(field: Asked, text: str) -> Any:
    """The value of an answer; None when it was left empty. Raises CellFault."""
    text = text.strip()
    if not text:
        if field.required:
            raise CellFault(_("没有填。"))
        return None
    reader = _READERS.get(field.sort)
    return text if reader is None else reader(field, text)


def _day(_field: Asked, text: str) -> str:
    found = DAY.fullmatch(text) or DAY.fullmatch(unicodedata.normalize("NFKC", text))
    parts = [int(part) for part in found.groups() if part] if found else []
    try:
        return date(*parts).isoformat()
    except (TypeError, ValueError) as error:
        raise CellFault(_("“%(text)s”不是日期。请写成 2026-03-01 这样。") % {"text": text[:20]}) from error


def _month(_field: Asked, text: str) -> str:
    found = MONTH.fullmatch(text)
    parts = [int(part) for part in found.groups() if part] if found else []
    if not parts and DAY.fullmatch(text):
        return _day(_field, text)[:7]
    if len(parts) != 2 or not 1 <= parts[1] <= 12:
        raise CellFault(_("“%(text)s”不是月份。请写成 2026-03 这样。") % {"text": text[:20]})
    return f"{parts[0]:04d}-{parts[1]:02d}"


def _truth(_field: Asked, text: str) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise CellFault(_("请写“是”或“否”。"))


def _choice(field: Asked, text: str) -> str:
    for code, word in (field.choices or {}).items():
        if text in {code, str(word), in_chinese(word)}:
            return code
    words = _("、").join(str(word) for word in (field.choices or {}).values())
    raise CellFault(_("“%(text)s”不在可以选的里面：%(words)s。") % {"text": text[:20], "words": words})


def _kinds(field: Asked, text: str) -> list[str]:
    parts = [part.strip() for part in BETWEEN.split(text) if part.strip()]
    found = [_choice(field, part.removesuffix("保险")) for part in parts]
    return sorted(set(found), key=list(field.choices or {}).index)


def _identity(_field: Asked, text: str) -> str:
    number = normalised(text)
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number):
        raise CellFault(_("公民身份号码是 18 位：17 位数字，最后一位是数字或 X。"))
    if check_character(number[:17]) != number[17]:
        raise CellFault(_("公民身份号码最后一位对不上，请对照证件再看一遍。"))
    return number


def _division(_field: Asked, text: str) -> str:
    if not re.fullmatch(r"[0-9]{6}", text):
        raise CellFault(_("请写 6 位行政区划代码，例如 330105。"))
    return text


def _number(_field: Asked, text: str) -> float:
    try:
        value = float(text.replace(",", "").replace("，", ""))
    except ValueError as error:
        raise CellFault(_("“%(text)s”不是数字。") % {"text": text[:20]}) from error
    if not 0 <= value < 1e9:
        raise CellFault(_("“%(text)s”不是数字。") % {"text": text[:20]})
    return round(value, 2)


def _count(field: Asked, text: str) -> int:
    value = _number(field, text)
    if value != int(value):
        raise CellFault(_("请写整数。"))
    return int(value)


def _names(_field: Asked, text: str) -> list[str]:
    return [part.strip() for part in BETWEEN.split(text) if part.strip()]


def _people(field: Asked, text: str) -> list[dict[str, str]]:
    rows = []
    for part in _names(field, text):
        found = SOMEBODY.fullmatch(part)
        name, number = (found.group(1), found.group(2) or "") if found else (part, "")
        if re.search(r"[0-9]{6}", name):
            raise CellFault(_("“%(text)s”里的证号不是 18 位。") % {"text": part[:30]})
        rows.append({"name": name.strip(), "identity_number": _identity(field, number) if number else ""})
    return rows


_READERS: dict[str, Callable[[Asked, str], Any]] = {
    "day": _day,
    "month": _month,
    "truth": _truth,
    "choice": _choice,
    "kinds": _kinds,
    "identity": _identity,
    "division": _division,
    "area": _number,
    "count": _count,
    "money": lambda field, text: round(_number(field, text) * 100),
    "names": _names,
    "people": _people,
    "code": lambda _field, text: text.upper().replace(" ", ""),
}


def written(field: Asked, value: Any) -> str:
    """A stored value as somebody would type it: what `read` takes back."""
    if value is None or value == "" or value == []:
        return ""
    if field.sort == "truth":
        return _("是") if value else _("否")
    if field.sort == "choice":
        return str((field.choices or {}).get(str(value), value))
    if field.sort == "kinds":
        return _("、").join(str((field.choices or {}).get(kind, kind)) for kind in value)
    if field.sort == "money":
        return f"{value / 100:.2f}".removesuffix(".00")
    if field.sort == "names":
        return _("、").join(value)
    if field.sort == "people":
        return _("；").join(f"{row['name']} {row.get('identity_number', '')}".strip() for row in value)
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def in_chinese(words: Any) -> str:
    """A word as it stands on a sheet, whatever the language of the page."""
    with override("zh-hans"):
        return str(words)
