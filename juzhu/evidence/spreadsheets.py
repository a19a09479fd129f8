"""Tables as files, whatever they are about: a template, reading what was filled in, giving back the wrong.

Nothing is computed by a sheet that we write, and nothing that a sheet computes is taken: text goes in and out
as text, and a cell with a formula is named. Departments' sheets and reporters' sheets are read here alike.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from python_calamine import CalamineWorkbook

from juzhu.evidence.cells import in_chinese
from juzhu.evidence.errors import SheetRefused
from juzhu.evidence.fields import Asked
from juzhu.operations.errors import Sentence
from juzhu.operations.files import LARGEST

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_COLUMNS = 60
LONGEST = 500
"""Signs that are taken of a cell."""
MOST_UNPACKED = 120 * 1024 * 1024
EXAMPLE = "（示例）"
"""A row whose name begins so is the template's own, and is passed over."""
REASON = "退回原因"
FORMULA, LOST = "formula", "lost_digits"
BROKEN: dict[str, Sentence] = {
    FORMULA: gettext_lazy("这一格是公式。请粘贴成数值。"),
    LOST: gettext_lazy("号码被表格软件变成了数字，最后几位丢了。请把这一列设成文本再填。"),
}
"""What can be seen of a cell only while its file is read."""

_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]+")
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=\"([A-Z]+)([0-9]+)\"")
_PLACE = re.compile(rb"<(?:\w+:)?(?:c|row)[\s/>]")
_FAR = re.compile(rb"<(?:\w+:)?(?:c|row)\s[^>]*?\br=\"(?:[A-Z]{3,}[0-9]|[A-Z]*([0-9]{5,})\")")
_FORMULA = re.compile(rb"f[\s>/]")
_PREFIX = re.compile(rb"<(?:\w+:)?")
LONGEST_PREFIX = 64
_HOW = {
    "day": "2026-03-01",
    "month": "2026-03",
    "identity": "18 位，这一列用文本格式",
    "truth": "是或否",
    "money": "元",
}

Places = set[tuple[int, int]]
"""Cells by (row, column), from nought."""
Row = dict[str, Any]
"""{"line": number in the file, "cells": {column: text}, "broken": {column: code}}."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a sheet looks like, and how much of it is taken. `named` is the column that every row's name
    stands in, by which the template's own example is known.
    """

    title: str
    columns: tuple[Asked, ...]
    named: str
    most_rows: int
    notes: tuple[str, ...] = ()
    largest: int = LARGEST


def heading(column: Asked) -> str:
    """A column's head, in Chinese on every sheet."""
    return in_chinese(column.label) + ("*" if column.required else "")


# Writing


def template(form: Form) -> bytes:
    """An empty sheet with an example row, and a second one with notes on every column."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        head, text = book.add_format({"bold": True, "bg_color": "#d9eaec", "num_format": "@"}), _text(book)
        example = book.add_format({"italic": True, "num_format": "@"})
        sheet = book.add_worksheet("填报")
        sheet.freeze_panes(1, 2)
        for at, column in enumerate(form.columns):
            sheet.set_column(at, at, 22 if column.sort in {"identity", "text", "people"} else 14, text)
            sheet.write_string(0, at, heading(column), head)
            sheet.write_string(1, at, column.example, example)
            if words := _offered(column):
                sheet.data_validation(2, at, form.most_rows, at, {"validate": "list", "source": words})
        _notes(book, form)
    return out.getvalue()


def _text(book: xlsxwriter.Workbook) -> Any:
    return book.add_format({"num_format": "@"})


def _offered(column: Asked) -> list[str]:
    if column.sort == "truth":
        return ["是", "否"]
    return [in_chinese(word) for word in (column.choices or {}).values()] if column.sort == "choice" else []


def _notes(book: xlsxwriter.Workbook, form: Form) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 3, 40)
    lines = [
        f"{form.title}：一行一条，第一行的列名不要改，列的先后可以换。",
        f"带 * 的必填。以“{EXAMPLE}”开头的行不会读入。一张表最多 {form.most_rows} 行。",
        *form.notes,
    ]
    for at, line in enumerate(lines):
        sheet.write_string(at, 0, line)
    bold = book.add_format({"bold": True})
    for at, word in enumerate(("列名", "怎么填", "可以填", "例子")):
        sheet.write_string(len(lines) + 1, at, word, bold)
    for at, column in enumerate(form.columns, len(lines) + 2):
        words = _offered(column) or [in_chinese(word) for word in (column.choices or {}).values()]
        how = in_chinese(column.hint) or _HOW.get(column.sort, "")
        for place, text in enumerate((heading(column), how, "、".join(words), column.example)):
            sheet.write_string(at, place, text)


def returned(form: Form, rows: Iterable[tuple[Mapping[str, str], str]]) -> bytes:
    """The rows that were not taken, as they were typed, each with its reason."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "constant_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        text, red = _text(book), book.add_format({"num_format": "@", "font_color": "#a3271d"})
        sheet = book.add_worksheet("退回")
        for at, _column in enumerate(form.columns):
            sheet.set_column(at, at, 18, text)
        sheet.set_column(len(form.columns), len(form.columns), 60, text)
        for at, column in enumerate(form.columns):
            sheet.write_string(0, at, heading(column))
        sheet.write_string(0, len(form.columns), REASON)
        for line, (cells, reason) in enumerate(rows, 1):
            for at, column in enumerate(form.columns):
                sheet.write_string(line, at, cells.get(column.name, ""), text)
            sheet.write_string(line, len(form.columns), reason, red)
    return out.getvalue()


