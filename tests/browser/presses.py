"""A look at a page, and what is pressed there first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Page

from juzhu.demo.characters import PASSWORD
from tests.browser.people import AREA, paper, pick_day

NO_PAGE = "/there-is-no-such-page"
Do = Callable[[Page], object]


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at a page: its address, and what is done there before looking. `says` is in its text then."""

    path: str
    do: Do | None = None
    says: str = ""


def press(page: Page, name: str = "") -> None:
    """Press the page's primary button, or the one of that name, and wait for what it leads to."""
    button = page.get_by_role("button", name=name) if name else page.locator("main button.btn-primary")
    with page.expect_navigation():
        button.first.click()


def family_moves(page: Page) -> None:
    """Move somebody to a new address on the family's form."""
    page.locator("main input[name^=in_]").first.check()
    page.locator('[name="subdistrict"]').select_option("330105005")
    page.locator('[name="address"]').fill("丽水路 60 号 1 幢 101 室")
    pick_day(page, "since", date(2026, 3, 9))
    page.locator('[name="dwelling_kind"]').first.check()
    press(page)


def agree(page: Page) -> None:
    page.get_by_role("checkbox").first.check()
    press(page)


def take_along(page: Page) -> None:
    """Wait until the phone has taken the list along."""
    page.locator('#device[data-state="ready"]').wait_for()


def begin_inspection(page: Page) -> None:
    """Open the first inspection on the phone, and finish it without an answer."""
    take_along(page)
    page.locator("#todo button, #unsent button").first.click()
    page.locator("#fill button.btn-primary").click()


def clear_phone(page: Page) -> None:
    page.get_by_label("手机号").first.fill("")
    press(page)


def hopeless_route(page: Page) -> None:
    """Choose a route that would be refused today."""
    page.locator('[name="route"][value="employment"]').check()
    press(page)


def best_route(page: Page) -> None:
    page.locator('[name="route"]').first.check()
    press(page)


def wrong_file(page: Page) -> None:
    """Hand in what is no picture."""
    text = {"name": "房产证.jpg", "mimeType": "image/jpeg", "buffer": b"not a picture"}
    page.locator('input[type="file"]').first.set_input_files(text)
    press(page)


def right_file(page: Page) -> None:
    page.locator('input[type="file"]').first.set_input_files(paper("房东不动产权证"))
    press(page)


def choose_place(page: Page) -> None:
    page.locator('[name="subdistrict"]').select_option(AREA)
    press(page)


def write_address(page: Page) -> None:
    page.locator('[name="address"]').fill("桥弄街 6 幢 2 单元 301 室（示例）")
    press(page)


def choose_day(page: Page) -> None:
    pick_day(page, "since", date(2026, 3, 9))
    press(page)


def choose_first(page: Page) -> None:
    page.get_by_role("radio").first.check()
    press(page)


def write_workplace(page: Page) -> None:
    page.locator('[name="workplace"]').fill("运河服饰有限公司（示例）")
    press(page)


def wrong_password(page: Page) -> None:
    page.get_by_label("手机号或工号").fill("16000009999")
    page.get_by_label("密码").fill("wrong-password-1")
    press(page)


def until_locked(page: Page) -> None:
    """Give wrong passwords until the door stays closed for a while."""
    for _attempt in range(8):
        if not page.get_by_label("密码").count():
            return
        wrong_password(page)


def stale_form(page: Page) -> None:
    """Send a form whose session is over."""
    page.get_by_label("手机号或工号").fill("16000009999")
    page.get_by_label("密码").fill("wrong-password-1")
    page.context.clear_cookies()
    press(page)


def fresh_account(page: Page) -> None:
    page.get_by_label("手机号").fill("16000008001")
    page.get_by_label("密码").fill(PASSWORD)
    press(page)


def with_password(page: Page) -> None:
    """Open the permit's page, with the password where it is asked for."""
    if page.locator('main input[type="password"]').count():
        page.locator('main input[type="password"]').fill(PASSWORD)
        press(page)


def ask_for_proof(page: Page) -> None:
    """Ask a holder to show where they live, to an organisation."""
    page.locator('[name="ask"][value="lives_in_city"]').check()
    page.locator('[name="purpose"]').fill("入职登记")
    press(page)


def offer_elsewhere(page: Page) -> None:
    """Offer the permit to another wallet."""
    with_password(page)
    page.locator("summary", has_text="装进别的钱包").click()
    press(page, "出二维码")


def show_code(page: Page) -> None:
    with_password(page)
    with page.expect_navigation():
        page.get_by_role("link", name="仍要出示二维码").click()


def preview(page: Page) -> None:
    page.get_by_role("textbox").first.fill("房东的产权证明拍清楚四个角就行。")
    press(page)


def give_purpose(page: Page) -> None:
    page.locator('[name="purpose"]').fill("核对户口簿")
    press(page)


def to_agent(page: Page) -> None:
    """Somebody else fetches the slip, and nothing is said of them."""
    page.locator('[name="handed_to"][value="agent"]').check()
    press(page)


def empty_preview(page: Page) -> None:
    """A department's word without a person or a month."""
    with page.expect_navigation():
        page.locator('main button[value="preview"]').click()


def press_bureau(page: Page) -> None:
    """Let the bureau be down, or open it again."""
    with page.expect_navigation():
        page.locator("#bureau button").click()


def find(text: str) -> Do:
    def do(page: Page) -> None:
        page.locator("main input[name=text]").fill(text)
        press(page)

    return do


def unfold(page: Page) -> None:
    """Open everything that is folded in."""
    page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true })")
