"""Sheets of reports: every error is caught and explained, no good row is lost, and nothing is filed twice."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation
from python_calamine import CalamineWorkbook

from juzhu.evidence import spreadsheets
from juzhu.evidence.errors import SheetRefused
from juzhu.evidence.spreadsheets import REASON
from juzhu.operations import tasks
from juzhu.operations.models import Event, StoredFile, Task
from juzhu.people import organisations
from juzhu.people.errors import NotAllowed
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import TODAY
from juzhu.registration.errors import NothingToReport, SheetBusy, SheetGone
from juzhu.registration.models import Community, Invitation, Report, Sheet, SheetPart
from juzhu.registration.reporting import filing, packing, sheets
from juzhu.registration.reporting.entries import LEASE, STAY, WORK, Reporter
from juzhu.registration.reporting.sheet_files import PHASE_WORDS, columns, form_of, reason
from juzhu.registration.tests import report_sheets
from juzhu.registration.tests.report_sheets import ERRORS, SPELLINGS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
HEADS = [str(column.label) for column in columns(WORK)]


def firm(trade: str = "employer") -> tuple[Reporter, Any]:
    made, actor = reporters.enrolled(trade)
    return Reporter(made), actor


def worker(n: int = 0, **about: str) -> dict[str, str]:
    name, number = report_sheets.person(n)
    known = {
        "name": name, "identity_number": number, "phone": "13900001111", "phase": "入职",
        "happened_on": TODAY.isoformat(),
    }  # fmt: skip
    return known | about


def csv_of(*rows: dict[str, str], kind: str = WORK, encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    asked = columns(kind)
    writer = csv.writer(out)
    writer.writerow([str(column.label) for column in asked])
    writer.writerows([row.get(column.name, "") for column in asked] for row in rows)
    return out.getvalue().encode(encoding)


def draft(content: bytes, reporter: Reporter, actor: Any, kind: str = WORK) -> Sheet:
    sheet = sheets.draft(reporter, kind, content, "花名册.csv", actor=actor, today=TODAY)
    tasks.run_all()
    sheet.refresh_from_db()
    return sheet


def filed(sheet: Sheet, actor: Any, doubtful_too: bool = False) -> Sheet:
    sheets.file(sheet, actor=actor, today=TODAY, doubtful_too=doubtful_too)
    tasks.run_all()
    sheet.refresh_from_db()
    return sheet


def left(sheet: Sheet) -> int:
    """The rows that lie in the database."""
    return sum(part.count for part in sheet.parts.all())


def one(actor: Any, reporter: Reporter, **about: str) -> Any:
    return sheets.rows_of(draft(csv_of(worker(**about)), reporter, actor), today=TODAY)[0]


# Every error, no good row


@pytest.mark.parametrize("written", [report_sheets.as_xlsx, report_sheets.as_csv])
def test_of_two_thousand_rows_every_error_is_found_at_its_cell_and_every_good_row_is_filed(written):
    reporter, actor = firm("property")
    rows = list(report_sheets.lines(2000, TODAY))
    formulas = written is report_sheets.as_xlsx
    wrong = {n: row.error for n, row in enumerate(rows, 2) if row.error}
    if not formulas:  # as text, a formula's place holds a word, which is an address without a number
        wrong = {n: error for n, error in wrong.items() if error.name != "a formula"}
    sheet = draft(written(iter(rows)), reporter, actor, LEASE)
    assert (sheet.state, sheet.rows_done) == ("draft", 2000)
    assert {error.name for error in ERRORS} - {error.name for error in wrong.values()} <= {"a formula"}
    found = {row.line: row for row in sheets.rows_of(sheet, today=TODAY, verdict="wrong")}
    assert found.keys() == wrong.keys()
    for line, error in wrong.items():
        assert list(found[line].faults) == [error.column], error.name
        assert len(str(found[line].faults[error.column])) > 4, error.name
    sheet = filed(sheet, actor, doubtful_too=True)
    good = {row.cells["identity_number"] for n, row in enumerate(rows, 2) if n not in wrong}
    assert set(Report.objects.values_list("identity_number", flat=True)) == good
    assert sheet.counts == {"new": len(good), "same": 0, "back": len(wrong)}
    assert Invitation.objects.count() == len(good)
    assert left(sheet) == len(wrong)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_day_is_read_in_ten_spellings(spelling):
    reporter, actor = firm()
    row = one(actor, reporter, happened_on=spelling(date(2026, 3, 5)))
    assert (row.verdict, row.looked.entry.happened_on) == ("fine", date(2026, 3, 5))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_utf_8_and_in_gb18030_rare_characters_too(encoding: str):
    reporter, actor = firm()
    sheet = draft(csv_of(worker(name="㛃𠅤"), encoding=encoding), reporter, actor)
    assert sheets.rows_of(sheet, today=TODAY)[0].looked.entry.name == "㛃𠅤"


def test_without_a_number_a_row_is_doubtful_and_filed_only_when_wanted():
    reporter, actor = firm()
    without = worker(identity_number="", born="1990-05-01")
    sheet = draft(csv_of(worker(1), without), reporter, actor)
    assert sheet.counts == {"wrong": 0, "doubtful": 1, "fine": 1}
    assert filed(sheet, actor).counts == {"new": 1, "same": 0, "back": 1}
    again = draft(csv_of(without), reporter, actor)
    with pytest.raises(NothingToReport):
        sheets.file(again, actor=actor, today=TODAY, doubtful_too=False)
    assert filed(again, actor, doubtful_too=True).counts == {"new": 1, "same": 0, "back": 0}


def test_a_community_is_known_by_its_name_within_its_subdistrict():
    reporter, actor = firm("property")
    Community.objects.create(code="330105005001", subdistrict="330105005", name="桥西社区（示例）")
    row = dict(next(report_sheets.lines(1, TODAY, 0)).cells, community="桥西社区（示例）")
    elsewhere = row | {"subdistrict": "米市巷街道", "address": "湖墅南路 1 号"}
    sheet = draft(csv_of(row, elsewhere, kind=LEASE), reporter, actor, LEASE)
    first, second = sheets.rows_of(sheet, today=TODAY)
    assert first.looked.entry.community == "330105005001"
    assert list(second.faults) == ["community"]


# Files


@pytest.mark.parametrize("kind", [*PHASE_WORDS])
def test_a_template_opens_holds_every_column_and_its_example_is_passed_over(kind: str):
    content = spreadsheets.template(form_of(kind))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0] == [spreadsheets.heading(column) for column in columns(kind)]
    with pytest.raises(SheetRefused) as refused:
        list(spreadsheets.read(form_of(kind), content, "模板.xlsx"))
    assert refused.value.about["reason"] == "no_rows"


def _pack(cells: bytes, place: str = "worksheets/sheet1.xml") -> bytes:
    content = io.BytesIO(report_sheets.as_xlsx(report_sheets.lines(1, TODAY, 0)))
    out = io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = text.replace(b"</sheetData>", cells + b"</sheetData>")
            if name == "xl/_rels/workbook.xml.rels":
                text = text.replace(b"worksheets/sheet1.xml", place.encode())
            new.writestr(name.replace("worksheets/sheet1.xml", place), text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "xls"),
        (b"%PDF-1.7\x00\x00", "type"),
        (csv_of(worker()).replace("手机号".encode(), "电话".encode()), "columns"),
        (",".join([*HEADS, "身高"]).encode(), "columns"),
        (csv_of(), "no_rows"),
        (b"PK\x03\x04 nothing more", None),
        (b"x" * (20 * 1024 * 1024 + 1), "too_large"),
        (_pack(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "too_many"),
        (_pack(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "elsewhere/s.bin"), "too_many"),
        (_pack(b"<row>" + b"<c><v>1</v></c>" * 3_100_000 + b"</row>"), "too_many"),
        (_pack(b"<row/>" * 20_000_000), "too_many"),
    ],
    ids=[
        "empty",
        "xls",
        "pdf",
        "heads",
        "strange",
        "none",
        "broken",
        "large",
        "far",
        "hidden",
        "dense",
        "bomb",
    ],
)
def test_a_file_that_is_no_sheet_of_ours_is_refused_by_its_name(content: bytes, why: str | None):
    reporter, actor = firm()
    with pytest.raises(SheetRefused) as refused:
        sheets.draft(reporter, WORK, content, "花名册.csv", actor=actor, today=TODAY)
    assert refused.value.about.get("reason") == why
    assert "花名册.csv" in str(refused.value.sentence)
    assert not Sheet.objects.exists()


def test_fifty_thousand_rows_are_the_most(monkeypatch):
    reporter, actor = firm()
    monkeypatch.setattr("juzhu.registration.reporting.sheet_files.MOST_ROWS", 3)
    with pytest.raises(SheetRefused) as refused:
        draft(csv_of(*map(worker, range(4))), reporter, actor)
    assert refused.value.about["reason"] == "too_many"
    assert "最多 3 行" in str(refused.value.sentence)
    assert not Sheet.objects.exists()
    assert draft(csv_of(*map(worker, range(3))), reporter, actor).state == "draft"


def test_a_large_sheet_is_looked_at_by_a_worker_and_its_file_is_never_kept(monkeypatch):
    reporter, actor = firm()
    monkeypatch.setattr(sheets, "SMALL", 2)
    content = csv_of(*map(worker, range(5)))
    sheet = sheets.draft(reporter, WORK, content, "花名册.csv", actor=actor, today=TODAY)
    assert (sheet.state, sheet.rows_known, sheet.rows_done) == ("reading", 5, 0)
    assert not StoredFile.objects.exists()
    with pytest.raises(SheetBusy):
        sheets.file(sheet, actor=actor, today=TODAY, doubtful_too=True)
    tasks.run_all()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.rows_known, sheet.rows_done) == ("draft", 5, 5)
    sheets.file(sheet, actor=actor, today=TODAY, doubtful_too=False)
    sheet.refresh_from_db()
    assert (sheet.state, Report.objects.count()) == ("filing", 0)
    tasks.run_all()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.rows_done, Report.objects.count()) == ("filed", 5, 5)
    sheets.file_later(Task.objects.get(kind=sheets.FILE).payload)
    assert Report.objects.count() == 5


# Mending, filing, what comes back


def test_mended_cells_are_looked_at_anew_and_so_are_the_rows_that_repeated_them():
    reporter, actor = firm()
    rows = [worker(1), worker(1), worker(2, phone="1")]
    sheet = draft(csv_of(*rows), reporter, actor)
    assert [row.verdict for row in sheets.rows_of(sheet, today=TODAY)] == ["fine", "wrong", "wrong"]
    name, number = report_sheets.person(3)
    changes = {2: {"name": name, "identity_number": number, "nonsense": "x"}, 99: {"name": "x"}}
    sheet = sheets.mend(sheet, changes, actor=actor, today=TODAY)
    assert sheet.counts == {"wrong": 1, "doubtful": 0, "fine": 2}
    assert [row.cells["name"] for row in sheets.rows_of(sheet, today=TODAY)][:2] == [name, rows[1]["name"]]
    sheet = sheets.mend(sheet, {4: {"phone": "13900002222"}}, actor=actor, today=TODAY)
    assert sheet.counts == {"wrong": 0, "doubtful": 0, "fine": 3}
    assert "nonsense" not in sheets.rows_of(sheet, today=TODAY)[0].cells


def test_a_row_mended_into_another_is_found_when_the_sheet_is_filed():
    reporter, actor = firm()
    sheet = draft(csv_of(worker(1), worker(2)), reporter, actor)
    name, number = report_sheets.person(1)
    sheet = sheets.mend(sheet, {3: {"name": name, "identity_number": number}}, actor=actor, today=TODAY)
    sheet = filed(sheet, actor)
    assert sheet.counts == {"new": 1, "same": 0, "back": 1}
    (left,) = sheets.rows_of(sheet, today=TODAY)
    assert "第 2 行" in str(left.faults["name"])


def test_rows_at_many_places_are_shown_mended_and_given_back_in_the_order_of_their_lines(monkeypatch):
    monkeypatch.setattr(packing, "LINES", 4)
    reporter, actor = firm()
    rows = [worker(n, phone="1") if n % 3 == 0 else worker(n) for n in range(20)]
    rows[17] = rows[4]
    sheet = draft(csv_of(*rows), reporter, actor)
    wrong = sorted({*range(2, 22, 3), 19})
    pages = [
        row.line
        for first in range(0, 9, 3)
        for row in sheets.rows_of(sheet, today=TODAY, verdict="wrong", first=first, count=3)
    ]
    assert pages == wrong == [row.line for row in sheets.back(sheet, today=TODAY)]
    last = sheets.rows_of(sheet, today=TODAY, verdict="fine", first=10, count=9)
    assert [row.line for row in last] == [18, 21]
    name, number = report_sheets.person(99)
    phone = {"phone": "13900002222"}
    changes = {2: phone, 6: {"name": name, "identity_number": number}, 20: phone}
    sheet = sheets.mend(sheet, changes, actor=actor, today=TODAY)
    assert sheet.counts == {"wrong": 5, "doubtful": 0, "fine": 15}
    typed = {row.line: row.cells for row in sheets.rows_of(sheet, today=TODAY)}
    assert [*typed] == [*range(2, 22)]
    assert (typed[2]["phone"], typed[6]["name"], typed[19]["name"]) == ("13900002222", name, rows[4]["name"])
    assert filed(sheet, actor).counts == {"new": 15, "same": 0, "back": 5}
    assert [row.line for row in sheets.back(sheet, today=TODAY)] == [5, 8, 11, 14, 17]


def test_what_has_changed_since_a_row_was_looked_at_sends_it_back():
    reporter, actor = firm("property")
    community = Community.objects.create(
        code="330105005001", subdistrict="330105005", name="桥西社区（示例）"
    )
    lines = [dict(line.cells) for line in report_sheets.lines(3, TODAY, 0)]
    lines[0]["community"] = community.name
    sheet = draft(csv_of(*lines, kind=LEASE), reporter, actor, LEASE)
    assert sheet.counts == {"wrong": 0, "doubtful": 0, "fine": 3}
    community.delete()
    assert filed(sheet, actor).counts == {"new": 2, "same": 0, "back": 1}
    (back,) = sheets.back(sheet, today=TODAY)
    assert (back.line, list(back.faults)) == (2, ["community"])


def test_a_draft_of_years_ago_is_looked_at_as_of_today():
    reporter, actor = firm()
    sheet = draft(csv_of(worker()), reporter, actor)
    later = TODAY + timedelta(days=4 * 365)
    sheets.file(sheet, actor=actor, today=later, doubtful_too=True)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.counts) == ("draft", {"wrong": 1, "doubtful": 0, "fine": 0})
    assert not Report.objects.exists()


def test_a_formula_goes_when_its_cell_is_typed_anew():
    reporter, actor = firm("property")
    rows = [row for row in report_sheets.lines(2000, TODAY) if row.error and row.error.name == "a formula"]
    sheet = draft(report_sheets.as_xlsx(iter(rows[:1])), reporter, actor, LEASE)
    assert "公式" in str(sheets.rows_of(sheet, today=TODAY)[0].faults["address"])
    sheet = sheets.mend(sheet, {2: {"address": "桥弄街 6 幢"}}, actor=actor, today=TODAY)
    assert sheet.counts["fine"] == 1


def test_one_receipt_and_one_event_stand_for_the_sheet_and_wrong_rows_come_back_with_reasons():
    reporter, actor = firm()
    sheet = draft(csv_of(worker(1), worker(2, phone="=1+1")), reporter, actor)
    sheet = filed(sheet, actor)
    report = Report.objects.get()
    assert (sheet.number, report.sheet, report.channel) == ("BB-2026-000001", sheet, "sheet")
    event = Event.objects.latest("position")
    assert (event.kind, event.data["number"], event.data["count"]) == ("reports.filed", sheet.number, 1)
    assert event.data["first"] == event.data["last"] == report.number
    rows = [(row.cells, reason(WORK, row)) for row in sheets.back(sheet, today=TODAY)]
    content = spreadsheets.returned(form_of(WORK), rows)
    table = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert table[0][-1] == REASON
    phone = table[0].index("手机号")
    assert table[1][phone] == "=1+1"  # as text: nothing that we give back is computed
    assert "手机号" in table[1][-1]
    mended = draft(content, reporter, actor)
    assert (mended.counts["wrong"], mended.rows_known) == (1, 1)


def test_the_same_sheet_twice_is_told_and_doubles_nothing():
    reporter, actor = firm()
    content = csv_of(worker(1), worker(2))
    first = filed(draft(content, reporter, actor), actor)
    second = draft(content, reporter, actor)
    assert sheets.filed_before(second) == first
    assert filed(second, actor).counts == {"new": 0, "same": 2, "back": 0}
    assert (Report.objects.count(), Invitation.objects.count()) == (2, 2)
    other, others = firm()
    assert sheets.filed_before(draft(content, other, others)) is None


def test_a_sheet_is_filed_once_and_a_filed_one_is_neither_mended_nor_thrown_away():
    reporter, actor = firm()
    sheet = filed(draft(csv_of(worker()), reporter, actor), actor)
    for again in (
        lambda: sheets.file(sheet, actor=actor, today=TODAY, doubtful_too=False),
        lambda: sheets.mend(sheet, {}, actor=actor, today=TODAY),
        lambda: sheets.discard(sheet, actor=actor),
    ):
        with pytest.raises(SheetBusy):
            again()
    assert Report.objects.count() == 1


def test_a_worker_that_dies_amid_filing_leaves_nothing_half(monkeypatch):
    reporter, actor = firm()
    monkeypatch.setattr(sheets, "SMALL", 0)
    monkeypatch.setattr(filing, "BATCH", 2)
    sheet = draft(csv_of(*map(worker, range(5))), reporter, actor)
    sheets.file(sheet, actor=actor, today=TODAY, doubtful_too=False)
    made = filing.make

    def dies(*args: Any) -> Any:
        if Report.objects.count() >= 4:
            raise MemoryError
        return made(*args)

    monkeypatch.setattr(filing, "make", dies)
    tasks.run_all()
    assert (Report.objects.count(), Invitation.objects.count(), left(sheet)) == (0, 0, 5)
    monkeypatch.setattr(filing, "make", made)
    Task.objects.update(run_at="2020-01-01T00:00:00Z")
    tasks.run_all()
    sheet.refresh_from_db()
    assert (sheet.state, Report.objects.count(), left(sheet)) == ("filed", 5, 0)


def test_owner_colleague_and_stranger():
    reporter, actor = firm()
    assert reporter.organisation is not None
    colleague, stranger = make.make_account("林海峰"), make.make_account("路人")
    organisations.let_in(reporter.organisation, colleague.login, "林海峰", "reporter", actor=actor)
    hers = organisations.acting_for(colleague, reporter.organisation.pk)
    _other, others = firm()
    sheet = draft(csv_of(worker()), reporter, actor)
    assert list(sheets.own(actor)) == list(sheets.own(hers)) == [sheet]
    for who in (others, stranger.actor, make.make_officer("chief").actor):
        assert not sheets.own(who)
        with pytest.raises(SheetGone):
            sheets.file(sheet, actor=who, today=TODAY, doubtful_too=False)
        with pytest.raises(NotAllowed):
            sheets.draft(reporter, WORK, csv_of(worker(1)), "x.csv", actor=who, today=TODAY)
    with pytest.raises(NotAllowed):
        sheets.draft(reporter, STAY, csv_of(worker(1)), "x.csv", actor=actor, today=TODAY)
    assert filed(sheet, hers).counts["new"] == 1


def test_a_landlord_hands_in_a_sheet_of_their_own():
    reporter, actor = reporters.landlord()
    content = report_sheets.as_csv(report_sheets.lines(3, TODAY, 0))
    assert filed(draft(content, reporter, actor, LEASE), actor).counts["new"] == 3
    assert set(Report.objects.values_list("reporter", flat=True)) == {actor.person_id}


def test_a_new_upload_makes_room_for_itself():
    reporter, actor = firm()
    draft(csv_of(worker()), reporter, actor)
    second = draft(csv_of(worker(1)), reporter, actor)
    assert list(sheets.own(actor)) == [second]
    assert SheetPart.objects.count() == 1


def test_reasons_are_said_in_the_reader_s_language_whoever_read_the_sheet():
    reporter, actor = firm()
    content = csv_of(worker(1), worker(1))
    with translation.override("en"):
        sheet = draft(content, reporter, actor)
    assert "第 2 行" in str(sheets.rows_of(sheet, today=TODAY)[1].faults["name"])


def test_many_rows_cost_as_many_queries_as_few(django_assert_max_num_queries):
    reporter, actor = firm()
    sheet = draft(csv_of(*map(worker, range(300))), reporter, actor)
    with django_assert_max_num_queries(45):
        sheets.file(sheet, actor=actor, today=TODAY, doubtful_too=False)
    assert Report.objects.count() == 300


def test_who_is_reported_makes_no_difference_to_what_the_reporter_sees():
    reporter, actor = firm()
    known, stranger = make.make_person("林海峰"), report_sheets.person(7)
    make.register(known, TODAY - timedelta(days=30))
    rows = [
        worker(name=known.name, identity_number=known.identity_number),
        worker(name=stranger[0], identity_number=stranger[1]),
    ]
    sheet = draft(csv_of(*rows), reporter, actor)
    looks = [(row.verdict, row.faults, row.doubts) for row in sheets.rows_of(sheet, today=TODAY)]
    assert looks[0] == looks[1]
    assert filed(sheet, actor).counts == {"new": 2, "same": 0, "back": 0}
