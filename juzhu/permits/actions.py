"""What citizens do: start, save, submit, supplement, withdraw. What officers do is in `casework`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from juzhu.law import deadlines, policy
from juzhu.operations import clock, events, numbers
from juzhu.operations.actors import SYSTEM, Actor
from juzhu.operations.rules import in_force
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Person
from juzhu.permits import facts
from juzhu.permits.errors import (
    AnotherApplication,
    DraftIncomplete,
    ExtendedAlready,
    NotRegisteredHere,
    OutOfArea,
    TransitionForbidden,
    WindowClosed,
)
from juzhu.permits.models import Application, Permit, SupplementNotice
from juzhu.permits.transitions import ALLOWED_FROM, ALLOWED_ROLES, TRANSITIONS, UNFINISHED, State

STEPS = ("place", "declaration", "form", "materials")


def start(person: Person, route: str, *, actor: Actor, today: date, channel: str = "web") -> Application:
    """Open a draft, or give back the one that is open already. Source: notice 2(2)3.

    Raises AnotherApplication when one is being handled or a permit stands; NotRegisteredHere without a
    current registration.
    """
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        unfinished = Application.objects.filter(person=person, state__in=UNFINISHED).first()
        if unfinished:
            if unfinished.state != State.DRAFT or unfinished.is_endorsement:
                raise AnotherApplication
            return unfinished
        if Permit.objects.filter(person=person, terminated_on__isnull=True).exists():
            raise AnotherApplication
        return _open(person, Application.FIRST, route, None, actor, channel, today)


def _open(
    person: Person, kind: str, route: str, permit: Permit | None, actor: Actor, channel: str, today: date
) -> Application:
    current = person.registrations.filter(ended_on__isnull=True).first()
    if current is None:
        raise NotRegisteredHere
    now = clock.now()
    application = Application.objects.create(
        person=person,
        kind=kind,
        route=route,
        permit=permit,
        area=current.subdistrict,
        channel=channel,
        policy_id=in_force(today).id,
        filed_by_id=actor.account_id,
        started_at=now,
        saved_at=now,
    )
    events.append("application.started", actor=actor, subject=application, person_id=person.pk, of=kind)
    return application


def save_step(
    application: Application, step: str, answers: Mapping[str, Any], *, actor: Actor, route: str = ""
) -> Application:
    """Keep what was filled in at one step of a draft or of a supplement; half-filled steps are kept under
    "partial".
    """
    with transaction.atomic():
        locked = Application.objects.select_for_update().get(pk=application.pk)
        if locked.state not in {State.DRAFT, State.SUPPLEMENT_REQUESTED}:
            raise TransitionForbidden
        locked.answers = {**locked.answers, step: dict(answers)}
        if route and locked.state == State.DRAFT:
            locked.route = route
        locked.saved_at = clock.now()
        locked.save(update_fields=["answers", "route", "saved_at"])
    return locked


def submit(application: Application, *, actor: Actor, today: date, key: str = "") -> Application:
    """File a draft, or hand in a supplement: decide, number, start the five working days, tell.

    The same `key` again (a double click, the Back button) changes nothing and gives the same application.
    At the window an officer files for somebody, in the officer's own area.
    Raises OutOfArea, DraftIncomplete, NotRegisteredHere, TransitionForbidden.
    """
    with transaction.atomic():
        locked = locked_for(application.pk, "submit", actor, key=key)
        if locked.state == State.SUBMITTED:
            return locked
        if time_has_lapsed(locked, today):
            raise TransitionForbidden(state=State.LAPSED)
        first_time = locked.state == State.DRAFT
        missing = [step for step in STEPS if not locked.answers.get(step)]
        if first_time and missing:
            raise DraftIncomplete(step=missing[0])
        current = locked.person.registrations.filter(ended_on__isnull=True).first()
        if current is None:
            raise NotRegisteredHere
        if actor.kind == "staff" and not actor.covers(current.subdistrict):
            raise OutOfArea
        if first_time:
            locked.policy_id = in_force(today).id
        answer, seen = facts.decide(locked, today)
        facts.record(locked, "submit", answer, seen, today, actor)
        locked.area = current.subdistrict
        locked.submit_key = key
        locked.number = locked.number or numbers.yearly(settings.JUZHU_APPLICATION_PREFIX, today.year)
        locked.submitted_at = locked.submitted_at or clock.now()
        locked.filed_on = locked.filed_on or today
        locked.received_on = today
        locked.examine_by = deadlines.deadline("examination", today, policy.load(locked.policy_id)).last_day
        locked.supplement_by = None
        kind = "application.submitted" if first_time else "application.supplemented"
        return move_on(locked, "submit", kind, actor, outcome=answer.outcome)


def request_endorsement(
    permit: Permit, route: str, *, actor: Actor, today: date, channel: str = "web"
) -> Application:
    """File for another year with one button; what is known is decided anew. Source: notice 2(1)4.

    Pressing twice gives the same application. Raises WindowClosed before the window, with its opening day.
    """
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=permit.person_id)
        waiting = Application.objects.filter(person_id=permit.person_id, state__in=UNFINISHED).first()
        if waiting:
            if waiting.is_endorsement:
                return waiting
            raise AnotherApplication
        rules = in_force(today)
        status = permit.status(rules, today)
        if status.status == "terminated":
            raise TransitionForbidden
        if today < status.window.opens:
            raise WindowClosed(opens=status.window.opens)
        application = _open(permit.person, Application.ENDORSEMENT, route, permit, actor, channel, today)
        answer, seen = facts.decide(application, today)
        facts.record(application, "submit", answer, seen, today, actor)
        application.number = numbers.yearly(settings.JUZHU_APPLICATION_PREFIX, today.year)
        application.submitted_at = clock.now()
        application.filed_on = application.received_on = today
        application.examine_by = deadlines.deadline("examination", today, rules).last_day
        return move_on(application, "submit", "application.submitted", actor, outcome=answer.outcome)


def withdraw(application: Application, *, actor: Actor, today: date) -> Application:
    """Take an application back before it is answered."""
    with transaction.atomic():
        locked = locked_for(application.pk, "withdraw", actor)
        locked.decided_on, locked.decided_at = today, clock.now()
        return move_on(locked, "withdraw", "application.withdrawn", actor)


def extend_supplement(application: Application, *, actor: Actor, today: date) -> SupplementNotice:
    """Give the applicant the supplement's term once more, on request and before it is over.

    Raises ExtendedAlready, TransitionForbidden.
    """
    with transaction.atomic():
        locked = locked_for(application.pk, "extend_supplement", actor)
        if time_has_lapsed(locked, today):
            raise TransitionForbidden(state=State.LAPSED)
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


def locked_for(application_id: int, action: str, actor: Actor, *, key: str = "") -> Application:
    """Lock an application for an action, or say why not. Call inside a transaction.

    A request that repeats the key of the last submission gets the row as it is. Raises NotAllowed,
    TransitionForbidden.
    """
    check_role(action, actor)
    locked = _lock(application_id)
    if key and key == locked.submit_key and locked.state == State.SUBMITTED:
        return locked
    if (State(locked.state), action) not in TRANSITIONS:
        raise TransitionForbidden(state=locked.state)
    check_role(action, actor, State(locked.state))
    return locked


def check_role(action: str, actor: Actor, state: State | None = None) -> None:
    """Raises NotAllowed when it is not this actor's part to do this, in that state or in any."""
    if not has_part(action, actor, state):
        raise NotAllowed


