"""电子档案: the whole file of an answered case as one ZIP that proves itself. docs/archive.md has its format.

Source: State Council order 716 art. 12: an electronic archive is as good as one of paper. Requirements D14.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction
from django.db.models import Model, Q

from juzhu.documents import issuing, shelf
from juzhu.documents.errors import CaseNotAnswered
from juzhu.documents.models import IssuedDocument
from juzhu.evidence.models import Evidence
from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.operations.files import path_of
from juzhu.operations.models import Event, StoredFile
from juzhu.people.errors import NotAllowed
from juzhu.permits import conflicts, guardians, moves
from juzhu.permits.errors import OutOfArea
from juzhu.permits.models import Application
from juzhu.permits.queries import history
from juzhu.permits.representatives import of as representative_of
from juzhu.permits.transitions import UNFINISHED

FORMAT = "juzhu-case-archive/1"
MANIFEST = "manifest.json"
MADE = (1980, 1, 1, 0, 0, 0)
"""The date of every entry: when the package was made, the manifest says."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the package: where it lies, what it is, and its bytes."""

    path: str
    what: str
    content: bytes
    about: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Package:
    """A ZIP, what it is called, and the SHA-256 of its manifest, which the audit trail keeps."""

    name: str
    content: bytes
    manifest: str


def pack(application: Application, *, actor: Actor, today: date) -> Package:
    """Make the package of an answered case, for a chief of its area, or the service itself. Papers that were
    never asked for are issued first. The event keeps the manifest's digest.

    Raises NotAllowed, OutOfArea, ConflictOfInterest, CaseNotAnswered, and what `issuing.issue` raises.
    """
    if actor.kind != "system" and not (actor.kind == "staff" and actor.role == "chief"):
        raise NotAllowed
    case = Application.objects.select_related("person", "permit").get(pk=application.pk)
    if actor.kind == "staff" and not actor.covers(case.area):
        raise OutOfArea
    conflicts.check(actor, case)
    moves.catch_up(case, today)
    case.refresh_from_db()
    if case.state in UNFINISHED:
        raise CaseNotAnswered
    for sheet in shelf.of_case(case, today):
        issuing.issue(sheet, "zh")
    entries = list(_entries(case))
    manifest = _manifest(case, entries)
    content = _zip([*entries, Entry(MANIFEST, "manifest", manifest, {})])
    digest = hashlib.sha256(manifest).hexdigest()
    with transaction.atomic():
        events.append(
            "application.archived",
            actor=actor,
            subject=case,
            person_id=case.person_id,
            number=case.number,
            manifest=digest,
            files=len(entries),
        )
    return Package(f"{case.number}.zip", content, digest)


def _entries(case: Application) -> Iterator[Entry]:
    pieces = _evidence(case)
    yield Entry("case.json", "case", _json(_case(case)), {})
    yield Entry("decisions.json", "decisions", _json([_row(row) for row in case.decisions.all()]), {})
    yield Entry("evidence.json", "evidence", _json([_piece(row) for row in pieces]), {})
    chain = [_event(row) for row in history(case).order_by("position")]
    yield Entry("events.json", "events", _json(chain), {})
    papers = IssuedDocument.objects.select_related("file").filter(application=case).order_by("made_at", "pk")
    for n, document in enumerate(papers, 1):
        about = {
            "kind": document.kind,
            "language": document.language,
            "number": document.number,
            "code": document.code,
            "dated": document.dated,
        }
        path = f"papers/{n:02d}-{document.kind}-{document.language}.pdf"
        yield Entry(path, "paper", path_of(document.file.name).read_bytes(), about)
    for n, (file, owner) in enumerate(_uploads(case, pieces), 1):
        ending = file.name.rpartition(".")[2]
        about = {"original_name": file.original_name, "content_type": file.content_type, "of": owner}
        yield Entry(f"uploads/{n:03d}.{ending}", "upload", path_of(file.name).read_bytes(), about)


def _evidence(case: Application) -> list[Evidence]:
    """What the decisions were built from, and all that was handed in or said while the case was open, also
    what was withdrawn; of a child's guardians, so far as findings rest on it.
    """
    decided = {pk for row in case.decisions.all() for pk in row.evidence}
    until = case.decided_at or clock.now()
    meanwhile = Q(person=case.person_id, received_at__gte=case.started_at, received_at__lte=until)
    theirs = guardians.papers(case, case.decided_on or case.started_at.date()).values("pk")
    rows = Evidence.objects.filter(Q(pk__in=decided) | meanwhile | Q(pk__in=theirs, received_at__lte=until))
    return list(rows.prefetch_related("files").order_by("pk"))


def _uploads(case: Application, pieces: Iterable[Evidence]) -> Iterator[tuple[StoredFile, str]]:
    """Every stored file once, with what it belongs to."""
    agent = representative_of(case)
    found = [(file, f"evidence:{piece.pk}") for piece in pieces for file in piece.files.all()]
    found += [(file, "representative") for file in agent.files.all()] if agent else []
    if case.person.photo:
        found.append((case.person.photo, "photo"))
    seen: set[int] = set()
    for file, owner in found:
        if file.pk not in seen:
            seen.add(file.pk)
            yield file, owner


def _case(case: Application) -> dict[str, Any]:
    agent = representative_of(case)
    endorsed = getattr(case, "endorsement", None)
    return {
        "application": _row(case),
        "person": _row(case.person),
        "representative": _row(agent) if agent else None,
        "permit": _row(case.permit) if case.permit else None,
        "endorsement": _row(endorsed) if endorsed else None,
        "notices": [_row(row) for row in case.notices.order_by("pk")],
        "pauses": [_row(row) for row in case.pauses.order_by("pk")],
        "remedies": [_row(row) for row in case.remedies.order_by("pk")],
    }


def _piece(piece: Evidence) -> dict[str, Any]:
    return {**_row(piece), "files": [file.sha256 for file in piece.files.all()]}


def _row(row: Model) -> dict[str, Any]:
    """A row by its columns."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _event(event: Event) -> dict[str, Any]:
    """An event with its place in the chain: its digest can be computed anew from this alone."""
    names = ("at", *events.CHAINED, "digest")
    return {name: getattr(event, name) for name in names}


def _manifest(case: Application, entries: list[Entry]) -> bytes:
    return _json(
        {
            "format": FORMAT,
            "district": settings.JUZHU_DISTRICT["code"],
            "case": case.number,
            "kind": case.kind,
            "route": case.route,
            "state": case.state,
            "policy": case.policy_id,
            "filed_on": case.filed_on,
            "decided_on": case.decided_on,
            "made_at": clock.now(),
            "files": [
                {
                    "path": entry.path,
                    "what": entry.what,
                    "size": len(entry.content),
                    "sha256": hashlib.sha256(entry.content).hexdigest(),
                    **entry.about,
                }
                for entry in entries
            ],
        }
    )


def _json(content: object) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)


def _zip(entries: Iterable[Entry]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for entry in entries:
            package.writestr(zipfile.ZipInfo(entry.path, MADE), entry.content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
