"""我的账号: the account, and its passkeys: registered, named and removed after a fresh proof of presence."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juzhu.operations.errors import JuzhuError
from juzhu.people.models import Passkey
from juzhu.people.presence import passkeys
from juzhu.people.presence.ways import configured
from juzhu.portal import presence
from juzhu.portal.access import account_of, citizen, no_store
from juzhu.portal.forms.presence import NameForm, NewPasskeyForm


@require_safe
@citizen
def account(request: HttpRequest) -> HttpResponseBase:
    """`/account`: how one signs in, and which passkeys there are."""
    rows = list(account_of(request).passkeys.all())
    here = presence.passkeys_here(request)
    elsewhere = not here and "passkey" in configured() and bool(passkeys.domain())
    context = {
        "rows": rows,
        "offered": here,
        "elsewhere": settings.JUZHU_PUBLIC_URL + request.path if elsewhere else "",
        "full": len(rows) >= passkeys.MOST,
    }
    return no_store(render(request, "portal/account/account.html", context))


@sensitive_post_parameters("credential")
@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def new(request: HttpRequest) -> HttpResponseBase:
    """`/account/passkeys/new`: make a passkey on this device, and give it a name."""
    if not presence.passkeys_here(request):
        raise Http404
    if asked := presence.required(request, "passkeys"):
        return asked
    form = NewPasskeyForm(request.POST or None)
    if form.is_valid():
        try:
            passkeys.register(
                account_of(request),
                form.cleaned_data["credential"],
                form.cleaned_data["name"],
                session=presence.session_of(request),
            )
        except JuzhuError as error:
            form.add_error(None, str(error.sentence))
        else:
            messages.success(request, _("登记好了。下次可以用它打开居住证，也可以用它登录。"))
            return redirect("portal:account")
    return no_store(render(request, "portal/account/new.html", {"form": form}))


@require_POST
@citizen
def options(request: HttpRequest) -> HttpResponseBase:
    """`/account/passkeys/options`: what the browser needs to make a passkey, as JSON; good once."""
    if not presence.passkeys_here(request) or not presence.opened(request, "passkeys"):
        raise Http404
    try:
        made = passkeys.creation_options(account_of(request), session=presence.session_of(request))
    except JuzhuError as error:
        return no_store(HttpResponse(str(error.sentence), status=error.status, content_type="text/plain"))
    return no_store(HttpResponse(made, content_type="application/json"))


@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def passkey(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`/account/passkeys/…`: give it another name, or remove it."""
    account = account_of(request)
    row = get_object_or_404(Passkey, pk=pk, account=account)
    if asked := presence.required(request, "passkeys"):
        return asked
    if request.method == "POST" and "remove" in request.POST:
        passkeys.remove(row, account=account)
        messages.success(request, _("删掉了。那台设备上的通行密钥打不开这里了。"))
        return redirect("portal:account")
    form = NameForm(request.POST or None, initial={"name": row.name})
    if form.is_valid():
        passkeys.rename(row, form.cleaned_data["name"], account=account)
        return redirect("portal:account")
    return no_store(render(request, "portal/account/passkey.html", {"form": form, "row": row}))