# Reading


def read(form: Form, content: bytes, name: str) -> Iterator[Row]:
    """The rows of a filled-in sheet, by its content: .xlsx, or .csv in UTF-8 or GB18030. Raises SheetRefused:
    at once for a file or heads that are not ours, on the way for too many rows or none.
    """
    if len(content) > form.largest:
        said = _("“%(name)s”超过 %(n)s MB。请分成几张。") % {"name": name, "n": form.largest // 1024**2}
        raise SheetRefused(said, reason="too_large")
    if not content.strip():
        raise SheetRefused(_("“%(name)s”是空的。请重新选择文件。") % {"name": name}, reason="empty")
    formulas: Places = set()
    if content[:4] == b"PK\x03\x04":
        grid, formulas = _xlsx(form, content, name)
    elif content[:4] == b"\xd0\xcf\x11\xe0":
        raise SheetRefused(
            _("“%(name)s”是旧的 .xls 格式，或者设了密码。请另存成 .xlsx。") % {"name": name}, reason="xls"
        )
    else:
        grid = _csv(content, name)
    lines = enumerate(_unbroken(grid, name))
    for _at, cells in lines:
        if heads := [_text_of(cell) for cell in cells[:MOST_COLUMNS]]:
            if not any(heads):
                continue
            places = _placed(form, heads, name)
            return _rows(form, lines, places, formulas, name)
    raise SheetRefused(_("“%(name)s”是空的。请重新选择文件。") % {"name": name}, reason="empty")


def _broken(name: str) -> SheetRefused:
    said = _("“%(name)s”打不开，可能没有存完整。请另存成 .xlsx 再传。") % {"name": name}
    return SheetRefused(said, reason="broken")


def _unbroken(grid: Iterator[list[Any]], name: str) -> Iterator[list[Any]]:
    try:
        yield from grid
    except csv.Error as error:
        raise _broken(name) from error


def _xlsx(form: Form, content: bytes, name: str) -> tuple[Iterator[list[Any]], Places]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            if sum(part.file_size for part in pack.infolist()) > MOST_UNPACKED:
                raise _too_many(form, name)
            first = _first_sheet(pack)
            parts = {part for part in pack.namelist() if re.fullmatch(r"xl/worksheets/.*\.xml", part)}
            # The reader lays a sheet out whole: a single cell far out would cost all memory, and so would
            # very many small ones.
            if any(_reaches_too_far(form, pack.read(part)) for part in parts - {first}):
                raise _too_many(form, name)
            xml = pack.read(first)
            if _reaches_too_far(form, xml):
                raise _too_many(form, name)
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return _from_the_first(sheet), _formulas(xml)
    except SheetRefused:
        raise
    except Exception as error:  # readers of strangers' bytes raise whatever they like
        said = _("“%(name)s”打不开，可能没有存完整。请另存成 .xlsx 再传。") % {"name": name}
        raise SheetRefused(said) from error


def _from_the_first(sheet: Any) -> Iterator[list[Any]]:
    """All rows from the sheet's first one on, as wide as from its first column: the reader leaves out what
    stands empty above and to the left.
    """
    above, left = sheet.start or (0, 0)
    margin = [""] * left
    rows = sheet.iter_rows()
    return chain(([] for _row in range(above)), (margin + row for row in rows) if left else rows)


def _too_many(form: Form, name: str) -> SheetRefused:
    said = _("“%(name)s”太大：一张表最多 %(n)s 行。请分成几张。") % {"name": name, "n": form.most_rows}
    return SheetRefused(said, reason="too_many")


def _reaches_too_far(form: Form, xml: bytes) -> bool:
    """Whether a cell stands too far out, or there are too many; first, quickly, whether there might be."""
    last, most = 4 * form.most_rows, form.most_rows * MOST_COLUMNS
    if xml.count(b"<") > most and next(islice(_PLACE.finditer(xml), most, None), None) is not None:
        return True
    if not re.search(rb'r="(?:[A-Z]{3}|[A-Z]*[0-9]{%d})' % len(str(last)), xml):
        return False
    return any(not row or len(row) > 7 or int(row) > last for row in _FAR.findall(xml))


def _first_sheet(pack: zipfile.ZipFile) -> str:
    book, ties = pack.read("xl/workbook.xml"), pack.read("xl/_rels/workbook.xml.rels")
    found = re.search(rb"<(?:\w+:)?sheet\s[^>]*?\br:id=\"([^\"]+)\"", book)
    for tie in re.findall(rb"<Relationship\s[^>]*>", ties):
        target = re.search(rb"Target=\"([^\"]+)\"", tie)
        if found and target and b'Id="' + found[1] + b'"' in tie:
            path = target[1].decode()
            return path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    raise KeyError("no first sheet")


def _formulas(xml: bytes) -> Places:
    """The cells of a sheet that hold a formula: of each the last that begins before it, and after the formula
    before.
    """
    found, before = set[tuple[int, int]](), 0
    for maybe in _FORMULA.finditer(xml):
        at = maybe.start()
        opening = xml.rfind(b"<", max(before, at - LONGEST_PREFIX), at)
        tag = _PREFIX.fullmatch(xml, opening, at) if opening >= 0 else None
        if tag is None:
            continue
        start = xml.rfind(tag[0] + b"c", before, opening)
        before = at
        if start >= 0 and (cell := _CELL.match(xml, start, opening)):
            column = 0
            for letter in cell[1].decode():
                column = column * 26 + ord(letter) - 64
            found.add((int(cell[2]) - 1, column - 1))
    return found


def _csv(content: bytes, name: str) -> Iterator[list[Any]]:
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
    return csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in head else ",")


