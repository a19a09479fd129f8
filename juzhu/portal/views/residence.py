"""A registration that exists: what it says, its certificate, a new workplace, leaving."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juzhu.documents import serving, shelf
from juzhu.documents.kinds import LANGUAGES
from juzhu.intake.forms.particulars import ParticularsForm, shown
from juzhu.intake.forms.registration import ELSEWHERE, LeaveForm, NewWorkplaceForm
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.operations.rules import in_force
from juzhu.people.models import Person
from juzhu.permits.models import Permit
from juzhu.permits.queries import current_permit, unfinished_application
from juzhu.portal.access import Circle, circle, citizen, kept, no_store, viewer
from juzhu.registration import actions, exempting, households, particulars
from juzhu.registration.models import Registration
from juzhu.registration.queries import departure, history, visible_to


@require_safe
@citizen
def overview(request: HttpRequest) -> HttpResponse:
    """What is registered now, what was before, and what can be changed."""
    around = circle(request)
    rows = list(history(around.person.pk))
    context = {
        "nav": "tasks",
        "circle": around,
        "current": _current(rows),
        "duty": exempting.duty_of(around.person, _current(rows) is not None, clock.today()),
        "family": len(around.people) > 1,
        "today": clock.today(),
        "departure": departure(rows, in_force(clock.today())),
        "said": shown(particulars.of(around.person, viewer(request))),
        "asked": particulars.asked_of(around.person, clock.today()) if not around.suffix else (),
        "past": [row for row in rows if row.ended_on is not None],
    }
    return no_store(render(request, "portal/registration/overview.html", context))


@require_safe
@citizen
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """登记凭证: the page; the paper with the seal is one tap away."""
    today = clock.today()
    row = get_object_or_404(visible_to(viewer(request), today), number=number)
    context = {"nav": "tasks", "row": row, "today": today, "languages": LANGUAGES}
    return no_store(render(request, "portal/registration/certificate.html", context))


@require_safe
@citizen
def certificate_pdf(request: HttpRequest, number: str, lang: str) -> HttpResponseBase:
    """登记凭证 as PDF: the citizen's own or a ward's. Issued anew when what it says has changed."""
    row = get_object_or_404(visible_to(viewer(request), clock.today()), number=number)
    back = reverse("portal:certificate", args=[number])
    return serving.sheet(request, shelf.of_registration(row), lang, back)


@require_http_methods(["GET", "POST"])
@citizen
def workplace(request: HttpRequest) -> HttpResponse:
    """Report a new place of work; saying the same again changes nothing."""
    around = circle(request)
    current = _current_of(around.person)
    if current is None:
        return _register_first(around)
    typed = request.POST if request.method == "POST" else kept(request)
    today = clock.today()
    form = NewWorkplaceForm(typed, current=current, today=today)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.change_workplace(
            around.person, said["workplace"], actor=viewer(request), today=today, since=said["since"]
        )
        messages.success(request, _("工作单位改好了。住址和居住时间没有变。"))
        return redirect(reverse("portal:registration") + around.suffix)
    days = in_force(today).parameters.change_days
    context = {"nav": "tasks", "circle": around, "form": form, "current": current, "days": days}
    return no_store(render(request, "portal/registration/workplace.html", context))


@require_http_methods(["GET", "POST"])
@citizen
def said(request: HttpRequest) -> HttpResponse:
    """What one says of oneself beside the address; each may be left out, changed and taken back."""
    around, today = circle(request), clock.today()
    if around.person.pk != viewer(request).person_id:
        return redirect("portal:particulars")
    if _current_of(around.person) is None:
        return _register_first(around)
    asked = particulars.asked_of(around.person, today)
    before = particulars.of(around.person, viewer(request))
    form = ParticularsForm(request.POST if request.method == "POST" else None, asked=asked, before=before)
    if request.method == "POST" and form.is_valid():
        particulars.declare(around.person, form.said, actor=viewer(request), today=today)
        messages.success(request, _("记下了。随时可以改，也可以清空。"))
        return redirect("portal:registration")
    known = "insured" not in asked and bool(asked)
    context = {"nav": "tasks", "form": form, "asked": asked, "insurance_known": known}
    return no_store(render(request, "portal/registration/particulars.html", context))


@require_POST
@citizen
def extend(request: HttpRequest) -> HttpResponse:
    """Stay longer, with one tap: so many months from the day that was said, or from today when it is over."""
    around = circle(request)
    today = clock.today()
    current = _current_of(around.person)
    months = request.POST.get("months", "")
    if current is None:
        return _register_first(around)
    if months in map(str, actions.EXTENSIONS):
        until = actions.longer(current, int(months), today)
        if request.POST.get("from") == str(current.stay_until or ""):
            actions.extend(around.person, until, actor=viewer(request), today=today)
        messages.success(request, _("延长好了。登记和居住时间没有变。"))
    return redirect(reverse("portal:registration") + around.suffix)


@require_http_methods(["GET", "POST"])
@citizen
def leave(request: HttpRequest) -> HttpResponse:
    """Report a departure, one's own and that of the children who go along, after a plain word on what it
    costs.
    """
    around = circle(request)
    today = clock.today()
    current = _current_of(around.person)
    if current is None:
        return _register_first(around)
    others = [row.person for row in households.at_home(current, around.people) if row.pk != current.pk]
    form = LeaveForm(
        request.POST if request.method == "POST" else kept(request),
        today=today,
        others=[
            (str(at), format_html('<span lang="zh-CN">{}</span>', person.name))
            for at, person in enumerate(others)
        ],
    )
    if request.method == "POST" and form.is_valid():
        try:
            _leave(request, around, form, others)
        except JuzhuError as error:
            form.add_error("left_on" if error.about.get("field") else None, str(error.sentence))
        else:
            messages.success(request, _("已经登记离开。后面要办什么，下面写着。"))
            return redirect(reverse("portal:registration") + around.suffix)
    context = {
        "nav": "tasks",
        "circle": around,
        "form": form,
        "current": current,
        "rules": in_force(today).parameters,
        "permit": _permit_of(around.person, today),
        "case": unfinished_application(around.person, today),
    }
    return no_store(render(request, "portal/registration/leave.html", context))


def _leave(request: HttpRequest, around: Circle, form: LeaveForm, others: list[Person]) -> None:
    gone, along = form.cleaned_data["destination"], form.cleaned_data.get("along", [])
    households.leave(
        [around.person, *(person for at, person in enumerate(others) if str(at) in along)],
        form.cleaned_data["left_on"],
        actor=viewer(request),
        today=clock.today(),
        destination="" if gone == ELSEWHERE else gone,
    )


def _permit_of(person: Person, today: date) -> Permit | None:
    """The permit that somebody still has who thinks of leaving."""
    permit = current_permit(person)
    ended = permit is not None and permit.ended_on is not None and permit.ended_on <= today
    return None if ended else permit


def _current(rows: list[Registration]) -> Registration | None:
    return next((row for row in rows if row.ended_on is None), None)


def _current_of(person: Person) -> Registration | None:
    return history(person.pk).filter(ended_on=None).first()


def _register_first(around: Circle) -> HttpResponse:
    return redirect(reverse("portal:register") + around.suffix)
