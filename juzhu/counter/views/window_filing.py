"""Filing for somebody at the window: route, declaration and form, papers, a last look; the same draft as
online.

Source: notice 2(2)3, 2(2)4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, cast
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juzhu.counter.access import kept
from juzhu.counter.forms_window import WindowForm
from juzhu.counter.views.window import Here, at_window
from juzhu.evidence.kinds import NAMES, Kind
from juzhu.evidence.queries import standing as papers_of
from juzhu.intake.forms.apply import ConfirmForm, RouteForm
from juzhu.intake.known import known_of
from juzhu.intake.materials import Desk, desk_of
from juzhu.intake.routes import Option, better, options
from juzhu.intake.taking import came_before, keep_typed, remove, take
from juzhu.law import eligibility
from juzhu.law.facts import Route
from juzhu.operations.errors import JuzhuError
from juzhu.operations.rules import in_force
from juzhu.people import actions as people
from juzhu.permits import actions, facts, instant, moves, representatives, submission
from juzhu.permits.actions import STEPS
from juzhu.permits.errors import RepresentativeMissing
from juzhu.permits.models import ROUTE_NAMES, Application
from juzhu.permits.timing import time_has_lapsed
from juzhu.permits.transitions import State
from juzhu.permits.window import cases as window_actions

PAGES = {"place": "apply", "declaration": "form", "form": "form", "materials": "materials"}
Filing = Callable[[Here, Application], HttpResponse]


def with_draft(view: Filing) -> Callable[..., HttpResponse]:
    """Let in who has a draft of a first application here; it is the window's from now on, wherever it
    began.
    """

    @at_window
    @wraps(view)
    def guarded(here: Here) -> HttpResponse:
        draft = here.unfinished
        if draft is None or draft.state != State.DRAFT:
            return here.go()
        try:
            draft = window_actions.take_over(draft, actor=here.actor)
        except JuzhuError as error:
            messages.error(here.request, str(error.sentence))
            return here.go()
        return view(here, draft)

    return guarded


def refused_here(here: Here, error: JuzhuError) -> HttpResponse:
    """Say what stood in the way, on the page where it can be mended."""
    messages.error(here.request, str(error.sentence))
    return here.go("agent" if isinstance(error, RepresentativeMissing) else "")


def routes_of(here: Here, purpose: str = "permit") -> list[Option]:
    """Every route with its answer of today, the best first."""
    rules = in_force(here.today)
    seen = facts.situation(here.person, rules, here.today, form_done=True)
    answers = eligibility.routes(seen.facts, rules, here.today, cast(Any, purpose))
    return options(answers, here.person, rules, here.today)


def among_routes(form: RouteForm, among: list[Option], chosen: Option | None) -> dict[str, Any]:
    """What a page says of the routes, of the one that was picked, and of a better one."""
    return {
        "form": form,
        "options": among,
        "chosen": chosen,
        "instead": better(chosen, among) if chosen else None,
        "picked": form["route"].value(),
    }


@at_window
def apply(here: Here) -> HttpResponse:
    """By which route; a draft that is open already goes on."""
    request, found = here.request, here.unfinished
    if found is not None and time_has_lapsed(found, here.today):
        moves.catch_up(found, here.today)
        found = None
    if not here.covers(here.current) or here.permit or (found and found.state != State.DRAFT):
        return here.go()
    among = routes_of(here)
    form = RouteForm(
        request.POST if request.method == "POST" else None,
        choices=[(option.route, option.name) for option in among],
        initial={"route": (found.route if found else "") or among[0].route},
    )
    form.fields["anyway"].label = _("跟本人说清楚了，还是按这一条填")
    chosen = None
    if form.is_bound and form.is_valid():
        chosen = next(option for option in among if option.route == form.cleaned_data["route"])
        if not chosen.refused or form.cleaned_data["anyway"]:
            return _begin(here, chosen)
        form.add_error("anyway", _("今天按“%(route)s”提交会不予受理。") % {"route": chosen.name})
    context = {
        **among_routes(form, among, chosen),
        "current": here.current,
        "agent": here.agent,
        "number": 1,
    }
    return here.show("apply", context)


def _begin(here: Here, chosen: Option) -> HttpResponse:
    current = here.current
    assert current is not None
    try:
        draft = actions.start(
            here.person,
            chosen.route,
            actor=here.actor,
            today=here.today,
            channel="window",
            agent=here.agent,
        )
        draft = window_actions.take_over(draft, actor=here.actor)
    except JuzhuError as error:
        return refused_here(here, error)
    answers = {"confirmed": True, "registration": current.number}
    actions.save_step(draft, "place", answers, actor=here.actor, route=chosen.route)
    return here.go("form")


@with_draft
def form(here: Here, draft: Application) -> HttpResponse:
    """The declaration, signed on paper, and the few things that only the applicant can say."""
    request, current = here.request, here.current
    assert current is not None
    if not draft.answers.get("place"):
        return here.go("apply")
    initial: dict[str, Any] = {"phone": here.person.phone, "workplace": current.workplace}
    initial |= draft.answers.get("form", {}) | came_before(draft).get("form", {}) | kept(request)
    initial["signed"] = draft.answers.get("declaration", {}).get("way") == "paper"
    typed = WindowForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        if typed.is_valid():
            signed = {"agreed": True, "on": here.today.isoformat(), "way": "paper"}
            actions.save_step(draft, "declaration", signed, actor=here.actor)
            draft = actions.save_step(draft, "form", typed.answers(), actor=here.actor)
            keep_typed(draft, "form", {}, actor=here.actor)
            return here.go("materials")
        said = {name: request.POST.get(name, "") for name in typed.fields if name != "signed"}
        keep_typed(draft, "form", said, actor=here.actor)
    return here.show("form", {"form": typed, "draft": draft, "number": 2, **_names(draft)})


@with_draft
def declaration(here: Here, draft: Application) -> HttpResponse:
    """告知承诺书, to print, read out and have signed."""
    return here.show("declaration", {"draft": draft, **_names(draft)})


@with_draft
def materials(here: Here, draft: Application) -> HttpResponse:
    """Papers: photographed with the computer's camera, or chosen as files."""
    if not draft.answers.get("form"):
        return here.go("form")

    def lay(row: Application, sent: Any) -> Desk:
        answer, seen = facts.decide(row, here.today)
        return desk_of(row, answer, seen, here.today, sent=sent)

    shown = take_in(here, draft, lay)
    if shown == "next":
        draft.refresh_from_db()
        actions.save_step(draft, "materials", {"seen": True}, actor=here.actor)
        return here.go("confirm")
    if isinstance(shown, str):
        return redirect(f"{here.url('materials')}#{shown}")
    return here.show("materials", {**shown, "draft": draft, "number": 3, **_names(draft)})


