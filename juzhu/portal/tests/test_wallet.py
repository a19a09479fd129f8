"""What the script of a browser's wallet asks for: an offer, devices, who stands behind a link, the log."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from juzhu.operations import clock
from juzhu.people.models import Account, Guardianship
from juzhu.permits.models import Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import PASSWORD
from juzhu.portal.tests.browsing import signed_in
from juzhu.wallets import presenting
from juzhu.wallets.presenting import Checker
from juzhu.wallets.tests import holders
from juzhu.wallets.tests.holders import Wallet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


@pytest.fixture
def held() -> tuple[Permit, Account]:
    return holders.permit()


def url(name: str, *args: Any) -> str:
    return reverse(f"portal:wallet_{name}", args=args)


def present(account: Account) -> Client:
    """A browser whose holder has just proved that it is they."""
    browser = signed_in(account)
    browser.post(reverse("portal:presence", args=["load"]), {"password": PASSWORD})
    return browser


def test_an_offer_is_made_after_the_presence_check_alone(held: tuple[Permit, Account]):
    refused = signed_in(held[1]).post(url("offer"))
    assert (refused.status_code, refused.json()["error"]) == (403, "presence_needed")
    assert refused.headers["Cache-Control"] == "no-store"
    browser = present(held[1])
    made = browser.post(url("offer"), {"device": "我的手机"})
    said = made.json()
    assert (made.status_code, len(said["tx_code"])) == (200, 6)
    wallet = Wallet()
    code = said["offer"]["grants"]["urn:ietf:params:oauth:grant-type:pre-authorized_code"]
    assert wallet.token(code["pre-authorized_code"], said["tx_code"]).status_code == 200
    wallet.fetch()
    (device,) = browser.get(url("devices")).json()["devices"]
    assert (device["device"], device["key"], device["current"]) == ("我的手机", wallet.thumbprint, True)
    assert browser.post(url("revoke", device["id"])).json() == {}
    assert browser.get(url("devices")).json() == {"devices": []}


def test_what_would_be_shown_and_what_was(held: tuple[Permit, Account]):
    browser = present(held[1])
    wallet = Wallet()
    said = browser.post(url("offer")).json()
    code = said["offer"]["grants"]["urn:ietf:params:oauth:grant-type:pre-authorized_code"]
    wallet.token(code["pre-authorized_code"], said["tx_code"])
    wallet.fetch()
    asked = presenting.ask(["age_over_16"], "入学报名", Checker(name="某校"), now=clock.now())
    seen = browser.post(url("request"), {"link": asked.link}).json()
    assert (seen["checker"], seen["confirmed"], seen["purpose"]) == ("某校", False, "入学报名")
    assert [item["words"] for item in seen["items"]] == ["有有效的居住证", "满 16 周岁"]
    assert seen["request_uri"] in asked.link.replace("%3A", ":").replace("%2F", "/")
    wallet.show(wallet.request(asked.link))
    (line,) = browser.get(url("log")).json()["log"]
    assert (line["checker"], line["given"], line["outcome"]) == ("某校", ["满 16 周岁"], "valid")
    assert browser.post(url("request"), {"link": asked.link}).status_code == 404, "it is answered"


def test_a_guardian_does_it_for_a_child(held: tuple[Permit, Account]):
    child = held[1].person
    child.born = make.date(2015, 1, 1)
    child.save()
    parent = make.make_account("周母")
    Guardianship.objects.create(guardian=parent.person, child=child, source="police")
    browser = present(parent)
    assert browser.post(url("offer") + "?for=1").status_code == 200
    assert browser.get(url("log") + "?for=1").json() == {"log": []}
    assert browser.get(url("devices") + "?for=2").status_code == 404


def test_who_has_no_permit_loads_none_and_revokes_nobodys(held: tuple[Permit, Account]):
    browser = present(make.make_account("路人"))
    assert browser.post(url("offer")).status_code == 404
    assert browser.post(url("revoke", 1)).status_code == 404
    assert browser.get(url("devices")).json() == {"devices": []}
