"""Every kind of reporter, from their first page to a receipt; a sheet with errors; an order not obeyed.

One browser and one service for all. The last story moves the demo's date.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import FilePayload, Page, expect
from python_calamine import CalamineWorkbook

from juzhu.demo.characters import BY_KEY
from juzhu.people.credit_codes import check_character
from juzhu.people.identity_numbers import complete
from juzhu.people.models import Trade
from juzhu.registration.reporting.entries import BY_TRADE, WITH_PLACE, WORK_INTRODUCED
from tests.browser.conftest import Service
from tests.browser.people import AREA, become, enter, move_date, pick_day
from tests.browser.test_every_page import faults_of

pytestmark = pytest.mark.browser
TODAY = date(2026, 3, 10)
A_MINUTE_S = 60
HEAD = BY_KEY["local"]
"""He is at the head of ten organisations, and a landlord of his own."""
CODES = {
    trade: (body := f"91330199MA00000{turn:02d}") + check_character(body)
    for turn, trade in enumerate(Trade.values)
}
ENTER = """
from juzhu.people.models import OrganisationRecord
for trade, code in {codes}.items():
    OrganisationRecord.objects.create(
        credit_code=code, name=f"示例单位 {{trade}}", head_name="{name}", head_number="{number}")
"""


@pytest.fixture(scope="module")
def registered(demo: Service) -> Service:
    """The demo, with an organisation of every kind in the register of organisations."""
    told = ENTER.format(codes=CODES, name=HEAD.name, number=HEAD.number)
    demo.juzhu("manage", "shell", "-v", "0", "-c", told)
    return demo


def somebody(turn: int) -> tuple[str, str]:
    """An invented name and number."""
    return f"示{'甲乙丙丁戊己庚辛壬癸子丑'[turn]}", complete("341299", date(1990, 1, 1 + turn), 100 + turn)


def lets_in(page: Page, base: str, trade: str) -> None:
    """The head lets the organisation in, by its code and its name."""
    page.goto(f"{base}/report/")
    page.goto(f"{base}/report/enrol")
    page.get_by_label("统一社会信用代码").fill(CODES[trade])
    page.get_by_label("单位的名称").fill(f"示例单位 {trade}")
    page.locator(f'[name="trades"][value="{trade}"]').check()
    page.get_by_label("在哪个街道").select_option(AREA)
    page.get_by_role("button", name="开通", exact=True).click()
    expect(page.locator(".brand")).to_contain_text(f"示例单位 {trade}")


def reports_one(page: Page, kind: str, turn: int) -> None:
    """From the first page: one person, to the receipt."""
    name, number = somebody(turn)
    page.locator(f'a[href="/report/one/{kind}"]').first.click()
    page.locator('[name="name"]').fill(name)
    page.locator('[name="identity_number"]').fill(number)
    page.locator('[name="phase"][value="began"]').check()
    pick_day(page, "happened_on", TODAY)
    if kind in WITH_PLACE:
        page.locator('[name="subdistrict"]').select_option(AREA)
        page.locator('[name="address"]').fill(f"上塘路 {turn + 1} 号 101 室（示例）")
    if kind == WORK_INTRODUCED:
        page.locator('[name="employer"]').fill("示例单位 employer")
    page.get_by_role("button", name="提交报送").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("报好了")
    expect(page.locator("main")).to_contain_text("BS-2026-")
    expect(page.locator("main")).to_contain_text(name)


@pytest.mark.requirement("A16", "B01", "B03", "B06", "B07", "B08")
@pytest.mark.parametrize("trade", Trade.values)
def test_every_kind_of_organisation_has_a_way_in_that_takes_a_minute(
    trade: str, registered: Service, open_page: Callable[..., Page]
):
    page, turn = open_page(), Trade.values.index(trade)
    become(page, registered.url, HEAD.phone)
    began = time.monotonic()
    lets_in(page, registered.url, trade)
    reports_one(page, BY_TRADE[trade][0], turn)
    assert time.monotonic() - began < A_MINUTE_S
    assert faults_of(page) == []


@pytest.mark.requirement("A16", "B03")
def test_a_private_landlord_begins_at_once(registered: Service, open_page: Callable[..., Page]):
    page = open_page(scripts=False)
    become(page, registered.url, BY_KEY["landlord"].phone)
    page.goto(f"{registered.url}/report/")
    expect(page.locator(".brand")).to_contain_text("自己（房东）")
    reports_one(page, "lease", 10)


@pytest.mark.requirement("B01", "B07")
def test_an_employer_is_shown_what_an_agent_has_said_and_reports_it_from_there(
    registered: Service, open_page: Callable[..., Page]
):
    page, base = open_page(desk=True), registered.url
    become(page, base, HEAD.phone)
    page.goto(f"{base}/report/who")
    page.get_by_role("button", name="示例单位 employer").click()
    row = page.locator("li.sheet", has_text="中介说介绍给您的员工")
    expect(row).to_contain_text("还剩 3 天")
    assert faults_of(page) == []
    row.get_by_role("link", name="报入职").click()
    name, number = somebody(Trade.values.index("employment_agent"))
    expect(page.locator('[name="name"]')).to_have_value(name)
    expect(page.locator('[name="identity_number"]')).to_have_value("")
    page.locator('[name="identity_number"]').fill(number)
    page.get_by_role("button", name="提交报送").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("报好了")
    page.goto(f"{base}/report/due")
    expect(page.locator("main")).to_contain_text("现在没有到期要办的")


def a_sheet() -> FilePayload:
    """Three rows of workers: a good one, one with a day that is none, one with a number that is none."""
    rows = [("姓名", "公民身份号码", "手机号", "开始还是结束", "入职或离职日期")]
    for turn, day in ((4, "2026-03-09"), (5, "2026-02-30"), (6, "2026-03-09")):
        name, number = somebody(turn)
        rows.append((name, number if turn < 6 else number[:17], "13900001111", "入职", day))
    text = "\n".join(",".join(row) for row in rows)
    return {"name": "新招的人.csv", "mimeType": "text/csv", "buffer": text.encode()}


@pytest.mark.requirement("A16", "B01")
def test_a_sheet_is_mended_at_a_cell_filed_and_the_wrong_rows_come_back(
    registered: Service, open_page: Callable[..., Page]
):
    page, base = open_page(desk=True), registered.url
    become(page, base, HEAD.phone)
    page.goto(f"{base}/report/who")
    page.get_by_role("button", name="示例单位 employer").click()
    page.goto(f"{base}/report/sheets/upload/work")
    page.locator('[name="sheet"]').set_input_files(a_sheet())
    page.locator("main button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("2 行有错")
    assert faults_of(page) == []
    page.locator('[name$="-happened_on"]').fill("2026-03-08")
    page.get_by_role("button", name="改好了，再看一遍").click()
    expect(page.locator("main")).to_contain_text("1 行有错")
    page.get_by_role("button", name="提交这张表").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 件报好了")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="下载退回的行").click()
    back = CalamineWorkbook.from_filelike(io.BytesIO(fetched.value.path().read_bytes()))
    rows = [[str(cell) for cell in row] for row in back.get_sheet_by_index(0).to_python()]
    assert [row[0] for row in rows[1:]] == [somebody(6)[0]]
    assert "公民身份号码" in rows[1][-1] or "18" in rows[1][-1]


ORDERED = date(2026, 3, 17)


@pytest.mark.requirement("A17", "G05")
def test_an_order_that_is_not_obeyed_leads_to_a_case_with_fifty_to_two_hundred_yuan(
    registered: Service, open_page: Callable[..., Page]
):
    page, base, who = open_page(desk=True), registered.url, BY_KEY["arrived"]
    enter(page, base, "P1001")
    page.goto(f"{base}/counter/duties?tab=register")
    page.locator("tr", has_text=who.name).get_by_role("link").first.click()
    page.locator("details", has_text="责令改正").locator("summary").click()
    page.get_by_role("link", name="责令本人登记").click()
    page.locator('[name="facts"]').fill("到杭州后没有登记住址，提醒过也没有办。")
    pick_day(page, "correct_by", ORDERED)
    page.locator("main form button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("期限内")
    expect(page.locator("main")).to_contain_text("改正期限还没有到，现在不能罚款")
    order = page.url.rstrip("/").rsplit("/", 1)[1]

    told = open_page()
    become(told, base, who.phone)
    told.goto(f"{base}/report/orders/{order}")
    expect(told.locator("main")).to_contain_text("这不是处罚")
    assert faults_of(told) == []

    move_date(page, base, date(2026, 3, 18))
    enter(page, base, "P1001")
    page.goto(f"{base}/counter/duties/orders/{order}")
    expect(page.locator("main")).to_contain_text("逾期没有改正")
    page.locator('[name="open-facts"]').fill("责令期限过了，还是没有登记。")
    pick_day(page, "open-committed_on", ORDERED)
    page.get_by_role("button", name="立案调查").click()
    page.get_by_role("link", name="看案件").click()
    expect(page.locator("main")).to_contain_text("罚款在 50 元到 200 元之间")
    for yuan in ("49", "201"):
        page.locator('[name="tell-fine_yuan"]').fill(yuan)
        page.get_by_role("button", name="发出告知").click()
        expect(page.locator(".error-sum, .note.bad")).to_be_visible()
        expect(page.locator("main")).to_contain_text("罚款在 50 元到 200 元之间")
        assert faults_of(page) == []
    page.locator('[name="tell-fine_yuan"]').fill("50")
    page.get_by_role("button", name="发出告知").click()
    expect(page.locator("main")).to_contain_text("罚款 50 元")
    told.goto(f"{base}/report/orders/{order}")
    expect(told.locator("main")).to_contain_text("打算罚款 50 元")
    told.locator('[name="statement"]').fill("那几天在老家，没有住在杭州。")
    told.get_by_role("button", name="交上去").click()
    expect(told.locator("main")).to_contain_text("您说的")
