"""A sheet of reports: read into rows, looked at, mended, filed in one transaction; what is wrong goes back.

Up to `SMALL` rows all is done at once. A larger sheet is read and filed by a worker, and `rows_done` says how
far it has come. A worker that dies has filed nothing, and another one begins anew.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from juzhu.evidence import spreadsheets
from juzhu.operations import clock, events, numbers, tasks
from juzhu.operations.actors import Actor
from juzhu.people.errors import NotAllowed
from juzhu.registration.errors import NothingToReport, SheetBusy, SheetGone
from juzhu.registration.models import Sheet, SheetPart
from juzhu.registration.reporting import filing, packing
from juzhu.registration.reporting.entries import Firsts, Reporter
from juzhu.registration.reporting.sheet_files import SECOND, Reader, Row, form_of

SERIES = "BB"
SMALL = 500
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
    """Keep the rows of an uploaded sheet as a draft; the same account's earlier draft of this kind makes room
    for it. The file itself is never kept.

    Raises NotAllowed, SheetRefused.
    """
    filing.check_actor(reporter, actor)
    if kind not in reporter.kinds or actor.account_id is None:
        raise NotAllowed
    rows = spreadsheets.read(form_of(kind), content, name)
    made = Sheet(
        kind=kind,
        organisation=reporter.organisation,
        person=reporter.person,
        original_name="".join(sign for sign in name if sign.isprintable())[-200:],
        digest=hashlib.sha256(content).hexdigest(),
        made_by_id=actor.account_id,
        made_at=clock.now(),
    )
    parts = list(packing.unread(made, (_typed(row) for row in rows)))
    made.rows_known = sum(part.count for part in parts)
    with transaction.atomic():
        own(actor).filter(made_by=actor.account_id, kind=kind, state="draft").delete()
        made.save(force_insert=True)
        SheetPart.objects.bulk_create(parts)
        if made.rows_known > SMALL:
            tasks.enqueue(READ, {"sheet": made.pk, "today": today.isoformat()})
            return made
        return _read(made, reporter, today)


def _typed(row: spreadsheets.Row) -> packing.Typed:
    marks = [{"column": column, "code": code} for column, code in row["broken"].items()]
    return row["line"], row["cells"], marks


@tasks.handles(READ, outside=True)
def read_later(payload: dict[str, Any]) -> None:
    """Read a large sheet, as of the day of its upload."""
    sheet = Sheet.objects.filter(pk=payload["sheet"], state="reading").first()
    if sheet is not None:
        _read(sheet, reporter_of(sheet), date.fromisoformat(payload["today"]))


def reporter_of(sheet: Sheet) -> Reporter:
    """Whose sheet it is."""
    return Reporter(sheet.organisation, sheet.person)


def _read(sheet: Sheet, reporter: Reporter, today: date) -> Sheet:
    """Look at every row for the first time."""
    reader = Reader(sheet.kind, reporter, today)
    parts = _looked(sheet, reader)
    with transaction.atomic():
        locked = Sheet.objects.select_for_update(of=("self",)).filter(pk=sheet.pk, state="reading").first()
        if locked is None:
            return sheet
        _put(locked, parts, reader)
        locked.state, locked.rows_done = "draft", locked.rows_known
        locked.save(update_fields=["state", "counts", "looked_by", "rows_done"])
    return locked


def _looked(sheet: Sheet, reader: Reader) -> list[SheetPart]:
    """All rows looked at, with nothing locked and nothing written but how far it has come."""
    firsts, made, seen = Firsts(), list[SheetPart](), 0
    for place, rows in packing.by_place(sheet.parts.all()):
        made += packing.looked(sheet, place, (_judged(reader, firsts, row) for _verdict, row in rows))
        seen += len(rows)
        if sheet.rows_known > SMALL:
            Sheet.objects.filter(pk=sheet.pk).update(rows_done=seen)
    return made


def _judged(reader: Reader, firsts: Firsts, typed: packing.Typed) -> Row:
    line, cells, marks = typed
    row = reader.row(line, cells, [mark for mark in marks if mark["code"] != SECOND])
    if before := firsts.look(line, row.looked):
        row.marks.append({"column": "name", "code": SECOND, "about": {"line": before}})
    return row


def _put(sheet: Sheet, parts: Sequence[SheetPart], reader: Reader) -> None:
    """Let rows that were looked at take the place of those before."""
    sheet.parts.all().delete()
    SheetPart.objects.bulk_create(parts, batch_size=50)
    sheet.looked_by, sheet.counts = reader.looks_by, _counted(parts)


def _counted(parts: Iterable[SheetPart]) -> dict[str, int]:
    counts = Counter[str]()
    for part in parts:
        counts[part.verdict] += part.count
    return {verdict: counts[verdict] for verdict in VERDICTS}


def filed_before(sheet: Sheet) -> Sheet | None:
    """The same file, when the same reporter filed it before."""
    same = Sheet.objects.filter(
        digest=sheet.digest, organisation=sheet.organisation_id, person=sheet.person_id
    )
    return same.filter(state="filed", kind=sheet.kind).exclude(pk=sheet.pk).first()


def rows_of(sheet: Sheet, *, today: date, verdict: str = "", first: int = 0, count: int = 0) -> list[Row]:
    """So many rows of a verdict from a place on, in the reader's language; all of them without a count."""
    reader = Reader(sheet.kind, reporter_of(sheet), today)
    parts = sheet.parts.filter(verdict=verdict) if verdict else sheet.parts.all()
    if verdict and count:
        return [reader.row(*typed) for typed in packing.page(parts, first, count)]
    return [reader.row(*typed) for _place, rows in packing.by_place(parts) for _verdict, typed in rows]


