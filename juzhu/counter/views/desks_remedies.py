"""复议和诉讼 of a case: what was filed, how it ended, and doing it anew. For the chief."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juzhu.counter import decide_bar
from juzhu.counter.access import actor_of, kept, officer, page
from juzhu.counter.casefile import open_case
from juzhu.counter.errands import Errand, run
from juzhu.counter.forms_desks import OutcomeForm, ReasonForm, RemedyForm
from juzhu.counter.views.case import found_case
from juzhu.counter.views.decisions import attempt
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError
from juzhu.permits.after.queries import fraud_cases_for
from juzhu.permits.desk.remedies import (
    conclude,
    fact_in_the_way,
    record,
    record_against,
    reopen,
    to_redo,
)
from juzhu.permits.models import Application, FraudCase, Remedy
from juzhu.registration.queries import visible_to

REOPEN = Errand(
    "reopen",
    "application.reopened",
    gettext_lazy("原来的决定撤销了，这一件重新等受理。"),
    lambda case, form, actor, today: reopen(case, form.cleaned_data["reason"], actor=actor, today=today),
)


@officer("chief")
def remedies(request: HttpRequest, number: str) -> HttpResponse:
    """All remedies of a case, and a form for one more."""
    actor, today = actor_of(request), clock.today()
    case = found_case(actor, number)
    form = RemedyForm(
        request.POST if request.method == "POST" else None,
        initial={"against": request.GET.get("against", ""), **kept(request)},
        today=today,
        penalties=case.fraud_cases.exclude(decided_on=None),
    )
    done, error = _tried(
        request,
        form,
        lambda: record(case, form.filed(), actor=actor, today=today, against=form.against()),
    )
    if done:
        messages.success(request, _("记下了，申请人也看得到。"))
        return redirect("counter:remedies", number)
    opened, fact = open_case(case, today), fact_in_the_way(case)
    return page(
        request,
        "desks/remedies",
        {
            "case": case,
            "file": opened,
            "form": form,
            "today": today,
            "remedies": list(case.remedies.select_related("recorded_by", "fraud_case")),
            "redo": None if fact else to_redo(case),
            "wrong_fact": _undoing(case, fact.pk, actor, today) if fact else "",
            "blocked": decide_bar.conflict_of(case, actor),
            "page_error": "" if error is None or form.errors else error.sentence,
        },
        status=200 if error is None else error.status,
    )


def _undoing(case: Application, fact: int, actor: Actor, today: date) -> str:
    """Where the fact is undone that stands in the way; "" for who may not see the person's registration."""
    home = visible_to(actor, today).filter(person=case.person_id).first()
    return reverse("counter:undo_fact", args=[home.number, fact]) if home else ""


@officer("chief")
def of_fraud(request: HttpRequest, number: str) -> HttpResponse:
    """The remedies against the decision of a case of fraud, and a form for one more."""
    actor, today = actor_of(request), clock.today()
    row = _decided(actor, number, today)
    form = RemedyForm(request.POST if request.method == "POST" else None, initial=kept(request), today=today)
    done, error = _tried(request, form, lambda: record_against(row, form.filed(), actor=actor, today=today))
    if done:
        messages.success(request, _("记下了，本人也看得到。"))
        return redirect("counter:fraud_remedies", number)
    return page(
        request,
        "after/fraud_remedies",
        {
            "row": row,
            "form": form,
            "remedies": list(row.remedies.all()),
            "page_error": "" if error is None or form.errors else error.sentence,
        },
        room="after_issue",
        status=200 if error is None else error.status,
    )


@officer("chief")
def fraud_outcome(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """How a remedy against the decision of a case of fraud ended."""
    actor, today = actor_of(request), clock.today()
    row = _decided(actor, number, today)
    remedy = row.remedies.filter(pk=pk).first() if pk < 2**62 else None
    if remedy is None:
        raise Http404
    form = OutcomeForm(request.POST if request.method == "POST" else None, initial=kept(request), today=today)
    done, error = _tried(request, form, lambda: _conclude(remedy, form, actor, today))
    if done:
        messages.success(request, _("结果记下了，本人也看得到。"))
        return redirect("counter:fraud_case", number)
    return page(
        request,
        "after/fraud_outcome",
        {
            "row": row,
            "remedy": remedy,
            "form": form,
            "page_error": "" if error is None or form.errors else error.sentence,
        },
        room="after_issue",
        status=200 if error is None else error.status,
    )


def _decided(actor: Actor, number: str, today: date) -> FraudCase:
    rows = fraud_cases_for(actor, today).filter(decided_on__isnull=False)
    found = None if "\0" in number else rows.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _tried(
    request: HttpRequest, form: forms.Form, act: Callable[[], object]
) -> tuple[bool, JuzhuError | None]:
    """Whether what was asked for is done, and why not; said at its field where the fault has one."""
    if request.method != "POST" or not form.is_valid():
        return False, None
    error = attempt(act)
    if error is not None and (field := str(error.about.get("field", ""))) in form.fields:
        form.add_error(field, str(error.sentence))
    return error is None, error


def _conclude(remedy: Remedy, form: OutcomeForm, actor: Actor, today: date) -> Remedy:
    said = form.cleaned_data
    return conclude(remedy, said["outcome"], said["outcome_on"], actor=actor, today=today)


@officer("chief")
def outcome(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """How a remedy ended."""
    actor, today = actor_of(request), clock.today()
    case = found_case(actor, number)
    remedy = _remedy(case, pk)
    form = OutcomeForm(request.POST if request.method == "POST" else None, initial=kept(request), today=today)
    done, error = _tried(request, form, lambda: _conclude(remedy, form, actor, today))
    if done:
        messages.success(request, _("结果记下了，申请人也看得到。"))
        return redirect("counter:remedies", number)
    blocked = decide_bar.conflict_of(case, actor) or (_("结果已经记过了，不能改。") if remedy.outcome else "")
    return page(
        request,
        "desks/outcome",
        {
            "case": case,
            "file": open_case(case, today),
            "remedy": remedy,
            "form": form,
            "today": today,
            "blocked": blocked,
            "page_error": "" if error is None or form.errors else error.sentence,
        },
        status=200 if error is None else error.status,
    )


def _remedy(case: Application, pk: int) -> Remedy:
    found = case.remedies.filter(pk=pk).first() if pk < 2**62 else None
    if found is None:
        raise Http404
    return found


@officer("chief")
def reopen_case(request: HttpRequest, number: str) -> HttpResponse:
    """Do an overturned refusal anew."""
    form = ReasonForm(request.POST if request.method == "POST" else None, initial=kept(request))
    return run(request, number, REOPEN, form)
