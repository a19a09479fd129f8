"""The outbox: leases, retries, the dead letter, and never one effect twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Lock, Thread
from typing import Any

import pytest
from django.core.management import call_command
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


def killed() -> None:
    """What a worker leaves behind that is killed while it does the first task of its batch."""
    task, *_others = tasks._lease()
    assert tasks._begin(task)
    Task.objects.filter(leased_until__isnull=False).update(leased_until=datetime.now(UTC) - PAST)


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


def test_a_task_that_kills_its_workers_is_put_aside_too(done: list[dict[str, Any]]):
    tasks.enqueue(KIND, {})
    for attempt in range(1, tasks.MOST_ATTEMPTS + 1):
        killed()
        assert (only().attempts, only().dead_at) == (attempt, None)
    assert tasks.run_batch() == 0
    assert (only().error, only().leased_until) == (tasks.WORKER_DIED, None)
    assert only().dead_at is not None
    assert done == []


def test_the_others_of_its_batch_are_counted_no_attempt_and_come_first_next_time(
    done: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
):
    tasks.enqueue("test.killer", {})
    for number in range(3):
        tasks.enqueue(KIND, {"number": number})
    killed()
    assert set(Task.objects.filter(kind=KIND).values_list("attempts", flat=True)) == {0}
    assert Task.objects.get(kind="test.killer").attempts == 1
    assert [task.kind for task in tasks._lease()] == [KIND, KIND, KIND, "test.killer"]


def test_a_task_that_was_done_in_the_end_has_its_attempts_counted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(tasks._work, KIND, fails)
    tasks.enqueue(KIND, {})
    tasks.run_batch()
    monkeypatch.setitem(tasks._work, KIND, lambda _payload: None)
    make_due()
    tasks.run_batch()
    assert only().attempts == 2
    assert only().done_at is not None


def test_dead_tasks_are_tried_again_when_somebody_says_so(done: list[dict[str, Any]], capsys):
    for kind in (KIND, "test.of_an_older_release"):
        tasks.enqueue(kind, {})
    Task.objects.update(dead_at=datetime.now(UTC), attempts=tasks.MOST_ATTEMPTS, error="Flaky")
    tasks.enqueue(KIND, {"alive": True}, delay=timedelta(hours=1))
    call_command("requeue_dead_tasks", kind=KIND)
    assert capsys.readouterr().out == "requeued: 1\n"
    assert tasks.run_all() == 1
    assert done == [{}]
    call_command("requeue_dead_tasks")
    assert capsys.readouterr().out == "requeued: 1\n"
    assert Task.objects.get(kind="test.of_an_older_release").dead_at is None
    assert Task.objects.filter(run_at__gt=datetime.now(UTC)).get().attempts == 0


# Effects that leave the database


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "_outside", {KIND})


@pytest.mark.usefixtures("outside")
def test_an_effect_outside_that_fails_is_tried_again_and_put_aside_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
):
    def down(_payload: dict[str, Any]) -> None:
        raise Flaky

    monkeypatch.setitem(tasks._work, KIND, down)
    tasks.enqueue(KIND, {})
    for _attempt in range(tasks.MOST_ATTEMPTS):
        make_due()
        assert tasks.run_batch() == 1
        assert only().done_at is None
    assert only().dead_at is not None


@pytest.mark.usefixtures("outside")
def test_a_worker_that_dies_between_effect_and_done_has_it_done_again(
    done: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
):
    def sends_and_dies(payload: dict[str, Any]) -> None:
        done.append(payload)
        raise SystemExit

    monkeypatch.setitem(tasks._work, KIND, sends_and_dies)
    tasks.enqueue(KIND, {})
    with pytest.raises(SystemExit):
        tasks.run_batch()
    monkeypatch.setitem(tasks._work, KIND, done.append)
    make_due(leased_until=datetime.now(UTC) - PAST)
    tasks.run_batch()
    assert (len(done), only().attempts) == (2, 2)
    assert only().done_at is not None


@pytest.mark.usefixtures("outside")
def test_a_worker_whose_lease_ran_out_in_the_batch_sends_nothing(done: list[dict[str, Any]]):
    tasks.enqueue(KIND, {})
    (slow,) = tasks._lease()
    make_due(leased_until=datetime.now(UTC) - PAST)
    (other,) = tasks._lease()
    tasks._do(slow)
    tasks._do(other)
    assert done == [{}]


@pytest.mark.usefixtures("committed_db", "outside")
def test_no_transaction_is_open_while_an_effect_leaves_the_database(monkeypatch: pytest.MonkeyPatch):
    """A slow gateway then holds up no writer; on SQLite there can only be one."""
    seen: list[bool] = []
    monkeypatch.setitem(tasks._work, KIND, lambda _payload: seen.append(connection.in_atomic_block))
    tasks.enqueue(KIND, {})
    tasks.run_all()
    monkeypatch.setattr(tasks, "_outside", set())
    tasks.enqueue(KIND, {})
    tasks.run_all()
    assert seen == [False, True]


def test_sms_and_mail_leave_the_database():
    assert {"permits.sms", "permits.mail"} <= tasks._outside


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
