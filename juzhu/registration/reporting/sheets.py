"""A sheet of reports: read into rows, looked at, mended, filed in one transaction; what is wrong goes back.

Up to `SMALL` rows all is done at once. A larger sheet is read and filed by a worker, and `rows_done` says how
far it has come. A worker that dies has filed nothing, and another one begins anew.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet

from juzhu.evidence import spreadsheets
from juzhu.evidence.errors import SheetRefused
from juzhu.evidence.spreadsheets import Opened
from juzhu.operations import bulk, clock, events, files, numbers, tasks
from juzhu.operations.actors import Actor
from juzhu.operations.models import StoredFile
from juzhu.people.errors import NotAllowed
from juzhu.registration.errors import NothingToReport, SheetBusy, SheetGone
from juzhu.registration.models import Sheet, SheetRow
from juzhu.registration.reporting import filing
from juzhu.registration.reporting.entries import Entry, Firsts, Reporter
from juzhu.registration.reporting.sheet_files import SECOND, Reader, Row, form_of

SERIES = "BB"
SMALL = 500
CHUNK = 1000
READ, FILE = "registration.read_sheet", "registration.file_sheet"
VERDICTS = ("wrong", "doubtful", "fine")


def own(actor: Actor) -> QuerySet[Sheet]:
    """The sheets of an organisation, or of a private landlord; newest first. Nobody else's exist."""
    if actor.kind == "reporter" and actor.organisation_id is not None:
        return Sheet.objects.filter(organisation=actor.organisation_id)
    if actor.kind == "citizen" and actor.person_id is not None:
        return Sheet.objects.filter(person=actor.person_id)
    return Sheet.objects.none()


def draft(reporter: Reporter, kind: str, content: bytes, name: str, *, actor: Actor, today: date) -> Sheet:
    """Keep an uploaded sheet as a draft; the same account's earlier draft of this kind makes room for it.

    Raises NotAllowed, SheetRefused.
    """
    filing.check_actor(reporter, actor)
    if kind not in reporter.kinds or actor.account_id is None:
        raise NotAllowed
    opened = spreadsheets.opened(form_of(kind), content, name)
    earlier = own(actor).filter(made_by=actor.account_id, kind=kind, state__in=["draft", "unreadable"])
    with transaction.atomic():
        earlier.delete()
        made = Sheet.objects.create(
            kind=kind,
            organisation=reporter.organisation,
            person=reporter.person,
            original_name="".join(sign for sign in name if sign.isprintable())[-200:],
            digest=hashlib.sha256(content).hexdigest(),
            rows_known=opened.height,
            made_by_id=actor.account_id,
            made_at=clock.now(),
        )
        if opened.height <= SMALL:
            _read(made, opened, reporter, today)
            return made
        kept = files.keep(files.Cleaned(content, "application/octet-stream", "sheet", 1), name, actor=actor)
        tasks.enqueue(READ, {"sheet": made.pk, "file": kept.name, "today": today.isoformat()})
    return made


@tasks.handles(READ, outside=True)
def read_later(payload: dict[str, Any]) -> None:
    """Read a large sheet. The file is thrown away when its rows lie in the database."""
    sheet = Sheet.objects.filter(pk=payload["sheet"], state="reading").first()
    kept = StoredFile.objects.filter(name=payload["file"]).first()
    if sheet is not None and kept is not None:
        SheetRow.objects.filter(sheet=sheet).delete()
        content = files.path_of(kept.name).read_bytes()
        try:
            opened = spreadsheets.opened(form_of(sheet.kind), content, sheet.original_name)
            del content
            _read(sheet, opened, reporter_of(sheet), date.fromisoformat(payload["today"]))
        except SheetRefused as refused:
            sheet.state, sheet.fault = "unreadable", str(refused.sentence)
            sheet.save(update_fields=["state", "fault"])
    if kept is not None:
        files.path_of(kept.name).unlink(missing_ok=True)
        kept.delete()


def reporter_of(sheet: Sheet) -> Reporter:
    """Whose sheet it is."""
    return Reporter(sheet.organisation, sheet.person)


def _read(sheet: Sheet, opened: Opened, reporter: Reporter, today: date) -> None:
    """Write the rows with their verdicts. Each batch is a transaction of its own where there is none yet."""
    reader, firsts, counts = Reader(sheet.kind, reporter, today), Firsts(), Counter[str]()
    for some in _batches(opened.rows):
        rows = [_judged(reader, firsts, row) for row in some]
        counts.update(row.verdict for row in rows)
        with transaction.atomic():
            bulk.insert(SheetRow, [_stored(sheet, row) for row in rows])
            Sheet.objects.filter(pk=sheet.pk).update(rows_done=counts.total())
    sheet.state, sheet.counts = "draft", _counted(counts)
    sheet.rows_known = sheet.rows_done = counts.total()
    sheet.save(update_fields=["state", "counts", "rows_known", "rows_done"])


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    each = iter(rows)
    while some := list(islice(each, CHUNK)):
        yield some


