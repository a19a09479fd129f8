"""What the room does when something has happened below it: make the document, have the list made anew.

A version has no document for the moment until the worker has seen its event; a permit's list is as old as the
last one. Both are caught up once a day, and when there are other keys or another address: what an event has
missed.
"""

import hashlib
from typing import Any

from django.db.models import Q

from juzhu.credentials import actions, keys
from juzhu.credentials.addresses import origin
from juzhu.credentials.models import Licence
from juzhu.credentials.publishing import Moment, can_sign
from juzhu.operations import clock, events, tasks
from juzhu.operations.models import Event, Task
from juzhu.people import records
from juzhu.permits.models import Permit, PermitVersion

VERSIONS = (
    "permit.issued", "permit.endorsed", "permit.version_made", "correction.corrected", "person.fact_undone",
)  # fmt: skip
"""Events with which a permit says something new."""
CHANGES = (
    "permit.terminated", "permit.restored", "person.died", "person.household_moved", "person.merged",
    "person.merge_undone", "registration.opened", "registration.moved", "registration.ended",
    "application.refused", "application.declined", "application.withdrawn", "application.lapsed",
    "application.ended", "application.reopened", "application.end_undone",
)  # fmt: skip
"""Events with which a permit may be something else: ended, works again, its holder gone or back, an
endorsement that kept it valid answered.
"""
BATCH = 100


@events.subscribe(*VERSIONS, *CHANGES)
def follow(event: Event) -> None:
    """Enqueue it as a task of its own: a key that can't be opened must not keep a message back."""
    if (
        event.person_id is not None
        and Permit.objects.filter(person__in=records.ids(event.person_id)).exists()
    ):
        tasks.enqueue("credentials.follow", {"person": event.person_id}, key=f"credentials:event:{event.pk}")


@tasks.handles("credentials.follow")
def catch_up_with(payload: dict[str, int]) -> None:
    """Let the register and the lists follow one person's permits."""
    theirs = Permit.objects.filter(person__in=records.ids(payload["person"]))
    permits = list(theirs.values_list("pk", flat=True))
    actions.want(Licence.objects.filter(permit__in=permits).values_list("shard", flat=True).distinct())
    if can_sign(Moment.present()):
        actions.register(permits)


def start() -> None:
    """Enqueue once a day, and once for each set of keys and address, what no event has brought about."""
    moment = Moment.present()
    if not can_sign(moment):
        return
    known = repr([origin(), *((key.kid, key.revoked_at) for key in keys.known())])
    enqueue_all(f"{clock.today()}:{hashlib.sha256(known.encode()).hexdigest()[:16]}")


def enqueue_all(run: str) -> None:
    """Enqueue the catching-up of everything under a name, once."""
    _enqueue("credentials.register", run, 0)
    _enqueue("credentials.sign_anew", run, 0)


def _enqueue(kind: str, run: str, after: int) -> None:
    key = f"{kind}:{run}:{after}"
    if not Task.objects.filter(key=key).exists():
        tasks.enqueue(kind, {"run": run, "after": after}, key=key)


@tasks.handles("credentials.register")
def register_missing(payload: dict[str, Any]) -> None:
    """One batch of permits with a version that has no licence; the next is a task of its own."""
    lacking = PermitVersion.objects.filter(pk__gt=payload["after"], licence=None).order_by("pk")
    found = list(lacking.values_list("pk", "permit")[:BATCH])
    if found:
        actions.register({permit for _pk, permit in found})
        _enqueue("credentials.register", payload["run"], found[-1][0])


@tasks.handles("credentials.sign_anew")
def sign_again(payload: dict[str, Any]) -> None:
    """One batch of documents whose key was revoked, or that name another address than the service has now, so
    that their holders have good ones again.
    """
    revoked = [key.kid for key in keys.known() if key.revoked_at is not None]
    good = Q(issuer=origin()) & ~Q(kid__in=revoked)
    theirs = Licence.objects.exclude(good).filter(pk__gt=payload["after"], superseded_at=None)
    found = list(theirs.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if found:
        actions.sign_anew(found)
        _enqueue("credentials.sign_anew", payload["run"], found[-1])
