"""An order and a penalty case, as those see it whom it is for: they read it, and are heard."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from juzhu.operations import tasks
from juzhu.operations.actors import Actor
from juzhu.people.models import Account, Message, Organisation
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import AREA, TODAY
from juzhu.portal.tests.browsing import html, primary_buttons, signed_in, words
from juzhu.registration.duties import cases, orders
from juzhu.registration.duties.orders import Addressee
from juzhu.registration.models import CorrectionOrder, PenaltyCase

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
FACTS = "检查用工时发现有两人没有报送。"


def firm(name: str = "运河服饰有限公司（示例）") -> tuple[Organisation, Client]:
    made, actor = reporters.enrolled("employer", name=name)
    return made, signed_in(Account.objects.get(pk=actor.account_id))


def ordered(to: Addressee, clerk: Actor, on: date, provision: str = "zhejiang-2016:34") -> CorrectionOrder:
    return orders.issue(to, provision, FACTS, on + timedelta(days=7), AREA, actor=clerk, today=on, persons=2)


def told(order: CorrectionOrder, clerk: Actor) -> PenaltyCase:
    case = cases.open_case(order, "期限过了，还是没有报送。", TODAY, actor=clerk, today=TODAY)
    return cases.tell(case, 100, actor=clerk, today=TODAY)


@pytest.fixture
def clerk() -> Actor:
    return make.make_officer("clerk").actor


def test_a_firm_reads_its_order_with_the_last_day_and_nobody_else_does(clerk):
    made, browser = firm()
    order = ordered(Addressee(organisation=made), clerk, TODAY)
    assert order.number in words(browser.get("/report/"))
    answer = browser.get(f"/report/orders/{order.number}")
    assert FACTS in html(answer) and "这不是处罚" in words(answer)
    assert primary_buttons(answer) == 1
    _other, stranger = firm("桥西精密仪器厂（示例）")
    assert stranger.get(f"/report/orders/{order.number}").status_code == 404
    assert order.number not in words(stranger.get("/report/"))


def test_a_case_is_not_shown_before_it_is_told(clerk):
    made, browser = firm()
    order = ordered(Addressee(organisation=made), clerk, TODAY - timedelta(days=20))
    cases.open_case(order, "期限过了，还是没有报送。", TODAY, actor=clerk, today=TODAY)
    answer = browser.get(f"/report/orders/{order.number}")
    assert "打算" not in words(answer)
    early = browser.post(f"/report/orders/{order.number}", {"do": "hear", "statement": "我们报过了。"})
    assert early.status_code == 200
    assert PenaltyCase.objects.get().state == "opened"


@pytest.mark.requirement("G05")
def test_they_are_heard_once_and_what_they_typed_is_never_lost(clerk):
    made, browser = firm()
    order = ordered(Addressee(organisation=made), clerk, TODAY - timedelta(days=20))
    case = told(order, clerk)
    url = f"/report/orders/{order.number}"
    assert "打算罚款 100 元" in words(browser.get(url))
    assert "请写下您的情况" in words(browser.post(url, {"do": "hear", "statement": ""}))
    said = "两个人都报过，编号写错了。"
    assert browser.post(url, {"do": "hear", "statement": said}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.statement, case.waived_statement) == ("heard", said, False)
    assert said in html(browser.get(url))
    again = browser.post(url, {"do": "hear", "statement": "再补充一句：都改好了。"})
    assert again.status_code == 409 and "再补充一句：都改好了。" in html(again)
    case.refresh_from_db()
    assert case.statement == said


@pytest.mark.requirement("G05")
def test_they_may_say_that_they_have_nothing_to_say(clerk):
    made, browser = firm()
    order = ordered(Addressee(organisation=made), clerk, TODAY - timedelta(days=20))
    case = told(order, clerk)
    assert browser.post(f"/report/orders/{order.number}", {"do": "waive"}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.waived_statement) == ("heard", True)
    twice = browser.post(f"/report/orders/{order.number}", {"do": "waive"}, follow=True)
    assert twice.status_code == 200
    case.refresh_from_db()
    assert case.state == "heard"


def test_a_person_reads_and_answers_their_own_and_sees_the_decision_with_remedies(clerk):
    account, chief = make.make_account("王建平"), make.make_officer("chief").actor
    order = ordered(Addressee(person=account.person), clerk, TODAY - timedelta(days=20))
    case = told(order, clerk)
    browser = signed_in(account)
    url = f"/report/orders/{order.number}"
    browser.post(url, {"do": "hear", "statement": "租客当天就走了。"})
    case.refresh_from_db()
    cases.decide(case, 100, "有两人没有报送，陈述不能证明已报。", actor=chief, today=TODAY)
    answer = words(browser.get(url))
    assert "决定罚款 100 元" in answer and "60 日内" in answer and "6 个月内" in answer
    assert signed_in(make.make_account("周晓芸")).get(url).status_code == 404


@pytest.mark.requirement("G05")
def test_who_manages_a_firm_is_told_of_each_step_and_led_to_it_whoever_they_act_for(clerk):
    made, actor = reporters.enrolled("employer", name="运河服饰有限公司（示例）")
    head = Account.objects.get(pk=actor.account_id)
    order = ordered(Addressee(organisation=made), clerk, TODAY - timedelta(days=20))
    case = cases.open_case(order, "期限过了，还是没有报送。", TODAY, actor=clerk, today=TODAY)
    tasks.run_all()
    assert [row.kind for row in Message.objects.filter(person=head.person)] == ["order_issued"]
    cases.tell(case, 100, actor=clerk, today=TODAY)
    tasks.run_all()
    message = Message.objects.get(person=head.person, kind="penalty_told")
    browser = signed_in(head)
    assert f'href="/report/orders/{order.number}"' in html(browser.get(f"/messages/{message.pk}"))
    browser.post("/report/who/choose", {"for": "0"})
    assert made.name not in html(browser.get("/report/"))
    answer = browser.get(f"/report/orders/{order.number}")
    assert answer.status_code == 200 and made.name in html(answer)


def test_a_case_that_ends_before_it_was_told_is_not_told(clerk):
    account, chief = make.make_account("王建平"), make.make_officer("chief").actor
    order = ordered(Addressee(person=account.person), clerk, TODAY - timedelta(days=20))
    case = cases.open_case(order, "期限过了，还是没有报送。", TODAY, actor=clerk, today=TODAY)
    cases.close(case, "查明是报过的，登错了人。", actor=chief, today=TODAY)
    tasks.run_all()
    assert [row.kind for row in Message.objects.filter(person=account.person)] == ["order_issued"]
