"""Asking a holder by program: without an account, and for an organisation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from conftest import StoppedClock
from juzhu.evidence import clients
from juzhu.evidence.tests import programs
from juzhu.operations import clock
from juzhu.operations.actors import SYSTEM
from juzhu.people.models import Organisation
from juzhu.permits.tests import reporters
from juzhu.wallets import offers
from juzhu.wallets.tests import holders
from juzhu.wallets.tests.holders import Wallet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
URL = "/api/v1/presentations"


@pytest.fixture
def wallet() -> Wallet:
    """A wallet with the permit in it."""
    permit, account = holders.permit()
    made = Wallet()
    made.load(offers.make(permit, "", actor=account.actor, now=clock.now()))
    return made


def ask(body: dict[str, Any], token: str = "", **extra: Any) -> Any:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    said = {"purpose": "入学报名", **body}
    return Browser().post(URL, said, content_type="application/json", headers=headers, **extra)


def read(key: str, token: str = "") -> Any:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return Browser().get(f"{URL}/{key}", headers=headers)


def token_of(*scopes: str, organisation: Organisation | None = None) -> str:
    made = organisation or reporters.enrolled("school")[0]
    return programs.token_of(clients.make_for(made, "报名系统（示例）", scopes, actor=SYSTEM)[0])


def problem(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


def test_a_stranger_reads_yes_or_no_by_the_id(wallet: Wallet):
    asked = ask({"ask": ["lives_in_city"], "name": "某校"})
    assert (asked.status_code, set(asked.json())) == (201, {"id", "link", "page", "expires_at"})
    key = asked.json()["id"]
    assert read(key).json() == {"state": "waiting"}
    wallet.show(wallet.request(asked.json()["link"]))
    came = read(key).json()
    assert (came["state"], came["outcome"], came["proved"]) == ("answered", "valid", True)
    assert came["claims"] == {"lives_in": "330100"}
    StoppedClock.moment += timedelta(minutes=10)
    assert read(key).json()["claims"] == {}


def test_a_request_that_nobody_answers_is_over():
    key = ask({"name": "某校"}).json()["id"]
    StoppedClock.moment += timedelta(minutes=5)
    assert read(key).json() == {"state": "expired"}


def test_an_organisations_program_reads_who_it_is_by_a_token_of_its_own(wallet: Wallet):
    made, _actor = reporters.enrolled("school")
    token = token_of("presentations", organisation=made)
    asked = ask({"ask": ["name"], "name": "别人的名字"}, token).json()
    wallet.show(wallet.request(asked["link"]))
    assert read(asked["id"], token).json()["claims"] == {"name": "周晓芸"}
    assert read(asked["id"], token_of("presentations", organisation=made)).status_code == 200
    for other in ("", token_of("presentations")):
        assert problem(read(asked["id"], other)) == (404, "not_found")


def test_without_an_account_nobody_learns_who_it_is():
    assert problem(ask({"ask": ["name_and_photo"], "name": "某校"})) == (403, "account_needed")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"ask": ["horoscope"], "name": "某校"}, (422, "ask_invalid")),
        ({"ask": ["name"] * 40, "name": "某校"}, (400, "invalid_request")),
        ({"name": ""}, (422, "ask_invalid")),
        ({"name": "某校", "purpose": "\n"}, (422, "ask_invalid")),
        ({"name": "某校", "purpose": ""}, (400, "invalid_request")),
        ({"name": "某校", "more": 1}, (400, "invalid_request")),
    ],
)
def test_what_can_not_be_asked(body: dict[str, Any], expected: tuple[int, str]):
    assert problem(ask(body)) == expected


def test_a_token_for_something_else_or_for_nothing():
    assert problem(ask({}, token_of("reports"))) == (403, "insufficient_scope")
    assert problem(ask({}, programs.token_of(programs.made()[0]))) == (403, "insufficient_scope")
    assert problem(ask({}, "nobody's")) == (401, "invalid_token")
    assert problem(read("x" * 43)) == (404, "not_found")


def test_an_address_that_asks_too_often_is_told(settings):
    for _n in range(30):
        assert ask({"name": "某校"}).status_code == 201
    assert problem(ask({"name": "某校"})) == (429, "too_many_asked")
    settings.JUZHU_BEHIND_PROXY = True
    elsewhere = {"HTTP_X_FORWARDED_FOR": "198.51.100.1, 192.0.2.9"}
    assert ask({"name": "某校"}, **elsewhere).status_code == 201
    assert ask({}, token_of("presentations")).status_code == 201


def test_an_organisation_has_its_own_scopes_alone():
    made, _actor = reporters.enrolled("school")
    with pytest.raises(ValueError, match="attest:insurance"):
        clients.make_for(made, "报名系统（示例）", ["attest:insurance"], actor=SYSTEM)
