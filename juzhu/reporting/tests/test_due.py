"""What is due, on the reporters' pages: their own alone, and every line leads to where it is done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from juzhu.people.identity_numbers import complete
from juzhu.people.models import Account
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters as firms
from juzhu.permits.tests.factories import TODAY
from juzhu.permits.tests.reporters import let
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, words
from juzhu.registration.models import DutyAnswer, Report
from juzhu.registration.reporting import filing
from juzhu.registration.reporting.entries import LEASE, WORK, Reporter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
NUMBER = complete("341299", date(1993, 8, 17), 2)
OVER = TODAY - timedelta(days=10)


def ending(by: Reporter, actor, until: date = OVER, number: str = NUMBER, name: str = "周晓芸") -> Report:
    said = let(name=name, identity_number=number, happened_on=date(2025, 9, 1), until_on=until)
    return filing.file(by, [said], actor=actor, today=TODAY)[0].report


def landlord(name: str = "房东甲") -> tuple[Reporter, Account, Client]:
    account = make.make_account(name, household_division="330106")
    return Reporter(person=account.person), account, signed_in(account)


@pytest.mark.requirement("B04", "A16")
def test_it_stands_on_the_first_page_with_its_day_and_how_many_days_it_is_over():
    by, account, browser = landlord()
    ending(by, account.actor)
    for url in ("/report/", "/report/due"):
        page = words(browser.get(url))
        assert "过期 1 件" in page and "最晚 2026-03-04" in page and "已超 6 天" in page
        assert "周晓芸" in html(browser.get(url))


def test_three_people_see_three_lists():
    by, account, _browser = landlord()
    row = ending(by, account.actor)
    _by, _account, stranger = landlord("房东乙")
    officer = signed_in(make.make_officer("chief"))
    key = f"ended:{row.pk}"
    assert "周晓芸" not in html(stranger.get("/report/")) + html(stranger.get("/report/due"))
    assert stranger.get(f"/report/due/{key}").status_code == 404
    assert stranger.post(f"/report/due/{key}").status_code == 302 and not DutyAnswer.objects.exists()
    assert NUMBER not in html(stranger.get(f"/report/one/{LEASE}?about={key}"))
    assert officer.get("/report/due").status_code == officer.get(f"/report/due/{key}").status_code == 404
    assert Client().get("/report/due").headers["Location"].startswith("/sign-in")
    made, actor = firms.enrolled("landlord")
    own = signed_in(Account.objects.get(pk=actor.account_id))
    ending(Reporter(made), actor, number=complete("341299", date(1990, 8, 17), 2), name="吴一")
    assert "吴一" in html(own.get("/report/due"))
    own.post("/report/who/choose", {"for": 0})
    assert "吴一" not in html(own.get("/report/due"))


def test_a_message_leads_to_the_organisation_it_is_for_and_to_no_other():
    made, actor = firms.enrolled("landlord")
    ending(Reporter(made), actor)
    browser = signed_in(Account.objects.get(pk=actor.account_id))
    browser.post("/report/who/choose", {"for": 0})
    assert "周晓芸" in html(browser.get(f"/report/due?for={made.pk}", follow=True))
    _by, _account, stranger = landlord()
    assert stranger.get(f"/report/due?for={made.pk}").status_code == 404


@pytest.mark.requirement("B04")
def test_the_form_that_it_leads_to_is_filled_in():
    by, account, browser = landlord()
    row = ending(by, account.actor)
    url = f"/report/one/{LEASE}?about=ended:{row.pk}"
    page = html(browser.get(url))
    chosen = page.split('value="ended"')[1].split(">")[0]
    assert NUMBER in page and "checked" in chosen
    said = {
        "name": "周晓芸", "identity_number": NUMBER, "phase": "ended", "subdistrict": row.area,
        "address": row.address, "happened_on_year": "2026", "happened_on_month": "2",
        "happened_on_day": "28", "sure": "on",
    }  # fmt: skip
    browser.post(url, said)
    assert Report.objects.filter(phase="ended").count() == 1
    assert "现在没有到期要办的" in words(browser.get("/report/due"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_that_it_goes_on_takes_one_page(language: str):
    by, account, browser = landlord()
    row = ending(by, account.actor)
    browser = signed_in(account, language)
    url = f"/report/due/ended:{row.pk}"
    page = browser.get(url)
    assert primary_buttons(page) == 1
    wrong = browser.post(url, {"until_on_year": "2026", "until_on_month": "3", "until_on_day": "1"})
    assert 'class="error-sum' in html(wrong)
    if language == "en":
        for one in (page, wrong, browser.get("/report/due"), browser.get("/report/")):
            assert chinese_left(one) == []
    good = {"until_on_year": "2026", "until_on_month": "12", "until_on_day": "31"}
    assert browser.post(url, good).headers["Location"] == "/report/due"
    assert DutyAnswer.objects.get().until_on == date(2026, 12, 31)
    assert browser.post(url, good).headers["Location"] == "/report/due"  # pressed twice


def test_what_an_agent_says_shows_the_name_and_no_number_and_can_be_denied():
    made, actor = firms.enrolled("employer")
    agent, agent_actor = firms.enrolled("employment_agent", name="桥东中介（示例）")
    told = let(kind="work_introduced", name="周晓芸", identity_number=NUMBER, about={"employer": made.name})
    row = filing.file(Reporter(agent), [told], actor=agent_actor, today=TODAY)[0].report
    browser = signed_in(Account.objects.get(pk=actor.account_id))
    pages = [
        browser.get(url) for url in ("/report/", "/report/due", f"/report/one/{WORK}?about=hired:{row.pk}")
    ]
    assert all("周晓芸" in html(page) and NUMBER not in html(page) for page in pages)
    answer = browser.get(f"/report/due/hired:{row.pk}")
    assert "没有招用" in words(answer)
    assert browser.post(f"/report/due/hired:{row.pk}").headers["Location"] == "/report/due"
    assert "周晓芸" not in html(browser.get("/report/due"))


@pytest.mark.requirement("B06")
def test_a_firm_hands_back_and_the_landlord_reads_why_and_nobody_else_does():
    firm, firm_actor = firms.enrolled("property")
    by, account, browser = landlord()
    said = let(name="周晓芸", identity_number=NUMBER)
    row = filing.tell_property_firm(by, said, firm, actor=account.actor, today=TODAY)
    manager = signed_in(Account.objects.get(pk=firm_actor.account_id))
    url = f"/report/told/{row.number}/hand-back"
    assert browser.get(url).status_code == 404
    assert "请写为什么退回" in words(manager.post(url, {"reason": ""}))
    assert "至少 5 个字" in words(manager.post(url, {"reason": "不"}))
    why = "这个小区不是我们管的。"
    assert manager.post(url, {"reason": why}).headers["Location"] == "/report/told"
    assert manager.get(url).status_code == 404
    assert "没有等着报送的" in words(manager.get("/report/told"))
    receipt = browser.get(f"/report/reports/{row.number}")
    assert why in html(receipt) and "我来报" in words(receipt)
    assert "物业退回了" in words(browser.get("/report/"))
    assert browser.get(f"/report/reports/{row.number}/withdraw").status_code == 302
    _by, _account, stranger = landlord("房东乙")
    assert stranger.get(f"/report/reports/{row.number}").status_code == 404


@pytest.mark.requirement("B03", "B06")
def test_the_landlord_reads_that_the_firm_has_reported():
    firm, firm_actor = firms.enrolled("property")
    by, account, browser = landlord()
    said = let(name="周晓芸", identity_number=NUMBER)
    row = filing.tell_property_firm(by, said, firm, actor=account.actor, today=TODAY)
    receipt = f"/report/reports/{row.number}"
    assert "3 个工作日内报送" in words(browser.get(receipt))
    signed_in(Account.objects.get(pk=firm_actor.account_id)).post(f"/report/told/{row.number}/pass-on")
    assert "物业已经报送" in words(browser.get(receipt))


def test_a_firm_that_lets_may_tell_a_property_firm_from_its_first_page():
    _made, actor = firms.enrolled("landlord")
    browser = signed_in(Account.objects.get(pk=actor.account_id))
    assert "/report/firm" in html(browser.get("/report/"))
    _firm, actor = firms.enrolled("property", name="桥西物业（示例）")
    browser = signed_in(Account.objects.get(pk=actor.account_id))
    assert "/report/firm" not in html(browser.get("/report/"))


@pytest.mark.requirement("B09")
def test_the_receipt_helps_to_tell_the_person_and_says_the_same_whoever_they_are():
    by, account, browser = landlord()
    known = make.make_person("赵一")
    make.register(known, TODAY)
    said = [
        let(name=known.name, identity_number=known.identity_number),
        let(name="周晓芸", identity_number=NUMBER),
        let(name="周晓芸", identity_number=NUMBER, phase="ended"),
    ]
    rows = [one.report for one in filing.file(by, said, actor=account.actor, today=TODAY)]
    first, second, left = (words(browser.get(f"/report/reports/{row.number}")) for row in rows)
    assert "也请告诉本人来登记" in first and "/need" in first and "也请告诉本人来登记" not in left
    for row in rows[:2]:
        first, second = first.replace(row.number, ""), second.replace(row.number, "")
    assert first == second
