"""A checker's phone: scanned, photographed or pasted, with reception and without."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import segno
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from juzhu.credentials import publishing, queries
from juzhu.credentials.addresses import TRUST_LIST
from juzhu.credentials.tests import world
from juzhu.credentials.verify.days import end_of
from tests.browser import published
from tests.browser.conftest import DESK, FLAGS, PHONE, chromium
from tests.browser.test_every_page import NOT_ENGLISH, TOO_WIDE, violations

pytestmark = pytest.mark.browser
PATH = "/status/3"
OUTCOMES = {
    "valid": (world.code(), "有效", "请看持证人的身份证"),
    "suspended": (world.code(world.SUSPENDED), "功能中止", "补办以后恢复"),
    "terminated": (world.code(world.TERMINATED), "已终止", "不会再恢复"),
    "stale": (world.code(world.SUPERSEDED), "已过时", "后来换过新的一份"),
    "forged": (world.code(signer=world.STRANGER), "伪造或被改", "签名的不是名单上的发证机关"),
    "not_a_permit": ("https://pay.example/一百元", "不是居住证码", "付款码"),
    "unreadable": (world.code()[:-30], "读不出来", "从头复制到最后一个字符"),
}


KEPT = """async () => {
    const texts = [JSON.stringify({ ...localStorage, ...sessionStorage }), document.cookie];
    for (const name of await caches.keys()) {
        const cache = await caches.open(name), requests = await cache.keys();
        for (const request of requests) texts.push(request.url, await (await cache.match(request)).text());
    }
    return [texts.join('\\n'), (await indexedDB.databases()).length];
}"""
"""All that the browser keeps of the page, as text, and how many databases."""


class Silent(WSGIRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The service with what it publishes in memory; it has no database at all."""
    with override_settings(ROOT_URLCONF="tests.browser.published"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "root_jwk", world.ROOT.public_jwk)
        patch.setattr(queries, "status_paths", lambda: [PATH])
        server = ThreadedWSGIServer(("127.0.0.1", 0), Silent)
        server.daemon_threads = True
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(autouse=True)
def lists() -> dict[str, str]:
    """What is published: the trust list of yesterday, the status list of an hour ago."""
    published.FILES.clear()
    published.FILES.update({TRUST_LIST: world.trust(), PATH: world.listed()})
    return published.FILES


def at(page: Page, seconds: int) -> None:
    """Set the device's clock."""
    page.clock.set_fixed_time(datetime.fromtimestamp(seconds, UTC))


def visit(page: Page, site: str, seconds: int = world.NOW, lang: str = "") -> None:
    """Open the page on a device whose clock says so, and wait until it is there."""
    at(page, seconds)
    if lang:
        page.context.add_cookies([{"name": "django_language", "value": lang, "url": site}])
    page.goto(f"{site}/verify")
    page.locator('#checker[data-state="ready"]').wait_for()


def paste(page: Page, text: str) -> None:
    page.locator("#id_text").fill(text)
    page.locator("#by-text [data-device]").click()


def answered(page: Page, outcome: str) -> None:
    """One plate, of this outcome, which has the focus."""
    expect(page.locator("#outcome .outcome")).to_have_count(1)
    expect(page.locator(f"#outcome .o-{outcome} .verdict")).to_be_focused()


def looked_at(page: Page, name: str) -> None:
    """Keep pictures of both sizes, when somebody wants to look at them: `JUZHU_PICTURES` is a folder."""
    if folder := os.environ.get("JUZHU_PICTURES"):
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            page.screenshot(path=f"{folder}/checker-{name}-{size['width']}.png", full_page=True)


def each_answer(page: Page) -> Iterator[str]:
    """Bring about one outcome after the other."""
    for outcome, (text, _title, _advice) in OUTCOMES.items():
        paste(page, text)
        answered(page, outcome)
        yield outcome
        page.locator("#again").click()
        expect(page.locator("#scan")).to_be_focused()


