"""Books in a file: read anew when the file has changed, and never lost to a half-written one."""

import json
from pathlib import Path

import pytest

from juzhu.bureau.books import Kept

WHO = ("361199199204183939", "谢明哲", "insurance")


def line(last: str) -> str:
    number, name, kind = WHO
    return json.dumps({"identity_number": number, "name": name, "kind": kind, "says": {"to": last}})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text(line("2026-01") + "\n", encoding="utf-8")
    return path


def says(books: Kept) -> str:
    found = books.find(*WHO)
    assert found is not None
    return str(found["says"]["to"])


def test_what_is_written_later_is_read_at_the_next_question(file: Path):
    books = Kept(file)
    assert says(books) == "2026-01"
    file.write_text(line("2026-02") + "\n\n", encoding="utf-8")
    assert says(books) == "2026-02"
    assert len(books.records) == 1


def test_what_cannot_be_read_changes_nothing(file: Path):
    books = Kept(file)
    file.write_text("{half a", encoding="utf-8")
    assert says(books) == "2026-01"
    file.unlink()
    assert says(books) == "2026-01"


def test_books_that_were_never_good_do_not_open(tmp_path: Path):
    with pytest.raises(OSError, match="none"):
        Kept(tmp_path / "none")
