"""听证 by pages alone: what both sides see at every step, and nothing typed is lost."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from juzhu.people.models import Account
from juzhu.permits.after import fraud
from juzhu.permits.after.measures import Measures
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import AREA, TODAY
from juzhu.portal.tests.browsing import chinese_left
from juzhu.registration.duties import cases, orders
from juzhu.registration.duties.orders import Addressee
from juzhu.registration.models import PenaltyCase

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_day"),
    pytest.mark.requirement("G05"),
]
RECORD = "单位到场，出示了名单；办案人员出示报送系统的记录，双方质证。"


@pytest.fixture
def firm(sign_in):
    made, manager = reporters.enrolled()
    return made, sign_in(Account.objects.get(pk=manager.account_id))


def opened(made, clerk, persons: int = 120) -> PenaltyCase:
    order = orders.issue(
        Addressee(organisation=made), "zhejiang-2016:34", "员工没有报送。", date(2026, 3, 20), AREA,
        persons=persons, actor=clerk.actor, today=TODAY,
    )  # fmt: skip
    return cases.open_case(order, "员工没有报送。", TODAY, actor=clerk.actor, today=TODAY)


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_year": str(on.year), f"{name}_month": str(on.month), f"{name}_day": str(on.day)}


def test_from_the_offer_to_the_decision_on_both_sides(sign_in, clerk, chief, stranger, firm, on_day):
    made, browser = firm
    case = opened(made, clerk)
    office, url = sign_in(clerk), f"/counter/duties/cases/{case.number}"
    theirs = f"/report/orders/{case.order.number}"
    assert (
        "罚款 10000 元以上的，告知时一并告知可以要求听证。（数额待核对）" in office.get(url).content.decode()
    )
    office.post(url, {"do": "tell", "tell-fine_yuan": "12000"})
    page = browser.get(theirs).content.decode()
    assert "您有权要求听证" in page and "2026-03-17" in page
    assert browser.post(theirs, {"do": "ask_hearing"}).url == theirs
    assert "您要求了听证" in browser.get(theirs).content.decode()
    shown = office.get(url).content.decode()
    assert (
        "定听证的时间" in shown
        and clerk.staff_name not in shown.partition("call-chair")[2].partition("</select>")[0]
    )
    said = {"do": "call", "call-at": "14:30", "call-place": "派出所二楼会议室", "call-chair": str(chief.pk)}
    near = office.post(url, {**said, **day("call-on", date(2026, 3, 18))}).content.decode()
    assert "最早 2026-03-19" in near and "派出所二楼会议室" in near
    assert office.post(url, {**said, **day("call-on", date(2026, 3, 19))}).status_code == 302
    page = browser.get(theirs).content.decode()
    assert "14:30" in page and "派出所二楼会议室" in page and chief.staff_name in page
    browser.post(theirs, {"do": "waive"})
    assert 'value="decide"' not in sign_in(chief).get(url).content.decode()
    on_day(date(2026, 3, 19))
    signed = SimpleUploadedFile("笔录.jpg", make.picture(), "image/jpeg")
    short = office.post(url, {"do": "hold", "hold-record": "", "hold-papers": signed}).content.decode()
    assert ("请写听证笔录" in short and "笔录.jpg" in short) or "hold-kept" in short
    signed.seek(0)
    assert office.post(url, {"do": "hold", "hold-record": RECORD, "hold-papers": signed}).status_code == 302
    assert RECORD in browser.get(theirs).content.decode()
    case.refresh_from_db()
    file = case.hearing.files.get()
    assert office.get(f"/files/{file.name}").status_code == 200
    assert sign_in(stranger).get(f"/files/{file.name}").status_code == 404
    assert 'value="decide"' in sign_in(chief).get(url).content.decode()
    decided = {"do": "decide", "decide-fine_yuan": "12000", "decide-reason": "根据听证笔录，没有按时报送。"}
    assert sign_in(chief).post(url, decided).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.fine_yuan) == ("decided", 12000)


def test_the_page_says_why_none_is_offered(sign_in, clerk, firm):
    made, browser = firm
    case = opened(made, clerk, persons=3)
    cases.tell(case, 300, actor=clerk.actor, today=TODAY)
    shown = sign_in(clerk).get(f"/counter/duties/cases/{case.number}").content.decode()
    assert "没有告知听证" in shown and "待核对" in shown
    theirs = f"/report/orders/{case.order.number}"
    assert "听证" not in browser.get(theirs).content.decode()
    assert "到了别的一步" in browser.post(theirs, {"do": "ask_hearing"}, follow=True).content.decode()


def test_a_case_of_fraud_says_why_none_is_offered(sign_in, clerk):
    permit = make.issued()
    case = fraud.open_case(
        permit.person, "合同是假的。", TODAY, actor=clerk.actor, today=TODAY, permit=permit
    )
    fraud.tell(case, Measures(True, 200, True), actor=clerk.actor, today=TODAY)
    shown = sign_in(clerk).get(f"/counter/after/cases/{case.number}").content.decode()
    assert "收缴骗领的居住证，不在告知听证的范围" in shown


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_state_in_both_languages(sign_in, clerk, chief, firm, language, on_day):
    made, browser = firm
    case = opened(made, clerk)
    url, theirs = f"/counter/duties/cases/{case.number}", f"/report/orders/{case.order.number}"
    office = sign_in(chief)
    for client in (office, browser):
        client.cookies["django_language"] = language
    seen = [office.get(url)]
    cases.tell(case, 12000, actor=clerk.actor, today=TODAY)
    seen += [office.get(url), browser.get(theirs)]
    browser.post(theirs, {"do": "ask_hearing"})
    seen += [office.get(url), browser.get(theirs)]
    said = {"do": "call", "call-at": "9:00", "call-place": "派出所二楼", "call-chair": str(chief.pk)}
    office.post(url, {**said, **day("call-on", date(2026, 3, 19))})
    on_day(date(2026, 3, 19))
    seen += [office.get(url), browser.get(theirs)]
    office.post(url, {"do": "hold", "hold-record": RECORD})
    seen += [office.get(url), browser.get(theirs)]
    for page in seen:
        assert page.status_code == 200
        assert page.content.decode().count("<h1") == 1
        if language == "en":
            assert not chinese_left(page)
