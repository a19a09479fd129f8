"""The window: who stands there, and what can be done for them. Source: notice 2(2)4."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juzhu.counter import visits
from juzhu.counter.access import account_of, actor_of, kept, officer, page
from juzhu.counter.after_at_window import waiting
from juzhu.counter.agents import agent_of
from juzhu.counter.forms_window import IdentityForm, PendingForm
from juzhu.counter.standing import Standing
from juzhu.counter.views.case import found_case
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError
from juzhu.operations.rules import in_force
from juzhu.people import actions as people
from juzhu.people import duplicates
from juzhu.people.actions import Claim
from juzhu.people.errors import NumberOfAnother
from juzhu.people.identity_provider import provider
from juzhu.people.models import Likeness, Person
from juzhu.people.queries import pending_like
from juzhu.permits import representatives
from juzhu.permits.likenesses import likenesses_for, open_of
from juzhu.permits.models import Application, Permit
from juzhu.permits.queries import current_permit, unfinished_application, window_drafts
from juzhu.permits.representatives import Agent
from juzhu.permits.transitions import State
from juzhu.registration import particulars
from juzhu.registration.models import Registration
from juzhu.registration.queries import visible_to

AT_WINDOW = ("clerk", "chief")
READ, DRAFTS_SHOWN = "window_read", 30


@dataclass(frozen=True, slots=True)
class Here:
    """One request of a visit: who stands there, before whom, and how they stand with us today."""

    request: HttpRequest
    visit: str
    person: Person
    actor: Actor
    today: date

    @property
    def current(self) -> Registration | None:
        """Where they are registered now, wherever that is."""
        rows = self.person.registrations.select_related("community")
        return rows.filter(ended_on__isnull=True).first()

    @property
    def unfinished(self) -> Application | None:
        """The draft or the case in hand."""
        return unfinished_application(self.person, self.today)

    @property
    def permit(self) -> Permit | None:
        """The permit that has not ended."""
        found = current_permit(self.person)
        ended = found is not None and found.ended_on is not None and found.ended_on <= self.today
        return None if ended else found

    @property
    def agent(self) -> Agent | None:
        """Who acts for them at this visit."""
        return agent_of(self.request, self.person)

    def covers(self, registration: Registration | None) -> bool:
        """Whether they live in the officer's area."""
        return registration is not None and self.actor.covers(registration.subdistrict)

    def url(self, step: str = "") -> str:
        """A page of the same visit."""
        return reverse(f"counter:window_{step or 'person'}", args=[self.visit])

    def go(self, step: str = "") -> HttpResponse:
        """Lead to another page of the visit."""
        return redirect(self.url(step))

    def show(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """Draw a page of the visit."""
        shown = {"person": self.person, "visit": self.visit, "today": self.today}
        return page(self.request, f"window/{template}", {**shown, **context}, room="window", status=status)


View = Callable[..., HttpResponse]


def at_window(view: View) -> Callable[..., HttpResponse]:
    """Let an officer of the window into a visit of theirs; one that is over leads back to the start."""

    @officer(*AT_WINDOW)
    @wraps(view)
    def guarded(request: HttpRequest, /, visit: str, **which: Any) -> HttpResponse:
        person = visits.person_of(account_of(request), visit)
        if person is None:
            messages.warning(request, _("这次接待已经结束。请重新核对证件；填过的草稿都还在。"))
            return redirect("counter:window")
        return view(Here(request, visit, person, actor_of(request), clock.today()), **which)

    return guarded


@officer(*AT_WINDOW)
def start(request: HttpRequest) -> HttpResponse:
    """Name and number; below, the drafts that were begun at this area's windows."""
    today = clock.today()
    form = IdentityForm(
        request.POST if request.method == "POST" else None, today=today, initial=kept(request)
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            known = provider().confirm(said["name"].strip(), said["identity_number"])
        except JuzhuError as error:
            form.add_error("identity_number", str(error.sentence))
        else:
            return _receive(request, people.record_person(known, actor=actor_of(request)))
    drafts = window_drafts(actor_of(request))[:DRAFTS_SHOWN]
    return page(request, "window/start", {"form": form, "drafts": list(drafts)}, room="window")


def _receive(request: HttpRequest, person: Person) -> HttpResponse:
    return redirect("counter:window_person", visits.begin(account_of(request), person))


@officer(*AT_WINDOW)
def pending(request: HttpRequest) -> HttpResponse:
    """Somebody without a document. Who has said the same before is shown first, so that nobody is twice."""
    today, actor = clock.today(), actor_of(request)
    form = PendingForm(request.POST if request.method == "POST" else None, today=today, initial=kept(request))
    alike: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "another"}
        alike = [_alike(row, actor, today) for row in pending_like(said["name"], said["born"])]
        if alike and not form.cleaned_data["another"]:
            form.add_error("another", _("有同名、同日出生的待核实人员。请先问是不是同一个人。"))
        else:
            try:
                return _receive(request, people.record_pending(Claim(**said), actor=actor, today=today))
            except JuzhuError as error:
                form.add_error("born", str(error.sentence))
    return page(request, "window/pending", {"form": form, "alike": alike}, room="window")


def _alike(person: Person, actor: Actor, today: date) -> dict[str, Any]:
    """Where a pending person is registered, and the registration by which this officer can open them."""
    current = person.registrations.filter(ended_on__isnull=True).first()
    own = visible_to(actor, today).filter(pk=current.pk).first() if current else None
    return {"person": person, "current": current, "own": own}


@officer(*AT_WINDOW)
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Begin a visit with somebody who is known to the area: by a draft, a case or a registration."""
    actor, wanted = actor_of(request), request.POST.get("which", "")
    what = request.POST.get("what")
    if what == "case":
        return _receive(request, found_case(actor, wanted).person)
    if what == "draft" and wanted.isdecimal() and len(wanted) < 18:
        draft = window_drafts(actor).filter(pk=int(wanted)).first()
        if draft is not None:
            return _receive(request, draft.person)
    if what == "registration" and "\0" not in wanted:
        row = visible_to(actor, clock.today()).filter(number=wanted).first()
        if row is not None:
            return _receive(request, row.person)
    raise Http404


@at_window
def person(here: Here) -> HttpResponse:
    """How they stand with us, and what can be done now."""
    _log_once(here)
    current, unfinished, permit = here.current, here.unfinished, here.permit
    rules = in_force(here.today)
    return here.show(
        "person",
        {
            "current": current,
            "in_area": here.covers(current),
            "asks_more": here.agent is None and bool(particulars.asked_of(here.person, here.today)),
            "case": unfinished,
            "case_in_area": unfinished is not None and here.actor.covers(unfinished.area),
            "standing": Standing.of(unfinished, here.today) if unfinished else None,
            "representative": representatives.of(unfinished) if unfinished else None,
            "agent": here.agent,
            "permit": permit,
            "status": permit.status(rules, here.today) if permit else None,
            "local": here.person.household_division in rules.parameters.urban_divisions,
            "permit_here": permit is not None and here.actor.covers(permit.area),
            "waiting": waiting(here.person, unfinished, here.actor, here.today),
            "alike": list(open_of(here.actor, here.person)),
            "is_draft": unfinished is not None and unfinished.state == State.DRAFT,
        },
    )


def _log_once(here: Here) -> None:
    """Log that the officer read somebody's record, once a visit."""
    if here.request.session.get(READ) != here.visit:
        here.request.session[READ] = here.visit
        people.log_reading(here.person.pk, "window", actor=here.actor)


@at_window
def prove(here: Here) -> HttpResponse:
    """The document has come: prove who a pending person is."""
    request = here.request
    if here.person.identity_number:
        return here.go()
    pair: Likeness | None = None
    initial = {"name": here.person.name}
    form = IdentityForm(request.POST if request.method == "POST" else None, today=here.today, initial=initial)
    status = 200
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            people.confirm_pending(here.person, said["name"], said["identity_number"], actor=here.actor)
        except JuzhuError as error:
            status = error.status
            if isinstance(error, NumberOfAnother):
                pair = _pair_with(here, said["identity_number"])
            form.add_error("identity_number", str(error.sentence))
        else:
            messages.success(request, _("身份核实了。原来的登记都还在，居住时间接着算。"))
            return here.go()
    return here.show("prove", {"form": form, "pair": pair}, status=status)


def _pair_with(here: Here, number: str) -> Likeness | None:
    """The pending record beside the one that bears the number of the document on the table, where the pair is
    this officer's work.
    """
    other = Person.objects.filter(identity_number=number).first()
    if other is None:
        return None
    try:
        row = duplicates.propose(here.person, other, actor=here.actor)
    except JuzhuError:
        return None
    return likenesses_for(here.actor).filter(pk=row.pk).first()
