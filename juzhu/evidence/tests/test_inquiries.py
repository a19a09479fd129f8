"""What becomes of a question to a bureau: evidence, nothing, or an inquiry that waits and is asked again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test.utils import override_settings

from juzhu.evidence import deliveries, inquiries
from juzhu.evidence.checking import under_check
from juzhu.evidence.deliveries import Word
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence, Inquiry, Objection
from juzhu.evidence.queries import proof_of
from juzhu.evidence.tests.bureaus import Running
from juzhu.evidence.tests.programs import INSURED
from juzhu.operations import clock, events, tasks
from juzhu.operations.models import Event, Task
from juzhu.people.models import Message, Person
from juzhu.permits.tests import factories as make

pytestmark = [pytest.mark.requirement("D08")]


@pytest.fixture
def person(db: None, on_day: Any) -> Person:
    return make.make_person()


@pytest.fixture
def connected(bureau: Running) -> Iterator[Running]:
    """The service is told of the bureau, which answers for insurance and labour contracts."""
    address = bureau.address(Kind.INSURANCE, Kind.LABOUR_CONTRACT, breaker_faults=50)
    with override_settings(JUZHU_BUREAUS=[address]):
        yield bureau


def knows(bureau: Running, person: Person) -> None:
    """Let the bureau's books hold this person's contributions."""
    bureau.write(
        [{"identity_number": person.identity_number, "name": person.name, "kind": "insurance",
          "says": INSURED}]
    )  # fmt: skip


def ask(person: Person, *kinds: Kind, at: datetime | None = None) -> None:
    inquiries.ask({person.pk: kinds or [Kind.INSURANCE]}, now=at or clock.now())


def ask_again() -> int:
    """Let the worker do what is due, as if the pause were over."""
    Task.objects.filter(done_at=None).update(run_at=datetime.now(UTC) - timedelta(seconds=1))
    return tasks.run_all()


def test_what_the_bureau_says_is_evidence_that_is_signed(connected: Running, person: Person):
    knows(connected, person)
    ask(person)
    kept = Evidence.objects.get()
    assert (kept.way, kept.certainty, kept.department) == ("pull", "signed", "human_resources")
    assert kept.record["text"].count(".") == 2
    assert proof_of(person.pk).by_kind[Kind.INSURANCE] == kept
    inquiry = Inquiry.objects.get()
    assert (inquiry.state, inquiry.evidence, inquiry.attempts) == ("answered", kept, 1)
    assert under_check(person.pk) == {}
    assert [event.kind for event in Event.objects.filter(kind__startswith="evidence.")] == [
        "evidence.attested"
    ]
    events.verify()


def test_an_unsigned_answer_is_confirmed_only(connected: Running, person: Person):
    knows(connected, person)
    connected.behave("unsigned")
    ask(person)
    assert Evidence.objects.get().certainty == "confirmed"


def test_without_connectors_nothing_is_asked(db: None, person: Person):
    with override_settings(JUZHU_BUREAUS=[]):
        ask(person)
    assert not Inquiry.objects.exists()


def test_somebody_whose_identity_is_pending_is_not_asked_about(connected: Running, person: Person):
    Person.objects.filter(pk=person.pk).update(identity_number="")
    asked = connected.asked
    ask(person)
    assert connected.asked == asked


def test_what_is_fresh_is_not_asked_again_and_what_is_old_is(connected: Running, person: Person):
    knows(connected, person)
    ask(person)
    asked = connected.asked
    ask(person, at=clock.now() + timedelta(hours=23))
    assert connected.asked == asked
    ask(person, at=clock.now() + timedelta(hours=25))
    assert connected.asked == asked + 1
    assert Evidence.objects.count() == 2


def test_knowing_nothing_is_believed_for_an_hour(connected: Running, person: Person):
    connected.write([])
    ask(person)
    assert Inquiry.objects.get().state == "nothing"
    assert under_check(person.pk) == {}, "so the paper may be asked for"
    asked = connected.asked
    ask(person, at=clock.now() + timedelta(minutes=59))
    assert connected.asked == asked
    knows(connected, person)
    ask(person, at=clock.now() + timedelta(minutes=61))
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("mode", "fault"),
    [("down", "unreachable"), ("failing", "refused"), ("broken", "broken_answer"),
     ("forged", "broken_answer"), ("slow", "timeout")],
)  # fmt: skip
def test_a_fault_is_an_inquiry_that_waits_and_no_evidence(
    connected: Running, person: Person, mode: str, fault: str
):
    knows(connected, person)
    connected.behave(mode, 3)
    began = time.monotonic()
    ask(person)
    assert time.monotonic() - began < 2.5
    inquiry = Inquiry.objects.get()
    assert (inquiry.state, inquiry.fault, inquiry.attempts) == ("waiting", fault, 1)
    assert under_check(person.pk) == {Kind.INSURANCE: "inquiry"}
    assert not Evidence.objects.exists()
    assert Event.objects.filter(kind="evidence.inquiry_waiting").count() == 1


def test_a_bureau_that_is_gone_is_waited_for(connected: Running, person: Person):
    connected.stop()
    ask(person)
    assert Inquiry.objects.get().fault == "unreachable"
    connected.start()


def test_the_worker_asks_again_and_the_person_is_told_once(connected: Running, person: Person):
    knows(connected, person)
    connected.behave("down")
    ask(person, Kind.INSURANCE, Kind.LABOUR_CONTRACT)
    assert ask_again() > 0
    assert set(Inquiry.objects.values_list("state", "attempts")) == {("waiting", 2)}
    assert not Message.objects.exists()
    connected.write(
        [{"identity_number": person.identity_number, "name": person.name, "kind": kind, "says": says}
         for kind, says in (("insurance", INSURED),
                            ("labour_contract", {"employer": "运河服饰", "from": "2025-01-01", "to": None}))]
    )  # fmt: skip
    ask_again()
    ask_again()
    assert set(Inquiry.objects.values_list("state", flat=True)) == {"answered"}
    assert Evidence.objects.count() == 2
    assert under_check(person.pk) == {}
    message = Message.objects.get(person=person)
    assert (message.kind, message.about["department"]) == ("bureau_answered", "human_resources")
    events.verify()


def test_each_failure_lengthens_the_pause(connected: Running, person: Person):
    connected.behave("failing")
    ask(person)
    pauses = []
    for _n in range(5):
        task = Task.objects.get(kind="evidence.ask_again", done_at=None)
        pauses.append(round((task.run_at - datetime.now(UTC)).total_seconds() / 60))
        ask_again()
    assert pauses == [1, 5, 15, 60, 60]


def test_a_later_submission_tries_at_once_and_the_old_task_does_nothing(connected: Running, person: Person):
    connected.behave("failing")
    ask(person)
    ask(person)
    assert Inquiry.objects.get().attempts == 2
    asked = connected.asked
    ask_again()
    assert connected.asked == asked + 1, "only the later one asks"


def test_after_three_days_it_is_given_up_with_or_without_a_worker(
    connected: Running, person: Person, on_day: Any
):
    connected.behave("down")
    ask(person)
    on_day(date(2026, 3, 13))
    assert under_check(person.pk) == {}, "by the dates alone"
    assert Inquiry.objects.get().state == "waiting"
    ask_again()
    assert Inquiry.objects.get().state == "given_up"
    assert Event.objects.filter(kind="evidence.inquiry_given_up").count() == 1


def test_what_was_given_up_is_tried_but_not_waited_for_again(connected: Running, person: Person, on_day: Any):
    connected.behave("down")
    ask(person)
    on_day(date(2026, 3, 13))
    ask_again()
    ask(person)
    assert Inquiry.objects.get().state == "given_up"
    assert under_check(person.pk) == {}
    knows(connected, person)
    ask(person)
    assert Inquiry.objects.get().state == "answered"
    assert Evidence.objects.count() == 1


def test_a_word_that_comes_another_way_ends_the_waiting(connected: Running, person: Person):
    connected.behave("down")
    ask(person)
    word = Word(Kind.INSURANCE, INSURED, "human_resources", "push", "confirmed")
    piece = deliveries.write(person.pk, word, now=clock.now())
    assert under_check(person.pk) == {}, "by what is there alone"
    asked = connected.asked
    ask_again()
    assert connected.asked == asked
    inquiry = Inquiry.objects.get()
    assert (inquiry.state, inquiry.evidence) == ("answered", piece)
    assert Message.objects.filter(person=person, kind="bureau_answered").count() == 1


def test_a_bureau_that_is_connected_no_more_is_given_up(connected: Running, person: Person):
    connected.behave("down")
    ask(person)
    with override_settings(JUZHU_BUREAUS=[]):
        ask_again()
    assert Inquiry.objects.get().state == "given_up"


def test_an_open_objection_is_being_checked_and_a_closed_one_is_not(person: Person):
    word = Word(Kind.INSURANCE, INSURED, "human_resources", "push", "confirmed")
    piece = deliveries.write(person.pk, word, now=clock.now())
    objection = Objection.objects.create(
        number="YY-1", evidence=piece, person=person, department="human_resources", text="少了两个月",
        filed_at=clock.now(), filed_on=clock.today(), due_on=clock.today(),
    )  # fmt: skip
    assert under_check(person.pk) == {Kind.INSURANCE: "objection"}
    objection.state = "upheld"
    objection.save()
    assert under_check(person.pk) == {}
    assert under_check(person.pk + 1) == {}


def test_what_is_checked_costs_one_query(person: Person, django_assert_num_queries: Any):
    with django_assert_num_queries(1):
        under_check(person.pk)


@pytest.mark.parametrize("mode", ["up", "down"])
def test_of_two_answers_to_the_same_question_the_first_is_kept(connected: Running, person: Person, mode: str):
    knows(connected, person)
    connected.behave(mode)
    (asked,) = inquiries._due(person, [Kind.INSURANCE], clock.now())
    outcomes = inquiries.ask_together([(asked.bureau, asked.question)] * 2, within_s=2)
    for outcome in outcomes:
        inquiries._settle(asked, outcome, clock.now())
    assert Inquiry.objects.count() == 1
    assert Evidence.objects.count() == (1 if mode == "up" else 0)


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite one writes at a time")
@pytest.mark.usefixtures("committed_db", "on_day")
@pytest.mark.parametrize("mode", ["up", "down"])
def test_two_submissions_that_ask_at_once_make_one_inquiry(connected: Running, mode: str):
    person = make.make_person()
    knows(connected, person)
    connected.behave(mode)
    barrier = Barrier(4)

    def run() -> None:
        barrier.wait()
        try:
            ask(person)
        finally:
            connection.close()

    threads = [Thread(target=run) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    inquiry = Inquiry.objects.get()
    assert inquiry.state == ("answered" if mode == "up" else "waiting")
    assert Evidence.objects.count() == (1 if mode == "up" else 0)
    events.verify()
