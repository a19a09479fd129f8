"""The outbox: work that happens after commit, at least once, with leases.

SKIP LOCKED on PostgreSQL, an IMMEDIATE transaction on SQLite. A handler runs in the transaction that marks
its task done, so that effect and "done" are one commit; its lease lets another worker take over after a
crash. A handler that leaves the database (SMS, mail) runs before any transaction is open (`outside`), so
that a slow gateway holds up no writer.
"""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from juzhu.operations.models import Heartbeat, Task

log = structlog.get_logger(__name__)
Work = Callable[[dict[str, Any]], None]
_work: dict[str, Work] = {}
_outside: set[str] = set()
_at_work = ContextVar("at_work", default=False)

LEASE = timedelta(minutes=2)
BATCH = 20
MOST_ATTEMPTS = 8
BACKOFF_BASE = 4
"""The n-th failure is followed by 4ⁿ seconds of waiting: eight attempts bridge an outage of six hours."""
WORKER_DIED = "worker died"


def handles(kind: str, *, outside: bool = False) -> Callable[[Work], Work]:
    """Name the function that does tasks of this kind.

    `outside` is for effects that leave the database: the effect comes first, then "done" is written. It
    happens at least once: a worker that dies between the two does it again. Such a function must give up
    well before its lease of two minutes is over, since then another worker takes the task.
    """

    def register(work: Work) -> Work:
        _work[kind] = work
        if outside:
            _outside.add(kind)
        return work

    return register


def enqueue(
    kind: str, payload: dict[str, Any], *, key: str | None = None, delay: timedelta = timedelta()
) -> None:
    """Put a task into the outbox in the caller's transaction. A key that is there already is not put
    twice.
    """
    run_at = datetime.now(UTC) + delay
    if key is None:
        Task.objects.create(kind=kind, payload=payload, run_at=run_at)
    else:
        Task.objects.bulk_create(
            [Task(kind=kind, payload=payload, key=key, run_at=run_at)], ignore_conflicts=True
        )


def run_batch() -> int:
    """Lease up to 20 due tasks and do them. Returns how many were taken."""
    taken = _lease()
    for task in taken:
        _do(task)
    return len(taken)


def run_all() -> int:
    """Do tasks until none is due; for tests and for the demo's first morning."""
    total = 0
    while count := run_batch():
        total += count
    return total


def requeue_dead(kind: str = "") -> int:
    """Give tasks that were put aside all their attempts anew, at once; of one kind or of all. Returns how
    many.
    """
    dead = Task.objects.filter(done_at__isnull=True, dead_at__isnull=False)
    if kind:
        dead = dead.filter(kind=kind)
    return dead.update(dead_at=None, attempts=0, leased_until=None, run_at=datetime.now(UTC))


def _lease() -> list[Task]:
    """Set due tasks aside for this worker, those first that were begun least often. What has killed as many
    workers as may be is buried.
    """
    now = datetime.now(UTC)
    with transaction.atomic():
        due = Task.objects.filter(done_at__isnull=True, dead_at__isnull=True, run_at__lte=now).filter(
            Q(leased_until__isnull=True) | Q(leased_until__lt=now)
        )
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        found = list(due.order_by("run_at", "pk")[:BATCH])
        taken = sorted(
            (task for task in found if task.attempts < MOST_ATTEMPTS), key=lambda task: task.attempts
        )
        killers = [task for task in found if task.attempts >= MOST_ATTEMPTS]
        Task.objects.filter(pk__in=[task.pk for task in taken]).update(leased_until=now + LEASE)
        if killers:
            worn_out = Task.objects.filter(pk__in=[task.pk for task in killers])
            worn_out.update(dead_at=now, leased_until=None, error=WORKER_DIED)
    for task in killers:
        log.error("task_buried", kind=task.kind, task=task.pk, attempts=task.attempts)
    for task in taken:
        task.leased_until = now + LEASE
    return taken


def _begin(task: Task) -> bool:
    """Lease a task anew, for its turn has come, and count the attempt before anything can go wrong.

    Only the task in hand is counted: if it kills the worker, the others of the batch are none the worse.
    False when the lease ran out while the batch was worked on, and another worker has the task.
    """
    until = datetime.now(UTC) + LEASE
    if not _mine(task).update(leased_until=until, attempts=F("attempts") + 1):
        return False
    task.leased_until = until
    task.attempts += 1
    return True


def _mine(task: Task) -> QuerySet[Task]:
    return Task.objects.filter(pk=task.pk, leased_until=task.leased_until, done_at__isnull=True)


def at_work() -> bool:
    """Whether what runs now is a task's work: what only a worker may do asks."""
    return _at_work.get()


def _do(task: Task) -> None:
    if not _begin(task):
        return
    token = _at_work.set(True)
    try:
        if task.kind in _outside:
            _work[task.kind](task.payload)
            Task.objects.filter(pk=task.pk).update(done_at=datetime.now(UTC))
            return
        with transaction.atomic():
            if _mine(task).update(done_at=datetime.now(UTC)):
                _work[task.kind](task.payload)
    except Exception as error:
        dead = task.attempts >= MOST_ATTEMPTS
        now = datetime.now(UTC)
        _mine(task).update(
            error=type(error).__name__,
            leased_until=None,
            run_at=now + timedelta(seconds=BACKOFF_BASE**task.attempts),
            dead_at=now if dead else None,
        )
        log.exception("task_failed", kind=task.kind, task=task.pk, attempts=task.attempts, dead=dead)
    finally:
        _at_work.reset(token)


def beat(name: str = "worker") -> None:
    """Say that a worker lives."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": datetime.now(UTC)})
