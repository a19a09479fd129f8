"""Sheets: templates that are their own example, every fault at its cell, filing once, what comes back."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from juzhu.evidence import actions, sheet_files, sheets
from juzhu.evidence.errors import EvidenceNotYours, KindNotYours, NothingToFile, SheetDone, SheetRefused
from juzhu.evidence.kinds import GIVES, Kind
from juzhu.evidence.models import Evidence, Sheet
from juzhu.evidence.queries import known_by_departments, proof_of
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people.models import Account, Guardianship, Person
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
EVERY = sorted({kind for kinds in GIVES.values() for kind in kinds})
STUDENT_HEADS = ["姓名*", "公民身份号码*", "学校*", "学校所在地*", "全日制*", "入学日期", "学段"]


def officer(department: str = "education") -> Account:
    return make.make_officer("department", areas=(), department=department)


def csv_of(*rows: list[Any], encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_of(*rows: list[Any], formulas: dict[tuple[int, int], str] | None = None) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for line, row in enumerate(rows):
            for at, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(line, at, cell, day)
                else:
                    sheet.write(line, at, cell)
        for (line, at), formula in (formulas or {}).items():
            sheet.write_formula(line, at, formula, None, 5)
    return out.getvalue()


def pupil(person: Person, **about: Any) -> list[Any]:
    said = {"school": "示例小学", "division": "330105", "full_time": "是", "enrolled": "2024-09-01",
            "stage": "小学", **about}  # fmt: skip
    return [person.name, person.identity_number, *said.values()]


def draft(
    content: bytes, kind: Kind = Kind.STUDENT_RECORD, by: Account | None = None
) -> tuple[Sheet, Account]:
    by = by or officer()
    return sheets.draft(kind, content, "学生.csv", actor=by.actor), by


def look(sheet: Sheet, by: Account) -> list[sheets.Row]:
    return sheets.look(sheet, actor=by.actor, today=TODAY)


def one(content: bytes, kind: Kind = Kind.STUDENT_RECORD, by: Account | None = None) -> sheets.Row:
    return look(*draft(content, kind, by))[0]


# Files


@pytest.mark.parametrize("kind", EVERY)
def test_a_template_opens_holds_every_column_and_its_example_is_passed_over(kind: Kind):
    content = sheet_files.template(kind)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0] == [sheet_files.heading(column) for column in sheet_files.columns(kind)]
    assert all(rows[1][at] for at, column in enumerate(sheet_files.columns(kind)) if column.required)
    with pytest.raises(SheetRefused) as refused:
        sheet_files.read(kind, content, "模板.xlsx")
    assert refused.value.about["reason"] == "no_rows"


def test_a_template_keeps_identity_numbers_as_text():
    with zipfile.ZipFile(io.BytesIO(sheet_files.template(Kind.STUDENT_RECORD))) as pack:
        assert b'formatCode="@"' in pack.read("xl/styles.xml") or b'numFmtId="49"' in pack.read(
            "xl/styles.xml"
        )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_utf_8_and_in_gb18030_rare_characters_too(encoding: str):
    person = make.make_person("㛃𠅤")
    row = one(csv_of(STUDENT_HEADS, pupil(person, school="䶮堃小学"), encoding=encoding))
    assert (row.state, row.says["school"]) == ("fine", "䶮堃小学")


def test_an_excel_date_a_number_and_a_truth_are_read_as_what_they_are():
    person = make.make_person()
    row = one(
        xlsx_of(STUDENT_HEADS, pupil(person, enrolled=date(2024, 9, 1), division=330105, full_time=True))
    )
    assert (row.state, row.says["enrolled_on"], row.says["division"]) == ("fine", "2024-09-01", "330105")


def test_columns_stand_in_any_order_and_empty_rows_are_passed_over():
    person = make.make_person()
    heads = ["学校*", "全日制", "姓名", "公民身份号码", "学校所在地"]
    rows = [heads, [], ["示例小学", "是", person.name, person.identity_number, "330105"], ["", "", ""]]
    found = look(*draft(csv_of(*rows)))
    assert [(row.line, row.state) for row in found] == [(3, "fine")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "xls"),
        (b"\xff\xfe\x00\x01\x02", "type"),
        (b"%PDF-1.7\x00\x00", "type"),
        (csv_of(["姓名", "学校"]), "columns"),
        (csv_of([*STUDENT_HEADS, "身高"], []), "columns"),
        (csv_of([*STUDENT_HEADS, "姓名"], []), "columns"),
        (csv_of(STUDENT_HEADS), "no_rows"),
        (b"PK\x03\x04 nothing more", None),
        (b"x" * (10 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_a_file_that_is_no_sheet_of_ours_is_refused_by_its_name(content: bytes, reason: str | None):
    with pytest.raises(SheetRefused) as refused:
        draft(content)
    assert refused.value.about.get("reason") == reason
    assert "学生.csv" in str(refused.value.sentence)
    assert not Sheet.objects.exists()


def test_five_thousand_rows_are_the_most(monkeypatch):
    monkeypatch.setattr(sheet_files, "MOST_ROWS", 3)
    rows = [["甲", "1", "校", "330105", "是", "", ""]] * 4
    assert draft(csv_of(STUDENT_HEADS, *rows[:3]))[0].rows
    with pytest.raises(SheetRefused) as refused:
        draft(csv_of(STUDENT_HEADS, *rows))
    assert refused.value.about["reason"] == "too_many"


def test_a_single_cell_far_out_does_not_cost_all_memory():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "姓名")
        sheet.write_string(1_048_575, 16_383, "x")
    with pytest.raises(SheetRefused) as refused:
        draft(out.getvalue())
    assert refused.value.about["reason"] == "too_many"


# Cells


@pytest.mark.parametrize(
    ("column", "about"),
    [
        ("school", {"school": ""}),
        ("school", {"school": "长" * 201}),
        ("division", {"division": "拱墅区"}),
        ("full_time", {"full_time": "大概"}),
        ("enrolled_on", {"enrolled": "2024-02-30"}),
        ("enrolled_on", {"enrolled": "去年"}),
        ("stage", {"stage": "幼儿园"}),
    ],
)
def test_each_fault_lies_on_its_cell(column: str, about: dict[str, Any]):
    row = one(csv_of(STUDENT_HEADS, pupil(make.make_person(), **about)))
    assert row.state == "wrong"
    assert list(row.faults) == [column]
    assert str(row.faults[column])


def test_a_fault_between_two_cells_lies_on_the_later_one():
    person = make.make_person()
    row = one(csv_of([*STUDENT_HEADS, "离校日期"], [*pupil(person), "2024-08-31"]))
    assert list(row.faults) == ["left_on"]


def test_a_formula_is_named_even_when_it_holds_a_fitting_value():
    content = xlsx_of(STUDENT_HEADS, pupil(make.make_person()), formulas={(1, 3): "=330100+5"})
    row = one(content)
    assert list(row.faults) == ["division"]
    assert "公式" in str(row.faults["division"])


@pytest.mark.parametrize("prefix", [b"", b"x:"])
def test_each_formula_is_found_at_its_cell_whatever_stands_between(prefix: bytes):
    heads = [column.name for column in sheet_files.columns(Kind.STUDENT_RECORD)]
    labels = [sheet_files.heading(column) for column in sheet_files.columns(Kind.STUDENT_RECORD)]
    rows = [[f"half of <f> {n}" for _head in heads] for n in range(30)]
    places = {(3, 0), (3, 2), (4, 4), (29, len(heads) - 1)}
    content = xlsx_of(labels, *rows, formulas=dict.fromkeys(places, '="half of "&5'))
    read = sheet_files.read(Kind.STUDENT_RECORD, prefixed(content, prefix), "学籍.xlsx")
    found = {(row["line"] - 1, heads.index(name)) for row in read for name in row["broken"]}
    assert found == places


def prefixed(content: bytes, prefix: bytes) -> bytes:
    """The same workbook, the tags of its sheet with a prefix, as some programs write them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            xml = old.read(name)
            if prefix and name == "xl/worksheets/sheet1.xml":
                xml = re.sub(rb"<(/?)(?=[a-z])", rb"<\1" + prefix, xml).replace(b" xmlns=", b" xmlns:x=")
            new.writestr(name, xml)
    return out.getvalue()


