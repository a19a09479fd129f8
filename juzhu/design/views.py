"""Preferences that need no account: kept in a cookie, changed by POST, back to the page they came from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from juzhu.design.context import KEYS_COOKIE, TEXT_SIZE_COOKIE, TEXT_SIZES

YEAR = 365 * 24 * 3600


def back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page the button stood on; never to another host."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if safe else "/")


def remember(response: HttpResponseRedirect, cookie: str, value: str) -> HttpResponseRedirect:
    response.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


@require_POST
def set_text_size(request: HttpRequest) -> HttpResponseRedirect:
    """`size`: normal, lg or xl. An unknown size changes nothing."""
    size = request.POST.get("size", "")
    response = back(request)
    return remember(response, TEXT_SIZE_COOKIE, size) if size in TEXT_SIZES else response


@require_POST
def set_language(request: HttpRequest) -> HttpResponseRedirect:
    """`language`: one of settings.LANGUAGES. An unknown language changes nothing."""
    code = request.POST.get("language", "")
    response = back(request)
    known = code in dict(settings.LANGUAGES)
    return remember(response, settings.LANGUAGE_COOKIE_NAME, code) if known else response


@require_POST
def set_keys(request: HttpRequest) -> HttpResponseRedirect:
    """`keys`: on or off, for officers (WCAG 2.1.4: single-key shortcuts can be switched off)."""
    value = request.POST.get("keys", "")
    response = back(request)
    return remember(response, KEYS_COOKIE, value) if value in ("on", "off") else response
