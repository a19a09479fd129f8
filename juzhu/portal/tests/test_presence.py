"""Proving presence on the pages: several ways, for several purposes, five wrong tries in all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, RequestFactory
from django.test.utils import override_settings

from juzhu.operations.models import Event
from juzhu.people.models import Account
from juzhu.people.presence.ways import COVERS
from juzhu.people.tests.devices import Device
from juzhu.people.tests.providers import Running, connected, running
from juzhu.permits.tests import factories as make
from juzhu.portal import presence
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_day", "_domain"),
    pytest.mark.requirement("F04", "J10"),
]
OPEN, KEYS = "/permit/open", "/presence/passkeys"


@pytest.fixture
def _domain() -> Iterator[None]:
    with override_settings(JUZHU_PUBLIC_URL="https://testserver"):
        yield


@pytest.fixture(scope="module")
def process() -> Iterator[Running]:
    with running() as provider:
        yield provider


@pytest.fixture
def provider(process: Running) -> Iterator[Running]:
    process.behave("up")
    with connected(process):
        yield process


@pytest.fixture
def account() -> Account:
    """Somebody with a permit."""
    holder = make.eligible_account()
    make.issued(holder)
    return holder


def with_passkey(account: Account) -> tuple[Client, Device]:
    """A browser in which a passkey was registered on the account's page."""
    client, device = signed_in(account), Device()
    client.post(KEYS, {"password": make.PASSWORD})
    options = client.post("/account/passkeys/options").content.decode()
    made = client.post("/account/passkeys/new", {"name": "我的手机", "credential": device.make(options)})
    assert made.url == "/account"
    return client, device


def by_passkey(client: Client, device: Device, page: str = OPEN, purpose: str = "open"):
    options = client.post(f"/presence/{purpose}/passkey").content.decode()
    return client.post(page, {"way": "passkey", "credential": device.use(options)})


def by_face(client: Client, provider: Running, seen: str = "me", page: str = OPEN, **more: str):
    """Agree, go to the provider, and come back."""
    sent = client.post(page, {"way": "face", "agree": "on", **more})
    return client.get("/presence/back", provider.answered(sent.url, seen))


# The ways


def test_a_passkey_opens_the_permit_and_comes_first(account: Account):
    client, device = with_passkey(account)
    page = client.get(OPEN)
    assert 'data-options="/presence/open/passkey"' in html(page)
    assert "用登录密码" in words(page)
    assert client.get("/permit").url == OPEN
    assert by_passkey(client, device).url == "/permit"
    assert client.get("/permit").status_code == 200


def test_a_face_opens_the_permit_after_a_consent_for_this_once(account: Account, provider: Running):
    client = signed_in(account)
    page = client.get(f"{OPEN}?way=face")
    for told in (
        "示例核验",
        "0571-0000 0000",
        "证件相片",
        "最多 3 天",
        "不存您的人脸图像",
        "不同意",
        "用登录密码",
    ):
        assert told in words(page)
    assert f"form-action 'self' {provider.url}" in page.headers["Content-Security-Policy"]
    assert "form-action 'self';" in client.get(OPEN).headers["Content-Security-Policy"] + ";"
    without = client.post(OPEN, {"way": "face"})
    assert "不影响办事" in words(without)
    assert not Event.objects.filter(kind="presence.face_agreed").exists()
    answer = by_face(client, provider, next="/permit?code=1")
    assert answer.url == "/permit?code=1"
    assert client.get("/permit").status_code == 200
    assert Event.objects.filter(kind="presence.face_agreed").count() == 1


@pytest.mark.parametrize(
    ("seen", "sentence"), [("other", "对不上"), ("photograph", "不能确定是真人"), ("cancel", "没有做完")]
)
def test_a_face_that_does_not_pass_leaves_the_other_ways(account, provider, seen, sentence):
    client = signed_in(account)
    page = client.get(by_face(client, provider, seen).url)
    assert sentence in words(page)
    assert 'name="password"' in html(page)
    assert client.get("/permit").url == OPEN
    assert client.post(OPEN, {"password": make.PASSWORD}).url == "/permit"


def test_a_provider_that_is_down_leaves_the_other_ways(account: Account, provider: Running):
    provider.behave("down")
    client = signed_in(account)
    page = client.post(OPEN, {"way": "face", "agree": "on"})
    assert "不是您的问题" in words(page)
    assert "用登录密码" in words(page)


