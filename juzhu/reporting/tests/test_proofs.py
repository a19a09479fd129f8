"""Asking for a proof on the reporters' pages: choose, show the code, read what was shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from conftest import StoppedClock
from juzhu.operations import clock
from juzhu.people.models import Account
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.portal.tests.browsing import html, primary_buttons, signed_in, words
from juzhu.wallets import offers, presenting
from juzhu.wallets.tests import holders
from juzhu.wallets.tests.holders import Wallet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
ASK = reverse("reporting:proof")


def school() -> Client:
    _made, actor = reporters.enrolled("school", name="运河小学（示例）")
    return signed_in(Account.objects.get(pk=actor.account_id))


def test_a_school_asks_waits_and_reads(monkeypatch: pytest.MonkeyPatch):
    permit, account = holders.permit()
    wallet, browser = Wallet(), school()
    wallet.load(offers.make(permit, "", actor=account.actor, now=clock.now()))
    assert "请人出示居住证" in words(browser.get(reverse("reporting:home")))
    form = browser.get(ASK)
    assert primary_buttons(form) == 1
    made = browser.post(
        ASK, {"ask": ["lives_in_city", "name_and_photo"], "years": "1", "purpose": "入学报名"}
    )
    place = made.headers["Location"]
    waiting = browser.get(place)
    assert 'role="img"' in html(waiting) and "居住满 1 年" in words(waiting)
    (link,) = [presenting.link(row) for row in [presenting.find(place.rsplit("/", 1)[1])] if row]
    wallet.show(wallet.request(link))
    shown = html(browser.get(f"{place}/progress", headers={"HX-Request": "true"}))
    assert "有效，但没有都证明" in shown and "周晓芸" in shown and "不是" in shown
    assert "data:image/jpeg;base64," in html(browser.get(place))
    StoppedClock.moment += timedelta(minutes=10)
    gone = words(browser.get(place))
    assert "周晓芸" not in gone and "已经删掉了" in gone


def test_a_code_that_nobody_used_is_over():
    browser = school()
    place = browser.post(ASK, {"purpose": "入学报名"}).headers["Location"]
    StoppedClock.moment += timedelta(minutes=5)
    assert "这个码过期了" in words(browser.get(place))
    assert browser.get(f"{place}/progress").headers["Location"] == place


def test_a_reason_is_needed():
    assert "请写为什么要看" in words(school().post(ASK, {"ask": ["lives_in_city"]}))


def test_somebody_elses_request_is_not_there():
    place = school().post(ASK, {"purpose": "入学报名"}).headers["Location"]
    assert school().get(place).status_code == 404
    assert school().get(reverse("reporting:proof_asked", args=["x" * 43])).status_code == 404


def test_a_landlord_without_an_organisation_asks_for_none():
    browser = signed_in(make.make_account("房东甲"))
    assert browser.get(ASK).headers["Location"] == reverse("reporting:who")
    assert "请人出示居住证" not in words(browser.get(reverse("reporting:home")))