@pytest.mark.parametrize("lost", [341221199308170023.0, "3.41221E+17"])
def test_a_number_that_the_spreadsheet_has_rounded_is_named(lost: Any):
    person = make.make_person()
    row = one(xlsx_of(STUDENT_HEADS, [person.name, lost, *pupil(person)[2:]]))
    assert "最后几位丢了" in str(row.faults["person_number"])


def test_a_stranger_and_a_wrong_name_are_told_alike():
    person, stranger = make.make_person(), make.identity("陈一")
    wrong_name = one(csv_of(STUDENT_HEADS, ["别人", *pupil(person)[1:]]))
    unknown = one(csv_of(STUDENT_HEADS, ["陈一", stranger.identity_number, *pupil(person)[2:]]))
    assert str(wrong_name.faults["person_number"]) == str(unknown.faults["person_number"])


def test_one_person_twice_is_wrong_the_second_time():
    person = make.make_person()
    rows = look(*draft(csv_of(STUDENT_HEADS, pupil(person), pupil(person, school="另一所"))))
    assert [row.state for row in rows] == ["fine", "wrong"]
    assert "第 2 行" in str(rows[1].faults["person_number"])


def test_what_is_odd_is_doubtful_not_wrong():
    person = make.make_person()
    row = one(csv_of([*STUDENT_HEADS, "学籍号"], [*pupil(person), "G110101199001011234"]))
    assert (row.state, list(row.doubts)) == ("doubtful", ["student_number"])


