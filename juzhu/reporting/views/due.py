"""What is due from who reports, by when, what is over; and their word that it is otherwise."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.registration.duties import answering, reporters
from juzhu.reporting import owed
from juzhu.reporting.access import acting, choose, page, page_number, reporter, typed
from juzhu.reporting.forms import GoesOnForm

PAGE = 25


@require_safe
@reporter
def due(request: HttpRequest) -> HttpResponse:
    """All of it, the earliest last day first. `for`: for whom, where a message leads here."""
    asked = request.GET.get("for", "")
    if asked.isascii() and asked.isdecimal() and len(asked) < 12:
        choose(request, int(asked))
        return redirect("reporting:due")
    today, number = clock.today(), page_number(request)
    found = reporters.owed(acting(request).reporter, today)
    context = {
        "owed": owed.lines(found[(number - 1) * PAGE : number * PAGE], today),
        "today": today,
        "term": owed.TERM_DAYS,
        "over": sum(one.left(today) < 0 for one in found),
        "count": len(found),
        "previous_url": f"?page={number - 1}" if number > 1 else "",
        "next_url": f"?page={number + 1}" if len(found) > number * PAGE else "",
    }
    return page(request, "due", context)


@require_http_methods(["GET", "POST"])
@reporter
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Say that a letting goes on, or that what an agent said is not so."""
    who, today = acting(request), clock.today()
    found = reporters.find(who.reporter, key, today)
    if request.method == "POST" and found is None:
        messages.info(request, _("这一件不用办了，可能刚刚办过。"))
        return redirect("reporting:due")
    if found is None or found.kind not in reporters.ANSWERABLE:
        raise Http404
    goes_on = found.kind == "ended"
    form = GoesOnForm(typed(request), today=today) if goes_on else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            if form is not None:
                until = form.cleaned_data["until_on"]
                answering.goes_on(who.reporter, key, until, actor=who.actor, today=today)
            else:
                answering.not_so(who.reporter, key, actor=who.actor, today=today)
        except JuzhuError as error:
            if form is None:
                raise Http404 from error
            form.add_error("until_on", str(error.sentence))
        else:
            messages.success(request, _("记下了，这一件不用再办。"))
            return redirect("reporting:due")
    (line,) = owed.lines([found], today)
    return page(request, "due_answer", {"line": line, "form": form, "goes_on": goes_on})
