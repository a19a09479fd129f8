"""An inspector in a cellar: filled in without reception, kept over a closed browser, sent once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from juzhu.registration.dwellings.inspections import AMISS
from tests.browser.conftest import FLAGS, PHONE, Service, chromium
from tests.browser.letting import LANDLORD, SUBDISTRICT, press, record
from tests.browser.people import enter, paper

pytestmark = pytest.mark.browser
COUNT = """
from juzhu.operations.models import Event, StoredFile
from juzhu.registration.models import Inspection
row = Inspection.objects.exclude(state="asked").get(number="{number}")
print(row.state, len(row.key), row.photos.count(), row.answers["tenants"],
      Event.objects.filter(subject_type="registration.inspection", subject_id=str(row.pk),
                           kind__startswith="inspection.", actor_role="subdistrict").count())
"""


def asked_for(page: Page, base: str, address: str) -> str:
    """A landlord asks for an inspection; its number stands in the subdistrict's queue."""
    enter(page, base, LANDLORD)
    dwelling = record(page, base, address)
    press(page, base, dwelling, "请街道来排查")
    enter(page, base, SUBDISTRICT)
    page.goto(f"{base}/counter/inspections")
    row = page.locator("tr", has_text=address)
    return row.locator("a.case").inner_text().strip()


def answer_all(page: Page) -> None:
    """Every question as it has to be."""
    for code, bad in AMISS.items():
        value = "no" if bad else "yes"
        page.locator(f'[name="{code}"][value="{value}"]').check()


def ready(page: Page) -> None:
    """The page has its list, and the worker that keeps it."""
    page.locator('#device[data-state="ready"]').wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


@pytest.fixture
def phone(tmp_path: Path, browser: Browser) -> Iterator[Callable[[], BrowserContext]]:
    """A phone whose browser can be closed and opened again: its profile lies on a disk."""
    contexts: list[BrowserContext] = []

    def switch_on() -> BrowserContext:
        for context in contexts:
            context.close()
        contexts[:] = [
            browser.browser_type.launch_persistent_context(
                str(tmp_path / "phone"),
                executable_path=os.environ.get("JUZHU_CHROMIUM") or chromium(),
                args=FLAGS,
                viewport=PHONE,
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
            )
        ]
        return contexts[0]

    yield switch_on
    for context in contexts:
        context.close()


def test_what_is_filled_in_without_reception_survives_and_is_sent_once(demo: Service, phone) -> None:
    base, address = demo.url, "石祥路 5 号地下 1 室（示例）"
    context = phone()
    page = context.new_page()
    number = asked_for(page, base, address)
    page.goto(f"{base}/counter/inspections/device")
    ready(page)
    page.reload()
    ready(page)

    context.set_offline(True)
    page.goto(f"{base}/counter/inspections/device")
    page.get_by_text("没有网络。照样填").wait_for()
    page.get_by_role("button", name=f"打开 拱宸桥街道{address}").click()
    answer_all(page)
    page.locator('[name="tenants"]').fill("2")
    page.locator('[name="papers"]').set_input_files(paper("地下室"))
    expect(page.get_by_text("已有照片 1 张")).to_be_visible()
    expect(page.locator("#kept")).to_have_text("已存在手机里")
    page.close()

    context = phone()  # the browser was closed, and is opened again in the cellar
    context.set_offline(True)
    page = context.new_page()
    page.goto(f"{base}/counter/inspections/device")
    expect(page.locator("#unsent")).to_contain_text("填了一半")
    page.locator("#unsent").get_by_role("button").click()
    expect(page.locator('[name="tenants"]')).to_have_value("2")
    expect(page.locator('[name="extinguisher"][value="yes"]')).to_be_checked()
    page.get_by_role("button", name="填好了").click()
    expect(page.locator("#unsent")).to_contain_text("填好了，还没有发出去")

    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    context.set_offline(False)
    expect(page.locator("#sent")).to_contain_text(address, timeout=20_000)
    expect(page.locator("#unsent-none")).to_have_text("都发出去了。")
    page.reload()
    ready(page)
    page.wait_for_timeout(500)
    assert [one.rsplit("/", 2)[1] for one in sent] == [number]
    assert demo.juzhu("manage", "shell", "-v", "0", "-c", COUNT.format(number=number)).split() == [
        "passed", "32", "1", "2", "1",
    ]  # fmt: skip


def test_an_answer_that_was_lost_on_the_way_is_asked_for_again_and_kept_once(
    demo: Service, open_page: Callable[..., Page]
) -> None:
    base, page = demo.url, open_page()
    number = asked_for(page, base, "石祥路 7 号（示例）")
    page.goto(f"{base}/counter/inspections/device")
    ready(page)
    page.get_by_role("button", name="打开 拱宸桥街道石祥路 7 号（示例）").click()
    page.get_by_role("button", name="填好了").click()
    expect(page.locator("#faults")).to_contain_text("还有没选的：现在住了几个人")
    answer_all(page)
    page.locator('[name="tenants"]').fill("1")
    lost: list[int] = []

    def lose(route: Route) -> None:
        """The service keeps it, but the answer that comes is a hotspot's page."""
        lost.append(route.fetch().status)
        route.fulfill(status=200, content_type="text/html", body="<p>Wi-Fi</p>")

    page.route("**/send", lose)
    with page.expect_response("**/send"):
        page.get_by_role("button", name="填好了").click()
    expect(page.locator("#unsent")).to_contain_text("填好了，还没有发出去")
    page.unroute("**/send")
    page.get_by_role("button", name="现在发").click()
    expect(page.locator("#sent")).to_contain_text("石祥路 7 号")
    assert lost == [200]
    kept = demo.juzhu("manage", "shell", "-v", "0", "-c", COUNT.format(number=number)).split()
    assert (kept[0], kept[3], kept[4]) == ("passed", "1", "1")


def test_it_works_bare_without_scripts(demo: Service, open_page: Callable[..., Page]) -> None:
    base = demo.url
    number = asked_for(open_page(), base, "石祥路 9 号（示例）")
    page = open_page(scripts=False)
    enter(page, base, SUBDISTRICT)
    page.goto(f"{base}/counter/inspections/{number}")
    answer_all(page)
    page.locator('[name="extinguisher"][value="no"]').check()
    page.locator('[name="tenants"]').fill("2")
    page.get_by_role("button", name="记下排查结果").click()
    expect(page.locator("main")).to_contain_text("没有灭火器")
