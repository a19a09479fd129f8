"""扫门上的码: an address that a signed link says. The page shows the address and nothing about anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from juzhu.operations import clock
from juzhu.portal.access import account_of, circle, citizen, frame, no_store
from juzhu.portal.views.registration import begin_at
from juzhu.registration import doors
from juzhu.registration.doors import Door
from juzhu.registration.errors import LinkInvalid
from juzhu.registration.subdistricts import SUBDISTRICTS


@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, token: str) -> HttpResponseBase:
    """`/door/<token>`: whose door it is not, but which; one button leads on, through signing in where that is
    needed. A link that is none is told so, and the ordinary way.
    """
    try:
        found = doors.read(token, clock.today())
    except LinkInvalid as error:
        told = {"frame": frame(request), "error": error.sentence}
        return no_store(render(request, "portal/registration/door.html", told, status=error.status))
    if request.method == "POST":
        return _enter(request, found)
    known = request.user.is_authenticated and not account_of(request).is_officer
    inside = known and account_of(request).person_id is not None
    here = request.get_full_path()
    context: dict[str, object] = {
        "frame": frame(request),
        "door": found,
        "place": SUBDISTRICTS[found.subdistrict],
        "inside": inside,
        "circle": circle(request) if inside else None,
        "household_url": f"{reverse('portal:household')}?{urlencode({'door': token})}",
        "sign_in_url": f"{reverse('portal:sign_in')}?{urlencode({'next': here})}",
        "sign_up_url": f"{reverse('portal:sign_up')}?{urlencode({'next': here})}",
    }
    return no_store(render(request, "portal/registration/door.html", context))


@citizen
def _enter(request: HttpRequest, found: Door) -> HttpResponse:
    """Begin at that address: a registration, or a move of who is registered elsewhere."""
    return begin_at(request, found, circle(request))
