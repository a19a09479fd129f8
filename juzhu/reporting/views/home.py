"""What was reported lately; one report; taking it back. Nothing here says what became of a report."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from juzhu.operations import clock
from juzhu.registration.duties import reporters
from juzhu.registration.duties.queries import orders_for
from juzhu.registration.models import VOID, Report
from juzhu.registration.reporting import filing, queries
from juzhu.registration.reporting.entries import BEGAN, LEASE, LEASE_INTRODUCED, WORK, WORK_INTRODUCED
from juzhu.registration.reporting.sheet_files import PHASE_WORDS
from juzhu.reporting import owed
from juzhu.reporting.access import acting, page, page_number, reporter, whichever
from juzhu.reporting.forms import WithdrawForm
from juzhu.reporting.words import OFFERED

PAGE = 25
MOST_ORDERS, MOST_DUE = 20, 5
TELLS = frozenset({WORK, LEASE, WORK_INTRODUCED, LEASE_INTRODUCED})
"""Of whom the reporter tells them to register, and helps: the receipt says how, to everybody alike. Source:
Hangzhou art. 12.
"""
DONE = Q(corrected_on__isnull=False) | Q(revoked_on__isnull=False)
"""Orders that are no duty any more; the others stand among what is due."""


@require_safe
@reporter
def home(request: HttpRequest) -> HttpResponse:
    """What can be reported, and what was: number, day, in time or late."""
    who, number = acting(request), page_number(request)
    rows = list(queries.own(who.actor)[(number - 1) * PAGE : number * PAGE + 1])
    today = clock.today()
    found = reporters.owed(who.reporter, today)
    context = {
        "offered": [(kind, *OFFERED[kind]) for kind in who.reporter.kinds],
        "rows": [_line(row) for row in rows[:PAGE]],
        "previous_url": f"?page={number - 1}" if number > 1 else "",
        "next_url": f"?page={number + 1}" if len(rows) > PAGE else "",
        "owed": owed.lines(found[:MOST_DUE], today),
        "count": len(found),
        "over": sum(one.left(today) < 0 for one in found),
        "today": today,
        "term": owed.TERM_DAYS,
        "orders": orders_for(who.actor, today).filter(DONE).order_by("-pk")[:MOST_ORDERS],
        "may_tell": LEASE in who.reporter.kinds and not who.is_property_firm,
        "waiting": queries.told(who.actor).count() if who.is_property_firm else 0,
    }
    return page(request, "home", context)


def _line(row: Report) -> dict[str, Any]:
    """A report as its reporter sees it: what they said and when. `state` only tells what they did to it."""
    return {
        "pk": row.pk,
        "number": row.number,
        "name": row.name,
        "what": PHASE_WORDS[row.kind].get(row.phase, ""),
        "title": OFFERED[row.kind][0],
        "happened_on": row.happened_on,
        "reported_on": row.reported_on,
        "due_on": row.due_on,
        "late": row.late,
        "withdrawn": row.state == "withdrawn",
        "passed": row.passed_to_id is not None,
        "returned": row.state == "returned",
        "because": row.said if row.state == "returned" else "",
        "address": row.address,
        "sheet_id": row.sheet_id,
    }


@require_safe
@reporter
def report(request: HttpRequest, number: str) -> HttpResponse:
    """That it was reported: the receipt."""
    row = whichever(request, lambda actor: queries.own(actor).filter(number=number).first())
    if row is None:
        raise Http404
    settled = row.state == "settled" or Report.objects.filter(follows=row).exists()
    passed_on = row.passed_to_id is not None and settled
    tells = row.phase == BEGAN and row.kind in TELLS and row.state not in VOID
    context = {"row": _line(row), "kind": row.kind, "firm": row.passed_to, "passed_on": passed_on}
    context["need_url"] = f"{settings.JUZHU_PUBLIC_URL}{reverse('portal:need')}" if tells else ""
    return page(request, "report", context)


@require_http_methods(["GET", "POST"])
@reporter
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take back what was reported by mistake."""
    who = acting(request)
    row = get_object_or_404(queries.own(who.actor), number=number)
    if row.state in VOID:
        return redirect("reporting:report", row.number)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        filing.withdraw(row, form.cleaned_data["reason"], actor=who.actor)
        messages.success(request, _("撤回了。要重新报，可以马上报。"))
        return redirect("reporting:report", row.number)
    return page(request, "withdraw", {"row": _line(row), "form": form})