def test_a_link_to_come_back_is_of_no_use_to_anybody_else(account: Account, provider: Running):
    client, thief = signed_in(account), signed_in(make.make_account("李明"))
    sent = client.post(OPEN, {"way": "face", "agree": "on"})
    brought = provider.answered(sent.url)
    assert "过期或者用过" in words(thief.get(thief.get("/presence/back", brought).url))
    assert asks(thief.session, "open") is not None
    assert stranger().get("/presence/back", brought).url.startswith("/sign-in")
    again = signed_in(account)
    assert "过期或者用过" in words(again.get(again.get("/presence/back", brought).url))
    assert client.get("/presence/back", brought).url == "/permit"


def test_every_way_leads_on_within_this_host_alone(account: Account, provider: Running):
    client = signed_in(account)
    elsewhere = {"next": "https://evil.example/"}
    assert client.post(OPEN, {"password": make.PASSWORD, **elsewhere}).url == "/permit"
    assert by_face(client, provider, **elsewhere).url == "/permit"
    assert by_face(client, provider, next=f"/messages?{'x' * 500}").url == "/permit"


def test_ways_that_are_not_offered_are_not_there(account: Account):
    client = signed_in(account)
    page = client.get(f"{OPEN}?way=face")
    assert 'name="password"' in html(page)
    for way in ("face", "passkey", "local_face", "nonsense"):
        assert client.post(OPEN, {"way": way, "agree": "on", "credential": "{}"}).status_code == 200
        assert client.get("/permit").url == OPEN
    assert client.post("/presence/open/passkey").status_code == 404
    assert client.get("/presence/back", {"state": "00" * 32, "code": "x"}).url == OPEN


def test_passkeys_are_offered_under_the_services_own_address_alone(account: Account):
    client, _device = with_passkey(account)
    elsewhere = {"headers": {"host": "localhost"}}
    assert "用通行密钥" not in words(client.get(OPEN, **elsewhere))
    assert client.post("/presence/open/passkey", **elsewhere).status_code == 404
    assert client.get("/account/passkeys/new", **elsewhere).status_code == 404
    assert "https://testserver/account" in words(client.get("/account", **elsewhere))
    with override_settings(JUZHU_PUBLIC_URL="http://127.0.0.1:8000"):
        assert "这里不能登记" in words(client.get("/account"))


def test_five_wrong_tries_by_whichever_way_end_the_session(account: Account, provider: Running):
    client, device = with_passkey(account)
    device.verifies = False
    by_passkey(client, device)
    by_face(client, provider, "other")
    by_face(client, provider, "photograph")
    by_face(client, provider, "cancel")  # nobody was seen: none
    assert client.post(OPEN, {"password": "wrong-wrong"}).status_code == 200
    ended = by_face(client, provider, "other")
    assert ended.url == "/sign-in"
    assert client.get("/permit").url.startswith("/sign-in")
    failed = Event.objects.filter(kind="presence.failed").order_by("position")
    assert [event.data["because"] for event in failed] == [
        "passkey", "match", "liveness", "cancelled", "password", "match"
    ]  # fmt: skip


# The purposes


def asks(session: SessionStore, purpose: str) -> str | None:
    """Where somebody with this session is sent, as a view asks it."""
    request = RequestFactory().get("/wallet/load?for=1")
    request.session = session
    answer = presence.required(request, purpose)
    return answer.headers["Location"] if answer else None


@pytest.mark.parametrize("purpose", COVERS)
def test_a_proof_is_good_for_its_purpose_and_for_less(account: Account, purpose: str):
    client = signed_in(account)
    client.post(presence.address(purpose), {"password": make.PASSWORD})
    for asked in COVERS:
        there = asks(client.session, asked)
        if asked in COVERS[purpose]:
            assert there is None
        else:
            assert there == presence.address(asked, "/wallet/load?for=1")
    assert Event.objects.get(kind="presence.proved").data == {"way": "password", "purpose": purpose}


def test_a_graver_purpose_is_asked_for_and_leads_back(account: Account):
    client = signed_in(account)
    client.post(OPEN, {"password": make.PASSWORD})
    page = asks(client.session, "load")
    assert page == "/presence/load?next=%2Fwallet%2Fload%3Ffor%3D1"
    shown = client.get(page)
    assert "把居住证装进这台设备" in words(shown)
    done = client.post(page, {"password": make.PASSWORD, "next": shown.context["next"]})
    assert done.url == "/wallet/load?for=1"
    assert client.get("/presence/another").status_code == 404


def test_a_proof_is_good_for_ten_minutes(account: Account, monkeypatch: pytest.MonkeyPatch):
    client = signed_in(account)
    client.post("/presence/load", {"password": make.PASSWORD})
    now = presence.clock.now()
    monkeypatch.setattr(presence.clock, "now", lambda: now + timedelta(minutes=9, seconds=59))
    assert asks(client.session, "load") is None
    monkeypatch.setattr(presence.clock, "now", lambda: now + timedelta(minutes=10))
    assert asks(client.session, "load") == "/presence/load?next=%2Fwallet%2Fload%3Ffor%3D1"
    assert asks(client.session, "open") is not None


