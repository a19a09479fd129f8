"""What people do on the pages, step by step, as the story and the checks of every page need it."""

from __future__ import annotations

import io
from datetime import date

import zxingcpp
from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Page, expect

from juzhu.demo.characters import NEWCOMERS, OFFICERS, PASSWORD

NEWCOMER = NEWCOMERS[0]
CLERK, REVIEWER = "P1001", "P1002"
AREA = "330105005"
NOBODY = "nobody"
STAFF = {officer.login for officer in OFFICERS}


def paper(title: str) -> FilePayload:
    """A photographed paper, large enough to look at, and each a little different."""
    image = Image.new("RGB", (900, 1200), "#fbf7ee")
    pen = ImageDraw.Draw(image)
    pen.rectangle((40, 40, 860, 1160), outline="#8a8170", width=4)
    for row in range(12):
        end = 790 - (row + sum(map(ord, title))) % 11 * 30
        pen.line((110, 240 + row * 70, end, 240 + row * 70), fill="#b3aa98", width=10)
    out = io.BytesIO()
    image.save(out, "JPEG")
    return {"name": f"{title}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def pick_day(page: Page, field: str, day: date) -> None:
    """Choose a date in three selects."""
    for part, value in (("year", day.year), ("month", day.month), ("day", day.day)):
        page.select_option(f'[name="{field}_{part}"]', str(value))


def move_date(page: Page, base: str, day: date) -> None:
    """Let the demo's date be that day."""
    page.goto(f"{base}/demo/clock")
    pick_day(page, "day", day)
    page.get_by_role("button", name="拨到这一天").click(timeout=120_000)
    page.wait_for_load_state()
    expect(page.locator(f'time[datetime="{day.isoformat()}"]').first).to_be_visible()


def enter(page: Page, base: str, who: str) -> None:
    """Become one of the demo's people by pressing a button of its entrance."""
    page.goto(f"{base}/demo/")
    if who != NOBODY:
        page.locator(f'button[name="who"][value="{who}"]').first.click()
        page.wait_for_url(f"{base}/counter/**" if who in STAFF else f"{base}/")


def become(page: Page, base: str, login: str) -> None:
    """Sign in by hand on the page that everybody uses."""
    page.goto(f"{base}/sign-in")
    page.get_by_label("手机号或工号").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_load_state()


def sign_up(page: Page, base: str, phone: str) -> None:
    """Open an account and have the real name checked."""
    page.goto(base)
    page.get_by_role("link", name="注册").first.click()
    page.get_by_label("手机号").fill(phone)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="注册，下一步").click()
    page.get_by_label("姓名").fill(NEWCOMER.name)
    page.get_by_label("公民身份号码").fill(NEWCOMER.number)
    page.get_by_role("button", name="核对", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("我的进度")


def register(page: Page, base: str, since: date) -> str:
    """Register a rented flat in Gongchenqiao, one question a page; the registration's number."""
    page.goto(f"{base}/register")
    following = page.get_by_role("button", name="下一步")
    page.get_by_label("在哪个街道").select_option(AREA)
    following.click()
    page.get_by_label("门牌地址").fill("桥弄街 6 幢 2 单元 301 室（示例）")
    following.click()
    pick_day(page, "since", since)
    following.click()
    page.get_by_label("工作", exact=True).check()
    following.click()
    page.get_by_label("租的房子").check()
    following.click()
    page.get_by_role("radio").first.check()
    following.click()
    page.get_by_label("在哪里工作或上学").fill("运河服饰有限公司（示例）")
    following.click()
    page.get_by_role("button", name="没错，登记").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登记好了")
    return page.locator("main").inner_text().split("登记编号 ")[1].split("。")[0].strip()


def fill_lease(page: Page, first: date, last: date) -> None:
    """The lease's paper and what is typed about it."""
    page.locator('[name="lease-files"]').set_input_files([paper("合同第一页"), paper("合同第二页")])
    pick_day(page, "lease-from_day", first)
    pick_day(page, "lease-to_day", last)
    page.locator('[name="lease-commodity"][value="yes"]').check()


def fill_rental_papers(page: Page, inspected: date) -> None:
    """Registration with the police, filing and inspection, which others could hand in too."""
    for fold in reversed(page.locator("#papers details:not([open]) > summary").all()):
        fold.click()
    page.locator('[name="rental_registration-files"]').set_input_files(paper("出租登记"))
    page.locator('[name="lease_filing-files"]').set_input_files(paper("备案证明"))
    page.locator('[name="safety_inspection-files"]').set_input_files(paper("排查表"))
    pick_day(page, "safety_inspection-inspected_on", inspected)
    for question in ("illegal_construction", "dangerous_building", "changed_use"):
        page.locator(f'[name="safety_inspection-{question}"][value="no"]').check()


def number_in(page: Page) -> str:
    """The application's number in the page's address."""
    page.wait_for_url("**/applications/*")
    return page.url.split("/applications/")[1].split("#")[0].split("?")[0].strip("/")


def open_case(page: Page, base: str, number: str) -> None:
    """Find a case by its number in the queue and open it."""
    page.goto(f"{base}/counter/")
    page.get_by_label("姓名、证号全号或编号").fill(number)
    page.get_by_role("button", name="筛选").click()
    page.get_by_role("link", name=number).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NEWCOMER.name)


def judge_all(page: Page) -> int:
    """Look at every paper that nobody has judged yet, and find it good; how many there were."""
    judged = 0
    codes = [link.get_attribute("href") or "" for link in page.locator(".f-list a").all()]
    for code in codes:
        page.locator(f'.f-list a[href="{code}"]').click()
        papers = page.locator("article", has=page.get_by_role("button", name="看过，没问题"))
        for _paper in range(papers.count()):
            fresh = papers.filter(has_not=page.locator(".tag.good"))
            if fresh.count():
                fresh.first.get_by_role("button", name="看过，没问题").click()
                page.wait_for_load_state()
                judged += 1
    return judged


def decide(page: Page, link: str, button: str) -> None:
    """Press a button of the decide bar and confirm it."""
    page.locator(".decide").get_by_role("link", name=link).click()
    page.get_by_role("button", name=button).click()
    page.wait_for_load_state()


def scan(page: Page) -> str:
    """What a camera reads off the shown code: the picture on the screen, read by somebody else's decoder."""
    box = page.locator("#code .qr")
    box.scroll_into_view_if_needed()
    with Image.open(io.BytesIO(box.screenshot())) as picture:
        [found] = zxingcpp.read_barcodes(picture.convert("L"))
    return str(found.text)
