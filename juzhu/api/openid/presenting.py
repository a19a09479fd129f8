"""Presenting: the request that a wallet fetches, and its answer (OpenID4VP 1.0, `direct_post`)."""

from __future__ import annotations

import time

from django.http import HttpRequest, HttpResponse

from juzhu.api.openid.answers import endpoint, form, json, missing
from juzhu.api.openid.issuing import PATIENCE_S, STEP_S
from juzhu.operations import clock
from juzhu.wallets import presenting

MEDIA_TYPE = "application/oauth-authz-req+jwt"
PARAMETERS = ("vp_token", "state", "error")


@endpoint("GET")
def request_object(request: HttpRequest, reference: str) -> HttpResponse:
    """`/openid/requests/<reference>`: the signed request; 503 while the worker has not signed it."""
    until = time.monotonic() + PATIENCE_S
    row = presenting.open_request(reference, clock.now())
    while row is not None and not row.request and time.monotonic() < until:
        time.sleep(STEP_S)
        row = presenting.open_request(reference, clock.now())
    if row is None:
        return missing()
    if not row.request:
        late = json({"error": "temporarily_unavailable"}, 503)
        late.headers["Retry-After"] = "2"
        return late
    response = HttpResponse(row.request, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


@endpoint("POST")
def answer(request: HttpRequest) -> HttpResponse:
    """`/openid/answer`: what a wallet shows, or that it shows nothing. It is told that it arrived."""
    presenting.take(form(request, PARAMETERS), clock.now())
    return json({})
