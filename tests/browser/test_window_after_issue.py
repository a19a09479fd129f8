"""At the window after issue, and a fact that was recorded wrongly: at both sizes, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from juzhu.demo.characters import CHARACTERS
from tests.browser.conftest import Service
from tests.browser.people import CLERK, enter, paper, pick_day
from tests.browser.presses import press
from tests.browser.test_every_page import NOT_ENGLISH, faults_of
from tests.browser.test_window import at_desk, looked_at, picture, receive  # noqa: F401, a fixture

pytestmark = [pytest.mark.browser, pytest.mark.requirement("F07", "J15")]
CHIEF = "P1003"
PEOPLE = {one.key: one for one in CHARACTERS}
Faults = dict[str, list[str]]


def both(page: Page, base: str, name: str, faults: Faults) -> None:
    """Look at a page, and once more in English."""
    looked_at(page, name, faults)
    language = {"name": "django_language", "url": base}
    page.context.add_cookies([{**language, "value": "en"}])
    page.reload()
    picture(page, f"{name}-en")
    if found := page.evaluate(NOT_ENGLISH) + faults_of(page):
        faults[f"{name} in English"] = found
    page.context.add_cookies([{**language, "value": "zh-hans"}])
    page.reload()


def stand(page: Page, base: str, who: str) -> str:
    """Somebody stands at the window; gives the address of the visit."""
    receive(page, base, PEOPLE[who].name, PEOPLE[who].number)
    return page.url


def corrected_and_objected(page: Page, base: str, faults: Faults) -> None:
    """What is wrong on the permit, and in a department's word."""
    visit = stand(page, base, "guardian")
    both(page, base, "after-person", faults)
    with page.expect_navigation():
        page.keyboard.press("c")
    both(page, base, "after-correct-which", faults)
    page.get_by_label("户籍地址").check()
    press(page)
    press(page)
    looked_at(page, "after-correct-empty", faults)
    page.locator('[name="wanted"]').fill("安徽省阜阳市临泉县（示例）二组")
    page.locator('[name="papers"]').set_input_files(paper("户口簿"))
    press(page)
    expect(page.locator("main")).to_contain_text("等本人的事")
    looked_at(page, "after-person-waiting", faults)
    page.goto(f"{visit}/known")
    both(page, base, "after-known", faults)
    page.get_by_role("link", name="有一条不对").first.click()
    both(page, base, "after-object", faults)
    press(page)
    looked_at(page, "after-object-empty", faults)
    page.locator('[name="wrong"]').fill("去年九月就换了单位。")
    press(page)
    page.goto(f"{visit}/who-used")
    both(page, base, "after-who-used", faults)
    page.goto(f"{visit}/leave")
    looked_at(page, "after-leave", faults)


def checked_and_heard(page: Page, base: str, faults: Faults) -> None:
    """A check is answered; a case is stated by word of mouth."""
    visit = stand(page, base, "suspended")
    page.goto(f"{base}/counter/after/tips/new")
    page.locator('[name="number"]').fill(PEOPLE["suspended"].number)
    page.locator('[name="text"]').fill("邻居说不住在这里。")
    press(page)
    page.goto(visit)
    page.get_by_role("link", name="本人来说明").click()
    both(page, base, "after-check", faults)
    page.locator('[name="address"][value="false"]').check()
    page.locator('[name="note"]').fill("本人说三月起不住了。")
    page.locator('[name="result"][value="suspected"]').check()
    press(page)
    page.get_by_role("link", name="看案件").click()
    page.locator('[name="tell-warning"]').check()
    press(page)
    page.goto(visit)
    page.get_by_role("link", name="当面说，记下来").click()
    both(page, base, "after-statement", faults)
    press(page, "记下，出笔录")
    looked_at(page, "after-statement-empty", faults)
    page.locator('[name="statement"]').fill("我只是回老家过年，房子一直租着。")
    page.locator('[name="read_out"]').check()
    press(page, "记下，出笔录")
    expect(page.locator("article")).to_contain_text("我只是回老家过年")
    both(page, base, "after-record", faults)


def told_of_remedies(page: Page, base: str, faults: Faults) -> None:
    """What can be done against a refusal, and another route for a case that was filed."""
    visit = stand(page, base, "refused")
    page.goto(f"{visit}/remedies")
    expect(page.locator("main")).to_contain_text("行政复议")
    both(page, base, "after-remedies", faults)


def test_what_the_phone_does_the_window_does(demo: Service, at_desk: Callable[..., Page]):  # noqa: F811
    page, faults = at_desk(), {}
    enter(page, demo.url, CHIEF)
    corrected_and_objected(page, demo.url, faults)
    checked_and_heard(page, demo.url, faults)
    told_of_remedies(page, demo.url, faults)
    assert not faults


@pytest.mark.requirement("E07")
def test_a_death_that_was_recorded_wrongly_is_undone(demo: Service, at_desk: Callable[..., Page]):  # noqa: F811
    page, faults = at_desk(), {}
    enter(page, demo.url, CLERK)
    stand(page, demo.url, "window")
    page.get_by_role("link", name="全部记录").click()
    record = page.url
    page.get_by_role("link", name="记录去世").click()
    pick_day(page, "on", date(2026, 3, 9))
    page.locator('[name="source"]').fill("死亡证明 12 号")
    page.locator('[name="purpose"]').fill("家属来报")
    press(page)
    expect(page.locator("main")).to_contain_text("持证人已经去世")
    enter(page, demo.url, CHIEF)
    page.goto(record)
    both(page, demo.url, "undo-person", faults)
    page.get_by_role("link", name="记错了，撤销").click()
    both(page, demo.url, "undo", faults)
    press(page)
    looked_at(page, "undo-empty", faults)
    page.locator('[name="reason"]').fill("同名同姓，录错了人。")
    page.locator('[name="proof"]').fill("本人身份证原件")
    page.locator('[name="papers"]').set_input_files(paper("身份证"))
    press(page)
    expect(page.locator("main")).to_contain_text("记错了，已撤销")
    looked_at(page, "undone-person", faults)
    page.get_by_role("link", name="看为什么").click()
    both(page, demo.url, "undone", faults)
    assert not faults
