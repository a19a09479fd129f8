"""Another route for the same application: nothing is typed again, and no term begins anew."""

from datetime import date

from django.db import transaction

from juzhu.evidence.models import Evidence
from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.permits import attending, belonging, facts
from juzhu.permits.attending import Standing
from juzhu.permits.errors import RouteUnknown, TransitionForbidden
from juzhu.permits.models import ROUTE_NAMES, Application
from juzhu.permits.moves import check_officer, check_role
from juzhu.permits.timing import time_has_accepted, time_has_lapsed
from juzhu.permits.transitions import State

STAGES = {State.SUBMITTED: "submit", State.SUPPLEMENT_REQUESTED: "switch_route"}
"""As what the new answer is stored; a draft has none yet."""


def switch_route(
    application: Application,
    route: str,
    *,
    actor: Actor,
    today: date,
    standing: Standing | None = None,
) -> Application:
    """Ask by another route: for a draft, a submission that nobody examined, and a case in supplement.

    Number, days and papers stay; the rules answer anew and the answer is stored. Asking for the route that it
    has already changes nothing, so that a double click is harmless. `standing`: who stood at the window.
    Source: Zhejiang art. 16 (any one of the three is enough).
    Raises NotAllowed, OutOfArea, ConflictOfInterest, RouteUnknown, TransitionForbidden.
    """
    check_role("switch_route", actor)
    with transaction.atomic():
        rows = Application.objects.select_for_update(of=("self",)).select_related("person", "permit")
        locked = rows.get(pk=application.pk)
        belonging.check(actor, locked.person_id, today)
        check_officer(actor, locked)
        if route not in ROUTE_NAMES:
            raise RouteUnknown(field="route")
        if not can_switch(locked, today):
            raise TransitionForbidden(state=locked.state)
        if route == locked.route:
            return locked
        before, locked.route = locked.route, route
        as_of = asked_on(locked, today)
        answer, seen = facts.decide(locked, as_of)
        if locked.state != State.DRAFT:
            facts.record(locked, STAGES[State(locked.state)], answer, seen, as_of, actor)
        locked.saved_at = clock.now()
        locked.save(update_fields=["route", "saved_at"])
        number = locked.number or ""
        where = attending.record(
            locked.person, "switch", number, locked.area, standing, actor=actor, today=today
        )
        events.append(
            "application.route_switched",
            actor=actor,
            subject=locked,
            person_id=locked.person_id,
            number=locked.number,
            state=locked.state,
            before=before,
            route=route,
            outcome=answer.outcome,
            **where,
        )
    return locked


def can_switch(application: Application, today: date) -> bool:
    """Whether another route can be asked for: before an officer has looked, and while the applicant is asked
    to supplement.
    """
    if application.state == State.SUBMITTED:
        return not time_has_accepted(application, today) and not _examined(application)
    if application.state == State.SUPPLEMENT_REQUESTED:
        return not time_has_lapsed(application, today)
    return application.state == State.DRAFT


def asked_on(application: Application, today: date) -> date:
    """The day by which the routes are compared: an endorsement's filing, else today."""
    return (application.filed_on or today) if application.is_endorsement else today


def _examined(application: Application) -> bool:
    """Whether an officer has decided anything, or judged a paper, since it was handed in."""
    latest = application.decisions.last()
    if latest is None or latest.stage != "submit":
        return latest is not None
    return Evidence.objects.filter(pk__in=latest.evidence, judged_at__gte=latest.made_at).exists()
