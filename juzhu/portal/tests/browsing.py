"""How tests sign in and read pages."""

from __future__ import annotations

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client

from juzhu.people.models import Account

BACKEND = "juzhu.people.backends.Accounts"
CHINESE = re.compile(r"[一-鿿]+")


def signed_in(account: Account, language: str = "zh-hans") -> Client:
    """A browser in which somebody is signed in."""
    client = Client(headers={"accept-language": language})
    client.force_login(account, BACKEND)
    return client


def stranger(language: str = "zh-hans") -> Client:
    """A browser in which nobody is signed in."""
    return Client(headers={"accept-language": language})


def html(response: HttpResponse) -> str:
    """The page's source."""
    return response.content.decode()


def words(response: HttpResponse) -> str:
    """What stands in `main`, without markup, without seals and what is marked as Chinese, such as names."""
    body = re.search(r"<main.*?</main>", html(response), re.S)
    assert body, "a page without main"
    text = re.sub(r"<(\w+)[^>]*lang=\"zh-CN\"[^>]*>.*?</\1>", " ", body.group(), flags=re.S)
    text = re.sub(r"<text class=\"seal-text\".*?</text>", " ", text, flags=re.S)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def chinese_left(response: HttpResponse) -> list[str]:
    """Chinese on an English page, terms in brackets excepted: `residence permit (居住证)`."""
    text = re.sub(r"[(（][一-鿿·]+[)）]", " ", words(response))
    return CHINESE.findall(text)


def primary_buttons(response: HttpResponse) -> int:
    """How many primary buttons `main` has."""
    body = re.search(r"<main.*?</main>", html(response), re.S)
    assert body
    return len(re.findall(r"class=\"[^\"]*\bbtn-primary\b", body.group()))
