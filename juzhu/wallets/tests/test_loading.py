"""Loading the permit into a wallet: from the offer to the document, and whatever goes wrong on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from structlog.testing import capture_logs

from conftest import StoppedClock
from juzhu.credentials import checks
from juzhu.credentials.models import Licence
from juzhu.credentials.signing import keys
from juzhu.law.calendar import add_months
from juzhu.operations import clock, events, tasks
from juzhu.operations.models import Event, Task
from juzhu.people.models import Account, Guardianship
from juzhu.permits import actions, casework
from juzhu.permits import issuing as permits
from juzhu.permits.models import Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.registration import actions as registration
from juzhu.wallets import issuing, offers, queries, secrets
from juzhu.wallets.addresses import CONFIGURATION
from juzhu.wallets.claims import claims
from juzhu.wallets.errors import NothingToLoad, NotYours, TooManyDevices
from juzhu.wallets.models import Issuance, Loading, Offer
from juzhu.wallets.tests.holders import Wallet, payload_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
Held = tuple[Permit, Account]


def offered(held: Held, device: str = "我的手机") -> offers.Offered:
    permit, account = held
    return offers.make(permit, device, actor=account.actor, now=clock.now())


def loaded(held: Held) -> Wallet:
    wallet = Wallet()
    wallet.load(offered(held))
    return wallet


def later(minutes: float) -> None:
    StoppedClock.moment += timedelta(minutes=minutes)


def error(answer: Any, status: int = 400) -> str:
    assert answer.status_code == status, answer.content
    assert answer.headers["Cache-Control"] == "no-store"
    return str(answer.json()["error"])


def test_a_document_is_signed_by_the_worker_and_fetched_once(held: Held):
    permit, account = held
    wallet = Wallet()
    assert wallet.redeem(offered(held)).json()["expires_in"] == 300
    asked = wallet.ask()
    transaction = asked.json()["transaction_id"]
    assert (asked.status_code, asked.json()) == (202, {"transaction_id": transaction, "interval": 2})
    assert wallet.collect(transaction).status_code == 202, "nobody has signed it"
    tasks.run_all()
    assert wallet.collect(transaction).status_code == 200
    assert error(wallet.collect(transaction)) == "invalid_transaction_id"
    said, licence = payload_of(wallet.document), Licence.objects.get()
    assert said["status"]["status_list"]["idx"] == licence.place
    assert said["cnf"]["jwk"]["x"] == wallet.key.public_jwk()["x"]
    (device,) = queries.devices_of(permit)
    assert (device.device, device.made_by, device.version) == ("我的手机", account, permit.versions.get())
    assert checks.check(wallet.document, clock.now()).claims["permit_number"] == permit.number
    assert Event.objects.get(kind="permit.loaded").data == {"version": 1}
    events.verify()


def test_neither_the_document_nor_a_secret_stays_here(held: Held):
    wallet = Wallet()
    made = offered(held)
    wallet.load(made)
    rows = [list(model.objects.values()) for model in (Offer, Loading, Issuance, Task, Event)]
    code = offers.content(made.reference)["grants"][offers.GRANT]["pre-authorized_code"]
    for secret in (wallet.document, wallet.access, wallet.refresh, code, made.reference, made.tx_code):
        assert secret not in str(rows)


def test_nothing_of_it_is_in_the_log(held: Held):
    wallet = Wallet()
    with capture_logs() as lines:
        made = offered(held)
        wallet.load(made)
        wallet.ask("no proof")
    told = str(lines)
    assert "openid/credential" in told
    for secret in (made.reference, made.tx_code, wallet.access, wallet.document[:40], held[1].person.name):
        assert secret not in told


def test_the_years_are_those_that_public_services_look_at(held: Held, on_day: Callable[[date], None]):
    permit, account = held
    day = add_months(TODAY, 12)
    make.attest_insurance(account.person, "2025-01", "2027-02")
    filed = actions.request_endorsement(permit, "employment", actor=account.actor, today=day)
    on_day(day)
    casework.accept(filed, actor=make.make_officer("clerk").actor, today=day)
    casework.approve(filed, actor=make.make_officer("reviewer").actor, today=day)
    said = checks.check(loaded((Permit.objects.get(), account)).document, clock.now()).claims
    assert (said["residence_years_ge_1"], said["residence_years_ge_2"]) == (True, False)
    assert (said["version"], said["valid_until"]) == (2, "2028-03-10")


def test_ages_are_those_of_the_day_of_signing(held: Held):
    version = held[0].versions.get()
    version.born = date(2010, 3, 11)
    for day, sixteen in ((TODAY, False), (TODAY + timedelta(days=1), True)):
        said = claims(held[0], version, version.licence, day)
        assert (said["age_over_16"], said["age_over_18"]) == (sixteen, False)


def test_a_guardian_loads_a_childs_permit_and_a_stranger_does_not(held: Held):
    permit, account = held
    stranger = make.make_account("路人")
    with pytest.raises(NotYours):
        offers.make(permit, "", actor=stranger.actor, now=clock.now())
    with pytest.raises(NotYours):
        offers.make(permit, "", actor=make.make_officer("clerk").actor, now=clock.now())
    parent = make.make_account("周母")
    row = Guardianship.objects.create(guardian=parent.person, child=account.person, source="police")
    with pytest.raises(NotYours):
        offers.make(permit, "", actor=parent.actor, now=clock.now())
    account.person.born = date(2015, 1, 1)
    account.person.save()
    wallet = Wallet()
    wallet.load(offers.make(permit, "妈妈的手机", actor=parent.actor, now=clock.now()))
    assert wallet.renew().status_code == 200
    row.ended_on = TODAY
    row.save()
    assert error(wallet.renew()) == "invalid_grant", "who is no guardian any more gets no newer document"


@pytest.mark.parametrize("what", ["terminated", "suspended", "under_review"])
def test_a_permit_that_is_not_good_is_not_loaded(held: Held, on_day: Callable[[date], None], what: str):
    permit, account = held
    made, wallet = offered(held), Wallet()
    wallet.redeem(made)
    if what == "terminated":
        permits.terminate(permit, "left", actor=make.make_officer("chief").actor, on=TODAY)
    elif what == "under_review":
        make.attest_insurance(account.person, "2025-01", "2027-02")
        day = date(2027, 3, 9)
        actions.request_endorsement(permit, "employment", actor=account.actor, today=day)
    if what != "terminated":
        on_day(date(2027, 3, 20))
        Loading.objects.update(access_until=clock.now() + timedelta(minutes=1))
    assert error(wallet.ask()) == "credential_request_denied"
    with pytest.raises(NothingToLoad):
        offered((Permit.objects.get(), account))


def test_a_permit_that_ends_while_it_waits_for_its_signature_is_denied(held: Held):
    wallet = Wallet()
    wallet.redeem(offered(held))
    transaction = wallet.ask().json()["transaction_id"]
    permits.terminate(held[0], "left", actor=make.make_officer("chief").actor, on=TODAY)
    tasks.run_all()
    assert error(wallet.collect(transaction)) == "credential_request_denied"
    assert Issuance.objects.get().credential == ""


def test_an_offer_lives_for_five_minutes_and_is_redeemed_once(held: Held):
    made = offered(held)
    assert Wallet().redeem(made).status_code == 200
    assert Wallet().http.get(f"/openid/offers/{made.reference}").status_code == 404
    code = offers.content(made.reference)["grants"][offers.GRANT]["pre-authorized_code"]
    assert error(Wallet().token(code, made.tx_code)) == "invalid_grant"
    other = offered(held)
    later(5)
    assert error(Wallet().redeem(other)) == "invalid_grant"


def test_a_newer_offer_ends_the_one_before(held: Held):
    first = offered(held)
    offered(held)
    assert error(Wallet().redeem(first)) == "invalid_grant"


def test_a_stolen_code_is_worth_nothing_without_the_digits(held: Held):
    made = offered(held)
    code = Wallet().http.get(f"/openid/offers/{made.reference}").json()["grants"][offers.GRANT]
    assert code["tx_code"]["length"] == 6
    wrong = f"{(int(made.tx_code) + 1) % 10**6:06}"
    thief = Wallet()
    assert error(thief.token(code["pre-authorized_code"], "")) == "invalid_request"
    for _try in range(offers.MOST_TRIES):
        assert error(thief.token(code["pre-authorized_code"], wrong)) == "invalid_grant"
    assert error(thief.token(code["pre-authorized_code"], made.tx_code)) == "invalid_grant", "tried too often"
    assert Loading.objects.count() == 0


def test_another_key_gets_nothing_by_a_token_that_is_bound(held: Held):
    wallet = loaded(held)
    wallet.renew()
    thief = keys.new("ES256")
    assert error(wallet.ask(wallet.proof(thief))) == "invalid_proof"
    assert wallet.ask().status_code == 202


def test_a_refresh_token_is_exchanged_with_each_use_and_for_no_other_device(held: Held):
    wallet = loaded(held)
    first = wallet.refresh
    assert wallet.renew().status_code == 200
    newer, wallet.refresh = wallet.refresh, first
    assert error(wallet.renew()) == "invalid_grant"
    wallet.refresh = newer
    wallet.fetch()
    issuing.revoke(queries.devices_of(held[0])[0].pk, actor=held[1].actor, now=clock.now())
    assert error(wallet.ask(), 401) == "invalid_token"
    assert error(wallet.renew()) == "invalid_grant"


def test_a_new_version_is_fetched_without_a_presence_check(held: Held):
    permit, account = held
    wallet = loaded(held)
    registration.change_workplace(account.person, "北站仓储（示例）", actor=account.actor, today=TODAY)
    tasks.run_all()
    (device,) = queries.devices_of(permit)
    assert device.version != permit.versions.first(), "an old one"
    assert checks.check(wallet.document, clock.now()).because == "superseded"
    assert wallet.renew().status_code == 200
    assert checks.check(wallet.fetch(), clock.now()).claims["workplace"] == "北站仓储（示例）"
    kinds = Event.objects.filter(kind__startswith="permit.").values_list("kind", flat=True)
    assert [kind for kind in kinds if "loaded" in kind] == ["permit.loaded", "permit.reloaded"]


def test_five_devices_and_no_more(held: Held):
    wallets = [loaded(held) for _n in range(offers.MOST_DEVICES)]
    with pytest.raises(TooManyDevices):
        offered(held)
    last = queries.devices_of(held[0])[0]
    issuing.revoke(last.pk, actor=held[1].actor, now=clock.now())
    kept = [wallet for wallet in wallets if wallet.thumbprint != last.thumbprint]
    Wallet(kept[0].key).load(offered(held))
    assert offers.in_use(held[0]) == 4, "the same key again is the same device"


def test_two_offers_at_once_do_not_make_a_sixth_device(held: Held):
    for _n in range(offers.MOST_DEVICES - 1):
        loaded(held)
    both = []
    for _n in range(2):
        wallet = Wallet()
        wallet.redeem(offered(held))
        both.append(wallet)
    assert both[0].ask().status_code == 202
    assert error(both[1].ask()) == "credential_request_denied"


def test_only_who_holds_it_revokes_a_device(held: Held):
    loaded(held)
    (device,) = queries.devices_of(held[0])
    for actor in (make.make_account("路人").actor, make.make_officer("chief").actor):
        with pytest.raises(NotYours):
            issuing.revoke(device.pk, actor=actor, now=clock.now())
    for _again in range(2):
        issuing.revoke(device.pk, actor=held[1].actor, now=clock.now())
    assert Event.objects.filter(kind="permit.loading_revoked").count() == 1
    assert queries.devices_of(held[0]) == []
    assert list(queries.loadings_for(held[1].actor, TODAY)) == [device], "it stays to be seen"


WRONG_PROOFS: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"typ": "JWT"}, {}, "invalid_proof"),
    ({"alg": "none"}, {}, "invalid_proof"),
    ({"kid": "did:web:elsewhere#1"}, {}, "invalid_proof"),
    ({"x5c": []}, {}, "invalid_proof"),
    ({"jwk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}}, {}, "invalid_proof"),
    ({"jwk": {"kty": "EC", "crv": ["P-256"], "x": "AA", "y": "AA"}}, {}, "invalid_proof"),
    ({"jwk": keys.new("ES256").public_jwk()}, {}, "invalid_proof"),
    ({"crit": ["b64"], "b64": False}, {}, "invalid_proof"),
    ({}, {"aud": "https://elsewhere.example"}, "invalid_proof"),
    ({}, {"aud": ["http://127.0.0.1:8000"]}, "invalid_proof"),
    ({}, {"iat": 1}, "invalid_proof"),
    ({}, {"iat": "now"}, "invalid_proof"),
    ({}, {"nonce": 7}, "invalid_proof"),
    ({}, {"nonce": ""}, "invalid_proof"),
    ({}, {"nonce": "A" * secrets.NONCE_LENGTH}, "invalid_nonce"),
    ({}, {"nonce": "somebody else's"}, "invalid_nonce"),
]


def test_a_proof_that_proves_nothing_is_refused(held: Held):
    wallet = Wallet()
    wallet.redeem(offered(held))
    told = [error(wallet.ask(wallet.proof(head=head, **said))) for head, said, _code in WRONG_PROOFS]
    assert told == [code for _head, _said, code in WRONG_PROOFS]
    assert Issuance.objects.count() == 0


def test_a_proof_with_a_private_key_is_refused(held: Held):
    wallet = Wallet()
    wallet.redeem(offered(held))
    private = {**wallet.key.public_jwk(), "d": "AAAA"}
    assert error(wallet.ask(wallet.proof(head={"jwk": private}))) == "invalid_proof"


def test_a_proof_is_good_once_and_its_nonce_for_five_minutes(held: Held):
    wallet = Wallet()
    wallet.redeem(offered(held))
    proof = wallet.proof()
    assert wallet.ask(proof).status_code == 202
    assert error(wallet.ask(proof)) == "invalid_nonce", "a replay"
    nonce = wallet.nonce()
    later(4.9)
    late = wallet.proof(nonce=nonce)
    later(0.2)
    Loading.objects.update(access_until=clock.now() + timedelta(minutes=1))
    assert error(wallet.ask(late)) == "invalid_nonce"


def test_a_token_lives_for_five_minutes_and_gets_five_documents(held: Held):
    wallet = Wallet()
    wallet.redeem(offered(held))
    for _n in range(issuing.MOST_REQUESTS):
        assert wallet.ask().status_code == 202
    assert error(wallet.ask()) == "credential_request_denied"
    later(5)
    assert error(wallet.ask(), 401) == "invalid_token"


WRONG_REQUESTS: list[tuple[dict[str, Any], str]] = [
    ({"credential_configuration_id": None}, "invalid_credential_request"),
    ({"credential_configuration_id": "diploma"}, "unknown_credential_configuration"),
    ({"credential_identifier": "x"}, "unknown_credential_identifier"),
    ({"credential_response_encryption": {}}, "invalid_encryption_parameters"),
    ({"proofs": None}, "invalid_proof"),
    ({"proofs": {}}, "invalid_proof"),
    ({"proofs": {"jwt": []}}, "invalid_proof"),
    ({"proofs": {"jwt": ["a", "b"]}}, "invalid_proof"),
    ({"proofs": {"jwt": ["x"], "di_vp": []}}, "invalid_proof"),
    ({"proofs": {"jwt": ["x" * 9000]}}, "invalid_proof"),
]


def test_a_request_of_another_form_has_its_own_error(held: Held):
    wallet = Wallet()
    wallet.redeem(offered(held))
    told = [error(wallet.ask(wallet.proof(), **said)) for said, _code in WRONG_REQUESTS]
    assert told == [code for _said, code in WRONG_REQUESTS]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": offers.GRANT}, "invalid_request"),
        ({"grant_type": offers.REFRESH}, "invalid_request"),
        ({"grant_type": offers.REFRESH, "refresh_token": "x"}, "invalid_grant"),
        ({"grant_type": offers.GRANT, "pre-authorized_code": "x", "tx_code": "1\0"}, "invalid_request"),
        ({"grant_type": offers.GRANT, "pre-authorized_code": "x", "authorization_details": "[]"},
         "invalid_authorization_details"),
    ],
)  # fmt: skip
def test_the_token_endpoint_says_what_is_wrong(form: dict[str, str], expected: str):
    assert error(Wallet().form("/openid/token", form)) == expected


def test_a_parameter_that_comes_twice_is_no_parameter():
    body = "grant_type=a&grant_type=b"
    answer = Wallet().http.post("/openid/token", body, content_type="application/x-www-form-urlencoded")
    assert error(answer) == "invalid_request"
    assert error(Wallet().post("/openid/token", {})) == "invalid_request"


def test_without_a_token_there_is_a_challenge_and_no_document():
    for headers in ({}, {"Authorization": "Basic x"}, {"Authorization": "Bearer x"}):
        for address in ("/openid/credential", "/openid/deferred"):
            answer = Wallet().post(address, {}, **headers)
            assert error(answer, 401) == "invalid_token"
            assert answer.headers["WWW-Authenticate"] == 'Bearer realm="juzhu", error="invalid_token"'


def test_other_methods_are_not_allowed():
    for address, allowed in (
        ("token", "POST"),
        ("nonce", "POST"),
        ("credential", "POST"),
        ("offers/x", "GET"),
    ):
        answer = Wallet().http.put(f"/openid/{address}")
        assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)


@effort(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(body=st.binary(max_size=200) | st.text(max_size=80).map(str.encode), address=st.sampled_from(
    ["token", "nonce", "credential", "deferred", "answer"]), kind=st.sampled_from(
    ["application/json", "application/x-www-form-urlencoded", "text/plain"]))  # fmt: skip
def test_whatever_is_sent_is_answered_by_the_standard(held: Held, body: bytes, address: str, kind: str):
    wallet = Wallet()
    wallet.redeem(offered(held))
    answer = wallet.http.post(
        f"/openid/{address}", body, content_type=kind, headers={"Authorization": f"Bearer {wallet.access}"}
    )
    assert answer.status_code == (200 if address == "nonce" else 400)
    assert answer.headers["Content-Type"] == "application/json"


def test_the_metadata_agrees_with_itself(held: Held):
    http = Wallet().http
    said = http.get("/.well-known/openid-credential-issuer").json()
    (configuration,) = said["credential_configurations_supported"].values()
    assert list(said["credential_configurations_supported"]) == [CONFIGURATION]
    described = http.get("/credentials/residence-permit").json()
    assert described["vct"] == configuration["vct"]
    paths = [claim["path"] for claim in configuration["credential_metadata"]["claims"]]
    assert paths == [claim["path"] for claim in described["claims"]]
    document = loaded(held).document
    assert sorted(name for (name,) in paths) == sorted(checks.check(document, clock.now()).claims)
    for endpoint in ("credential_endpoint", "nonce_endpoint", "deferred_credential_endpoint"):
        assert http.post(said[endpoint].removeprefix(said["credential_issuer"])).status_code in {200, 401}
    server = http.get("/.well-known/oauth-authorization-server").json()
    assert server["issuer"] == said["credential_issuer"]
    assert http.get("/.well-known/jwt-vc-issuer").json()["issuer"] == said["credential_issuer"]
    did = http.get("/.well-known/did.json")
    assert did.headers["Access-Control-Allow-Origin"] == "*"
    assert did.json()["id"] == "did:web:127.0.0.1%3A8000"


def test_what_nobody_fetches_is_thrown_away(held: Held):
    wallet = Wallet()
    wallet.redeem(offered(held))
    wallet.ask()
    tasks.run_all()
    assert Issuance.objects.exclude(credential="").count() == 1
    later(61)
    Task.objects.update(run_at=clock.now())
    tasks.run_all()
    assert (Issuance.objects.count(), Offer.objects.count()) == (0, 0)