def test_a_mended_cell_is_looked_at_anew_and_others_stay():
    person = make.make_person()
    content = xlsx_of(STUDENT_HEADS, pupil(person, full_time="大概"), formulas={(1, 3): "=330100+5"})
    sheet, by = draft(content)
    changes = {2: {"full_time": "是", "division": "330105", "nonsense": "x"}, 99: {"school": "x"}}
    sheet = sheets.mend(sheet, changes, actor=by.actor)
    assert [row.state for row in look(sheet, by)] == ["fine"]
    assert "nonsense" not in sheet.rows[0]["cells"]


# Months


MONTHS = ["姓名", "公民身份号码", "缴费月份", "险种", "参保地", "到账月份", "补缴", "单位"]


def months(person: Person, *texts: str, **about: str) -> list[list[str]]:
    return [
        [person.name, person.identity_number, text, about.get("kinds", "养老、失业"), "330100",
         about.get("paid", ""), about.get("late", ""), "甲公司"]
        for text in texts
    ]  # fmt: skip


@pytest.mark.requirement("C02")
def test_months_of_one_person_become_one_word_with_runs():
    person, by = make.make_person(), officer("human_resources")
    sheet, by = draft(csv_of(MONTHS, *months(person, "2025-01", "2025-02", "2025-03")), Kind.INSURANCE, by)
    filed = sheets.file(sheet, actor=by.actor, today=TODAY, doubtful_too=False)
    assert filed.counts == {"new": 1, "same": 0, "back": 0}
    runs = proof_of(person.pk, TODAY).insurance()
    assert runs is not None
    assert [(str(run.from_)[:7], str(run.to)[:7]) for run in runs] == [("2025-01", "2025-03")]


def test_one_wrong_month_sends_all_months_of_that_person_back_and_nobody_elses():
    her, him, by = make.make_person(), make.make_person("林海峰"), officer("human_resources")
    rows = [*months(her, "2025-01", "2025-13", "2025-03"), *months(him, "2025-01")]
    sheet, by = draft(csv_of(MONTHS, *rows), Kind.INSURANCE, by)
    assert [row.state for row in look(sheet, by)] == ["wrong", "wrong", "wrong", "fine"]
    filed = sheets.file(sheet, actor=by.actor, today=TODAY, doubtful_too=False)
    assert filed.counts == {"new": 1, "same": 0, "back": 3}
    assert known_by_departments(her.pk) == []


