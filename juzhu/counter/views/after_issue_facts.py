"""Facts that an officer records at the counter, with proof and purpose, a death, a household moved; and that
a chief takes back, when they were recorded wrongly.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juzhu.counter.access import actor_of, addresses, kept, officer, page
from juzhu.counter.forms_after_issue import DeathForm, HouseholdForm, UndoForm
from juzhu.counter.views.decisions import attempt
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.people import actions as people
from juzhu.people.facts import UNDOES_FACTS, Undoing
from juzhu.people.models import Fact, Person
from juzhu.permits import conflicts
from juzhu.permits.after import undoing
from juzhu.registration import queries as registrations
from juzhu.registration.models import Registration

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
    registration = _registration(request, number)
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


@officer(*UNDOES_FACTS)
def undo(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A fact that was recorded wrongly: what comes back is said before the button. For the chief."""
    actor, today = actor_of(request), clock.today()
    registration = _registration(request, number)
    person = registration.person
    fact = _facts(person).filter(pk=pk).first() if pk < 2**62 else None
    if fact is None:
        raise Http404
    undone = getattr(fact, "undone", None)
    form = UndoForm(request.POST if request.method == "POST" else None, initial=kept(request))
    if request.method == "POST" and undone is None:
        stored = form.take(request.FILES.getlist("papers"), actor=actor)
        if form.is_valid():
            said = Undoing(form.cleaned_data["reason"], form.cleaned_data["proof"], stored)
            error = attempt(lambda: undoing.undo(fact, said, actor=actor, today=today))
            if error is None:
                messages.success(request, _("撤销了。居住证和被终结的事已经恢复，本人会收到道歉。"))
                return redirect("counter:person", number)
            field = str(error.about.get("field", ""))
            form.add_error(field if field in form.fields else None, str(error.sentence))
    return page(
        request,
        "after/undo",
        {
            "person": person,
            "registration": registration,
            "fact": fact,
            "undone": undone,
            "files": addresses(undone.files.all()) if undone else [],
            "form": form,
        },
        room="search",
    )


def _registration(request: HttpRequest, number: str) -> Registration:
    rows = registrations.visible_to(actor_of(request), clock.today())
    found = None if "\0" in number else rows.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _facts(person: Person) -> QuerySet[Fact]:
    """What was recorded of somebody, newest first, with whatever undid it."""
    return person.facts.select_related("recorded_by", "undone__undone_by").order_by("-pk")
