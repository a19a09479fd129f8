"""What offices know of me: shown with its source, and taken to the department when it is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.evidence import actions, objections
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence, Objection
from juzhu.operations.actors import SYSTEM
from juzhu.people.models import Account, Guardianship
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
MONTHS = [
    {"month": f"2025-{n:02d}", "kinds": ["pension", "medical"], "division": "330100", "employer": "甲公司",
     "paid_month": f"2025-{n:02d}"}
    for n in range(1, 13)
]  # fmt: skip
SAFE = {"illegal_construction": False, "dangerous_building": False, "changed_use": False,
        "inspected_on": "2025-01-05", "valid_until": "2026-01-04"}  # fmt: skip


def known_to(account: Account) -> Evidence:
    assert account.person_id is not None
    return actions.attest(
        account.person_id, Kind.INSURANCE, {"months": MONTHS}, "human_resources", actor=SYSTEM, way="sheet"
    )


@pytest.mark.requirement("D08", "J06")
def test_each_thing_stands_with_its_source_day_way_and_validity():
    account = make.make_account()
    known_to(account)
    actions.attest(account.person_id, Kind.SAFETY_INSPECTION, SAFE, "subdistrict", actor=SYSTEM)
    page = words(signed_in(account).get("/known"))
    for said in ("来自 人力社保局".replace(" ", ""), "2026-03-10", "部门成批交来的表", "2025-01 — 2025-12",
                 "2026-01-04 过期了", "过期了，现在不作数", "一个月一个月看，12 条"):  # fmt: skip
        assert said in page
    assert html(signed_in(account).get("/known")).count('<li><b class="num">2025-') == 12


def test_nobody_elses_word_can_be_seen_or_objected_to():
    account, other = make.make_account(), make.make_account("陈一")
    piece = known_to(account)
    assert "甲公司" not in html(signed_in(other).get("/known"))
    made = objections.file(piece, "单位不对", "", actor=account.actor, today=TODAY)
    for path in (f"/known/{piece.pk}/object", f"/known/objections/{made.number}"):
        assert signed_in(other).get(path).status_code == 404
        assert stranger().get(path).status_code == 302
        assert signed_in(make.make_officer()).get(path).status_code == 302
    assert signed_in(other).post(f"/known/{piece.pk}/object", {"wrong": "x"}).status_code == 404
    assert Objection.objects.count() == 1


@pytest.mark.requirement("J06")
def test_saying_that_it_is_wrong_and_reading_the_answer():
    account = make.make_account()
    piece = known_to(account)
    client = signed_in(account)
    form = client.get(f"/known/{piece.pk}/object")
    assert "最晚 2026-03-17 答复您（本区承诺 5 个工作日）" in words(form)
    empty = client.post(f"/known/{piece.pk}/object", {"wrong": "", "right": "乙公司"})
    assert "请写哪里不对" in words(empty)
    assert "乙公司</textarea>" in html(empty)
    answer = client.post(f"/known/{piece.pk}/object", {"wrong": "换了单位", "right": "乙公司"})
    made = Objection.objects.get()
    assert answer.url == f"/known/objections/{made.number}"
    assert "部门正在核对" in words(client.get(answer.url))
    assert "您说不对，部门正在核对" in words(client.get("/known"))
    assert client.post(f"/known/{piece.pk}/object", {"wrong": "再说一次"}).url == answer.url
    assert Objection.objects.count() == 1
    officer = make.make_officer("department", areas=(), department="human_resources")
    says = {"months": [{**month, "employer": "乙公司"} for month in MONTHS]}
    objections.correct(made, says, "核对过，单位已改", actor=officer.actor, today=TODAY)
    page = html(client.get(answer.url))
    assert "核对过，单位已改" in page
    assert "乙公司" in page
    assert client.get(f"/known/{piece.pk}/object").status_code == 404


def test_an_answer_that_is_late_is_our_fault(on_day):
    account = make.make_account()
    made = objections.file(known_to(account), "不对", "", actor=account.actor, today=TODAY)
    on_day(date(2026, 3, 18))
    assert "是我们的责任" in words(signed_in(account).get(f"/known/objections/{made.number}"))


def test_a_guardian_reads_and_objects_for_a_child():
    guardian, child = make.make_account(), make.make_person("周小满", date(2018, 5, 1))
    Guardianship.objects.create(guardian=guardian.person, child=child, source="police")
    says = {"school": "示例小学", "full_time": True, "division": "330105"}
    piece = actions.attest(child.pk, Kind.STUDENT_RECORD, says, "education", actor=SYSTEM)
    client = signed_in(guardian)
    assert "示例小学" in html(client.get("/known?for=1"))
    assert "示例小学" not in html(client.get("/known"))
    answer = client.post(f"/known/{piece.pk}/object", {"wrong": "学校不对"})
    assert client.get(answer.url).status_code == 200
    assert Objection.objects.get().person == child


def test_the_pages_of_an_application_link_each_thing_to_its_objection():
    account = make.eligible_account()
    make.draft(account)
    piece = Evidence.objects.get(person=account.person, kind="insurance")
    client = signed_in(account)
    for path in ("/apply/materials", "/apply/confirm"):
        assert f'href="/known/{piece.pk}/object"' in html(client.get(path))
    made = objections.file(piece, "不对", "", actor=account.actor, today=TODAY)
    for path in ("/apply/materials", "/apply/confirm"):
        page = html(client.get(path))
        assert f'href="/known/objections/{made.number}"' in page
        assert "您说不对，部门正在核对，现在不作数" in page


def test_it_is_found_from_the_foot_and_from_the_tasks():
    client = signed_in(make.make_account())
    assert html(client.get("/tasks")).count('href="/known"') >= 2
    assert 'href="/known"' in html(client.get("/messages"))
    assert 'href="/known"' not in html(stranger().get("/rules"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_has_one_heading_and_speaks_both_languages(language: str):
    account = make.make_account()
    piece, client = known_to(account), signed_in(account, language)
    pages = ["/known", f"/known/{piece.pk}/object"]
    responses = [client.get(page) for page in pages]
    made = objections.file(piece, "不对", "乙公司", actor=account.actor, today=TODAY)
    responses.append(client.get(f"/known/objections/{made.number}"))
    officer = make.make_officer("department", areas=(), department="human_resources")
    objections.uphold(made, "核对过没有错", actor=officer.actor, today=TODAY)
    responses += [client.get(f"/known/objections/{made.number}"), client.get("/known")]
    for response in responses:
        assert html(response).count("<h1") == 1
        assert primary_buttons(response) <= 1
        if language == "en":
            assert chinese_left(response) == []


def test_the_page_takes_as_many_queries_for_many_things_as_for_few(django_assert_max_num_queries):
    account = make.make_account()
    for order in range(8):
        says = {"employer": f"单位{order}", "from": "2025-01-01"}
        actions.attest(account.person_id, Kind.LABOUR_CONTRACT, says, "human_resources", actor=SYSTEM)
    client = signed_in(account)
    with django_assert_max_num_queries(10):
        assert html(client.get("/known")).count("单位") >= 8
