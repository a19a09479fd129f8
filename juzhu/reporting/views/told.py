"""What landlords have told a property firm, to be passed on within its own three working days."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juzhu.law import deadlines
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.operations.rules import in_force
from juzhu.registration.models import Report
from juzhu.registration.reporting import filing, queries
from juzhu.registration.reporting.entries import Entry
from juzhu.registration.reporting.sheet_files import PHASE_WORDS
from juzhu.reporting.access import acting, page, page_number, reporter
from juzhu.reporting.forms import HandBackForm

PAGE = 25


@require_safe
@reporter
def told(request: HttpRequest) -> HttpResponse:
    """The list, the earliest first, with the last day of each."""
    who, number, today = acting(request), page_number(request), clock.today()
    if not who.is_property_firm:
        raise Http404
    found = queries.told(who.actor).select_related("organisation", "reporter")
    rows = list(found[(number - 1) * PAGE : number * PAGE + 1])
    rules = in_force(today)
    context = {
        "rows": [
            {
                "row": row,
                "by": row.organisation.name
                if row.organisation
                else row.reporter.name
                if row.reporter
                else "",
                "what": PHASE_WORDS[row.kind].get(row.phase, ""),
                "due_on": deadlines.deadline("property_report", row.reported_on, rules).last_day,
            }
            for row in rows[:PAGE]
        ],
        "today": today,
        "previous_url": f"?page={number - 1}" if number > 1 else "",
        "next_url": f"?page={number + 1}" if len(rows) > PAGE else "",
    }
    return page(request, "told", context, room="told")


@require_POST
@reporter
def pass_on(request: HttpRequest, number: str) -> HttpResponse:
    """Report what a landlord has told, as the firm's own report."""
    who = acting(request)
    row = get_object_or_404(queries.told(who.actor), number=number)
    try:
        (filed,) = filing.file(
            who.reporter, [_as_told(row)], actor=who.actor, today=clock.today(), follows=row
        )
    except JuzhuError as error:
        messages.error(request, str(error.sentence))
        return redirect("reporting:told")
    if filed.new:
        messages.success(request, _("报送了，编号 %(number)s。") % {"number": filed.report.number})
    else:
        messages.info(request, _("这件事您以前报过，编号没有变，不用再报。"))
    return redirect("reporting:told")


@require_http_methods(["GET", "POST"])
@reporter
def hand_back(request: HttpRequest, number: str) -> HttpResponse:
    """Hand back what a landlord has told of a dwelling that the firm doesn't manage."""
    who = acting(request)
    row = get_object_or_404(queries.told(who.actor), number=number)
    form = HandBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            filing.hand_back(row, form.cleaned_data["reason"], actor=who.actor)
        except JuzhuError as error:
            form.add_error("reason", str(error.sentence))
        else:
            messages.success(request, _("退回了。房东会收到通知，自己报送。"))
            return redirect("reporting:told")
    return page(request, "hand_back", {"row": row, "form": form}, room="told")


def _as_told(row: Report) -> Entry:
    return Entry(
        row.kind, row.phase, row.happened_on, row.name, row.identity_number, row.born, row.phone,
        row.area, row.community_id or "", row.address, row.until_on, row.about,
    )  # fmt: skip
