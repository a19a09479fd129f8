"""The pages around the wallet on the holder's device, as the service gives them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from juzhu.design import shell
from juzhu.operations import clock
from juzhu.people.models import Account, Guardianship
from juzhu.permits.tests import factories as make
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words
from juzhu.portal.views import wallet
from juzhu.wallets import offers, presenting
from juzhu.wallets.addresses import PAGE
from juzhu.wallets.models import Loading, Offer, Presentation
from juzhu.wallets.tests import holders

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


@pytest.fixture
def holder() -> Account:
    """Somebody with a permit, and all that is published about it."""
    return holders.permit()[1]


def proved(account: Account, language: str = "zh-hans") -> Client:
    """Their browser, in which they have just proved presence for loading."""
    client = signed_in(account, language)
    client.post("/presence/load", {"password": make.PASSWORD})
    return client


def device(account: Account, name: str = "我的手机") -> holders.Wallet:
    """A device of theirs that has the permit."""
    held = account.person.permits.get()
    loaded = holders.Wallet()
    loaded.load(offers.make(held, name, actor=account.actor, now=clock.now()))
    return loaded


def asked(*codes: str) -> Presentation:
    checker = presenting.Checker(name="运河小学")
    return presenting.ask(codes, "学校报名", checker, now=clock.now()).row


def test_the_card_is_the_same_page_for_everybody(holder):
    client = proved(holder)
    device(holder)
    pages = [client.get("/wallet"), stranger().get("/wallet")]
    texts = [html(page).split("</head>")[1] for page in pages]
    alike = [
        re.sub(r'data-ahead="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", text) for text in texts
    ]
    assert alike[0] == alike[1]
    for secret in (holder.person.name, holder.person.permits.get().number, holder.login):
        assert secret not in texts[0]
    assert "foot-btn" not in texts[0]


def test_the_worker_keeps_all_that_the_card_loads_and_nothing_else(holder):
    script = html(stranger().get("/wallet/worker.js"))
    page = html(stranger().get("/wallet"))
    kept = {*shell.EVERYWHERE, *wallet.FILES, *wallet.IMPORTED}
    for path in kept:
        assert path in script, path
        assert finders.find(path), path
    scripts = [Path(str(finders.find(path))).read_text() for path in kept if path.endswith(".js")]
    asked_for = {line.split("from '")[1].split("'")[0] for text in scripts for line in text.splitlines()
                 if line.startswith("import ") and "from '" in line}  # fmt: skip
    assert {name.rpartition("/")[2] for name in asked_for} <= {name.rpartition("/")[2] for name in kept}
    listed = re.findall(r"'(/[^']*)'", script)
    assert [path for path in listed if not path.startswith("/static/")] == ["/wallet"]
    assert 'src="/static/portal/wallet/card.js' in page
    assert stranger().get("/wallet/worker.js").headers["Service-Worker-Allowed"] == "/wallet"


@pytest.mark.parametrize(("language", "name"), [("zh-hans", "居住证"), ("en", "Residence permit")])
def test_a_phone_is_told_how_to_keep_it(language, name):
    answer = stranger(language).get("/wallet/manifest.webmanifest")
    said = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (said["short_name"], said["start_url"], said["display"]) == (name, "/wallet", "standalone")
    for icon in wallet.ICONS:
        assert finders.find(icon[0]), icon
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}


def test_loading_asks_for_a_proof_of_its_own(holder):
    client = signed_in(holder)
    client.post("/permit/open", {"password": make.PASSWORD})
    assert client.get("/permit/load").url == "/presence/load?next=%2Fpermit%2Fload"
    answer = client.post("/permit/wallet/offer", {"device": "我的手机"})
    assert (answer.status_code, answer.json()["error"]) == (403, "presence_needed")
    assert client.post("/permit/load/elsewhere", {"device": "别的"}).url.startswith("/presence/load")
    assert not Offer.objects.exists()


def test_an_offer_is_for_one_named_device(holder):
    client = proved(holder)
    assert client.post("/permit/wallet/offer", {"device": ""}).status_code == 422
    answer = client.post("/permit/wallet/offer", {"device": "我的手机"})
    assert answer.headers["Cache-Control"] == "no-store"
    said = answer.json()
    assert len(said["tx_code"]) == 6
    assert said["offer"]["credential_configuration_ids"] == ["residence-permit"]
    assert Offer.objects.get().device == "我的手机"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_another_wallet_gets_a_code_and_apart_from_it_six_digits(holder, language):
    client = proved(holder, language)
    page = client.post("/permit/load/elsewhere", {"device": "别的钱包"})
    digits = html(page).split('class="digits')[1].split(">")[1].split("<")[0]
    assert digits.isdecimal()
    assert html(page).count('<svg role="img"') == 1
    assert "openid-credential-offer://?" in html(page)
    assert language == "zh-hans" or not chinese_left(page)


def test_what_cannot_be_loaded_says_so(holder, on_day):
    for number in range(offers.MOST_DEVICES):
        device(holder, f"第 {number} 台")
    client = proved(holder)
    page = client.get("/permit/load")
    assert f"已经装了 {offers.MOST_DEVICES} 台" in words(page)
    assert 'id="load"' not in html(page)
    answer = client.post("/permit/wallet/offer", {"device": "再一台"})
    assert (answer.status_code, answer.json()["error"]) == (409, "too_many_devices")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_devices_are_named_and_switched_off_by_their_holder_alone(holder, language):
    device(holder)
    client, row = signed_in(holder, language), Loading.objects.get()
    page = client.get("/permit/devices")
    assert "我的手机" in html(page)
    assert language == "zh-hans" or not chinese_left(page)
    other = make.make_account("路人")
    assert signed_in(other).post(f"/permit/devices/{row.pk}/revoke").status_code == 404
    assert client.post(f"/permit/devices/{row.pk}/revoke").url == "/permit/devices"
    row.refresh_from_db()
    assert row.ended_by == "revoked"
    assert "我的手机" not in html(client.get("/permit/devices")).split("<ul", 1)[-1].split("停用了")[-1]


def test_a_pasted_link_leads_to_what_is_asked(holder):
    client, row = signed_in(holder), asked("lives_in_city")
    assert reverse("portal:wallet_consent", args=["x"])[:-1] == PAGE
    for link in (presenting.link(row), presenting.page(row)):
        assert client.get("/permit/show", {"link": link}).url == f"/permit/show/{row.reference}"
    assert "不是我们发的" in words(client.get("/permit/show", {"link": "https://pay.example/1"}))
    assert "请粘贴" in words(client.get("/permit/show", {"link": ""}))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_consent_says_who_asks_for_what_and_what_is_kept_back(holder, language):
    client, row = signed_in(holder, language), asked("lives_in_city", "residence_years_ge_2")
    page = client.get(f"/permit/show/{row.reference}")
    assert primary_buttons(page) == 1
    text = html(page)
    assert text.count("<li data-claim=") == 2
    kept = text.split('<ul class="lines mt-2">')[1].split("</ul>")[0]
    assert ("公民身份号码" if language == "zh-hans" else "Identity number") in kept
    assert ("居住年限" if language == "zh-hans" else "Years of residence") not in kept
    assert ("我们不认识" if language == "zh-hans" else "Not known to us") in words(page)
    assert language == "zh-hans" or not chinese_left(page)


def test_personal_data_needs_a_proof_and_a_yes_or_no_does_not(holder):
    row = asked("lives_in_city")
    Presentation.objects.update(asked=["valid_permit", "name"])
    client = signed_in(holder)
    address = f"/permit/show/{row.reference}"
    assert client.get(address).url.startswith("/presence/present?next=")
    client.post("/presence/present", {"password": make.PASSWORD})
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_refusal_leads_to_the_log_and_the_request_is_over(holder, language):
    device(holder)
    client, row = signed_in(holder, language), asked("lives_in_city")
    key = Loading.objects.get().thumbprint
    address = f"/permit/show/{row.reference}"
    assert client.post(f"{address}/decline", {"key": key}).url == "/permit/shown"
    page = client.get("/permit/shown")
    assert ("什么都没有给" if language == "zh-hans" else "Nothing") in words(page)
    assert "运河小学" in html(page)
    assert language == "zh-hans" or not chinese_left(page)
    assert client.get(address).status_code == 410
    assert client.post(f"{address}/decline").status_code == 410


def test_somebody_elses_key_writes_nothing_into_their_log(holder):
    device(holder)
    other, row = make.make_account("路人"), asked("lives_in_city")
    key = Loading.objects.get().thumbprint
    signed_in(other).post(f"/permit/show/{row.reference}/decline", {"key": key})
    assert "还没有人问过" in words(signed_in(holder).get("/permit/shown"))


def test_signing_out_on_a_device_that_has_it_asks_whether_it_should_stay(holder):
    client = signed_in(holder)
    client.cookies[wallet.HERE] = "1"
    assert client.post("/sign-out").url == "/wallet#left"
    assert signed_in(holder).post("/sign-out").url == "/"


def test_what_a_holder_reads_of_an_answer_is_written_for_each():
    assert wallet.OUTCOMES.keys() == set(Presentation.OUTCOMES)


def test_a_guardian_does_it_for_a_child(holder):
    child = holder.person
    child.born = make.date(2015, 1, 1)
    child.save()
    parent = make.make_account("周母")
    Guardianship.objects.create(guardian=parent.person, child=child, source="police")
    client = proved(parent)
    assert client.get("/permit/load").status_code == 200
    assert 'name="for" value="1"' in html(client.get("/permit/load?for=1"))
    assert client.post("/permit/wallet/offer", {"device": "妈妈的手机", "for": "1"}).status_code == 200
    assert client.get("/permit/devices?for=2").status_code == 404
    offered = Offer.objects.get()
    assert (offered.permit.person, offered.made_by) == (child, parent)


def test_who_has_no_permit_loads_none(holder):
    client = proved(make.make_account("路人"))
    assert "还没有居住证" in words(client.get("/permit/load"))
    assert client.post("/permit/wallet/offer", {"device": "我的手机"}).status_code == 404
    assert client.post("/permit/load/elsewhere", {"device": "别的钱包"}).status_code == 404
    assert "还没有装到任何设备" in words(client.get("/permit/devices"))
