"""Whether an electronic archive package is whole and unaltered: by its manifest, by the chain of its events,
and by the digest that the audit trail keeps.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson

from juzhu.documents.archive import FORMAT, MANIFEST
from juzhu.operations import events
from juzhu.operations.models import Event

LARGEST = 512 * 1024 * 1024
"""More than this, unpacked, is no case."""


def faults(content: bytes) -> list[str]:
    """What is wrong with a package; empty when nothing is. Reads no table. Never raises."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return list(_faults(package))
    except (zipfile.BadZipFile, orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        return [f"it can't be read: {error}"]


def known_to_trail(content: bytes) -> bool:
    """Whether the audit trail of this service tells that this very package was made."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        digest = hashlib.sha256(package.read(MANIFEST)).hexdigest()
    return Event.objects.filter(kind="application.archived", data__manifest=digest).exists()


def _faults(package: zipfile.ZipFile) -> Iterator[str]:
    if sum(entry.file_size for entry in package.infolist()) > LARGEST:
        yield "it is larger than any case"
        return
    names = package.namelist()
    if MANIFEST not in names:
        yield f"{MANIFEST} is missing"
        return
    manifest = orjson.loads(package.read(MANIFEST))
    if manifest["format"] != FORMAT:
        yield f"its format is {manifest['format']!r}, not {FORMAT!r}"
        return
    listed = {row["path"]: row for row in manifest["files"]}
    yield from (f"{name}: twice in the package" for name in sorted(set(names)) if names.count(name) > 1)
    yield from (f"{name}: not in the manifest" for name in sorted(set(names) - listed.keys() - {MANIFEST}))
    for path, row in listed.items():
        if path not in names:
            yield f"{path}: missing"
        elif hashlib.sha256(package.read(path)).hexdigest() != row["sha256"]:
            yield f"{path}: altered"
    if "events.json" in names:
        yield from _broken_events(orjson.loads(package.read("events.json")))


def _broken_events(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Each event by its own digest, and neighbours by each other's; between others of the service lie."""
    before: dict[str, Any] | None = None
    for row in rows:
        fields = {name: row[name] for name in (*events.CHAINED, "digest")}
        event = Event(at=datetime.fromisoformat(row["at"]), **fields)
        if events.digest(event) != event.digest:
            yield f"events.json: event {event.position} was altered"
        if before is not None and before["position"] >= event.position:
            yield f"events.json: event {event.position} is out of order"
        follows = before is not None and before["position"] + 1 == event.position
        if follows and before is not None and before["digest"] != event.previous:
            yield f"events.json: event {event.position} does not follow the one before it"
        before = row
