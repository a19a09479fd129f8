"""Which pages there are to look at: who opens what, and what they press there first.

In addresses, `{holder}` is the number of the holder's latest application, `{holder_home}` of their
registration, `{holder_permit}` of their permit, `{holder_message}` of their latest message. The numbers
without a person before them come of what `work` does first.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Page

from juzhu.demo.characters import CHARACTERS, PASSWORD
from tests.browser.conftest import Service
from tests.browser.people import AREA, NOBODY, paper, pick_day

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


def agree(page: Page) -> None:
    page.get_by_role("checkbox").first.check()
    press(page)


def clear_phone(page: Page) -> None:
    page.get_by_label("手机号").first.fill("")
    press(page)


def hopeless_route(page: Page) -> None:
    """Choose a route that would be refused today."""
    page.locator('[name="route"]').last.check()
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
    if page.get_by_label("密码").count():
        page.get_by_label("密码").fill(PASSWORD)
        press(page)


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


def find(text: str) -> Do:
    def do(page: Page) -> None:
        page.locator("main input[name=text]").fill(text)
        press(page)

    return do


def unfold(page: Page) -> None:
    """Open everything that is folded in."""
    page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true })")


VISITS: dict[str, list[Visit]] = {
    NOBODY: [
        Visit("/"),
        Visit("/sign-in"),
        Visit("/sign-in", press, "有 2 处要改"),
        Visit("/sign-in", stale_form, "您离开了一会儿"),
        Visit("/sign-in", until_locked),
        Visit("/sign-up"),
        Visit("/sign-up", press, "处要改"),
        Visit("/rules", unfold),
        Visit("/rules/gongshu-2022"),
        Visit("/rules/gongshu-2022?with=hangzhou-2024"),
        Visit("/d"),
        Visit("/d?code=23456", None, "核验码有一位不对"),
        Visit("/d/23456", None, "不是"),
        Visit("/d/{code}"),
        Visit("/counters"),
        Visit("/accessibility"),
        Visit("/v/no-code-of-ours", unfold, "不是居住证码"),
        Visit(f"/v/{'A' * 36}", None, "伪造或被改"),
        Visit(NO_PAGE, None, "没有这一页"),
        Visit("/demo/"),
        Visit("/demo/clock"),
        Visit("/face/guide/"),
        Visit("/sign-up", fresh_account, "姓名"),
        Visit("/real-name"),
        Visit("/real-name", press, "处要改"),
    ],
    "ready": [
        Visit("/", unfold, "可以申领"),
        Visit("/tasks"),
        Visit("/registration"),
        Visit("/registration/move", None),
        Visit("/registration/move/check"),
        Visit("/registration/workplace"),
        Visit("/registration/leave", press, "处要改"),
        Visit("/known", unfold),
        Visit("/known/{known}/object"),
        Visit("/known/{known}/object", press, "要改"),
        Visit("/tip"),
        Visit("/tip", press, "处要改"),
        Visit("/registration/{ready_home}/done"),
        Visit("/registration/{ready_home}/certificate"),
        Visit("/messages"),
        Visit("/who-used"),
        Visit("/permit"),
        Visit("/apply/place", best_route),
        Visit("/apply/declaration", press, "要改"),
        Visit("/apply/declaration", agree),
        Visit("/apply/form", clear_phone, "要改"),
        Visit("/apply/form", press),
        Visit("/apply/materials", press),
        Visit("/apply/confirm", None, "确认提交"),
    ],
    "arrived": [
        Visit("/"),
        Visit("/apply"),
        Visit("/registration"),
        Visit("/register"),
        Visit("/register/place", press, "要改"),
        Visit("/register/place", choose_place),
        Visit("/register/address", press, "要改"),
        Visit("/register/address", write_address),
        Visit("/register/since", press, "要改"),
        Visit("/register/since", choose_day),
        Visit("/register/reason", press, "要改"),
        Visit("/register/reason", choose_first),
        Visit("/register/dwelling", choose_first),
        Visit("/register/workplace", write_workplace),
        Visit("/register/check", None, "核对"),
        Visit("/register/check", press, "登记好了"),
    ],
    "nearly": [Visit("/", None, "2026-03-15")],
    "missing": [
        Visit("/", unfold),
        Visit("/apply/place", hopeless_route, "要改"),
        Visit("/apply/place", best_route),
        Visit("/apply/declaration", agree),
        Visit("/apply/form", press),
        Visit("/apply/materials", unfold),
        Visit("/apply/materials", wrong_file, "要改"),
        Visit("/apply/materials", right_file),
        Visit("/apply/confirm"),
    ],
    "waiting": [
        Visit("/"),
        Visit("/applications/{waiting}"),
        Visit("/applications/{waiting}/mend"),
        Visit("/applications/{waiting}/withdraw"),
    ],
    "supplement": [
        Visit("/"),
        Visit("/messages"),
        Visit("/messages/{supplement_message}"),
        Visit("/applications/{supplement}"),
        Visit("/applications/{supplement}/notice"),
        Visit("/applications/{supplement}/supplement", unfold),
        Visit("/applications/{supplement}/supplement", wrong_file, "要改"),
    ],
    "refused": [
        Visit("/"),
        Visit("/applications/{refused}"),
        Visit("/applications/{refused}/refusal", None, "行政复议"),
    ],
    "holder": [
        Visit("/"),
        Visit("/permit/open"),
        Visit("/permit/open", press, "要改"),
        Visit("/permit", with_password, "有效"),
        Visit("/applications/{holder}"),
        Visit("/applications/{holder}/receipt"),
        Visit("/who-used"),
        Visit("/permit/versions", with_password),
        Visit("/permit/correct"),
        Visit("/permit/correct", press, "要改"),
        Visit("/permit/correct?field=residence_address"),
        Visit("/permit/correct?field=residence_address", press, "处要改"),
        Visit("/known"),
        Visit("/known/objections/{objection}"),
        Visit("/permit/endorse"),
    ],
    "window": [
        Visit("/"),
        Visit("/permit", with_password),
        Visit("/permit/endorse"),
        Visit("/permit/corrections/{correction}"),
    ],
    "suspended": [
        Visit("/"),
        Visit("/permit", with_password, "功能中止"),
        Visit("/permit", show_code, "功能中止"),
        Visit("/permit/endorse", None, "签注"),
    ],
    "guardian": [
        Visit("/"),
        Visit("/?for=1"),
        Visit("/apply/place?for=1"),
        Visit("/tasks?for=1"),
        Visit("/rights/{fraud}"),
        Visit("/rights/{fraud}", press, "要改"),
    ],
    "mother": [Visit("/"), Visit("/applications/{mother}/receipt"), Visit("/permit")],
    "moved": [Visit("/registration")],
    "elder": [Visit("/"), Visit("/applications/{elder}/receipt")],
    "student": [Visit("/"), Visit("/apply/place")],
    "local": [Visit("/"), Visit("/register"), Visit("/tasks")],
    "P1001": [
        Visit("/counter/"),
        Visit("/counter/?state=all&text=nobody"),
        Visit("/counter/cases/{waiting}"),
        Visit("/counter/cases/{waiting}?f=title_landlord"),
        Visit("/counter/cases/{refused}"),
        Visit("/counter/cases/{waiting}/supplement"),
        Visit("/counter/cases/{waiting}/supplement", preview),
        Visit("/counter/cases/{waiting}/accept"),
        Visit("/counter/cases/{waiting}/reveal", press, "要改"),
        Visit("/counter/cases/{waiting}/reveal", give_purpose),
        Visit("/counter/search"),
        Visit("/counter/search", find("周晓芸")),
        Visit("/counter/people"),
        Visit("/counter/people/{ready_home}"),
        Visit("/counter/people/{window_home}", unfold),
        Visit("/counter/people/{moved_home}/death"),
        Visit("/counter/people/{moved_home}/death", press, "处要改"),
        Visit("/counter/people/{moved_home}/household"),
        Visit("/counter/people/{moved_home}/household", press, "处要改"),
        Visit("/counter/cases/{apart}", unfold, "您要回避"),
        Visit("/counter/cases/{waiting}", unfold),
        Visit("/counter/cases/{waiting}/hand-over"),
        Visit("/counter/cases/{waiting}/mend"),
        Visit("/counter/cases/{waiting}/withdraw"),
        Visit("/counter/cases/{supplement}", unfold),
        Visit("/counter/cases/{supplement}/decline"),
        Visit("/counter/window"),
        Visit("/counter/window", press, "处要改"),
        Visit("/counter/window/pending"),
        Visit("/counter/window/pending", press, "处要改"),
        Visit("/counter/window/receipts/{elder}"),
        Visit("/counter/after"),
        Visit("/counter/after?tab=corrections"),
        Visit("/counter/after?tab=tips"),
        Visit("/counter/after?tab=cases"),
        Visit("/counter/after/checks/{check}", unfold),
        Visit("/counter/after/checks/{check}", press, "要改"),
        Visit("/counter/after/corrections/{correction}"),
        Visit("/counter/after/tips/{tip}"),
        Visit("/counter/after/tips/{tip}", press, "要改"),
        Visit("/counter/after/tips/new"),
        Visit("/counter/after/tips/new", press, "处要改"),
        Visit("/counter/after/cases/{fraud}"),
        Visit("/counter/after/hints"),
        Visit("/counter/papers/slip/{window_permit}"),
        Visit("/counter/papers/slip/{window_permit}", to_agent, "要改"),
        Visit("/counter/papers/slips/{slip}"),
        Visit("/counter/absences"),
        Visit("/counter/absences", press, "处要改"),
        Visit("/counter/relations"),
        Visit("/counter/relations", press, "处要改"),
        Visit("/counter/cases/GS-2020-999999", None, "没有这一页"),
    ],
    "P1002": [
        Visit("/counter/"),
        Visit("/counter/cases/{mother}"),
        Visit("/counter/cases/{mother}/approve"),
        Visit("/counter/cases/{mother}/refuse"),
        Visit("/counter/cases/{mother}/hand-over"),
        Visit("/counter/cases/{mother}/hand-over", press, "要改"),
        Visit("/counter/cases/{mother}/pause"),
        Visit("/counter/cases/{mother}/pause", press, "处要改"),
        Visit("/counter/cases/{paused}", unfold, "期限中止"),
        Visit("/counter/cases/{paused}/resume"),
        Visit("/counter/absences"),
        Visit("/counter/relations"),
    ],
    "P1003": [
        Visit("/counter/"),
        Visit("/counter/cases/{mother}"),
        Visit("/counter/cases/{mother}", unfold, "复议和诉讼"),
        Visit("/counter/cases/{mother}/assign"),
        Visit("/counter/cases/{mother}/assign", press, "要改"),
        Visit("/counter/cases/{mother}/take-back"),
        Visit("/counter/cases/{mother}/end"),
        Visit("/counter/cases/{mother}/end", press, "要改"),
        Visit("/counter/cases/{mother}/readers", None, "沈国华"),
        Visit("/counter/cases/{refused}", unfold, "重新办理"),
        Visit("/counter/cases/{refused}/remedies"),
        Visit("/counter/cases/{refused}/remedies", press, "处要改"),
        Visit("/counter/cases/{refused}/remedies/{remedy}"),
        Visit("/counter/cases/{refused}/reopen"),
        Visit("/counter/cases/{refused}/reopen", press, "要改"),
        Visit("/counter/after"),
        Visit("/counter/after/draw"),
        Visit("/counter/after/hints"),
        Visit("/counter/after/checks/{check}", unfold),
        Visit("/counter/after/cases/{fraud}", press),
        Visit("/counter/absences"),
    ],
    "S3001": [
        Visit("/counter/registrations"),
        Visit("/counter/registrations", find("周晓芸")),
        Visit("/counter/departments/give"),
        Visit("/counter/departments/give/safety_inspection"),
        Visit("/counter/departments/give/safety_inspection", empty_preview, "要改"),
        Visit("/counter/departments/objections"),
    ],
    "D4001": [
        Visit("/counter/attested"),
        Visit("/counter/departments/give"),
        Visit("/counter/departments/give/insurance"),
        Visit("/counter/departments/give/insurance", empty_preview, "要改"),
        Visit("/counter/departments/give/talent_permit"),
        Visit("/counter/departments/sheets/insurance/upload"),
        Visit("/counter/departments/sheets/insurance/upload", press, "要改"),
        Visit("/counter/departments/sheets/{sheet}", unfold),
        Visit("/counter/attested/{word}/replace"),
        Visit("/counter/attested/{word}/withdraw"),
        Visit("/counter/departments/objections"),
        Visit("/counter/departments/objections?tab=done"),
        Visit("/counter/departments/objections/{objection}"),
        Visit("/counter/departments/objections/{objection}?as=correct"),
        Visit("/counter/departments/objections/{objection}?as=uphold", press, "要改"),
    ],
    "D4002": [Visit("/counter/departments/give/student_record", empty_preview, "要改")],
    "D4003": [Visit("/counter/departments/give/lease"), Visit("/counter/departments/give/title")],
    "D4004": [Visit("/counter/departments/give/guardianship")],
    "A5001": [
        Visit("/counter/audit", unfold),
        Visit("/counter/audit?kind=permit.issued"),
        Visit("/counter/audit", lambda page: press(page, "验证没有被改")),
        Visit("/counter/cases/{mother}/readers"),
    ],
    "M9001": [
        Visit("/counter/colleagues"),
        Visit("/counter/colleagues/P1001"),
        Visit("/counter/colleagues/P1001", press, "要改"),
    ],
}  # fmt: skip

ENGLISH: dict[str, list[Visit]] = {
    NOBODY: [
        Visit("/"), Visit("/sign-in"), Visit("/rules"), Visit("/counters"), Visit("/v/no-code-of-ours"),
        Visit("/accessibility"), Visit("/demo/"), Visit(NO_PAGE), Visit("/d"), Visit("/d/{code}"),
        Visit("/rules/gongshu-2022?with=hangzhou-2024"),
    ],
    "ready": [
        Visit("/"), Visit("/tasks"), Visit("/registration"), Visit("/registration/{ready_home}/certificate"),
        Visit("/known", unfold), Visit("/known/{known}/object", press), Visit("/tip", press),
    ],
    "waiting": [Visit("/applications/{waiting}"), Visit("/applications/{waiting}/mend")],
    "missing": [Visit("/apply/place"), Visit("/messages")],
    "arrived": [Visit("/register/place"), Visit("/registration")],
    "supplement": [
        Visit("/applications/{supplement}"), Visit("/applications/{supplement}/notice"),
        Visit("/applications/{supplement}/supplement"),
    ],
    "refused": [Visit("/applications/{refused}/refusal")],
    "holder": [
        Visit("/permit", with_password), Visit("/applications/{holder}/receipt"), Visit("/who-used"),
        Visit("/permit/versions", with_password), Visit("/permit/correct", press),
        Visit("/permit/correct?field=residence_address", press), Visit("/known/objections/{objection}"),
    ],
    "suspended": [Visit("/permit", with_password)],
    "window": [Visit("/permit/endorse"), Visit("/permit/corrections/{correction}")],
    "guardian": [Visit("/rights/{fraud}", press)],
    "P1001": [
        Visit("/counter/"), Visit("/counter/cases/{waiting}"), Visit("/counter/cases/{waiting}/supplement"),
        Visit("/counter/cases/{waiting}", unfold), Visit("/counter/cases/{apart}", unfold),
        Visit("/counter/cases/{waiting}/hand-over", press), Visit("/counter/cases/{waiting}/mend"),
        Visit("/counter/cases/{waiting}/withdraw"), Visit("/counter/cases/{supplement}", unfold),
        Visit("/counter/cases/{supplement}/decline"), Visit("/counter/people/{window_home}", unfold),
        Visit("/counter/people/{moved_home}/death", press),
        Visit("/counter/people/{moved_home}/household", press),
        Visit("/counter/window", press), Visit("/counter/window/pending", press),
        Visit("/counter/window/receipts/{elder}"), Visit("/counter/after"),
        Visit("/counter/after?tab=corrections"), Visit("/counter/after?tab=tips"),
        Visit("/counter/after?tab=cases"), Visit("/counter/after/checks/{check}", press),
        Visit("/counter/after/corrections/{correction}"), Visit("/counter/after/tips/{tip}", press),
        Visit("/counter/after/tips/new", press), Visit("/counter/after/cases/{fraud}"),
        Visit("/counter/after/hints"), Visit("/counter/papers/slip/{window_permit}", to_agent),
        Visit("/counter/papers/slips/{slip}"), Visit("/counter/absences", press),
        Visit("/counter/relations", press),
    ],
    "P1002": [
        Visit("/counter/cases/{paused}", unfold), Visit("/counter/cases/{paused}/resume"),
        Visit("/counter/cases/{mother}/pause", press),
    ],
    "P1003": [
        Visit("/counter/cases/{mother}", unfold), Visit("/counter/cases/{mother}/assign", press),
        Visit("/counter/cases/{mother}/take-back"), Visit("/counter/cases/{mother}/end", press),
        Visit("/counter/cases/{mother}/readers"), Visit("/counter/cases/{refused}", unfold),
        Visit("/counter/cases/{refused}/remedies", press),
        Visit("/counter/cases/{refused}/remedies/{remedy}"), Visit("/counter/cases/{refused}/reopen", press),
        Visit("/counter/after/draw"), Visit("/counter/after/cases/{fraud}", press),
    ],
    "S3001": [Visit("/counter/registrations"), Visit("/counter/departments/give/safety_inspection")],
    "D4001": [
        Visit("/counter/attested"), Visit("/counter/departments/give"),
        Visit("/counter/departments/give/insurance", empty_preview),
        Visit("/counter/departments/sheets/insurance/upload", press),
        Visit("/counter/departments/sheets/{sheet}", unfold), Visit("/counter/attested/{word}/replace"),
        Visit("/counter/attested/{word}/withdraw"), Visit("/counter/departments/objections"),
        Visit("/counter/departments/objections/{objection}?as=uphold", press),
    ],
    "A5001": [Visit("/counter/audit"), Visit("/counter/cases/{mother}/readers")],
    "M9001": [Visit("/counter/colleagues"), Visit("/counter/colleagues/P1001", press)],
}  # fmt: skip

AT_THE_WINDOW = "looked at in test_window, which needs somebody to stand there"
PDF = "a paper as PDF"
NOT_VISITED = {
    **dict.fromkeys(
        (
            "counter:window_person",
            "counter:window_prove",
            "counter:window_agent",
            "counter:window_register",
            "counter:window_move",
            "counter:window_workplace",
            "counter:window_leave",
            "counter:window_certificate",
            "counter:window_apply",
            "counter:window_declaration",
            "counter:window_form",
            "counter:window_materials",
            "counter:window_confirm",
            "counter:window_supplement",
            "counter:window_endorse",
            "counter:mend_paper",
        ),
        AT_THE_WINDOW,
    ),
    **dict.fromkeys(
        (
            "counter:paper",
            "counter:permit_paper",
            "counter:slip_pdf",
            "portal:paper",
            "portal:permit_paper",
        ),
        PDF,
    ),
    "counter:window_receive": "takes a form and leads to who was received",
    "counter:extend": "takes a form and leads to the case",
    "counter:end_absence": "takes a form and leads to the absences",
    "counter:withdraw_relation": "takes a form and leads to the relations",
    "counter:slip_mandate": "a paper's bytes",
    "counter:sheet_mend": "takes a form and leads to the sheet",
    "counter:sheet_file": "takes a form and leads to the sheet",
    "counter:sheet_discard": "takes a form and leads to where words are given",
    "counter:sheet_back": "a sheet's bytes",
    "counter:sheet_template": "a sheet's bytes",
    "portal:apply_switch": "takes a form and leads to the confirm page",
    "portal:switch": "takes a form and leads to the application",
    "portal:ask_person": "takes a form and leads to the application",
    "portal:sign_out": "takes a form and leads to the first page",
    "portal:file": "a paper's bytes",
    "portal:permit_code": "a part of the permit's page",
    "counter:judge": "takes a form and leads to the case",
    "counter:audit_verify": "takes a form; what it says is seen on the trail",
    "demo:be": "takes a form and leads to the first page",
    "demo:face": "a picture",
    "face:text_size": "takes a form and leads back",
    "face:language": "takes a form and leads back",
    "face:keys": "takes a form and leads back",
}

FACTS = """
import json
from juzhu.people.models import Account, Message
from juzhu.permits.models import Application
from juzhu.registration.models import Registration
known = {}
for key, phone in json.loads('%s').items():
    person = Account.objects.get(login=phone).person
    case = Application.objects.filter(person=person).order_by("-pk").first()
    home = Registration.objects.filter(person=person).order_by("-pk").first()
    known[key] = case.number if case else ""
    known[key + "_home"] = home.number if home else ""
    message = Message.objects.filter(person=person).order_by("-pk").first()
    known[key + "_message"] = str(message.pk) if message else ""
    permit = person.permits.order_by("-pk").first()
    known[key + "_permit"] = permit.number if permit else ""
crowd = Application.objects.filter(person__account__login__startswith="160000020").order_by("pk")
north = crowd.filter(person__registrations__subdistrict="330105005")
known["apart"] = crowd.get(person__account__login="16000002000").number
known["paused"] = north.filter(state="accepted", kind="first").last().number
known["asked"] = north.filter(state="supplement_requested").first().number
print(json.dumps(known))
"""


def known_numbers(service: Service) -> dict[str, str]:
    """The numbers that stand for `{…}` in addresses."""
    phones = json.dumps({one.key: one.phone for one in CHARACTERS})
    said = service.juzhu("manage", "shell", "-v", "0", "-c", FACTS % phones)
    known: dict[str, str] = json.loads(said.strip().splitlines()[-1])
    return known
