"""The departments' pages: giving a word, replacing it, sheets, objections; three people and every fault."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from juzhu.evidence import actions, objections, sheets
from juzhu.evidence.kinds import GIVES, Kind
from juzhu.evidence.models import Evidence, Objection, Sheet
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people.models import Account, Person
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import chinese_left

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
GIVE = "/counter/departments/give"
PUPIL = {
    "school": "示例小学", "division": "330105", "full_time": "yes", "stage": "primary", "grade": "三年级",
    "enrolled_on_year": "2024", "enrolled_on_month": "9", "enrolled_on_day": "1",
}  # fmt: skip
SAYS = {"school": "示例小学", "full_time": True, "division": "330105"}
RUN = {"from": "2025-01", "to": "2025-06", "division": "330100", "employer": "旧公司"}


def officer(department: str = "education") -> Account:
    return make.make_officer("department", areas=(), department=department, name="林老师")


def who(person: Person) -> dict[str, str]:
    return {"person_name": person.name, "person_number": person.identity_number}


def text(response: Any) -> str:
    return str(response.content.decode())


def field_error(page: str, field: str) -> bool:
    return f'id="id_{field}_error"' in page


# One person


def test_a_word_is_looked_at_before_it_is_saved(sign_in):
    person, client = make.make_person(), sign_in(officer())
    shown = text(client.post(f"{GIVE}/student_record", {**who(person), **PUPIL, "step": "preview"}))
    assert "三年级" in shown
    assert "没有错，入库" in shown
    assert not Evidence.objects.exists()
    again = text(client.post(f"{GIVE}/student_record", {**who(person), **PUPIL, "step": "edit"}))
    assert 'value="三年级"' in again
    answer = client.post(f"{GIVE}/student_record", {**who(person), **PUPIL, "step": "save"}, follow=True)
    assert "已入库" in text(answer)
    piece = Evidence.objects.get()
    assert (piece.person, piece.department, piece.way) == (person, "education", "page")
    assert (piece.says["grade"], piece.says["enrolled_on"]) == ("三年级", "2024-09-01")


def test_what_is_hidden_in_the_preview_is_what_is_saved(sign_in):
    """The dates travel through the preview as one hidden field, not as three."""
    import re

    person, client = make.make_person(), sign_in(officer())
    shown = text(client.post(f"{GIVE}/student_record", {**who(person), **PUPIL, "step": "preview"}))
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown))
    client.post(f"{GIVE}/student_record", {**hidden, "step": "save"})
    assert Evidence.objects.get().says["enrolled_on"] == "2024-09-01"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"school": ""}, "school"), ({"division": "拱墅"}, "division"), ({"full_time": ""}, "full_time"),
        ({"stage": "kindergarten"}, "stage"), ({"enrolled_on_day": "31"}, "enrolled_on"),
        ({"left_on_year": "2023", "left_on_month": "1", "left_on_day": "1"}, "left_on"),
        ({"person_name": "别人"}, "person_number"), ({"person_number": "341221"}, "person_number"),
        ({"person_name": ""}, "person_name"),
    ],
)  # fmt: skip
def test_each_fault_is_named_in_the_summary_and_at_its_field_and_nothing_typed_is_lost(
    sign_in, changed, field
):
    typed = {**who(make.make_person()), **PUPIL, **changed, "step": "save"}
    page = text(sign_in(officer()).post(f"{GIVE}/student_record", typed))
    assert 'class="error-sum"' in page
    assert field_error(page, field)
    assert 'value="三年级"' in page
    assert "<title>错误：" in page
    assert not Evidence.objects.exists()


def test_insurance_is_given_by_spans_and_kept_by_months(sign_in):
    person, client = make.make_person(), sign_in(officer("human_resources"))
    typed = {
        **who(person), "spans": "1", "first_1": "2025-01", "last_1": "2025-03",
        "kinds_1": ["pension", "injury"], "late_1": "no", "division_1": "330100",
        "employer_1": "甲公司", "code_1": "",
    }  # fmt: skip
    more = text(client.post(f"{GIVE}/insurance", {**typed, "step": "more"}))
    assert 'name="first_2"' in more
    assert 'class="error-sum"' not in more
    assert 'value="甲公司"' in more
    typed |= {"spans": "2", "first_2": "2025-04", "last_2": "2026-02", "kinds_2": ["pension"],
              "division_2": "330100", "late_2": "yes"}  # fmt: skip
    assert "补缴" in text(client.post(f"{GIVE}/insurance", {**typed, "step": "preview"}))
    client.post(f"{GIVE}/insurance", {**typed, "step": "save"})
    says = Evidence.objects.get().says
    assert len(says["months"]) == 14
    assert [(run["from"], run["to"], run["back_paid"]) for run in says["runs"]] == [
        ("2025-01", "2025-03", False), ("2025-04", "2026-02", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({}, "first_1"), ({"first_1": "2025-01", "kinds_1": ["pension"]}, "last_1"),
        ({"first_1": "2025-01", "last_1": "2025-02"}, "kinds_1"),
        ({"first_1": "2025-02", "last_1": "2025-01", "kinds_1": ["pension"]}, "last_1"),
    ],
)  # fmt: skip
def test_a_span_that_is_not_whole_says_what_is_missing(sign_in, changed, field):
    typed = {**who(make.make_person()), "spans": "1", "division_1": "330100", **changed, "step": "save"}
    page = text(sign_in(officer("human_resources")).post(f"{GIVE}/insurance", typed))
    assert field_error(page, field)
    assert not Evidence.objects.exists()


def test_that_there_are_no_contributions_is_said_by_a_tick(sign_in):
    typed = {**who(make.make_person()), "spans": "1", "division_1": "330100", "none": "on", "step": "save"}
    sign_in(officer("human_resources")).post(f"{GIVE}/insurance", typed)
    assert Evidence.objects.get().says["runs"] == []


def test_odd_things_are_shown_in_the_preview(sign_in):
    typed = {**who(make.make_person()), **PUPIL, "student_number": "G110101199001011234", "step": "preview"}
    assert "这几处请再核对" in text(sign_in(officer()).post(f"{GIVE}/student_record", typed))


@pytest.mark.parametrize("department", sorted(GIVES))
def test_each_department_has_the_pages_of_its_own_kinds_alone(sign_in, department):
    account = make.make_officer("subdistrict") if department == "subdistrict" else officer(department)
    client = sign_in(account)
    start = text(client.get(GIVE))
    for kind in Kind:
        expected = 200 if kind in GIVES[department] else 404
        for page in (f"{GIVE}/{kind.value}", f"/counter/departments/sheets/{kind.value}/upload",
                     f"/counter/departments/sheets/{kind.value}/template.xlsx"):  # fmt: skip
            assert client.get(page).status_code == expected
        assert (f"{GIVE}/{kind.value}" in start) is (expected == 200)


def test_a_word_is_replaced_and_taken_back_by_its_own_department_alone(sign_in, on_day):
    person = make.make_person()
    piece = actions.attest(person.pk, Kind.STUDENT_RECORD, SAYS, "education", actor=SYSTEM)
    own, other, citizen = sign_in(officer()), sign_in(officer("housing")), sign_in(make.make_account("陈一"))
    for path in (f"/counter/attested/{piece.pk}/replace", f"/counter/attested/{piece.pk}/withdraw"):
        assert own.get(path).status_code == 200
        assert other.get(path).status_code == citizen.get(path).status_code == 404
        assert other.post(path, {"step": "save"}).status_code == 404
    assert 'value="示例小学"' in text(own.get(f"/counter/attested/{piece.pk}/replace"))
    on_day(date(2026, 3, 11))
    own.post(f"/counter/attested/{piece.pk}/replace", {**PUPIL, "school": "第二小学", "step": "save"})
    newest = Evidence.objects.latest("pk")
    assert (newest.person, newest.says["school"]) == (person, "第二小学")
    own.post(f"/counter/attested/{newest.pk}/withdraw")
    assert not Evidence.objects.filter(withdrawn_at__isnull=True).exists()
    assert own.get(f"/counter/attested/{newest.pk}/replace").status_code == 404


def test_the_list_is_filtered_paged_and_has_a_fixed_number_of_queries(
    sign_in, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr("juzhu.counter.views.departments.PAGE", 2)
    people = [make.make_person(f"周{n}芸") for n in range(3)]
    for person in people:
        actions.attest(person.pk, Kind.STUDENT_RECORD, SAYS, "education", actor=SYSTEM, way="push")
    actions.attest(people[0].pk, Kind.STUDY_CONTINUITY, {}, "education", actor=SYSTEM, way="sheet")
    client = sign_in(officer())
    with django_assert_max_num_queries(8):
        first = text(client.get("/counter/attested?kind=student_record"))
    assert first.count("示例小学") == 2
    assert "page=2" in first
    assert text(client.get("/counter/attested?kind=student_record&page=2")).count("示例小学") == 1
    assert "示例小学" not in text(client.get("/counter/attested?way=sheet"))
    assert client.get("/counter/attested?kind=nonsense&way=x&page=0").status_code == 200
    assert "周0芸" not in first  # no whole names on a list


# A sheet


def given(client: Client, content: bytes, kind: str = "student_record") -> Any:
    file = SimpleUploadedFile("学生.csv", content)
    return client.post(f"/counter/departments/sheets/{kind}/upload", {"sheet": file})


def rows_of(*rows: str) -> bytes:
    return "\n".join(["姓名,公民身份号码,学校,学校所在地,全日制,学籍号", *rows]).encode("gb18030")


def test_a_sheet_from_upload_to_receipt(sign_in):
    good, bad = make.make_person(), make.make_person("林海峰")
    client = sign_in(officer())
    answer = given(
        client,
        rows_of(f"{good.name},{good.identity_number},示例小学,330105,是,",
                f"{bad.name},{bad.identity_number},示例小学,330105,大概,"),
    )  # fmt: skip
    page = text(client.get(answer.url))
    assert "第 3 行" in page
    assert "请写“是”或“否”" in page
    assert 'value="大概"' in page
    pk = Sheet.objects.get().pk
    base = f"/counter/departments/sheets/{pk}"
    client.post(f"{base}/mend", {"c-3-full_time": "也许"})
    assert 'value="也许"' in text(client.get(base))
    assert client.get(f"{base}/returned.xlsx").content[:4] == b"PK\x03\x04"
    client.post(f"{base}/file", {})
    receipt = text(client.get(base))
    assert "ZM-2026-000001" in receipt
    assert Evidence.objects.get().person == good
    client.post(f"{base}/file", {})
    client.post(f"{base}/mend", {"c-3-full_time": "是"})
    client.post(f"{base}/discard", {})
    assert (Evidence.objects.count(), Sheet.objects.count()) == (1, 1)


def test_a_sheet_is_its_uploaders_alone(sign_in):
    person = make.make_person()
    answer = given(sign_in(officer()), rows_of(f"{person.name},{person.identity_number},示例小学,330105,是,"))
    for account in (officer(), officer("housing"), make.make_officer("chief"), make.make_account("陈一")):
        client = sign_in(account)
        assert client.get(answer.url).status_code == 404
        for action in ("mend", "file", "discard"):
            assert client.post(f"{answer.url}/{action}").status_code == 404
        assert client.get(f"{answer.url}/returned.xlsx").status_code == 404


def test_a_broken_file_is_named_at_its_field_and_a_missing_one_too(sign_in):
    client = sign_in(officer())
    page = text(given(client, b"%PDF-1.7\x00"))
    assert "“学生.csv”不是 .xlsx" in page
    assert field_error(page, "sheet")
    page = text(client.post("/counter/departments/sheets/student_record/upload", {}))
    assert "请选填好的表" in page
    assert not Sheet.objects.exists()


def test_doubtful_rows_wait_for_a_tick_and_the_same_again_is_said(sign_in):
    person, client = make.make_person(), sign_in(officer())
    content = rows_of(f"{person.name},{person.identity_number},示例小学,330105,是,G110101199001011234")
    url = given(client, content).url
    assert "有疑问的核对过了" in text(client.get(url))
    client.post(f"{url}/file", {"doubtful": "1"})
    assert Evidence.objects.count() == 1
    page = text(client.get(given(client, content).url))
    assert "已经入库，编号 ZM-2026-000001" in page
    assert "不用入库" in page


def test_a_template_downloads_under_a_plain_name(sign_in):
    answer = sign_in(officer()).get("/counter/departments/sheets/student_record/template.xlsx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="student_record-template.xlsx"'
    assert io.BytesIO(answer.content).read(4) == b"PK\x03\x04"


# Objections


def objected(account: Account | None = None) -> Objection:
    account = account or make.make_account()
    piece = actions.attest(
        account.person_id, Kind.INSURANCE, {"runs": [RUN]}, "human_resources", actor=SYSTEM
    )
    return objections.file(piece, "换了单位", "一直缴到今年 2 月", actor=account.actor, today=TODAY)


def test_the_queue_is_ordered_by_the_due_day_and_says_the_days_left(sign_in, on_day):
    first = objected()
    on_day(date(2026, 3, 12))
    account = make.make_account("陈一")
    piece = actions.attest(
        account.person_id, Kind.INSURANCE, {"runs": [RUN]}, "human_resources", actor=SYSTEM
    )
    second = objections.file(piece, "不对", "", actor=account.actor, today=date(2026, 3, 12))
    page = text(sign_in(officer("human_resources")).get("/counter/departments/objections"))
    assert page.index(first.number) < page.index(second.number)
    assert "还剩 5 天" in page
    assert first.number not in text(sign_in(officer("education")).get("/counter/departments/objections"))


def test_a_correction_by_page(sign_in):
    objection, client = objected(), sign_in(officer("human_resources"))
    path = f"/counter/departments/objections/{objection.number}"
    page = text(client.get(f"{path}?as=correct"))
    assert "一直缴到今年 2 月" in page
    assert '<option value="2025-06" selected>' in page
    typed = {"as": "correct", "spans": "1", "first_1": "2025-01", "last_1": "2026-02", "kinds_1": ["pension"],
             "division_1": "330100", "late_1": "no", "employer_1": "新公司"}  # fmt: skip
    page = text(client.post(path, {**typed, "answer": ""}))
    assert field_error(page, "answer")
    assert 'value="新公司"' in page
    assert client.post(path, {**typed, "answer": "查了账册，漏了几个月"}).status_code == 302
    objection.refresh_from_db()
    assert objection.state == "corrected"
    assert objection.replacement is not None
    assert len(objection.replacement.says["months"]) == 14
    assert objection.number in text(client.get("/counter/departments/objections?tab=done"))
    assert "新公司" in text(client.get(path))


@pytest.mark.parametrize(("way", "state"), [("uphold", "upheld"), ("withdraw", "corrected")])
def test_the_two_other_answers(sign_in, way, state):
    objection, client = objected(), sign_in(officer("human_resources"))
    path = f"/counter/departments/objections/{objection.number}"
    client.post(path, {"as": way, "answer": "查过账册，写明在此"})
    objection.refresh_from_db()
    assert (objection.state, objection.replacement) == (state, None)


def test_saying_the_same_is_no_correction_and_keeps_what_was_typed(sign_in):
    objection, client = objected(), sign_in(officer("human_resources"))
    path = f"/counter/departments/objections/{objection.number}"
    page = text(client.post(path, {"as": "uphold", "answer": "没错"}))
    assert "至少 5 个字" in page
    assert "没错</textarea>" in page
    objection.refresh_from_db()
    assert objection.is_open


def test_an_objection_is_its_departments_alone_and_reading_it_is_logged(sign_in):
    objection = objected()
    path = f"/counter/departments/objections/{objection.number}"
    own = officer("human_resources")
    client = sign_in(own)
    client.get(path)
    client.get(path)
    assert Event.objects.filter(kind="person.read", actor_account_id=own.pk).count() == 1
    for account in (officer("housing"), make.make_officer("subdistrict"), make.make_officer("chief"),
                    make.make_account("陈一")):  # fmt: skip
        assert sign_in(account).get(path).status_code == 404
        assert sign_in(account).post(path, {"as": "uphold", "answer": "不该看到的"}).status_code == 404
    assert client.get("/counter/departments/objections/YY%00").status_code == 404


# A case


def test_the_officer_of_a_case_sees_way_certainty_validity_record_and_objection(sign_in, clerk):
    account = make.eligible_account()
    says = {"runs": [{**RUN, "to": "2026-02"}]}
    record = {"format": "jws", "text": "a.b.c", "key": "hr-2026", "digest": "ab" * 32}
    piece = actions.attest(
        account.person_id, Kind.INSURANCE, says, "human_resources", actor=SYSTEM, way="push",
        certainty="signed", record=record,
    )  # fmt: skip
    case = make.submitted(account)
    client = sign_in(clerk)
    page = text(client.get(f"/counter/cases/{case.number}?f=insured_one_year"))
    for words in ("部门系统发来的", "部门签了名，验过", "hr-2026", "ab" * 32):
        assert words in page
    made = objections.file(piece, "单位不对", "", actor=account.actor, today=TODAY)
    page = text(client.get(f"/counter/cases/{case.number}?f=insured_one_year"))
    assert made.number in page
    assert "不能凭它不予" in page


def test_pages_of_departments_have_one_heading_each(sign_in):
    person, client = make.make_person(), sign_in(officer())
    url = given(client, rows_of(f"{person.name},{person.identity_number},示例小学,330105,大概,")).url
    for path in (GIVE, f"{GIVE}/student_record", "/counter/attested", "/counter/departments/objections", url):
        assert text(client.get(path)).count("<h1") == 1
    assert sheets.own(Account.objects.get(pk=Sheet.objects.get().made_by_id).actor).count() == 1


def test_every_page_of_departments_speaks_english(sign_in):
    """Of every department and kind, with faults and doubts on the page."""
    person = make.make_person()
    for department in sorted(GIVES):
        account = make.make_officer("subdistrict") if department == "subdistrict" else officer(department)
        client = sign_in(account)
        client.cookies["django_language"] = "en"
        pages = [GIVE, "/counter/attested", "/counter/departments/objections"]
        for kind in GIVES[department]:
            pages += [f"{GIVE}/{kind.value}", f"/counter/departments/sheets/{kind.value}/upload"]
        for path in pages:
            assert chinese_left(client.get(path)) == [], path
    client = sign_in(officer())
    client.cookies["django_language"] = "en"
    rows = rows_of(f"{person.name},{person.identity_number},示例小学,330105,大概,")
    wrong = client.get(given(client, rows).url)
    assert "Write Yes" in text(wrong)
    assert chinese_left(client.post(f"{GIVE}/student_record", {"step": "save"})) == []
    objection = objected()
    client = sign_in(officer("human_resources"))
    client.cookies["django_language"] = "en"
    for way in ("", "?as=correct", "?as=uphold", "?as=withdraw"):
        path = f"/counter/departments/objections/{objection.number}{way}"
        assert chinese_left(client.get(path)) == []
