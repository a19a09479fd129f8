"""Applying, in the notice's order: place and route, declaration, form, materials, a last look.

Source: notice 2(2)3. Every step is saved in the application itself, so it goes on after signing out, and on
another phone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, cast
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from juzhu.evidence.kinds import NAMES, Kind
from juzhu.evidence.queries import standing
from juzhu.intake.forms.apply import ConfirmForm, DeclarationForm, DetailsForm, RouteForm
from juzhu.intake.known import known_of
from juzhu.intake.routes import Option, best_instead, better, options
from juzhu.intake.slots import HALF_YEAR
from juzhu.intake.taking import came_before, keep_typed
from juzhu.law import deadlines, eligibility
from juzhu.law.facts import Route
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError
from juzhu.operations.rules import in_force
from juzhu.permits import actions, bureaus, facts, instant, submission
from juzhu.permits.actions import STEPS
from juzhu.permits.facts import Situation
from juzhu.permits.models import ROUTE_NAMES, Application
from juzhu.permits.queries import current_permit, unfinished_application
from juzhu.permits.rules import rules_of
from juzhu.permits.transitions import State
from juzhu.portal.access import Circle, account_of, channel_of, circle, citizen, kept, no_store, viewer
from juzhu.registration.models import Registration

CITES = ("notice:2.2.3", "licensing-law:31", "licensing-law:78", "licensing-law:79")
"""What the declaration rests on."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose application this request is about, and where it stands. `draft` is None before the first step."""

    around: Circle
    draft: Application | None
    seen: Situation
    today: date

    @property
    def current(self) -> Registration:
        """The current registration; `at_step` lets nobody in without one."""
        assert self.seen.current is not None
        return self.seen.current

    def url(self, step: str) -> str:
        """A step's page for the same person."""
        return reverse(f"portal:apply_{step}") + self.around.suffix

    def next_step(self) -> str:
        """The first step that is not done."""
        answers = self.draft.answers if self.draft else {}
        return next((step for step in STEPS if not answers.get(step)), "confirm")

    def context(self, step: str) -> dict[str, Any]:
        """What every step's page shows."""
        order = [*STEPS, "confirm"]
        at = order.index(step)
        return {
            "nav": "tasks",
            "circle": self.around,
            "application": self.draft,
            "current": self.current,
            "today": self.today,
            "step": step,
            "number": at,
            "back_url": self.url(order[at - 1]) if at else reverse("portal:tasks") + self.around.suffix,
            "later_url": reverse("portal:home") + self.around.suffix,
            "route_name": ROUTE_NAMES.get(self.draft.route) if self.draft else None,
        }


Step = Callable[[HttpRequest, Desk], HttpResponseBase]


def at_step(step: str) -> Callable[[Step], Callable[[HttpRequest], HttpResponseBase]]:
    """Let a citizen into a step, once the steps before it are done; lead everybody else to the right page."""

    def decorate(view: Step) -> Callable[[HttpRequest], HttpResponseBase]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @citizen
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponseBase:
            desk = _elsewhere(request)
            if isinstance(desk, HttpResponse):
                return desk
            order = [*STEPS, "confirm"]
            if order.index(step) > order.index(desk.next_step()):
                return redirect(desk.url(desk.next_step()))
            return no_store(cast(HttpResponse, view(request, desk)))

        return guarded

    return decorate


def _elsewhere(request: HttpRequest) -> Desk | HttpResponse:
    """The desk, or where somebody has to go who has nothing to fill in here."""
    today, around = clock.today(), circle(request)
    person = around.person
    found = unfinished_application(person, today)
    if found is not None and found.state != State.DRAFT:
        return redirect("portal:application", found.number)
    permit = current_permit(person)
    if permit is not None and not (permit.ended_on and permit.ended_on <= today):
        messages.info(request, _("已经有居住证了，不用再申领。每年要做的是签注。"))
        return redirect(reverse("portal:permit") + around.suffix)
    rules = in_force(today)
    seen = facts.situation(person, rules, today, form_done=True)
    if seen.current is None:
        messages.info(request, _("申领之前要先登记住址。登记只要几分钟。"))
        return redirect(reverse("portal:register") + around.suffix)
    return Desk(around, found, seen, today)


@require_safe
@citizen
def start(request: HttpRequest) -> HttpResponseBase:
    """`/apply`: begin, or go on where one stopped."""
    desk = _elsewhere(request)
    return desk if isinstance(desk, HttpResponse) else redirect(desk.url(desk.next_step()))


def _options(desk: Desk) -> list[Option]:
    rules = in_force(desk.today)
    answers = eligibility.routes(desk.seen.facts, rules, desk.today)
    return options(answers, desk.around.person, rules, desk.today)


