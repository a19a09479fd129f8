"""The outbox: work that happens after commit, at least once, with leases.

SKIP LOCKED on PostgreSQL, an IMMEDIATE transaction on SQLite. A handler runs in the transaction that marks
its task done, so that effect and "done" are one commit; its lease lets another worker take over after a
crash.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import Q

from juzhu.operations.models import Heartbeat, Task

log = structlog.get_logger(__name__)
Work = Callable[[dict[str, Any]], None]
_work: dict[str, Work] = {}

LEASE = timedelta(minutes=2)
BATCH = 20
MOST_ATTEMPTS = 8
BACKOFF_BASE = 4
"""The n-th failure is followed by 4ⁿ seconds of waiting: eight attempts bridge an outage of six hours."""


def handles(kind: str) -> Callable[[Work], Work]:
    """Name the function that does tasks of this kind."""

    def register(work: Work) -> Work:
        _work[kind] = work
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


def _lease() -> list[Task]:
    now = datetime.now(UTC)
    with transaction.atomic():
        due = Task.objects.filter(done_at__isnull=True, dead_at__isnull=True, run_at__lte=now).filter(
            Q(leased_until__isnull=True) | Q(leased_until__lt=now)
        )
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        taken = list(due.order_by("run_at", "pk")[:BATCH])
        Task.objects.filter(pk__in=[task.pk for task in taken]).update(leased_until=now + LEASE)
    for task in taken:
        task.leased_until = now + LEASE
    return taken


def _do(task: Task) -> None:
    mine = Task.objects.filter(pk=task.pk, leased_until=task.leased_until, done_at__isnull=True)
    try:
        with transaction.atomic():
            if not mine.update(done_at=datetime.now(UTC)):
                return  # the lease ran out while the batch was worked on, and another worker has it
            _work[task.kind](task.payload)
    except Exception as error:
        task.attempts += 1
        task.error = type(error).__name__
        dead = task.attempts >= MOST_ATTEMPTS
        mine.update(
            attempts=task.attempts,
            error=task.error,
            leased_until=None,
            run_at=datetime.now(UTC) + timedelta(seconds=BACKOFF_BASE**task.attempts),
            dead_at=datetime.now(UTC) if dead else None,
        )
        log.exception("task_failed", kind=task.kind, task=task.pk, attempts=task.attempts, dead=dead)


def beat(name: str = "worker") -> None:
    """Say that a worker lives."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": datetime.now(UTC)})
