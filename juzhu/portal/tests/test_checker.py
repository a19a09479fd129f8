"""The checker's page as the service gives it: what a device takes along, and the answer to a posted text."""

from __future__ import annotations

import gzip
import json
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from juzhu.credentials import checks, queries
from juzhu.credentials.addresses import TRUST_LIST
from juzhu.credentials.tests.registered import published
from juzhu.credentials.verify import Trust
from juzhu.credentials.verify.encoding import base45, from_base45
from juzhu.design import shell
from juzhu.operations import clock
from juzhu.permits.models import Permit
from juzhu.permits.tests import factories as make
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, stranger, words
from juzhu.portal.views import checker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


@pytest.fixture
def code() -> str:
    """The offline code of a permit that works, and all that is published about it."""
    return queries.offline_code(published(make.eligible_account()))


def test_the_page_takes_along_the_root_key_and_where_the_lists_are(code):
    page = unescape(html(stranger().get("/verify")))
    root = page.split('data-root="')[1].split('" data-')[0]
    served = stranger().get(TRUST_LIST).content.decode()
    assert Trust.read(served, json.loads(root)).current(int(clock.now().timestamp()))
    assert f'data-trust="{TRUST_LIST}"' in page
    assert f'data-lists="{" ".join(queries.status_paths())}"' in page
    assert queries.status_paths() != []
    assert page.count("<template data-outcome") == 7


def test_the_page_stands_before_anything_is_published():
    page = stranger().get("/verify")
    assert page.status_code == 200
    assert "还没有" in words(page)


def test_the_worker_speaks_for_the_page_and_keeps_its_files_alone():
    worker = stranger().get("/verify/worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert worker["Service-Worker-Allowed"] == "/verify"
    text = worker.content.decode().replace("\\u002D", "-")
    for path in ("/verify", "credentials/verify.js", "vendor/qr/decode.js", "vendor/qr/index.js"):
        assert path in text


def test_the_page_loads_little_even_with_the_decoder():
    names = (*shell.EVERYWHERE, *checker.FILES, *checker.IMPORTED)
    found = [Path(finders.find(name)).read_bytes() for name in names]
    assert sum(len(gzip.compress(each)) for each in found) <= 150_000


@pytest.mark.parametrize(
    ("day", "kind", "says"),
    [
        (date(2026, 3, 10), "valid", "姓名要一样"),
        (date(2027, 3, 20), "suspended", "补办以后恢复"),
    ],
)
def test_a_posted_code_is_answered_from_the_register(code, on_day, day, kind, says):
    on_day(day)
    page = stranger().post("/verify", {"text": f" {code}\n"})
    assert page.headers["Cache-Control"] == "no-store, max-age=0"
    assert f"o-{kind}" in html(page)
    assert says in words(page)
    assert Permit.objects.get().person.name in html(page)
    assert "刚才向登记册核对过" in words(page)


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("付款码", "not_a_permit", "付款码"),
        ("JZ1:ABC_", "unreadable", "从头复制"),
    ],
)
def test_what_is_no_code_has_its_answer_too(code, text, kind, says):
    page = stranger().post("/verify", {"text": text})
    assert f"o-{kind}" in html(page)
    assert says in words(page)
    assert (html(page).count("<h1"), primary_buttons(page)) == (1, 1)


def test_an_altered_code_is_forged_and_says_nothing_of_anybody(code):
    signed = bytearray(from_base45(code.removeprefix("JZ1:")))
    signed[-1] ^= 1
    page = stranger().post("/verify", {"text": "JZ1:" + base45(bytes(signed))})
    assert "o-forged" in html(page)
    assert Permit.objects.get().person.name not in html(page)


def test_a_live_code_leads_to_its_own_page(code):
    live = checks.show(Permit.objects.get(), clock.now())
    for text in (live, f"http://testserver/v/{live}"):
        assert stranger().post("/verify", {"text": text}).headers["Location"] == f"/v/{live}"


def test_nothing_posted_is_asked_for_again(code):
    page = stranger().post("/verify", {"text": " "})
    assert "请粘贴码里的文字" in words(page)
    assert "<title>错误：" in html(page)


def test_the_answer_is_english_in_english(code):
    client = stranger()
    client.cookies["django_language"] = "en"
    page = client.post("/verify", {"text": code})
    assert "Valid" in words(page)
    assert chinese_left(page) == []
