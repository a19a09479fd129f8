"""After issue, for the holder: earlier versions of the permit, corrections, and tips of anybody."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from juzhu.design.formats import language
from juzhu.documents import papers
from juzhu.intake.forms.after_issue import CorrectionForm, FieldForm, entry_words
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.permits import versions
from juzhu.permits.after import corrections, post_checks
from juzhu.permits.after.corrections import FIELDS
from juzhu.permits.after.queries import corrections_for
from juzhu.permits.models import Correction
from juzhu.portal.access import circle, citizen, index_of, no_store, viewer
from juzhu.portal.forms.after_issue import TipForm
from juzhu.portal.views.permit import Holding, holding_of, opened


@opened
def earlier(request: HttpRequest, holding: Holding) -> HttpResponse:
    """`/permit/versions`: what the permit has said, why it was written anew, and when."""
    rows = list(holding.permit.versions.all())
    context = {"nav": "permit", "circle": holding.around, "latest": rows[:1], "earlier": rows[1:]}
    return render(request, "portal/permit/versions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def correct(request: HttpRequest) -> HttpResponse:
    """`/permit/correct`: which entry is wrong; then, with `?field=`, what is right, and the proof."""
    holding = holding_of(request)
    if holding is None or holding.status.status == "terminated":
        context = {"nav": "permit", "circle": circle(request)}
        return no_store(render(request, "portal/permit/none.html", context))
    field = request.POST.get("field") or request.GET.get("field", "")
    if field not in FIELDS:
        return _which(request, holding)
    return _what(request, holding, field)


def _which(request: HttpRequest, holding: Holding) -> HttpResponse:
    form = FieldForm(request.POST if request.method == "POST" else None)
    context = {
        "nav": "permit",
        "circle": holding.around,
        "form": form,
        "days": settings.JUZHU_CORRECTION_DAYS,
    }
    return no_store(render(request, "portal/permit/correct_which.html", context))


def _what(request: HttpRequest, holding: Holding, field: str) -> HttpResponse:
    sent = request.method == "POST" and "explanation" in request.POST
    form = CorrectionForm(request.POST if sent else None, field=field, today=holding.today)
    if sent:
        files = form.take(request.FILES.getlist("papers"), actor=viewer(request))
        if form.is_valid() and (made := _ask(request, holding, field, form)):
            return redirect("portal:correction", made.number)
        form.fields["papers"].help_text = _("已经收到 %(n)s 份，可以再加。") % {"n": len(files)}
    face = versions.shown(holding.permit)
    context = {
        "nav": "permit",
        "circle": holding.around,
        "form": form,
        "field": field,
        "name": FIELDS[field],
        "stands": entry_words(field, str(getattr(face, field, ""))),
        "days": settings.JUZHU_CORRECTION_DAYS,
    }
    return no_store(render(request, "portal/permit/correct.html", context))


def _ask(request: HttpRequest, holding: Holding, field: str, form: CorrectionForm) -> Correction | None:
    try:
        return corrections.ask(
            holding.permit,
            field,
            form.wanted(),
            form.cleaned_data["explanation"],
            form.stored,
            actor=viewer(request),
            today=holding.today,
        )
    except JuzhuError as error:
        form.add_error("wanted" if "wanted" in form.fields else "papers", str(error.sentence))
        return None


@require_safe
@citizen
def correction(request: HttpRequest, number: str) -> HttpResponse:
    """`/permit/corrections/<number>`: asked, until when, and the answer with what one can do against it."""
    today = clock.today()
    row = get_object_or_404(corrections_for(viewer(request), today), number=number)
    index = index_of(request, row.permit.person_id)
    context = {
        "nav": "permit",
        "row": row,
        "paper": papers.correction(row, language()),
        "today": today,
        "name": FIELDS[row.field],
        "was": entry_words(row.field, row.was),
        "wanted": entry_words(row.field, row.wanted),
        "has_version": row.versions.exists(),
        "suffix": f"?for={index}" if index else "",
        "days": settings.JUZHU_CORRECTION_DAYS,
    }
    return no_store(render(request, "portal/permit/correction.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def tip(request: HttpRequest) -> HttpResponseBase:
    """`/tip`: say that something about a permit is not true. The page never says who has one."""
    form = TipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = post_checks.report(said["area"], said["about"], said["text"], actor=viewer(request))
        except JuzhuError as error:
            form.add_error(None, str(error.sentence))
        else:
            messages.success(
                request, _("收到了，编号 %(number)s。派出所会去核实。") % {"number": made.number}
            )
            return redirect(reverse("portal:tasks"))
    context = {"nav": "tasks", "form": form}
    return no_store(render(request, "portal/tip.html", context))
