"""After issue, for somebody at the window: what is wrong on the permit, and what a check asks."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juzhu.counter.access import kept
from juzhu.counter.forms_window_after import AnsweredForm
from juzhu.counter.views.window import Here, at_window
from juzhu.counter.views.window_filing import refused_here
from juzhu.design.formats import day, language
from juzhu.intake.forms.after_issue import CorrectionForm, FieldForm, entry_words
from juzhu.operations.errors import JuzhuError
from juzhu.permits import versions
from juzhu.permits.after import corrections, post_checks
from juzhu.permits.after.corrections import FIELDS
from juzhu.permits.after.post_checks import Found
from juzhu.permits.after.queries import post_checks_for
from juzhu.permits.attending import Standing
from juzhu.permits.errors import RepresentativeMissing
from juzhu.permits.models import Correction, Permit, PostCheck


@at_window
def correct(here: Here) -> HttpResponse:
    """更正: which entry is wrong; then, with `?field=`, what is right, with the papers on the table."""
    permit, request = here.permit, here.request
    if permit is None or not here.actor.covers(permit.area):
        return here.go()
    field = request.POST.get("field") or request.GET.get("field", "")
    if field in FIELDS:
        return _what(here, permit, field)
    form = FieldForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "agent": here.agent, "days": settings.JUZHU_CORRECTION_DAYS, "field": ""}
    return here.show("correct", context)


def _what(here: Here, permit: Permit, field: str) -> HttpResponse:
    request = here.request
    sent = request.method == "POST" and "explanation" in request.POST
    form = CorrectionForm(
        request.POST if sent else None, field=field, today=here.today, initial=kept(request)
    )
    status = 200
    if sent:
        stored = form.take(request.FILES.getlist("papers"), actor=here.actor)
        if stored:
            form.fields["papers"].help_text = _("已经收到 %(n)s 份，可以再加。") % {"n": len(stored)}
        if form.is_valid():
            try:
                made = _ask(here, permit, field, form)
            except RepresentativeMissing as error:
                return refused_here(here, error)
            except JuzhuError as error:
                status = error.status
                form.add_error("wanted" if "wanted" in form.fields else "papers", str(error.sentence))
            else:
                said = _("更正收下了，编号 %(number)s，最晚 %(day)s 答复本人。")
                due = day(made.due_on, language())
                messages.success(request, said % {"number": made.number, "day": due})
                return here.go()
    stands = entry_words(field, str(getattr(versions.shown(permit), field, "")))
    context = {"form": form, "field": field, "name": FIELDS[field], "stands": stands, "agent": here.agent}
    return here.show("correct", {**context, "days": settings.JUZHU_CORRECTION_DAYS}, status=status)


def _ask(here: Here, permit: Permit, field: str, form: CorrectionForm) -> Correction:
    return corrections.ask(
        permit,
        field,
        form.wanted(),
        form.cleaned_data["explanation"],
        form.stored,
        actor=here.actor,
        today=here.today,
        standing=Standing(here.agent),
    )


@at_window
def answer_check(here: Here, number: str) -> HttpResponse:
    """核查: the person has come to say how it is; what they say and show is the result."""
    row = _check(here, number)
    request = here.request
    form = AnsweredForm(request.POST if request.method == "POST" else None, initial=kept(request))
    status = 200
    if request.method == "POST":
        stored = form.take(request.FILES.getlist("papers"), actor=here.actor)
        if form.is_valid():
            said = Found(form.answers(), form.cleaned_data["result"], form.cleaned_data["note"], stored)
            try:
                post_checks.record(
                    row, said, actor=here.actor, today=here.today, standing=Standing(here.agent)
                )
            except RepresentativeMissing as error:
                return refused_here(here, error)
            except JuzhuError as error:
                status = error.status
                form.add_error("result", str(error.sentence))
            else:
                messages.success(request, _("记下了。"))
                return redirect("counter:post_check", number)
    context = {"form": form, "row": row, "face": versions.shown(row.permit), "agent": here.agent}
    return here.show("check", context, status=status)


def _check(here: Here, number: str) -> PostCheck:
    rows = post_checks_for(here.actor).filter(person=here.person, state="planned")
    found = None if "\0" in number else rows.filter(number=number).first()
    if found is None:
        raise Http404
    return found
