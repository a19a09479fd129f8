"""Every page, as each person of the demo finds it: axe finds nothing, nothing scrolls sideways.

A new route without a visit (see `visits`) or a reason (see `unvisited`) fails here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser import letting
from tests.browser.conftest import DESK, PHONE, Service
from tests.browser.english_visits import ENGLISH
from tests.browser.numbers import known_numbers
from tests.browser.people import NOBODY, STAFF, enter
from tests.browser.presses import NO_PAGE, Visit
from tests.browser.unvisited import NOT_VISITED
from tests.browser.visits import VISITS

pytestmark = pytest.mark.browser
WCAG = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
}
TOO_WIDE = """() => {
    const root = document.documentElement, found = [];
    const measure = size => {
        const over = root.scrollWidth - root.clientWidth;
        if (over > 0) {
            const wide = [...document.querySelectorAll('body *')].filter(
                one => one.getBoundingClientRect().right > root.clientWidth + 1 && one.clientWidth);
            const names = wide.slice(-3).map(one => one.tagName + '.' + one.className);
            found.push(`${size}: ${over} px, ${names.join(' ')}`);
        }
    };
    const was = root.className;
    root.classList.remove('text-lg', 'text-xl');
    measure('100 %');
    root.classList.add('text-xl');
    measure('text-xl');
    root.classList.remove('text-xl');
    root.style.fontSize = '200%';
    measure('200 %');
    root.style.fontSize = '';
    root.className = was;
    return found;
}"""
AT_BOTH = frozenset({"employer", "landlord", "tenant", "renter"})
"""Who works with these pages at a desk as often as on a phone."""
LET_GO = (
    """() => document.querySelectorAll('.dock, .decide').forEach(bar => { bar.style.position = 'static' })"""
)
NOT_ENGLISH = """() => {
    const left = [];
    const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const text = walk.currentNode.data.replace(/\\([^()]*\\)/g, '').trim();
        if (/[\\u3000-\\u9fff]/.test(text) && !walk.currentNode.parentElement.closest('[lang="zh-CN"]'))
            left.push(text.slice(0, 60));
    }
    const glued = /[^.\\n]{0,20}[a-z)][.:?!][A-Z][^.\\n]{0,20}/g;  // sentences without a space between them
    return left.concat(document.querySelector('main').innerText.match(glued) || []);
}"""


@pytest.fixture(scope="module")
def known(demo: Service, browser: Browser) -> dict[str, str]:
    """The demo's numbers, and those of a letting that is made by hand before looking."""
    context = browser.new_context(viewport=DESK, locale="zh-CN", timezone_id="Asia/Shanghai")
    numbers = known_numbers(demo)
    numbers |= letting.lets(context.new_page(), demo.url)
    context.close()
    return numbers


def go(page: Page, base: str, who: str, visit: Visit, known: dict[str, str]) -> None:
    """Make a visit, and be sure that it led to a page that was meant."""
    page.goto(base + visit.path.format_map(known))
    if visit.do:
        visit.do(page)
    expect(page.locator("h1")).to_have_count(1)
    if visit.says:
        expect(page.locator("main")).to_contain_text(visit.says)
    elif who != NOBODY:
        assert "/sign-in" not in page.url, visit
        assert "没有这一页" not in page.title(), visit


def violations(page: Page) -> list[str]:
    """What axe finds, with the place and why.

    What sticks to the bottom is let go meanwhile: axe does not know that one can scroll what lies under it.
    """
    page.evaluate(LET_GO)
    found: list[dict[str, Any]] = Axe().run(page, options=WCAG).response["violations"]
    return [
        f"{one['id']}: {node['html'][:120]} – {node['failureSummary'][:160]}"
        for one in found
        for node in one["nodes"]
    ]


