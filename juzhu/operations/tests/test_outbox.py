"""The outbox: leases, retries, the dead letter, and never one effect twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Lock, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from juzhu.operations import tasks
from juzhu.operations.models import Counter, Heartbeat, Task

pytestmark = pytest.mark.django_db
KIND = "test.work"
PAST = timedelta(seconds=1)


class Flaky(Exception):
    pass


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """What the handler of test tasks was given."""
    seen: list[dict[str, Any]] = []
    monkeypatch.setitem(tasks._work, KIND, seen.append)
    yield seen


def fails(_payload: dict[str, Any]) -> None:
    Counter.objects.create(series="written by a failing task")
    raise Flaky("13800001234 and other things that belong in no log")


def only() -> Task:
    return Task.objects.get(kind=KIND)


def make_due(**fields: Any) -> None:
    Task.objects.filter(kind=KIND).update(run_at=datetime.now(UTC) - PAST, **fields)


def test_a_task_is_done_once(done: list[dict[str, Any]]):
    tasks.enqueue(KIND, {"number": 1})
    assert tasks.run_all() == 1
    assert tasks.run_all() == 0
    assert done == [{"number": 1}]
    assert only().done_at is not None


def test_a_task_goes_with_the_action_that_asked_for_it(done: list[dict[str, Any]]):
    with pytest.raises(Flaky), transaction.atomic():
        tasks.enqueue(KIND, {})
        raise Flaky
    assert tasks.run_all() == 0
    assert done == []


def test_a_key_is_put_once(done: list[dict[str, Any]]):
    tasks.enqueue(KIND, {"number": 1}, key="same")
    tasks.enqueue(KIND, {"number": 2}, key="same")
    tasks.run_all()
    tasks.enqueue(KIND, {"number": 3}, key="same")
    tasks.run_all()
    assert done == [{"number": 1}]


def test_a_task_waits_for_its_time(done: list[dict[str, Any]]):
    tasks.enqueue(KIND, {}, delay=timedelta(hours=1))
    assert tasks.run_all() == 0
    make_due()
    assert tasks.run_all() == 1
    assert len(done) == 1


def test_effect_and_done_are_one_commit_and_the_next_try_waits_longer(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(tasks._work, KIND, fails)
    tasks.enqueue(KIND, {})
    waits = []
    for attempt in range(1, tasks.MOST_ATTEMPTS):
        assert tasks.run_batch() == 1
        task = only()
        assert (task.attempts, task.done_at, task.dead_at, task.leased_until) == (attempt, None, None, None)
        waits.append((task.run_at - datetime.now(UTC)).total_seconds())
        assert tasks.run_batch() == 0
        make_due()
    assert not Counter.objects.filter(series="written by a failing task").exists()
    assert waits == sorted(waits)
    assert sum(waits) > 5 * 3600
    assert only().error == "Flaky"


def test_after_eight_attempts_it_is_put_aside(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(tasks._work, KIND, fails)
    tasks.enqueue(KIND, {})
    for _attempt in range(8):
        make_due()
        tasks.run_batch()
    assert only().dead_at is not None
    make_due()
    assert tasks.run_batch() == 0


def test_a_kind_that_nobody_handles_is_a_failure_and_stops_no_other_task(done: list[dict[str, Any]]):
    tasks.enqueue("test.of_an_older_release", {})
    tasks.enqueue(KIND, {})
    tasks.run_batch()
    assert len(done) == 1
    assert Task.objects.get(kind="test.of_an_older_release").error == "KeyError"


def test_a_dead_workers_task_is_taken_over_when_its_lease_has_run_out(done: list[dict[str, Any]]):
    tasks.enqueue(KIND, {})
    assert len(tasks._lease()) == 1  # and then the worker dies
    assert tasks.run_batch() == 0
    make_due(leased_until=datetime.now(UTC) - PAST)
    assert tasks.run_batch() == 1
    assert len(done) == 1


def test_a_worker_that_was_too_slow_does_not_do_it_again(done: list[dict[str, Any]]):
    tasks.enqueue(KIND, {})
    (slow,) = tasks._lease()
    make_due(leased_until=datetime.now(UTC) - PAST)
    (other,) = tasks._lease()
    tasks._do(slow)
    assert done == []
    tasks._do(other)
    tasks._do(slow)
    assert len(done) == 1


def test_a_worker_that_was_too_slow_takes_no_lease_away(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(tasks._work, KIND, fails)
    tasks.enqueue(KIND, {})
    (slow,) = tasks._lease()
    make_due(leased_until=datetime.now(UTC) - PAST)
    (other,) = tasks._lease()
    tasks._do(slow)
    assert (only().attempts, only().leased_until) == (0, other.leased_until)


def test_a_beat_is_one_row():
    tasks.beat()
    tasks.beat()
    assert Heartbeat.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SKIP LOCKED is PostgreSQL's")
@pytest.mark.usefixtures("committed_db")
def test_two_workers_never_do_one_task_twice(monkeypatch: pytest.MonkeyPatch):
    seen: list[int] = []
    guard, together = Lock(), Barrier(2)

    def work(payload: dict[str, Any]) -> None:
        with guard:
            seen.append(payload["number"])

    monkeypatch.setitem(tasks._work, KIND, work)
    for number in range(120):
        tasks.enqueue(KIND, {"number": number})

    def worker() -> None:
        together.wait()
        try:
            while tasks.run_batch():
                pass
        finally:
            connection.close()

    workers = [Thread(target=worker) for _ in range(2)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    assert sorted(seen) == list(range(120))
    assert not Task.objects.filter(done_at=None).exists()