def back(sheet: Sheet, *, today: date) -> Iterator[Row]:
    """The rows that are wrong or doubtful, or went back, one after the other."""
    reader = Reader(sheet.kind, reporter_of(sheet), today)
    for _place, rows in packing.by_place(sheet.parts.exclude(verdict="fine")):
        for _verdict, typed in rows:
            yield reader.row(*typed)


def mend(sheet: Sheet, changes: Mapping[int, Mapping[str, str]], *, actor: Actor, today: date) -> Sheet:
    """Change cells of a draft: line → column → text. Looked at anew are these rows and those that were said
    to repeat them; whether a mended row repeats another is found when the sheet is filed.

    Raises SheetGone, SheetBusy.
    """
    with transaction.atomic():
        locked = _take(sheet, actor)
        reader = Reader(locked.kind, reporter_of(locked), today)
        places = {line // packing.LINES for line in changes}
        rows = dict(packing.by_place(locked.parts.filter(place__in=places)))
        typed = [one for some in rows.values() for _verdict, one in some]
        changed = {one[0] for one in typed if _type(reader, one, changes.get(one[0], {}))}
        if changed:
            for place, some in (_places_repeating(locked, changed) | rows).items():
                _put_mended(locked, place, some, changed, reader)
            locked.looked_by, locked.counts = "", _counted(locked.parts.defer("rows", "entries"))
            locked.save(update_fields=["looked_by", "counts"])
    return locked


def _type(reader: Reader, row: packing.Typed, texts: Mapping[str, str]) -> bool:
    """Put what was typed anew into a row. A cell that is typed is no formula any more."""
    _line, cells, marks = row
    changed = False
    for column, text in texts.items():
        text = text.replace("\0", "").strip()[: spreadsheets.LONGEST]
        if column in reader.columns and text != cells.get(column, ""):
            cells[column] = text
            marks[:] = [mark for mark in marks if mark["column"] != column]
            changed = True
    return changed


def _repeats(row: packing.Typed, lines: Collection[int]) -> bool:
    """Whether a row was said to repeat one of these lines."""
    return any(mark["code"] == SECOND and mark["about"]["line"] in lines for mark in row[2])


def _places_repeating(sheet: Sheet, lines: Collection[int]) -> dict[int, list[tuple[str, packing.Typed]]]:
    """The rows of all places in which a row was said to repeat one of these lines."""
    wrong = packing.by_place(sheet.parts.filter(verdict="wrong"))
    places = [place for place, rows in wrong if any(_repeats(row, lines) for _verdict, row in rows)]
    return dict(packing.by_place(sheet.parts.filter(place__in=places)))


def _put_mended(
    sheet: Sheet, place: int, rows: list[tuple[str, packing.Typed]], changed: Collection[int], reader: Reader
) -> None:
    """Look at the mended rows of a place, and at those that repeated them, and put all of them back."""
    by_verdict: dict[str, list[packing.Typed]] = {}
    for verdict, row in rows:
        line, cells, marks = row
        if line in changed or _repeats(row, changed):
            marks[:] = [mark for mark in marks if mark["code"] != SECOND]
            verdict = reader.row(line, cells, marks).verdict
        by_verdict.setdefault(verdict, []).append(row)
    sheet.parts.filter(place=place).delete()
    SheetPart.objects.bulk_create(packing.parted(sheet, place, by_verdict))


def discard(sheet: Sheet, *, actor: Actor) -> None:
    """Throw a draft away, or one that is being read. Raises SheetGone, SheetBusy."""
    with transaction.atomic():
        _take(sheet, actor, "draft", "reading").delete()


def file(sheet: Sheet, *, actor: Actor, today: date, doubtful_too: bool) -> Sheet:
    """File the good rows under one receipt number: at once, or by a worker when there are many.

    Raises SheetGone, SheetBusy, NothingToReport.
    """
    with transaction.atomic():
        locked = _take(sheet, actor)
        if not locked.counts.get("fine") and not (doubtful_too and locked.counts.get("doubtful")):
            raise NothingToReport
        locked.state, locked.rows_done = "filing", 0
        locked.save(update_fields=["state", "rows_done"])
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
    """Look at every row once more, with nothing locked, if anything by which they were looked at has changed;
    then write all in one transaction.
    """
    reader = Reader(sheet.kind, reporter_of(sheet), today)
    parts = _looked(sheet, reader) if sheet.looked_by != reader.looks_by else None
    Sheet.objects.filter(pk=sheet.pk).update(rows_done=sheet.rows_known)
    with transaction.atomic():
        locked = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
        if locked.state != "filing":
            return locked
        if parts is not None:
            _put(locked, parts, reader)
        taken = locked.parts.filter(verdict__in=["fine", "doubtful"] if doubtful_too else ["fine"])
        if not taken.exists():
            return _nothing_left(locked)
        good = packing.entries(taken, locked.kind)
        counted = filing.file_sheet(reader.reporter, good, locked, actor=actor, today=today)
        taken.delete()
        left = locked.parts.aggregate(left=Coalesce(Sum("count"), 0))["left"]
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
    sheet.state = "draft"
    sheet.save(update_fields=["state", "counts", "looked_by"])
    return sheet


def _take(sheet: Sheet, actor: Actor, *states: str) -> Sheet:
    locked = own(actor).select_for_update(of=("self",)).filter(pk=sheet.pk).first()
    if locked is None:
        raise SheetGone
    if locked.state not in (states or ("draft",)):
        raise SheetBusy
    return locked
