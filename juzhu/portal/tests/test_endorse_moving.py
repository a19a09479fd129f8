"""签注 by who is between two registrations: what they are told, and how they go on in one sitting."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from juzhu.people.models import Account
from juzhu.permits.models import Application
from juzhu.permits.tests import factories as make
from juzhu.portal.tests.browsing import chinese_left, primary_buttons, signed_in, words
from juzhu.portal.tests.test_registration import answered, sent
from juzhu.registration import actions as registration
from juzhu.registration.models import Registration

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("E01", "CF17")]
DAY = date(2027, 3, 1)
SINCE = {"since_year": "2027", "since_month": "3", "since_day": "1"}


@pytest.fixture
def account(on_day) -> Account:
    """A holder who has to endorse by 10 March 2027."""
    found = make.eligible_account()
    make.attest_insurance(found.person, "2025-01", "2028-12")
    make.issued(found)
    on_day(DAY)
    return found


def left(account: Account, on: date, destination: str = "", language: str = "zh-hans") -> Client:
    registration.leave(account.person, on, actor=account.actor, today=on, destination=destination)
    return signed_in(account, language)


def test_within_ten_days_one_can_register_first_or_file_first(account):
    client = left(account, date(2027, 2, 25))
    page = client.get("/permit/endorse")
    said = words(page)
    assert "您的居住登记到 2027-02-25 为止" in said
    assert "2027-03-10 前照常用" in said
    assert "先提交签注" in said
    assert primary_buttons(page) == 1
    sent_to = client.post("/permit/endorse", {"route": "employment", "key": "k"}).url
    case = Application.objects.get(kind="endorsement")
    assert sent_to == f"/applications/{case.number}"
    assert client.get(sent_to).status_code == 200


def test_longer_ago_one_registers_first_and_a_press_files_nothing(account):
    client = left(account, date(2027, 2, 1))
    for page in (client.get("/permit/endorse"), client.post("/permit/endorse", {"route": "employment"})):
        assert page.status_code == 200
        assert "先登记现在的住址，再签注" in words(page)
        assert primary_buttons(page) == 1
    assert not Application.objects.filter(kind="endorsement").exists()


def test_who_moved_to_another_district_is_sent_to_its_station(account):
    said = words(left(account, date(2027, 2, 25), "330106").get("/permit/endorse"))
    assert "签注也在那边办" in said


def test_suspended_meanwhile_the_page_says_so_and_how_it_works_again(account, on_day):
    client = left(account, date(2027, 3, 1))
    on_day(date(2027, 4, 1))
    assert "居住证现在中止。登记以后补办签注" in words(client.get("/permit/endorse"))


def test_register_and_go_on_in_one_sitting_with_what_was_picked(account, on_day):
    client = left(account, date(2027, 2, 25))
    gone = client.post("/permit/endorse", {"route": "dwelling", "do": "register"})
    assert gone.url == "/register"
    answered(client, since=SINCE)
    sent(client)
    row = Registration.objects.get(ended_on=None)
    page = client.get(f"/registration/{row.number}/done")
    assert "接着办签注" in words(page)
    assert "居住时间接着算" in words(page)
    assert primary_buttons(page) == 1
    assert client.get("/permit/endorse").context["picked"] == "dwelling"
    client.post("/permit/endorse", {"route": "employment", "key": "k"})
    case = Application.objects.get(kind="endorsement")
    assert (case.area, case.decisions.get().outcome) == ("330105009", "accept")
    assert "endorsement_picked" not in client.session


def test_the_first_page_points_to_the_registration_and_says_what_for(account):
    said = words(left(account, date(2027, 2, 1)).get("/"))
    assert "登记好了接着办签注，不用重填" in said


def test_a_registration_that_starts_anew_promises_no_residence_that_is_lost(on_day):
    newcomer = make.eligible_account()
    client = left(newcomer, date(2026, 3, 1))
    on_day(date(2026, 4, 1))
    answered(client, since={"since_year": "2026", "since_month": "4", "since_day": "1"})
    sent(client)
    row = Registration.objects.get(ended_on=None)
    said = words(client.get(f"/registration/{row.number}/done"))
    assert "居住时间从 2026-04-01 起算" in said
    assert "接着办签注" not in said


@pytest.mark.parametrize("gone_on", [date(2027, 2, 1), date(2027, 2, 25)])
def test_in_english_nothing_is_left_in_chinese(account, gone_on):
    client = left(account, gone_on, language="en")
    assert not chinese_left(client.get("/permit/endorse"))
