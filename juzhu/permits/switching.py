"""Another route for the same application: nothing is typed again, and no term begins anew."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from juzhu.evidence.models import Evidence
from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.people.errors import NotAllowed
from juzhu.permits import attending, belonging, facts, judging
from juzhu.permits.actions import Filing
from juzhu.permits.attending import Standing
from juzhu.permits.errors import RouteUnknown, TransitionForbidden
from juzhu.permits.models import ROUTE_NAMES, Application
from juzhu.permits.moves import check_officer, check_role, lock
from juzhu.permits.timing import time_has_accepted, time_has_lapsed
from juzhu.permits.transitions import State

STAGES = {State.SUBMITTED: "submit", State.SUPPLEMENT_REQUESTED: "switch_route"}
"""As what the new answer is stored; a draft has none yet."""


@dataclass(frozen=True, slots=True)
class Switch(Filing):
    """A change of route whose rows are written and whose event is not; it leaves the state alone."""

    before: str
    where: dict[str, object]
    """Who stood at the window, as the event says it."""

    def tell(self, actor: Actor) -> Application:
        case = self.application
        events.append(
            self.event,
            actor=actor,
            subject=case,
            person_id=case.person_id,
            number=case.number,
            state=case.state,
            before=self.before,
            route=case.route,
            outcome=self.answer.outcome,
            **self.where,
        )
        return case


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
    with transaction.atomic():
        switched = write_switch(application, route, actor=actor, today=today, standing=standing)
        return switched.tell(actor) if isinstance(switched, Switch) else switched


def write_switch(
    application: Application,
    route: str,
    *,
    actor: Actor,
    today: date,
    standing: Standing | None = None,
) -> Switch | Application:
    """What `switch_route` does but for the event, in the caller's transaction; the row itself when it has
    that route already.
    """
    check_role("switch_route", actor)
    locked = lock(application.pk)
    belonging.check(actor, locked.person_id, today)
    check_officer(actor, locked)
    if route not in ROUTE_NAMES:
        raise RouteUnknown(field="route")
    if route == locked.route and (locked.automatic or can_switch(locked, today)):
        return locked
    if not can_switch(locked, today):
        raise TransitionForbidden(state=locked.state)
    accepted = locked.state == State.ACCEPTED or time_has_accepted(locked, today)
    if actor.role == "reviewer" and not accepted:
        raise NotAllowed
    before, locked.route = locked.route, route
    case = judging.judged(locked, today) if accepted else judging.asked(locked, today)
    as_of, answer, seen = case.as_of, case.answer, case.seen
    if accepted and answer.outcome != "accept":
        raise TransitionForbidden(state=locked.state)
    if locked.state != State.DRAFT:
        stage = "switch_route" if accepted else STAGES[State(locked.state)]
        facts.record(locked, stage, answer, seen, as_of, actor)
    locked.saved_at = clock.now()
    locked.save(update_fields=["route", "saved_at"])
    number = locked.number or ""
    where = attending.record(locked.person, "switch", number, locked.area, standing, actor=actor, today=today)
    return Switch(locked, "application.route_switched", answer, seen, as_of, before, where)


def can_switch(application: Application, today: date) -> bool:
    """Whether another route can be asked for: before an officer has looked, while the applicant is asked to
    supplement, and after acceptance where by the other one all is met, so that nobody is refused who need
    not be (`write_switch` holds that).
    """
    if application.state == State.ACCEPTED or time_has_accepted(application, today):
        return True
    if application.state == State.SUBMITTED:
        return not _examined(application)
    if application.state == State.SUPPLEMENT_REQUESTED:
        return not time_has_lapsed(application, today)
    return application.state == State.DRAFT


def _examined(application: Application) -> bool:
    """Whether an officer has decided anything, or judged a paper, since it was handed in."""
    latest = application.decisions.last()
    if latest is None or latest.stage != "submit":
        return latest is not None
    return Evidence.objects.filter(pk__in=latest.evidence, judged_at__gte=latest.made_at).exists()
