"""The audit trail: append one event, subscribe to kinds of them, prove the chain."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC

import orjson
from django.db import models, transaction
from structlog.contextvars import get_contextvars

from juzhu.operations import clock, tasks
from juzhu.operations.actors import Actor
from juzhu.operations.errors import ChainBroken
from juzhu.operations.models import ChainHead, Event

Handler = Callable[[Event], None]
_handlers: dict[str, list[Handler]] = defaultdict(list)

FIRST = "0" * 64
CHAINED = (
    "position", "kind", "actor_kind", "actor_account_id", "actor_name", "actor_role",
    "subject_type", "subject_id", "person_id", "data", "request_id", "previous",
)  # fmt: skip


def subscribe(*kinds: str) -> Callable[[Handler], Handler]:
    """Call the decorated function once, after commit, in a worker, for every event of these kinds.

    It is how something travels up: a lower room appends, an upper room answers. A handler may be called
    again if a worker died after its effect and before its commit could be known, so effects that leave the
    database must bear that.
    """

    def register(handler: Handler) -> Handler:
        for kind in kinds:
            _handlers[kind].append(handler)
        return handler

    return register


def append(
    kind: str, *, actor: Actor, subject: models.Model, person_id: int | None = None, **data: object
) -> Event:
    """Append one event in the caller's transaction. It must be the action's last write.

    The head of the chain stays locked until commit, so that no two events can claim one place. `data` holds
    codes, numbers and dates; names and identity numbers stay in the tables they belong to.
    """
    with transaction.atomic():
        head, _ = ChainHead.objects.select_for_update().get_or_create(pk=1)
        event = Event(
            position=head.position + 1,
            at=clock.now(),
            kind=kind,
            actor_kind=actor.kind,
            actor_account_id=actor.account_id,
            actor_name=actor.name if actor.kind == "staff" else "",
            actor_role=actor.role,
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            person_id=person_id,
            data=orjson.loads(orjson.dumps(data)),
            request_id=str(get_contextvars().get("request_id", "")),
            previous=head.digest,
        )
        event.digest = digest(event)
        event.save(force_insert=True)
        ChainHead.objects.filter(pk=1).update(position=event.position, digest=event.digest)
        if _handlers.get(kind):
            tasks.enqueue("operations.deliver_event", {"event": event.pk}, key=f"event:{event.pk}")
    return event


def digest(event: Event) -> str:
    """SHA-256 over the event's fields in canonical JSON, the digest of the row before it among them."""
    fields: dict[str, object] = {name: getattr(event, name) for name in CHAINED}
    fields["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)).hexdigest()


@tasks.handles("operations.deliver_event")
def deliver(payload: dict[str, int]) -> None:
    """Hand one event to all who subscribed to its kind."""
    event = Event.objects.get(pk=payload["event"])
    for handler in _handlers[event.kind]:
        handler(event)


def verify(progress: Callable[[int], None] = lambda count: None) -> int:
    """Walk the whole chain and return its length.

    Raises ChainBroken at the first row that was altered, inserted or taken away, and when the end of the
    chain is missing. Events that are appended meanwhile are no fault: the chain is at least as long as its
    head said before, and at most as long as it says afterwards.
    """
    head = _head()
    previous, position = FIRST, 0
    for event in _rows():
        position += 1
        if event.position != position:
            raise ChainBroken(position=position, found=event.position, fault="a row is missing")
        if event.previous != previous:
            raise ChainBroken(position=position, fault="the row before it was exchanged")
        if digest(event) != event.digest:
            raise ChainBroken(position=position, fault="the row was altered")
        if position == head.position and event.digest != head.digest:
            raise ChainBroken(position=position, fault="the last row was exchanged")
        previous = event.digest
        progress(position)
    if position < head.position:
        raise ChainBroken(position=position + 1, found=head.position, fault="the end of the chain is missing")
    if position > (known := _head().position):
        raise ChainBroken(position=known + 1, fault="a row was added past the end")
    return position


def _head() -> ChainHead:
    return ChainHead.objects.filter(pk=1).first() or ChainHead()


def _rows() -> Iterator[Event]:
    return Event.objects.order_by("position").iterator(chunk_size=2000)
