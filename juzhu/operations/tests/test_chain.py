"""The audit trail: every event in its place, refused to change, and every tampering found."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction

from juzhu.config.commands import audit
from juzhu.operations import events
from juzhu.operations.actors import SYSTEM, Actor
from juzhu.operations.errors import ChainBroken
from juzhu.operations.models import ChainHead, Counter, Event

pytestmark = pytest.mark.django_db
SUBJECT = Counter(pk=7)


def append(count: int = 5) -> None:
    for number in range(count):
        events.append("test.happened", actor=SYSTEM, subject=SUBJECT, number=number)


def without_triggers() -> None:
    """What somebody with the database's own password could do."""
    table = Event._meta.db_table
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for verb in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER {table}_no_{verb}{on_table}")


def broken() -> dict[str, object]:
    with pytest.raises(ChainBroken) as found:
        events.verify()
    return found.value.about


def row(position: int) -> Event:
    return Event.objects.get(position=position)


def move(position: int, to: int) -> None:
    Event.objects.filter(position=position).update(position=to)


def forge(position: int, previous: str) -> Event:
    event = Event(**{name: getattr(row(1), name) for name in (*events.CHAINED, "at")})
    event.position, event.previous = position, previous
    event.digest = events.digest(event)
    event.save(force_insert=True)
    return event


def alter_a_row() -> None:
    Event.objects.filter(position=2).update(actor_name="别人")


def alter_what_it_says() -> None:
    Event.objects.filter(position=4).update(data={"number": 99})


def alter_its_moment() -> None:
    Event.objects.filter(position=3).update(at=row(2).at.replace(year=2001))


def remove_a_row() -> None:
    row(2).delete()


def cut_the_end_off() -> None:
    Event.objects.filter(position__gte=4).delete()


def swap_two_places() -> None:
    move(2, 99)
    move(3, 2)
    move(99, 3)


def insert_a_row() -> None:
    for position in (5, 4, 3):
        move(position, position + 1)
    forge(3, row(2).digest)


def add_a_row_past_the_end() -> None:
    forge(6, row(5).digest)


def exchange_the_last_row() -> None:
    row(5).delete()
    forge(5, row(4).digest)


def take_the_head_away() -> None:
    ChainHead.objects.all().delete()


@pytest.mark.parametrize(
    ("tamper", "position"),
    [
        (alter_a_row, 2),
        (alter_what_it_says, 4),
        (alter_its_moment, 3),
        (remove_a_row, 2),
        (cut_the_end_off, 4),
        (swap_two_places, 2),
        (insert_a_row, 4),
        (add_a_row_past_the_end, 6),
        (exchange_the_last_row, 5),
        (take_the_head_away, 1),
    ],
)
def test_every_tampering_is_found_where_it_was_done(tamper: Callable[[], None], position: int):
    append()
    without_triggers()
    tamper()
    assert broken()["position"] == position


def test_a_chain_counts_its_rows_and_links_each_to_the_one_before():
    assert events.verify() == 0
    append(3)
    assert events.verify() == 3
    rows = list(Event.objects.all())
    assert [event.position for event in rows] == [1, 2, 3]
    assert rows[0].previous == events.FIRST
    assert [event.previous for event in rows[1:]] == [event.digest for event in rows[:2]]


def test_events_that_are_appended_while_the_chain_is_proved_are_no_fault():
    append(3)
    seen: list[int] = []

    def append_once(position: int) -> None:
        seen.append(position)
        if position == 1:
            append(2)

    assert events.verify(append_once) >= 3
    assert seen[:3] == [1, 2, 3]
    assert events.verify() == 5


@pytest.mark.parametrize("change", [lambda rows: rows.update(kind="altered"), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_or_delete_an_event(change: Callable[..., object]):
    append(1)
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        change(Event.objects.filter(position=1))
    assert events.verify() == 1


def test_an_event_goes_with_its_action():
    append(1)

    class Failed(Exception):
        pass

    with pytest.raises(Failed), transaction.atomic():
        Counter.objects.create(series="of an action")
        append(1)
        raise Failed
    assert not Counter.objects.filter(series="of an action").exists()
    assert events.verify() == 1
    append(1)
    assert row(2).previous == row(1).digest


def test_an_event_names_officers_and_never_citizens():
    officer = Actor("staff", 3, None, "clerk", (), "徐静")
    citizen = Actor("citizen", 4, 9, name="周晓芸")
    assert events.append("test.read", actor=officer, subject=SUBJECT, person_id=9).actor_name == "徐静"
    assert events.append("test.read", actor=citizen, subject=SUBJECT, person_id=9).actor_name == ""


def test_the_command_proves_the_chain_and_says_where_it_is_broken():
    append(2)
    whole = CliRunner().invoke(audit, ["verify", "--json"])
    assert (whole.exit_code, json.loads(whole.stdout)) == (0, {"intact": True, "events": 2})
    assert "intact: 2 events" in CliRunner().invoke(audit, ["verify"]).stdout
    without_triggers()
    Event.objects.filter(position=1).update(kind="altered")
    torn = CliRunner().invoke(audit, ["verify", "--json"])
    assert torn.exit_code == 1
    assert json.loads(torn.stdout) == {"intact": False, "position": 1, "fault": "the row was altered"}
    assert "broken at 1" in CliRunner().invoke(audit, ["verify"]).stdout


def test_a_subscriber_is_called_after_commit_by_a_worker(monkeypatch: pytest.MonkeyPatch):
    from juzhu.operations import tasks

    heard: list[int] = []
    monkeypatch.setitem(events._handlers, "test.heard", [lambda event: heard.append(event.position)])
    events.append("test.heard", actor=SYSTEM, subject=SUBJECT)
    assert heard == []
    tasks.run_all()
    tasks.run_all()
    assert heard == [1]
