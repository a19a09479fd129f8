"""租客求助: tenants whose landlords won't help, for the subdistrict."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from juzhu.counter.access import actor_of, kept, officer, page, page_number
from juzhu.counter.forms_dwellings import HelpAnswerForm
from juzhu.counter.views.decisions import attempt
from juzhu.operations import clock
from juzhu.people import actions as people
from juzhu.registration.dwellings import helping, queries

PAGE = 50


@officer("subdistrict")
def calls(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first; those that were answered, under a tab of their own."""
    actor, today = actor_of(request), clock.today()
    done = request.GET.get("tab") == "done"
    rows = queries.help_calls(actor)
    rows = (
        rows.filter(state="settled").order_by("-settled_at", "-pk") if done else rows.exclude(state="settled")
    )
    number = page_number(request)
    found = list(rows[(number - 1) * PAGE : number * PAGE + 1])
    about = {"tab": "done"} if done else {}
    context = {
        "rows": [(row, max((today - localtime(row.called_at).date()).days, 0)) for row in found[:PAGE]],
        "done": done,
        "today": today,
        "previous_url": f"?{urlencode({**about, 'page': number - 1})}" if number > 1 else "",
        "next_url": f"?{urlencode({**about, 'page': number + 1})}" if len(found) > PAGE else "",
    }
    return page(request, "dwellings/help_calls", context, room="help_calls")


@officer("subdistrict")
def call(request: HttpRequest, number: str) -> HttpResponse:
    """One of them: who, where, what; taking it up, and the answer."""
    actor = actor_of(request)
    row = None if "\0" in number else queries.help_calls(actor).filter(number=number).first()
    if row is None:
        raise Http404
    people.log_reading(row.person_id, "help_call", actor=actor)
    do = request.POST.get("do", "")
    form = HelpAnswerForm(request.POST if do == "settle" else None, initial=kept(request))
    error = None
    if do == "take_up":
        error = attempt(lambda: helping.take_up(row, actor=actor))
    elif do == "settle" and form.is_valid():
        error = attempt(lambda: helping.settle(row, form.cleaned_data["answer"], actor=actor))
    if do and error is None and not form.errors:
        messages.success(
            request, _("记下了，已经告诉租客。") if do == "take_up" else _("答复好了，已经告诉租客。")
        )
        return redirect("counter:help_calls")
    context = {"row": row, "form": form, "page_error": error.sentence if error else ""}
    status = error.status if error else 200
    return page(request, "dwellings/help_call", context, room="help_calls", status=status)
