"""After issue, for the holder: versions, corrections, both counts, leaving, and a case about oneself."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from juzhu.credentials import checks
from juzhu.documents.models import IssuedDocument
from juzhu.operations import clock, tasks
from juzhu.people import actions as people
from juzhu.permits.after import corrections, fraud
from juzhu.permits.after.measures import Measures
from juzhu.permits.models import Correction, FraudCase, Tip
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words
from juzhu.registration import actions as registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


@pytest.fixture
def account():
    return make.eligible_account()


@pytest.fixture
def permit(account):
    return make.issued(account)


def opened(account, language: str = "zh-hans"):
    client = signed_in(account, language=language)
    client.post("/permit/open", {"password": make.PASSWORD})
    return client


def told_case(permit, account) -> FraudCase:
    clerk = make.make_officer("clerk").actor
    case = fraud.open_case(permit.person, "租赁合同是假的。", TODAY, actor=clerk, today=TODAY, permit=permit)
    return fraud.tell(case, Measures(True, 100, True), actor=clerk, today=TODAY)


def asked(permit, account) -> Correction:
    proof = make.stored_picture(account.actor)
    return corrections.ask(permit, "name", "周小芸", "", [proof], actor=account.actor, today=TODAY)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_has_one_heading_one_primary_button_and_its_language(language, account, permit):
    case, row = told_case(permit, account), asked(permit, account)
    client = opened(account, language)
    pages = [
        "/permit/versions", "/permit/correct",
        *(f"/permit/correct?field={name}" for name in corrections.FIELDS),
        f"/permit/corrections/{row.number}", f"/rights/{case.number}", "/tip", "/registration/leave",
    ]  # fmt: skip
    for page in pages:
        answer = client.get(page)
        assert (answer.status_code, html(answer).count("<h1"), primary_buttons(answer)) == (200, 1, 1), page
        if language == "en":
            assert chinese_left(answer) == [], page
    if language == "en":
        assert chinese_left(client.get("/permit")) == []


@pytest.mark.requirement("D10")
def test_the_holder_asks_with_proof_and_a_bad_file_costs_no_good_one(account, permit, settings):
    settings.JUZHU_CORRECTION_DAYS = 10
    client = signed_in(account)
    good = SimpleUploadedFile("hukou.jpg", make.picture(), "image/jpeg")
    bad = SimpleUploadedFile("hukou.txt", b"text", "text/plain")
    sent = {"field": "name", "wanted": "", "explanation": "改过名", "papers": [good, bad]}
    first = client.post("/permit/correct", sent)
    assert "请填应该是什么" in words(first)
    assert "不是照片，也不是 PDF" in words(first)
    kept = re.search(r'name="kept" value="([^"]+)"', html(first))
    assert kept
    sent = {**sent, "wanted": "周小芸", "kept": kept.group(1), "papers": ""}
    done = client.post("/permit/correct", sent)
    row = Correction.objects.get()
    assert done.url == f"/permit/corrections/{row.number}"
    assert row.files.get().original_name == "hukou.jpg"
    assert "法律没有规定期限，这是本区的承诺" in words(client.get(done.url))
    assert "2026-03-20" in words(opened(account).get("/permit"))


def test_nobody_hands_in_what_another_has_uploaded(account, permit):
    theirs = make.stored_picture(make.make_account("李明").actor)
    sent = {"field": "name", "wanted": "周小芸", "explanation": "", "kept": theirs.name}
    assert "请选照片或 PDF" in words(signed_in(account).post("/permit/correct", sent))
    assert not Correction.objects.exists()


@pytest.mark.requirement("D10")
def test_a_declined_correction_says_why_and_what_one_can_do(account, permit):
    row = asked(permit, account)
    clerk = make.make_officer("clerk").actor
    corrections.decline(row, "户口簿上写的和证上一样。", actor=clerk, today=TODAY)
    page = words(signed_in(account).get(f"/permit/corrections/{row.number}"))
    assert "不予更正决定书" in page
    assert "60日内" in page
    assert "户口簿上写的和证上一样。" in html(signed_in(account).get(f"/permit/corrections/{row.number}"))


def test_the_holder_another_citizen_an_officer_and_nobody(account, permit):
    case, row = told_case(permit, account), asked(permit, account)
    for page in (f"/permit/corrections/{row.number}", f"/rights/{case.number}"):
        assert signed_in(account).get(page).status_code == 200
        assert signed_in(make.make_account("李明")).get(page).status_code == 404
        assert signed_in(make.make_account("王芳")).post(page, {"do": "waive"}).status_code in {404, 405}
        assert signed_in(make.make_officer()).get(page).url == "/counter/"
        assert stranger().get(page).url.startswith("/sign-in")
    case.refresh_from_db()
    assert case.state == "told"
    assert signed_in(account).get("/permit/versions").url == "/permit/open"


@pytest.mark.requirement("G05", "F09")
def test_one_states_ones_case_before_the_decision_and_reads_the_remedies_after_it(account, permit):
    case, client = told_case(permit, account), signed_in(account)
    url = f"/rights/{case.number}"
    before = words(client.get(url))
    for said in (
        "2026-03-16",
        "罚款100元",
        "现在还没有决定",
        "第四十四条",
        "法定幅度为200元以下",
        "第六十三条",
    ):
        assert said in before
    assert "请写下您的情况" in words(client.post(url, {"do": "state", "statement": ""}))
    assert client.post(url, {"do": "state", "statement": "合同是中介给的。"}).url == url
    case.refresh_from_db()
    chief = make.make_officer("chief").actor
    fraud.decide(case, Measures(True, 100, True), "认定使用虚假材料。", actor=chief, today=TODAY)
    after = words(client.get(url))
    for said in ("行政处罚决定书", "2031年3月10日", "60日内", "6个月内", "收缴居住证"):
        assert said in after
    assert "合同是中介给的。" in html(client.get(url))
    shown = words(opened(account).get("/permit"))
    assert "决定收缴" in shown


@pytest.mark.requirement("G05")
def test_the_papers_of_a_case_are_for_whom_it_is_about_and_the_areas_officers(account, permit):
    case = told_case(permit, account)
    mine, office = f"/rights/{case.number}/papers/notice", f"/counter/papers/fraud/{case.number}/notice"
    for lang in ("zh", "en"):
        read = signed_in(account).get(f"{mine}/{lang}.pdf")
        assert (read.status_code, read["Content-Type"]) == (200, "application/pdf")
        assert signed_in(make.make_officer()).get(f"{office}/{lang}.pdf").status_code == 200
    assert signed_in(make.make_account("李明")).get(f"{mine}/zh.pdf").status_code == 404
    elsewhere = make.make_officer(areas=(make.OTHER_AREA,))
    assert signed_in(elsewhere).get(f"{office}/zh.pdf").status_code == 404
    assert signed_in(account).get(f"/rights/{case.number}/papers/decision/zh.pdf").status_code == 404
    assert signed_in(account).get(f"{mine}/fr.pdf").status_code == 404
    assert f"{office}/zh.pdf" in html(
        signed_in(make.make_officer()).get(f"/counter/after/cases/{case.number}")
    )
    document = IssuedDocument.objects.get(kind="fraud_notice", language="zh")
    seen = words(stranger().get(f"/d/{document.code}"))
    assert "行政处罚事先告知书" in seen
    assert "租赁合同是假的" not in seen


@pytest.mark.requirement("G05")
def test_a_case_that_was_dropped_before_anything_was_told_can_be_read_then(account, permit):
    clerk = make.make_officer("clerk").actor
    case = fraud.open_case(permit.person, "租赁合同是假的。", TODAY, actor=clerk, today=TODAY, permit=permit)
    url = f"/rights/{case.number}"
    assert signed_in(account).get(url).status_code == 404
    chief = make.make_officer("chief").actor
    fraud.close(case, "房东找到了合同原件。", actor=chief, today=TODAY)
    seen = words(signed_in(account).get(url))
    for said in ("不予行政处罚决定书", "不影响您的居住证", "60日内"):
        assert said in seen
    assert "房东找到了合同原件" in html(signed_in(account).get(url))
    assert signed_in(make.make_account("李明")).get(url).status_code == 404


@pytest.mark.requirement("G05", "J17")
def test_a_decision_that_was_overturned_is_read_as_such_and_no_longer_stands(account, permit):
    case = told_case(permit, account)
    clerk, chief = make.make_officer("clerk").actor, make.make_officer("chief")
    fraud.hear(case, "合同是中介给的。", actor=clerk, today=TODAY)
    fraud.decide(case, Measures(True, 100, True), "认定使用虚假材料。", actor=chief.actor, today=TODAY)
    tasks.run_all()
    code = IssuedDocument.objects.get(kind="fraud_decision").code
    office, url = signed_in(chief), f"/counter/cases/{case.application.number}/remedies"
    own = f"/counter/after/cases/{case.number}"
    assert f'href="{own}/remedies"' in html(office.get(own))
    said = {
        "against": str(case.pk), "kind": "reconsideration", "authority": "拱墅区人民政府",
        "filed_on_year": "2026", "filed_on_month": "3", "filed_on_day": "10",
    }  # fmt: skip
    assert office.post(url, said).status_code == 302
    assert "还没有结果" in words(signed_in(account).get(f"/rights/{case.number}"))
    remedy = case.remedies.get()
    ended = {
        "outcome": "overturned",
        "outcome_on_year": "2026",
        "outcome_on_month": "3",
        "outcome_on_day": "10",
    }
    assert office.post(f"{url}/{remedy.pk}", ended).status_code == 302
    page = f"/counter/after/cases/{case.number}"
    assert "撤销处罚决定" in html(office.get(page))
    assert "撤销处罚决定" not in html(signed_in(make.make_officer("reviewer")).get(page))
    done = {"do": "set_aside", "set_aside-reason": "照复议决定办。"}
    assert office.post(page, done).status_code == 302
    permit.refresh_from_db()
    assert permit.terminated_on is None
    after = words(signed_in(account).get(f"/rights/{case.number}"))
    for said_now in ("对您的处罚决定撤销了", "收缴的居住证恢复", "行政处罚决定书"):
        assert said_now in after
    assert "请以后来的文书为准" in words(stranger().get(f"/d/{code}"))


def test_who_does_not_want_to_speak_says_so(account, permit):
    case = told_case(permit, account)
    signed_in(account).post(f"/rights/{case.number}", {"do": "waive"})
    case.refresh_from_db()
    assert (case.state, case.waived_statement) == ("heard", True)


@pytest.mark.requirement("E08", "CF17")
def test_the_permit_says_the_new_address_at_once_and_the_old_one_among_earlier_versions(account, permit):
    stay = make.stay(subdistrict=make.OTHER_AREA, address="康桥路 8 号（示例）", since=TODAY)
    registration.move(account.person, stay, actor=account.actor, today=TODAY)
    client = opened(account)
    assert "康桥街道康桥路 8 号（示例）" in html(client.get("/permit"))
    tasks.run_all()
    page = html(client.get("/permit/versions"))
    assert page.index("住址变更") < page.index("签发")
    assert "康桥街道康桥路 8 号（示例）" in page
    assert "拱宸桥街道桥弄街" in page


@pytest.mark.requirement("CF01")
def test_both_counts_stand_on_the_permit_with_who_uses_which(account, permit):
    page = words(opened(account).get("/permit"))
    assert "办公共服务和便利，看这个数" in page
    assert "积分看这个数" in page


@pytest.mark.requirement("CF17")
@pytest.mark.parametrize(
    ("destination", "says"), [("330106", "居住证接着用"), ("330122", "不能再证明您住在杭州")]
)
def test_leaving_says_what_becomes_of_the_permit(account, permit, destination, says):
    client = opened(account)
    day = {"left_on_year": "2026", "left_on_month": "3", "left_on_day": "9", "understood": "on"}
    assert "请选去哪里" in words(client.post("/registration/leave", day))
    client.post("/registration/leave", {**day, "destination": destination})
    assert account.person.registrations.get().destination == destination
    assert says in words(client.get("/permit"))
    for page in ("/", "/registration"):
        assert ("搬到了杭州的另一个区" in words(client.get(page))) == (destination == "330106")


@pytest.mark.requirement("E07")
def test_a_household_moved_here_is_on_every_page_before_any_task_ran(account, permit):
    chief = make.make_officer("chief").actor
    people.record_household(
        account.person, "330106", "西湖区（示例）", TODAY, "户口簿和准迁证", actor=chief, today=TODAY
    )
    client, now = opened(account), clock.now()
    assert "户口 2026-03-10 迁入了杭州市区" in words(client.get("/permit"))
    assert "您不用登记，也不用居住证" in words(client.get("/"))
    assert "使用功能 2026-03-10 终止" in words(client.get("/permit/endorse"))
    code = checks.show(permit, now)
    assert "已终止" in words(stranger().get(f"/v/{code}"))
    assert (
        stranger().post("/api/v1/verify", {"code": code}, content_type="application/json").json()["outcome"]
        == "terminated"
    )


@pytest.mark.requirement("F09")
def test_a_tip_gets_the_same_answer_whoever_it_is_about(account, permit):
    client = signed_in(make.make_account("李明"))
    for about in (permit.number, "没有这个人"):
        sent = {"area": make.AREA, "about": about, "text": "早就不住这里了。"}
        page = words(client.post("/tip", sent, follow=True))
        assert re.search(r"收到了，编号 XS-2026-\d+。派出所会去核实。", page)
        assert account.person.name not in page
    assert Tip.objects.count() == 2
