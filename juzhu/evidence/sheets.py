"""A sheet of a department's words: kept as a draft, looked at by row, mended, filed in one transaction."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from juzhu.evidence import actions, doubts, sheet_files
from juzhu.evidence.cells import CellFault
from juzhu.evidence.cells import read as read_cell
from juzhu.evidence.errors import EvidenceInvalid, EvidenceNotYours, NothingToFile, PersonNotFound, SheetDone
from juzhu.evidence.fields import FIELDS, say
from juzhu.evidence.kinds import GuardianshipRecord, Kind
from juzhu.evidence.models import Evidence, Sheet
from juzhu.evidence.queries import same_words, speaks_of
from juzhu.evidence.rights import account_behind, check_kind
from juzhu.evidence.says import Says
from juzhu.evidence.sheet_files import BROKEN, PERSON
from juzhu.operations import clock, events, numbers
from juzhu.operations.actors import Actor
from juzhu.operations.errors import Sentence
from juzhu.people import keeping_away
from juzhu.people.errors import ConflictOfInterest
from juzhu.people.models import Person
from juzhu.people.names import folded

SERIES = "ZM"
CHUNK = 500


@dataclass(slots=True)
class Row:
    """One row as it stands: what was typed, what is wrong or odd at which cell, whom and what it says."""

    line: int
    cells: dict[str, str]
    faults: dict[str, Sentence] = field(default_factory=dict)
    doubts: dict[str, Sentence] = field(default_factory=dict)
    person: Person | None = None
    says: dict[str, Any] = field(default_factory=dict)
    content: Says | None = None
    same: bool = False
    held: bool = False
    """Whether nothing is wrong with it but another row of the same person."""

    @property
    def state(self) -> str:
        """wrong, doubtful, same (as the department says already) or fine."""
        if self.faults:
            return "wrong"
        return "same" if self.same else "doubtful" if self.doubts else "fine"

    def wrong(self, column: str, sentence: Sentence) -> None:
        """Lay a fault on a cell; the first one stays."""
        self.faults.setdefault(column, sentence)


def draft(kind: Kind, content: bytes, name: str, *, actor: Actor) -> Sheet:
    """Keep an uploaded sheet as a draft; the officer's earlier draft of this kind makes room for it.

    Raises NotAllowed, KindNotYours, SheetRefused.
    """
    department = check_kind(kind, actor)
    rows = sheet_files.read(kind, content, name)
    with transaction.atomic():
        Sheet.objects.filter(made_by_id=actor.account_id, kind=kind.value, state="draft").delete()
        return Sheet.objects.create(
            kind=kind.value,
            department=department,
            original_name="".join(sign for sign in name if sign.isprintable())[-200:],
            digest=hashlib.sha256(content).hexdigest(),
            rows=rows,
            made_by=account_behind(actor),
            made_at=clock.now(),
        )


def own(actor: Actor) -> Any:
    """An officer's own sheets, newest first. What others have uploaded does not exist for them."""
    return Sheet.objects.filter(made_by_id=actor.account_id) if actor.account_id else Sheet.objects.none()


def filed_before(sheet: Sheet) -> Sheet | None:
    """The same file, when it was filed before."""
    same = Sheet.objects.filter(digest=sheet.digest, kind=sheet.kind, department=sheet.department)
    return same.filter(state="filed").first()


def mend(sheet: Sheet, changes: Mapping[int, Mapping[str, str]], *, actor: Actor) -> Sheet:
    """Change cells of a draft: line → column → text. A cell that is typed anew is no formula any more."""
    with transaction.atomic():
        locked = _take(sheet, actor)
        known = {column.name for column in sheet_files.columns(Kind(locked.kind))}
        for row in locked.rows:
            for column, text in changes.get(row["line"], {}).items():
                if column in known and text.strip() != row["cells"].get(column, ""):
                    row["cells"][column] = text.replace("\0", "").strip()[:500]
                    row["broken"].pop(column, None)
        locked.save(update_fields=["rows"])
    return locked


def discard(sheet: Sheet, *, actor: Actor) -> None:
    """Throw a draft away."""
    with transaction.atomic():
        _take(sheet, actor).delete()


