"""A registration that exists: what it says, its certificate, a new workplace, leaving."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from juzhu.intake.forms.registration import ELSEWHERE, LeaveForm, NewWorkplaceForm
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.operations.rules import in_force
from juzhu.people.models import Person
from juzhu.portal.access import Circle, circle, citizen, kept, no_store, viewer
from juzhu.registration import actions
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
        "departure": departure(rows, in_force(clock.today())),
        "past": [row for row in rows if row.ended_on is not None],
    }
    return no_store(render(request, "portal/registration/overview.html", context))


@require_safe
@citizen
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """登记凭证: the printable document."""
    today = clock.today()
    row = get_object_or_404(visible_to(viewer(request), today), number=number)
    context = {"nav": "tasks", "row": row, "today": today}
    return no_store(render(request, "portal/registration/certificate.html", context))


@require_http_methods(["GET", "POST"])
@citizen
def workplace(request: HttpRequest) -> HttpResponse:
    """Report a new place of work; saying the same again changes nothing."""
    around = circle(request)
    current = _current_of(around.person)
    if current is None:
        return _register_first(around)
    typed = request.POST if request.method == "POST" else kept(request)
    form = NewWorkplaceForm(typed, initial={"workplace": current.workplace})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["workplace"] != current.workplace:
            actions.change_workplace(around.person, form.cleaned_data["workplace"], actor=viewer(request))
        messages.success(request, _("工作单位改好了。住址和居住时间没有变。"))
        return redirect(reverse("portal:registration") + around.suffix)
    context = {"nav": "tasks", "circle": around, "form": form, "current": current}
    return no_store(render(request, "portal/registration/workplace.html", context))


@require_http_methods(["GET", "POST"])
@citizen
def leave(request: HttpRequest) -> HttpResponse:
    """Report a departure, after a plain word on what it costs."""
    around = circle(request)
    today = clock.today()
    current = _current_of(around.person)
    if current is None:
        return _register_first(around)
    form = LeaveForm(request.POST if request.method == "POST" else kept(request), today=today)
    if request.method == "POST" and form.is_valid():
        try:
            gone = form.cleaned_data["destination"]
            actions.leave(
                around.person,
                form.cleaned_data["left_on"],
                actor=viewer(request),
                today=today,
                destination="" if gone == ELSEWHERE else gone,
            )
        except JuzhuError as error:
            form.add_error("left_on" if error.about.get("field") else None, str(error.sentence))
        else:
            messages.success(request, _("已经登记离开。后面要办什么，下面写着。"))
            return redirect(reverse("portal:registration") + around.suffix)
    rules = in_force(today).parameters
    context = {"nav": "tasks", "circle": around, "form": form, "current": current, "rules": rules}
    return no_store(render(request, "portal/registration/leave.html", context))


def _current(rows: list[Registration]) -> Registration | None:
    return next((row for row in rows if row.ended_on is None), None)


def _current_of(person: Person) -> Registration | None:
    return history(person.pk).filter(ended_on=None).first()


def _register_first(around: Circle) -> HttpResponse:
    return redirect(reverse("portal:register") + around.suffix)
