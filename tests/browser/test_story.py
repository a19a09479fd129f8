"""The whole life of a permit, lived in a browser by a newcomer, two officers and a stranger."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people as do
from tests.browser.conftest import Service

pytestmark = pytest.mark.browser
IMAGES = os.environ.get("JUZHU_SAVE_IMAGES", "")
ARRIVED, HALFWAY, APPLIES = date(2026, 3, 10), date(2026, 7, 20), date(2026, 9, 10)
LAST_DAY, SUSPENDED = date(2027, 9, 10), date(2027, 9, 11)
PHONE = "16000003001"


class Album:
    """Keeps pictures of the story where the README wants them, when it is asked to."""

    def __init__(self, service: Service) -> None:
        self.folder = Path(IMAGES) if IMAGES and not service.environment.get("DATABASE_URL") else None

    def keep(self, page: Page, name: str, *, whole: bool = False) -> None:
        """One picture: what the screen shows, or the whole page."""
        if self.folder:
            self.folder.mkdir(parents=True, exist_ok=True)
            page.evaluate("scrollTo(0, 0)")
            page.screenshot(path=self.folder / f"{name}.png", full_page=whole)


def stranger_sees(stranger: Page, code_page: Page, outcome: str) -> str:
    """A stranger's camera reads the code and opens it; the page says the outcome."""
    address = do.scan(code_page)
    stranger.goto(address)
    expect(stranger.locator(".outcome")).to_contain_text(outcome)
    assert do.NEWCOMER.number not in stranger.content()
    assert do.NEWCOMER.name not in stranger.content()
    return address


def open_permit(citizen: Page, base: str) -> None:
    """Open the electronic permit, with the password once more where it is asked for."""
    citizen.goto(f"{base}/permit")
    if citizen.get_by_label("密码").count():
        citizen.get_by_label("密码").fill(do.PASSWORD)
        citizen.get_by_role("button", name="打开", exact=True).click()
    expect(citizen.get_by_role("heading", level=1)).to_have_text("我的证照")


@dataclass
class Cast:
    """Who is on stage: a newcomer and a stranger on phones, two officers at desks."""

    base: str
    album: Album
    citizen: Page
    stranger: Page
    clerk: Page
    reviewer: Page


def registers_and_sees_what_is_needed(cast: Cast) -> None:
    citizen = cast.citizen
    do.sign_up(citizen, cast.base, PHONE)
    expect(citizen.locator("main")).to_contain_text("登记")
    do.register(citizen, cast.base, ARRIVED)
    citizen.goto(cast.base)
    expect(citizen.locator("main")).to_contain_text("2026-09-10")
    do.move_date(citizen, cast.base, HALFWAY)
    citizen.goto(cast.base)
    cast.album.keep(citizen, "path")


def applies_without_the_landlords_title(cast: Cast) -> str:
    citizen = cast.citizen
    do.move_date(citizen, cast.base, APPLIES)
    citizen.goto(f"{cast.base}/apply")
    citizen.locator('[name="route"][value="dwelling"]').check()
    citizen.get_by_role("button", name="下一步").click()
    citizen.get_by_role("checkbox").first.check()
    citizen.get_by_role("button", name="我承诺，下一步").click()
    citizen.get_by_role("button", name="保存并继续").click()
    expect(citizen.get_by_role("heading", level=1)).to_have_text("上传材料")
    do.fill_lease(citizen, date(2026, 3, 1), date(2029, 2, 28))
    do.fill_rental_papers(citizen, date(2026, 9, 1))
    citizen.get_by_role("button", name="先上传选好的").click()
    expect(citizen.locator("main")).to_contain_text("合同第二页.jpg")
    cast.album.keep(citizen, "materials")
    citizen.get_by_role("button", name="保存并继续").click()
    citizen.get_by_role("button", name="确认提交").click()
    return do.number_in(citizen)


def is_asked_once_for_all_that_is_missing(cast: Cast, number: str) -> None:
    citizen, clerk = cast.citizen, cast.clerk
    do.become(clerk, cast.base, do.CLERK)
    do.open_case(clerk, cast.base, number)
    assert do.judge_all(clerk) == 4
    clerk.locator(".decide").get_by_role("link", name="一次性告知").click()
    clerk.get_by_role("textbox").first.fill("不动产权证拍清楚四个角就行。")
    clerk.get_by_role("button", name="看申请人会看到什么").click()
    clerk.get_by_role("button", name="发出告知").click()
    citizen.goto(f"{cast.base}/applications/{number}/notice")
    expect(citizen.locator("main")).to_contain_text("不动产权证拍清楚四个角就行")
    cast.album.keep(citizen, "notice")
    citizen.goto(f"{cast.base}/applications/{number}/supplement")
    citizen.locator('[name="title_landlord-files"]').set_input_files(do.paper("房东不动产权证"))
    citizen.get_by_role("button", name="补好了，提交").click()


