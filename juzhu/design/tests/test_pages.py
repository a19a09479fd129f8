"""Frames, preferences, and what no page may have."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client

from juzhu.design import catalogues

PACKAGE = catalogues.PACKAGE
STATIC = PACKAGE / "design" / "static"
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
LIMIT = 150_000


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_template_has_inline_style_or_script(template: Path):
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text), (
        "style= is refused by the CSP: use a class or an SVG attribute"
    )
    assert not re.search(r"<style[\s>]", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "inline script is refused by the CSP"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "no event attributes"
    assert "hx-on" not in text
    assert not re.search(r"(src|href)=\"(https?:)?//", text), "pages load nothing from another host"


EVERYWHERE = (
    "vendor/bootstrap/bootstrap.min.css",
    "juzhu/juzhu.css",
    "vendor/htmx/htmx.min.js",
    "juzhu/juzhu.js",
    "juzhu/icons.svg",
)
CHARTS = ("vendor/chart.js/chart.umd.min.js", "juzhu/charts.js")


@pytest.mark.parametrize("loaded", [EVERYWHERE, (*EVERYWHERE, *CHARTS)])
def test_a_page_loads_little_with_charts_too(loaded: tuple[str, ...]):
    assert sum(len(gzip.compress((STATIC / name).read_bytes())) for name in loaded) <= LIMIT


def test_vendored_files_ask_for_nothing_more_and_keep_their_licences():
    for path in STATIC.rglob("*.min.*"):
        assert b"sourceMappingURL" not in path.read_bytes()
        assert (path.parent / "LICENSE").exists()


def test_every_icon_that_a_page_asks_for_is_in_the_sprite():
    sprite = set(
        re.findall(r'<symbol id="([^"]+)"', (STATIC / "juzhu" / "icons.svg").read_text(encoding="utf-8"))
    )
    asked = {
        (path.name, name)
        for path in TEMPLATES
        for name in re.findall(r'\{%\s*icon "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert {(place, name) for place, name in asked if name not in sprite} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("shape", ["citizen", "public", "officer", "403", "404", "500", "session_over"])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_every_frame_stands_in_both_languages(client: Client, shape: str, lang: str):
    client.cookies["django_language"] = lang
    html = client.get("/face/guide/", {"shape": shape}).content.decode()
    assert f'<html lang="{"en" if lang == "en" else "zh-CN"}"' in html
    assert html.count("<h1") == 1
    assert html.index('class="skip"') < html.index("<header") < html.index('<main id="main"')


@pytest.mark.django_db
def test_the_title_of_a_page_with_errors_begins_with_the_error(client: Client):
    assert "<title>错误：" in client.get("/face/guide/", {"bad": "1"}).content.decode()


@pytest.mark.django_db
def test_large_text_is_kept_and_leads_back(client: Client):
    answer = client.post("/face/text-size/", {"size": "xl", "next": "/face/guide/?shape=public"})
    assert answer.headers["Location"] == "/face/guide/?shape=public"
    assert 'class="text-xl"' in client.get("/face/guide/").content.decode()


@pytest.mark.django_db
def test_the_language_is_switched_by_post_alone(client: Client):
    assert client.get("/face/language/", {"language": "en"}).status_code == 405
    client.post("/face/language/", {"language": "en", "next": "/"})
    assert '<html lang="en"' in client.get("/face/guide/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_nobody_is_led_to_another_host(client: Client, elsewhere: str):
    assert client.post("/face/language/", {"language": "en", "next": elsewhere}).headers["Location"] == "/"


@pytest.mark.django_db
def test_unknown_choices_change_nothing(client: Client):
    assert not client.post("/face/text-size/", {"size": '"><b>'}).cookies
    assert not client.post("/face/language/", {"language": "xx"}).cookies
    assert not client.post("/face/keys/", {"keys": "perhaps"}).cookies


@pytest.mark.django_db
def test_the_switches_want_the_token_of_our_pages():
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/face/text-size/", {"size": "xl"}).status_code == 403
