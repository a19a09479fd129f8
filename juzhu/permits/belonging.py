"""Whose affair it is: a citizen acts for themself or for a child under 16 in their care, for nobody else.

Source: notice 2(1)3; Zhejiang art. 7.
"""

from datetime import date

from juzhu.operations.actors import Actor
from juzhu.people.queries import own_and_wards
from juzhu.permits.errors import OutOfArea


def check(actor: Actor, person_id: int, today: date) -> None:
    """Raises OutOfArea, as if there were no such thing, when a citizen acts for somebody who isn't theirs.

    Officers and the service itself are held by their area and their part. At most one query.
    """
    if actor.kind in ("staff", "system"):
        return
    if actor.kind == "citizen" and actor.person_id is not None and actor.person_id == person_id:
        return
    if not own_and_wards(actor, today).filter(pk=person_id).exists():
        raise OutOfArea
