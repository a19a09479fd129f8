"""A case about a false word, for whom it is about: what is proposed, what they say, what was decided."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from juzhu.design.formats import language
from juzhu.documents import serving, shelf
from juzhu.intake import hearings
from juzhu.intake.forms.after_issue import StatementForm
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.permits.after import fraud
from juzhu.permits.after.queries import fraud_cases_for
from juzhu.permits.models import FraudCase
from juzhu.portal.access import citizen, index_of, no_store, viewer


@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def case(request: HttpRequest, number: str) -> HttpResponse:
    """`/rights/<number>`: told, heard, decided. Before the decision the person can state their case."""
    today = clock.today()
    row = get_object_or_404(fraud_cases_for(viewer(request), today), number=number)
    form = StatementForm(request.POST if request.POST.get("do") == "state" else None)
    if request.method == "POST" and (answer := _answer(request, row, form)):
        return answer
    index = index_of(request, row.person_id)
    sheets = shelf.of_fraud(row)
    context = {
        "nav": "permit",
        "row": row,
        "form": form,
        "today": today,
        "paper": sheets[-1].make(language()),
        "remedies": list(row.remedies.all()),
        "hearing": row.hearing,
        "sheets": [(sheet.slug, sheet.name(language()), sheet.dated) for sheet in sheets],
        "suffix": f"?for={index}" if index else "",
    }
    return no_store(render(request, "portal/permit/fraud_case.html", context))


def _answer(request: HttpRequest, row: FraudCase, form: StatementForm) -> HttpResponse | None:
    actor, today = viewer(request), clock.today()
    if hearings.answered(request, fraud.HEARINGS, row, actor, today):
        return redirect("portal:fraud_case", row.number)
    waives = request.POST.get("do") == "waive"
    if not waives and not form.is_valid():
        return None
    try:
        if waives:
            fraud.waive(row, actor=actor, today=today)
        else:
            fraud.hear(row, form.cleaned_data["statement"], actor=actor, today=today)
    except JuzhuError as error:
        if form.is_bound:
            form.add_error("statement", str(error.sentence))
            return None
        messages.error(request, str(error.sentence))
    else:
        messages.success(request, _("记下了。决定之前我们会看您说的。"))
    return redirect("portal:fraud_case", row.number)


@require_safe
@citizen
def paper(request: HttpRequest, number: str, slug: str, lang: str) -> HttpResponseBase:
    """A paper of the case as PDF: issued now, if nobody asked before."""
    row = get_object_or_404(fraud_cases_for(viewer(request), clock.today()), number=number)
    sheet = shelf.named(shelf.of_fraud(row), slug)
    return serving.sheet(request, sheet, lang, reverse("portal:fraud_case", args=[number]))
