"""居住登记 at the window: register, move, leave; all of it free of charge."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from juzhu.counter.access import kept
from juzhu.counter.views.window import Here, at_window
from juzhu.counter.views.window_filing import refused_here
from juzhu.intake.forms.particulars import ParticularsForm
from juzhu.intake.forms.registration import ELSEWHERE, ExtendForm, LeaveForm, NewWorkplaceForm, StayForm
from juzhu.operations.errors import JuzhuError
from juzhu.operations.rules import in_force
from juzhu.permits.errors import RepresentativeMissing
from juzhu.permits.window import registering
from juzhu.registration import actions, particulars
from juzhu.registration.models import Community, Registration
from juzhu.registration.queries import visible_to


@at_window
def register(here: Here) -> HttpResponse:
    """All questions on one page, in the officer's own area."""
    return _stay(here, moving=False)


@at_window
def move(here: Here) -> HttpResponse:
    """A new address in the officer's area, wherever they lived before."""
    return _stay(here, moving=True)


def _stay(here: Here, *, moving: bool) -> HttpResponse:
    request, current = here.request, here.current
    if (current is not None) != moving:
        return here.go() if not moving else here.go("register")
    form = _stay_form(here, current if moving else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = registering.register(
                here.person,
                form.stay,
                here.agent,
                actor=here.actor,
                today=here.today,
                key=request.POST.get("key", "")[:64],
                moving=moving,
            )
        except RepresentativeMissing as error:
            messages.error(request, str(error.sentence))
            return here.go("agent")
        except JuzhuError as error:
            status = error.status
            field = str(error.about.get("field", ""))
            form.add_error(field if field in form.fields else None, str(error.sentence))
        else:
            messages.success(request, _("登记好了，编号 %(number)s。") % {"number": made.number})
            return here.go("certificate")
    context = {"form": form, "moving": moving, "current": current, "key": _key(here), "agent": here.agent}
    return here.show("stay", context, status=status)


def _key(here: Here) -> str:
    """One key a form, so that a second press registers nothing twice."""
    return here.request.POST.get("key", "")[:64] or uuid4().hex


def _stay_form(here: Here, current: Registration | None) -> StayForm:
    request = here.request
    initial: dict[str, Any] = kept(request) or {}
    if current is not None and not initial:
        initial = {"reason": current.reason, "workplace": current.workplace}
    return StayForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        answers={},
        today=here.today,
        current=current,
        communities=Community.objects.filter(subdistrict__in=here.actor.areas),
        areas=here.actor.areas,
    )


@at_window
def certificate(here: Here) -> HttpResponse:
    """登记凭证, to print and hand over."""
    current = here.current
    if current is None or not here.covers(current):
        return here.go()
    rules = in_force(here.today).parameters
    agent = getattr(current, "representative", None)
    papers = [current]
    if current.household:
        family = visible_to(here.actor, here.today).filter(household=current.household)
        papers += family.exclude(pk=current.pk).order_by("pk")
    context = {
        "row": current,
        "representative": agent,
        "months": rules.residence_months,
        "papers": papers,
    }
    return here.show("certificate", context)


@at_window
def workplace(here: Here) -> HttpResponse:
    """A new place of work; the residence stays."""
    request, current = here.request, here.current
    if current is None or not here.covers(current):
        return here.go()
    typed = request.POST if request.method == "POST" else None
    form = NewWorkplaceForm(typed, current=current, today=here.today)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            if not form.same:
                registering.change_workplace(
                    here.person,
                    form.cleaned_data["workplace"],
                    here.agent,
                    actor=here.actor,
                    today=here.today,
                    since=form.cleaned_data["since"],
                )
        except RepresentativeMissing as error:
            return refused_here(here, error)
        except JuzhuError as error:
            status = error.status
            form.add_error(str(error.about.get("field", "workplace")), str(error.sentence))
        else:
            messages.success(request, _("单位改好了。住址和居住时间没有变。"))
            return here.go()
    return here.show("workplace", {"form": form, "agent": here.agent}, status=status)


@at_window
def said(here: Here) -> HttpResponse:
    """What who stands there says of themself beside the address; nobody says it for another."""
    request, current = here.request, here.current
    asked = particulars.asked_of(here.person, here.today)
    if current is None or not here.covers(current) or not asked or here.agent is not None:
        return here.go()
    before = particulars.of(here.person, here.actor)
    form = ParticularsForm(request.POST if request.method == "POST" else None, asked=asked, before=before)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            particulars.declare(here.person, form.said, actor=here.actor, today=here.today)
        except JuzhuError as error:
            status = error.status
            form.add_error(None, str(error.sentence))
        else:
            messages.success(request, _("补充情况记下了。"))
            return here.go()
    context = {"form": form, "insurance_known": "insured" not in asked}
    return here.show("particulars", context, status=status)


@at_window
def extend(here: Here) -> HttpResponse:
    """They stay longer: the registration and its number stay. A form that was sent before changes nothing."""
    request, current = here.request, here.current
    if current is None or not here.covers(current):
        return here.go()
    form = ExtendForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        until = actions.longer(current, form.cleaned_data["months"], here.today)
        try:
            if request.POST.get("from") == str(current.stay_until or ""):
                registering.extend(here.person, until, here.agent, actor=here.actor, today=here.today)
        except RepresentativeMissing as error:
            return refused_here(here, error)
        except JuzhuError as error:
            status = error.status
            form.add_error("months", str(error.sentence))
        else:
            messages.success(request, _("延长好了。登记号和居住时间没有变。"))
            return here.go()
    return here.show("extend", {"form": form, "current": current, "agent": here.agent}, status=status)


@at_window
def leave(here: Here) -> HttpResponse:
    """A departure from the city, after a plain word on what it costs."""
    request, current = here.request, here.current
    if current is None or not here.covers(current):
        return here.go()
    form = LeaveForm(request.POST if request.method == "POST" else None, today=here.today)
    form.fields["understood"].label = _("跟本人说清楚了：居住时间到这天为止")
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            gone = form.cleaned_data["destination"]
            registering.leave(
                here.person,
                form.cleaned_data["left_on"],
                here.agent,
                actor=here.actor,
                today=here.today,
                destination="" if gone == ELSEWHERE else gone,
            )
        except RepresentativeMissing as error:
            return refused_here(here, error)
        except JuzhuError as error:
            status = error.status
            form.add_error("left_on" if error.about.get("field") else None, str(error.sentence))
        else:
            messages.success(request, _("已经登记离开。"))
            return here.go()
    rules = in_force(here.today).parameters
    return here.show(
        "leave", {"form": form, "current": current, "rules": rules, "agent": here.agent}, status=status
    )