def keep_picture(page: Page) -> None:
    """Keep a picture of the page, when somebody wants to look at it: `JUZHU_PICTURES` is a folder."""
    folder, size = os.environ.get("JUZHU_PICTURES"), page.viewport_size
    if folder and size:
        width, lang = size["width"], page.locator("html").get_attribute("lang")
        name = "-".join(page.url.split("?for=")[0].split("/")[3:]).replace("?", "_") or "home"
        page.screenshot(path=f"{folder}/{name}-{lang}-{width}.png", full_page=True)


def faults_of(page: Page) -> list[str]:
    """What axe finds at the page's own size, and what scrolls sideways on a phone at three text sizes."""
    keep_picture(page)
    found = violations(page)
    size = page.viewport_size
    page.set_viewport_size(PHONE)
    keep_picture(page)
    found += page.evaluate(TOO_WIDE)
    if size and size != PHONE:
        page.set_viewport_size(size)
    return found


def faults_at_a_desk(page: Page) -> list[str]:
    """What axe finds when a page that was opened on a phone is looked at on a desk's screen."""
    page.set_viewport_size(DESK)
    keep_picture(page)
    found = violations(page)
    page.set_viewport_size(PHONE)
    return found


@pytest.mark.parametrize("who", VISITS)
def test_pages_are_accessible_and_fit(
    who: str, demo: Service, known: dict[str, str], open_page: Callable[..., Page]
):
    page = open_page(desk=who in STAFF)
    enter(page, demo.url, who)
    faults = {}
    for visit in VISITS[who]:
        go(page, demo.url, who, visit, known)
        found = faults_of(page)
        if who in AT_BOTH:
            found += faults_at_a_desk(page)
        if found:
            faults[f"{visit.path} {getattr(visit.do, '__name__', '')}"] = found
    assert not faults


CODES = """
from juzhu.credentials.checks import show
from juzhu.operations import clock
from juzhu.people.models import Account
from juzhu.permits.queries import current_permit
from datetime import timedelta
now = clock.now()
permits = [current_permit(Account.objects.get(login=login).person) for login in %s]
print(*[show(permit, now) for permit in permits], show(permits[0], now - timedelta(hours=1)))
"""


def test_what_a_stranger_sees_after_scanning(demo: Service, open_page: Callable[..., Page]):
    page = open_page()
    logins = ["16000001011", "16000001008"]
    codes = demo.juzhu("manage", "shell", "-v", "0", "-c", CODES % logins).split()
    for code, outcome in zip(codes, ("有效", "功能中止", "码已过期"), strict=True):
        page.goto(f"{demo.url}/v/{code}")
        expect(page.locator(".outcome")).to_contain_text(outcome)
        assert not faults_of(page)


@pytest.mark.parametrize("who", ENGLISH)
def test_english_pages_are_english(
    who: str, demo: Service, known: dict[str, str], open_page: Callable[..., Page]
):
    page = open_page(desk=who in STAFF)
    enter(page, demo.url, who)
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": demo.url}])
    faults = {}
    for visit in ENGLISH[who]:
        page.goto(demo.url + visit.path.format_map(known))
        if visit.do:
            visit.do(page)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        if found := page.evaluate(NOT_ENGLISH) + faults_of(page):
            faults[visit.path] = found
    assert not faults


ROUTES = """
import json
from django.urls import URLPattern, get_resolver, resolve
named = [
    f"{room.namespace}:{one.name}"
    for room in get_resolver().url_patterns
    if getattr(room, "namespace", "") in ("portal", "counter", "face", "demo", "reporting")
    for one in room.url_patterns if isinstance(one, URLPattern) and one.name
]
print(json.dumps([named, [resolve(one).view_name for one in json.loads('%s')]]))
"""


def test_every_route_is_visited_or_says_why_not(demo: Service, known: dict[str, str]):
    addresses = {visit.path.split("?")[0] for visits in VISITS.values() for visit in visits} - {NO_PAGE}
    told = demo.juzhu(
        "manage", "shell", "-v", "0", "-c", ROUTES % json.dumps([one.format_map(known) for one in addresses])
    )
    named, visited = json.loads(told.strip().splitlines()[-1])
    assert set(named) - set(visited) == set(NOT_VISITED)
