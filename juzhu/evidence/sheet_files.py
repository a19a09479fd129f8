"""Sheets as files: the template of a kind, reading what was filled in, giving back what was wrong.

Nothing is computed by a sheet that we write, and nothing that a sheet computes is taken: text goes in and out
as text, and a cell with a formula is named.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from python_calamine import CalamineWorkbook

from juzhu.evidence.cells import in_chinese
from juzhu.evidence.errors import SheetRefused
from juzhu.evidence.fields import FIELDS, Asked
from juzhu.evidence.kinds import NAMES, Kind
from juzhu.operations.errors import Sentence
from juzhu.operations.files import LARGEST

MOST_ROWS = 5000
MOST_COLUMNS = 60
MOST_UNPACKED = 120 * 1024 * 1024
EXAMPLE = "（示例）"
"""A row whose name begins so is the template's own, and is passed over."""

PERSON = (
    Asked("person_name", gettext_lazy("姓名"), required=True, example=f"{EXAMPLE}周晓芸"),
    Asked("person_number", gettext_lazy("公民身份号码"), "identity", True, example="341221199308170023"),
)
FORMULA, LOST = "formula", "lost_digits"
BROKEN: dict[str, Sentence] = {
    FORMULA: gettext_lazy("这一格是公式。请粘贴成数值。"),
    LOST: gettext_lazy("号码被表格软件变成了数字，最后几位丢了。请把这一列设成文本再填。"),
}
"""What can be seen of a cell only while its file is read."""

_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]+")
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=\"([A-Z]+)([0-9]+)\"[^>]*?(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br=\"([0-9]+)\"")
_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")

Row = dict[str, Any]
"""{"line": number in the file, "cells": {column: text}, "broken": {column: code}}."""


def columns(kind: Kind) -> tuple[Asked, ...]:
    """The columns of a kind's sheet: whose word it is about, then its fields."""
    return (*PERSON, *FIELDS[kind])


def heading(column: Asked) -> str:
    """A column's head, in Chinese on every sheet."""
    return in_chinese(column.label) + ("*" if column.required else "")


def template(kind: Kind) -> bytes:
    """An empty sheet with an example row, and a second one with notes on every column."""
    asked = columns(kind)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        head, text = book.add_format({"bold": True, "bg_color": "#d9eaec", "num_format": "@"}), _text(book)
        sheet = book.add_worksheet("填报")
        sheet.freeze_panes(1, 2)
        for at, column in enumerate(asked):
            sheet.set_column(at, at, 22 if column.sort in {"identity", "text", "people"} else 14, text)
            sheet.write_string(0, at, heading(column), head)
            sheet.write_string(1, at, column.example, book.add_format({"italic": True, "num_format": "@"}))
            if words := _offered(column):
                sheet.data_validation(2, at, MOST_ROWS, at, {"validate": "list", "source": words})
        _notes(book, kind, asked)
    return out.getvalue()


def _text(book: xlsxwriter.Workbook) -> Any:
    return book.add_format({"num_format": "@"})


def _offered(column: Asked) -> list[str]:
    if column.sort == "truth":
        return ["是", "否"]
    return [in_chinese(word) for word in (column.choices or {}).values()] if column.sort == "choice" else []


def _notes(book: xlsxwriter.Workbook, kind: Kind, asked: Sequence[Asked]) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 3, 40)
    lines = [
        f"{in_chinese(NAMES[kind])}：一行一条，第一行的列名不要改，列的先后可以换。",
        f"带 * 的必填。以“{EXAMPLE}”开头的行不会读入。一张表最多 {MOST_ROWS} 行。",
    ]
    if kind is Kind.INSURANCE:
        lines.append("一行一个月。一个人的月份要写全：这张表代替他以前的全部记录。")
    for at, line in enumerate(lines):
        sheet.write_string(at, 0, line)
    bold = book.add_format({"bold": True})
    for at, word in enumerate(("列名", "怎么填", "可以填", "例子")):
        sheet.write_string(len(lines) + 1, at, word, bold)
    for at, column in enumerate(asked, len(lines) + 2):
        words = _offered(column) or [in_chinese(word) for word in (column.choices or {}).values()]
        how = in_chinese(column.hint) or _HOW.get(column.sort, "")
        for place, text in enumerate((heading(column), how, "、".join(words), column.example)):
            sheet.write_string(at, place, text)


