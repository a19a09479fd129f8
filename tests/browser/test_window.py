"""At the window: an officer photographs a paper with the computer's camera and files for who stands there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from juzhu.demo.characters import CHARACTERS, NEWCOMERS
from tests.browser.conftest import DESK, FLAGS, PHONE, Service
from tests.browser.people import AREA, CLERK, enter, paper, pick_day
from tests.browser.test_every_page import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.requirement("D01", "F07", "J15")]
CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
NEWCOMER = NEWCOMERS[0]


@pytest.fixture
def at_desk(browser: Browser) -> Iterator[Callable[..., Page]]:
    """The officer's computer: Chromium with a camera that films a test picture. Its console is watched."""
    own = browser.browser_type.launch(
        executable_path=os.environ.get("JUZHU_CHROMIUM") or "/usr/bin/chromium", args=[*FLAGS, *CAMERA]
    )
    faults: list[str] = []

    def open_one(*, scripts: bool = True, phone: bool = False) -> Page:
        context = own.new_context(
            viewport=PHONE if phone else DESK,
            device_scale_factor=2 if phone else 1,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=scripts,
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield open_one
    own.close()
    assert not [fault for fault in faults if "status of 4" not in fault]


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page when somebody wants to look at it."""
    folder = os.environ.get("JUZHU_PICTURES")
    if not folder:
        return
    page.screenshot(path=f"{folder}/{name}-desk.png", full_page=True)
    page.set_viewport_size(PHONE)
    page.screenshot(path=f"{folder}/{name}-phone.png", full_page=True)
    page.set_viewport_size(DESK)


def receive(page: Page, base: str, name: str, number: str) -> None:
    """Check somebody's document, with the keyboard alone."""
    page.goto(f"{base}/counter/window")
    page.get_by_label("姓名", exact=True).fill(name)
    page.get_by_label("公民身份号码", exact=True).fill(number)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def register(page: Page, since: date) -> None:
    """Register who stands there in Gongchenqiao."""
    page.keyboard.press("r")
    page.get_by_label("在哪个街道").select_option(AREA)
    page.get_by_label("门牌地址").fill("桥弄街 6 幢 2 单元 301 室（示例）")
    pick_day(page, "since", since)
    page.get_by_label("投靠亲属").check()
    page.get_by_label("租的房子").check()
    page.get_by_role("button", name="登记，出凭证").click()
    expect(page.locator("article.doc")).to_contain_text("居住登记凭证")


def photograph(page: Page, field: str, pages: int) -> None:
    """Take so many pages with the camera for one paper, one of them twice."""
    page.locator(f"#id_{field}-files-camera").click()
    dialog = page.locator("dialog#camera")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="拍这一页")).to_be_focused()
    for _page in range(pages + 1):
        page.keyboard.press("Enter")
    expect(dialog.locator(".shots canvas")).to_have_count(pages + 1)
    dialog.get_by_role("button", name="不要第 1 页").click()
    expect(dialog.locator(".shots canvas")).to_have_count(pages)


HEADINGS = {
    "start": "窗口：请看证件",
    "pending": "没有带证件",
    "certificate": "登记凭证",
    "agent": "谁来代办",
    "move": "住址变了",
    "leave": "离开杭州",
    "work": "单位变了",
    "particulars": "补充情况",
    "longer": "要多住些日子",
    "form": "承诺和填表",
    "declaration": "打印，请本人签名",
    "confirm": "念给本人听，确认提交",
    "mend": "当场更正",
    "withdraw": "替本人撤回这一件？",
    "mend-paper": "当场更正：房屋租赁合同",
    "supplement": "交要补的材料",
    "decline": "申领人不再补正，不予受理？",
    "endorse": "办签注",
    "person-pending": "无证人",
    "prove": "核实身份",
}


def looked_at(page: Page, name: str, faults: dict[str, list[str]]) -> None:
    """Wait for the page that is meant, keep its picture, and note what axe finds."""
    if name in HEADINGS:
        expect(page.get_by_role("heading", level=1)).to_have_text(HEADINGS[name])
    page.wait_for_load_state()
    picture(page, name)
    if found := faults_of(page):
        faults[name] = found


def received_and_registered(page: Page, demo: Service, faults: dict[str, list[str]]) -> None:
    """Somebody new stands there: received, registered, and every page that can be opened for them."""
    page.goto(f"{demo.url}/counter/window")
    looked_at(page, "start", faults)
    page.get_by_role("link", name="没有带证件").click()
    looked_at(page, "pending", faults)
    receive(page, demo.url, NEWCOMER.name, NEWCOMER.number)
    looked_at(page, "person-new", faults)
    today = page.evaluate("document.querySelector('.demo-bar time, time')?.dateTime ?? ''")
    register(page, date.fromisoformat(today[:10]) if today else date(2026, 3, 9))
    looked_at(page, "certificate", faults)
    page.get_by_role("link", name="接着办别的").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NEWCOMER.name)
    looked_at(page, "person", faults)
    for link, name in (
        ("别人代办", "agent"),
        ("住址变了", "move"),
        ("离开杭州", "leave"),
        ("单位变了", "work"),
        ("补充情况", "particulars"),
        ("要多住些日子", "longer"),
    ):
        page.get_by_role("link", name=link).click()
        looked_at(page, name, faults)
        page.locator('a.crumb[data-key="u"]').click()
        expect(page.get_by_role("heading", level=1)).to_have_text(NEWCOMER.name)


