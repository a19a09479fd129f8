"""Rights that need no phone: to be heard before a penalty, to have a person look, another route, remedies.

Source: Administrative Penalty Law art. 44, 45; Personal Information Protection Law art. 24; Zhejiang art.
16; Administrative Reconsideration Law art. 20; notice 2(2)4.
"""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juzhu.counter.access import kept
from juzhu.counter.after_at_window import automatic_of, decisions
from juzhu.counter.forms_window_after import AskedForm, HeardForm, WaivedForm
from juzhu.counter.views.window import Here, at_window
from juzhu.counter.views.window_filing import refused_here
from juzhu.design.formats import language
from juzhu.intake.routes import offer_for
from juzhu.operations.errors import JuzhuError
from juzhu.permits import instant, submission
from juzhu.permits.after import fraud
from juzhu.permits.after.measures import Measures
from juzhu.permits.after.queries import attended, fraud_cases_for
from juzhu.permits.attending import Standing
from juzhu.permits.errors import RepresentativeMissing
from juzhu.permits.models import ROUTE_NAMES, FraudCase


@at_window
def statement(here: Here, number: str) -> HttpResponse:
    """陈述、申辩 by word of mouth: told once more, taken down, read out; then the record to be signed."""
    row = _case(here, number)
    request, does = here.request, here.request.POST.get("do", "")
    heard = HeardForm(request.POST if does == "hear" else None, initial=kept(request))
    waived = WaivedForm(request.POST if does == "waive" else None)
    error: JuzhuError | None = None
    if does == "hear":
        heard.take(request.FILES.getlist("papers"), actor=here.actor)
    if row.state == "told" and (heard.is_valid() if does == "hear" else waived.is_valid()):
        error = _refused(lambda: _heard(here, row, does, heard))
        if error is None:
            messages.success(request, _("记下了。请打印笔录，请本人（代办人）看过签名。"))
            return redirect("counter:window_statement", here.visit, number)
        if isinstance(error, RepresentativeMissing):
            return refused_here(here, error)
        (heard if does == "hear" else waived).add_error(None, str(error.sentence))
    context = {
        "row": row,
        "form": waived if does == "waive" else heard,
        "heard": heard,
        "waived": waived,
        "proposed": Measures(**row.proposed) if row.proposed else None,
        "stood": attended("waiver" if row.waived_statement else "statement", number),
        "agent": here.agent,
    }
    return here.show("statement", context, status=error.status if error else 200)


def _case(here: Here, number: str) -> FraudCase:
    rows = fraud_cases_for(here.actor, here.today).filter(person=here.person, state__in=("told", "heard"))
    found = None if "\0" in number else rows.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _heard(here: Here, row: FraudCase, does: str, form: HeardForm) -> object:
    if does == "waive":
        standing = Standing(here.agent)
        return fraud.waive(row, actor=here.actor, today=here.today, standing=standing)
    standing = Standing(here.agent, form.stored)
    said = form.cleaned_data["statement"]
    return fraud.hear(row, said, actor=here.actor, today=here.today, standing=standing)


def _refused(act: Callable[[], object]) -> JuzhuError | None:
    try:
        act()
    except JuzhuError as error:
        return error
    return None


@at_window
def ask_person(here: Here) -> HttpResponse:
    """请人工复核: for an answer that the rules gave alone."""
    case = automatic_of(here.person, here.actor, here.today)
    if case is None:
        return here.go()

    def act() -> object:
        standing = Standing(here.agent)
        return instant.ask_person(case, actor=here.actor, today=here.today, standing=standing)

    done = _("记下了。会有一位工作人员重新看一遍。")
    return _on_their_word(here, "ask_person", act, done, {"case": case})


@at_window
def switch(here: Here) -> HttpResponse:
    """换一条途径: for a case that was filed and would do better by another route."""
    case = here.unfinished
    offer = offer_for(case, here.today) if case and here.actor.covers(case.area) else None
    if case is None or offer is None:
        return here.go()

    def act() -> object:
        standing = Standing(here.agent) if case.number else None
        return submission.switch(
            case, offer.instead.route, actor=here.actor, today=here.today, standing=standing
        )

    name = ROUTE_NAMES[offer.instead.route]
    done = _("已换成“%(route)s”。填的、交的都还在。") % {"route": name}
    return _on_their_word(here, "switch", act, done, {"case": case, "offer": offer})


def _on_their_word(
    here: Here, template: str, act: Callable[[], object], done: str, context: dict[str, object]
) -> HttpResponse:
    """What is done because somebody who stands here asks for it, after a page that says what follows."""
    request = here.request
    form: forms.Form = AskedForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        error = _refused(act)
        if error is None:
            messages.success(request, done)
            return here.go()
        if isinstance(error, RepresentativeMissing):
            return refused_here(here, error)
        form.add_error(None, str(error.sentence))
        status = error.status
    return here.show(template, {**context, "form": form, "agent": here.agent}, status=status)


@at_window
def remedies(here: Here) -> HttpResponse:
    """复议和诉讼: what somebody can do against an answer, to whom and until when; to print and hand over."""
    found = decisions(here.person, here.actor, here.today)
    rows = [(answer, answer.remedies(language())) for answer in found]
    return here.show("remedies", {"rows": rows, "chief": here.actor.role == "chief"})