def test_each_outcome_has_its_answer(site: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    visit(page, site)
    looked_at(page, "ask")
    found = {"ask": violations(page) + page.evaluate(TOO_WIDE)}
    for outcome in each_answer(page):
        _text, title, advice = OUTCOMES[outcome]
        expect(page.locator("#outcome .verdict")).to_have_text(title)
        expect(page.locator("#outcome .rest")).to_contain_text(advice)
        looked_at(page, outcome)
        found[outcome] = violations(page) + page.evaluate(TOO_WIDE)
    assert {name: one for name, one in found.items() if one} == {}


def test_each_answer_is_english_in_english(site: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    visit(page, site, lang="en")
    looked_at(page, "ask-en")
    found = {"ask": page.evaluate(NOT_ENGLISH) + page.evaluate(TOO_WIDE)}
    for outcome in each_answer(page):
        looked_at(page, f"{outcome}-en")
        found[outcome] = page.evaluate(NOT_ENGLISH) + page.evaluate(TOO_WIDE)
    assert {name: one for name, one in found.items() if one} == {}


def test_it_says_what_the_document_says_and_of_when_the_list_is(
    site: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    visit(page, site)
    expect(page.locator("#lists")).to_contain_text("状态名单是 2026-03-10 11:00 的，用到 2026-03-11 00:00")
    paste(page, world.code())
    said = page.locator("#outcome [data-said]")
    for text in ("周小芸", "33010526000172", "杭州市拱墅区", "2026-03-09", "2027-03-08"):
        expect(said).to_contain_text(text)
    expect(page.locator("#outcome [data-as-of]")).to_contain_text("2026-03-10 11:00")
    page.locator("#again").click()
    paste(page, world.shown("lives_in", "age_over_18", *(f"residence_years_ge_{n}" for n in range(1, 5))))
    answered(page, "valid")
    expect(said.locator("div:visible > dt")).to_have_text(["居住在", "居住时间", "满 18 周岁"])
    expect(said.locator("div:visible > dd")).to_have_text(["杭州市", "满 3 年", "是"])
    expect(page.locator("#outcome .rest")).not_to_contain_text("姓名要一样")
    page.locator("#again").click()
    paste(page, world.code(signer=world.STRANGER))
    expect(page.locator("#outcome .o-forged")).not_to_contain_text("周小芸")


def test_without_reception_it_goes_on_until_midnight(
    site: str, open_page: Callable[..., Page], lists: dict[str, str]
) -> None:
    page = open_page()
    visit(page, site)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    visit(page, site)
    page.context.set_offline(True)
    visit(page, site)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    for outcome in ("valid", "suspended", "forged"):
        paste(page, OUTCOMES[outcome][0])
        answered(page, outcome)
        page.locator("#again").click()
    assert sent == []
    paste(page, f"{site}/v/{'A' * 36}")
    expect(page.locator("#trouble")).to_contain_text("要连网才能核验")
    at(page, end_of(world.TODAY))
    paste(page, OUTCOMES["valid"][0])
    answered(page, "stale")
    expect(page.locator("#outcome .rest")).to_contain_text("没有今天的状态名单")
    page.locator("#again").click()
    expect(page.locator("#lists")).to_contain_text("状态名单已经过时")
    page.context.set_offline(False)
    lists[PATH] = world.listed(issued_at=end_of(world.TODAY))
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#lists")).to_contain_text("状态名单是 2026-03-11 00:00 的")
    paste(page, OUTCOMES["valid"][0])
    answered(page, "valid")


def test_a_list_that_is_worse_than_the_kept_one_is_not_taken(
    site: str, open_page: Callable[..., Page], lists: dict[str, str]
) -> None:
    page = open_page()
    visit(page, site)
    lists[TRUST_LIST] = "<p>Wi-Fi</p>"
    for worse in (
        world.nothing_listed(issued_at=world.NOW - 7200),
        world.nothing_listed(world.STRANGER, issued_at=world.NOW - 60),
        "<p>Wi-Fi</p>",
    ):
        lists[PATH] = worse
        paste(page, OUTCOMES["suspended"][0])
        answered(page, "suspended")
        page.locator("#again").click()
    lists[PATH] = world.nothing_listed(issued_at=world.NOW - 60)
    paste(page, OUTCOMES["suspended"][0])
    answered(page, "valid")


def test_nothing_of_what_was_checked_leaves_the_page_or_stays(
    site: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    visit(page, site)
    sent: list[tuple[str, str | None]] = []
    page.on("request", lambda request: sent.append((request.url, request.post_data)))
    paste(page, world.document())
    answered(page, "valid")
    expect(page.locator("#id_text")).to_have_value("")
    page.wait_for_load_state("networkidle")
    assert {url for url, _ in sent} <= {f"{site}{TRUST_LIST}", f"{site}{PATH}"}
    assert {body for _, body in sent} == {None}
    kept, databases = page.evaluate(KEPT)
    assert "周小芸" not in kept
    assert "33010526000172" not in kept
    assert databases == 0


def picture(folder: Path, text: str) -> Path:
    """A photograph of a code: as dense as ours, small in a large picture."""
    target = folder / "code.png"
    segno.make(text, error="m", micro=False).save(target, scale=4, border=40)
    return target


def test_a_photograph_is_read(site: str, open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page()
    visit(page, site)
    page.locator("#picture").set_input_files(
        picture(tmp_path, world.code(name="阿卜杜热合曼·阿卜杜外力·买买提江"))
    )
    answered(page, "valid")
    expect(page.locator("#outcome")).to_contain_text("阿卜杜热合曼·阿卜杜外力·买买提江")
    page.locator("#again").click()
    blank = tmp_path / "blank.png"
    segno.make("1", micro=True).save(blank, scale=1, dark="white")
    page.locator("#picture").set_input_files(blank)
    answered(page, "unreadable")
    expect(page.locator("#outcome .rest")).to_contain_text("这张图里没有找到二维码")
    page.locator("#again").click()
    broken = tmp_path / "IMG_2041.HEIC"
    broken.write_bytes(b"no picture")
    page.locator("#picture").set_input_files(broken)
    expect(page.locator("#trouble")).to_have_text("“IMG_2041.HEIC”打不开。请换成 JPG 或 PNG。")


def film(folder: Path, text: str) -> Path:
    """What a camera sees that is held at a code: a few frames of 640 × 480."""
    seen = Image.new("L", (640, 480), 255)
    with Image.open(picture(folder, text)) as code:
        code = code.convert("L")
        seen.paste(code.resize((560, 560)).crop((40, 40, 520, 520)), (80, 0))
    frame = b"FRAME\n" + seen.tobytes() + b"\x80" * (640 * 480 // 2)
    target = folder / "camera.y4m"
    target.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + 5 * frame)
    return target


def test_the_camera_sees_a_code(site: str, browser: Browser, tmp_path: Path) -> None:
    seen = film(tmp_path, OUTCOMES["terminated"][0])
    faked = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    path = os.environ.get("JUZHU_CHROMIUM") or chromium()
    phone = browser.browser_type.launch(
        executable_path=path, args=[*FLAGS, *faked, f"--use-file-for-fake-video-capture={seen}"]
    )
    page = phone.new_page(viewport=PHONE, locale="zh-CN")
    visit(page, site)
    page.locator("#scan").click()
    answered(page, "terminated")
    expect(page.locator("#finder")).to_be_hidden()
    assert page.locator("video").evaluate("video => video.srcObject") is None
    phone.close()


def test_a_live_code_leads_to_the_service(site: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    visit(page, site)
    code = "A" * 36
    page.route(f"**/v/{code}", lambda route: route.fulfill(body="<h1>live</h1>", content_type="text/html"))
    paste(page, f"{site}/v/{code}")
    expect(page).to_have_url(f"{site}/v/{code}")
    expect(page.locator("h1")).to_have_text("live")


def test_a_link_to_another_host_leads_nowhere(site: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    visit(page, site)
    for link in (
        f"{site.replace('.', 'x', 1)}/v/{'A' * 36}",
        f"{site}.example/v/{'A' * 36}",
        f"{site}/v/a?b",
    ):
        paste(page, link)
        answered(page, "not_a_permit")
        assert page.url == f"{site}/verify"
        page.locator("#again").click()


def test_an_empty_text_is_asked_for_again(site: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    visit(page, site)
    paste(page, " ")
    expect(page.locator("#blank")).to_be_visible()
    expect(page.locator("#id_text")).to_be_focused()


def test_an_old_browser_is_told_and_keeps_the_form(site: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(f"{site}/verify")
    expect(page.locator("#old")).to_contain_text("这个浏览器太旧")
    expect(page.locator("#scan")).to_be_hidden()
    assert not violations(page)
    answer = {"body": "<h1>answer</h1>", "content_type": "text/html"}
    page.route("**/verify", lambda route: route.fulfill(**answer))
    page.locator("#id_text").fill("JZ1:")
    with page.expect_request(lambda request: request.method == "POST") as asked:
        page.get_by_role("button", name="在线核验").click()
    assert "text=JZ1%3A" in (asked.value.post_data or "")
