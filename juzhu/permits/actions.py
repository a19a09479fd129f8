"""What citizens do: start, save, submit, supplement, withdraw. What officers do is in `casework`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from juzhu.law import deadlines, eligibility, policy
from juzhu.operations import clock, events, numbers
from juzhu.operations.actors import Actor
from juzhu.operations.rules import in_force
from juzhu.people import records
from juzhu.people.models import Person
from juzhu.permits import attending, belonging, conflicts, facts, representatives, rota, stations
from juzhu.permits.attending import Standing
from juzhu.permits.errors import (
    AnotherApplication,
    DraftIncomplete,
    ExtendedAlready,
    TransitionForbidden,
    WindowClosed,
)
from juzhu.permits.models import Application, Permit, SupplementNotice
from juzhu.permits.moves import (
    begin_examination,
    check_area,
    check_officer,
    check_role,
    end_pause,
    locked_for,
    move_on,
    was_sent,
)
from juzhu.permits.representatives import Agent
from juzhu.permits.settling import settle
from juzhu.permits.timing import is_over
from juzhu.permits.transitions import UNFINISHED, State
from juzhu.registration.errors import HouseholdIsLocal

STEPS = ("place", "declaration", "form", "materials")


def start(
    person: Person,
    route: str,
    *,
    actor: Actor,
    today: date,
    channel: str = "web",
    agent: Agent | None = None,
) -> Application:
    """Open a draft, or give back the one that is open already. Source: notice 2(2)3. `agent`: who acts for
    the person at the window, when they don't themself.

    Raises AnotherApplication when one is being handled or a permit stands; HouseholdIsLocal;
    NotRegisteredHere without a current registration; OutOfArea and ConflictOfInterest to an officer;
    MergedAlready.
    """
    belonging.check(actor, person.pk, today)
    settle(person.pk, today)
    with transaction.atomic():
        locked = records.hold(person)
        if locked.local_since is not None and locked.local_since <= today:
            raise HouseholdIsLocal
        unfinished = Application.objects.filter(person=person, state__in=UNFINISHED).first()
        if unfinished:
            if unfinished.state != State.DRAFT or unfinished.is_endorsement:
                raise AnotherApplication
            return unfinished
        if Permit.objects.filter(person=person, terminated_on__isnull=True).exists():
            raise AnotherApplication
        draft = _open(person, Application.FIRST, route, None, actor, channel, today, agent)
        _tell_started(draft, actor)
        return draft


def _open(
    person: Person,
    kind: str,
    route: str,
    permit: Permit | None,
    actor: Actor,
    channel: str,
    today: date,
    agent: Agent | None,
) -> Application:
    area = stations.in_charge(person, today, endorsing=kind == Application.ENDORSEMENT)
    if actor.kind == "staff":
        check_role("submit", actor)
        check_area(actor, area)
        conflicts.check_person(actor, person)
    now = clock.now()
    application = Application.objects.create(
        person=person,
        kind=kind,
        route=route,
        permit=permit,
        area=area,
        channel=channel,
        policy_id=in_force(today).id,
        filed_by_id=actor.account_id,
        started_at=now,
        saved_at=now,
    )
    if agent:
        representatives.attach(application, agent, actor=actor, today=today)
    representatives.settle(application, actor, today)
    return application


def _tell_started(opened: Application, actor: Actor) -> None:
    events.append(
        "application.started", actor=actor, subject=opened, person_id=opened.person_id, of=opened.kind
    )


def save_step(
    application: Application, step: str, answers: Mapping[str, Any], *, actor: Actor, route: str = ""
) -> Application:
    """Keep what was filled in at one step of a draft or of a supplement; half-filled steps are kept under
    "partial".
    """
    with transaction.atomic():
        locked = Application.objects.select_for_update().get(pk=application.pk)
        belonging.check(actor, locked.person_id, clock.today())
        state = is_over(locked, clock.today()) or locked.state
        if state not in {State.DRAFT, State.SUPPLEMENT_REQUESTED}:
            raise TransitionForbidden
        if actor.kind == "staff":
            check_role("submit", actor)
        check_officer(actor, locked)
        locked.answers = {**locked.answers, step: dict(answers)}
        if route and locked.state == State.DRAFT:
            locked.route = route
        locked.saved_at = clock.now()
        locked.save(update_fields=["answers", "route", "saved_at"])
    return locked


@dataclass(frozen=True, slots=True)
class Filing:
    """A submission whose rows are written and whose events are not: what follows from it at once is written
    first, since events come last. `event` is its kind; `as_of` the day of the answer.
    """

    application: Application
    event: str
    answer: eligibility.Answer
    seen: facts.Situation
    as_of: date

    def tell(self, actor: Actor) -> Application:
        """Move it along the table and append the event."""
        if self.application.is_endorsement and self.event == "application.submitted":
            _tell_started(self.application, actor)
        about = {"outcome": self.answer.outcome, "assigned_to": self.application.assigned_to_id}
        return move_on(self.application, "submit", self.event, actor, **about)


def submit(application: Application, *, actor: Actor, today: date, key: str = "") -> Application:
    """File a draft, or hand in a supplement: decide, number, start the five working days, tell.

    The same `key` again (a double click, the Back button) changes nothing and gives the same application.
    At the window an officer files for somebody, in the officer's own area.
    Raises OutOfArea, ConflictOfInterest, DraftIncomplete, NotRegisteredHere, TransitionForbidden.
    """
    with transaction.atomic():
        filed = write_submission(application, actor=actor, today=today, key=key)
        return filed.tell(actor) if isinstance(filed, Filing) else filed


def write_submission(
    application: Application,
    *,
    actor: Actor,
    today: date,
    key: str = "",
    wants_person: bool | None = None,
    channel: str = "",
) -> Filing | Application:
    """What `submit` does but for the event, in the caller's transaction; the row itself when it was sent
    already.

    `wants_person`: the applicant's word that a person shall decide; None leaves it as it is. `channel`: by
    which it is filed, where that is known.
    """
    locked = locked_for(application.pk, "submit", actor, today, key=key)
    if was_sent(locked, key):
        return locked
    first_time = locked.state == State.DRAFT
    missing = [step for step in STEPS if not locked.answers.get(step)]
    if first_time and missing:
        raise DraftIncomplete(step=missing[0])
    area = stations.in_charge(locked.person, today, endorsing=locked.is_endorsement)
    check_area(actor, area)
    conflicts.check(actor, locked)
    representatives.settle(locked, actor, today)
    if first_time:
        locked.policy_id = in_force(today).id
    answer, seen = facts.decide(locked, today)
    facts.record(locked, "submit", answer, seen, today, actor)
    locked.area = area
    if first_time:
        locked.filed_by_id, locked.channel = actor.account_id, _channel(locked, actor, channel)
    locked.submit_key = key
    if wants_person is not None:
        locked.wants_person = wants_person
    _receive(locked, actor, today)
    locked.supplement_by = None
    event = "application.submitted" if first_time else "application.supplemented"
    return Filing(locked, event, answer, seen, today)


def _receive(locked: Application, actor: Actor, today: date) -> None:
    """Number what came in, start the five working days, and give it to somebody: at the window to who filed
    it.
    """
    locked.number = locked.number or numbers.yearly(settings.JUZHU_APPLICATION_PREFIX, today.year)
    locked.submitted_at = locked.submitted_at or clock.now()
    locked.filed_on = locked.filed_on or today
    begin_examination(locked, today)
    if actor.kind == "staff":
        locked.assigned_to_id = actor.account_id
    else:
        locked.assigned_to_id = rota.next_officer(locked, State.SUBMITTED, today)


def request_endorsement(
    permit: Permit,
    route: str,
    *,
    actor: Actor,
    today: date,
    channel: str = "web",
    key: str = "",
    agent: Agent | None = None,
) -> Application:
    """File for another year with one button; what is known is decided anew. Source: notice 2(1)4.

    Pressing twice gives the same application. Raises WindowClosed before the window, with its opening day,
    NotRegisteredHere, ConflictOfInterest, TransitionForbidden.
    """
    settle(permit.person_id, today)
    with transaction.atomic():
        filed = write_endorsement(
            permit, route, actor=actor, today=today, channel=channel, key=key, agent=agent
        )
        return filed.tell(actor) if isinstance(filed, Filing) else filed


def write_endorsement(
    permit: Permit,
    route: str,
    *,
    actor: Actor,
    today: date,
    channel: str = "web",
    key: str = "",
    wants_person: bool = False,
    agent: Agent | None = None,
) -> Filing | Application:
    """What `request_endorsement` does but for the events, in the caller's transaction; the row that there is
    when it was sent already. The caller has settled what time has ended.
    """
    belonging.check(actor, permit.person_id, today)
    Person.objects.select_for_update(no_key=True).get(pk=permit.person_id)
    sent = permit.applications.filter(submit_key=key).first() if key else None
    waiting = sent or Application.objects.filter(person_id=permit.person_id, state__in=UNFINISHED).first()
    if waiting:
        if waiting.is_endorsement:
            return waiting
        raise AnotherApplication
    held = Permit.objects.select_related("person").get(pk=permit.pk)  # it may have ended meanwhile
    status = held.status(in_force(today), today)
    if status.status == "terminated":
        raise TransitionForbidden
    if today < status.window.opens:
        raise WindowClosed(opens=status.window.opens)
    application = _open(permit.person, Application.ENDORSEMENT, route, permit, actor, channel, today, agent)
    conflicts.check(actor, application)
    application.submit_key, application.wants_person = key, wants_person
    answer, seen = facts.decide(application, today)
    facts.record(application, "submit", answer, seen, today, actor)
    _receive(application, actor, today)
    return Filing(application, "application.submitted", answer, seen, today)


def withdraw(
    application: Application, *, actor: Actor, today: date, standing: Standing | None = None
) -> Application:
    """Take an application back before it is answered. At the window an officer does it for who stands there.

    Raises OutOfArea, ConflictOfInterest, NotAllowed, TransitionForbidden, and with `standing` what
    `attending.record` raises.
    """
    with transaction.atomic():
        check_area(actor, application.area)
        locked = locked_for(application.pk, "withdraw", actor, today)
        check_officer(actor, locked)
        end_pause(locked, None, today)
        locked.decided_on, locked.decided_at = today, clock.now()
        number = locked.number or ""
        where = attending.record(
            locked.person, "withdraw", number, locked.area, standing, actor=actor, today=today
        )
        return move_on(locked, "withdraw", "application.withdrawn", actor, **where)


def extend_supplement(application: Application, *, actor: Actor, today: date) -> SupplementNotice:
    """Give the applicant the supplement's term once more, on request and before it is over.

    Raises OutOfArea, ConflictOfInterest, ExtendedAlready, TransitionForbidden.
    """
    with transaction.atomic():
        check_area(actor, application.area)
        locked = locked_for(application.pk, "extend_supplement", actor, today)
        check_officer(actor, locked)
        notice = locked.notices.select_for_update().latest("pk")
        if notice.extended:
            raise ExtendedAlready
        rules = policy.load(locked.policy_id)
        notice.due_on = deadlines.deadline("supplement", notice.due_on, rules).last_day
        notice.extended = True
        notice.save(update_fields=["due_on", "extended"])
        locked.supplement_by = notice.due_on
        locked.save(update_fields=["supplement_by"])
        events.append(
            "application.supplement_extended",
            actor=actor,
            subject=locked,
            person_id=locked.person_id,
            due_on=notice.due_on,
        )
    return notice


def _channel(application: Application, actor: Actor, channel: str) -> str:
    """By which channel it is filed, wherever it was begun."""
    if actor.kind == "staff":
        return "window"
    if channel:
        return channel
    return "web" if application.channel == "window" else application.channel
