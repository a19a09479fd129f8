"""After issue, two at once, on PostgreSQL: first without the lock where that can be shown, then with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.utils import IntegrityError

from juzhu.operations import events
from juzhu.operations.models import Event
from juzhu.people import actions as people
from juzhu.people import facts as people_facts
from juzhu.people.errors import FactUndone
from juzhu.people.facts import Undoing
from juzhu.people.models import Account, Fact, Person, UndoneFact
from juzhu.permits import actions, casework, moves
from juzhu.permits.after import corrections, follows, fraud, post_checks, undoing
from juzhu.permits.after.measures import Measures
from juzhu.permits.errors import (
    CorrectionAsked,
    PermitEnded,
    TransitionForbidden,
)
from juzhu.permits.models import Application, Correction, FraudCase, Permit, PostCheck
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.permits.transitions import OPEN
from juzhu.registration import actions as registration
from tests.test_desk_races import meet_before
from tests.test_races import approving, at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="locks of rows are PostgreSQL's"),
    pytest.mark.usefixtures("committed_db", "on_day"),
]
ROUNDS = 20
LATER = date(2027, 3, 1)
Deed = Callable[[], Any]


@pytest.fixture
def staff() -> dict[str, Account]:
    return {
        "clerk": make.make_officer("clerk"),
        "other clerk": make.make_officer("clerk"),
        "reviewer": make.make_officer("reviewer"),
        "chief": make.make_officer("chief"),
        "other": make.make_officer("chief"),
    }


def without_lock_of(monkeypatch: pytest.MonkeyPatch, *models: type[Model]) -> None:
    """Take the locks of these tables away."""
    lock = QuerySet.select_for_update

    def unlocked(rows: QuerySet[Any], **options: Any) -> QuerySet[Any]:
        return rows if rows.model in models else lock(rows, **options)

    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)


def meet_after(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """Let both have read the row before either goes on."""
    both_have_read, done = Barrier(2), getattr(module, name)

    def wait(*args: Any, **options: Any) -> Any:
        found = done(*args, **options)
        both_have_read.wait(timeout=10)
        return found

    monkeypatch.setattr(module, name, wait)


def asked(field: str = "residence_address", wanted: str = "桥弄街 7 幢（示例）") -> Correction:
    permit = make.issued()
    account = permit.person.account
    proof = [make.stored_picture(account.actor)]
    return corrections.ask(permit, field, wanted, "写错了", proof, actor=account.actor, today=TODAY)


def correcting(row: Correction, clerk: Account) -> Deed:
    return lambda: corrections.correct(row, actor=clerk.actor, today=TODAY)


def declining(row: Correction, clerk: Account) -> Deed:
    return lambda: corrections.decline(row, "和登记的一样。", actor=clerk.actor, today=TODAY)


def dying(person: Person, clerk: Account, on: date = TODAY) -> Deed:
    return lambda: people.record_death(person, on, "死亡证明 12 号", actor=clerk.actor, today=on)


def recorded(person: Person, clerk: Account, on: date = TODAY) -> Fact:
    dying(person, clerk, on)()
    return Fact.objects.latest("pk")


def undoing_it(fact: Fact, chief: Account, on: date = TODAY) -> Deed:
    said = Undoing("同名同姓，录错了人。", "本人身份证原件", [make.stored_picture()])
    return lambda: undoing.undo(fact, said, actor=chief.actor, today=on)


def told(staff: dict[str, Account], permit: Permit, today: date = TODAY) -> FraudCase:
    """A case that is ripe for its decision: the permit would be withdrawn."""
    clerk = staff["clerk"].actor
    case = fraud.open_case(permit.person, "租赁合同是假的。", today, actor=clerk, today=today, permit=permit)
    fraud.tell(case, Measures(True, 100, True), actor=clerk, today=today)
    return fraud.hear(case, "我不知道。", actor=clerk, today=today)


def deciding(case: FraudCase, chief: Account, today: date = TODAY) -> Deed:
    measures = Measures(True, 100, True)
    return lambda: fraud.decide(case, measures, "认定使用虚假材料。", actor=chief.actor, today=today)


def endorsing(staff: dict[str, Account]) -> Application:
    """An endorsement that waits for its approval."""
    account = make.eligible_account()
    make.attest_insurance(account.person, "2025-01", "2027-12")
    permit = make.issued(account)
    case = actions.request_endorsement(permit, "employment", actor=account.actor, today=LATER)
    return casework.accept(case, actor=staff["clerk"].actor, today=LATER)


@pytest.mark.requirement("D10")
def test_without_the_lock_one_correction_is_put_right_and_declined(staff, monkeypatch):
    row = asked()
    without_lock_of(monkeypatch, Correction)
    meet_before(monkeypatch, (corrections, "_settle"))
    outcomes = at_once(correcting(row, staff["clerk"]), declining(row, staff["other clerk"]))
    assert outcomes == ["won", "won"]
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"correction.corrected", "correction.declined"} <= kinds


@pytest.mark.requirement("D10")
def test_two_clerks_decide_one_correction_and_one_of_them_is_told(staff):
    for _round in range(ROUNDS):
        row = asked()
        outcomes = at_once(correcting(row, staff["clerk"]), declining(row, staff["other clerk"]))
        assert Counter(outcomes) == {"won": 1, TransitionForbidden.__name__: 1}
        row.refresh_from_db()
        assert row.permit.versions.count() == (2 if row.state == "corrected" else 1)
    events.verify()


def test_two_clerks_who_both_put_it_right_make_one_version(staff):
    for _round in range(ROUNDS):
        row = asked()
        outcomes = at_once(correcting(row, staff["clerk"]), correcting(row, staff["other clerk"]))
        assert Counter(outcomes) == {"won": 1, TransitionForbidden.__name__: 1}
        assert row.permit.versions.count() == 2


def test_the_same_correction_asked_on_the_phone_and_at_the_window_is_one(staff):
    for _round in range(ROUNDS):
        permit = make.issued()
        proof = [make.stored_picture()]

        def ask(who: Account, permit: Permit = permit, proof: list[Any] = proof) -> Deed:
            return lambda: corrections.ask(permit, "name", "周小芸", "", proof, actor=who.actor, today=TODAY)

        outcomes = at_once(ask(permit.person.account), ask(staff["clerk"]))
        assert Counter(outcomes) == {"won": 1, CorrectionAsked.__name__: 1}
        assert permit.corrections.count() == 1


@pytest.mark.requirement("D10", "E07")
def test_a_correction_is_decided_before_the_permit_ends_or_not_at_all(staff):
    for _round in range(ROUNDS):
        row = asked()
        outcomes = at_once(correcting(row, staff["clerk"]), dying(row.permit.person, staff["other clerk"]))
        assert outcomes[1] == "won"
        assert outcomes[0] in {"won", PermitEnded.__name__}
        trail = Event.objects.filter(person_id=row.permit.person_id).order_by("position")
        kinds = [event.kind for event in trail if event.kind in {"correction.corrected", "person.died"}]
        assert kinds in (["person.died"], ["correction.corrected", "person.died"])
        assert row.permit.versions.count() == (2 if outcomes[0] == "won" else 1)


@pytest.mark.requirement("F09")
def test_a_check_is_recorded_once_and_opens_one_case(staff):
    found = post_checks.Found({"address": "false"}, "suspected", "合同是假的，房东没有签。")
    for _round in range(ROUNDS):
        permit = make.issued()
        row = post_checks.plan(permit, "tip", [], actor=staff["clerk"].actor, today=TODAY, tip="不住这里。")

        def record(who: Account, row: PostCheck = row) -> Deed:
            return lambda: post_checks.record(row, found, actor=who.actor, today=TODAY)

        outcomes = at_once(record(staff["clerk"]), record(staff["other clerk"]))
        assert Counter(outcomes) == {"won": 1, TransitionForbidden.__name__: 1}
        assert permit.fraud_cases.count() == 1


def test_without_the_lock_a_check_opens_two_cases(staff, monkeypatch):
    permit = make.issued()
    row = post_checks.plan(permit, "tip", [], actor=staff["clerk"].actor, today=TODAY, tip="不住这里。")
    found = post_checks.Found({"address": "false"}, "suspected", "合同是假的，房东没有签。")
    without_lock_of(monkeypatch, PostCheck)
    meet_after(monkeypatch, post_checks, "_take")
    officers = (staff["clerk"], staff["other clerk"])
    outcomes = at_once(
        *[lambda who=who: post_checks.record(row, found, actor=who.actor, today=TODAY) for who in officers]
    )
    assert outcomes == ["won", "won"]
    assert permit.fraud_cases.count() == 2


@pytest.mark.requirement("G05")
def test_two_chiefs_decide_one_case_of_fraud(staff):
    for _round in range(ROUNDS):
        case = told(staff, make.issued())
        outcomes = at_once(deciding(case, staff["chief"]), deciding(case, staff["other"]))
        assert Counter(outcomes) == {"won": 1, TransitionForbidden.__name__: 1}
        assert Event.objects.filter(kind="fraud.decided", subject_id=str(case.pk)).count() == 1


def test_one_chief_decides_while_another_closes(staff):
    for _round in range(ROUNDS):
        case = told(staff, make.issued())
        closing = lambda case=case: fraud.close(  # noqa: E731
            case, "证据不足，不予处罚。", actor=staff["other"].actor, today=TODAY
        )
        outcomes = at_once(deciding(case, staff["chief"]), closing)
        assert Counter(outcomes) == {"won": 1, TransitionForbidden.__name__: 1}
        case.refresh_from_db()
        assert (case.permit.terminated_on is None) == (case.state == "closed")


@pytest.mark.requirement("G03", "E07")
def test_a_permit_is_withdrawn_while_its_endorsement_is_approved_and_nobody_waits_for_ever(staff, on_day):
    for _round in range(ROUNDS):
        case = endorsing(staff)
        ripe = told(staff, case.permit, LATER)
        approve = lambda case=case: casework.approve(  # noqa: E731
            case, actor=staff["reviewer"].actor, today=LATER
        )
        outcomes = at_once(deciding(ripe, staff["chief"], LATER), approve)
        assert outcomes[0] == "won"
        assert outcomes[1] in {"won", TransitionForbidden.__name__}
        case.refresh_from_db()
        permit = Permit.objects.get(pk=case.permit_id)
        assert (permit.terminated_on, permit.termination_reason) == (LATER, "fraud")
        assert case.state == ("issued" if outcomes[1] == "won" else "ended")
    events.verify()


def test_an_endorsement_is_not_filed_on_a_permit_that_is_being_withdrawn(staff, on_day):
    for _round in range(ROUNDS):
        account = make.eligible_account()
        make.attest_insurance(account.person, "2025-01", "2027-12")
        permit = make.issued(account)
        ripe = told(staff, permit, LATER)
        filing = lambda permit=permit, who=account: actions.request_endorsement(  # noqa: E731
            permit, "employment", actor=who.actor, today=LATER
        )
        outcomes = at_once(deciding(ripe, staff["chief"], LATER), filing)
        assert outcomes[0] == "won"
        assert not permit.applications.filter(kind="endorsement", state__in=OPEN).exists()


def test_without_the_lock_two_chiefs_both_begin_to_undo_one_fact(staff, monkeypatch):
    permit = make.issued()
    fact = recorded(permit.person, staff["clerk"])
    without_lock_of(monkeypatch, Person, Permit)
    meet_before(monkeypatch, (people_facts, "take_back"))
    outcomes = at_once(undoing_it(fact, staff["chief"]), undoing_it(fact, staff["other"]))
    # Both have begun to undo it; one crashes against the constraint, or finds the other's row at the end.
    assert Counter(outcomes)["won"] == 1
    assert set(outcomes) - {"won"} <= {IntegrityError.__name__, FactUndone.__name__}


@pytest.mark.requirement("E07")
def test_two_chiefs_undo_one_fact_and_one_of_them_is_told(staff):
    for _round in range(ROUNDS):
        permit = make.issued()
        fact = recorded(permit.person, staff["clerk"])
        outcomes = at_once(undoing_it(fact, staff["chief"]), undoing_it(fact, staff["other"]))
        assert Counter(outcomes) == {"won": 1, FactUndone.__name__: 1}
        assert UndoneFact.objects.filter(fact=fact).count() == 1
        assert permit.restorations.count() == 1
    assert Event.objects.filter(kind="person.fact_undone").count() == ROUNDS
    events.verify()


@pytest.mark.requirement("E07")
def test_a_worker_that_writes_the_end_down_meanwhile_leaves_no_permit_ended(staff):
    for _round in range(ROUNDS):
        permit = make.issued()
        fact = recorded(permit.person, staff["clerk"])
        event = Event.objects.get(kind="person.died", person_id=permit.person_id)
        outcomes = at_once(
            undoing_it(fact, staff["chief"]), lambda event=event: follows.end_with_a_life(event)
        )
        assert outcomes == ["won", "won"]
        read = Permit.objects.select_related("person").get(pk=permit.pk)
        assert (read.terminated_on, read.ended_on) == (None, None)
        assert read.restorations.count() == 1


@pytest.mark.requirement("E07")
def test_a_case_that_is_being_ended_meanwhile_goes_on_all_the_same(staff):
    for _round in range(ROUNDS):
        case = make.accepted(staff["clerk"])
        fact = recorded(case.person, staff["clerk"])
        outcomes = at_once(undoing_it(fact, staff["chief"]), lambda case=case: moves.catch_up(case, TODAY))
        assert outcomes == ["won", "won"]
        case.refresh_from_db()
        assert (case.state, case.decided_on, case.reason) == ("accepted", None, "")


def test_a_case_is_approved_or_its_person_is_put_back_and_nobody_waits_for_ever(staff):
    for _round in range(ROUNDS):
        case = make.accepted(staff["clerk"])
        fact = recorded(case.person, staff["clerk"])
        outcomes = at_once(undoing_it(fact, staff["chief"]), approving(case, staff["reviewer"].actor))
        assert outcomes[0] == "won"
        assert outcomes[1] in {"won", TransitionForbidden.__name__}


def test_somebody_moves_while_their_endorsement_is_approved_and_nobody_waits_for_ever(staff, on_day):
    for round_number in range(ROUNDS):
        case = endorsing(staff)
        stay = make.stay(address=f"{round_number} 号", subdistrict=make.OTHER_AREA, since=LATER)
        registration.move(case.person, stay, actor=case.person.account.actor, today=LATER)
        event = Event.objects.filter(kind="registration.moved", person_id=case.person_id).latest("position")
        approve = lambda case=case: casework.approve(  # noqa: E731
            case, actor=staff["reviewer"].actor, today=LATER
        )
        outcomes = at_once(approve, lambda event=event: follows.follow_to_the_station(event))
        assert outcomes[1] == "won"
        assert outcomes[0] in {"won", "OutOfArea"}
        assert Permit.objects.get(pk=case.permit_id).area == make.OTHER_AREA
