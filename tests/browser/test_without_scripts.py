"""The core path with JavaScript switched off: signing in, registering, applying with papers, a check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from juzhu.demo.characters import BY_KEY
from tests.browser import people as do
from tests.browser.conftest import Service

pytestmark = pytest.mark.browser


def enter(page: Page, base: str, key: str) -> None:
    """Sign in on the page that everybody uses."""
    do.become(page, base, BY_KEY[key].phone)
    expect(page.get_by_role("heading", level=1)).to_have_text("我的进度")


def test_somebody_signs_in_and_registers(demo: Service, open_page: Callable[..., Page]):
    page = open_page(scripts=False)
    enter(page, demo.url, "arrived")
    expect(page.locator("main")).to_contain_text("居住时间还没有开始算")
    number = do.register(page, demo.url, date(2026, 3, 9))
    page.goto(f"{demo.url}/registration/{number}/certificate")
    expect(page.locator("main")).to_contain_text(number)
    page.get_by_role("button", name="退出登录").first.click()
    page.goto(f"{demo.url}/registration")
    expect(page.get_by_label("密码")).to_be_visible()


def test_somebody_applies_with_a_photographed_paper(demo: Service, open_page: Callable[..., Page]):
    page = open_page(scripts=False)
    enter(page, demo.url, "missing")
    page.goto(f"{demo.url}/apply")
    page.locator('[name="route"][value="dwelling"]').check()
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="我承诺，下一步").click()
    expect(page.locator(".error-sum")).to_be_visible()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="我承诺，下一步").click()
    page.get_by_role("button", name="保存并继续").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("上传材料")
    page.locator('[name="title_landlord-files"]').set_input_files(do.paper("房东不动产权证"))
    page.get_by_role("button", name="先上传选好的").click()
    expect(page.locator("main")).to_contain_text("房东不动产权证.jpg")
    page.get_by_role("button", name="保存并继续").click()
    page.get_by_role("button", name="确认提交").click()
    number = do.number_in(page)
    expect(page.locator("main")).to_contain_text(number)
    expect(page.get_by_role("heading", level=1)).to_contain_text("等受理")


def test_a_holder_shows_a_code_and_a_stranger_checks_it(demo: Service, open_page: Callable[..., Page]):
    holder, stranger = open_page(scripts=False), open_page(scripts=False)
    enter(holder, demo.url, "holder")
    holder.goto(f"{demo.url}/permit")
    holder.get_by_label("密码").fill(do.PASSWORD)
    holder.get_by_role("button", name="打开", exact=True).click()
    stranger.goto(do.scan(holder))
    expect(stranger.locator(".outcome")).to_contain_text("有效")
    stranger.locator("main summary").click()
    expect(stranger.locator("main details")).to_contain_text("不是居住证码")


def test_an_officer_accepts_a_case(demo: Service, open_page: Callable[..., Page]):
    page = open_page(scripts=False, desk=True)
    do.become(page, demo.url, do.CLERK)
    page.get_by_label("姓名、证号全号或编号").fill(BY_KEY["waiting"].name)
    page.get_by_role("button", name="筛选").click()
    page.locator("a.case").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(BY_KEY["waiting"].name)
    assert do.judge_all(page)
    do.decide(page, "受理", "受理，发回执")
    expect(page.locator("main")).to_contain_text("已受理")


def test_a_planner_reads_the_tables_and_opens_an_area(demo: Service, open_page: Callable[..., Page]):
    page = open_page(scripts=False)
    do.become(page, demo.url, "G6001")
    expect(page.locator("main")).to_contain_text("拱宸桥街道最多")
    assert page.locator("main canvas").count() == 0
    expect(page.locator("figure table").first).to_be_visible()
    page.get_by_role("link", name="拱宸桥街道").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("拱宸桥街道的人")
    page.locator("summary", has_text="换一天").click()
    page.select_option('[name="weeks"]', "26")
    page.get_by_role("button", name="看这些").click()
    expect(page.locator("main")).to_contain_text("最后 26 个整周")
