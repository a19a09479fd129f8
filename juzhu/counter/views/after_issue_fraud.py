"""A case of fraud, step by step in the order of the law: tell, hear, decide; or close."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juzhu.counter import hearings, paper_menu
from juzhu.counter.access import CASEWORK, actor_of, addresses, kept, officer, page
from juzhu.counter.forms import PlainForm
from juzhu.counter.forms_after_issue import DecisionForm, MeasuresForm, ReasonForm, StatementForm
from juzhu.counter.views.decisions import attempt
from juzhu.law.calendar import completed_years
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError
from juzhu.people import actions as people
from juzhu.permits.after import fraud
from juzhu.permits.after.fraud import ALLOWED_ROLES, TRANSITIONS
from juzhu.permits.after.measures import Measures
from juzhu.permits.after.queries import attended, fraud_cases_for
from juzhu.permits.models import FraudCase

FORMS: dict[str, type[forms.Form]] = {
    "tell": MeasuresForm,
    "hear": StatementForm,
    "waive": PlainForm,
    "decide": DecisionForm,
    "close": ReasonForm,
    "set_aside": ReasonForm,
}
Step = Callable[[FraudCase, forms.Form, Actor, date], object]
STEPS: dict[str, Step] = {
    "tell": lambda row, form, actor, today: fraud.tell(row, _measures(form), actor=actor, today=today),
    "hear": lambda row, form, actor, today: fraud.hear(
        row, form.cleaned_data["statement"], actor=actor, today=today
    ),
    "waive": lambda row, form, actor, today: fraud.waive(row, actor=actor, today=today),
    "decide": lambda row, form, actor, today: fraud.decide(
        row, _measures(form), form.cleaned_data["reason"], actor=actor, today=today
    ),
    "close": lambda row, form, actor, today: fraud.close(
        row, form.cleaned_data["reason"], actor=actor, today=today
    ),
    "set_aside": lambda row, form, actor, today: fraud.set_aside(
        row, form.cleaned_data["reason"], actor=actor, today=today
    ),
}


def _measures(form: forms.Form) -> Measures:
    assert isinstance(form, MeasuresForm)
    return form.measures()


@officer(*CASEWORK)
def case(request: HttpRequest, number: str) -> HttpResponse:
    """`/counter/after/cases/<number>`: where it stands, what was said, and the steps that may follow."""
    actor, today = actor_of(request), clock.today()
    row = None if "\0" in number else fraud_cases_for(actor, today).filter(number=number).first()
    if row is None:
        raise Http404
    people.log_reading(row.person_id, "fraud_case", actor=actor)
    does = request.POST.get("do", "")
    steps = {name: _form(name, row, request) for name in FORMS if _may(name, row, actor, today)}
    beside = hearings.steps(fraud.HEARINGS, row, request, actor, today)
    forms_of = steps | beside
    stood = attended("waiver" if row.waived_statement else "statement", number)
    error: JuzhuError | None = None
    if does in forms_of and forms_of[does].is_valid():
        error = attempt(lambda: _take(does, row, forms_of[does], actor, today))
        if error is None:
            messages.success(request, _("办好了。本人会收到消息。"))
            return redirect("counter:fraud_case", number)
    elif does and does not in forms_of:
        return redirect("counter:fraud_case", number)
    return page(
        request,
        "after/fraud",
        {
            "row": row,
            "today": today,
            "age": completed_years(row.person.born, row.committed_on),
            "proposed": Measures(**row.proposed) if row.proposed else None,
            "stood": stood,
            "signed": addresses(stood.files.all()) if stood else [],
            "steps": steps,
            "hearing_steps": beside,
            **hearings.shown(row, today, organisation=False),
            "no_hearing": _no_hearing(row, today),
            "papers": paper_menu.of_fraud(row),
            "remedies": list(row.remedies.all()),
            "records_remedies": bool(actor.role == "chief" and row.decided_on),
            "trouble": forms_of.get(does),
            "opened_by_you": row.opened_by_id == actor.account_id,
            "term_over": row.statement_by is not None and today > row.statement_by,
            "page_error": error.sentence if error else "",
        },
        room="after_issue",
        status=error.status if error else 200,
    )


def _take(name: str, row: FraudCase, form: forms.Form, actor: Actor, today: date) -> object:
    if name in STEPS:
        return STEPS[name](row, form, actor, today)
    return hearings.take(fraud.HEARINGS, row, form, actor, today)


def _no_hearing(row: FraudCase, today: date) -> str:
    """Why none is offered with what the person was told."""
    said = _("没有告知听证：警告、小额罚款和收缴骗领的居住证，不在告知听证的范围（本服务的理解）。")
    return f"{said} {hearings.rule_said(row.told_on or today, organisation=False)}"


def _may(name: str, row: FraudCase, actor: Actor, today: date) -> bool:
    """Whether this step may follow, and is this officer's part."""
    if name == "decide" and row.hearing is not None and row.hearing.in_the_way(today):
        return False
    own = name in {"decide", "close"} and row.opened_by_id == actor.account_id
    if name == "set_aside" and fraud.overturned(row) is None:
        return False
    return (row.state, name) in TRANSITIONS and actor.role in ALLOWED_ROLES[name] and not own


def _form(name: str, row: FraudCase, request: HttpRequest) -> forms.Form:
    sent = request.POST if request.POST.get("do") == name else None
    told = row.proposed if name in {"tell", "decide"} else {}
    return FORMS[name](sent, prefix=name, initial={**told, **kept(request)})
