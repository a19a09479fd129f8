"""What every page needs to know: whose service it is, where its main places are, how large the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.core.signals import setting_changed
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import gettext as _

from juzhu.design.formats import Language, chosen, language

TEXT_SIZES = ("normal", "lg", "xl")
TEXT_SIZE_COOKIE = "text_size"
KEYS_COOKIE = "keys"

# Used where settings.JUZHU_DISTRICT is silent. A value is one string or {"zh": …, "en": …}.
DISTRICT: dict[str, Any] = {
    "code": "330105",
    "name": {"zh": "拱墅区", "en": "Gongshu District"},
    "city": {"zh": "杭州市", "en": "Hangzhou"},
    "service": {"zh": "拱墅居住", "en": "Gongshu Residence"},
    "tagline": {"zh": "居住登记与居住证", "en": "Registration and permits"},
    "authority": {"zh": "杭州市公安局拱墅区分局", "en": "Gongshu Branch, Hangzhou Public Security Bureau"},
    "permit": {"zh": "浙江省居住证", "en": "Zhejiang Residence Permit"},
    "phone": "0571-0000 0000",
}

# Where the frames' links lead: named routes of the rooms above, replaced by settings.JUZHU_PLACES. A place
# whose route is not mounted is left out of the page, so that a room can be built before its neighbours.
PLACES: dict[str, str] = {
    "progress": "portal:home",
    "tasks": "portal:tasks",
    "permit": "portal:permit",
    "messages": "portal:messages",
    "counters": "portal:counters",
    "rules": "portal:rules",
    "who_used": "portal:who_used",
    "known": "portal:known",
    "account": "portal:account",
    "accessibility": "portal:accessibility",
    "sign_in": "portal:sign_in",
    "sign_out": "portal:sign_out",
    "counter": "counter:home",
    "search": "counter:search",
}


@dataclass(frozen=True)
class DockItem:
    """One of the four main places. `key` is what a page puts into `nav`."""

    key: str
    url: str
    label: str
    short: str
    icon: str


def district(lang: Language) -> dict[str, str]:
    """The district's names and contacts in one language."""
    configured: Mapping[str, Any] = getattr(settings, "JUZHU_DISTRICT", {})
    return {key: str(chosen(value, lang)) for key, value in {**DISTRICT, **configured}.items()}


def places() -> dict[str, str]:
    """Address of every place that is mounted."""
    found = {}
    for key, route in {**PLACES, **getattr(settings, "JUZHU_PLACES", {})}.items():
        try:
            found[key] = reverse(route)
        except NoReverseMatch:
            continue
    return found


def dock(where: Mapping[str, str]) -> list[DockItem]:
    items = (
        ("progress", _("我的进度"), _("进度"), "route"),
        ("tasks", _("办事"), _("办事"), "list-check"),
        ("permit", _("我的证照"), _("证照"), "id"),
        ("messages", _("消息"), _("消息"), "message"),
    )
    return [
        DockItem(key, where[key], label, short, icon) for key, label, short, icon in items if key in where
    ]


def text_size(request: HttpRequest) -> str:
    """`normal`, `lg` (125 %) or `xl` (150 %); anything else in the cookie counts as normal."""
    wanted = request.COOKIES.get(TEXT_SIZE_COOKIE, "")
    return wanted if wanted in TEXT_SIZES else "normal"


class Surroundings(NamedTuple):
    """All that the frame's words and addresses depend on."""

    lang: Language
    script_prefix: str
    urlconf: str


def surroundings() -> Surroundings:
    """Those of the present request."""
    return Surroundings(language(), get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF)


@lru_cache(maxsize=16)
def words(around: Surroundings) -> Mapping[str, Any]:
    """The frame's words and addresses, resolved once; `around` are the present surroundings."""
    where = places()
    return {
        "district": district(around.lang),
        "places": where,
        "dock": dock(where),
        "lang": around.lang,
        "html_lang": "en" if around.lang == "en" else "zh-CN",
    }


def face(request: HttpRequest) -> dict[str, Any]:
    """Context processor of all pages."""
    around = surroundings()
    return {
        **words(around),
        "surroundings": around,
        "text_size": text_size(request),
        "keys_off": request.COOKIES.get(KEYS_COOKIE) == "off",
        "here": request.get_full_path() if request.method in ("GET", "HEAD") else request.path,
    }


def forget(**_changed: object) -> None:
    """Settings change in tests alone."""
    words.cache_clear()


setting_changed.connect(forget)
