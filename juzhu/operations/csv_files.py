"""Tables as .csv: UTF-8 with a byte-order mark, by which spreadsheets know Chinese, and lines that end in
CRLF (RFC 4180). What a spreadsheet would take for a formula goes out as text.
"""

import csv
import io
from collections.abc import Iterable, Sequence

COMPUTED = ("=", "+", "-", "@", "\t", "\r")
"""How what a spreadsheet computes begins."""


def as_csv(rows: Iterable[Sequence[str | int]]) -> bytes:
    """The file's bytes. Numbers stay numbers."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _safe(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(COMPUTED) else cell
