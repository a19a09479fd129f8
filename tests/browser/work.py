"""What is done by hand before every page is looked at, so that there is something to see on each.

Nothing here goes round the pages: who has to press, presses. `do_work` gives back the numbers that came
of it, for `{…}` in the addresses of `visits`.
"""

from __future__ import annotations

from datetime import date

from playwright.sync_api import FilePayload, Page

from tests.browser.people import AREA, enter, paper, pick_day

SHEET = """姓名,公民身份号码,缴费月份,险种,参保地
何人,340000199001010011,2026-02,养老,330105
"""

TENANTS = """姓名,公民身份号码,手机号,开始还是结束,入住或搬走日期,街道,地址
何人,,13900001111,入住,2026-02-30,拱宸桥街道,桥弄街 6 幢 301 室
"""


def send(page: Page) -> None:
    """Press the primary button of the page's first form."""
    with page.expect_navigation():
        page.locator("main form button.btn-primary").first.click()


def last_part(page: Page) -> str:
    """The end of the address: a number, or a row's key."""
    return page.url.split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[1]


def part(page: Page, link: str, at: int) -> str:
    """A part of the address that a link leads to, counted from the end."""
    address = page.locator(f'main a[href*="{link}"]').first.get_attribute("href") or ""
    return address.split("?")[0].rstrip("/").split("/")[-at]


def objects(page: Page, base: str) -> str:
    """The holder says that something known is wrong."""
    enter(page, base, "holder")
    page.goto(f"{base}/known")
    page.goto(f"{base}/known/{part(page, '/object', 2)}/object")
    page.locator('[name="wrong"]').fill("2024 年 6 月的单位写错了。")
    page.locator('[name="right"]').fill("应当是运河服饰有限公司（示例）。")
    send(page)
    return last_part(page)


def asks_for_correction(page: Page, base: str) -> str:
    """Somebody says that the address on their permit is misspelt."""
    enter(page, base, "window")
    page.goto(f"{base}/permit/correct?field=residence_address")
    page.locator('[name="wanted"]').fill("拱宸桥街道桥弄街 6 幢 2 单元 301 室（示例）")
    page.locator('[name="explanation"]').fill("门牌上写的是“桥弄街”，证上写成了“桥弄巷”。")
    page.locator('[name="papers"]').set_input_files(paper("门牌照片"))
    send(page)
    return last_part(page)


def tells(page: Page, base: str) -> str:
    """Somebody says that something is not true."""
    enter(page, base, "ready")
    page.goto(f"{base}/tip")
    page.locator('[name="area"]').select_option(AREA)
    page.locator('[name="about"]').fill("桥弄街 6 幢 2 单元 301 室（示例）")
    page.locator('[name="text"]').fill("这一户早就搬走了。")
    send(page)
    return page.locator("main").inner_text().split("编号 ")[1].split("。")[0].strip()


def plans_a_check(page: Page, base: str, permit: str) -> str:
    """The chief wants somebody looked at. Signed in already."""
    page.goto(f"{base}/counter/after/tips/new")
    page.locator('[name="number"]').fill(permit)
    page.locator('[name="text"]').fill("邻居说不住在这里。")
    send(page)
    return last_part(page)


def opens_a_case(page: Page, base: str, permit: str) -> str:
    """The check finds something false; the chief tells what is proposed."""
    plans_a_check(page, base, permit)
    page.locator('[name="address"][value="false"]').check()
    page.locator('[name="note"]').fill("房东说三月一日起没有住过。")
    page.locator('[name="result"][value="suspected"]').check()
    send(page)
    page.locator('[name="tell-warning"]').check()
    send(page)
    return last_part(page)