@at_step("place")
def place(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Which home, and by which route; each route with its answer of today, the best first."""
    found = _options(desk)
    chosen_before = desk.draft.route if desk.draft else ""
    form = RouteForm(
        request.POST if request.method == "POST" else kept(request),
        choices=[(option.route, option.name) for option in found],
        initial={"route": chosen_before or found[0].route},
    )
    chosen = None
    if form.is_bound and form.is_valid():
        chosen = next(option for option in found if option.route == form.cleaned_data["route"])
        if chosen.refused and not form.cleaned_data["anyway"]:
            form.add_error("anyway", _("今天按“%(route)s”提交会不予受理。") % {"route": chosen.name})
        elif request.method == "POST":
            return _begin(request, desk, chosen)
    context = {
        **desk.context("place"),
        "form": form,
        "options": found,
        "chosen": chosen,
        "instead": better(chosen, found) if chosen else None,
        "short_of_time": any(finding.code == HALF_YEAR for finding in found[0].unmet),
        "picked": form["route"].value(),
    }
    return render(request, "portal/apply/place.html", context)


def _begin(request: HttpRequest, desk: Desk, chosen: Option) -> HttpResponse:
    actor = viewer(request)
    try:
        draft = actions.start(
            desk.around.person, chosen.route, actor=actor, today=desk.today, channel=channel_of(request)
        )
    except JuzhuError as error:
        messages.error(request, str(error.sentence))
        return redirect(reverse("portal:apply") + desk.around.suffix)
    answers = {"confirmed": True, "registration": desk.current.number}
    actions.save_step(draft, "place", answers, actor=actor, route=chosen.route)
    return redirect(desk.url("declaration"))


@at_step("declaration")
def declaration(request: HttpRequest, desk: Desk) -> HttpResponse:
    """告知承诺: what is asked, what is promised, what follows from a false word."""
    assert desk.draft is not None
    form = DeclarationForm(
        request.POST if request.method == "POST" else None,
        initial={"agreed": bool(desk.draft.answers.get("declaration"))},
    )
    if request.method == "POST" and form.is_valid():
        agreed = {"agreed": True, "on": desk.today.isoformat()}
        actions.save_step(desk.draft, "declaration", agreed, actor=viewer(request))
        return redirect(desk.url("form"))
    context = {**desk.context("declaration"), "form": form, "cites": CITES}
    return render(request, "portal/apply/declaration.html", context)


@at_step("form")
def details(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What is known stands first; asked is only what nobody else can say."""
    draft = desk.draft
    assert draft is not None
    initial = {"phone": desk.around.person.phone or account_of(request).login}
    initial |= {"workplace": desk.current.workplace}
    initial |= draft.answers.get("form", {}) | came_before(draft).get("form", {})
    form = DetailsForm(request.POST if request.method == "POST" else kept(request), initial=initial)
    if request.method == "POST":
        if form.is_valid():
            actions.save_step(draft, "form", form.cleaned_data, actor=viewer(request))
            draft.refresh_from_db()
            keep_typed(draft, "form", {}, actor=viewer(request))
            bureaus.ask(draft, desk.today)
            return redirect(desk.url("materials"))
        typed = {name: request.POST.get(name, "") for name in form.fields}
        keep_typed(draft, "form", typed, actor=viewer(request))
    context = {**desk.context("form"), "form": form, "person": desk.around.person}
    return render(request, "portal/apply/form.html", context)


@at_step("confirm")
def confirm(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Everything once more, what the answer would be today, and one button. Pressing twice files once."""
    draft = desk.draft
    assert draft is not None
    answer, seen = facts.decide(draft, desk.today)
    option = Option(cast(Route, draft.route), answer)
    form = ConfirmForm(
        request.POST if request.method == "POST" else None,
        refused=option.refused,
        instant=instant.offered(draft.kind, draft.route),
        initial={"key": uuid4().hex, "wants_person": draft.wants_person, "route": draft.route},
    )
    if request.method == "POST" and request.POST.get("route", draft.route) != draft.route:
        messages.warning(request, _("途径在别的页面改过了，还没有提交。请按现在的再看一遍。"))
        return redirect(desk.url("confirm"))
    if request.method == "POST" and form.is_valid():
        try:
            sent = submission.file(
                draft,
                actor=viewer(request),
                today=desk.today,
                key=form.cleaned_data["key"],
                wants_person=form.cleaned_data.get("wants_person"),
                channel=channel_of(request),
            )
        except JuzhuError as error:
            messages.error(request, str(error.sentence))
            return redirect(reverse("portal:apply") + desk.around.suffix)
        return redirect("portal:application", sent.number)
    found = _options(desk)
    with_bureaus = bureaus.awaited(answer, seen)
    context = {
        **desk.context("confirm"),
        "form": form,
        "option": option,
        "instead": best_instead(option, found),
        "switch_url": reverse("portal:apply_switch") + desk.around.suffix,
        "checking": list(with_bureaus.values()),
        "may_be_at_once": instant.may_be(draft, answer, seen, desk.today),
        "answer_by": deadlines.deadline("examination", desk.today, rules_of(draft, desk.today)).last_day,
        "to_prove": [finding for finding in option.unproven if finding.code not in with_bureaus],
        "details": draft.answers.get("form", {}),
        "known": known_of(answer, seen, desk.today),
        "papers": _papers(draft),
        "urls": {step: desk.url(step) for step in STEPS},
    }
    return render(request, "portal/apply/confirm.html", context)


def _papers(draft: Application) -> list[tuple[Any, int]]:
    """The applicant's own papers: name and number of files."""
    return [
        (NAMES[Kind(piece.kind)], len(piece.files.all()))
        for piece in standing(draft.person_id)
        if piece.source == "upload"
    ]
