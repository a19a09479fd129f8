"""The first page: for strangers what this is, for a citizen where they stand; and all that can be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from juzhu.law import facts, picture
from juzhu.law.eligibility import routes
from juzhu.operations import clock
from juzhu.operations.rules import in_force
from juzhu.people.models import Person
from juzhu.permits.facts import Situation, situation
from juzhu.permits.models import ROUTE_NAMES
from juzhu.permits.queries import current_permit, unfinished_application
from juzhu.portal.access import Circle, circle, citizen, no_store
from juzhu.portal.path import Path, path_of
from juzhu.portal.views.cases import last_refused
from juzhu.portal.words import DEEP_TITLES, DONE_BY, STEP_NAMES
from juzhu.registration import exempting
from juzhu.registration.queries import departure
from juzhu.registration.reporting import queries


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's path, and the situation that it was drawn from."""

    path: Path
    seen: Situation


def standing_of(person: Person, today: date) -> Standing:
    """Read what is known of a person and draw their path. A fixed number of queries."""
    rules = in_force(today)
    permit = current_permit(person)
    alive = permit is not None and not (permit.ended_on and permit.ended_on <= today)
    seen = situation(person, rules, today, files=False)
    answers = routes(seen.facts, rules, today, "endorsement" if alive else "permit")
    unfinished = unfinished_application(person, today)
    path = path_of(seen, answers, rules, today, permit=permit, application=unfinished)
    return Standing(path, seen)


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """`/`: the landing page for strangers, 我的进度 for citizens, the counter for officers."""
    if not request.user.is_authenticated:
        today = clock.today()
        rules = in_force(today).parameters
        return render(request, "portal/landing.html", {"term": _from_today(today), "rules": rules})
    return progress(request)


def _from_today(today: date) -> picture.Term:
    """The half year of somebody who registers today."""
    registered = facts.Registration(registered_on=today, division=settings.JUZHU_DISTRICT["code"])
    example = facts.Facts(person=facts.Person(), registrations=[registered])
    return picture.residence_term(example, in_force(today), today)


@citizen
def progress(request: HttpRequest) -> HttpResponse:
    """我的进度 of oneself or, with `?for=`, of a child."""
    today = clock.today()
    around = circle(request)
    standing = standing_of(around.person, today)
    path = standing.path
    context = {
        "nav": "progress",
        "today": today,
        "circle": around,
        "path": path,
        "current": standing.seen.current,
        "departure": departure(standing.seen.registrations, in_force(today)),
        "deep_title": DEEP_TITLES[path.stage],
        "ways": [(way, ROUTE_NAMES[way.route]) for way in path.ways],
        "others": tuple((way.route, str(ROUTE_NAMES[way.route])) for way in path.others),
        "later": tuple(finding.code for finding in path.later),
        "best_name": ROUTE_NAMES[path.best.route] if path.best else "",
        "step_url": step_url(path, around),
        "done_by": DONE_BY.get(path.stage, 0),
        "step_names": STEP_NAMES,
        "asked": queries.unanswered(around.people),
        "duty": exempting.duty_of(around.person, standing.seen.current is not None, today),
        "refused": None if path.application or path.permit else last_refused(around.person, today),
    }
    return no_store(render(request, "portal/home.html", context))


def step_url(path: Path, around: Circle) -> str:
    """Where the next step is done, for the same person."""
    step = path.step
    if step.number:
        return reverse(step.place, args=[step.number])
    return reverse(step.place) + (around.suffix if step.place in FOR_A_PERSON else "")


FOR_A_PERSON = frozenset({"portal:register", "portal:apply", "portal:permit", "portal:endorse"})


@require_GET
@citizen
def tasks(request: HttpRequest) -> HttpResponse:
    """办事: everything that one can do, what fits the situation first."""
    today = clock.today()
    around = circle(request)
    standing = standing_of(around.person, today)
    context = {
        "nav": "tasks",
        "today": today,
        "circle": around,
        "path": standing.path,
        "current": standing.seen.current,
        "step_url": step_url(standing.path, around),
    }
    return no_store(render(request, "portal/tasks.html", context))
