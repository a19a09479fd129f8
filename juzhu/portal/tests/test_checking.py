"""What a bureau is asked about stands as being checked on the citizen's pages: not demanded, and nobody's
fault.
"""

from pathlib import Path

import pytest
from django.test.utils import override_settings

from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Inquiry
from juzhu.evidence.tests.bureaus import running
from juzhu.evidence.tests.programs import INSURED, unanswered
from juzhu.people.models import Account
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import html, primary_buttons, signed_in, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day"), pytest.mark.requirement("D08")]
CHECKED = "人力社保局的数据暂时查不到。这不影响您提交。"
PAGES = ("/apply/materials", "/apply/confirm")


def applicant() -> Account:
    """Somebody who lacks their insurance alone."""
    account = make.make_account(photo=make.stored_picture())
    assert account.person is not None
    make.register(account.person, make.calendar.add_months(TODAY, -8))
    return account


def test_the_paper_is_not_demanded_but_may_be_handed_in():
    account = applicant()
    make.draft(account)
    before = words(signed_in(account).get(PAGES[0]))
    assert "请您上传 1 样" in before and "还没有交" in before
    unanswered(account.person)
    response = signed_in(account).get(PAGES[0])
    text = words(response)
    assert CHECKED in text and "正在核对" in text and "现在不用您交材料" in text
    assert "请您上传" not in text and "还没有交" not in text and "社保局现在没有给我们记录" not in text
    assert '<details class="more"><summary>我手上有，现在就传' in html(response)
    assert 'name="insurance-files"' in html(response)
    assert primary_buttons(response) == 1


def test_before_sending_it_is_said_that_it_does_not_matter():
    account = applicant()
    make.draft(account)
    assert "还有 1 条没有证明" in words(signed_in(account).get(PAGES[1]))
    unanswered(account.person)
    text = words(signed_in(account).get(PAGES[1]))
    assert CHECKED in text
    assert "没有证明" not in text and "不予受理" not in text


def test_of_two_missing_things_only_the_other_one_is_asked_for():
    account = make.make_account()
    make.register(account.person, make.calendar.add_months(TODAY, -8))
    make.draft(account)
    unanswered(account.person)
    text = words(signed_in(account).get(PAGES[1]))
    assert CHECKED in text and "还有 1 条没有证明" in text


def test_after_sending_the_case_says_that_there_is_nothing_to_do():
    account = applicant()
    case = make.submitted(account)
    unanswered(account.person)
    page = f"/applications/{case.number}"
    assert "正在向人力社保局查。不用您交，有答复就告诉您。" in words(signed_in(account).get(page))
    Inquiry.objects.update(state="answered")
    assert "人力社保局" not in words(signed_in(account).get(page))


def test_an_inquiry_about_somebody_else_is_nobody_elses_business():
    account = applicant()
    make.draft(account)
    unanswered(make.make_person(), Kind.INSURANCE)
    assert "正在核对" not in words(signed_in(account).get(PAGES[0]))


def test_the_bureau_is_asked_before_papers_are(tmp_path: Path):
    account = applicant()
    client, person = signed_in(account), account.person
    with running(tmp_path) as bureau, override_settings(JUZHU_BUREAUS=[bureau.address()]):
        bureau.write(
            [{"identity_number": person.identity_number, "name": person.name, "kind": "insurance",
              "says": INSURED}]
        )  # fmt: skip
        client.post("/apply/place", {"route": "employment", "anyway": "on"})
        client.post("/apply/declaration", {"agreed": "on"})
        assert not Inquiry.objects.exists(), "nobody is asked before the applicant has agreed to it"
        client.post("/apply/form", {"phone": account.login})
    assert Inquiry.objects.get().state == "answered"
    text = words(client.get("/apply/materials"))
    assert "不用您交材料" in text and "来自人力社保局" in text
