"""What is kept of the frame is nobody's own: two people, two pages, two tokens, one rendering."""

import re

import pytest
from django.template import Context, Template
from django.test import Client, override_settings
from django.utils import translation

from juzhu.design import kept
from juzhu.design.context import surroundings
from juzhu.permits.tests import factories as make

TOOLS = '{% kept "design/tools.html" text_size="normal" %}'


def drawn(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_the_token_and_the_address_are_filled_in_each_time():
    first = drawn(TOOLS, csrf_token="aaa", here="/tasks?for=1")
    second = drawn(TOOLS, csrf_token="bbb", here="/?q=<script>")
    assert set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', first)) == {"aaa"}
    assert set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', second)) == {"bbb"}
    assert 'value="/tasks?for=1"' in first
    assert 'value="/?q=&lt;script&gt;"' in second
    assert kept.TOKEN not in first + second
    assert kept.HERE not in first + second


def test_a_piece_sees_what_its_tag_names_and_nothing_else():
    page = {"user": "周晓芸", "nav": "permit", "csrf_token": "aaa"}
    assert 'aria-current="page"' not in drawn('{% kept "design/dock.html" %}', **page)
    assert drawn('{% kept "design/dock.html" nav=nav %}', **page).count('aria-current="page"') == 1


def test_a_piece_is_kept_for_each_language_and_each_set_of_values():
    kept.parts.cache_clear()
    signed_in = [drawn('{% kept "design/foot.html" signed_in=yes %}', yes=yes) for yes in (True, False, True)]
    assert signed_in[0] == signed_in[2] != signed_in[1]
    with translation.override("en"):
        assert drawn('{% kept "design/foot.html" signed_in=True %}') != signed_in[0]
    assert kept.parts.cache_info().misses == 3


def test_safe_html_and_the_same_text_are_not_taken_for_each_other():
    named = (("nav", "x", str),)
    kept.parts("design/dock.html", surroundings(), named, asked=False)
    before = kept.parts.cache_info().misses
    kept.parts("design/dock.html", surroundings(), (("nav", "x", bytes),), asked=False)
    assert kept.parts.cache_info().misses == before + 1


def test_other_settings_and_unfinished_templates_are_rendered_anew():
    foot = '{% kept "design/foot.html" %}'
    assert "0000" in drawn(foot)
    with override_settings(JUZHU_DISTRICT={"phone": "12345"}):
        assert "12345" in drawn(foot)
    assert "12345" not in drawn(foot)
    with override_settings(DEBUG=True):
        before = kept.parts.cache_info()
        drawn(foot)
        assert kept.parts.cache_info() == before


@pytest.mark.django_db
def test_two_people_get_their_own_tokens():
    pages = []
    for name in ("周晓芸", "李建国"):
        client = Client()
        client.force_login(make.make_account(name), backend="juzhu.people.backends.Accounts")
        pages.append(client.get("/messages").content.decode())
    tokens = [set(re.findall(r'csrfmiddlewaretoken" value="(\w{64})"', page)) for page in pages]
    assert [len(found) for found in tokens] == [1, 1]
    assert tokens[0] != tokens[1]