def hears_of_a_remedy(page: Page, base: str, refused: str) -> str:
    """The chief keeps that a refusal was overturned."""
    page.goto(f"{base}/counter/cases/{refused}/remedies")
    page.locator('[name="kind"]').first.check()
    page.locator('[name="authority"]').fill("拱墅区人民政府（示例）")
    pick_day(page, "filed_on", date(2026, 3, 9))
    send(page)
    page.goto(f"{base}/counter/cases/{refused}/remedies")
    key = part(page, f"/{refused}/remedies/", 1)
    page.goto(f"{base}/counter/cases/{refused}/remedies/{key}")
    page.locator('[name="outcome"][value="overturned"]').check()
    pick_day(page, "outcome_on", date(2026, 3, 10))
    send(page)
    return key


def stops_the_clock(page: Page, base: str, case: str) -> None:
    """The reviewer has a paper examined."""
    enter(page, base, "P1002")
    page.goto(f"{base}/counter/cases/{case}/pause")
    page.locator('[name="reason"]').first.check()
    page.locator('[name="note"]').fill("请司法鉴定所看合同上的签名（示例）。")
    page.locator('[name="expected_days"]').fill("10")
    send(page)


def hands_out_a_slip(page: Page, base: str, permit: str) -> str:
    """The holder fetches a slip, and it is printed."""
    enter(page, base, "P1001")
    page.goto(f"{base}/counter/papers/slip/{permit}")
    page.locator('[name="handed_to"][value="holder"]').check()
    send(page)
    number = last_part(page)
    page.request.get(f"{base}/counter/papers/slips/{number}/zh.pdf")
    return number


def sends_a_sheet(page: Page, base: str) -> tuple[str, str]:
    """A department sends a sheet with a row that is not good yet: the key of a word that it gave before, and
    the sheet's.
    """
    enter(page, base, "D4001")
    page.goto(f"{base}/counter/attested")
    word = part(page, "/replace", 2)
    page.goto(f"{base}/counter/departments/sheets/insurance/upload")
    sheet: FilePayload = {"name": "三月.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    page.locator('[name="sheet"]').set_input_files(sheet)
    send(page)
    return word, last_part(page)


def reports(page: Page, base: str) -> tuple[str, str]:
    """A landlord reports a tenant, and uploads a sheet with a row that is wrong: the number, the key."""
    enter(page, base, "ready")
    page.goto(f"{base}/report/one/lease")
    page.locator('[name="name"]').fill("何人")
    page.locator('[name="identity_number"]').fill("11010519491231002X")
    page.locator('[name="phase"][value="began"]').check()
    pick_day(page, "happened_on", date(2026, 3, 9))
    page.locator('[name="subdistrict"]').select_option(AREA)
    page.locator('[name="address"]').fill("桥弄街 6 幢 2 单元 301 室（示例）")
    send(page)
    if page.locator('[name="sure"]').count():
        page.locator('[name="sure"]').check()
        send(page)
    number = last_part(page)
    page.goto(f"{base}/report/sheets/upload/lease")
    sheet: FilePayload = {"name": "租客.csv", "mimeType": "text/csv", "buffer": TENANTS.encode()}
    page.locator('[name="sheet"]').set_input_files(sheet)
    send(page)
    return number, last_part(page)


def do_work(page: Page, base: str, known: dict[str, str]) -> dict[str, str]:
    """Everything, in turn; the numbers that came of it."""
    made = {
        "objection": objects(page, base),
        "correction": asks_for_correction(page, base),
        "tip": tells(page, base),
    }
    enter(page, base, "P1003")
    made["check"] = plans_a_check(page, base, known["suspended_permit"])
    made["fraud"] = opens_a_case(page, base, known["guardian_permit"])
    made["remedy"] = hears_of_a_remedy(page, base, known["refused"])
    stops_the_clock(page, base, known["paused"])
    made["slip"] = hands_out_a_slip(page, base, known["window_permit"])
    made["word"], made["sheet"] = sends_a_sheet(page, base)
    made["report"], made["report_sheet"] = reports(page, base)
    page.goto(f"{base}/known")
    made["known"] = part(page, "/object", 2)
    return made
