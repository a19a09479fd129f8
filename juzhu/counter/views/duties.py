"""`/counter/duties`: what waits for the area's officers, by the law's clocks, and what was found out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juzhu.counter.access import actor_of, kept, officer, page, page_number
from juzhu.counter.forms_duties import SaidForm, SettleForm
from juzhu.counter.views.decisions import attempt
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError
from juzhu.people import actions as people
from juzhu.registration.duties import worklists
from juzhu.registration.models import Contradiction, Report
from juzhu.registration.reporting import answers, contradictions, queries

ROLES = ("clerk", "chief", "subdistrict")
PAGE, COUNTED = 30, 999
FIRST = {"reports": gettext_lazy("要核实的"), "contradictions": gettext_lazy("说法不一")}
REASONS = {
    "number": gettext_lazy("公民身份号码相同"),
    "name": gettext_lazy("姓名相同"),
    "name_differs": gettext_lazy("姓名不同"),
    "born": gettext_lazy("出生日期相同"),
    "phone": gettext_lazy("手机号相同"),
    "several": gettext_lazy("有几个人都对得上"),
}


@officer(*ROLES)
def home(request: HttpRequest) -> HttpResponse:
    """One list at a time, what falls due first on top; `overdue=1` shows only what is over."""
    actor, today = actor_of(request), clock.today()
    lists = worklists.open_to(actor)
    tab = request.GET.get("tab", "reports")
    if tab not in FIRST and tab not in lists:
        raise Http404
    overdue = request.GET.get("overdue") == "1" and tab in lists
    number = page_number(request)
    start = PAGE * (number - 1)
    found = list(_rows(tab, actor, overdue)[start : start + PAGE + 1])
    here = f"{reverse('counter:duties')}?tab={tab}" + ("&overdue=1" if overdue else "")
    return page(
        request,
        "duties/home",
        {
            "today": today,
            "tab": tab,
            "tabs": _tabs(tab, actor),
            "rows": [row if tab in FIRST else worklists.duty(tab, row, today) for row in found[:PAGE]],
            "dated": tab in lists,
            "overdue": overdue,
            "overdue_count": _count(_rows(tab, actor, True)) if tab in lists else 0,
            "previous_url": f"{here}&page={number - 1}" if number > 1 else "",
            "next_url": f"{here}&page={number + 1}" if len(found) > PAGE else "",
        },
        room="duties",
    )


def _rows(tab: str, actor: Actor, overdue: bool) -> QuerySet[Any]:
    if tab == "reports":
        rows = queries.waiting(actor).filter(state="officer")
        return rows.select_related("organisation", "reporter", "person")
    if tab == "contradictions":
        return queries.contradictions_for(actor)
    return worklists.rows_of(tab, actor, clock.today(), overdue=overdue)


def _tabs(tab: str, actor: Actor) -> list[dict[str, Any]]:
    home_url = reverse("counter:duties")
    names = FIRST | {key: one.name for key, one in worklists.open_to(actor).items()}
    return [
        {
            "url": f"{home_url}?tab={key}",
            "label": name,
            "here": key == tab,
            "count": _count(_rows(key, actor, False)),
        }
        for key, name in names.items()
    ]


def _count(rows: QuerySet[Any]) -> int:
    """How many, up to 999: a longer list is worked off from its top all the same."""
    return len(rows.order_by().values_list("pk")[:COUNTED])


@officer(*ROLES)
def report(request: HttpRequest, number: str) -> HttpResponse:
    """One report, whom it may be about and why, and what was found out."""
    actor, today = actor_of(request), clock.today()
    rows = queries.for_officers(actor).select_related(
        "organisation", "reporter", "person", "passed_to", "community", "settled_by", "dwelling"
    )
    row = None if "\0" in number else rows.filter(number=number).first()
    if row is None:
        raise Http404
    if row.person_id:
        people.log_reading(row.person_id, "report", actor=actor)
    form = SettleForm(request.POST or None, initial=kept(request))
    error: JuzhuError | None = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        error = attempt(lambda: answers.settle(row, said["outcome"], said["said"], actor=actor, today=today))
        if error is None:
            messages.success(request, _("记下了。"))
            return redirect("counter:report", number)
    current = row.person.registrations.filter(ended_on__isnull=True).first() if row.person else None
    return page(
        request,
        "duties/report",
        {
            "row": row,
            "today": today,
            "form": form,
            "waiting": row.state in queries.WAITING,
            "reasons": [REASONS[code] for code in row.reasons if code in REASONS],
            "current": current if current and actor.covers(current.subdistrict) else None,
            "elsewhere": current is not None and not actor.covers(current.subdistrict),
            "others": _others(row, actor),
            "may_order": actor.role in worklists.POLICE,
            "page_error": error.sentence if error else "",
        },
        room="duties",
        status=error.status if error else 200,
    )


def _others(row: Report, actor: Actor) -> list[Contradiction]:
    """What contradicts a report and is open."""
    return list(queries.contradictions_for(actor).filter(report=row))


@officer(*ROLES)
def contradiction(request: HttpRequest, pk: int) -> HttpResponse:
    """Two words side by side."""
    actor, today = actor_of(request), clock.today()
    row = queries.contradictions_of(actor).filter(pk=pk).first()
    if row is None:
        raise Http404
    for person_id in {row.report.person_id, row.registration and row.registration.person_id}:
        if person_id:
            people.log_reading(person_id, "report", actor=actor)
    form = SaidForm(request.POST or None, initial=kept(request))
    error: JuzhuError | None = None
    if request.method == "POST" and form.is_valid():
        error = attempt(lambda: contradictions.settle(row, form.cleaned_data["said"], actor=actor))
        if error is None:
            messages.success(request, _("记下了。"))
            return redirect(f"{reverse('counter:duties')}?tab=contradictions")
    return page(
        request,
        "duties/contradiction",
        {
            "row": row,
            "today": today,
            "form": form,
            "page_error": error.sentence if error else "",
        },
        room="duties",
        status=error.status if error else 200,
    )
