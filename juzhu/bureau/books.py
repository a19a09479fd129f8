"""What the bureau knows: records read from a file of JSON lines."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Key = tuple[str, str]
REQUIRED = ("identity_number", "name", "kind", "says")
SPOKEN = ("valid_from", "valid_until")


@dataclass(frozen=True, slots=True)
class Books:
    """Records by identity number and kind; of two for the same, the later line counts."""

    records: Mapping[Key, Mapping[str, Any]]

    def find(self, identity_number: str, name: str, kind: str) -> Mapping[str, Any] | None:
        """The record of this person, if the name fits the number."""
        record = self.records.get((identity_number, kind))
        return record if record is not None and record["name"] == name else None


def read(lines: Iterable[str]) -> Books:
    """Raises ValueError that names the line."""
    records: dict[Key, Mapping[str, Any]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            missing = [name for name in REQUIRED if name not in record]
        except (ValueError, TypeError) as error:
            raise ValueError(f"line {number} is not a JSON object") from error
        if missing:
            raise ValueError(f"line {number} lacks {', '.join(missing)}")
        records[record["identity_number"], record["kind"]] = record
    return Books(records)


def open_file(path: Path) -> Books:
    """The books in a file."""
    with path.open(encoding="utf-8") as lines:
        return read(lines)


class Kept:
    """The books in a file, opened anew when it has changed. While it can't be read, what was read last stays.

    Raises at first what `open_file` raises.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen = _stamp(path)
        self._books = open_file(path)

    @property
    def records(self) -> Mapping[Key, Mapping[str, Any]]:
        """Everything, as it stands now."""
        with suppress(OSError, ValueError):
            if (stamp := _stamp(self.path)) != self._seen:
                self._books, self._seen = open_file(self.path), stamp
        return self._books.records

    def find(self, identity_number: str, name: str, kind: str) -> Mapping[str, Any] | None:
        """As `Books.find`."""
        return Books(self.records).find(identity_number, name, kind)


def _stamp(path: Path) -> tuple[int, int]:
    about = path.stat()
    return about.st_mtime_ns, about.st_size