def test_a_month_twice_is_wrong_and_a_late_one_without_a_word_is_doubtful():
    person, by = make.make_person(), officer("human_resources")
    twice = one(csv_of(MONTHS, *months(person, "2025-01", "2025-01")), Kind.INSURANCE, by)
    assert list(twice.faults) == ["month"]
    late = one(csv_of(MONTHS, *months(person, "2025-01", paid="2025-06")), Kind.INSURANCE, by)
    assert list(late.doubts) == ["back_paid"]


def test_a_sheet_that_would_lose_earlier_months_is_doubtful():
    person, by = make.make_person(), officer("human_resources")
    make.attest_insurance(person, "2024-01", "2025-12")
    row = one(csv_of(MONTHS, *months(person, "2026-01")), Kind.INSURANCE, by)
    assert row.state == "doubtful"
    assert "2024-01" in str(row.doubts["month"])


# Filing


@pytest.mark.requirement("D08")
def test_good_rows_are_filed_under_one_number_and_wrong_ones_come_back_with_reasons():
    good, odd, by = make.make_person(), make.make_person("林海峰"), officer()
    heads = [*STUDENT_HEADS, "学籍号"]
    rows = [
        [*pupil(good), ""], [*pupil(odd), "G110101199001011234"],
        [*pupil(make.make_person("陈一"), full_time="=1+1"), ""],
    ]  # fmt: skip
    sheet, by = draft(csv_of(heads, *rows), by=by)
    filed = sheets.file(sheet, actor=by.actor, today=TODAY, doubtful_too=False)
    assert (filed.number, filed.counts) == ("ZM-2026-000001", {"new": 1, "same": 0, "back": 2})
    piece = Evidence.objects.get()
    assert (piece.person, piece.way, piece.sheet, piece.given_by_id) == (good, "sheet", filed, by.pk)
    event = Event.objects.latest("position")
    assert (event.kind, event.data["number"], event.data["new"]) == ("evidence.sheet_filed", filed.number, 1)
    back = look(filed, by)
    content = sheet_files.returned(
        Kind.STUDENT_RECORD, [(row.cells, "；".join(map(str, row.faults.values()))) for row in back]
    )
    table = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert table[0][-1] == sheet_files.REASON
    assert [line[0] for line in table[1:]] == ["林海峰", "陈一"]
    full_time = table[0].index("全日制*")
    assert table[2][full_time] == "=1+1"  # as text: nothing that we give back is computed
    assert "是" in table[2][-1]


def test_doubtful_rows_are_filed_when_the_officer_says_so():
    person = make.make_person()
    sheet, by = draft(csv_of([*STUDENT_HEADS, "学籍号"], [*pupil(person), "G110101199001011234"]))
    filed = sheets.file(sheet, actor=by.actor, today=TODAY, doubtful_too=True)
    assert filed.counts == {"new": 1, "same": 0, "back": 0}


def test_the_same_sheet_twice_changes_nothing():
    people, by = [make.make_person(), make.make_person("林海峰")], officer()
    content = csv_of(STUDENT_HEADS, *map(pupil, people))
    first, by = draft(content, by=by)
    first = sheets.file(first, actor=by.actor, today=TODAY, doubtful_too=False)
    second, by = draft(content, by=by)
    assert sheets.filed_before(second) == first
    assert [row.state for row in look(second, by)] == ["same", "same"]
    with pytest.raises(NothingToFile):
        sheets.file(second, actor=by.actor, today=TODAY, doubtful_too=True)
    assert Evidence.objects.count() == 2


