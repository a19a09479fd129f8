"""Asking a holder and taking the answer: what counts, what is kept of it, and who learns what."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from conftest import StoppedClock
from juzhu.credentials.signing import holder, keys
from juzhu.credentials.verify import jws
from juzhu.credentials.verify.encoding import base64url, to_json
from juzhu.law.calendar import add_months
from juzhu.operations import clock, events, tasks
from juzhu.operations.models import Event, Task
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account, Organisation
from juzhu.permits import issuing as permits
from juzhu.permits.models import Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import TODAY
from juzhu.registration import actions as registration
from juzhu.wallets import catalogue, issuing, offers, presenting, queries
from juzhu.wallets.addresses import client_id, did
from juzhu.wallets.errors import AccountNeeded, AskInvalid, TooManyAsked
from juzhu.wallets.models import Presentation
from juzhu.wallets.presenting import Asked, Checker
from juzhu.wallets.tests.holders import Wallet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
SCHOOL = Checker(name="运河小学（示例）")


@pytest.fixture
def wallet(held: tuple[Permit, Account]) -> Wallet:
    """A wallet with the permit in it."""
    made = Wallet()
    made.load(offers.make(held[0], "我的手机", actor=held[1].actor, now=clock.now()))
    return made


def ask(*items: str, by: Checker = SCHOOL) -> Asked:
    return presenting.ask(items, "入学报名", by, now=clock.now())


def organisation() -> Checker:
    made, actor = reporters.enrolled("school", name="运河小学（示例）")
    return Checker(organisation=made, account_id=actor.account_id)


def came(asked: Asked) -> Presentation:
    row = presenting.find(asked.key)
    assert row is not None
    return row


def later(minutes: float) -> None:
    StoppedClock.moment += timedelta(minutes=minutes)


def test_what_says_yes_is_shown_to_anybody_and_no_more(wallet: Wallet, held: tuple[Permit, Account]):
    asked = ask("lives_in_city", "age_over_16")
    said = wallet.request(asked.link)
    (query,) = said["dcql_query"]["credentials"]
    assert [claim["path"] for claim in query["claims"]] == [["lives_in"], ["age_over_16"]]
    assert wallet.show(said).json() == {}
    row = came(asked)
    assert (row.outcome, row.result) == ("valid", {"lives_in": "330100", "age_over_16": True})
    (line,) = queries.presentations_of(held[1].person)
    assert [str(words) for words in line.given] == ["住在杭州", "满 16 周岁"]
    assert (line.checker, line.confirmed, line.purpose) == ("运河小学（示例）", False, "入学报名")
    assert (line.outcome, line.device) == ("valid", "我的手机")
    told = Event.objects.get(kind="permit.presented").data
    assert told == {"asked": ["valid_permit", "lives_in_city", "age_over_16"],
                    "given": ["lives_in", "age_over_16"], "outcome": "valid"}  # fmt: skip
    events.verify()


def test_the_request_is_signed_by_a_key_of_our_did(wallet: Wallet):
    asked = ask("lives_in_city")
    tasks.run_all()
    token = jws.read(came(asked).request)
    assert (token.header["typ"], token.header["alg"]) == ("oauth-authz-req+jwt", "ES256")
    (method,) = wallet.http.get("/.well-known/did.json").json()["verificationMethod"]
    assert token.header["kid"] == method["id"] == f"{did()}#{method['publicKeyJwk']['kid']}"
    assert token.signed_by("ES256", method["publicKeyJwk"])
    said = token.payload
    assert said["client_id"] == client_id() == "decentralized_identifier:did:web:127.0.0.1%3A8000"
    assert (said["response_type"], said["response_mode"]) == ("vp_token", "direct_post")
    assert said["exp"] - said["iat"] == 300
    data = said["verifier_info"][0]["data"]
    assert data == {"name": "运河小学（示例）", "purpose": "入学报名", "confirmed": False}


def test_no_other_use_of_a_key_speaks_for_the_issuer(wallet: Wallet):
    """A request's key is in no list by which documents are checked."""
    (method,) = wallet.http.get("/.well-known/did.json").json()["verificationMethod"]
    listed = wallet.http.get("/.well-known/jwks.json").json()["keys"]
    assert method["publicKeyJwk"]["kid"] not in [key["kid"] for key in listed]


def test_who_asks_for_nothing_learns_that_the_permit_is_valid(wallet: Wallet):
    asked = ask()
    said = wallet.request(asked.link)
    assert "claims" not in said["dcql_query"]["credentials"][0]
    wallet.send(said, wallet.shown(said, "nothing of the document"))
    assert (came(asked).outcome, came(asked).result) == ("valid", {})


def test_more_than_was_asked_for_is_not_kept(wallet: Wallet):
    asked = ask("lives_in_city")
    wallet.show(wallet.request(asked.link), "lives_in", "name", "identity_number")
    assert (came(asked).outcome, came(asked).result) == ("valid", {"lives_in": "330100"})


