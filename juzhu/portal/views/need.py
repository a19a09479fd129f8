"""要不要登记: two or three plain questions, and first of all the answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from juzhu.law import registration_duty as law
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.operations.rules import in_force
from juzhu.portal.access import Circle, account_of, circle, citizen, frame, no_store, viewer
from juzhu.portal.forms.need import HOME, SHORT, NeedForm
from juzhu.registration import exempting
from juzhu.registration.queries import visible_to
from juzhu.registration.subdistricts import DISTRICT


@require_safe
def need(request: HttpRequest) -> HttpResponse:
    """`/need`: open to all; who is signed in is asked less, and can have it written down."""
    today = clock.today()
    around = _around(request)
    if around is not None and (known := _known(request, around, today)):
        return _page(request, around, None, known, {})
    form = NeedForm(request.GET, today=today, local=around is not None)
    if form.next_question or not form.is_valid():
        return _page(request, around, form, None, _given(request))
    return _page(request, around, form, _answer(form.cleaned_data, today), _given(request))


def _around(request: HttpRequest) -> Circle | None:
    if not request.user.is_authenticated or account_of(request).is_officer:
        return None
    return circle(request) if account_of(request).person_id else None


def _known(request: HttpRequest, around: Circle, today: date) -> law.Duty | None:
    """What needs no question: who is registered, or at home here."""
    registered = visible_to(viewer(request), today).filter(person=around.person, ended_on=None).exists()
    found = exempting.duty_of(around.person, registered, today)
    return found if found.answer in ("local", "registered") else None


def _answer(said: dict[str, Any], today: date) -> law.Duty:
    where, household = said.get("where", ""), said.get("household", "outside")
    since = said.get("since") or today
    exemptions = [law.Exempt(where, since)] if where in law.GROUNDS else []
    return law.duty(
        today,
        in_force(today),
        mainland=household != "abroad",
        household_division=DISTRICT if household == "local" else "",
        days_of_stay=1 if said.get("how_long") == SHORT else None,
        exemptions=exemptions,
    )


def _given(request: HttpRequest) -> dict[str, str]:
    """What was answered, to be carried along to the next question."""
    names = ("for", "household", "where", "how_long", "since_year", "since_month", "since_day")
    return {name: request.GET[name] for name in names if request.GET.get(name)}


def _page(
    request: HttpRequest,
    around: Circle | None,
    form: NeedForm | None,
    duty: law.Duty | None,
    given: dict[str, str],
) -> HttpResponse:
    today = clock.today()
    name = (form.next_question or next(iter(form.errors))) if form is not None and duty is None else ""
    shown = form
    if form is not None and name and name == form.next_question != request.GET.get("ask"):
        shown = NeedForm(None, today=today)
    if name:
        given = {key: value for key, value in given.items() if not key.startswith(name)}
    context = {
        "nav": "tasks",
        "frame": frame(request),
        "circle": around,
        "form": shown,
        "field": shown[name] if shown is not None and name else None,
        "given": given,
        "duty": duty,
        "today": today,
        "where": given.get("where", HOME),
        "rules": in_force(today).parameters,
        "day_now": law.day_of(duty.exempt, today) if duty and duty.exempt else 0,
    }
    return no_store(render(request, "portal/need/need.html", context))


@require_POST
@citizen
def remember(request: HttpRequest) -> HttpResponse:
    """Write down that one need not register for now, to be told in time when that ends."""
    today = clock.today()
    around = circle(request)
    form = NeedForm(request.POST, today=today, local=True)
    if not form.is_valid():
        return redirect(reverse("portal:need") + around.suffix)
    said = form.cleaned_data
    try:
        exempting.note(
            around.person, said["where"], said.get("since") or today, actor=viewer(request), today=today
        )
    except JuzhuError as error:
        messages.error(request, str(error.sentence))
        return redirect(reverse("portal:need") + around.suffix)
    messages.success(request, _("记下了。要登记的时候，我们提前告诉您。"))
    return redirect(reverse("portal:home") + around.suffix)
