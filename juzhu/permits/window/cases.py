"""窗口: what an officer does for somebody who stands there, beyond what `actions` does for every channel.

Nobody is forced online, and nobody is held at the window: a draft goes on wherever its person goes on.
Source: notice 2(2)4; Zhejiang regulation on digital services art. 6.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.permits import conflicts, facts, judging
from juzhu.permits.errors import NothingToComplete, OutOfArea, ReasonMissing, TransitionForbidden
from juzhu.permits.models import Application
from juzhu.permits.moves import check_role, move_on, take
from juzhu.permits.transitions import State

SHORTEST_REASON = 5


def take_over(application: Application, *, actor: Actor) -> Application:
    """Go on at the window with a draft that was begun anywhere, in the area where its person lives now.

    Raises NotAllowed, OutOfArea, ConflictOfInterest, TransitionForbidden.
    """
    check_role("submit", actor)
    with transaction.atomic():
        locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        current = locked.person.registrations.filter(ended_on__isnull=True).first()
        if current is None or not actor.covers(current.subdistrict):
            raise OutOfArea
        conflicts.check(actor, locked)
        if locked.state != State.DRAFT:
            raise TransitionForbidden(state=locked.state)
        if locked.channel == "window" and locked.area == current.subdistrict:
            return locked
        locked.channel, locked.area = "window", current.subdistrict
        locked.save(update_fields=["channel", "area"])
        events.append("application.at_window", actor=actor, subject=locked, person_id=locked.person_id)
    return locked


def decline(application: Application, reason: str, *, actor: Actor, today: date) -> Application:
    """不予受理: the applicant was told once of everything, and declares not to complete it; or has handed in
    a supplement in which something that was asked for is still missing.

    Only after a one-off notice, and only while something is unproven. It says nothing about the conditions,
    so an endorsement that is declined ends no permit. Source: Hangzhou art. 17(3).
    Raises ReasonMissing, NothingToComplete, and what `take` raises.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing
    with transaction.atomic():
        locked = take(application, "decline", actor, today)
        asked = _asked_for(locked)
        if not asked:
            raise TransitionForbidden(state=locked.state)
        case = judging.asked(locked, today)
        as_of, answer, seen = case.as_of, case.answer, case.seen
        unproven = {finding.code for finding in answer.findings if finding.state == "unproven"}
        if not unproven or (locked.state == State.SUBMITTED and not unproven & asked):
            raise NothingToComplete
        facts.record(locked, "decline", answer, seen, as_of, actor)
        locked.decided_on, locked.decided_at = today, clock.now()
        locked.decided_by_id = actor.account_id
        locked.reason = reason.strip()
        return move_on(locked, "decline", "application.declined", actor)


def _asked_for(locked: Application) -> set[str]:
    """What the one-off notices have named."""
    return {str(item["code"]) for notice in locked.notices.all() for item in notice.items}
