"""Handing in papers: with a draft, and after a one-off notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from juzhu.intake.materials import Desk, desk_of
from juzhu.intake.routes import offer_for
from juzhu.intake.taking import remove, take
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.errors import JuzhuError
from juzhu.permits import facts, submission
from juzhu.permits.actions import save_step
from juzhu.permits.models import ROUTE_NAMES, Application
from juzhu.permits.transitions import State
from juzhu.portal.access import citizen, kept, no_store, viewer
from juzhu.portal.case import Case
from juzhu.portal.grown_up import own_case
from juzhu.portal.views.apply import Desk as ApplyDesk
from juzhu.portal.views.apply import at_step

Lay = Callable[[Application, Mapping[str, Any] | None], Desk]


@at_step("materials")
def materials(request: HttpRequest, desk: ApplyDesk) -> HttpResponse:
    """What is known, and one place for each paper that is not."""
    draft = desk.draft
    assert draft is not None

    def lay(application: Application, sent: Mapping[str, Any] | None) -> Desk:
        answer, seen = facts.decide(application, desk.today)
        return desk_of(application, answer, seen, desk.today, sent=sent)

    papers = lay(draft, request.POST if request.method == "POST" else kept(request))
    if request.method == "POST":
        done = _take_in(request, draft, papers, lay)
        if done == "next":
            draft.refresh_from_db()
            save_step(draft, "materials", {"seen": True}, actor=viewer(request))
            return redirect(desk.url("confirm"))
        if done:
            return redirect(f"{desk.url('materials')}#{done}")
    context = {**desk.context("materials"), "papers": papers, "page_error": papers.faulty}
    return render(request, "portal/apply/materials.html", context)


def _take_in(request: HttpRequest, application: Application, papers: Desk, lay: Lay) -> str:
    """Take in a POST. Where to go on: "next", the id of a paper, or "" to show the page with its faults."""
    actor: Actor = viewer(request)
    take(application, papers, request.POST, request.FILES, actor=actor)
    if wanted := request.POST.get("remove", ""):
        key, _colon, name = wanted.partition(":")
        application.refresh_from_db()
        remove(application, lay(application, None), key, name, actor=actor)
        return f"paper-{key}"
    if papers.faulty:
        return ""
    return "next" if "next" in request.POST else "papers"


@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def supplement(request: HttpRequest, number: str) -> HttpResponse:
    """`/applications/<number>/supplement`: what the one-off notice asks for, and nothing else."""
    today = clock.today()
    application = own_case(request, number)
    notice = application.notices.first()
    if notice is None:
        raise Http404
    if Case.of(application, today).state != State.SUPPLEMENT_REQUESTED:
        return redirect("portal:application", number)
    asked = {str(item["code"]): str(item["note"]) for item in notice.items}

    def lay(row: Application, sent: Mapping[str, Any] | None) -> Desk:
        answer, seen = facts.decide(row, today)
        return desk_of(row, answer, seen, today, asked=asked, sent=sent)

    papers = lay(application, request.POST if request.method == "POST" else kept(request))
    short = False
    if request.method == "POST":
        done = _take_in(request, application, papers, lay)
        if done == "next":
            application.refresh_from_db()
            papers = lay(application, None)
            if not papers.to_do or request.POST.get("anyway"):
                return _hand_in(request, application)
            done, short = "", True
        if done:
            return redirect(f"{request.path}#{done}")
    context = {
        "nav": "messages",
        "application": application,
        "case": Case.of(application, today),
        "notice": notice,
        "other": asked.get("other", ""),
        "papers": papers,
        "page_error": papers.faulty or short,
        "short": short,
        "key": uuid4().hex,
        "today": today,
        "route_name": ROUTE_NAMES.get(application.route),
        "offer": offer_for(application, today),
        "back": "supplement",
    }
    return no_store(render(request, "portal/papers/supplement.html", context))


def _hand_in(request: HttpRequest, application: Application) -> HttpResponse:
    number = cast(str, application.number)
    try:
        submission.file(
            application,
            actor=viewer(request),
            today=clock.today(),
            key=request.POST.get("key", "")[:64],
        )
    except JuzhuError as error:
        messages.error(request, str(error.sentence))
        return redirect("portal:application", number)
    messages.success(request, _("补的材料收到了。现在不用做别的。"))
    return redirect("portal:application", number)
