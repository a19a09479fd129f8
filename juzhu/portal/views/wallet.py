"""The holder's side of a wallet in this browser, as JSON for its script: an offer to load the permit, the
devices that have it, what a checker asks, and what was shown. The wallet's key stays in the browser; what it
fetches and sends goes by the standard's own addresses (docs/openid.md).
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.permits.queries import current_permit
from juzhu.portal import presence
from juzhu.portal.access import circle, citizen, no_store, viewer
from juzhu.wallets import catalogue, issuing, offers, presenting, queries
from juzhu.wallets.models import Loading


@require_POST
@citizen
def offer(request: HttpRequest) -> HttpResponse:
    """`/permit/wallet/offer`: offer the permit to one device, after a fresh presence check. `device` is what
    the holder calls it.
    """
    if not presence.opened(request, "load"):
        return _told(403, "presence_needed", _("请先证明是您本人。"))
    permit = current_permit(circle(request).person)
    if permit is None:
        return _told(404, "not_found", "")
    try:
        made = offers.make(permit, request.POST.get("device", ""), actor=viewer(request), now=clock.now())
    except JuzhuError as error:
        return _told(error.status, error.code, str(error.sentence))
    return _json(
        {
            "offer": offers.content(made.reference),
            "link": made.link,
            "tx_code": made.tx_code,
            "expires_at": made.expires_at,
        }
    )


@require_safe
@citizen
def devices(request: HttpRequest) -> HttpResponse:
    """`/permit/wallet/devices`: which devices have the permit; `current` where it is the latest version."""
    permit = current_permit(circle(request).person)
    held = queries.devices_of(permit) if permit else []
    latest = permit.versions.first() if permit else None
    return _json({"devices": [_device(row, row.version == latest) for row in held]})


@require_POST
@citizen
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """`/permit/wallet/devices/<id>/revoke`: a device has it no more."""
    try:
        issuing.revoke(pk, actor=viewer(request), now=clock.now())
    except JuzhuError as error:
        return _told(error.status, error.code, str(error.sentence))
    return _json({})


@require_POST
@citizen
def request_view(request: HttpRequest) -> HttpResponse:
    """`/permit/wallet/request`: who stands behind a link, why, and exactly what they would get."""
    row = presenting.behind(request.POST.get("link", ""), clock.now())
    if row is None:
        return _told(404, "not_found", _("这个请求已经过期，或者不是我们发的。"))
    return _json(
        {
            "checker": row.checker,
            "confirmed": row.confirmed,
            "purpose": row.purpose,
            "items": [
                {
                    "code": item.code,
                    "words": str(item.words),
                    "claims": item.claims,
                    "personal": item.personal,
                }
                for item in catalogue.items(row.asked)
            ],
            "expires_at": row.expires_at,
            "request_uri": presenting.uri(row),
        }
    )


@require_safe
@citizen
def log(request: HttpRequest) -> HttpResponse:
    """`/permit/wallet/log`: who asked, when and why, and what they were given."""
    shown = queries.presentations_of(circle(request).person)
    lines = [
        {
            "at": line.at,
            "checker": line.checker,
            "confirmed": line.confirmed,
            "purpose": line.purpose,
            "given": [str(words) for words in line.given],
            "outcome": line.outcome,
            "device": line.device,
        }
        for line in shown
    ]
    return _json({"log": lines})


def _device(row: Loading, current: bool) -> dict[str, Any]:
    return {
        "id": row.pk,
        "device": row.device,
        "key": row.thumbprint,
        "loaded_at": row.loaded_at,
        "current": current,
    }


def _json(said: dict[str, Any]) -> HttpResponse:
    return no_store(JsonResponse(said))


def _told(status: int, code: str, sentence: str) -> HttpResponse:
    return no_store(JsonResponse({"error": code, "sentence": sentence}, status=status))