def is_accepted_with_a_receipt_and_approved_by_another(cast: Cast, number: str) -> None:
    citizen, clerk, reviewer = cast.citizen, cast.clerk, cast.reviewer
    do.open_case(clerk, cast.base, number)
    assert do.judge_all(clerk) == 1
    do.decide(clerk, "受理", "受理，发回执")
    citizen.goto(f"{cast.base}/applications/{number}/receipt")
    expect(citizen.locator("main")).to_contain_text("2026年9月25日")
    cast.album.keep(citizen, "receipt")
    do.open_case(clerk, cast.base, number)
    expect(clerk.locator(".decide")).to_contain_text("准予由审核岗位办")
    do.become(reviewer, cast.base, do.REVIEWER)
    cast.album.keep(reviewer, "queue")
    do.open_case(reviewer, cast.base, number)
    reviewer.goto(f"{cast.base}/counter/cases/{number}?f=lease_one_year")
    cast.album.keep(reviewer, "case")
    do.decide(reviewer, "准予并签发", "准予并签发")


def shows_the_permit_to_a_stranger(cast: Cast) -> str:
    citizen, stranger = cast.citizen, cast.stranger
    open_permit(citizen, cast.base)
    expect(citizen.locator(".permit .status")).to_contain_text("有效")
    cast.album.keep(citizen, "permit")
    code = stranger_sees(stranger, citizen, "有效")
    cast.album.keep(stranger, "verify")
    stranger.goto(f"{cast.base}/v/{'A' * 36}")
    expect(stranger.locator(".outcome")).not_to_contain_text("有效")
    return code


def misses_the_endorsement_and_is_suspended_on_the_right_morning(cast: Cast, old_code: str) -> None:
    citizen, stranger = cast.citizen, cast.stranger
    do.move_date(citizen, cast.base, LAST_DAY)
    open_permit(citizen, cast.base)
    expect(citizen.locator(".permit .status")).to_contain_text("有效")
    citizen.goto(f"{cast.base}/messages")
    expect(citizen.locator("main")).to_contain_text("签注")
    do.move_date(citizen, cast.base, SUSPENDED)
    open_permit(citizen, cast.base)
    expect(citizen.locator(".permit .status")).to_contain_text("功能中止")
    cast.album.keep(citizen, "suspended")
    citizen.get_by_role("link", name="仍要出示二维码").click()
    stranger_sees(stranger, citizen, "中止")
    stranger.goto(old_code)
    expect(stranger.locator(".outcome")).to_contain_text("过期")


def makes_it_up_and_is_restored(cast: Cast) -> None:
    citizen = cast.citizen
    citizen.goto(f"{cast.base}/permit/endorse")
    citizen.get_by_role("button", name="提交签注").click()
    number = do.number_in(citizen)
    do.open_case(cast.clerk, cast.base, number)
    do.decide(cast.clerk, "受理", "受理，发回执")
    do.open_case(cast.reviewer, cast.base, number)
    do.decide(cast.reviewer, "准予并签发", "准予并签发")
    open_permit(citizen, cast.base)
    expect(citizen.locator(".permit .status")).to_contain_text("有效")
    expect(citizen.locator("main")).to_contain_text("2027-09-11 起")
    stranger_sees(cast.stranger, citizen, "有效")


def test_the_life_of_a_permit(service: Service, open_page: Callable[..., Page]):
    desks = open_page(desk=True), open_page(desk=True)
    cast = Cast(service.url, Album(service), open_page(), open_page(), *desks)
    registers_and_sees_what_is_needed(cast)
    number = applies_without_the_landlords_title(cast)
    is_asked_once_for_all_that_is_missing(cast, number)
    is_accepted_with_a_receipt_and_approved_by_another(cast, number)
    code = shows_the_permit_to_a_stranger(cast)
    misses_the_endorsement_and_is_suspended_on_the_right_morning(cast, code)
    makes_it_up_and_is_restored(cast)
    assert '"intact": true' in service.juzhu("audit", "verify", "--json")
    assert '"differing": []' in service.juzhu("law", "replay", "--all", "--json")


def test_the_live_code_changes_by_itself(demo: Service, open_page: Callable[..., Page]):
    holder = open_page()
    do.become(holder, demo.url, "16000001011")
    open_permit(holder, demo.url)
    first = do.scan(holder)
    holder.wait_for_function(
        "before => document.querySelector('#code .qr').innerHTML !== before",
        arg=holder.locator("#code .qr").inner_html(),
        timeout=45_000,
    )
    assert do.scan(holder) != first
