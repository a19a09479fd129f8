"""我的证照: the electronic permit, opened by its holder, with a code that lives for half a minute."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from juzhu.credentials import checks, live_code
from juzhu.credentials.queries import offline_code
from juzhu.design.formats import language
from juzhu.documents import queries
from juzhu.documents.papers import termination
from juzhu.documents.papers.remedies import Remedy
from juzhu.law import lifecycle, picture
from juzhu.operations import clock
from juzhu.operations.rules import in_force
from juzhu.permits import segments, versions
from juzhu.permits.after.corrections import FIELDS
from juzhu.permits.after.queries import corrections_for, fraud_cases_for
from juzhu.permits.models import Permit
from juzhu.permits.queries import current_permit
from juzhu.portal import presence
from juzhu.portal.access import Circle, circle, citizen, no_store, viewer
from juzhu.portal.portrait import portrait_on
from juzhu.portal.views.documents import papers_of
from juzhu.registration.queries import departure, stays
from juzhu.registration.subdistricts import SUBDISTRICTS

SLIPS = 5
"""How many of the sealed slips the page lists."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A permit as it stands today."""

    around: Circle
    permit: Permit
    status: lifecycle.Status
    today: date


Shown = Callable[[HttpRequest, Holding], HttpResponse]


def holding_of(request: HttpRequest) -> Holding | None:
    """The permit that this page is about, or None when there is none. A fixed number of queries."""
    around, today = circle(request), clock.today()
    permit = current_permit(around.person)
    if permit is None:
        return None
    return Holding(around, permit, permit.status(in_force(today), today), today)


def private(response: HttpResponse) -> HttpResponse:
    """Keep a page with a living code out of every cache."""
    response.headers["Cache-Control"] = "no-store, max-age=0"
    return response


def opened(view: Shown) -> Callable[[HttpRequest], HttpResponseBase]:
    """Show a permit to its holder after a fresh check; to who has none, say so."""

    @require_safe
    @citizen
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        holding = holding_of(request)
        if holding is None:
            context = {"nav": "permit", "circle": circle(request)}
            return no_store(render(request, "portal/permit/none.html", context))
        if not presence.opened(request):
            return _ask_again(request, holding)
        return private(view(request, holding))

    return guarded


def _ask_again(request: HttpRequest, holding: Holding) -> HttpResponse:
    target = presence.address("open") + holding.around.suffix
    if "HX-Request" in request.headers:
        return private(render(request, "portal/permit/_closed.html", {"open_url": target}))
    return redirect(target)


@opened
def permit(request: HttpRequest, holding: Holding) -> HttpResponse:
    """`/permit`: the state before the face, the face before the rest."""
    rules = in_force(holding.today)
    status, term = holding.status, None
    if status.status != "terminated":
        term = picture.validity_term(status, rules, holding.today)
    face, actor = versions.shown(holding.permit), viewer(request)
    stretches, counted = segments.counted(holding.permit, holding.today)
    gone = departure(stays(holding.permit.person_id), rules)
    context = {
        "nav": "permit",
        "circle": holding.around,
        "face": face,
        "permit": holding.permit,
        "status": status,
        "state": status.status,
        "today": holding.today,
        "now": clock.now(),
        "portrait": portrait_on(face),
        "stretches": stretches,
        "counted": counted,
        "departed": gone.outside_since(holding.today) if gone and status.status == "active" else None,
        "departure": gone,
        "corrections": [
            (row, FIELDS[row.field])
            for row in corrections_for(actor, holding.today).filter(permit=holding.permit, state="filed")
        ],
        "cases": list(fraud_cases_for(actor, holding.today).filter(permit=holding.permit)),
        "term": term,
        "restored": list(holding.permit.restorations.all()) if status.status != "terminated" else [],
        "may_endorse": status.status == "active" and holding.today >= status.window.opens,
        "papers": papers_of(holding.permit),
        "slips": list(queries.sealed_slips_of(holding.permit)[:SLIPS]),
        "end_remedies": _against_the_end(holding.permit),
        "station": SUBDISTRICTS.get(holding.permit.area),
        "show_code": status.status == "active" or request.GET.get("code") == "1",
        **_code(request, holding),
        **_offline(request, holding),
    }
    return render(request, "portal/permit/permit.html", context)


def _offline(request: HttpRequest, holding: Holding) -> dict[str, Any]:
    """The signed code that needs no connection, when its holder asks for it: it names them."""
    asked = request.GET.get("offline") == "1"
    suffix = f"{holding.around.suffix}&offline=1" if holding.around.suffix else "?offline=1"
    return {
        "offline_asked": asked,
        "offline_code": offline_code(holding.permit) if asked else "",
        "offline_url": f"{reverse('portal:permit')}{suffix}#offline",
    }


def _against_the_end(permit: Permit) -> tuple[Remedy, ...]:
    """The remedies against an end that follows from a fact; what was decided has them in its own paper."""
    if permit.end_reason != "local_household":
        return ()
    paper = termination(permit, language())
    return paper.remedies if paper else ()


@opened
def code(request: HttpRequest, holding: Holding) -> HttpResponse:
    """`/permit/code`: the next code alone, for HTMX; without scripts, the page again."""
    if "HX-Request" not in request.headers:
        return redirect(reverse("portal:permit") + _with_code(holding))
    return render(request, "portal/permit/_code.html", _code(request, holding))


def _with_code(holding: Holding) -> str:
    suffix = holding.around.suffix
    return f"{suffix}&code=1" if suffix else "?code=1"


def _code(request: HttpRequest, holding: Holding) -> dict[str, Any]:
    now = clock.now()
    shown = checks.show(holding.permit, now)
    return {
        "verify_url": request.build_absolute_uri(reverse("portal:verify", args=[shown])),
        "left": live_code.seconds_left(now),
        "period": live_code.PERIOD_S,
        "code_url": reverse("portal:permit_code") + holding.around.suffix,
        "again_url": reverse("portal:permit") + _with_code(holding),
    }