_HOW = {
    "day": "2026-03-01",
    "month": "2026-03",
    "identity": "18 位，这一列用文本格式",
    "truth": "是或否",
    "money": "元",
}


def returned(kind: Kind, rows: Iterable[tuple[Mapping[str, str], str]]) -> bytes:
    """The rows that were not taken, as they were typed, each with its reason."""
    asked = columns(kind)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        text, red = _text(book), book.add_format({"num_format": "@", "font_color": "#a3271d"})
        sheet = book.add_worksheet("退回")
        for at, column in enumerate(asked):
            sheet.set_column(at, at, 18, text)
            sheet.write_string(0, at, heading(column))
        sheet.set_column(len(asked), len(asked), 60, text)
        sheet.write_string(0, len(asked), REASON)
        for line, (cells, reason) in enumerate(rows, 1):
            for at, column in enumerate(asked):
                sheet.write_string(line, at, cells.get(column.name, ""), text)
            sheet.write_string(line, len(asked), reason, red)
    return out.getvalue()


REASON = "退回原因"


def read(kind: Kind, content: bytes, name: str) -> list[Row]:
    """The rows of a filled-in sheet, by its content: .xlsx, or .csv in UTF-8 or GB18030. Raises
    SheetRefused.
    """
    if len(content) > LARGEST:
        raise SheetRefused(_("“%(name)s”超过 10 MB。请分成几张。") % {"name": name}, reason="too_large")
    if not content.strip():
        raise SheetRefused(_("“%(name)s”是空的。请重新选择文件。") % {"name": name}, reason="empty")
    if content[:4] == b"PK\x03\x04":
        grid, formulas = _xlsx(content, name)
    elif content[:4] == b"\xd0\xcf\x11\xe0":
        raise SheetRefused(
            _("“%(name)s”是旧的 .xls 格式，或者设了密码。请另存成 .xlsx。") % {"name": name}, reason="xls"
        )
    else:
        grid, formulas = _csv(content, name), set()
    return _rows(kind, grid, formulas, name)


def _xlsx(content: bytes, name: str) -> tuple[list[list[Any]], set[tuple[int, int]]]:
    broken = SheetRefused(_("“%(name)s”打不开，可能没有存完整。请另存成 .xlsx 再传。") % {"name": name})
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            if sum(part.file_size for part in pack.infolist()) > MOST_UNPACKED:
                raise _too_many(name)
            parts = [part for part in pack.namelist() if part.startswith("xl/worksheets/")]
            # The reader lays a sheet out whole: a single cell far out would cost all memory.
            if any(_reaches_too_far(pack.read(part)) for part in parts if part.endswith(".xml")):
                raise _too_many(name)
            formulas = _formulas(pack.read(_first_sheet(pack)))
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False), formulas
    except SheetRefused:
        raise
    except Exception as error:  # readers of strangers' bytes raise whatever they like
        raise broken from error


def _too_many(name: str) -> SheetRefused:
    said = _("“%(name)s”太大：一张表最多 %(n)s 行。请分成几张。") % {"name": name, "n": MOST_ROWS}
    return SheetRefused(said, reason="too_many")


def _reaches_too_far(xml: bytes) -> bool:
    rows = (int(found) for found in _ROW.findall(xml))
    if any(row > 4 * MOST_ROWS for row in rows):
        return True
    return any(int(row) > 4 * MOST_ROWS or len(column) > 2 for column, row, _inside in _CELL.findall(xml))


def _first_sheet(pack: zipfile.ZipFile) -> str:
    book, ties = pack.read("xl/workbook.xml"), pack.read("xl/_rels/workbook.xml.rels")
    found = re.search(rb"<(?:\w+:)?sheet\s[^>]*?\br:id=\"([^\"]+)\"", book)
    for tie in re.findall(rb"<Relationship\s[^>]*>", ties):
        target = re.search(rb"Target=\"([^\"]+)\"", tie)
        if found and target and b'Id="' + found[1] + b'"' in tie:
            path = target[1].decode()
            return path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    raise KeyError("no first sheet")