def has_part(action: str, actor: Actor, state: State | None = None) -> bool:
    """Whether it is this actor's part to do this, in that state or in any."""
    who = actor.role if actor.kind == "staff" else actor.kind
    roles = ALLOWED_ROLES[action]
    return who in (roles if state is None else ALLOWED_FROM.get((state, action), roles))


def _lock(application_id: int) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("person", "permit")
    return rows.get(pk=application_id)


def move_on(locked: Application, action: str, event: str, actor: Actor, **data: object) -> Application:
    """Move a locked application along the table, save it and append its one event."""
    locked.state = TRANSITIONS[State(locked.state), action]
    try:
        locked.save()
    except IntegrityError as error:
        raise TransitionForbidden from error
    events.append(
        event,
        actor=actor,
        subject=locked,
        person_id=locked.person_id,
        number=locked.number,
        state=locked.state,
        **data,
    )
    return locked


def catch_up(application: Application, today: date) -> Application:
    """Let time do what it has done already: deemed acceptance, a lapsed supplement.

    What the dates say holds on every page, whether or not a job ran; an action or the nightly job writes it
    down. Whoever was quicker wins: what the locked row says counts, not what was read before.
    """
    if not (time_has_accepted(application, today) or time_has_lapsed(application, today)):
        return application
    with transaction.atomic():
        locked = _lock(application.pk)
        if time_has_accepted(locked, today):
            received = locked.received_on or today
            rules = policy.load(locked.policy_id)
            locked.accepted_on, locked.accepted_at, locked.deemed_accepted = received, clock.now(), True
            locked.due_on = deadlines.deadline("issuance", received, rules).last_day
            return move_on(locked, "deem_accepted", "application.deemed_accepted", SYSTEM)
        if time_has_lapsed(locked, today):
            locked.decided_on, locked.decided_at = today, clock.now()
            return move_on(locked, "lapse", "application.lapsed", SYSTEM)
        return locked


def time_has_accepted(application: Application, today: date) -> bool:
    """Whether five working days went by without an examination. Source: Administrative Licensing Law art.
    32, by analogy.
    """
    return (
        application.state == State.SUBMITTED
        and application.examine_by is not None
        and today > application.examine_by
    )


def time_has_lapsed(application: Application, today: date) -> bool:
    """Whether the supplement's term went by."""
    return (
        application.state == State.SUPPLEMENT_REQUESTED
        and application.supplement_by is not None
        and today > application.supplement_by
    )
