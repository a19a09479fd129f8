"""The holder's own device: the permit is loaded, shown without reception, proved in part, and removed."""

from __future__ import annotations

import io
import json
import urllib.request
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from juzhu.credentials.addresses import ROOT_KEY, TRUST_LIST, status_path
from juzhu.credentials.verify import Lists, Trust, check
from tests.browser import people as do
from tests.browser.conftest import Service
from tests.browser.presses import press, with_password
from tests.browser.test_every_page import NOT_ENGLISH, faults_at_a_desk, faults_of
from tests.browser.test_presence import home

pytestmark = pytest.mark.browser
CODE_MODULES = 73
"""A QR code of version 14."""
KEPT = """async () => {
    const texts = [document.cookie, JSON.stringify({ ...localStorage, ...sessionStorage })];
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            texts.push(request.url, await (await cache.match(request)).text());
        }
    }
    const names = [...(await indexedDB.databases()).map(one => one.name), ...await caches.keys()];
    return { texts: texts.join('\\n'), mine: names.filter(name => name.startsWith('juzhu-wallet')) };
}"""
"""All that the browser keeps beside the card itself, as text; databases and caches of the wallet."""
COPIED = """async () => {
    const database = await new Promise(done => {
        const request = indexedDB.open('juzhu-wallet');
        request.onsuccess = () => done(request.result);
    });
    const [card] = await new Promise(done => {
        const request = database.transaction('cards').objectStore('cards').getAll();
        request.onsuccess = () => done(request.result);
    });
    database.close();
    return crypto.subtle.exportKey('jwk', card.key).then(() => 'copied', error => error.name);
}"""


def load(page: Page, base: str, who: str) -> None:
    """Become somebody, and load the permit onto this device."""
    do.enter(page, base, who)
    page.goto(f"{base}/permit/load")
    with_password(page)
    page.locator("#load button").click()
    page.wait_for_url(f"{base}/wallet")
    ready(page)


def ready(page: Page, plate: str = "valid") -> None:
    page.locator('#wallet[data-state="ready"]').wait_for()
    expect(page.locator("#cards article")).to_have_attribute("data-plate", plate)


def scanned(picture: Locator) -> str:
    """What a camera reads off the screen."""
    picture.scroll_into_view_if_needed()
    with Image.open(io.BytesIO(picture.screenshot())) as seen:
        [found] = zxingcpp.read_barcodes(seen.convert("L"))
    return str(found.text)


def fetched(base: str, path: str) -> bytes:
    with urllib.request.urlopen(base + path) as answer:
        body: bytes = answer.read()
    return body


def asked(checker: Page, base: str, *items: str) -> str:
    """An organisation asks; the address in its QR code."""
    checker.goto(f"{base}/report/proof")
    for item in items:
        checker.locator(f'[name="ask"][value="{item}"]').check()
    checker.get_by_label("为什么要看").fill("入职登记")
    press(checker)
    return scanned(checker.locator("#proof > .codebox .qr"))


def consent(page: Page, address: str) -> None:
    page.goto(address)
    with_password(page)
    page.locator('#consent[data-state="ready"]').wait_for()


def looked_at(page: Page) -> list[str]:
    """What is wrong with a page on a phone, and at a desk."""
    return faults_of(page) + faults_at_a_desk(page)


def test_a_loaded_permit_is_shown_without_reception_and_checked_by_others(
    demo: Service, open_page: Callable[..., Page]
) -> None:
    page, base = open_page(), home(demo)
    load(page, base, "holder")
    card = page.locator("#cards article")
    name = card.locator('[data-part="name"]').inner_text()
    expect(card.locator('[data-part="number"]')).to_have_text("330105****" + number_of(page)[-4:])
    assert not looked_at(page)
    assert page.evaluate(COPIED) == "InvalidAccessError"
    page.wait_for_function("navigator.serviceWorker.controller || navigator.serviceWorker.ready")
    page.wait_for_function("caches.keys().then(all => all.some(one => one.startsWith('juzhu-wallet-')))")
    page.reload()
    ready(page)
    kept = page.evaluate(KEPT)
    assert "juzhu-wallet" in kept["mine"]
    assert "/wallet" in kept["texts"]
    assert name not in kept["texts"]

    page.context.set_offline(True)
    page.reload()
    ready(page, "offline")
    expect(card.locator("[data-word]")).to_have_text("没有网络")
    expect(card.locator('[data-part="status"] time')).to_be_visible()
    expect(card.locator(".status.ok")).to_have_count(0)
    assert not faults_of(page)
    modules = (card.locator('[data-part="qr"] svg').get_attribute("viewBox") or "").split()
    assert int(modules[2]) - 8 <= CODE_MODULES
    text = scanned(card.locator('[data-part="qr"]'))
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=1))
    page.reload()
    ready(page, "unknown")
    expect(card.locator('[data-known="valid"]')).to_be_visible()
    assert not faults_of(page)

    trust = Trust.read(fetched(base, TRUST_LIST).decode(), json.loads(fetched(base, ROOT_KEY)))
    lists = Lists([fetched(base, status_path(0)).decode()])
    verdict = check(text, trust=trust, lists=lists, now=datetime(2026, 3, 10, 12, tzinfo=UTC))
    assert verdict.outcome == "valid", verdict
    assert verdict.claims["name"] == name
    checker = open_page()
    checker.goto(f"{base}/verify")
    checker.locator('#checker[data-state="ready"]').wait_for()
    checker.locator("#id_text").fill(text)
    checker.locator("#by-text [data-device]").click()
    expect(checker.locator("#outcome .o-valid [data-said]")).to_contain_text(name)


