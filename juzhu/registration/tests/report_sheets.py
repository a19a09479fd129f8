"""A sheet of leases as a large landlord would hand it in, with errors of two dozen kinds strewn in.

Used by the tests and by `make bench`: every wrong row says at which column its error is to be found.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import xlsxwriter

from juzhu.evidence.spreadsheets import FORMULA
from juzhu.people.identity_numbers import check_character, complete
from juzhu.registration.reporting.entries import LEASE
from juzhu.registration.reporting.sheet_files import columns, form_of

FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = "海晓建文丽芳伟静敏强磊洋艳勇军杰娟涛明超"
STREETS = ("桥弄街", "台州路", "小河路", "丽水路", "金华路", "湖州街", "莫干山路", "温州路")
SPELLINGS: tuple[Callable[[date], str], ...] = (
    lambda d: d.isoformat(),
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}.{d.month:02d}.{d.day:02d}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}年{d.month}月{d.day}号",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.isoformat()} 00:00:00",
    lambda d: f"{d.isoformat()}T00:00:00",
    lambda d: f"{d.year} - {d.month} - {d.day}",
    lambda d: d.isoformat().translate(str.maketrans("0123456789-", "０１２３４５６７８９－")),
)
"""Ten ways to write a day."""
Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Wrong:
    """An error: what it is called, at which column it must be found, and how it comes into a row."""

    name: str
    column: str
    spoil: Callable[[Cells, date], object]


def _set(**cells: str) -> Callable[[Cells, date], object]:
    return lambda row, _today: row.update(cells)


def _broken_check(row: Cells, _today: date) -> None:
    number = row["identity_number"]
    row["identity_number"] = number[:17] + ("1" if number[17] != "1" else "2")


def _no_such_day(row: Cells, _today: date) -> None:
    body = row["identity_number"][:10] + "0230" + row["identity_number"][14:17]
    row["identity_number"] = body + check_character(body)


def _another_birth(row: Cells, _today: date) -> None:
    row["born"] = "1960-01-01"


def _ends_before(row: Cells, today: date) -> None:
    row["until_on"] = (today - timedelta(days=900)).isoformat()


ERRORS = (
    Wrong("no name", "name", _set(name="")),
    Wrong("digits in the name", "name", _set(name="周晓芸2")),
    Wrong("a name that is a text", "name", _set(name="长" * 120)),
    Wrong("check digit", "identity_number", _broken_check),
    Wrong("a digit is missing", "identity_number", lambda row, _t: row.update(
        identity_number=row["identity_number"][:16])),
    Wrong("old number of 15 digits", "identity_number", _set(identity_number="110105491231002")),
    Wrong("no such day in the number", "identity_number", _no_such_day),
    Wrong("Hong Kong, Macao, Taiwan", "identity_number", _set(identity_number="810000199408230021")),
    Wrong("a foreigner's number", "identity_number", _set(identity_number="912345199408230021")),
    Wrong("digits lost by the spreadsheet", "identity_number", _set(identity_number="3.41221E+17")),
    Wrong("neither number nor birth", "identity_number", _set(identity_number="", born="")),
    Wrong("another birth than in the number", "born", _another_birth),
    Wrong("phone too short", "phone", _set(phone="1390000111")),
    Wrong("neither began nor ended", "phase", _set(phase="也许")),
    Wrong("no day", "happened_on", _set(happened_on="")),
    Wrong("no day of the calendar", "happened_on", _set(happened_on="2026-02-30")),
    Wrong("a day in words", "happened_on", _set(happened_on="上个月")),
    Wrong("a day to come", "happened_on", lambda row, today: row.update(
        happened_on=(today + timedelta(days=3)).isoformat())),
    Wrong("long ago", "happened_on", lambda row, today: row.update(
        happened_on=(today - timedelta(days=1500)).isoformat())),
    Wrong("ends before it begins", "until_on", _ends_before),
    Wrong("no subdistrict", "subdistrict", _set(subdistrict="")),
    Wrong("not a subdistrict of ours", "subdistrict", _set(subdistrict="西溪街道")),
    Wrong("unknown community", "community", _set(community="没有的社区")),
    Wrong("no address", "address", _set(address="")),
    Wrong("an address without end", "address", _set(address="桥弄街 6 幢" * 40)),
    Wrong("a formula", "address", _set(address=FORMULA)),
    Wrong("the same row twice", "name", _set()),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One row, and the error that was put into it."""

    cells: Cells
    error: Wrong | None = None


def person(n: int) -> tuple[str, str]:
    """The n-th invented name and number."""
    name = FAMILY[n % 16] + GIVEN[n // 16 % 20] + GIVEN[n // 320 % 20]
    born = date(1960, 1, 1) + timedelta(days=n * 7 % 14000)
    return name, complete(("341221", "330122", "360121", "411523")[n // 14000 % 4], born, 100 + n // 97 % 800)


def lines(count: int, today: date, share: float = 0.03) -> Iterator[Line]:
    """So many rows, of which that share is wrong, each kind of error in turn. All good rows differ."""
    every = round(1 / share) if share else 0
    before: Cells = {}
    for n in range(count):
        name, number = person(n)
        cells = {
            "name": name,
            "identity_number": number,
            "phone": f"139{n % 100000000:08d}",
            "phase": "入住",
            "happened_on": SPELLINGS[n % 10](today - timedelta(days=n % 5)),
            "subdistrict": "拱宸桥街道",
            "community": "",
            "address": f"{STREETS[n % 8]} {n // 400 + 1} 号 {n // 20 % 20 + 1} 幢 {n % 20 + 101} 室",
            "born": "",
            "until_on": (today + timedelta(days=365)).isoformat(),
        }
        error = ERRORS[n // every % len(ERRORS)] if every and n % every == every - 1 else None
        if error is not None and error.name == "the same row twice":
            cells = dict(before)
        elif error is not None:
            error.spoil(cells, today)
        else:
            before = cells
        yield Line(cells, error)


def as_xlsx(rows: Iterator[Line]) -> bytes:
    """A workbook as office programs write it."""
    out, asked = io.BytesIO(), columns(LEASE)
    with xlsxwriter.Workbook(out, {"constant_memory": True, "in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, column in enumerate(asked):
            sheet.write_string(0, at, str(column.label))
        for line, row in enumerate(rows, 1):
            for at, column in enumerate(asked):
                text = row.cells.get(column.name, "")
                if text == FORMULA:
                    sheet.write_formula(line, at, '="桥弄街 "&6', None, "桥弄街 6")
                elif text:
                    sheet.write_string(line, at, text)
    return out.getvalue()


def as_csv(rows: Iterator[Line], encoding: str = "utf-8-sig") -> bytes:
    """The same as text; a formula stands there as its own text."""
    out, asked = io.StringIO(), form_of(LEASE).columns
    writer = csv.writer(out)
    writer.writerow([str(column.label) for column in asked])
    writer.writerows([row.cells.get(column.name, "") for column in asked] for row in rows)
    return out.getvalue().encode(encoding)
