"""本人核验: proving by one of several ways that it is the holder, and the way to the provider and back."""

from __future__ import annotations

from typing import Any

from csp.constants import HEADER
from csp.utils import build_policy
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from juzhu.design.formats import language
from juzhu.operations.errors import JuzhuError
from juzhu.people.errors import PresenceNotProved
from juzhu.people.models import Attempt
from juzhu.people.presence import faces, passkeys, proofs
from juzhu.people.presence.errors import WayNotOffered
from juzhu.people.presence.ways import COVERS
from juzhu.portal import presence
from juzhu.portal.access import account_of, circle, citizen, next_place
from juzhu.portal.forms.presence import FORMS
from juzhu.portal.views.permit import private

TITLES = {
    "open": gettext_lazy("打开居住证"),
    "present": gettext_lazy("出示居住证"),
    "load": gettext_lazy("把居住证装进这台设备"),
    "passkeys": gettext_lazy("改动通行密钥"),
}
WAYS = {
    "password": (gettext_lazy("用登录密码"), "lock"),
    "passkey": (gettext_lazy("用通行密钥"), "key"),
    "face": (gettext_lazy("用人脸核验"), "user-check"),
    "local_face": (gettext_lazy("用相片比对（只供开发）"), "camera"),
}
HOME = {"passkeys": "portal:account"}
"""Where one goes on to when nobody has said where; else to the permit."""


@sensitive_post_parameters("password", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def prove(request: HttpRequest, purpose: str) -> HttpResponseBase:
    """`/permit/open`, `/presence/…`: prove afresh that it is you. Five wrong tries end the session."""
    if purpose not in COVERS:
        raise Http404
    around, ways = circle(request), presence.ways_here(request)
    at_last = reverse(HOME.get(purpose, "portal:permit")) + around.suffix
    following = next_place(request, at_last)
    if len(following) > Attempt.LONGEST_TARGET:
        following = at_last
    posted = request.method == "POST"
    wanted = request.POST.get("way", "password") if posted else request.GET.get("way", "")
    way = wanted if wanted in ways else ways[0]
    form = FORMS[way](*((request.POST, request.FILES) if posted and way == wanted else ()))
    if form.is_valid():
        try:
            return redirect(_proved(request, way, form, purpose, following))
        except JuzhuError as error:
            if _too_many(request, error):
                return redirect("portal:sign_in")
            shown = [field.name for field in form.visible_fields()]
            form.add_error(shown[0] if shown else None, str(error.sentence))
    provider = faces.provider()
    context: dict[str, Any] = {
        "nav": "permit",
        "form": form,
        "purpose": purpose,
        "title": TITLES[purpose],
        "others": [
            (*WAYS[other], f"?{urlencode({'way': other, 'next': following})}")
            for other in ways
            if other != way
        ],
        "next": following,
        "provider": provider,
        "way": way,
        "asked": f"portal/presence/_{way}.html",
    }
    response = private(render(request, "portal/presence/prove.html", context))
    if way == "face" and provider is not None:  # what the form is answered with leads on to the provider
        response.headers[HEADER] = build_policy(update={"form-action": [provider.origin]})
    return response


def _proved(request: HttpRequest, way: str, form: forms.Form, purpose: str, following: str) -> str:
    """Prove it, and say where to go. Raises what `proofs` raises."""
    account, session, given = account_of(request), presence.session_of(request), form.cleaned_data
    if way == "face":
        return proofs.begin_face(
            account,
            purpose=purpose,
            session=session,
            target=following,
            return_url=request.build_absolute_uri(reverse("portal:presence_back")),
            language=language(),
        )
    if way == "password":
        proofs.by_password(account, given["password"], purpose=purpose)
    elif way == "passkey":
        proofs.by_passkey(account, given["credential"], purpose=purpose, session=session)
    else:
        proofs.by_local_face(account, given["picture"].read(), purpose=purpose)
    presence.open_now(request, purpose)
    return following


def _too_many(request: HttpRequest, error: JuzhuError) -> bool:
    """End the session after the fifth wrong try. What went wrong on our side is none."""
    if not isinstance(error, PresenceNotProved) or not presence.failed(request):
        return False
    logout(request)
    messages.error(request, _("试了 5 次都没有通过，已经退出。请重新登录。"))
    return True


@require_POST
@citizen
def passkey_options(request: HttpRequest, purpose: str) -> HttpResponseBase:
    """`/presence/…/passkey`: what the browser needs to use a passkey, as JSON; good once."""
    if purpose not in COVERS or "passkey" not in presence.ways_here(request):
        raise Http404
    options = passkeys.request_options(
        Attempt.PASSKEY, session=presence.session_of(request), account=account_of(request), purpose=purpose
    )
    return private(HttpResponse(options, content_type="application/json"))


@require_GET
@citizen
def back(request: HttpRequest) -> HttpResponseBase:
    """`/presence/back`: who comes back from the provider. What came of it we ask the provider ourselves."""
    account = account_of(request)
    state, code = request.GET.get("state", ""), request.GET.get("code", "")
    again = presence.address("open")
    try:
        attempt = proofs.back_from_provider(account, state, session=presence.session_of(request))
        again = presence.address(attempt.purpose, attempt.target)
        proofs.by_face(account, attempt, code)
    except WayNotOffered as error:
        raise Http404 from error
    except JuzhuError as error:
        if _too_many(request, error):
            return redirect("portal:sign_in")
        messages.error(request, str(error.sentence))
        return redirect(again)
    presence.open_now(request, attempt.purpose)
    return redirect(attempt.target)