# The account


def test_passkeys_are_changed_after_a_proof_of_its_own(account: Account):
    client = signed_in(account)
    client.post(OPEN, {"password": make.PASSWORD})
    assert client.get("/account/passkeys/new").url == f"{KEYS}?next=%2Faccount%2Fpasskeys%2Fnew"
    assert client.post("/account/passkeys/options").status_code == 404
    client, device = with_passkey(account)
    row = account.passkeys.get()
    other = signed_in(account)
    assert other.post(f"/account/passkeys/{row.pk}", {"remove": "yes"}).url.startswith(KEYS)
    assert by_passkey(other, device, KEYS, "passkeys").url == "/account"
    other.post(f"/account/passkeys/{row.pk}", {"name": "旧手机"})
    assert "旧手机" in html(other.get("/account"))
    assert other.post(f"/account/passkeys/{row.pk}", {"remove": "yes"}).url == "/account"
    assert not account.passkeys.exists()
    kinds = Event.objects.filter(kind__startswith="passkey.").order_by("position")
    assert [event.kind for event in kinds] == ["passkey.registered", "passkey.renamed", "passkey.removed"]


def test_a_passkey_is_nobody_elses_and_officers_have_none(account: Account):
    _client, _device = with_passkey(account)
    page = f"/account/passkeys/{account.passkeys.get().pk}"
    other = signed_in(make.make_account("李明"))
    other.post(KEYS, {"password": make.PASSWORD})
    assert other.get(page).status_code == 404
    assert other.post(page, {"remove": "yes"}).status_code == 404
    assert signed_in(make.make_officer()).get("/account").url == "/counter/"
    assert stranger().get("/account").url.startswith("/sign-in")
    assert account.passkeys.exists()


def test_each_fault_of_registering_is_told(account: Account):
    client, _device = with_passkey(account)
    new = "/account/passkeys/new"
    assert "请起个名字" in words(client.post(new, {"credential": "{}"}))
    assert "没有用上" in words(client.post(new, {"name": "又一个"}))
    assert "没有登记上" in words(client.post(new, {"name": "又一个", "credential": "{}"}))
    unsure = Device(verifies=False)
    options = client.post("/account/passkeys/options").content.decode()
    assert "没有登记上" in words(client.post(new, {"name": "又一个", "credential": unsure.make(options)}))


def test_a_passkey_signs_in(account: Account):
    _client, device = with_passkey(account)
    client = stranger()
    assert "用通行密钥登录" in html(client.get("/sign-in"))
    options = client.post("/sign-in/passkey/options").content.decode()
    sent = {"credential": device.use(options), "next": "/messages"}
    assert client.post("/sign-in/passkey", sent).url == "/messages"
    assert client.get("/permit").url == OPEN, "signing in is no proof of presence"
    again = stranger()
    refused = again.post("/sign-in/passkey", sent)
    assert refused.url == "/sign-in?next=%2Fmessages"
    assert "过期或者用过" in words(again.get(refused.url))


def test_where_there_is_no_domain_there_is_no_passkey_to_sign_in_with():
    with override_settings(JUZHU_PUBLIC_URL="http://127.0.0.1:8000"):
        assert "用通行密钥登录" not in html(stranger().get("/sign-in"))
        assert stranger().post("/sign-in/passkey/options").status_code == 404
        assert stranger().post("/sign-in/passkey").status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "path",
    [OPEN, f"{OPEN}?way=password", f"{OPEN}?way=face", "/presence/load", "/presence/present", KEYS,
     "/account", "/account/passkeys/new", "key"],
)  # fmt: skip
def test_pages_have_one_heading_one_primary_button_and_their_language(account, provider, path, language):
    client, _device = with_passkey(account)
    client.get("/account")  # what was said of the passkey is read
    client.cookies["django_language"] = language
    page = client.get(f"/account/passkeys/{account.passkeys.get().pk}" if path == "key" else path)
    assert html(page).count("<h1") == 1
    assert primary_buttons(page) == 1
    assert "no-store" in page.headers["Cache-Control"]
    if language == "en":
        assert not chinese_left(page)


def test_nobody_under_fourteen_is_asked_for_a_face(provider: Running):
    young = make.make_account("周小", born=date(2013, 1, 1))
    page = signed_in(young).get(f"{OPEN}?way=face")
    assert "用人脸核验" not in words(page)
    assert 'name="password"' in html(page)


def test_what_a_form_leads_to_is_the_provider_that_is_connected(account: Account, provider: Running):
    sent = signed_in(account).post(OPEN, {"way": "face", "agree": "on"})
    assert urlsplit(sent.url)._replace(path="").geturl() == provider.url
