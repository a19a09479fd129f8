"""The whole life of a permit, lived in a browser by a newcomer, two officers and a stranger."""

from __future__ import annotations

import os
from collections.abc import Callable
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


def test_the_life_of_a_permit(service: Service, open_page: Callable[..., Page]):
    base, album = service.url, Album(service)
    citizen, clerk, reviewer, stranger = open_page(), open_page(desk=True), open_page(desk=True), open_page()

    # Registers where they live, and sees what they still need.
    do.sign_up(citizen, base, PHONE)
    expect(citizen.locator("main")).to_contain_text("登记")
    do.register(citizen, base, ARRIVED)
    citizen.goto(base)
    expect(citizen.locator("main")).to_contain_text("2026-09-10")
    do.move_date(citizen, base, HALFWAY)
    citizen.goto(base)
    album.keep(citizen, "path")

    # Half a year later: applies on the phone, without the landlord's title.
    do.move_date(citizen, base, APPLIES)
    citizen.goto(f"{base}/apply")
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
    album.keep(citizen, "materials")
    citizen.get_by_role("button", name="保存并继续").click()
    citizen.get_by_role("button", name="确认提交").click()
    number = do.number_in(citizen)

    # Is asked once for all that is missing.
    do.become(clerk, base, do.CLERK)
    do.open_case(clerk, base, number)
    assert do.judge_all(clerk) == 4
    clerk.locator(".decide").get_by_role("link", name="一次性告知").click()
    clerk.get_by_role("textbox").first.fill("不动产权证拍清楚四个角就行。")
    clerk.get_by_role("button", name="看申请人会看到什么").click()
    clerk.get_by_role("button", name="发出告知").click()
    citizen.goto(f"{base}/applications/{number}/notice")
    expect(citizen.locator("main")).to_contain_text("不动产权证拍清楚四个角就行")
    album.keep(citizen, "notice")
    citizen.goto(f"{base}/applications/{number}/supplement")
    citizen.locator('[name="title_landlord-files"]').set_input_files(do.paper("房东不动产权证"))
    citizen.get_by_role("button", name="补好了，提交").click()

    # Is accepted with a receipt, and approved by another officer.
    do.open_case(clerk, base, number)
    assert do.judge_all(clerk) == 1
    do.decide(clerk, "受理", "受理，发回执")
    citizen.goto(f"{base}/applications/{number}/receipt")
    expect(citizen.locator("main")).to_contain_text("2026年9月25日")
    album.keep(citizen, "receipt")
    do.open_case(clerk, base, number)
    expect(clerk.locator(".decide")).to_contain_text("准予由审核岗位办")
    do.become(reviewer, base, do.REVIEWER)
    album.keep(reviewer, "queue")
    do.open_case(reviewer, base, number)
    reviewer.goto(f"{base}/counter/cases/{number}?f=lease_one_year")
    album.keep(reviewer, "case")
    do.decide(reviewer, "准予并签发", "准予并签发")

    # Opens the electronic permit; a stranger's phone checks it.
    open_permit(citizen, base)
    expect(citizen.locator(".permit .status")).to_contain_text("有效")
    album.keep(citizen, "permit")
    first_code = stranger_sees(stranger, citizen, "有效")
    album.keep(stranger, "verify")
    stranger.goto(f"{base}/v/{'A' * 36}")
    expect(stranger.locator(".outcome")).not_to_contain_text("有效")

    # Misses the endorsement: valid on the last day, suspended on the morning after.
    do.move_date(citizen, base, LAST_DAY)
    open_permit(citizen, base)
    expect(citizen.locator(".permit .status")).to_contain_text("有效")
    citizen.goto(f"{base}/messages")
    expect(citizen.locator("main")).to_contain_text("签注")
    do.move_date(citizen, base, SUSPENDED)
    open_permit(citizen, base)
    expect(citizen.locator(".permit .status")).to_contain_text("功能中止")
    album.keep(citizen, "suspended")
    citizen.get_by_role("link", name="仍要出示二维码").click()
    stranger_sees(stranger, citizen, "中止")
    stranger.goto(first_code)
    expect(stranger.locator(".outcome")).to_contain_text("过期")

    # Makes it up, and finds it restored.
    citizen.goto(f"{base}/permit/endorse")
    citizen.get_by_role("button", name="提交签注").click()
    second = do.number_in(citizen)
    do.open_case(clerk, base, second)
    do.decide(clerk, "受理", "受理，发回执")
    do.open_case(reviewer, base, second)
    do.decide(reviewer, "准予并签发", "准予并签发")
    open_permit(citizen, base)
    expect(citizen.locator(".permit .status")).to_contain_text("有效")
    expect(citizen.locator("main")).to_contain_text("2027-09-11 起算")
    stranger_sees(stranger, citizen, "有效")

    # And all of it can be proved.
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
