"""Accept, approve, refuse: each with a page that says what will happen, and a button that makes it so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from juzhu.counter import decide_bar
from juzhu.counter.access import CASEWORK, actor_of, kept, officer, page
from juzhu.counter.casefile import open_case, would_issue
from juzhu.counter.forms import PlainForm, RefuseForm
from juzhu.counter.views.case import found_case
from juzhu.law import deadlines, policy
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError, Sentence
from juzhu.permits import casework
from juzhu.permits.errors import ReasonMissing, TransitionForbidden
from juzhu.permits.models import Application
from juzhu.permits.queries import history


@dataclass(frozen=True, slots=True)
class Deed:
    """A decision that has a confirming page. `event` is what it leaves behind, `done` what is said then."""

    action: str
    event: str
    done: Sentence
    form: type[forms.Form]
    run: Callable[[Application, forms.Form, Actor, date], object]


ACCEPT = Deed(
    "accept",
    "application.accepted",
    _("已受理。回执发给申请人了。"),
    PlainForm,
    lambda case, form, actor, today: casework.accept(case, actor=actor, today=today),
)
APPROVE = Deed(
    "approve",
    "application.approved",
    _("已准予，证已签发。申请人会收到消息。"),
    PlainForm,
    lambda case, form, actor, today: casework.approve(case, actor=actor, today=today),
)
REFUSE = Deed(
    "refuse",
    "application.refused",
    _("已不予。理由和救济办法发给申请人了。"),
    RefuseForm,
    lambda case, form, actor, today: casework.refuse(
        case, form.cleaned_data["reason"], actor=actor, today=today
    ),
)


@officer(*CASEWORK)
def accept(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm an acceptance."""
    return _confirm(request, number, ACCEPT)


@officer(*CASEWORK)
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm an approval: it says what will be issued."""
    return _confirm(request, number, APPROVE)


@officer(*CASEWORK)
def refuse(request: HttpRequest, number: str) -> HttpResponse:
    """Write the reasons of a refusal."""
    return _confirm(request, number, REFUSE)


def _confirm(request: HttpRequest, number: str, deed: Deed) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    application = found_case(actor, number)
    form = deed.form(request.POST if request.method == "POST" else None, initial=kept(request))
    error = None
    if request.method == "POST" and form.is_valid():
        error = attempt(lambda: deed.run(application, form, actor, today))
        if error is None or done_before(application, deed.event, actor, error):
            messages.success(request, str(deed.done))
            return redirect("counter:case", number)
        if isinstance(error, ReasonMissing):
            form.add_error("reason", str(error.sentence))
        application = found_case(actor, number)
    opened = open_case(application, today)
    blocked = [step.why for step in decide_bar.steps(opened, actor) if step.action == deed.action]
    rules = policy.load(application.policy_id)
    return page(
        request,
        deed.action,
        {
            "case": application,
            "file": opened,
            "form": form,
            "today": today,
            "deed": deed.action,
            "page_error": "" if error is None or form.errors else error.sentence,
            "blocked": blocked[0] if blocked else _("这一件现在不能这样办。"),
            "decide_by": deadlines.deadline("issuance", today, rules).last_day,
            "issues": would_issue(application, today) if deed is APPROVE and blocked else None,
        },
        status=200 if error is None else error.status,
    )


def attempt(run: Callable[[], object]) -> JuzhuError | None:
    """Do it, and give back what stood in the way. What is outside the officer's area does not exist."""
    try:
        run()
    except JuzhuError as error:
        if error.status == 404:
            raise Http404 from error
        return error
    return None


def done_before(application: Application, event: str, actor: Actor, error: JuzhuError) -> bool:
    """Whether the same officer has just done the same: a double click, or the Back button."""
    if not isinstance(error, TransitionForbidden):
        return False
    last = history(application).filter(kind=event).first()
    return last is not None and last.actor_account_id == actor.account_id
