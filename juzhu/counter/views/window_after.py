"""What comes after filing, for somebody at the window: receipt, supplement, endorsement."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juzhu.counter.access import actor_of, officer, page
from juzhu.counter.casefile import open_case
from juzhu.counter.views.case import found_case
from juzhu.counter.views.window import AT_WINDOW, Here, at_window
from juzhu.counter.views.window_filing import among_routes, refused_here, routes_of, take_in
from juzhu.evidence.kinds import DEPARTMENTS, NAMES, Kind
from juzhu.evidence.queries import pieces
from juzhu.intake.forms.apply import RouteForm
from juzhu.intake.materials import Desk, desk_of
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError, Sentence
from juzhu.operations.rules import in_force
from juzhu.permits import facts, representatives, submission
from juzhu.permits.models import ROUTE_NAMES, Application
from juzhu.permits.moves import has_part
from juzhu.permits.timing import time_has_lapsed
from juzhu.permits.transitions import State


@officer(*AT_WINDOW)
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """收件凭证: what was handed in, when, who took it; and what the officer can do on the spot."""
    actor, today = actor_of(request), clock.today()
    case = found_case(actor, number)
    opened = open_case(case, today)
    return page(
        request,
        "window/receipt",
        {
            "case": case,
            "file": opened,
            "today": today,
            "representative": representatives.of(case),
            "received": _received(case),
            "route_name": ROUTE_NAMES.get(case.route),
            "can_accept": opened.standing.state == State.SUBMITTED
            and opened.acceptable
            and has_part("accept", actor),
            "can_ask": opened.standing.state == State.SUBMITTED and opened.outcome == "supplement",
        },
        room="window",
    )


def _received(case: Application) -> list[tuple[Sentence, Sentence, int]]:
    """The papers and words that the submission rested on: name, from whom, how many files."""
    decision = case.decisions.filter(stage="submit").last()
    found = pieces(decision.evidence) if decision else []
    return [
        (
            NAMES[Kind(piece.kind)],
            DEPARTMENTS.get(piece.department, piece.department) if piece.department else _("申请人交来"),
            len(piece.files.all()),
        )
        for piece in found
    ]


@at_window
def supplement(here: Here) -> HttpResponse:
    """What the one-off notice asks for, handed in over the counter."""
    application = here.unfinished
    lapsed = application is not None and time_has_lapsed(application, here.today)
    if application is None or application.state != State.SUPPLEMENT_REQUESTED or lapsed:
        return here.go()
    if not here.actor.covers(application.area):
        return here.go()
    notice = application.notices.first()
    asked = {str(item["code"]): str(item["note"]) for item in notice.items} if notice else {}

    def lay(row: Application, sent: Any) -> Desk:
        answer, seen = facts.decide(row, here.today)
        return desk_of(row, answer, seen, here.today, asked=asked, sent=sent)

    shown = take_in(here, application, lay)
    if shown == "next":
        key = here.request.POST.get("key", "")[:64]
        try:
            submission.file(application, actor=here.actor, today=here.today, key=key)
        except JuzhuError as error:
            return refused_here(here, error)
        messages.success(here.request, _("补的材料收下了。"))
        return redirect("counter:window_receipt", application.number)
    if isinstance(shown, str):
        return redirect(f"{here.url('supplement')}#{shown}")
    context = {**shown, "case": application, "notice": notice, "other": asked.get("other", "")}
    route = {"route_name": ROUTE_NAMES.get(application.route), "key": uuid4().hex}
    return here.show("supplement", {**context, **route})


@at_window
def endorse(here: Here) -> HttpResponse:
    """签注, once a year: which route, what the law answers today, one button."""
    permit, unfinished = here.permit, here.unfinished
    if permit is None or unfinished is not None or not here.covers(here.current):
        return here.go()
    status = permit.status(in_force(here.today), here.today)
    if status.status == "terminated" or here.today < status.window.opens:
        return here.go()
    request, among = here.request, routes_of(here, "endorsement")
    form = RouteForm(
        request.POST if request.method == "POST" else None,
        choices=[(option.route, option.name) for option in among],
        initial={"route": among[0].route},
    )
    form.fields["anyway"].label = _("跟本人说清楚了，还是按这一条提交")
    chosen = None
    if form.is_bound and form.is_valid():
        chosen = next(option for option in among if option.route == form.cleaned_data["route"])
        if not chosen.refused or form.cleaned_data["anyway"]:
            try:
                sent = submission.endorse(
                    permit,
                    chosen.route,
                    actor=here.actor,
                    today=here.today,
                    channel="window",
                    agent=here.agent,
                )
            except JuzhuError as error:
                return refused_here(here, error)
            return redirect("counter:window_receipt", sent.number)
        form.add_error("anyway", _("今天按“%(route)s”，会不予签注，居住证会终止。") % {"route": chosen.name})
    context = {
        **among_routes(form, among, chosen),
        "permit": permit,
        "status": status,
        "agent": here.agent,
    }
    return here.show("endorse", context)
