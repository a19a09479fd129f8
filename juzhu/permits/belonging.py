"""Whose affair it is: a citizen acts for themself or for a child in their care, for nobody else."""

from juzhu.operations.actors import Actor
from juzhu.people.models import Guardianship
from juzhu.permits.errors import OutOfArea


def check(actor: Actor, person_id: int) -> None:
    """Raises OutOfArea, as if there were no such thing, when a citizen acts for somebody who isn't theirs.

    Officers and the service itself are held by their area and their part. At most one query.
    """
    if actor.kind != "citizen" or (actor.person_id is not None and actor.person_id == person_id):
        return
    guardian = actor.person_id
    if guardian is None or not Guardianship.objects.filter(guardian=guardian, child=person_id).exists():
        raise OutOfArea
