"""The one-off notice: composed from the findings, added to by the officer, read before it is sent."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juzhu.counter import decide_bar
from juzhu.counter.access import CASEWORK, actor_of, kept, officer, page
from juzhu.counter.casefile import CaseFile, open_case
from juzhu.counter.forms import NoticeForm
from juzhu.counter.views.case import found_case
from juzhu.counter.views.decisions import attempt, done_before
from juzhu.design.findings import of
from juzhu.law import deadlines, policy
from juzhu.law.eligibility import LEAVES
from juzhu.operations import clock
from juzhu.permits import casework, judging
from juzhu.permits.casework import OTHER
from juzhu.permits.models import Application
from juzhu.permits.transitions import State

EVENT = "application.supplement_requested"


@officer(*CASEWORK)
def supplement(request: HttpRequest, number: str) -> HttpResponse:
    """Write it, read it as the applicant will, send it. `step` says which of the three this is."""
    actor, today = actor_of(request), clock.today()
    application = found_case(actor, number)
    opened = _opened(application, today)
    posted = request.method == "POST"
    form = NoticeForm(request.POST if posted else None, initial=kept(request), unproven=opened.unproven)
    step, error = request.POST.get("step", ""), None
    valid = posted and form.is_valid()
    if valid and step == "send":
        error = attempt(
            lambda: casework.request_supplement(application, form.notes(), actor=actor, today=today)
        )
        if error is None or done_before(application, EVENT, actor, error):
            messages.success(request, _("一次性告知已发出。申请人会收到消息。"))
            return redirect("counter:case", number)
        application = found_case(actor, number)
        opened = _opened(application, today)
    blocked = [found.why for found in decide_bar.steps(opened, actor) if found.action == "supplement"]
    reading = valid and step in {"preview", "send"} and error is None
    rules = policy.load(application.policy_id)
    return page(
        request,
        "notice_preview" if reading else "notice",
        {
            "case": application,
            "file": opened,
            "form": form,
            "fields": _fields(opened, form),
            "items": _items(opened, form) if reading else [],
            "today": today,
            "due": deadlines.deadline("supplement", today, rules).last_day,
            "due_days": rules.parameters.supplement_days,
            "takes_back": opened.standing.state == State.ACCEPTED,
            "issue_days": rules.parameters.issue_days,
            "page_error": error.sentence if error else "",
            "blocked": blocked[0] if blocked else _("这一件现在不能告知。"),
        },
        status=error.status if error else 200,
    )


def _opened(application: Application, today: date) -> CaseFile:
    """The case with the findings of the day that the notice is judged by."""
    return open_case(application, today, judging.asked(application, today))


def _fields(opened: CaseFile, form: NoticeForm) -> list[dict[str, Any]]:
    """Each missing thing with its standard text and the field for the officer's note."""
    found = {str(of(finding, "code")): finding for finding in opened.unproven}
    return [{"finding": found.get(code), "leaf": LEAVES[code], "field": form[code]} for code in form.codes]


def _items(opened: CaseFile, form: NoticeForm) -> list[dict[str, Any]]:
    """The notice as it will read."""
    found = {str(of(finding, "code")): finding for finding in opened.unproven}
    notes = form.notes()
    rows = [
        {"finding": found.get(code), "leaf": LEAVES[code], "note": note}
        for code, note in notes.items()
        if code != OTHER
    ]
    return rows + [{"note": note} for code, note in notes.items() if code == OTHER]