@pytest.mark.parametrize("names", [("lives_in",), ("lives_in", "residence_years_ge_1")])
def test_what_is_missing_or_says_no_is_not_proved(wallet: Wallet, names: tuple[str, ...]):
    asked = ask("lives_in_city", "residence_years_ge_1")
    wallet.show(wallet.request(asked.link), *names)
    assert came(asked).outcome == "unproved"


def test_who_somebody_is_goes_to_an_organisation(wallet: Wallet, held: tuple[Permit, Account]):
    for item in catalogue.ITEMS.values():
        if item.personal:
            with pytest.raises(AccountNeeded):
                ask(item.code)
    asked = ask("name", "identity_number", by=organisation())
    wallet.show(wallet.request(asked.link))
    person = held[1].person
    assert came(asked).result == {"name": person.name, "identity_number": person.identity_number}
    assert queries.presentations_of(person)[0].confirmed


def test_a_closed_organisation_asks_for_nothing(wallet: Wallet):
    checker = organisation()
    Organisation.objects.update(closed_on=TODAY)
    checker.organisation.refresh_from_db()
    with pytest.raises(NotAllowed):
        ask("name", by=checker)


@pytest.mark.parametrize(
    ("items", "purpose", "name"),
    [(["horoscope"], "入学", "某校"), ([], "", "某校"), ([], " ", "某校"), ([], "入学", ""),
     ([], "入学\n", "某\0校"), ([], "长" * 101, "某校"), ([], "入学", "‮某校")],
)  # fmt: skip
def test_a_request_names_who_asks_and_why(items: list[str], purpose: str, name: str):
    with pytest.raises(AskInvalid):
        presenting.ask(items, purpose, Checker(name=name), now=clock.now())


def test_one_address_asks_thirty_times_in_five_minutes():
    here, there = Checker(name="某校", address="192.0.2.1"), Checker(name="某校", address="192.0.2.2")
    for _n in range(presenting.MOST_ASKED):
        ask(by=here)
    with pytest.raises(TooManyAsked):
        ask(by=here)
    ask(by=there)
    later(5)
    ask(by=here)
    assert "192.0.2.1" not in str(list(Presentation.objects.values()))


def test_a_request_lives_for_five_minutes_and_takes_one_answer(wallet: Wallet):
    asked = ask("lives_in_city")
    said = wallet.request(asked.link)
    again = wallet.shown(said)
    assert wallet.send(said, again).status_code == 200
    assert wallet.send(said, again).json()["error"] == "invalid_request"
    assert wallet.http.get(f"/openid/requests/{asked.row.reference}").status_code == 404
    late = ask("lives_in_city")
    said = wallet.request(late.link)
    later(5)
    assert wallet.show(said).json()["error"] == "invalid_request"
    assert wallet.http.get(f"/openid/requests/{late.row.reference}").status_code == 404


def test_a_request_that_is_not_signed_yet_is_asked_for_again(wallet: Wallet):
    asked = ask()
    answer = wallet.http.get(f"/openid/requests/{asked.row.reference}")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")


@pytest.mark.parametrize(
    "how",
    ["another nonce", "another audience", "an old proof", "another key", "no proof", "an altered proof"],
)
def test_what_the_holder_has_not_shown_to_us_now_is_forged(wallet: Wallet, how: str):
    asked = ask("lives_in_city")
    said = wallet.request(asked.link)
    shown = {
        "another nonce": lambda: wallet.shown(said, nonce="x" * 43),
        "another audience": lambda: wallet.shown(said, audience="https://elsewhere.example"),
        "an old proof": lambda: wallet.shown(said, made_at=int(clock.now().timestamp()) - 3600),
        "another key": lambda: wallet.shown(said, key=keys.new("ES256")),
        "no proof": lambda: holder.chosen(wallet.document, ["lives_in"]),
        "an altered proof": lambda: wallet.shown(said)[:-2] + "AA",
    }[how]()
    assert wallet.send(said, shown).status_code == 200
    row = came(asked)
    assert (row.outcome, row.result, row.loading) == ("forged", {}, None)
    assert not Event.objects.filter(kind="permit.presented").exists()


def test_a_presentation_for_one_checker_is_no_use_to_another(wallet: Wallet):
    first, second = ask("lives_in_city"), ask("lives_in_city")
    stolen = wallet.shown(wallet.request(first.link))
    assert wallet.send(wallet.request(second.link), stolen).status_code == 200
    assert (came(second).outcome, came(second).because) == ("forged", "holder")


def test_an_altered_claim_is_forged(wallet: Wallet):
    asked = ask("age_over_18")
    said = wallet.request(asked.link)
    made_up = base64url(to_json(["salt", "age_over_18", True]))
    issued = wallet.document.split("~")[0]
    wallet.send(said, wallet.shown(said, "age_over_18", document=f"{issued}~{made_up}~"))
    assert (came(asked).outcome, came(asked).because) == ("forged", "digest")


