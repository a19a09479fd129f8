"""What landlords and offices press, so that there is a let dwelling to look at."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page

from tests.browser.people import AREA, enter, paper, pick_day

LANDLORD, TENANT, SUBDISTRICT, HOUSING = "ready", "missing", "S3001", "D4003"


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


def record(page: Page, base: str, address: str, land: str = "state") -> str:
    """A landlord records a dwelling with its title; its number. Signed in already."""
    page.goto(f"{base}/letting/new")
    page.locator('[name="subdistrict"]').select_option(AREA)
    page.locator('[name="address"]').fill(address)
    page.locator(f'[name="land"][value="{land}"]').check()
    page.locator(f'[name="commodity"][value="{"yes" if land == "state" else "no"}"]').check()
    page.locator('[name="rooms-0-square_metres"]').fill("14.5")
    page.locator('[name="rooms-1-square_metres"]').fill("9")
    page.locator('[name="right"]').first.check()
    page.locator('[name="papers"]').set_input_files(paper("不动产权证"))
    with page.expect_navigation():
        page.get_by_role("button", name="登记", exact=True).click()
    return last_part(page)


def hand_in_lease(page: Page, base: str, dwelling: str) -> str:
    """The landlord hands in a lease; its number."""
    page.goto(f"{base}/letting/{dwelling}#lease")
    if page.locator("#lease details").get_attribute("open") is None:
        page.locator("#lease summary").click()
    pick_day(page, "from_on", date(2025, 9, 1))
    pick_day(page, "until_on", date(2026, 8, 31))
    page.locator('[name="tenants-0-name"]').fill("何人")
    page.locator('#lease [name="papers"]').set_input_files(paper("租赁合同"))
    with page.expect_navigation():
        page.get_by_role("button", name="交合同", exact=True).click()
    return part(page, "/leases/", 1)


def press(page: Page, base: str, dwelling: str, button: str) -> None:
    """Press one of the buttons of the landlord's page."""
    page.goto(f"{base}/letting/{dwelling}")
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def lets(page: Page, base: str) -> dict[str, str]:
    """Two dwellings of one landlord: one on state-owned land with everything asked for, one on collective
    land; a tenant's call for help. The numbers that came of it.
    """
    enter(page, base, LANDLORD)
    state = record(page, base, "台州路 88 号 1 幢 101 室（示例）")
    lease = hand_in_lease(page, base, state)
    press(page, base, state, "办出租登记")
    press(page, base, state, "请街道来排查")
    collective = record(page, base, "金华路 6 号（示例）", "collective")
    hand_in_lease(page, base, collective)
    enter(page, base, TENANT)
    page.goto(f"{base}/letting/help")
    page.locator('[name="text"]').fill("房东不肯给产权证。电话 13900000000。")
    send(page)
    enter(page, base, "P1001")
    page.goto(f"{base}/counter/dwellings")
    letting = part(page, "/letting/letting/", 1)
    enter(page, base, HOUSING)
    page.goto(f"{base}/counter/dwellings")
    title, filing = part(page, "/letting/title/", 1), part(page, "/letting/filing/", 1)
    enter(page, base, SUBDISTRICT)
    page.goto(f"{base}/counter/dwellings")
    checked = part(page, "/letting/lease/", 1)
    page.goto(f"{base}/counter/inspections")
    inspection = part(page, "/inspections/PC", 1)
    page.goto(f"{base}/counter/help-calls")
    return {
        "let": state,
        "let_lease": lease,
        "let_record": letting,
        "let_title": title,
        "let_filing": filing,
        "let_checked": checked,
        "inspection": inspection,
        "help_call": part(page, "/help-calls/", 1),
    }
