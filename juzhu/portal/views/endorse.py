"""签注: one button, once a year. Source: notice 2(1)4."""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from juzhu.intake.routes import Option, better, options
from juzhu.law import deadlines, eligibility
from juzhu.law.facts import Route
from juzhu.operations.errors import JuzhuError
from juzhu.operations.rules import in_force
from juzhu.permits import facts, instant, submission
from juzhu.permits.models import ROUTE_NAMES, Application
from juzhu.permits.queries import unfinished_application
from juzhu.portal.access import channel_of, circle, citizen, no_store, viewer
from juzhu.portal.forms.permit import EndorseForm
from juzhu.portal.views.permit import Holding, holding_of
from juzhu.registration.queries import between, departure, stays

PICKED = "endorsement_picked"
"""What was chosen before registering a new address, so that it need not be chosen again."""


@require_http_methods(["GET", "HEAD", "POST"])
@citizen
def endorse(request: HttpRequest) -> HttpResponse:
    """`/permit/endorse`: what is decided today, what follows, and one button; before the window, its first
    day.
    """
    holding = holding_of(request)
    if holding is None:
        context = {"nav": "permit", "circle": circle(request)}
        return no_store(render(request, "portal/permit/none.html", context))
    waiting = _sent_before(request, holding) or unfinished_application(holding.around.person, holding.today)
    if waiting is not None and waiting.is_endorsement:
        return redirect("portal:application", waiting.number)
    context = {
        "nav": "permit",
        "circle": holding.around,
        "permit": holding.permit,
        "status": holding.status,
        "today": holding.today,
        "back_url": reverse("portal:permit") + holding.around.suffix,
    }
    if holding.status.status == "terminated" or holding.today < holding.status.window.opens:
        return no_store(render(request, "portal/permit/endorse_closed.html", context))
    if request.POST.get("do") == "register":
        request.session[PICKED] = {name: request.POST.get(name, "") for name in ("route", "wants_person")}
        return redirect(reverse("portal:register") + holding.around.suffix)
    rows, rules = stays(holding.permit.person_id), in_force(holding.today)
    if any(row.ended_on is None for row in rows):
        return _window(request, holding, context)
    context |= {
        "between": between(rows, rules, holding.today),
        "departure": departure(rows, rules),
        "gap_days": rules.parameters.residence_gap_days,
    }
    if context["between"] is None:
        return no_store(render(request, "portal/permit/endorse_register.html", context))
    return _window(request, holding, context)


def _sent_before(request: HttpRequest, holding: Holding) -> Application | None:
    """What this very form has sent: pressed twice, it may be answered already."""
    key = request.POST.get("key", "").replace("\0", "")[:64] if request.method == "POST" else ""
    return holding.permit.applications.filter(submit_key=key).first() if key else None


def _window(request: HttpRequest, holding: Holding, context: dict[str, Any]) -> HttpResponse:
    rules = in_force(holding.today)
    seen = facts.situation(holding.around.person, rules, holding.today)
    answers = eligibility.routes(seen.facts, rules, holding.today, "endorsement")
    found = options(answers, holding.around.person, rules, holding.today)
    form = EndorseForm(
        request.POST if request.method == "POST" else None,
        choices=[(option.route, option.name) for option in found],
        instant=any(instant.offered(Application.ENDORSEMENT, option.route) for option in found),
        initial={"route": _first_choice(holding, found), "key": uuid4().hex}
        | {name: value for name, value in request.session.get(PICKED, {}).items() if value},
    )
    if request.method == "POST" and form.is_valid():
        route = cast(Route, form.cleaned_data["route"])
        try:
            sent = submission.endorse(
                holding.permit,
                route,
                actor=viewer(request),
                today=holding.today,
                channel=channel_of(request),
                key=form.cleaned_data["key"],
                wants_person=form.cleaned_data.get("wants_person", False),
            )
        except JuzhuError as error:
            messages.error(request, str(error.sentence))
            return redirect(request.get_full_path())
        request.session.pop(PICKED, None)
        return redirect("portal:application", sent.number)
    picked = str(form["route"].value() or "")
    chosen = next((option for option in found if option.route == picked), found[0])
    context |= {
        "form": form,
        "options": found,
        "chosen": chosen,
        "picked": picked,
        "instead": better(chosen, found),
        "current": seen.current,
        "late": holding.status.status == "suspended",
        "may_be_at_once": instant.may_be(
            Application(kind=Application.ENDORSEMENT, route=chosen.route, person=holding.around.person),
            chosen.answer,
            seen,
            holding.today,
        ),
        "issue_days": rules.parameters.issue_days,
        "answer_by": deadlines.deadline("examination", holding.today, rules).last_day,
        "earlier_name": ROUTE_NAMES.get(_earlier(holding)),
    }
    return no_store(render(request, "portal/permit/endorse.html", context))


def _earlier(holding: Holding) -> str:
    """The route by which the permit was last issued or endorsed."""
    done = [row for row in holding.permit.applications.all() if row.decided_on and row.state == "issued"]
    return max(done, key=lambda row: (row.decided_on, row.pk)).route if done else ""


def _first_choice(holding: Holding, found: list[Option]) -> str:
    """The earlier route, unless it would be refused today and another would not."""
    earlier = next((option for option in found if option.route == _earlier(holding)), None)
    if earlier is None:
        return found[0].route
    instead = better(earlier, found)
    return (instead or earlier).route
