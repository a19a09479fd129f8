"""不予签注 by two officers: nobody ends a permit alone (ADR 0017)."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.evidence import objections
from juzhu.operations import events, tasks
from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account, Message
from juzhu.permits import actions, casework, facts
from juzhu.permits.errors import (
    BeingChecked,
    NotRefusable,
    OutOfArea,
    SameOfficer,
    StillMissing,
    TwoMustLook,
)
from juzhu.permits.models import Application, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("E03", "E07")]
FILED = date(2027, 3, 1)
BY_TIME = date(2027, 3, 9)
"""Five working days later nobody has examined it."""
WHY = "社保已经停缴，不再符合条件。"


@pytest.fixture
def account() -> Account:
    return make.eligible_account()


@pytest.fixture
def lost(account, on_day) -> Application:
    """An endorsement asked for by who has been insured no more."""
    permit = make.issued(account)
    make.attest_insurance(account.person, "2025-01", "2026-06")
    on_day(FILED)
    return actions.request_endorsement(permit, "employment", actor=account.actor, today=FILED)


def refuse(case: Application, officer: Account, on: date = FILED) -> Application:
    return casework.refuse(case, WHY, actor=officer.actor, today=on)


def accept(case: Application, officer: Account, on: date = FILED) -> Application:
    return casework.accept(case, actor=officer.actor, today=on)


def stands(case: Application) -> bool:
    return Permit.objects.get(pk=case.permit_id).terminated_on is None


@pytest.mark.parametrize("role", ["clerk", "reviewer", "chief"])
def test_nobody_refuses_an_endorsement_that_nobody_has_accepted(role: str, lost: Application):
    with pytest.raises(TwoMustLook):
        refuse(lost, make.make_officer(role))
    lost.refresh_from_db()
    assert (lost.state, stands(lost)) == ("submitted", True)
    assert lost.decisions.count() == 1


def test_a_clerk_accepts_what_is_complete_and_says_what_stands_against_it(lost: Application):
    case = accept(lost, make.make_officer("clerk"))
    assert (case.state, case.due_on) == ("accepted", date(2027, 3, 16))
    assert case.assigned_to.role == "reviewer"
    event = Event.objects.get(kind="application.accepted", subject_id=str(case.pk))
    assert event.data["against"] == ["insured_one_year"]
    decision = case.decisions.last()
    assert (decision.stage, decision.outcome, facts.replay(decision)) == ("accept", "refuse", None)
    assert events.verify() == Event.objects.count()
    assert stands(case)


@pytest.mark.parametrize("role", ["reviewer", "chief"])
def test_another_officer_decides_and_the_permit_ends(role: str, lost: Application):
    case = refuse(accept(lost, make.make_officer("clerk")), make.make_officer(role))
    assert (case.state, case.reason) == ("refused", WHY)
    assert case.accepted_by_id != case.decided_by_id
    assert Permit.objects.get(pk=case.permit_id).termination_reason == "not_endorsed"


def test_who_accepted_it_does_not_refuse_it(lost: Application):
    clerk, chief = make.make_officer("clerk"), make.make_officer("chief")
    case = accept(lost, chief)
    with pytest.raises(SameOfficer):
        refuse(case, chief)
    with pytest.raises(NotAllowed):
        refuse(case, clerk)
    with pytest.raises(OutOfArea):
        refuse(case, make.make_officer("reviewer", areas=(OTHER_AREA,)))
    assert stands(case)


def test_what_time_alone_has_accepted_is_taken_back_and_examined_before_it_is_refused(lost: Application):
    clerk, chief, reviewer = (make.make_officer(role) for role in ("clerk", "chief", "reviewer"))
    with pytest.raises(TwoMustLook) as why:
        refuse(lost, reviewer, BY_TIME)
    assert "收回受理" in str(why.value.sentence)
    case = casework.take_back(lost, "没有人审查过。", actor=chief.actor, today=BY_TIME)
    case = refuse(accept(case, clerk, BY_TIME), reviewer, BY_TIME)
    assert (case.state, case.due_on) == ("refused", date(2027, 3, 16))


def test_the_reviewer_still_endorses_when_the_bureau_has_put_its_word_right(lost: Application, account):
    case = accept(lost, make.make_officer("clerk"))
    make.attest_insurance(account.person, "2025-01", "2027-02")
    reviewer = make.make_officer("reviewer")
    with pytest.raises(NotRefusable):
        refuse(case, reviewer)
    assert casework.approve(case, actor=reviewer.actor, today=FILED).state == "issued"


def test_the_holder_may_take_it_back_before_it_is_decided_and_keeps_the_permit(lost: Application, account):
    case = accept(lost, make.make_officer("clerk"))
    assert actions.withdraw(case, actor=account.actor, today=FILED).state == "withdrawn"
    assert stands(case)


def test_what_is_only_unproven_is_asked_for_and_not_accepted(account, on_day):
    permit = make.issued(account)
    on_day(FILED)
    case = actions.request_endorsement(permit, "dwelling", actor=account.actor, today=FILED)
    with pytest.raises(StillMissing):
        accept(case, make.make_officer("clerk"))


def test_a_word_under_objection_alone_stands_against_nobody(lost: Application, account):
    word = account.person.evidence.filter(kind="insurance").order_by("pk").last()
    objections.file(word, "少了几个月", "一直在缴", actor=account.actor, today=FILED)
    with pytest.raises((BeingChecked, StillMissing)):
        accept(lost, make.make_officer("clerk"))


def test_a_first_application_that_fails_is_refused_by_the_clerk_before_acceptance(on_day):
    newcomer = make.make_account(photo=make.stored_picture())
    make.register(newcomer.person, date(2027, 2, 1))
    make.attest_insurance(newcomer.person, "2025-01", "2027-02")
    on_day(FILED)
    case, clerk = make.submitted(newcomer, today=FILED), make.make_officer("clerk")
    with pytest.raises(StillMissing):
        accept(case, clerk)
    assert refuse(case, clerk).state == "refused"


def test_the_holder_gets_a_receipt_first_and_the_reasons_afterwards(lost: Application):
    refuse(accept(lost, make.make_officer("clerk")), make.make_officer("reviewer"))
    tasks.run_all()
    told = Message.objects.filter(about__application=lost.number).order_by("pk")
    assert [message.kind for message in told] == ["received", "receipt", "refusal"]
