"""终结: a fact has made an application pointless, so that it is answered by nobody. Source: Hangzhou art.
21.
"""

from datetime import date

from django.db import transaction

from juzhu.operations.actors import Actor
from juzhu.permits import moves
from juzhu.permits.errors import ReasonMissing
from juzhu.permits.models import Application
from juzhu.permits.moves import catch_up, locked_for, take
from juzhu.permits.transitions import State

FACTS = frozenset({"death", "local_household"})


def end(application: Application, reason: str, *, actor: Actor, today: date) -> Application:
    """End an unfinished application because of a death ("death") or a local household ("local_household").

    The service does it when it learns the fact, a chief when a fact reaches the office first. What has ended
    already stays as it is. Raises ReasonMissing, NotAllowed, OutOfArea, ConflictOfInterest,
    TransitionForbidden.
    """
    if reason not in FACTS:
        raise ReasonMissing
    with transaction.atomic():
        if actor.kind == "staff":
            locked = take(application, "end", actor, today)
        else:
            found = catch_up(Application.objects.get(pk=application.pk), today)
            if found.state == State.ENDED:
                return found
            locked = locked_for(application.pk, "end", actor, today)
        return moves.end(locked, reason, actor, today)
