"""An application after filing: its state on a day, its papers, and who sees them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juzhu.people.models import Account
from juzhu.permits import actions, casework, facts
from juzhu.permits.models import Application, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def waiting() -> tuple[Account, Application]:
    account = make.eligible_account()
    return account, make.submitted(account)


def asked() -> tuple[Account, Application]:
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2025, 7, 1))
    application = make.submitted(account, route="dwelling")
    answer, _seen = facts.decide(application, TODAY)
    notes = {**dict.fromkeys(answer.missing, ""), "lease_one_year": "签名页没有拍到。"}
    casework.request_supplement(application, notes, actor=make.make_officer().actor, today=TODAY)
    return account, Application.objects.get(pk=application.pk)


def accepted() -> tuple[Account, Application]:
    account = make.eligible_account()
    return account, make.accepted(make.make_officer(), account)


def refused() -> tuple[Account, Application]:
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2026, 1, 5))
    make.attest_insurance(account.person, "2026-01", "2026-02")
    application = make.submitted(account)
    reason = "居住登记不满半年，社保不满一年。"
    return account, casework.refuse(application, reason, actor=make.make_officer().actor, today=TODAY)


PAPERS = {
    "": waiting,
    "/receipt": accepted,
    "/notice": asked,
    "/refusal": refused,
    "/withdraw": waiting,
    "/supplement": asked,
}


@pytest.mark.parametrize("paper", PAPERS)
def test_the_owner_sees_it_an_officer_goes_to_the_counter_a_stranger_finds_nothing(paper):
    account, application = PAPERS[paper]()
    path = f"/applications/{application.number}{paper}"
    assert signed_in(account).get(path).status_code == 200
    assert signed_in(make.make_officer()).get(path).url == "/counter/"
    assert signed_in(make.eligible_account(name="李明")).get(path).status_code == 404
    assert stranger().get(path).status_code == 302
    assert signed_in(account).get(f"/applications/GS-2026-999999{paper}").status_code == 404


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_has_one_heading_one_primary_button_and_its_language(paper, language):
    account, application = PAPERS[paper]()
    page = signed_in(account, language=language).get(f"/applications/{application.number}{paper}")
    assert html(page).count("<h1") == 1
    assert primary_buttons(page) == 1
    assert page.headers["Cache-Control"] == "no-store"
    assert account.person.identity_number not in html(page)
    if language == "en":
        assert not chinese_left(page)


def test_papers_that_do_not_exist_yet_are_not_there():
    account, application = waiting()
    client = signed_in(account)
    for paper in ("receipt", "notice", "refusal"):
        assert client.get(f"/applications/{application.number}/{paper}").status_code == 404
    assert client.get(f"/applications/{application.number}/supplement").status_code == 404


def test_time_accepts_on_the_page_though_no_job_ran(on_day):
    account, application = waiting()
    client = signed_in(account)
    on_day(date(2026, 3, 17))
    assert "最晚 2026-03-17 告诉您是否受理" in words(client.get(f"/applications/{application.number}"))
    on_day(date(2026, 3, 18))
    page = words(client.get(f"/applications/{application.number}"))
    assert "已受理，等结果" in page
    assert "最晚 2026-03-25 有结果" in page
    assert "从 2026-03-10 收到那天起已经受理" in page
    paper = words(client.get(f"/applications/{application.number}/receipt"))
    assert "视为受理告知书" in paper
    assert "没有在2026年3月17日前审查完" in paper
    application.refresh_from_db()
    assert application.state == "submitted"


def test_an_office_that_is_late_says_so(on_day):
    account, application = accepted()
    on_day(date(2026, 3, 26))
    assert "2026-03-25 已经过了" in words(signed_in(account).get(f"/applications/{application.number}"))


def test_a_supplement_lapses_on_the_page_though_no_job_ran(on_day):
    account, application = asked()
    client = signed_in(account)
    on_day(date(2026, 4, 10))
    page = words(client.get(f"/applications/{application.number}"))
    assert "补正期限过了，这一件结束" in page
    assert "重新申领" in page
    assert client.get(f"/applications/{application.number}/supplement").status_code == 302
    assert "延长期限" not in words(client.get(f"/applications/{application.number}/notice"))


def test_the_receipt_lists_what_was_received():
    account, application = accepted()
    page = words(signed_in(account).get(f"/applications/{application.number}/receipt"))
    assert "社会保险参保证明 （人力社保局）" in page
    assert "居住登记" in page
    assert "2026年3月25日" in page
    assert "********" in page


def test_the_notice_has_everything_once_with_what_to_do_and_by_when():
    account, application = asked()
    page = words(signed_in(account).get(f"/applications/{application.number}/notice"))
    assert "还差 6 样" in page
    for name in ("房屋产权证明", "租赁合同 1 年以上", "出租登记", "租赁登记备案", "出租安全排查"):
        assert name in page
    assert "请房东到派出所办出租登记。" in page
    assert "请在 2026-04-09 前补齐" in page
    assert "签名页没有拍到。" in html(signed_in(account).get(f"/applications/{application.number}/notice"))


def test_the_term_is_extended_once_on_request():
    account, application = asked()
    client = signed_in(account)
    path = f"/applications/{application.number}/notice"
    assert client.post(path, {"extend": "1"}, follow=True).status_code == 200
    page = words(client.get(path))
    assert "请在 2026-05-09 前补齐" in page
    assert "延长期限" not in page
    assert "不能再延长" in words(client.post(path, {"extend": "1"}, follow=True))


def test_the_refusal_gives_facts_reasons_articles_and_remedies():
    account, application = refused()
    page = signed_in(account).get(f"/applications/{application.number}/refusal")
    said = words(page)
    assert "不予受理决定书" in said
    assert "居住半年以上" in said
    assert "居住登记不满半年，社保不满一年。" in html(page)
    assert "60日内，向拱墅区人民政府申请" in said
    assert "6个月内，向有管辖权的人民法院起诉" in said
    assert "最后一天是2026年5月9日" in said
    assert "最后一天是2026年9月10日" in said
    assert "通知 二(一)2" in said


def test_withdrawing_asks_first_and_ends_it():
    account, application = waiting()
    client = signed_in(account)
    path = f"/applications/{application.number}/withdraw"
    assert "撤回这一件吗" in words(client.get(path))
    application.refresh_from_db()
    assert application.state == "submitted"
    assert "已撤回" in words(client.post(path, follow=True))
    application.refresh_from_db()
    assert application.state == "withdrawn"
    assert client.get(path).url == f"/applications/{application.number}"


def test_an_accepted_endorsement_that_fails_says_so_while_it_can_be_taken_back(on_day):
    account = make.eligible_account()
    permit = make.issued(account)
    day = date(2027, 2, 20)
    on_day(day)
    sent = actions.request_endorsement(permit, "employment", actor=account.actor, today=day)
    casework.accept(sent, actor=make.make_officer().actor, today=day)
    page = words(signed_in(account).get(f"/applications/{sent.number}"))
    assert "还没有决定，但有条件没有满足" in page
    assert "您可以撤回这一件" in page
    assert "现在不用做别的" not in page


def test_a_refused_endorsement_says_that_the_permit_has_ended(on_day):
    account = make.eligible_account()
    permit = make.issued(account)
    on_day(date(2027, 2, 20))
    sent = actions.request_endorsement(permit, "employment", actor=account.actor, today=date(2027, 2, 20))
    make.not_endorsed(sent, date(2027, 2, 21), "社保已经停缴。")
    page = words(signed_in(account).get(f"/applications/{sent.number}/refusal"))
    assert "不予签注决定书" in page
    assert "的使用功能自2027年2月21日起终止" in page
    assert Permit.objects.get().terminated_on == date(2027, 2, 21)


def test_the_page_costs_a_fixed_number_of_queries():
    account, application = accepted()
    client = signed_in(account)
    with CaptureQueriesContext(connection) as few:
        client.get(f"/applications/{application.number}")
    assert len(few) <= 14
