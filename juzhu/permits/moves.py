"""How a case moves: locked for who may, along the table, saved, and told in one event.

`actions` and `casework` are made of these; what the dates alone say is in `timing`.
"""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from juzhu.law import deadlines, policy
from juzhu.operations import clock, events
from juzhu.operations.actors import SYSTEM, Actor
from juzhu.people.errors import NotAllowed
from juzhu.permits import belonging, conflicts, rota
from juzhu.permits.errors import OutOfArea, TransitionForbidden
from juzhu.permits.models import Application
from juzhu.permits.timing import (
    due_when_accepted,
    fact_has_ended,
    is_over,
    time_has_accepted,
    time_has_lapsed,
)
from juzhu.permits.transitions import ALLOWED_FROM, ALLOWED_ROLES, STAYING, TRANSITIONS, State


def has_part(action: str, actor: Actor, state: State | None = None) -> bool:
    """Whether it is this actor's part to do this, in that state or in any."""
    who = actor.role if actor.kind == "staff" else actor.kind
    roles = ALLOWED_ROLES[action]
    return who in (roles if state is None else ALLOWED_FROM.get((state, action), roles))


def check_role(action: str, actor: Actor, state: State | None = None) -> None:
    """Raises NotAllowed when it is not this actor's part to do this, in that state or in any."""
    if not has_part(action, actor, state):
        raise NotAllowed


def check_area(actor: Actor, area: str) -> None:
    """Who may not know of a case learns nothing of its state. Raises OutOfArea."""
    if actor.kind == "staff" and not actor.covers(area):
        raise OutOfArea


def check_officer(actor: Actor, locked: Application) -> None:
    """At the window: an officer's area, and nobody near to them. Nothing is asked of anybody else.

    Raises OutOfArea, ConflictOfInterest.
    """
    check_area(actor, locked.area)
    conflicts.check(actor, locked)


def lock(application_id: int) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("person", "permit")
    return rows.get(pk=application_id)


def locked_for(application_id: int, action: str, actor: Actor, today: date, *, key: str = "") -> Application:
    """Lock an application for an action, or say why not. Call inside a transaction.

    A request that repeats the key of the last submission gets the row as it is. What time or a fact has
    ended is ended, written down or not. Raises NotAllowed, TransitionForbidden.
    """
    check_role(action, actor)
    locked = lock(application_id)
    belonging.check(actor, locked.person_id, today)
    if was_sent(locked, key):
        return locked
    state = is_over(locked, today) or State(locked.state)
    if (state, action) not in TRANSITIONS and state not in STAYING.get(action, ()):
        raise TransitionForbidden(state=state)
    check_role(action, actor, state)
    return locked


def was_sent(locked: Application, key: str) -> bool:
    """Whether this very submission arrived before. One that was answered with a notice may come again."""
    return bool(key) and key == locked.submit_key and locked.state != State.SUPPLEMENT_REQUESTED


def take(application: Application, action: str, actor: Actor, today: date) -> Application:
    """Lock for an officer: their part, in their area, not their own, after time has done its own.

    Who may not know of a case learns nothing of its state. Raises NotAllowed, OutOfArea, TransitionForbidden,
    ConflictOfInterest; only handing over is open to who has to keep away.
    """
    check_role(action, actor)
    found = Application.objects.get(pk=application.pk)
    if not actor.covers(found.area):
        raise OutOfArea
    catch_up(found, today)
    locked = locked_for(application.pk, action, actor, today)
    if not actor.covers(locked.area):
        raise OutOfArea
    if action != "hand_over":
        conflicts.check(actor, locked)
    return locked


def staff_id(actor: Actor) -> int:
    """The officer's account. Raises NotAllowed when nobody stands behind the actor."""
    if actor.account_id is None:
        raise NotAllowed
    return actor.account_id


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
    done = time_has_accepted(application, today) or time_has_lapsed(application, today)
    if not (done or fact_has_ended(application, today)):
        return application
    with transaction.atomic():
        locked = lock(application.pk)
        if fact_has_ended(locked, today):  # as read before the lock was had: it may be undone since
            locked.person.refresh_from_db()
        if fact_has_ended(locked, today):
            return end(locked, locked.person.out_of_scope_because, SYSTEM, today)
        if time_has_accepted(locked, today):
            received = locked.received_on or today
            locked.accepted_on, locked.accepted_at, locked.deemed_accepted = received, clock.now(), True
            locked.due_on = due_when_accepted(locked, received)
            locked.assigned_to_id = rota.next_officer(locked, State.ACCEPTED, today)
            about = {"assigned_to": locked.assigned_to_id}
            return move_on(locked, "deem_accepted", "application.deemed_accepted", SYSTEM, **about)
        if time_has_lapsed(locked, today):
            assert locked.supplement_by is not None
            locked.decided_on = locked.supplement_by + timedelta(days=1)  # whenever it is written down
            locked.decided_at = clock.now()
            return move_on(locked, "lapse", "application.lapsed", SYSTEM)
        return locked


def end(locked: Application, reason: str, actor: Actor, today: date) -> Application:
    """终结: answer a locked application by nobody's decision, for a reason of `CASE_ENDINGS`."""
    end_pause(locked, actor.account_id, today)
    locked.decided_on, locked.decided_at, locked.reason = today, clock.now(), reason
    return move_on(locked, "end", "application.ended", actor, reason=reason)


def begin_examination(locked: Application, today: date) -> None:
    """Let the five working days run from today."""
    locked.received_on = today
    locked.examine_by = deadlines.deadline("examination", today, policy.load(locked.policy_id)).last_day


def end_pause(locked: Application, account_id: int | None, today: date) -> int:
    """End the pause of a locked application, if there is one, and say how many days it kept out of the
    term.
    """
    pause = locked.pauses.select_for_update().filter(ended_on__isnull=True).first()
    if pause is None:
        return 0
    pause.ended_on, pause.ended_by_id = today, account_id
    pause.save(update_fields=["ended_on", "ended_by"])
    return pause.days(today)