def test_a_sheet_is_filed_once():
    sheet, by = draft(csv_of(STUDENT_HEADS, pupil(make.make_person())))
    sheets.file(sheet, actor=by.actor, today=TODAY, doubtful_too=False)
    for again in (
        lambda: sheets.file(sheet, actor=by.actor, today=TODAY, doubtful_too=False),
        lambda: sheets.mend(sheet, {}, actor=by.actor),
        lambda: sheets.discard(sheet, actor=by.actor),
    ):
        with pytest.raises(SheetDone):
            again()
    assert Evidence.objects.count() == 1


def test_nobody_touches_anothers_draft_and_no_other_department_makes_one():
    sheet, by = draft(csv_of(STUDENT_HEADS, pupil(make.make_person())))
    colleague, stranger = officer(), officer("housing")
    assert not sheets.own(colleague.actor).exists()
    with pytest.raises(EvidenceNotYours):
        sheets.file(sheet, actor=colleague.actor, today=TODAY, doubtful_too=False)
    with pytest.raises(KindNotYours):
        sheets.file(sheet, actor=stranger.actor, today=TODAY, doubtful_too=False)
    with pytest.raises(KindNotYours):
        draft(csv_of(STUDENT_HEADS), by=stranger)
    assert look(sheet, by)[0].state == "fine"


def test_a_new_upload_makes_room_for_itself_and_a_draft_can_be_thrown_away():
    person, by = make.make_person(), officer()
    _first, by = draft(csv_of(STUDENT_HEADS, pupil(person)), by=by)
    second, by = draft(csv_of(STUDENT_HEADS, pupil(person)), by=by)
    assert list(sheets.own(by.actor)) == [second]
    sheets.discard(second, actor=by.actor)
    assert not Sheet.objects.exists()


def test_a_subdistricts_sheet_finds_its_own_people_only():
    here, there = make.make_person(), make.make_person("林海峰")
    make.register(here, date(2025, 7, 1))
    make.register(there, date(2025, 7, 1), subdistrict=make.OTHER_AREA)
    heads = ["姓名", "公民身份号码", "房屋地址", "违法建筑", "危险房屋", "擅自改变用途", "排查日期"]
    rows = [
        [person.name, person.identity_number, "某村 1 号", "否", "否", "否", "2026-03-01"]
        for person in (here, there)
    ]
    by = make.make_officer("subdistrict")
    found = look(*draft(csv_of(heads, *rows), Kind.SAFETY_INSPECTION, by))
    assert [row.state for row in found] == ["fine", "wrong"]


def test_guardianships_on_a_sheet_are_entered_in_the_register():
    mother, child = make.make_person(), make.make_person("周小满", date(2018, 5, 1))
    heads = ["姓名", "公民身份号码", "监护人姓名", "监护人证号", "是孩子的"]
    row = [child.name, child.identity_number, mother.name, mother.identity_number, "母亲"]
    sheet, by = draft(csv_of(heads, row), Kind.GUARDIANSHIP, officer("police"))
    sheets.file(sheet, actor=by.actor, today=TODAY, doubtful_too=False)
    assert Guardianship.objects.get().guardian == mother


def test_looking_takes_as_many_queries_for_many_rows_as_for_few(django_assert_max_num_queries):
    people = [make.make_person(f"周{n:02d}") for n in range(30)]
    sheet, by = draft(csv_of(STUDENT_HEADS, *map(pupil, people)))
    with django_assert_max_num_queries(4):
        look(sheet, by)
    with django_assert_max_num_queries(27):
        sheets.file(sheet, actor=by.actor, today=TODAY, doubtful_too=False)


def test_a_word_pushed_meanwhile_is_seen_when_filing():
    person = make.make_person()
    sheet, by = draft(csv_of(STUDENT_HEADS, pupil(person)))
    says = {"school": "示例小学", "full_time": True, "division": "330105", "enrolled_on": "2024-09-01",
            "stage": "primary"}  # fmt: skip
    actions.attest(person.pk, Kind.STUDENT_RECORD, says, "education", actor=SYSTEM, way="push")
    with pytest.raises(NothingToFile):
        sheets.file(sheet, actor=by.actor, today=TODAY, doubtful_too=False)
    assert Evidence.objects.count() == 1
