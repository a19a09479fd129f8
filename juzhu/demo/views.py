"""The entrance for visitors: be somebody with one click, move the date, let the bureau be down."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juzhu.demo import bureau
from juzhu.demo.characters import (
    BY_KEY,
    CHARACTERS,
    CHILD,
    GROUPS,
    NEWCOMERS,
    OFFICERS,
    PASSWORD,
)
from juzhu.demo.clock import DateGoesForward
from juzhu.demo.context import BE, chosen_key
from juzhu.demo.forms import DateForm
from juzhu.demo.identities import Identity
from juzhu.demo.moving import move_to
from juzhu.demo.stage import face_of
from juzhu.demo.telling import Standing, days_ahead, person_of, standings
from juzhu.design.context import TEXT_SIZE_COOKIE
from juzhu.law.calendar import add_months
from juzhu.operations import clock
from juzhu.people.models import Account
from juzhu.registration.subdistricts import SUBDISTRICTS

BACKEND = "juzhu.people.backends.Accounts"
LARGE = "demo_large"
FACES: dict[str, Identity] = {**BY_KEY, "child": CHILD}
FIRST = "ready"
MOST_DAYS_SHOWN = 12


@require_safe
def entrance(request: HttpRequest) -> HttpResponse:
    """Who one can be, how each of them stands today, and how to sign in by hand."""
    today = clock.today()
    stands = standings(today)
    groups = [
        (key, name, [one for one in stands if one.character.group == key and one.character.key != FIRST])
        for key, name in GROUPS.items()
    ]
    first = next((stand for stand in stands if stand.character.key == FIRST), None)
    context = {
        "today": today,
        "first": first,
        "groups": groups,
        "bureau": bureau.health(),
        "officers": [(officer, [SUBDISTRICTS[area] for area in officer.areas]) for officer in OFFICERS],
        "newcomers": [(who, f"1600000300{n}") for n, who in enumerate(NEWCOMERS, start=1)],
        "password": PASSWORD,
        "me": chosen_key(request),
    }
    return render(request, "demo/entrance.html", context)


@require_POST
def be(request: HttpRequest) -> HttpResponse:
    """Sign the visitor in as somebody of the demo, and open that person's first page."""
    key = request.POST.get("who", "")
    logins = {character.key: character.phone for character in CHARACTERS if character.phone} | {
        officer.key: officer.login for officer in OFFICERS
    }
    if key not in logins:
        raise Http404
    account = get_object_or_404(Account, login=logins[key])
    was_large = request.session.get(LARGE, False)
    login(request, account, backend=BACKEND)
    request.session[BE] = key
    response = redirect(_first_page(account, request.POST.get("see", "")))
    _text_size(request, response, large=key == "elder", was_large=was_large)
    return response


def _first_page(account: Account, see: str) -> str:
    """The page that somebody lands on; an officer's is that of the person whom the visitor wants to see."""
    if not account.is_officer:
        return reverse("portal:home")
    meant = person_of(BY_KEY[see]) if see in BY_KEY else None
    home = meant.registrations.order_by("-pk").first() if meant else None
    return reverse("counter:person", args=[home.number]) if home else reverse("counter:home")


@require_POST
def switch_bureau(request: HttpRequest) -> HttpResponse:
    """Let the reference bureau be down, or open it again."""
    now = bureau.health()
    if not now.there:
        raise Http404
    bureau.switch(up=request.POST.get("up") == "yes")
    return redirect(reverse("demo:entrance") + "#bureau")


def _text_size(request: HttpRequest, response: HttpResponse, *, large: bool, was_large: bool) -> None:
    """Large text for somebody elderly, and back again for the next; a visitor's own choice stays."""
    request.session[LARGE] = large
    if large:
        response.set_cookie(TEXT_SIZE_COOKIE, "xl", samesite="Lax")
    elif was_large:
        response.delete_cookie(TEXT_SIZE_COOKIE, samesite="Lax")


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest) -> HttpResponse:
    """GET: the days that one can jump to. POST: jump, by a button or to the day of the three selects."""
    today = clock.today()
    form = DateForm(_asked(request) if request.method == "POST" else None, today=today)
    if form.is_bound and form.is_valid():
        try:
            move_to(form.cleaned_data["day"])
            return redirect(_back(request))
        except DateGoesForward as error:
            form.add_error("day", str(error.sentence))
    stands = standings(today)
    context = {
        "form": form,
        "today": today,
        "jumps": [
            (today + timedelta(days=1), _("明天")),
            (today + timedelta(days=7), _("一周后")),
            (add_months(today, 1), _("一个月后")),
        ],
        "mine": _mine(stands, chosen_key(request)),
        "days": days_ahead(stands)[:MOST_DAYS_SHOWN],
        "next": _back(request),
    }
    return render(request, "demo/clock.html", context)


def _asked(request: HttpRequest) -> Mapping[str, str]:
    """What the date form reads: the selects, or the day of the button that was pressed."""
    jump = request.POST.get("jump", "")
    if not jump:
        return request.POST
    try:
        day = date.fromisoformat(jump)
    except ValueError as error:
        raise Http404 from error
    return {"day_year": str(day.year), "day_month": str(day.month), "day_day": str(day.day)}


def _mine(stands: list[Standing], key: str) -> Standing | None:
    return next((stand for stand in stands if stand.character.key == key and stand.days), None)


def _back(request: HttpRequest) -> str:
    """The page from which the visitor came, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own and wanted != reverse("demo:clock") else reverse("demo:entrance")


@require_safe
@cache_control(max_age=86400)
def face(request: HttpRequest, key: str) -> HttpResponse:
    """A drawn portrait, for the entrance's cards."""
    if key not in FACES:
        raise Http404
    return HttpResponse(face_of(FACES[key]), content_type="image/jpeg")