def file(sheet: Sheet, *, actor: Actor, today: date, doubtful_too: bool) -> Sheet:
    """Make every good row a word of the department, in one transaction and under one receipt number; the
    others stay on the sheet, to be given back. What is the same as before changes nothing.

    One event stands for the whole sheet, so that the audit trail is locked for a moment only; each piece of
    evidence points to its sheet. Raises SheetDone, NothingToFile, EvidenceNotYours.
    """
    with transaction.atomic():
        locked = _take(sheet, actor)
        kind = Kind(locked.kind)
        rows = look(locked, actor=actor, today=today)
        good = [row for row in rows if row.state == "fine" or (doubtful_too and row.state == "doubtful")]
        if not good:
            raise NothingToFile
        words = _words(kind, good)
        _lock_people(words)
        made = [
            actions.word(person.pk, kind, content, locked.department, actor, "sheet", sheet=locked)
            for person, content in words
        ]
        Evidence.objects.bulk_create(made, batch_size=CHUNK)
        same = [row for row in rows if row.state == "same"]
        taken = {row.line for row in (*good, *same)}
        locked.rows = [row for row in locked.rows if row["line"] not in taken]
        locked.counts = {"new": len(made), "same": len(_words(kind, same)), "back": len(locked.rows)}
        locked.number = numbers.yearly(SERIES, today.year)
        locked.state, locked.filed_at = "filed", clock.now()
        locked.save(update_fields=["rows", "counts", "number", "state", "filed_at"])
        for piece, (_person, content) in zip(made, words, strict=True):
            actions.enter_guardian(piece, content, actor=actor)
        events.append(
            "evidence.sheet_filed",
            actor=actor,
            subject=locked,
            evidence=kind.value,
            department=locked.department,
            number=locked.number,
            file=locked.digest,
            **locked.counts,
        )
    return locked


def _take(sheet: Sheet, actor: Actor) -> Sheet:
    check_kind(Kind(sheet.kind), actor)
    locked = own(actor).select_for_update().filter(pk=sheet.pk).first()
    if locked is None:
        raise EvidenceNotYours
    if locked.state != "draft":
        raise SheetDone
    found: Sheet = locked
    return found


def _lock_people(words: list[tuple[Person, Says]]) -> None:
    ids = sorted({person.pk for person, _content in words})
    for start in range(0, len(ids), CHUNK):
        some = Person.objects.filter(pk__in=ids[start : start + CHUNK]).order_by("pk")
        list(some.select_for_update(no_key=True).values_list("pk"))


def _words(kind: Kind, rows: list[Row]) -> list[tuple[Person, Says]]:
    """One word a person and thing: an insurance's rows have theirs in common."""
    found: dict[tuple[int, str], tuple[Person, Says]] = {}
    for row in rows:
        if row.person is not None and row.content is not None:
            found.setdefault((row.person.pk, row.content.about), (row.person, row.content))
    return list(found.values())


def look(sheet: Sheet, *, actor: Actor, today: date) -> list[Row]:
    """Every row of a sheet, judged as things stand now."""
    kind = Kind(sheet.kind)
    rows = [Row(row["line"], row["cells"]) for row in sheet.rows]
    for row, stored in zip(rows, sheet.rows, strict=True):
        for column, code in stored["broken"].items():
            row.wrong(column, BROKEN[code])
        _read(kind, row)
    _find_people(rows, actor)
    if kind is Kind.INSURANCE:
        _months_together(rows)
    else:
        for row in rows:
            _typed(kind, row, row.says)
    _no_second(kind, rows)
    _compare(sheet, kind, rows, today)
    return rows


def counted(rows: list[Row]) -> dict[str, int]:
    """How many rows are fine, doubtful, wrong, the same."""
    found = Counter(row.state for row in rows)
    return {state: found[state] for state in ("wrong", "doubtful", "fine", "same")}


def _read(kind: Kind, row: Row) -> None:
    """Cell by cell, as far as each can be read by itself."""
    read: dict[str, Any] = {}
    for column in (*PERSON, *FIELDS[kind]):
        if column.name in row.faults:
            continue
        try:
            read[column.name] = read_cell(column, row.cells.get(column.name, ""))
        except CellFault as fault:
            row.wrong(column.name, str(fault))
    row.says = say(kind, read) | {"_number": read.get("person_number") or ""}


