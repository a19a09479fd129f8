"""What time and facts have made of somebody's cases and permit, written down before anything new is begun
upon it, and before a fact is replaced by another.

Every page says it without this (`timing`); but the tables hold one unfinished application and one permit a
person, and a household that moves away again leaves no trace of having been here. Source: Hangzhou art. 21.
"""

from datetime import date

from django.db import transaction

from juzhu.operations.actors import SYSTEM
from juzhu.people import actions as people
from juzhu.people.models import Person
from juzhu.permits import issuing, moves
from juzhu.permits.models import Application, Permit
from juzhu.permits.transitions import OPEN, State


def settle(person_id: int, today: date) -> None:
    """Write it down. Not within an action's own transaction where that can be helped: its events would come
    before the action's rows. Two queries when there is nothing to write.
    """
    running = Application.objects.filter(person_id=person_id, state__in=[State.DRAFT, *OPEN])
    for case in running.select_related("person"):
        moves.catch_up(case, today)
    for permit in Permit.objects.filter(person_id=person_id, terminated_on=None).select_related("person"):
        if permit.ended_on is not None and permit.ended_on <= today:
            issuing.terminate(permit, permit.end_reason, actor=SYSTEM, on=permit.ended_on)


@people.before_fact
def settle_before(person: Person, today: date) -> None:
    """What has lapsed before a fact has lapsed; a household that was here has ended what it ended, though it
    moves away again before a worker has seen it. The caller holds the person; all rows are held before the
    first event.
    """
    with transaction.atomic():
        rows = Application.objects.filter(person=person, state__in=[State.DRAFT, *OPEN])
        list(rows.select_for_update(of=("self",)).order_by("pk"))
        list(Permit.objects.filter(person=person, terminated_on=None).select_for_update(no_key=True))
        settle(person.pk, today)
