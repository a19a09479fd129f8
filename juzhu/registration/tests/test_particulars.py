"""What else is given when registering: each may be left out, and is seen by two only."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.documents.papers.registration import certificate, said_by
from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import AREA, OTHER_AREA, TODAY
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, words
from juzhu.registration import particulars
from juzhu.registration.errors import NotRegistered, OutOfArea
from juzhu.registration.models import Particulars
from juzhu.registration.particulars import Said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
ALL = Said("league", "single", "college", "employed", "elsewhere")


@pytest.fixture
def resident() -> Account:
    account = make.make_account()
    make.register(account.person, date(2026, 3, 2), workplace="运河服饰有限公司（示例）")
    return account


def say(account: Account, said: Said = ALL) -> Particulars | None:
    return particulars.declare(account.person, said, actor=account.actor, today=TODAY)


@pytest.mark.requirement("A05")
def test_all_of_the_article_is_given_when_registering_and_none_of_this_must_be(resident):
    row = resident.person.registrations.get()
    assert row.address and row.workplace and resident.person.phone
    page = signed_in(resident).get("/registration/particulars")
    for label in ("政治面貌", "婚姻状况", "文化程度", "就业情况", "社会保险"):
        assert label in words(page)
    assert "都可以不填" in words(page) and primary_buttons(page) == 1
    assert signed_in(resident).post("/registration/particulars", {}).status_code == 302
    assert not Particulars.objects.exists()


@pytest.mark.requirement("A05")
def test_it_is_shown_back_changed_and_taken_back(resident):
    browser = signed_in(resident)
    browser.post("/registration/particulars", {"education": "college", "marital_status": "single"})
    page = words(browser.get("/registration"))
    assert "大学专科" in page and "未婚" in page
    browser.post("/registration/particulars", {"education": "bachelor"})
    page = words(browser.get("/registration"))
    assert "大学本科" in page and "未婚" not in page
    assert Particulars.objects.count() == 1
    browser.post("/registration/particulars", {"education": "", "marital_status": ""})
    assert not Particulars.objects.exists()


def test_the_trail_says_which_were_said_and_never_what(resident):
    say(resident)
    say(resident)
    event = Event.objects.get(kind="particulars.said")
    assert event.data == {"fields": sorted(particulars.FIELDS)}


@pytest.mark.requirement("A05", "A13")
def test_the_certificate_has_nothing_of_it(resident):
    row = resident.person.registrations.get()
    before = said_by(row)
    say(resident)
    assert said_by(row) == before
    text = str(certificate(row, "zh"))
    assert not any(word in text for word in ("共青团员", "未婚", "大学专科", "有单位", "参保"))


def test_only_oneself_and_the_police_of_the_area_read_it(resident):
    say(resident)
    person = resident.person
    readers = {role: make.make_officer(role) for role in ("clerk", "reviewer", "chief")}
    assert all(particulars.of(person, one.actor) for one in (resident, *readers.values()))
    others = [make.make_officer(role) for role in ("subdistrict", "department", "auditor", "administrator")]
    others += [make.make_officer("clerk", areas=(OTHER_AREA,)), make.make_account("路人")]
    assert not any(particulars.of(person, one.actor) for one in others)
    number = person.registrations.get().number
    assert "未婚" in words(signed_in(readers["clerk"]).get(f"/counter/people/{number}"))
    assert "未婚" not in words(signed_in(others[0]).get(f"/counter/people/{number}"))


def test_nobody_says_it_for_another(resident):
    stranger, far = make.make_account("路人"), make.make_officer("clerk", areas=(OTHER_AREA,))
    for one, error in ((stranger, NotAllowed), (far, OutOfArea), (make.make_officer("reviewer"), NotAllowed)):
        with pytest.raises(error):
            particulars.declare(resident.person, ALL, actor=one.actor, today=TODAY)
    with pytest.raises(NotRegistered):
        say(stranger)
    assert signed_in(stranger).get("/registration/particulars").status_code == 302


@pytest.mark.requirement("A05")
def test_what_a_department_has_is_not_asked_and_of_a_child_nothing(resident):
    account = make.eligible_account(name="陈一")
    page = signed_in(account).get("/registration/particulars")
    assert "社会保险" not in words(page) and "不用再填" in words(page)
    made = particulars.declare(account.person, ALL, actor=account.actor, today=TODAY)
    assert made is not None and made.insured == "" and made.education == "college"
    child = make.child_of(resident)
    make.register(child, TODAY)
    assert particulars.asked_of(child, TODAY) == ()
    assert signed_in(resident).get("/registration/particulars?for=1").status_code == 302
    assert "补充情况" not in words(signed_in(resident).get("/registration?for=1"))


@pytest.mark.requirement("A05")
def test_an_officer_takes_it_down_at_the_window(resident):
    clerk = make.make_officer("clerk")
    browser = signed_in(clerk)
    number = resident.person.registrations.get().number
    visit = browser.post("/counter/window/receive", {"what": "registration", "which": number}).headers[
        "Location"
    ]
    assert "补充情况" in words(browser.get(visit))
    page = browser.get(f"{visit}/particulars")
    assert "每一样都可以不说" in words(page)
    assert browser.post(f"{visit}/particulars", {"employment": "seeking"}).headers["Location"] == visit
    row = Particulars.objects.get()
    assert (row.employment, row.taken_by) == ("seeking", clerk)
    assert "正在找工作" in words(signed_in(resident).get("/registration"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_all_of_it_in_both_languages(resident, language: str):
    say(resident)
    browser = signed_in(resident, language)
    for url in ("/registration/particulars", "/registration"):
        page = browser.get(url)
        assert html(page).count("<h1") == 1
        if language == "en":
            assert chinese_left(page) == []
    wrong = browser.post("/registration/particulars", {"education": "wizard"})
    assert 'class="error-sum' in html(wrong)
    assert resident.person.registrations.get().subdistrict == AREA
