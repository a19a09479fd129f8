"""核验: what a stranger's phone shows after scanning. One of six answers, and no more than a face and a
masked name.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from juzhu.credentials import live_code
from juzhu.credentials.checks import check_live
from juzhu.operations import clock
from juzhu.portal.portrait import portrait_on

OUTCOMES = ("valid", "suspended", "terminated", "expired", "forged", "unknown")


@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """`/v/<code>`: always 200, always an answer of its own, never kept by a cache."""
    found = check_live(code, clock.now())
    context = {
        "check": found,
        "person": found.version,
        "portrait": portrait_on(found.version) if found.version else "",
        "longest_s": live_code.PERIOD_S * (1 + live_code.GRACE_SLOTS),
        "period_s": live_code.PERIOD_S,
        "outcomes": OUTCOMES,
    }
    response = render(request, "portal/verify/verify.html", context)
    response.headers["Cache-Control"] = "no-store, max-age=0"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
