"""Two officers at once, on PostgreSQL: first without the lock, so that the danger is seen, then with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.db.utils import IntegrityError

from juzhu.operations import events
from juzhu.operations.actors import Actor
from juzhu.operations.models import Event
from juzhu.people import actions as people
from juzhu.people.actions import Claim
from juzhu.permits import actions, casework, facts
from juzhu.permits.errors import AnotherApplication, TransitionForbidden
from juzhu.permits.models import Application, Decision, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.permits.window import cases as at_window
from juzhu.registration import actions as registration
from juzhu.registration.errors import AlreadyRegistered
from juzhu.registration.models import Registration

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="locks of rows are PostgreSQL's"),
    pytest.mark.usefixtures("committed_db", "on_day"),
]
ROUNDS = 100


def at_once(*calls: Callable[[], Any]) -> list[str]:
    """Run calls in threads that start together; give each one's outcome: "won" or the exception's name."""
    barrier, outcomes = Barrier(len(calls)), [""] * len(calls)

    def run(index: int, call: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            call()
            outcomes[index] = "won"
        except Exception as error:
            outcomes[index] = type(error).__name__
        finally:
            connection.close()

    threads = [Thread(target=run, args=(index, call)) for index, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def approving(application: Application, actor: Actor) -> Callable[[], Any]:
    return lambda: casework.approve(application, actor=actor, today=TODAY)


def test_without_the_lock_two_officers_both_believe_they_approved(monkeypatch: pytest.MonkeyPatch):
    clerk, first, second = (
        make.make_officer("clerk"),
        make.make_officer("reviewer"),
        make.make_officer("reviewer"),
    )
    lock, decide, both_have_read = QuerySet.select_for_update, facts.decide, Barrier(2)

    def no_lock(rows: QuerySet[Any], **options: Any) -> QuerySet[Any]:
        return rows if rows.model is Application else lock(rows, **options)

    def wait_for_the_other(*args: Any, **options: Any) -> Any:
        both_have_read.wait(timeout=10)
        return decide(*args, **options)

    application = make.accepted(clerk)
    monkeypatch.setattr(QuerySet, "select_for_update", no_lock)
    monkeypatch.setattr(facts, "decide", wait_for_the_other)
    outcomes = at_once(approving(application, first.actor), approving(application, second.actor))
    # Both pass the check of the state; only the database's constraint stops the second permit: a crash.
    assert Counter(outcomes) == {"won": 1, IntegrityError.__name__: 1}


def test_with_the_lock_exactly_one_of_two_officers_wins_and_the_other_is_told():
    clerk, first, second = (
        make.make_officer("clerk"),
        make.make_officer("reviewer"),
        make.make_officer("reviewer"),
    )
    for _round in range(ROUNDS):
        application = make.accepted(clerk)
        outcomes = at_once(approving(application, first.actor), approving(application, second.actor))
        assert Counter(outcomes) == {"won": 1, TransitionForbidden.__name__: 1}
        assert Decision.objects.filter(application=application, stage="approve").count() == 1
    assert Permit.objects.count() == ROUNDS
    events.verify()


def test_two_clerks_who_ask_and_accept_at_once_do_one_of_the_two():
    one, other = make.make_officer("clerk"), make.make_officer("chief")
    for _round in range(10):
        application = make.submitted()
        outcomes = at_once(
            lambda case=application: casework.accept(case, actor=one.actor, today=TODAY),
            lambda case=application: casework.accept(case, actor=other.actor, today=TODAY),
        )
        assert Counter(outcomes) == {"won": 1, TransitionForbidden.__name__: 1}


def test_a_double_click_submits_once():
    account = make.eligible_account()
    draft = make.draft(account)
    outcomes = at_once(
        *[lambda: actions.submit(draft, actor=account.actor, today=TODAY, key="double-click")] * 4
    )
    assert outcomes == ["won"] * 4
    assert Decision.objects.filter(application=draft).count() == 1


def test_two_starts_open_one_draft():
    account = make.eligible_account()
    outcomes = at_once(
        *[lambda: actions.start(account.person, "employment", actor=account.actor, today=TODAY)] * 4
    )
    assert set(outcomes) <= {"won", AnotherApplication.__name__}
    assert Application.objects.filter(person=account.person).count() == 1


def test_one_current_registration_however_many_ask():
    account = make.make_account()
    outcomes = at_once(
        *[
            lambda number=number: registration.register(
                account.person, make.stay(address=f"{number} 号"), actor=account.actor, today=TODAY
            )
            for number in range(4)
        ]
    )
    assert Counter(outcomes) == {"won": 1, AlreadyRegistered.__name__: 3}
    assert Registration.objects.filter(person=account.person, ended_on=None).count() == 1


def test_a_citizen_who_moves_while_being_approved_stops_nobody():
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer")
    for round_number in range(20):
        account = make.eligible_account()
        application = make.accepted(clerk, account)
        stay = make.stay(address=f"{round_number} 号")
        outcomes = at_once(
            approving(application, reviewer.actor),
            lambda who=account, to=stay: registration.move(who.person, to, actor=who.actor, today=TODAY),
        )
        assert outcomes == ["won", "won"]


@pytest.mark.requirement("D05")
def test_handed_in_at_one_window_or_declined_at_another_never_both():
    first, second = make.make_officer("clerk"), make.make_officer("chief")
    for _round in range(20):
        account = make.make_account()
        make.register(account.person, date(2025, 7, 1))
        case = make.submitted(account, "dwelling")
        answer, _seen = facts.decide(case, TODAY)
        notes = dict.fromkeys(answer.missing, "")
        casework.request_supplement(case, notes, actor=first.actor, today=TODAY)
        case.refresh_from_db()
        at_once(
            lambda case=case: actions.submit(case, actor=first.actor, today=TODAY),
            lambda case=case: at_window.decline(case, "本人说不再补了。", actor=second.actor, today=TODAY),
        )
        kinds = set(Event.objects.filter(subject_id=str(case.pk)).values_list("kind", flat=True))
        assert len(kinds & {"application.supplemented", "application.declined"}) == 1
        case.refresh_from_db()
        assert case.state in {"submitted", "refused"}


@pytest.mark.requirement("A04")
def test_two_pending_people_never_get_one_number():
    clerk = make.make_officer("clerk")
    for round_ in range(20):
        name = f"无证{round_}"
        known = make.identity(name, date(1980, 5, 6))
        claim = Claim(name, 1, date(1980, 5, 6), "340000")
        pending = [people.record_pending(claim, actor=clerk.actor, today=TODAY) for _each in range(2)]
        proving = partial(people.confirm_pending, actor=clerk.actor)
        outcomes = at_once(*[partial(proving, one, name, known.identity_number) for one in pending])
        assert sorted(outcomes) == ["NumberOfAnother", "won"]


def test_two_windows_open_one_draft():
    clerks = [make.make_officer("clerk"), make.make_officer("chief")]
    for _round in range(20):
        person = make.make_person()
        make.register(person, date(2025, 7, 1))
        starting = partial(actions.start, person, "dwelling", today=TODAY, channel="window")
        outcomes = at_once(*[partial(starting, actor=clerk.actor) for clerk in clerks])
        assert outcomes == ["won", "won"]
        assert Application.objects.filter(person=person).count() == 1