def test_somebody_elses_document_is_no_permit(wallet: Wallet):
    asked = ask()
    said = wallet.request(asked.link)
    wallet.send(said, "https://elsewhere.example/v/1")
    assert came(asked).outcome == "not_a_permit"


NO_ANSWERS: list[dict[str, str]] = [
    {},
    {"vp_token": "x"},
    {"vp_token": "[]"},
    {"vp_token": "{}"},
    {"vp_token": json.dumps({"permit": "x"})},
    {"vp_token": json.dumps({"permit": ["x", "y"]})},
    {"vp_token": json.dumps({"permit": ["x"], "other": ["y"]})},
    {"vp_token": json.dumps({"diploma": ["x"]})},
]


def test_what_is_no_answer_leaves_the_request_open(wallet: Wallet):
    asked = ask("lives_in_city")
    said = wallet.request(asked.link)
    for form in NO_ANSWERS:
        answer = wallet.form("/openid/answer", {**form, "state": said["state"]})
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request"), form
    assert wallet.form("/openid/answer", {"vp_token": json.dumps({"permit": ["x"]})}).status_code == 400
    assert wallet.show(said).status_code == 200
    assert came(asked).outcome == "valid"


def test_a_holder_who_does_not_want_to_is_believed(wallet: Wallet, held: tuple[Permit, Account]):
    asked = ask("lives_in_city")
    said = wallet.request(asked.link)
    refused = {"error": "access_denied", "state": said["state"]}
    assert wallet.form("/openid/answer", refused).status_code == 200
    assert came(asked).outcome == "declined"
    assert queries.presentations_of(held[1].person) == []


def test_the_status_is_that_of_this_moment(wallet: Wallet, held: tuple[Permit, Account]):
    permits.terminate(held[0], "left", actor=make.make_officer("chief").actor, on=TODAY)
    asked = ask("lives_in_city")
    wallet.show(wallet.request(asked.link))
    assert (came(asked).outcome, came(asked).result) == ("terminated", {})
    assert queries.presentations_of(held[1].person)[0].outcome == "terminated"


def test_time_alone_suspends(wallet: Wallet, on_day: Any):
    on_day(add_months(TODAY, 12) + timedelta(days=1))
    asked = ask("lives_in_city")
    wallet.show(wallet.request(asked.link))
    assert came(asked).outcome == "suspended"


def test_an_older_version_is_not_taken(wallet: Wallet, held: tuple[Permit, Account]):
    account = held[1]
    registration.change_workplace(account.person, "北站仓储（示例）", actor=account.actor, today=TODAY)
    tasks.run_all()
    asked = ask("lives_in_city")
    wallet.show(wallet.request(asked.link))
    assert (came(asked).outcome, came(asked).because) == ("stale", "superseded")


def test_a_revoked_device_is_not_believed(wallet: Wallet, held: tuple[Permit, Account]):
    (device,) = queries.devices_of(held[0])
    issuing.revoke(device.pk, actor=held[1].actor, now=clock.now())
    asked = ask("lives_in_city")
    wallet.show(wallet.request(asked.link))
    assert (came(asked).outcome, came(asked).result) == ("device_revoked", {})


def test_what_was_shown_is_gone_after_ten_minutes(wallet: Wallet, held: tuple[Permit, Account]):
    asked, unanswered = ask("name", by=organisation()), ask()
    wallet.show(wallet.request(asked.link))
    later(10)
    assert presenting.result(came(asked), clock.now()) == {}, "nobody reads it, whether or not a worker runs"
    later(5)
    Task.objects.update(run_at=clock.now())
    tasks.run_all()
    assert (came(asked).result, came(asked).given) == ({}, ["name"])
    assert presenting.find(unanswered.key) is None
    assert held[1].person.name not in str(list(Presentation.objects.values()))
    assert len(queries.presentations_of(held[1].person)) == 1, "that it was shown stays to be seen"


def test_nothing_of_it_is_in_the_log(wallet: Wallet, held: tuple[Permit, Account]):
    with capture_logs() as lines:
        asked = ask("name", by=organisation())
        said = wallet.request(asked.link)
        wallet.show(said)
    told = str(lines)
    assert "openid/answer" in told
    for secret in (said["nonce"], said["state"], asked.key, asked.row.reference, held[1].person.name):
        assert secret not in told


def test_behind_a_link_stands_who_asks(wallet: Wallet):
    asked = ask("lives_in_city")
    row = presenting.behind(asked.link, clock.now())
    assert row == asked.row
    for other in ("", "https://elsewhere.example", asked.link.replace("127.0.0.1", "elsewhere.example"),
                  asked.link + "x", "openid4vp://?" + "a" * 2000):  # fmt: skip
        assert presenting.behind(other, clock.now()) is None
