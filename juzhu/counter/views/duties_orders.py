"""责令改正 and penalty cases: given, obeyed or not; then step by step in the order of the law."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juzhu.counter import hearings
from juzhu.counter.access import actor_of, kept, officer, page
from juzhu.counter.forms import PlainForm
from juzhu.counter.forms_duties import (
    DatedForm,
    DayForm,
    FineDecisionForm,
    FineForm,
    OpenForm,
    OrderForm,
    ReasonForm,
    StatementForm,
)
from juzhu.counter.views.decisions import attempt
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError
from juzhu.people import actions as people
from juzhu.registration.duties import cases, orders
from juzhu.registration.duties.orders import Addressee
from juzhu.registration.duties.queries import cases_for, orders_for
from juzhu.registration.models import CorrectionOrder, PenaltyCase, Report
from juzhu.registration.queries import visible_to
from juzhu.registration.reporting import queries

ROLES = ("clerk", "chief")
Step = Callable[[Any, Any, Actor, date], object]
ORDER_FORMS: dict[str, type[forms.Form]] = {"corrected": DayForm, "open": OpenForm, "revoke": ReasonForm}
ORDER_STEPS: dict[str, Step] = {
    "corrected": lambda row, said, actor, today: orders.corrected(row, said["on"], actor=actor, today=today),
    "open": lambda row, said, actor, today: cases.open_case(
        row, said["facts"], said["committed_on"], actor=actor, today=today
    ),
    "revoke": lambda row, said, actor, today: orders.revoke(row, said["reason"], actor=actor, today=today),
}
CASE_FORMS: dict[str, type[forms.Form]] = {
    "tell": FineForm,
    "hear": StatementForm,
    "waive": PlainForm,
    "decide": FineDecisionForm,
    "close": ReasonForm,
}
CASE_STEPS: dict[str, Step] = {
    "tell": lambda row, said, actor, today: cases.tell(row, said["fine_yuan"], actor=actor, today=today),
    "hear": lambda row, said, actor, today: cases.hear(row, said["statement"], actor=actor, today=today),
    "waive": lambda row, said, actor, today: cases.waive(row, actor=actor, today=today),
    "decide": lambda row, said, actor, today: cases.decide(
        row, said["fine_yuan"], said["reason"], actor=actor, today=today
    ),
    "close": lambda row, said, actor, today: cases.close(row, said["reason"], actor=actor, today=today),
}


@officer(*ROLES)
def new(request: HttpRequest) -> HttpResponse:
    """An order on a report (its reporter, or whom it is about) or on a registration."""
    actor, today = actor_of(request), clock.today()
    about = _about(request, actor, today)
    form = OrderForm(
        request.POST or None,
        initial={**about["initial"], **kept(request)},
        years=range(today.year, today.year + 2),
    )
    error: JuzhuError | None = None
    if request.method == "POST" and form.is_valid():
        said, made = form.cleaned_data, []
        error = attempt(
            lambda: made.append(
                orders.issue(
                    about["to"],
                    said["provision"],
                    said["facts"],
                    said["correct_by"],
                    about["area"],
                    persons=said["persons"] or 1,
                    registration=about["registration"],
                    reports=about["reports"],
                    actor=actor,
                    today=today,
                )
            )
        )
        if error is None:
            messages.success(request, _("已经发出。收到的人会看到期限。"))
            return redirect("counter:order", made[0].number)
    return page(
        request,
        "duties/new_order",
        {
            "form": form,
            "who": about["to"].person or about["to"].organisation,
            "back": request.GET.get("report", ""),
            "page_error": error.sentence if error else "",
        },
        room="duties",
        status=error.status if error else 200,
    )


def _about(request: HttpRequest, actor: Actor, today: date) -> dict[str, Any]:
    """Whom an order is for: `?report=…&to=reporter|person`, or `?registration=…`."""
    number = request.GET.get("report", "").replace("\0", "")
    if number:
        rows = queries.for_officers(actor).select_related("organisation", "reporter", "person")
        return _about_report(rows.filter(number=number).first(), request.GET.get("to", "reporter"))
    number = request.GET.get("registration", "").replace("\0", "")
    row = visible_to(actor, today).filter(number=number).first()
    if row is None:
        raise Http404
    initial = {"provision": "zhejiang-2016:33"}
    return {
        "to": Addressee(person=row.person),
        "area": row.subdistrict,
        "registration": row,
        "reports": (),
        "initial": initial,
    }


def _about_report(row: Report | None, to: str) -> dict[str, Any]:
    if row is None or (to == "person" and row.person is None):
        raise Http404
    if to == "person":
        who, provision = Addressee(person=row.person), "zhejiang-2016:33"
    else:
        who = Addressee(person=row.reporter, organisation=row.organisation)
        provision = "zhejiang-2016:35" if row.kind == "stay" else "zhejiang-2016:34"
    return {
        "to": who,
        "area": row.area,
        "registration": None,
        "reports": (row,),
        "initial": {"provision": provision, "persons": None if to == "person" else 1},
    }


@officer(*ROLES)
def order(request: HttpRequest, number: str) -> HttpResponse:
    """An order: how it stands today, and what may follow."""
    actor, today = actor_of(request), clock.today()
    row = None if "\0" in number else orders_for(actor, today).filter(number=number).first()
    if row is None:
        raise Http404
    _log(row, actor)
    stands = row.stands(today)
    closed = row.corrected_on is not None or row.revoked_on is not None
    in_hand = row.cases.exclude(state="closed").first()
    left_open = cases.open_fine(row, row.issued_on, today)
    offered = [
        *([] if closed else ["corrected"]),
        *([] if in_hand or left_open.why else ["open"]),
        *([] if closed else ["revoke"]),
    ]
    steps = {name: _form(ORDER_FORMS[name], name, request, {}) for name in offered}
    error = _do(request, row, steps, ORDER_STEPS, actor, today)
    if error is None and request.method == "POST" and _done(request, steps):
        return redirect("counter:order", number)
    return page(
        request,
        "duties/order",
        {
            "row": row,
            "today": today,
            "stands": stands,
            "why_not": "" if in_hand else cases.WHY_NOT.get(left_open.why, ""),
            "in_hand": in_hand,
            "steps": steps,
            "trouble": steps.get(request.POST.get("do", "")),
            "page_error": error.sentence if error else "",
        },
        room="duties",
        status=error.status if error else 200,
    )


@officer(*ROLES)
def case(request: HttpRequest, number: str) -> HttpResponse:
    """A case: facts, what was told and said, and the steps that may follow."""
    actor, today = actor_of(request), clock.today()
    row = None if "\0" in number else cases_for(actor, today).filter(number=number).first()
    if row is None:
        raise Http404
    _log(row, actor)
    said = cases.range_said(cases.open_fine(row.order, row.committed_on, today))
    term_over = row.statement_by is not None and today > row.statement_by
    steps = {
        name: _form(CASE_FORMS[name], name, request, row.proposed, said)
        for name in CASE_FORMS
        if _may(name, row, actor, today) and (name != "waive" or term_over)
    }
    beside = hearings.steps(cases.HEARINGS, row, request, actor, today)
    for name, form in beside.items():
        steps[name] = form
    error = _do(request, row, steps, CASE_STEPS | _of_hearing(beside), actor, today)
    if error is None and request.method == "POST" and _done(request, steps):
        return redirect("counter:penalty_case", number)
    return page(
        request,
        "duties/case",
        {
            "row": row,
            "today": today,
            "steps": {name: form for name, form in steps.items() if name not in beside},
            "hearing_steps": beside,
            **hearings.shown(row, today, organisation=row.organisation_id is not None),
            "trouble": steps.get(request.POST.get("do", "")),
            "opened_by_you": row.opened_by_id == actor.account_id,
            "page_error": error.sentence if error else "",
        },
        room="duties",
        status=error.status if error else 200,
    )


def _of_hearing(beside: dict[str, forms.Form]) -> dict[str, Step]:
    """What each step of a hearing does."""

    def step(form: forms.Form) -> Step:
        return lambda row, said, actor, today: hearings.take(cases.HEARINGS, row, form, actor, today)

    return {name: step(form) for name, form in beside.items()}


def _may(name: str, row: PenaltyCase, actor: Actor, today: date) -> bool:
    own = name in {"decide", "close"} and row.opened_by_id == actor.account_id
    if name == "decide" and row.hearing is not None and row.hearing.in_the_way(today):
        return False
    return (row.state, name) in cases.TRANSITIONS and actor.role in cases.ALLOWED_ROLES[name] and not own


def _form(
    kind: type[forms.Form], name: str, request: HttpRequest, told: dict[str, Any], range_said: str = ""
) -> forms.Form:
    sent = request.POST if request.POST.get("do") == name else None
    more: dict[str, Any] = {"range_said": range_said} if issubclass(kind, FineForm) else {}
    if issubclass(kind, DatedForm):
        year = clock.today().year
        more["years"] = range(year, year - 3, -1)
    return kind(sent, prefix=name, initial={**told, **kept(request)}, **more)


def _do(
    request: HttpRequest,
    row: CorrectionOrder | PenaltyCase,
    steps: dict[str, forms.Form],
    acts: dict[str, Step],
    actor: Actor,
    today: date,
) -> JuzhuError | None:
    name = request.POST.get("do", "")
    if name not in steps or not steps[name].is_valid():
        return None
    error = attempt(lambda: acts[name](row, steps[name].cleaned_data, actor, today))
    if error is None:
        messages.success(request, _("办好了。"))
    return error


def _done(request: HttpRequest, steps: dict[str, forms.Form]) -> bool:
    """Whether to show the page anew: a step was taken, or one was asked that may not follow any more."""
    name = request.POST.get("do", "")
    return name not in steps or steps[name].is_valid()


def _log(row: CorrectionOrder | PenaltyCase, actor: Actor) -> None:
    if row.person_id:
        people.log_reading(row.person_id, "penalty_case", actor=actor)
