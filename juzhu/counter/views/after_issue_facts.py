"""Facts that an officer records at the counter, with proof and purpose: a death, a household moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juzhu.counter.access import actor_of, kept, officer, page
from juzhu.counter.forms_after_issue import DeathForm, HouseholdForm
from juzhu.counter.views.decisions import attempt
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.people import actions as people
from juzhu.people.models import Person
from juzhu.permits import conflicts
from juzhu.registration import queries as registrations

RECORDS = ("clerk", "chief")
Record = Callable[[Person, forms.Form, Actor, date], object]


@officer(*RECORDS)
def death(request: HttpRequest, number: str) -> HttpResponse:
    """Somebody has died: what ends with it is said before the button."""
    return _record(request, number, "after/death", DeathForm, _death)


@officer(*RECORDS)
def household(request: HttpRequest, number: str) -> HttpResponse:
    """Somebody's household registration has moved."""
    return _record(request, number, "after/household", HouseholdForm, _household)


def _death(person: Person, form: forms.Form, actor: Actor, today: date) -> object:
    said = form.cleaned_data
    return people.record_death(person, said["on"], _proof(form), actor=actor, today=today)


def _household(person: Person, form: forms.Form, actor: Actor, today: date) -> object:
    said = form.cleaned_data
    return people.record_household(
        person, said["division"], said["address"], said["on"], _proof(form), actor=actor, today=today
    )


def _proof(form: forms.Form) -> str:
    """Proof and purpose, as the log keeps them."""
    return f"{form.cleaned_data['source']} · {form.cleaned_data['purpose']}"


def _record(
    request: HttpRequest, number: str, template: str, kind: type[DeathForm], record: Record
) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    rows = registrations.visible_to(actor, today)
    registration = None if "\0" in number else rows.filter(number=number).first()
    if registration is None:
        raise Http404
    person = registration.person
    form = kind(request.POST or None, today=today, initial=kept(request))
    if request.method == "POST" and form.is_valid():
        error = attempt(lambda: _checked(person, form, actor, today, record))
        if error is None:
            messages.success(request, _("记下了。居住证和在办的事，从那天起按这个算。"))
            return redirect("counter:person", number)
        form.add_error(None, str(error.sentence))
    return page(
        request, template, {"person": person, "registration": registration, "form": form}, room="search"
    )


def _checked(person: Person, form: forms.Form, actor: Actor, today: date, record: Record) -> object:
    conflicts.check_person(actor, person)
    return record(person, form, actor, today)