def _judged(reader: Reader, firsts: Firsts, read: Mapping[str, Any]) -> Row:
    marks = [{"column": column, "code": code} for column, code in read["broken"].items()]
    row = reader.row(read["line"], read["cells"], marks)
    _mark_second(firsts, row)
    return row


def _mark_second(firsts: Firsts, row: Row) -> None:
    if before := firsts.look(row.line, row.looked):
        row.marks.append({"column": "name", "code": SECOND, "about": {"line": before}})


def _stored(sheet: Sheet, row: Row) -> dict[str, Any]:
    about = {"line": row.line, "cells": row.cells, "verdict": row.verdict, "faults": row.marks}
    return {"sheet_id": sheet.pk, **about}


def _counted(counts: Mapping[str, int]) -> dict[str, int]:
    return {verdict: counts.get(verdict, 0) for verdict in VERDICTS}


def filed_before(sheet: Sheet) -> Sheet | None:
    """The same file, when the same reporter filed it before."""
    same = Sheet.objects.filter(
        digest=sheet.digest, organisation=sheet.organisation_id, person=sheet.person_id
    )
    return same.filter(state="filed", kind=sheet.kind).exclude(pk=sheet.pk).first()


def rows_of(sheet: Sheet, *, today: date, verdict: str = "", first: int = 0, count: int = 0) -> list[Row]:
    """So many rows from a place on, in the reader's language; all of them without a count."""
    found = sheet.rows.filter(verdict=verdict) if verdict else sheet.rows.all()
    rows = found[first : first + count] if count else found
    reader = Reader(sheet.kind, reporter_of(sheet), today)
    return [reader.row(row.line, row.cells, row.faults, row.pk) for row in rows]


def back(sheet: Sheet, *, today: date) -> Iterator[Row]:
    """The rows that are wrong or doubtful, or went back, one after the other."""
    reader = Reader(sheet.kind, reporter_of(sheet), today)
    for row in sheet.rows.exclude(verdict="fine").iterator(CHUNK):
        yield reader.row(row.line, row.cells, row.faults, row.pk)


def mend(sheet: Sheet, changes: Mapping[int, Mapping[str, str]], *, actor: Actor, today: date) -> Sheet:
    """Change cells of a draft: line → column → text. Looked at anew are these rows and those that were said
    to repeat them; whether a mended row repeats another is found when the sheet is filed.

    Raises SheetGone, SheetBusy.
    """
    with transaction.atomic():
        locked = _take(sheet, actor)
        reader = Reader(locked.kind, reporter_of(locked), today)
        rows = {row.line: row for row in locked.rows.filter(line__in=list(changes)[:CHUNK])}
        changed = {line for line, row in rows.items() if _typed(reader, row, changes[line])}
        for row in _repeating(locked, changed):
            kept = rows.setdefault(row.line, row)
            kept.faults = [mark for mark in kept.faults if mark["code"] != SECOND]
            changed.add(row.line)
        counts = Counter(locked.counts)
        for line in changed:
            row, was = rows[line], rows[line].verdict
            row.verdict = reader.row(line, row.cells, row.faults).verdict
            counts[was] -= 1
            counts[row.verdict] += 1
        SheetRow.objects.bulk_update(
            [rows[line] for line in changed], ["cells", "verdict", "faults"], batch_size=100
        )
        locked.counts = _counted(counts)
        locked.save(update_fields=["counts"])
    return locked


def _typed(reader: Reader, row: SheetRow, typed: Mapping[str, str]) -> bool:
    """Put what was typed anew into a row. A cell that is typed is no formula any more."""
    changed = False
    for column, text in typed.items():
        text = text.replace("\0", "").strip()[:500]
        if column in reader.columns and text != row.cells.get(column, ""):
            row.cells[column] = text
            row.faults = [mark for mark in row.faults if mark["column"] != column]
            changed = True
    if changed:
        row.faults = [mark for mark in row.faults if mark["code"] != SECOND]
    return changed


def _repeating(sheet: Sheet, lines: set[int]) -> list[SheetRow]:
    """The rows that were said to repeat one of these lines."""
    if not lines:
        return []
    wrong = sheet.rows.filter(verdict="wrong").values_list("pk", "faults")
    found = [
        pk
        for pk, marks in wrong
        if any(mark["code"] == SECOND and mark["about"]["line"] in lines for mark in marks)
    ]
    return list(sheet.rows.filter(pk__in=found[:CHUNK]))


def discard(sheet: Sheet, *, actor: Actor) -> None:
    """Throw a draft away, or one that can't be read, or is being read. Raises SheetGone, SheetBusy."""
    with transaction.atomic():
        _take(sheet, actor, "draft", "unreadable", "reading").delete()


