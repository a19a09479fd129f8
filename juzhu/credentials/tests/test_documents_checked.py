"""Checking a signed document online: its signature as everywhere, its status as the register has it now."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from juzhu.credentials import checks, keys, queries
from juzhu.credentials.addresses import origin, status_uri
from juzhu.credentials.models import Licence, PublishedDocument, Shard
from juzhu.credentials.signing import holder, sd_jwt
from juzhu.credentials.signing.keys import derived
from juzhu.credentials.tests.registered import publish_all, published
from juzhu.credentials.verify.document import StatusReference
from juzhu.credentials.verify.encoding import base45, from_base45
from juzhu.credentials.verify.sd_jwt import CLAIMS
from juzhu.operations import clock, tasks
from juzhu.operations.actors import SYSTEM
from juzhu.permits import issuing
from juzhu.permits.models import Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.registration import actions as registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
LAST_DAY = date(2027, 3, 10)
HOLDER = derived(7)


@pytest.fixture
def permit() -> Permit:
    return published()


@pytest.fixture
def code(permit: Permit) -> str:
    return queries.offline_code(permit)


def checked(shown: str) -> checks.Check:
    return checks.check(shown, clock.now())


def document(permit: Permit) -> str:
    """A document of this permit for a wallet, signed by the key that the worker made."""
    licence = Licence.objects.get(permit=permit, superseded_at=None)
    key = keys._store(keys.settings.JUZHU_KEYS, keys._passphrase()).signer(licence.kid)
    return sd_jwt.issue(
        key,
        {**dict.fromkeys(CLAIMS, ""), "name": "周晓芸", "lives_in": "330100"},
        issuer=origin(),
        holder=HOLDER.public_jwk(),
        status=StatusReference(status_uri(licence.shard_id), licence.place),
        issued_at=int(clock.now().timestamp()),
        last_day=LAST_DAY,
    )


def shown(given: str, names: set[str], nonce: str = "n") -> str:
    made_at = int(clock.now().timestamp())
    return holder.present(given, names, key=HOLDER, audience="a", nonce=nonce, made_at=made_at)


def test_a_code_is_valid_and_says_what_a_live_code_says(permit, code, django_assert_num_queries):
    checked(code)
    with django_assert_num_queries(8):
        answer = checked(f" {code}\n")
    assert (answer.outcome, answer.kind, answer.permit, answer.last_day) == (
        "valid", "offline_code", permit, LAST_DAY,
    )  # fmt: skip
    assert (answer.claims["name"], answer.claims["version"]) == ("周晓芸", 1)


def test_its_status_is_that_of_this_moment_and_not_of_a_list(permit, code, on_day):
    registration.leave(permit.person, TODAY, actor=SYSTEM, today=TODAY, destination="110101")
    on_day(TODAY + timedelta(days=1))
    answer = checked(code)
    assert (answer.outcome, answer.because) == ("suspended", "departed")
    issuing.terminate(permit, "fraud", actor=SYSTEM, on=TODAY)
    assert checked(code).outcome == "terminated"


def test_time_alone_suspends_it_and_so_does_not_its_own_end(permit, code, on_day):
    on_day(LAST_DAY)
    assert checked(code).outcome == "valid"
    on_day(LAST_DAY + timedelta(days=1))
    assert (checked(code).outcome, checked(code).because) == ("suspended", "not_endorsed")


def test_a_newer_document_takes_the_place_of_an_older_one(permit, code):
    registration.move(permit.person, make.stay(address="湖墅南路 1 号（示例）"), actor=SYSTEM, today=TODAY)
    assert checked(code).outcome == "valid", "the worker has not made the next one"
    tasks.run_all()
    old, new = checked(code), checked(queries.offline_code(permit))
    assert (old.outcome, old.because, old.permit, old.claims) == ("stale", "superseded", None, {})
    assert (new.outcome, new.version.number) == ("valid", 2)


def test_one_byte_makes_it_forged_and_one_character_less_unreadable(permit, code):
    raw = bytearray(from_base45(code.removeprefix("JZ1:")))
    raw[-1] ^= 1
    for broken, outcome, because in (
        (f"JZ1:{base45(bytes(raw))}", "forged", "signature"),
        (code[:-1], "unreadable", ""),
        ("JZ1:", "unreadable", ""),
    ):
        answer = checked(broken)
        assert (answer.outcome, answer.because, answer.permit) == (outcome, because, None)


@pytest.mark.parametrize(
    "text", ["", "JZ", "eyJhbGciOiJIUzI1NiJ9.e30.AA", "https://example.org/JZ1:", "健康码"]
)
def test_what_is_nothing_of_ours_is_unknown(text):
    assert checked(text) == checks.Check("unknown", clock.now())


def test_a_revoked_key_has_signed_nothing_any_more(settings, tmp_path):
    settings.JUZHU_KEYS = tmp_path / "keys"
    permit = make.issued()
    tasks.run_all()
    publish_all()
    code = queries.offline_code(permit)
    assert checked(code).outcome == "valid"
    store = keys._store(settings.JUZHU_KEYS, keys._passphrase())
    kid = Licence.objects.get().kid
    store.create("ES256", ["permit", "status"], 0)
    store.revoke(kid, 0)
    publish_all()
    assert (checked(code).outcome, checked(code).because) == ("forged", "key_revoked")


def test_without_the_worker_it_is_still_checked_and_needs_no_private_key(permit, code, on_day, settings):
    settings.JUZHU_KEYS = settings.JUZHU_KEYS / "taken-away"
    on_day(TODAY + timedelta(days=200))
    assert checked(code).outcome == "valid", "the trust list has run out, and there is no newer one"


@pytest.mark.parametrize("gone", [PublishedDocument, Licence])
def test_what_the_service_does_not_know_it_does_not_call_valid(gone, permit, code):
    gone.objects.all().delete()
    answer = checked(code)
    assert (answer.outcome, answer.permit) == ("stale", None)
    assert answer.because == ("trust" if gone is PublishedDocument else "list")
    assert Shard.objects.exists()


def test_of_a_document_only_what_its_holder_shows_is_known(permit):
    given = document(permit)
    answer = checked(shown(given, {"lives_in"}))
    assert (answer.outcome, answer.kind, answer.last_day) == ("valid", "sd_jwt_vc", LAST_DAY)
    assert (answer.claims, answer.permit, answer.version) == ({"lives_in": "330100"}, None, None)
    assert checked(shown(given, {"name"})).claims == {"name": "周晓芸"}
    issuing.terminate(permit, "fraud", actor=SYSTEM, on=TODAY)
    ended = checked(shown(given, {"lives_in"}))
    assert (ended.outcome, ended.since, ended.permit) == ("terminated", None, None)


def test_a_document_shown_by_somebody_else_is_refused(permit):
    given = document(permit)
    proof = shown(given, {"lives_in"}).rpartition("~")[2]
    stolen = shown(given, {"name"}).rpartition("~")[0] + "~" + proof
    assert (checked(stolen).outcome, checked(stolen).because) == ("forged", "holder")
