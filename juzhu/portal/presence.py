"""本人核验: that the holder has proved, a moment ago, that it is they, and for what. Source: notice 2(2)3."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from juzhu.operations import clock
from juzhu.people.presence import passkeys
from juzhu.people.presence.ways import COVERS, configured, offered
from juzhu.portal.access import account_of

PROVED, TRIES = "presence_proved", "presence_tries"
GOOD_FOR = timedelta(minutes=10)
MOST_TRIES = 5


def required(request: HttpRequest, purpose: str) -> HttpResponse | None:
    """None when presence was proved for this purpose within the last ten minutes; else the way to where it is
    proved, and back to this page. Only for who is let in as a citizen.
    """
    return None if opened(request, purpose) else redirect(address(purpose, request.get_full_path()))


def address(purpose: str, following: str = "") -> str:
    """The page on which presence is proved for a purpose, and the page that follows it."""
    page = reverse("portal:permit_open") if purpose == "open" else reverse("portal:presence", args=[purpose])
    return f"{page}?{urlencode({'next': following})}" if following else page


def opened(request: HttpRequest, purpose: str = "open") -> bool:
    """Whether presence was proved within the last ten minutes. Signing out forgets it with the session."""
    return seconds_left(request, purpose) > 0


def seconds_left(request: HttpRequest, purpose: str = "open") -> int:
    """For how long a proof of this purpose, or of a graver one, is good."""
    now, proved = clock.now(), request.session.get(PROVED, {})
    ages = [now - datetime.fromisoformat(at) for by, at in proved.items() if purpose in COVERS[by]]
    left = [GOOD_FOR - age for age in ages if timedelta() <= age < GOOD_FOR]
    return int(max(left).total_seconds()) if left else 0


def open_now(request: HttpRequest, purpose: str = "open") -> None:
    """Remember the proof."""
    request.session[PROVED] = {**request.session.get(PROVED, {}), purpose: clock.now().isoformat()}
    request.session.pop(TRIES, None)


def failed(request: HttpRequest) -> bool:
    """Count a wrong try, by whichever way; True when there were too many, and the session should end."""
    request.session[TRIES] = request.session.get(TRIES, 0) + 1
    return bool(request.session[TRIES] >= MOST_TRIES)


def ways_here(request: HttpRequest) -> list[str]:
    """The ways that are offered on this page: a passkey works under the service's own address alone."""
    ways = offered(account_of(request), clock.today())
    return ways if at_home(request) else [way for way in ways if way != "passkey"]


def at_home(request: HttpRequest) -> bool:
    """Whether the page is open under the service's own address."""
    return request.get_host() == urlsplit(settings.JUZHU_PUBLIC_URL).netloc


def passkeys_here(request: HttpRequest) -> bool:
    """Whether passkeys can be made and used on this page."""
    return "passkey" in configured() and bool(passkeys.domain()) and at_home(request)


def session_of(request: HttpRequest) -> str:
    """The key of the session, which begins here for a stranger."""
    if request.session.session_key is None:
        request.session.create()
    return str(request.session.session_key)
