"""责令改正 and what may follow, as those see it whom it is for: here they speak up before it is decided."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from juzhu.intake import hearings
from juzhu.intake.forms.after_issue import StatementForm
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.registration.duties import cases
from juzhu.registration.duties.queries import cases_for, orders_for
from juzhu.reporting.access import acting, page, reporter, typed, whichever


@require_http_methods(["GET", "POST"])
@reporter
def order(request: HttpRequest, number: str) -> HttpResponse:
    """An order: what to do by when; and, once told, what is proposed and the right to be heard.

    Source: Administrative Penalty Law arts. 7, 44, 45, 61.
    """
    today = clock.today()
    row = whichever(request, lambda actor: orders_for(actor, today).filter(number=number).first())
    if row is None:
        raise Http404
    actor = acting(request).actor
    case = cases_for(actor, today).filter(order=row).first()
    if case is not None and hearings.answered(request, cases.HEARINGS, case, actor, today):
        return redirect("reporting:order", number)
    waives, status = request.POST.get("do") == "waive", 200
    form = StatementForm(None if waives else typed(request))
    if request.method == "POST" and case is not None and (waives or form.is_valid()):
        try:
            if waives:
                cases.waive(case, actor=actor, today=today)
            else:
                cases.hear(case, form.cleaned_data["statement"], actor=actor, today=today)
        except JuzhuError as error:
            if waives:
                messages.error(request, str(error.sentence))
                return redirect("reporting:order", number)
            status = error.status
            form.add_error("statement", str(error.sentence))
        else:
            messages.success(request, _("记下了。") if waives else _("记下了。决定前会看您说的。"))
            return redirect("reporting:order", number)
    return page(
        request,
        "order",
        {
            "row": row,
            "case": case,
            "hearing": case.hearing if case is not None else None,
            "form": form,
            "stands": row.stands(today),
            "today": today,
            "may_speak": case is not None and (case.state == "told" or (form.is_bound and bool(form.errors))),
        },
        status=status,
    )
