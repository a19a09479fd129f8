"""Passkeys: a device that makes sure of its user, a challenge that is good once, a counter that goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test.utils import override_settings
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from juzhu.operations.models import Event, Task
from juzhu.people.models import Account, Attempt, Passkey
from juzhu.people.presence import attempts, passkeys, proofs, ways
from juzhu.people.presence.errors import (
    AttemptOver,
    PasskeyKnown,
    PasskeyNotRegistered,
    PasskeyRefused,
    TooManyPasskeys,
    WayNotOffered,
)
from juzhu.people.tests.devices import Device
from juzhu.permits.tests import factories as make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_day", "_domain"),
    pytest.mark.requirement("F04"),
]
HERE, ELSEWHERE = "session-of-this-browser", "session-of-another"


@pytest.fixture
def _domain() -> Iterator[None]:
    with override_settings(JUZHU_PUBLIC_URL="https://testserver"):
        yield


@pytest.fixture
def account() -> Account:
    return make.make_account()


def registered(account: Account, device: Device | None = None, name: str = "我的手机") -> Device:
    device = device or Device()
    options = passkeys.creation_options(account, session=HERE)
    passkeys.register(account, device.make(options), name, session=HERE)
    return device


def asked(account: Account | None, purpose: str = "open", kind: str = Attempt.PASSKEY) -> str:
    return passkeys.request_options(kind, session=HERE, account=account, purpose=purpose)


def prove(account: Account, answer: str, purpose: str = "open", session: str = HERE) -> None:
    proofs.by_passkey(account, answer, purpose=purpose, session=session)


def test_a_passkey_is_registered_and_proves_presence(account: Account):
    assert ways.offered(account, make.TODAY) == ["password"]
    device = registered(account)
    kept = account.passkeys.get()
    assert (kept.name, kept.sign_count, kept.transports, kept.synced) == ("我的手机", 0, ["internal"], False)
    assert ways.offered(account, make.TODAY) == ["passkey", "password"]
    prove(account, device.use(asked(account)))
    kept.refresh_from_db()
    assert kept.sign_count == 1
    assert kept.used_at is not None
    said = [(event.kind, event.person_id, event.data) for event in Event.objects.order_by("position")][-2:]
    assert said == [
        ("passkey.registered", account.person_id, {}),
        ("presence.proved", account.person_id, {"way": "passkey", "purpose": "open", "passkey": kept.pk}),
    ]


def test_what_a_device_is_asked_for(account: Account):
    registered(account)
    made = json.loads(passkeys.creation_options(account, session=HERE))
    assert made["rp"]["id"] == "testserver"
    assert made["authenticatorSelection"] == {
        "residentKey": "preferred", "requireResidentKey": False, "userVerification": "required"
    }  # fmt: skip
    assert made["attestation"] == "none"
    assert account.person.name not in json.dumps(made, ensure_ascii=False)
    assert [one["transports"] for one in made["excludeCredentials"]] == [["internal"]]
    used = json.loads(asked(account))
    assert (used["rpId"], used["userVerification"]) == ("testserver", "required")
    assert len(used["allowCredentials"]) == 1
    assert json.loads(asked(None, kind=Attempt.SIGN_IN))["allowCredentials"] == []


@pytest.mark.parametrize(
    "about",
    [{"verifies": False}, {"origin": "https://testserver.evil.example"}, {"domain": "evil.example"}],
)
def test_a_device_that_is_not_sure_of_its_user_or_another_page_is_refused(account: Account, about):
    with pytest.raises(PasskeyNotRegistered):
        registered(account, Device(**about))
    device = registered(account)
    for name, value in about.items():
        setattr(device, name, value)
    with pytest.raises(PasskeyRefused):
        prove(account, device.use(asked(account)))
    assert Event.objects.filter(kind="presence.failed", data__because="passkey").count() == 1


def test_an_answer_is_good_once(account: Account):
    device = registered(account)
    answer = device.use(asked(account))
    prove(account, answer)
    with pytest.raises(AttemptOver):
        prove(account, answer)
    options = passkeys.creation_options(account, session=HERE)
    made = Device().make(options)
    passkeys.register(account, made, "第二个", session=HERE)
    with pytest.raises(AttemptOver):
        passkeys.register(account, made, "第三个", session=HERE)


def test_an_answer_is_good_for_its_session_account_and_purpose(account: Account):
    other = make.make_account("李明")
    device, theirs = registered(account), registered(other)
    with pytest.raises(AttemptOver):
        prove(account, device.use(asked(account)), session=ELSEWHERE)
    with pytest.raises(AttemptOver):
        prove(account, device.use(asked(account, "open")), purpose="load")
    with pytest.raises(AttemptOver):
        prove(other, theirs.use(asked(account)))
    with pytest.raises(PasskeyRefused):
        prove(account, theirs.use(asked(account)))
    with pytest.raises(AttemptOver):
        prove(account, device.use(asked(None, kind=Attempt.SIGN_IN)))


def test_an_answer_is_good_for_five_minutes(account: Account, monkeypatch: pytest.MonkeyPatch):
    device = registered(account)
    in_time, too_late = device.use(asked(account)), device.use(asked(account))
    now = attempts.clock.now()
    monkeypatch.setattr(attempts.clock, "now", lambda: now + timedelta(minutes=5))
    prove(account, in_time)
    monkeypatch.setattr(attempts.clock, "now", lambda: now + timedelta(minutes=5, seconds=1))
    with pytest.raises(AttemptOver):
        prove(account, too_late)


def test_a_counter_that_goes_back_is_a_copy(account: Account):
    device = registered(account)
    device.count = 4
    prove(account, device.use(asked(account)))
    for before in (4, 2):
        device.count = before
        with pytest.raises(PasskeyRefused):
            prove(account, device.use(asked(account)))
    assert account.passkeys.get().sign_count == 5


def test_a_device_that_does_not_count_is_no_copy(account: Account):
    device = registered(account, Device(counts=False))
    for _time in range(2):
        prove(account, device.use(asked(account)))
    assert account.passkeys.get().sign_count == 0


def test_the_same_passkey_is_registered_once_and_ten_at_most(account: Account):
    device = registered(account)
    with pytest.raises(PasskeyKnown):
        registered(account, device)
    with pytest.raises(PasskeyKnown):
        registered(make.make_account("李明"), device)
    for _another in range(passkeys.MOST - 2):
        registered(account)
    last = passkeys.creation_options(account, session=HERE)
    registered(account)
    with pytest.raises(TooManyPasskeys):
        passkeys.creation_options(account, session=HERE)
    with pytest.raises(TooManyPasskeys):
        passkeys.register(account, Device().make(last), "第十一个", session=HERE)


def test_a_removed_passkey_opens_nothing(account: Account):
    device = registered(account)
    options = asked(account)
    passkeys.remove(account.passkeys.get(), account=account)
    with pytest.raises(WayNotOffered):
        prove(account, device.use(options))
    assert Event.objects.filter(kind="passkey.removed", person_id=account.person_id).count() == 1


def test_signing_in_finds_whose_it_is_and_asks_the_handle(account: Account):
    device, handle = registered(account), passkeys.handle_of(account)

    def check(answer: str) -> Passkey:
        return passkeys.check(Attempt.SIGN_IN, answer, session=HERE, account=None)

    assert check(device.use(asked(None, "", Attempt.SIGN_IN), handle)).account == account
    with pytest.raises(PasskeyRefused):
        check(device.use(asked(None, "", Attempt.SIGN_IN), b"another"))
    with pytest.raises(PasskeyRefused):
        check(Device().use(asked(None, "", Attempt.SIGN_IN)))
    Account.objects.update(is_active=False)
    with pytest.raises(PasskeyRefused):
        check(device.use(asked(None, "", Attempt.SIGN_IN), handle))


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://juzhu.example.cn", "juzhu.example.cn"),
        ("https://juzhu.example.cn:8443", "juzhu.example.cn"),
        ("http://localhost:8000", "localhost"),
        ("http://juzhu.example.cn", ""),
        ("http://127.0.0.1:8000", ""),
        ("https://10.1.2.3", ""),
        ("https://[::1]", ""),
    ],
)
def test_passkeys_want_a_domain_over_https(account: Account, url: str, domain: str):
    registered(account)
    with override_settings(JUZHU_PUBLIC_URL=url):
        assert passkeys.domain() == domain
        assert ("passkey" in ways.offered(account, make.TODAY)) is bool(domain)


def damaged(answer: str) -> list[str]:
    told = json.loads(answer)
    without = [json.dumps({key: told[key] for key in told if key != gone}) for gone in told]
    responses = [
        json.dumps({**told, "response": {**told["response"], name: bad}})
        for name in told["response"]
        for bad in (None, 7, "", "%%%", "AAAA")
        if name != "transports"
    ]
    return ["", "null", "[]", "{}", '"text"', "{", answer + " " * passkeys.LONGEST, *without, *responses]


def test_whatever_else_a_browser_hands_over_is_refused(account: Account):
    device = registered(account)
    for number in range(len(damaged(device.use(asked(account))))):
        with pytest.raises((PasskeyRefused, AttemptOver)):
            prove(account, damaged(device.use(asked(account)))[number])
    new: Callable[[], str] = lambda: Device().make(passkeys.creation_options(account, session=HERE))  # noqa: E731
    for number in range(len(damaged(new()))):
        with pytest.raises((PasskeyNotRegistered, AttemptOver)):
            passkeys.register(account, damaged(new())[number], "坏的", session=HERE)


def test_one_changed_byte_is_refused(account: Account):
    device = registered(account)
    for part in ("clientDataJSON", "authenticatorData", "signature"):
        for at in range(0, 64, 9):
            told = json.loads(device.use(asked(account)))
            content = bytearray(base64url_to_bytes(told["response"][part]))
            content[at % len(content)] ^= 1
            told["response"][part] = bytes_to_base64url(bytes(content))
            with pytest.raises((PasskeyRefused, AttemptOver)):
                prove(account, json.dumps(told))


def test_tries_are_cleared_after_a_day(account: Account, monkeypatch: pytest.MonkeyPatch):
    asked(account)
    now = attempts.clock.now()
    monkeypatch.setattr(attempts.clock, "now", lambda: now + timedelta(days=1, minutes=1))
    asked(account)
    task = Task.objects.filter(kind=attempts.CLEAR).earliest("pk")
    assert task.run_at - datetime.now(UTC) > timedelta(days=1, hours=23)
    attempts.clear(task.payload)
    assert Attempt.objects.count() == 1