def _find_people(rows: list[Row], actor: Actor) -> None:
    numbers_asked = sorted({row.says["_number"] for row in rows} - {""})
    known: dict[str, Person] = {}
    for start in range(0, len(numbers_asked), CHUNK):
        for person in speaks_of(actor).filter(identity_number__in=numbers_asked[start : start + CHUNK]):
            known[person.identity_number] = person
    kept_from = keeping_away.kept_from(actor, known.values())
    for row in rows:
        found = known.get(row.says.pop("_number"))
        if "person_number" in row.faults or "person_name" in row.faults:
            continue
        if found is None or folded(found.name) != folded(row.cells.get("person_name", "")):
            row.wrong("person_number", PersonNotFound.sentence)
        elif found.pk in kept_from:
            row.wrong("person_number", ConflictOfInterest.sentence)
        else:
            row.person = found


def _typed(kind: Kind, row: Row, says: Mapping[str, Any]) -> None:
    """The whole row in the form of its kind; what the form finds lies on its cells."""
    if row.faults:
        return
    try:
        row.content = actions.read(kind, says)
    except EvidenceInvalid as invalid:
        columns = {column.name for column in FIELDS[kind]}
        for name, sentence in invalid.faults.items():
            parts = [part for part in name.split(".") if part in columns]
            row.wrong(parts[-1] if parts else {"months": "month"}.get(name, "person_name"), sentence)


def _months_together(rows: list[Row]) -> None:
    """An insurance's rows of one person are one word: when one of them is wrong, none is filed, for a hole in
    the months would speak against the person.
    """
    by_person: dict[str, list[Row]] = {}
    for row in rows:
        by_person.setdefault(row.cells.get("person_number", ""), []).append(row)
    for theirs in by_person.values():
        for row in theirs:
            _typed(Kind.INSURANCE, row, {"months": [row.says]})
        bad = [row for row in theirs if row.faults]
        for row in theirs:
            if bad and not row.faults:
                row.held = True
                row.wrong("person_name", _together(bad[0].line))
        if not bad:
            _typed(Kind.INSURANCE, theirs[0], {"months": [row.says for row in theirs]})
            for row in theirs[1:]:
                row.content = theirs[0].content
                row.faults = dict(theirs[0].faults)


def _together(line: int) -> str:
    return _("这个人的第 %(line)s 行有错，几行一起退回。") % {"line": line}


def _no_second(kind: Kind, rows: list[Row]) -> None:
    if kind is Kind.INSURANCE:
        return
    first: dict[tuple[int, str], int] = {}
    for row in rows:
        if row.person is None or row.content is None:
            continue
        before = first.setdefault((row.person.pk, row.content.about), row.line)
        if before != row.line:
            row.wrong("person_number", _("和第 %(line)s 行是同一个人的同一件事。") % {"line": before})


def _compare(sheet: Sheet, kind: Kind, rows: list[Row], today: date) -> None:
    """With what the department says already, and with what is likely."""
    whole = [row for row in rows if row.person is not None and row.content is not None and not row.faults]
    people = sorted({row.person.pk for row in whole if row.person is not None})
    before: dict[tuple[int, str], Evidence] = {}
    for start in range(0, len(people), CHUNK):
        before |= same_words(people[start : start + CHUNK], kind, sheet.department)
    guardians = _known_guardians(whole)
    for row in whole:
        assert row.person is not None and row.content is not None
        old = before.get((row.person.pk, row.content.about))
        row.same = old is not None and old.content == row.content
        if not row.same:
            row.doubts = dict(doubts.of(kind, row.content, row.person, today, old, guardians))


def _known_guardians(rows: list[Row]) -> set[str]:
    named = {
        row.content.guardian_identity_number for row in rows if isinstance(row.content, GuardianshipRecord)
    }
    if not named:
        return set()
    return set(Person.objects.filter(identity_number__in=named).values_list("identity_number", flat=True))
