"""How a sheet's rows lie in the database until it is filed: packed, a thousand lines to a place, and of each
place those of one verdict to a part. So a row costs next to nothing to keep, and what is filed goes by parts.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any

import orjson
from django.db.models import QuerySet

from juzhu.registration.models import Sheet, SheetPart
from juzhu.registration.reporting.entries import Entry
from juzhu.registration.reporting.sheet_files import REPORTED, Row

LINES = 1000
"""Of a file, at one place."""

Typed = Sequence[Any]
"""[line, {column: text}, marks]: a row as it was typed, with the faults that its cells don't show."""
_reported = attrgetter(*REPORTED)


def unread(sheet: Sheet, rows: Iterable[Typed]) -> Iterator[SheetPart]:
    """Rows that nobody has looked at, in the order of their lines."""
    for place, some in groupby(rows, key=lambda row: row[0] // LINES):
        yield _part(sheet, place, "", list(some))


def parted(sheet: Sheet, place: int, rows: Mapping[str, Sequence[Typed]]) -> Iterator[SheetPart]:
    """Rows of a place by their verdicts, without what they report."""
    for verdict, some in rows.items():
        yield _part(sheet, place, verdict, some)


def looked(sheet: Sheet, place: int, rows: Iterable[Row]) -> Iterator[SheetPart]:
    """Rows of a place as they are looked at, and what they report if nothing is wrong with them."""
    typed, told = defaultdict[str, list[Typed]](list), defaultdict[str, list[tuple[Any, ...]]](list)
    for row in rows:
        verdict = row.verdict
        typed[verdict].append((row.line, row.cells, row.marks))
        if verdict != "wrong":
            told[verdict].append((row.looked.fingerprint, *_reported(row.looked.entry)))
    for verdict, some in typed.items():
        part = _part(sheet, place, verdict, some)
        part.entries = _packed(told[verdict])
        yield part


def _part(sheet: Sheet, place: int, verdict: str, rows: Sequence[Typed]) -> SheetPart:
    return SheetPart(sheet=sheet, place=place, verdict=verdict, count=len(rows), rows=_packed(rows))


def _packed(rows: Sequence[Any]) -> bytes:
    return zlib.compress(orjson.dumps(rows), 1)


def unpacked(packed: bytes | memoryview) -> list[Any]:
    """What was packed."""
    found: list[Any] = orjson.loads(zlib.decompress(packed))
    return found


def by_place(parts: QuerySet[SheetPart]) -> Iterator[tuple[int, list[tuple[str, Typed]]]]:
    """The rows of parts with their verdicts, place by place, in the order of their lines."""
    places = parts.order_by("place").values_list("place", "verdict", "rows")
    for place, some in groupby(places, key=lambda part: int(part[0])):
        rows = [(verdict, row) for _place, verdict, packed in some for row in unpacked(packed)]
        yield place, sorted(rows, key=lambda row: int(row[1][0]))


def page(parts: QuerySet[SheetPart], first: int, count: int) -> list[Typed]:
    """So many rows of parts of one verdict, from a place on. Two queries."""
    wanted, before, skipped = list[int](), 0, 0
    for pk, size in parts.values_list("pk", "count"):
        if before + size <= first:
            skipped = before + size
        elif before < first + count:
            wanted.append(pk)
        before += size
    found = parts.filter(pk__in=wanted).values_list("rows", flat=True)
    rows = [row for packed in found for row in unpacked(packed)]
    return rows[first - skipped :][:count]


def entries(parts: QuerySet[SheetPart], kind: str) -> Iterator[tuple[str, Entry]]:
    """What the rows of parts report, by their fingerprints, in order."""
    day = cache(date.fromisoformat)
    for packed in parts.values_list("entries", flat=True):
        for fingerprint, *said in unpacked(packed):
            phase, happened_on, name, number, born, phone, area, community, address, until_on, about = said
            yield fingerprint, Entry(
                kind, phase, day(happened_on), name, number, born and day(born), phone, area, community,
                address, until_on and day(until_on), about,
            )  # fmt: skip
