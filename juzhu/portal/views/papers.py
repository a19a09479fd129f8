"""An application that was filed, and the official papers about it: receipt, one-off notice, refusal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juzhu.design.formats import language
from juzhu.design.legal import leaf_name
from juzhu.documents import papers, serving, shelf
from juzhu.documents.shelf import Sheet
from juzhu.intake.routes import offer_for
from juzhu.law import policy
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.permits import actions, bureaus, facts, instant
from juzhu.permits.models import ROUTE_NAMES, Application, SupplementNotice
from juzhu.permits.pauses import REASONS
from juzhu.permits.transitions import OPEN, State
from juzhu.portal.access import citizen, index_of, no_store, viewer
from juzhu.portal.case import Case, timeline
from juzhu.portal.grown_up import own_case


def _case(request: HttpRequest, number: str) -> tuple[Application, Case]:
    """Their own or a ward's application; 404 for everything else."""
    application = own_case(request, number)
    return application, Case.of(application, clock.today())


def _context(request: HttpRequest, application: Application, case: Case) -> dict[str, Any]:
    index = index_of(request, application.person_id)
    return {
        "nav": "messages",
        "application": application,
        "case": case,
        "today": case.today,
        "suffix": f"?for={index}" if index else "",
        "issue_days": policy.load(application.policy_id).parameters.issue_days,
        "route_name": ROUTE_NAMES.get(application.route),
    }


@require_safe
@citizen
def application(request: HttpRequest, number: str) -> HttpResponse:
    """Where it stands, what happens next and by when, and what has happened."""
    row, case = _case(request, number)
    context = {
        **_context(request, row, case),
        "nav": "progress",
        "sheets": [_line(row, sheet) for sheet in shelf.of_case(row, case.today)],
        "entries": timeline(case),
        "notice": row.notices.first(),
        "offer": offer_for(row, case.today),
        "checking": bureaus.of_case(row, case.today) if case.state in OPEN else [],
        "remedies": list(row.remedies.all()),
        "pause_reason": REASONS[case.pause.reason] if case.pause else None,
        "look": instant.look_asked_for(row),
        "against": _against(row) if case.state == State.ACCEPTED else [],
    }
    return no_store(render(request, "portal/papers/application.html", context))


def _against(row: Application) -> list[str]:
    """The conditions that an accepted endorsement did not meet, by name: a reviewer is about to decide."""
    decision = row.decisions.filter(stage="accept").last() if row.is_endorsement else None
    unmet = decision.answer["unmet"] if decision and decision.outcome == "refuse" else []
    return [leaf_name(code, language()) for code in unmet]


@require_POST
@citizen
def ask_person(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a person after an automatic answer. Source: Personal Information Protection Law art. 24."""
    row, case = _case(request, number)
    try:
        instant.ask_person(row, actor=viewer(request), today=case.today)
    except JuzhuError as error:
        messages.error(request, str(error.sentence))
    else:
        messages.success(request, _("记下了。会有一位工作人员重新看一遍。"))
    return redirect("portal:application", number)


@dataclass(frozen=True, slots=True)
class Line:
    """A paper in the list of a case: its PDF, and its page where it has one of its own."""

    slug: str
    title: str
    dated: date
    page: str


def _line(row: Application, sheet: Sheet) -> Line:
    page = {"receipt": "portal:receipt", "notice": "portal:notice", "refusal": "portal:refusal"}.get(
        sheet.slug.partition("-")[0], ""
    )
    return Line(
        sheet.slug, sheet.name(language()), sheet.dated, reverse(page, args=[row.number]) if page else ""
    )


@require_safe
@citizen
def paper(request: HttpRequest, number: str, slug: str, lang: str) -> HttpResponseBase:
    """A paper of the case as PDF: issued now, if nobody asked before."""
    row, case = _case(request, number)
    sheet = shelf.named(shelf.of_case(row, case.today), slug)
    return serving.sheet(request, sheet, lang, reverse("portal:application", args=[number]))


@require_safe
@citizen
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """受理回执, also where time has accepted. Source: notice 2(1)3; Administrative Licensing Law art. 32."""
    row, case = _case(request, number)
    paper = papers.receipt(row, case.today, language())
    if paper is None:
        raise Http404
    return no_store(
        render(request, "portal/papers/receipt.html", {**_context(request, row, case), "paper": paper})
    )


@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """一次性告知书: everything that is missing, how to mend each, by when; once, more time on request."""
    row, case = _case(request, number)
    found = row.notices.select_related("issued_by").first()
    if found is None:
        raise Http404
    if request.method == "POST":
        return _extend(request, row, case.today)
    still = case.state == State.SUPPLEMENT_REQUESTED
    paper = papers.notice(found, language())
    met = _met(row, case.today) if still else set()
    needed = [(item, item.code in met) for item in paper.needed]
    context = {
        **_context(request, row, case),
        "paper": paper,
        "notice": found,
        "slug": _slug_of_notice(row, found),
        "needed": needed,
        "open": still,
        "left": sum(not done for _item, done in needed),
        "done": sum(done for _item, done in needed),
    }
    return no_store(render(request, "portal/papers/notice.html", context))


def _slug_of_notice(row: Application, found: SupplementNotice) -> str:
    earlier = row.notices.filter(pk__lt=found.pk).count()
    return f"notice-{earlier + 1}" if earlier else "notice"


def _met(row: Application, today: date) -> set[str]:
    """The conditions that are proved by now."""
    answer, _seen = facts.decide(row, today)
    return {finding.code for finding in answer.findings if finding.state == "met"}


def _extend(request: HttpRequest, row: Application, today: date) -> HttpResponse:
    try:
        longer = actions.extend_supplement(row, actor=viewer(request), today=today)
    except JuzhuError as error:
        messages.error(request, str(error.sentence))
    else:
        until = longer.due_on.isoformat()
        messages.success(request, _("期限延长到 %(day)s。只能延长这一次。") % {"day": until})
    return redirect("portal:notice", row.number)


@require_safe
@citizen
def refusal(request: HttpRequest, number: str) -> HttpResponse:
    """不予决定书: facts, reasons, articles, remedies (requirements J17)."""
    row, case = _case(request, number)
    paper = papers.refusal(row, language()) if case.has_refusal else None
    if paper is None:
        raise Http404
    return no_store(
        render(request, "portal/papers/refusal.html", {**_context(request, row, case), "paper": paper})
    )


@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take an application back, after a page that says what follows."""
    row, case = _case(request, number)
    if not case.can_withdraw:
        return redirect("portal:application", number)
    if request.method == "POST":
        try:
            actions.withdraw(row, actor=viewer(request), today=case.today)
        except JuzhuError as error:
            messages.error(request, str(error.sentence))
        else:
            messages.success(request, _("已撤回。居住登记和居住时间不受影响。"))
        return redirect("portal:application", number)
    return no_store(render(request, "portal/papers/withdraw.html", _context(request, row, case)))
