"""What officers say of themselves: days away, whose cases they keep away from; and numbers that are set for
them.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juzhu.counter.access import CASEWORK, account_of, actor_of, kept, officer, page
from juzhu.counter.forms_desks import AbsenceForm, NumberForm, RelationForm
from juzhu.counter.views.decisions import attempt
from juzhu.counter.views.departments import GIVERS
from juzhu.operations import clock
from juzhu.people import staff
from juzhu.people.models import Account
from juzhu.people.queries import absences_for, caseworkers_near, colleagues, relations_of


@officer(*CASEWORK)
def absences(request: HttpRequest) -> HttpResponse:
    """Who is away and will be: an officer's own days, and to a chief those of all of their area."""
    account, today = account_of(request), clock.today()
    near = caseworkers_near(account.actor)
    form = AbsenceForm(
        request.POST if request.method == "POST" else None,
        initial={"account": account.pk, "from_on": today, **kept(request)},
        officers=near if account.role == "chief" else [account],
        colleagues=[one for one in near if account.role == "chief" or staff.can_stand_in(one, account)],
        today=today,
    )
    error = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        error = attempt(
            lambda: staff.note_absence(
                form.account,
                said["from_on"],
                said["until_on"],
                form.stand_in,
                actor=account.actor,
                today=today,
            )
        )
        if error is None:
            messages.success(request, _("记下了。"))
            return redirect("counter:absences")
        field = {"stand_in_unsuited": "stands_in", "absent_already": "from_on"}.get(error.code, "until_on")
        form.add_error(field, str(error.sentence))
    return page(
        request,
        "desks/absences",
        {
            "form": form,
            "rows": list(absences_for(account.actor, today)),
            "today": today,
            "chief": account.role == "chief",
        },
        room="absences",
        status=200 if error is None else error.status,
    )


@require_POST
@officer(*CASEWORK)
def end_absence(request: HttpRequest, pk: int) -> HttpResponse:
    """End an absence early."""
    actor = actor_of(request)
    found = absences_for(actor, clock.today()).filter(pk=pk).first() if pk < 2**62 else None
    if found is None:
        raise Http404
    staff.end_absence(found, actor=actor)
    messages.success(request, _("结束了，件回到本人手里。"))
    return redirect("counter:absences")


@officer(*CASEWORK, *GIVERS)
def relations(request: HttpRequest) -> HttpResponse:
    """回避登记: whose cases one keeps away from, beside one's own."""
    account, today = account_of(request), clock.today()
    form = RelationForm(request.POST if request.method == "POST" else None, initial=kept(request))
    error = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        error = attempt(
            lambda: staff.declare_relation(
                said["identity_number"], said["relation"], actor=account.actor, today=today
            )
        )
        if error is None:
            messages.success(request, _("登记了。这个人的件，您不能办。"))
            return redirect("counter:relations")
        form.add_error("identity_number", str(error.sentence))
    return page(
        request,
        "desks/relations",
        {"form": form, "rows": list(relations_of(account.actor)), "own": account.staff_identity_number},
        room="relations",
        status=200 if error is None else error.status,
    )


@require_POST
@officer(*CASEWORK, *GIVERS)
def withdraw_relation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a declaration back."""
    actor = actor_of(request)
    found = relations_of(actor).filter(pk=pk).first() if pk < 2**62 else None
    if found is None:
        raise Http404
    staff.withdraw_relation(found, actor=actor)
    messages.success(request, _("撤下了。撤下也记入审计。"))
    return redirect("counter:relations")


@officer("administrator")
def colleague(request: HttpRequest, login: str) -> HttpResponse:
    """Set an officer's own number, so that nobody handles their own case."""
    actor, today = actor_of(request), clock.today()
    account: Account | None = None if "\0" in login else colleagues(actor).filter(login=login).first()
    if account is None:
        raise Http404
    form = NumberForm(request.POST if request.method == "POST" else None)
    error = None
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["identity_number"]
        error = attempt(lambda: staff.set_staff_number(account, number, actor=actor, today=today))
        if error is None:
            messages.success(request, _("号码登记好了。"))
            return redirect("counter:colleagues")
        form.add_error("identity_number", str(error.sentence))
    return page(
        request,
        "desks/colleague",
        {"form": form, "account": account},
        room="colleagues",
        status=200 if error is None else error.status,
    )
