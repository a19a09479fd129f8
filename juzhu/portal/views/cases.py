"""All cases of a circle: what is in hand and what was answered, newest first."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from juzhu.law.calendar import add_months
from juzhu.operations import clock
from juzhu.people.models import Person
from juzhu.permits.models import ROUTE_NAMES, STATE_NAMES, Application
from juzhu.permits.queries import applications_for
from juzhu.permits.transitions import State
from juzhu.portal.access import citizen, no_store, viewer
from juzhu.portal.case import Case

PAGE = 20
SHOWN_FOR_MONTHS = 6
"""As long as the longer remedy runs (Administrative Litigation Law art. 46)."""


@require_safe
@citizen
def cases(request: HttpRequest) -> HttpResponse:
    """`/applications`: one's own and one's wards'."""
    today = clock.today()
    rows = applications_for(viewer(request), today).exclude(number=None).order_by("-filed_on", "-pk")
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    found = [Case.of(row, today) for row in shown]
    context = {
        "nav": "progress",
        "today": today,
        "rows": [(case, STATE_NAMES[case.state], ROUTE_NAMES.get(case.application.route)) for case in found],
        "several": len({case.application.person_id for case in found}) > 1,
        "previous_url": f"?page={shown.previous_page_number()}" if shown.has_previous() else "",
        "next_url": f"?page={shown.next_page_number()}" if shown.has_next() else "",
    }
    return no_store(render(request, "portal/cases/list.html", context))


def last_refused(person: Person, today: date) -> Application | None:
    """A refusal against which a remedy may still run: somebody who was refused sees it first. One query."""
    rows = Application.objects.filter(person=person).exclude(number=None).order_by("-pk")
    last = rows.first()
    if last is None or last.state != State.REFUSED or last.decided_on is None:
        return None
    return last if add_months(last.decided_on, SHOWN_FOR_MONTHS) >= today else None