def _formulas(xml: bytes) -> set[tuple[int, int]]:
    """Places of the cells with a formula: (row, column), from nought."""
    found = set()
    for letters, row, inside in _CELL.findall(xml):
        if _HAS_FORMULA.search(inside):
            column = 0
            for letter in letters.decode():
                column = column * 26 + ord(letter) - 64
            found.add((int(row) - 1, column - 1))
    return found


def _csv(content: bytes, name: str) -> list[list[Any]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = "\0"
    if "\0" in text:
        raise SheetRefused(
            _("“%(name)s”不是 .xlsx，也不是文本的 .csv。请用模板填好再传。") % {"name": name}, reason="type"
        )
    head = text.split("\n", 1)[0]
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in head else ","))
    except csv.Error as error:
        raise SheetRefused(
            _("“%(name)s”打不开，可能没有存完整。请另存成 .xlsx 再传。") % {"name": name}, reason="broken"
        ) from error


def _rows(kind: Kind, grid: list[list[Any]], formulas: set[tuple[int, int]], name: str) -> list[Row]:
    at = next((n for n, row in enumerate(grid) if any(_text_of(cell) for cell in row)), None)
    if at is None:
        raise SheetRefused(_("“%(name)s”是空的。请重新选择文件。") % {"name": name}, reason="empty")
    places = _placed(kind, [_text_of(cell) for cell in grid[at][:MOST_COLUMNS]], name)
    rows: list[Row] = []
    for number, cells in enumerate(grid[at + 1 :], at + 1):
        row = _row(number, cells, places, formulas)
        if not any(row["cells"].values()) or row["cells"].get("person_name", "").startswith(EXAMPLE):
            continue
        rows.append(row)
        if len(rows) > MOST_ROWS:
            raise _too_many(name)
    if not rows:
        raise SheetRefused(_("“%(name)s”里只有列名，没有内容。") % {"name": name}, reason="no_rows")
    return rows


def _placed(kind: Kind, heads: list[str], name: str) -> dict[int, Asked]:
    """Which column stands where. Raises SheetRefused for one that is missing or unknown."""
    known = {heading(column).rstrip("*"): column for column in columns(kind)}
    heads = [head.rstrip("*＊ ").strip() for head in heads]
    strange = [head for head in heads if head and head not in known and head != REASON]
    missing = [head for head, column in known.items() if column.required and head not in heads]
    if strange or missing or len({*filter(None, heads)}) < len([*filter(None, heads)]):
        said = _("“%(name)s”的列名和模板对不上。") % {"name": name}
        said += _("缺：%(words)s。") % {"words": "、".join(missing)} if missing else ""
        said += _("不认识：%(words)s。") % {"words": "、".join(strange)[:200]} if strange else ""
        raise SheetRefused(said + _("请下载模板，不要改第一行。"), reason="columns")
    return {at: known[head] for at, head in enumerate(heads) if head in known}


def _row(number: int, cells: list[Any], places: dict[int, Asked], formulas: set[tuple[int, int]]) -> Row:
    said: dict[str, str] = {}
    broken: dict[str, str] = {}
    for at, column in places.items():
        value = cells[at] if at < len(cells) else ""
        said[column.name] = _text_of(value)[:500]
        if (number, at) in formulas:
            broken[column.name] = FORMULA
        elif column.sort == "identity" and _lost(value):
            broken[column.name] = LOST
    return {"line": number + 1, "cells": said, "broken": broken}


def _lost(value: Any) -> bool:
    """Whether a number as long as this was rounded: fifteen digits are all that a spreadsheet keeps."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return abs(value) >= 1e15
    return isinstance(value, str) and bool(_SCIENTIFIC.fullmatch(value.strip()))


def _text_of(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    return "" if value is None else str(value).replace("\0", "").strip()
