"""For whom one reports: choosing, letting an organisation in, its people."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.people import organisations
from juzhu.people.errors import (
    ColleagueUnknown,
    CreditCodeInvalid,
    LastManager,
    NotAllowed,
    OrganisationNotConfirmed,
    TradeUnknown,
)
from juzhu.reporting.access import ONESELF, acting, choose, page, reporter, typed
from juzhu.reporting.forms import ColleagueForm, EnrolForm

FIELD_OF: dict[type[JuzhuError], str] = {
    CreditCodeInvalid: "credit_code",
    OrganisationNotConfirmed: "credit_code",
    TradeUnknown: "trades",
    ColleagueUnknown: "phone",
}


@require_safe
@reporter
def who(request: HttpRequest) -> HttpResponse:
    """For whom one may report, and who else does."""
    return page(request, "who", {}, room="who")


@require_POST
@reporter
def choose_one(request: HttpRequest) -> HttpResponse:
    """Act for another one from now on."""
    asked = request.POST.get("for", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 12):
        raise Http404
    choose(request, int(asked))
    return redirect("reporting:home")


@require_http_methods(["GET", "POST"])
@reporter
def enrol(request: HttpRequest) -> HttpResponse:
    """Let an organisation in: by its legal representative alone."""
    account = acting(request).account
    form = EnrolForm(typed(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = organisations.enrol(
                account, said["credit_code"], said["name"], said["trades"], said["subdistrict"],
                phone=said["phone"], actor=account.actor, today=clock.today(),
            )  # fmt: skip
        except JuzhuError as error:
            form.add_error(FIELD_OF.get(type(error)), str(error.sentence))
        else:
            request.session["reporting_for"] = made.pk
            messages.success(request, _("开通了。现在就可以报送，也可以先加同事。"))
            return redirect("reporting:home")
    return page(request, "enrol", {"form": form}, room="who")


@require_http_methods(["GET", "POST"])
@reporter
def colleagues(request: HttpRequest) -> HttpResponse:
    """Who reports for the organisation. A manager lets others in."""
    seen = acting(request)
    if seen.organisation is None:
        return redirect("reporting:who")
    form = ColleagueForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            organisations.let_in(
                seen.organisation, said["phone"], said["name"], said["part"], actor=seen.actor
            )
        except NotAllowed as error:
            raise Http404 from error
        except JuzhuError as error:
            form.add_error(FIELD_OF.get(type(error)), str(error.sentence))
        else:
            messages.success(request, _("加好了。对方登录以后，在“单位和同事”里就能看到。"))
            return redirect("reporting:colleagues")
    context = {"form": form, "members": organisations.members(seen.organisation)}
    return page(request, "colleagues", context, room="who")


@require_POST
@reporter
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """End what a colleague, or oneself, may do for the organisation."""
    seen = acting(request)
    if seen.organisation is None:
        raise Http404
    row = organisations.members(seen.organisation).filter(pk=pk).first()
    if row is None:
        raise Http404
    try:
        organisations.take_out(row, actor=seen.actor)
    except NotAllowed as error:
        raise Http404 from error
    except LastManager as error:
        messages.error(request, str(error.sentence))
    else:
        messages.success(request, _("移出了。以前报的不受影响。"))
        if row.account_id == seen.account.pk:
            request.session["reporting_for"] = ONESELF
            return redirect("reporting:who")
    return redirect("reporting:colleagues")