def file(sheet: Sheet, *, actor: Actor, today: date, doubtful_too: bool) -> Sheet:
    """File the good rows under one receipt number: at once, or by a worker when there are many.

    Raises SheetGone, SheetBusy, NothingToReport.
    """
    with transaction.atomic():
        locked = _take(sheet, actor)
        if not locked.counts.get("fine") and not (doubtful_too and locked.counts.get("doubtful")):
            raise NothingToReport
        locked.state, locked.rows_done, locked.fault = "filing", 0, ""
        locked.save(update_fields=["state", "rows_done", "fault"])
        if locked.rows_known <= SMALL:
            return _carry_out(locked, actor, today, doubtful_too)
        payload = {
            "sheet": locked.pk,
            "today": today.isoformat(),
            "doubtful_too": doubtful_too,
            "actor": [actor.kind, actor.account_id, actor.person_id, actor.role, actor.organisation_id],
        }
        tasks.enqueue(FILE, payload)
    return locked


@tasks.handles(FILE, outside=True)
def file_later(payload: dict[str, Any]) -> None:
    """File a large sheet, on the day on which its reporter pressed the button."""
    sheet = Sheet.objects.filter(pk=payload["sheet"], state="filing").first()
    if sheet is None:
        return
    kind, account, person, role, organisation = payload["actor"]
    actor = Actor(kind, account, person, role=role, organisation_id=organisation)
    _carry_out(sheet, actor, date.fromisoformat(payload["today"]), payload["doubtful_too"])


def _carry_out(sheet: Sheet, actor: Actor, today: date, doubtful_too: bool) -> Sheet:
    """Look at every row once more, with nothing locked; then write all in one transaction."""
    reporter = reporter_of(sheet)
    good, changed = _good(sheet, Reader(sheet.kind, reporter, today), doubtful_too)
    taken = ["fine", "doubtful"] if doubtful_too else ["fine"]
    with transaction.atomic():
        locked = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
        if locked.state != "filing":
            return locked
        SheetRow.objects.bulk_update(changed, ["verdict", "faults"], batch_size=100)
        if not good:
            return _nothing_left(locked)
        counted = filing.file_sheet(reporter, good, locked, actor=actor, today=today)
        locked.rows.filter(verdict__in=taken).delete()
        left = locked.rows.count()
        locked.counts = {"new": counted.new, "same": counted.same, "back": left}
        locked.number = numbers.yearly(SERIES, today.year)
        locked.state, locked.filed_at = "filed", clock.now()
        locked.save(update_fields=["counts", "number", "state", "filed_at"])
        events.append(
            "reports.filed",
            actor=actor,
            subject=locked,
            reports=[],
            first=counted.first,
            last=counted.last,
            count=counted.new,
            number=locked.number,
            file=locked.digest,
            same=counted.same,
            back=left,
        )
    return locked


def _nothing_left(sheet: Sheet) -> Sheet:
    """Rows that were good when the button was pressed are not any more: the sheet is a draft again."""
    verdicts = sheet.rows.order_by().values_list("verdict").annotate(n=Count("pk"))
    sheet.state, sheet.counts = "draft", _counted(dict(verdicts))
    sheet.save(update_fields=["state", "counts"])
    return sheet


def _good(sheet: Sheet, reader: Reader, doubtful_too: bool) -> tuple[dict[str, Entry], list[SheetRow]]:
    """What is to be filed, and the rows of which something else must be said than when they were read."""
    firsts, good, changed, done, seen = Firsts(), dict[str, Entry](), list[SheetRow](), 0, 0
    rows = sheet.rows.values_list("pk", "line", "cells", "verdict", "faults")
    while some := list(rows.filter(line__gt=done)[:CHUNK]):
        for pk, line, cells, verdict, marks in some:
            kept = [mark for mark in marks if mark["code"] != SECOND]
            row = reader.row(line, cells, kept, pk)
            _mark_second(firsts, row)
            if row.verdict == "fine" or (doubtful_too and row.verdict == "doubtful"):
                good[row.looked.fingerprint] = row.looked.entry
            if (row.verdict, row.marks) != (verdict, marks):
                changed.append(SheetRow(pk=pk, verdict=row.verdict, faults=row.marks))
        done, seen = some[-1][1], seen + len(some)
        if sheet.rows_known > SMALL:
            Sheet.objects.filter(pk=sheet.pk).update(rows_done=seen)
    return good, changed


def _take(sheet: Sheet, actor: Actor, *states: str) -> Sheet:
    locked = own(actor).select_for_update(of=("self",)).filter(pk=sheet.pk).first()
    if locked is None:
        raise SheetGone
    if locked.state not in (states or ("draft",)):
        raise SheetBusy
    return locked
