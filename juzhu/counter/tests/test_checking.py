"""What a bureau is asked about stands as being checked at the counter, with the bureau's name, and the bar
says why nothing can be done with it yet.
"""

from datetime import date

import pytest

from juzhu.evidence.models import Evidence
from juzhu.evidence.tests.programs import objected, unanswered
from juzhu.permits.models import Application
from juzhu.permits.tests import factories as make
from juzhu.portal.tests.browsing import html, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_day"),
    pytest.mark.requirement("D04", "D08"),
]


def lacking(**about: object) -> Application:
    """Somebody who lacks their insurance, and a photo unless one is given."""
    account = make.make_account(**about)
    make.register(account.person, date(2025, 6, 1))
    return make.submitted(account)


def test_the_case_shows_who_is_asked_and_the_bar_why_it_waits(sign_in, clerk):
    case = lacking(photo=make.stored_picture())
    unanswered(case.person)
    response = sign_in(clerk).get(f"/counter/cases/{case.number}?f=insured_one_year")
    text = words(response)
    assert "正在向人力社保局核对，它还没有答复。" in text and "正在核对 1" in text
    assert "待证明" not in text
    assert "部门答复以前，不能要申请人交这一份。" in text
    assert "正在等人力社保局答复。" in html(response)
    assert "条件齐全" not in html(response)


def test_the_notice_leaves_it_out_and_says_so(sign_in, clerk):
    case = lacking()
    unanswered(case.person)
    client, page = sign_in(clerk), f"/counter/cases/{case.number}/supplement"
    text = words(client.get(page))
    assert "有 1 条待证明" in text and "不写进告知" in text
    sent = client.post(page, {"step": "send", "photo": "", "other": ""}, follow=True)
    assert "一次性告知已发出" in html(sent)
    assert [item["code"] for item in case.notices.get().items] == ["photo"]


def test_accepting_is_blocked_with_the_bureaus_name(sign_in, clerk):
    case = lacking(photo=make.stored_picture())
    unanswered(case.person)
    assert "正在等人力社保局答复。" in words(sign_in(clerk).get(f"/counter/cases/{case.number}/accept"))


def test_a_word_under_objection_does_not_let_anybody_refuse(sign_in, clerk):
    case = lacking(photo=make.stored_picture())
    make.attest_insurance(case.person, "2025-09", "2026-02")
    client, page = sign_in(clerk), f"/counter/cases/{case.number}/refuse"
    assert "不予，发出理由" in words(client.get(page))
    objected(Evidence.objects.get(kind="insurance"))
    assert "不能以此不予" in words(client.get(page))
    answer = client.post(page, {"reason": "参保不满一年"})
    assert answer.status_code == 409 and "不能以此不予" in words(answer)


def test_an_officer_of_another_area_learns_nothing_of_it(sign_in, stranger):
    case = lacking()
    unanswered(case.person)
    assert sign_in(stranger).get(f"/counter/cases/{case.number}").status_code == 404