def filled_in(page: Page, faults: dict[str, list[str]]) -> None:
    """By dwelling: the route, with what speaks against it said, and the promise signed on paper."""
    page.keyboard.press("a")
    expect(page.locator(".option")).not_to_have_count(0)
    page.locator('input[name="route"][value="dwelling"]').check()
    page.get_by_role("button", name="下一步").click()
    expect(page.locator(".error-sum")).to_be_visible()
    looked_at(page, "apply-refused", faults)
    page.get_by_label("跟本人说清楚了").check()
    page.get_by_role("button", name="下一步").click()
    looked_at(page, "form", faults)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="打开告知承诺书").click()
    looked_at(opened.value, "declaration", faults)
    opened.value.close()
    page.get_by_label("已在纸上签名").check()
    page.get_by_role("button", name="保存并继续").click()


def lease_photographed(page: Page, faults: dict[str, list[str]]) -> None:
    """Two pages of the lease, with the camera, and what it says."""
    photograph(page, "lease", 2)
    looked_at(page, "camera", faults)
    page.get_by_role("button", name="用这些").click()
    expect(page.locator("dialog#camera")).to_be_hidden()
    expect(page.locator("#paper-lease .shot-count")).to_contain_text("拍好 2 页")
    assert page.evaluate("document.getElementById('id_lease-files').files.length") == 2
    pick_day(page, "lease-from_day", date(2026, 1, 1))
    pick_day(page, "lease-to_day", date(2027, 12, 31))
    page.locator('[name="lease-commodity"][value="no"]').check()
    page.get_by_role("button", name="先存选好的").click()
    expect(page.locator("#paper-lease .file")).to_have_count(2)
    looked_at(page, "materials", faults)


def handed_in(page: Page, faults: dict[str, list[str]]) -> str:
    """Read out, sent, its receipt printed. The case's number."""
    page.get_by_role("button", name="保存并继续").click()
    looked_at(page, "confirm", faults)
    page.get_by_label("本人还是要提交").check()
    page.get_by_role("button", name="替本人提交").click()
    expect(page.locator("article.doc")).to_contain_text("收件凭证")
    looked_at(page, "receipt", faults)
    return page.url.split("#")[0].rsplit("/", 1)[1]  # a fragment survives redirects


def test_photographed_filed_and_printed_by_an_officer(demo: Service, at_desk: Callable[..., Page]):
    page, faults = at_desk(), {}
    enter(page, demo.url, CLERK)
    received_and_registered(page, demo, faults)
    filled_in(page, faults)
    lease_photographed(page, faults)
    number = handed_in(page, faults)
    page.goto(f"{demo.url}/counter/cases/{number}?f=lease_one_year")
    expect(page.locator("article img")).to_have_count(2)
    expect(page.locator(".hist")).to_contain_text("交来材料")
    looked_at(page, "case", faults)
    page.keyboard.press("c")
    looked_at(page, "mend", faults)
    page.get_by_role("link", name="改“房屋租赁合同”的内容").click()
    looked_at(page, "mend-paper", faults)
    page.goto(f"{demo.url}/counter/cases/{number}/withdraw")
    looked_at(page, "withdraw", faults)
    assert not faults


def test_the_pages_that_come_after_filing(demo: Service, at_desk: Callable[..., Page]):
    page, faults = at_desk(), {}
    people = {one.key: one for one in CHARACTERS}
    enter(page, demo.url, CLERK)
    receive(page, demo.url, people["supplement"].name, people["supplement"].number)
    looked_at(page, "person-supplement", faults)
    page.get_by_role("link", name="交要补的材料").click()
    looked_at(page, "supplement", faults)
    page.locator('a.crumb[data-key="u"]').click()
    page.get_by_role("link", name="打开这一件").click()
    expect(page.locator(".f-list")).to_be_visible()
    looked_at(page, "case-told", faults)
    page.get_by_text("这一件还可以").click()
    page.get_by_role("link", name="不再补正").click()
    looked_at(page, "decline", faults)
    receive(page, demo.url, people["window"].name, people["window"].number)
    looked_at(page, "person-window", faults)
    page.keyboard.press("e")
    expect(page.locator(".option")).not_to_have_count(0)
    looked_at(page, "endorse", faults)
    page.goto(f"{demo.url}/counter/window/pending")
    page.get_by_label("姓名", exact=True).fill("无证人")
    page.get_by_label("男", exact=True).check()
    pick_day(page, "born", date(1970, 1, 2))
    page.get_by_label("自己说的户籍地").select_option("340000")
    page.get_by_role("button", name="录入，身份待核实").click()
    looked_at(page, "person-pending", faults)
    page.get_by_role("link", name="证件带来了，核实").click()
    looked_at(page, "prove", faults)
    assert not faults


def test_without_scripts_papers_are_files(demo: Service, at_desk: Callable[..., Page]):
    newcomer = NEWCOMERS[-1]
    page = at_desk(scripts=False)
    enter(page, demo.url, CLERK)
    receive(page, demo.url, newcomer.name, newcomer.number)
    page.get_by_role("link", name="办居住登记").click()
    page.get_by_label("在哪个街道").select_option(AREA)
    page.get_by_label("门牌地址").fill("桥弄街 8 幢 101 室（示例）")
    pick_day(page, "since", date(2026, 3, 1))
    page.get_by_label("投靠亲属").check()
    page.get_by_label("租的房子").check()
    page.get_by_role("button", name="登记，出凭证").click()
    page.get_by_role("link", name="接着办别的").click()
    page.get_by_role("link", name="申领居住证").click()
    page.locator('input[name="route"][value="dwelling"]').check()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("跟本人说清楚了").check()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("已在纸上签名").check()
    page.get_by_role("button", name="保存并继续").click()
    assert not page.locator("#id_lease-files-camera").count()
    page.locator('[name="title_landlord-files"]').set_input_files(paper("房产证"))
    page.get_by_role("button", name="先存选好的").click()
    expect(page.locator("#paper-title_landlord .file")).to_have_count(1)