def take_in(here: Here, application: Application, lay: Callable[[Application, Any], Desk]) -> Any:
    """One request of a page of papers: "next", the id of a paper to go on with, or what to show."""
    request = here.request
    posted = request.method == "POST"
    papers = lay(application, request.POST if posted else kept(request) or None)
    if posted:
        take(application, papers, request.POST, request.FILES, actor=here.actor)
        if wanted := request.POST.get("remove", ""):
            key, _colon, name = wanted.partition(":")
            application.refresh_from_db()
            remove(application, lay(application, None), key, name, actor=here.actor)
            return f"paper-{key}"
        if not papers.faulty:
            return "next" if "next" in request.POST else "papers"
    return {"papers": papers, "page_error": papers.faulty}


@with_draft
def confirm(here: Here, draft: Application) -> HttpResponse:
    """Everything once more, what the law answers now, and one button."""
    missing = [step for step in STEPS if not draft.answers.get(step)]
    if missing:
        return here.go(PAGES[missing[0]])
    request = here.request
    answer, seen = facts.decide(draft, here.today)
    option = Option(cast(Route, draft.route), answer)
    form = ConfirmForm(
        request.POST if request.method == "POST" else None,
        refused=option.refused,
        instant=instant.offered(draft.kind, draft.route),
        initial={"key": uuid4().hex, "route": draft.route},
    )
    if request.method == "POST" and request.POST.get("route", draft.route) != draft.route:
        messages.warning(request, _("途径在别的页面改过了，还没有提交。请按现在的再看一遍。"))
        return redirect(here.url("confirm"))
    if option.refused:
        form.fields["anyway"].label = _("跟本人说清楚了：今天提交会不予受理，本人还是要提交")
    if request.method == "POST" and form.is_valid():
        return _send(here, draft, form.cleaned_data)
    context = {
        "form": form,
        "option": option,
        "instead": better(option, routes_of(here)),
        "details": draft.answers.get("form", {}),
        "known": known_of(answer, seen, here.today),
        "papers": [
            (NAMES[Kind(piece.kind)], len(piece.files.all()))
            for piece in papers_of(draft.person_id)
            if piece.source == "upload"
        ],
        "current": here.current,
        "representative": representatives.of(draft),
        "draft": draft,
        "number": 4,
        **_names(draft),
    }
    return here.show("confirm", context)


def _send(here: Here, draft: Application, said: Mapping[str, Any]) -> HttpResponse:
    try:
        sent = submission.file(
            draft,
            actor=here.actor,
            today=here.today,
            key=said["key"],
            wants_person=said.get("wants_person", False),
        )
    except JuzhuError as error:
        return refused_here(here, error)
    if phone := sent.answers.get("form", {}).get("phone", ""):
        people.record_phone(here.person, phone, actor=here.actor)
    return redirect("counter:window_receipt", sent.number)


def _names(application: Application) -> dict[str, Any]:
    return {"route_name": ROUTE_NAMES.get(application.route)}