def number_of(page: Page) -> str:
    """The permit's number, which is shown when its button is pressed."""
    whole = page.locator('[data-part="whole"]')
    whole.click()
    number = page.locator('[data-part="number"]').inner_text()
    whole.click()
    return number


def test_a_part_is_proved_to_an_organisation_and_no_more(
    demo: Service, open_page: Callable[..., Page]
) -> None:
    page, checker, base = open_page(), open_page(desk=True), home(demo)
    load(page, base, "holder")
    name = page.locator('[data-part="name"]').inner_text()
    do.enter(checker, base, "employer")
    consent(page, asked(checker, base, "lives_in_city"))
    given = page.locator("#given li[data-claim]:visible")
    expect(given).to_have_count(1)
    expect(given).to_contain_text("杭州市")
    expect(page.locator("#asked")).to_contain_text("登记过的单位")
    assert not looked_at(page)
    page.locator("#give").click()
    expect(page.locator("#done h2")).to_be_focused()
    expect(checker.locator("#proof .tag.good")).to_have_text("有效")
    assert name not in checker.locator("main").inner_text()

    page.context.clear_cookies()
    do.enter(page, base, "holder")
    address = asked(checker, base, "lives_in_city", "name_and_photo")
    page.goto(address)
    expect(page.locator('main input[type="password"]')).to_be_visible()
    consent(page, address)
    expect(page.locator('#given li[data-claim="name"] b')).to_have_text(name)
    expect(page.locator('#given li[data-claim="photo"] img')).to_be_visible()
    page.get_by_role("button", name="不出示").click()
    page.wait_for_url(f"{base}/permit/shown")
    expect(checker.locator("#proof")).to_contain_text("对方没有出示")
    assert name not in checker.locator("main").inner_text()
    lines = page.locator(".claims > li")
    expect(lines.nth(0)).to_contain_text("什么都没有给")
    expect(lines.nth(0)).to_contain_text("姓名和照片")
    expect(lines.nth(1)).to_contain_text("住在杭州")
    assert not faults_of(page)
    page.goto(address)
    expect(page.locator("h1")).to_have_text("这个提问用不了")


def test_a_device_that_was_switched_off_shows_nothing_any_more_and_forgets(
    demo: Service, open_page: Callable[..., Page]
) -> None:
    page, checker, base = open_page(), open_page(desk=True), home(demo)
    load(page, base, "window")
    do.enter(checker, base, "employer")
    page.goto(f"{base}/permit/devices")
    page.locator("main li", has_text="我的电脑").get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("停用了")
    consent(page, asked(checker, base, "lives_in_city"))
    expect(page.locator("#not-mine")).to_be_visible()
    expect(page.locator("#give")).to_be_hidden()
    page.goto(f"{base}/wallet")
    expect(page.locator("#ended")).to_be_visible()
    expect(page.locator("#none")).to_be_visible()
    page.wait_for_function("indexedDB.databases().then(all => !all.length)")
    assert page.evaluate(KEPT)["mine"] == []


def test_signing_out_asks_whether_the_permit_should_stay_and_removing_leaves_nothing(
    demo: Service, open_page: Callable[..., Page]
) -> None:
    page, base = open_page(), home(demo)
    load(page, base, "window")
    page.goto(f"{base}/account")
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url(f"{base}/wallet#left")
    expect(page.locator("#left")).to_be_visible()
    page.locator("summary", has_text="从这台设备删掉").click()
    page.locator('[data-part="remove"]').click()
    expect(page.locator("#gone")).to_be_visible()
    page.wait_for_function("indexedDB.databases().then(all => !all.length)")
    assert page.evaluate(KEPT)["mine"] == []
    assert "wallet" not in {cookie["name"] for cookie in page.context.cookies()}
    do.enter(page, base, "window")
    page.goto(f"{base}/permit/devices")
    expect(page.locator("main")).to_contain_text("还没有装到任何设备")


def test_a_permit_that_time_alone_suspends_is_suspended_on_the_device_by_that_days_list(
    demo: Service, open_page: Callable[..., Page]
) -> None:
    page, clock, base = open_page(), open_page(desk=True), home(demo)
    load(page, base, "window")
    do.move_date(clock, base, date(2026, 3, 31))
    page.wait_for_function(
        "fetch('/status/0', { cache: 'no-cache' }).then(answer => answer.text()).then(text => JSON.parse("
        "atob(text.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'))).iat >= 1774886400)"
    )
    suspended = page.locator('#cards article[data-plate="suspended"]')
    for _try in range(10):  # a service that is slow on a new day leaves the page of the day before
        page.goto(f"{base}/wallet")
        page.locator('#wallet[data-state="ready"]').wait_for()
        if suspended.count():
            break
        page.wait_for_timeout(500)
    ready(page, "suspended")
    expect(page.locator("#cards [data-word]")).to_have_text("功能中止")
    assert not faults_of(page)
    page.wait_for_function("caches.keys().then(all => all.some(one => one.startsWith('juzhu-wallet-')))")
    page.context.set_offline(True)
    page.reload()
    ready(page, "suspended")
    expect(page.locator("#cards [data-without]")).to_be_visible()
    expect(page.locator("#cards details.codebox")).to_be_hidden()


def test_the_wallet_is_english_in_english(demo: Service, open_page: Callable[..., Page]) -> None:
    page, base = open_page(), home(demo)
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": base}])
    do.enter(page, base, "holder")
    page.goto(f"{base}/permit/load")
    with_password(page)
    page.locator("#load button").wait_for()
    found = {"load": page.evaluate(NOT_ENGLISH)}
    page.locator("#load button").click()
    page.wait_for_url(f"{base}/wallet")
    ready(page)
    found["card"] = page.evaluate(NOT_ENGLISH)
    assert {name: one for name, one in found.items() if one} == {}
