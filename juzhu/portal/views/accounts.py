"""Signing up, in and out; and the check of the real name, before which no page with personal data opens."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.people import actions
from juzhu.people.errors import PhoneTaken
from juzhu.people.models import Account, Attempt
from juzhu.people.presence import passkeys
from juzhu.portal import presence
from juzhu.portal.access import account_of, kept_at, next_place, no_store
from juzhu.portal.forms.accounts import RealNameForm, SignInForm, SignUpForm
from juzhu.portal.views.wallet import HERE

BACKEND = "juzhu.people.backends.Accounts"


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """One page for all. A wrong password and an unknown number get the same sentence."""
    if request.user.is_authenticated:
        return _inside(request, account_of(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = authenticate(request, **form.cleaned_data)
        if isinstance(account, Account):
            login(request, account)
            return _inside(request, account)
        form.add_error("password", _("号码或密码不对，请再看一遍。忘了密码，请带身份证到派出所窗口重设。"))
    return _page(
        request,
        "portal/sign_in.html",
        form,
        kept_at=kept_at(request),
        passkeys=presence.passkeys_here(request),
    )


@sensitive_post_parameters("credential")
@require_POST
def sign_in_by_passkey(request: HttpRequest) -> HttpResponseBase:
    """Sign in with a passkey that the device has for us: whose it is, is known by it."""
    if not presence.passkeys_here(request):
        raise Http404
    try:
        passkey = passkeys.check(
            Attempt.SIGN_IN,
            request.POST.get("credential", ""),
            session=presence.session_of(request),
            account=None,
        )
    except JuzhuError as error:
        messages.error(request, str(error.sentence))
        wanted = next_place(request, "")
        return redirect(reverse("portal:sign_in") + (f"?{urlencode({'next': wanted})}" if wanted else ""))
    login(request, passkey.account, backend=BACKEND)
    return _inside(request, passkey.account)


@require_POST
def sign_in_options(request: HttpRequest) -> HttpResponseBase:
    """What the browser needs to sign in with a passkey, as JSON; good once."""
    if not presence.passkeys_here(request):
        raise Http404
    options = passkeys.request_options(Attempt.SIGN_IN, session=presence.session_of(request), account=None)
    return no_store(HttpResponse(options, content_type="application/json"))


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponseBase:
    """Open an account. Pressing twice signs in to the one that the first press has made."""
    if request.user.is_authenticated:
        return _inside(request, account_of(request))
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        phone, password = form.cleaned_data["phone"], form.cleaned_data["password"]
        try:
            login(request, actions.open_account(phone, password), backend=BACKEND)
        except PhoneTaken as error:
            account = authenticate(request, username=phone, password=password)
            if not isinstance(account, Account):
                form.add_error("phone", str(error.sentence))
                return _page(request, "portal/sign_up.html", form)
            login(request, account)
        return _inside(request, account_of(request))
    return _page(request, "portal/sign_up.html", form)


@sensitive_post_parameters("name", "identity_number")
@require_http_methods(["GET", "POST"])
def real_name(request: HttpRequest) -> HttpResponseBase:
    """Bind the account to one person. Whether a number is known here is never told, but to its own holder."""
    if not request.user.is_authenticated:
        return redirect(f"{reverse('portal:sign_in')}?{urlencode({'next': request.get_full_path()})}")
    account = account_of(request)
    if account.is_officer or account.person_id:
        return _inside(request, account)
    form = RealNameForm(request.POST or None, today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            actions.bind_person(account, form.cleaned_data["name"], form.cleaned_data["identity_number"])
        except JuzhuError as error:
            if Account.objects.filter(pk=account.pk, person__isnull=False).exists():
                return redirect(next_place(request, reverse("portal:home")))
            form.add_error(None, str(error.sentence))
            return _page(request, "portal/real_name.html", form, status=error.status)
        if form.warning:
            messages.warning(request, str(form.warning))
        messages.success(request, _("实名核对通过。"))
        return redirect(next_place(request, reverse("portal:home")))
    return _page(request, "portal/real_name.html", form)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and with it everything that was kept in it. A permit that is loaded into this browser
    stays there: its page asks whether it should.
    """
    logout(request)
    if HERE in request.COOKIES:
        return redirect(f"{reverse('portal:wallet')}#left")
    messages.success(request, _("已退出。用的是公共电脑，请把这个窗口也关上。"))
    return redirect("portal:home")


def _inside(request: HttpRequest, account: Account) -> HttpResponse:
    """Where somebody goes who is signed in."""
    if account.is_officer:
        return redirect(next_place(request, reverse("counter:home")))
    if account.person_id is None:
        wanted = next_place(request, "")
        query = f"?{urlencode({'next': wanted})}" if wanted else ""
        return redirect(reverse("portal:real_name") + query)
    return redirect(next_place(request, reverse("portal:home")))


def _page(
    request: HttpRequest,
    template: str,
    form: SignInForm | SignUpForm | RealNameForm,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    context = {"form": form, "next": next_place(request, ""), **more}
    return no_store(render(request, template, context, status=status))
