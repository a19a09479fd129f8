"""Proving presence in a real browser: a device that holds passkeys, and the way to the provider and back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser import people as do
from tests.browser.conftest import DESK, Service
from tests.browser.presses import press, with_password
from tests.browser.test_every_page import NOT_ENGLISH, faults_at_a_desk, faults_of, violations

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def home(demo: Service) -> str:
    """The demo under its own name: passkeys want one."""
    return demo.url.replace("127.0.0.1", "localhost")


def device_of(page: Page) -> tuple[CDPSession, str]:
    """Chromium's virtual authenticator, which is sure of its user until told otherwise."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    made = tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return tools, made["authenticatorId"]


def looked_at(page: Page) -> list[str]:
    """What is wrong with a page, on a phone and at a desk."""
    return faults_of(page) + faults_at_a_desk(page)


def test_a_passkey_is_registered_opens_the_permit_signs_in_and_is_removed(
    demo: Service, open_page: Callable[..., Page]
):
    page, base = open_page(), home(demo)
    tools, device = device_of(page)
    do.enter(page, base, "holder")
    page.goto(f"{base}/account/passkeys/new")
    with_password(page)
    assert not looked_at(page)
    page.get_by_label("给它起个名字").fill("我的手机")
    page.get_by_role("button", name="在这台设备上登记").click()
    expect(page.locator("main")).to_contain_text("登记好了")
    assert not looked_at(page)
    page.goto(f"{base}/account/passkeys/new")
    page.get_by_label("给它起个名字").fill("又一个")
    page.get_by_role("button", name="在这台设备上登记").click()
    expect(page.locator("main [role=alert]")).to_contain_text("已经有一个通行密钥")

    page.goto(f"{base}/permit")
    expect(page.get_by_role("heading", level=1)).to_have_text("打开居住证")
    assert not looked_at(page)
    tools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="用通行密钥确认").click()
    expect(page.locator("main [role=alert]")).to_contain_text("没有用上")
    tools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    page.get_by_role("button", name="用通行密钥确认").click()
    expect(page.locator("main")).to_contain_text("有效")

    page.get_by_role("button", name="退出登录").first.click()
    page.goto(f"{base}/sign-in?next=/account")
    assert not looked_at(page)
    page.get_by_role("button", name="用通行密钥登录").click()
    page.get_by_role("link", name="我的手机").click()
    page.get_by_role("button", name="用通行密钥确认").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("我的手机")
    assert not looked_at(page)
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": base}])
    for path in (page.url, f"{base}/permit/open", f"{base}/account/passkeys/new", f"{base}/account"):
        page.goto(path)
        assert not page.evaluate(NOT_ENGLISH)
        assert not looked_at(page)
    page.context.clear_cookies(name="django_language")
    page.get_by_role("link", name="我的手机").click()
    page.get_by_role("button", name="删掉").click()
    expect(page.locator("main")).to_contain_text("还没有。")


def test_a_face_opens_the_permit_and_every_other_outcome_leaves_the_other_ways(
    demo: Service, open_page: Callable[..., Page]
):
    page = open_page()
    do.enter(page, demo.url, "holder")
    for seen, said in (
        ("别人", "对不上"),
        ("一张照片（不是真人）", "不能确定是真人"),
        ("不做了，回去", "没有做完"),
    ):
        to_provider(page, demo)
        press(page, seen)
        expect(page.locator("main [role=alert]")).to_contain_text(said)
        expect(page.get_by_label("登录密码")).to_be_visible()
    to_provider(page, demo)
    page.set_viewport_size(DESK)
    assert not violations(page)
    press(page, "我本人")
    expect(page.locator("main")).to_contain_text("有效")


def to_provider(page: Page, demo: Service) -> None:
    """Agree, and go to the provider's page."""
    page.goto(f"{demo.url}/permit")
    page.get_by_role("link", name="用人脸核验").click()
    page.get_by_label("我同意这一次用人脸核验").check()
    press(page, "同意，去核验")
    expect(page.get_by_role("heading", level=1)).to_have_text("示例人脸核验")
    assert not page.url.startswith(demo.url)


def test_without_scripts_the_face_and_the_password_still_open_it(
    demo: Service, open_page: Callable[..., Page]
):
    page = open_page(scripts=False)
    do.enter(page, demo.url, "window")
    to_provider(page, demo)
    press(page, "我本人")
    expect(page.get_by_role("heading", level=1)).to_have_text("我的证照")