def _rows(
    form: Form,
    lines: Iterator[tuple[int, list[Any]]],
    places: Mapping[int, Asked],
    formulas: Places,
    name: str,
) -> Iterator[Row]:
    count, most, last = 0, form.most_rows, max(places)
    at = [(place, column.name) for place, column in places.items()]
    numbers = [(place, column.name) for place, column in places.items() if column.sort == "identity"]
    for number, cells in lines:
        if len(cells) <= last:
            cells = [*cells, *[""] * (last + 1 - len(cells))]
        said = {named: _text_of(cells[place]) for place, named in at}
        if not any(said.values()) or said.get(form.named, "").startswith(EXAMPLE):
            continue
        count += 1
        if count > most:
            raise _too_many(form, name)
        broken = {named: LOST for place, named in numbers if _lost(cells[place])}
        if formulas:
            broken |= {named: FORMULA for place, named in at if (number, place) in formulas}
        yield {"line": number + 1, "cells": said, "broken": broken}
    if not count:
        raise SheetRefused(_("“%(name)s”里只有列名，没有内容。") % {"name": name}, reason="no_rows")


def _placed(form: Form, heads: list[str], name: str) -> dict[int, Asked]:
    """Which column stands where. Raises SheetRefused for one that is missing or unknown."""
    known = {heading(column).rstrip("*"): column for column in form.columns}
    heads = [head.rstrip("*＊ ").strip() for head in heads]
    strange = [head for head in heads if head and head not in known and head != REASON]
    missing = [head for head, column in known.items() if column.required and head not in heads]
    if strange or missing or len({*filter(None, heads)}) < len([*filter(None, heads)]):
        said = _("“%(name)s”的列名和模板对不上。") % {"name": name}
        said += _("缺：%(words)s。") % {"words": "、".join(missing)} if missing else ""
        said += _("不认识：%(words)s。") % {"words": "、".join(strange)[:200]} if strange else ""
        raise SheetRefused(said + _("请下载模板，不要改第一行。"), reason="columns")
    return {at: known[head] for at, head in enumerate(heads) if head in known}


def _lost(value: Any) -> bool:
    """Whether a number as long as this was rounded: fifteen digits are all that a spreadsheet keeps."""
    if isinstance(value, str):
        return len(value) < 30 and bool(_SCIENTIFIC.fullmatch(value.strip()))
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 1e15


def _text_of(value: Any) -> str:
    """What a cell says, as much of it as is taken."""
    if isinstance(value, str):
        return value.replace("\0", "").strip()[:LONGEST]
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    return "" if value is None else str(value).replace("\0", "").strip()[:LONGEST]
