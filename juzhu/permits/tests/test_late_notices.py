"""Asking for papers after acceptance: the acceptance is taken back, and nothing of it is lost."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.operations import events, tasks
from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account, Message
from juzhu.permits import actions, casework, facts
from juzhu.permits.errors import (
    NoticeIncomplete,
    NotRefusable,
    OutOfArea,
    SameOfficer,
    StillMissing,
    TransitionForbidden,
)
from juzhu.permits.models import Application, Decision, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
BY_TIME = date(2026, 3, 18)
RUN = {"from": "2025-01", "to": "2026-02", "division": "330100", "back_paid": False}


def insured_by_paper() -> Account:
    """Somebody whose one proof of insurance is a paper of their own."""
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2025, 7, 1))
    hand_in(account)
    return account


def hand_in(account: Account) -> None:
    files = [make.stored_picture(account.actor)]
    evidence.upload(account.person.pk, Kind.INSURANCE, {"runs": [RUN]}, files, actor=account.actor)


def found_wanting(case: Application, reviewer: Account, today: date = TODAY) -> Application:
    """An accepted case whose paper a reviewer could not read."""
    piece = case.person.evidence.latest("pk")
    casework.judge(case, piece, "insufficient", actor=reviewer.actor, today=today)
    return again(case)


def again(case: Application) -> Application:
    return Application.objects.get(pk=case.pk)


@pytest.fixture
def clerk() -> Account:
    return make.make_officer("clerk")


@pytest.fixture
def reviewer() -> Account:
    return make.make_officer("reviewer", name="林海峰")


NOTES = {"insured_one_year": "拍得太暗，看不清月份。"}


def test_what_a_clerk_accepted_and_is_not_proved_goes_back_and_comes_to_a_permit(clerk, reviewer):
    account = insured_by_paper()
    case = found_wanting(make.accepted(clerk, account), reviewer)
    with pytest.raises(StillMissing):
        casework.approve(case, actor=reviewer.actor, today=TODAY)
    with pytest.raises(NotRefusable):
        casework.refuse(case, "材料看不清。", actor=reviewer.actor, today=TODAY)

    asked = date(2026, 3, 20)
    notice = casework.request_supplement(case, NOTES, actor=reviewer.actor, today=asked)
    assert (notice.after_acceptance, notice.due_on) == (True, date(2026, 4, 20))
    case = again(case)
    assert case.state == "supplement_requested"
    assert (case.accepted_on, case.accepted_at, case.accepted_by, case.due_on) == (None,) * 4

    hand_in(account)
    back = date(2026, 3, 24)
    case = actions.submit(case, actor=account.actor, today=back, key="second")
    assert (case.filed_on, case.received_on, case.examine_by) == (TODAY, back, date(2026, 3, 31))
    accepted = date(2026, 3, 26)
    case = casework.accept(case, actor=clerk.actor, today=accepted)
    assert (case.accepted_on, case.due_on) == (accepted, date(2026, 4, 10))
    casework.judge(case, account.person.evidence.latest("pk"), "good", actor=reviewer.actor, today=accepted)
    assert casework.approve(case, actor=reviewer.actor, today=accepted).state == "issued"

    stages = ["submit", "accept", "request_supplement", "submit", "accept", "approve"]
    assert [decision.stage for decision in Decision.objects.filter(application=case)] == stages
    assert all(facts.replay(decision) is None for decision in Decision.objects.all())
    assert events.verify() == Event.objects.count()


def test_what_time_accepted_and_is_not_proved_goes_back_too_and_two_events_say_so(reviewer):
    case = make.submitted(insured_by_paper())
    case = found_wanting(case, reviewer, BY_TIME)
    casework.request_supplement(case, NOTES, actor=reviewer.actor, today=BY_TIME)
    case = again(case)
    assert (case.state, case.deemed_accepted, case.accepted_on) == ("supplement_requested", False, None)
    asked, deemed = Event.objects.filter(subject_type="permits.application").order_by("-position")[:2]
    assert (deemed.kind, deemed.actor_kind) == ("application.deemed_accepted", "system")
    assert (asked.kind, asked.actor_account_id) == ("application.supplement_requested", reviewer.pk)
    assert asked.data["acceptance_taken_back"] == {
        "accepted_on": "2026-03-10",
        "accepted_by": None,
        "deemed_accepted": True,
        "due_on": "2026-03-25",
    }


def test_a_notice_before_acceptance_takes_nothing_back(clerk):
    case = make.submitted()
    notice = casework.request_supplement(case, {"other": "请带原件。"}, actor=clerk.actor, today=TODAY)
    assert not notice.after_acceptance
    assert "acceptance_taken_back" not in Event.objects.latest("position").data


def test_the_late_notice_is_complete_or_nothing(clerk, reviewer):
    case = found_wanting(make.accepted(clerk, insured_by_paper()), reviewer)
    with pytest.raises(NoticeIncomplete) as refused:
        casework.request_supplement(case, {"other": "请重拍。"}, actor=reviewer.actor, today=TODAY)
    assert refused.value.about["codes"] == ["insured_one_year"]
    complete = make.accepted(clerk)
    with pytest.raises(StillMissing):
        casework.request_supplement(complete, {"other": "  "}, actor=reviewer.actor, today=TODAY)
    assert {again(case).state, again(complete).state} == {"accepted"}
    assert again(case).accepted_by_id == clerk.pk


def test_the_late_notice_asks_for_all_that_the_new_examination_will_want(clerk, reviewer):
    """The record changed after acceptance: what is asked for is what is missing today."""
    account = make.eligible_account()
    case = make.accepted(clerk, account)
    account.person.evidence.update(withdrawn_at="2026-03-12T00:00:00Z")
    with pytest.raises(NoticeIncomplete) as refused:
        casework.request_supplement(case, {}, actor=reviewer.actor, today=date(2026, 3, 13))
    assert refused.value.about["codes"] == ["insured_one_year"]
    casework.request_supplement(case, NOTES, actor=reviewer.actor, today=date(2026, 3, 13))
    assert Decision.objects.latest("pk").as_of == date(2026, 3, 13)


def test_it_is_a_reviewers_or_a_chiefs_part_in_their_area(clerk, reviewer):
    case = found_wanting(make.accepted(clerk, insured_by_paper()), reviewer)
    for role in ("clerk", "subdistrict", "department", "auditor", "administrator"):
        with pytest.raises(NotAllowed):
            casework.request_supplement(case, NOTES, actor=make.make_officer(role).actor, today=TODAY)
    with pytest.raises(NotAllowed):
        casework.request_supplement(case, NOTES, actor=make.make_account().actor, today=TODAY)
    with pytest.raises(OutOfArea):
        elsewhere = make.make_officer("reviewer", (OTHER_AREA,)).actor
        casework.request_supplement(case, NOTES, actor=elsewhere, today=TODAY)
    assert again(case).state == "accepted"
    casework.request_supplement(case, NOTES, actor=make.make_officer("chief").actor, today=TODAY)
    with pytest.raises(TransitionForbidden):
        casework.request_supplement(case, NOTES, actor=reviewer.actor, today=TODAY)


def test_a_chief_who_asked_late_and_then_accepts_does_not_approve(clerk, reviewer):
    account, chief = insured_by_paper(), make.make_officer("chief")
    case = found_wanting(make.accepted(clerk, account), reviewer)
    casework.request_supplement(case, NOTES, actor=chief.actor, today=TODAY)
    hand_in(account)
    case = actions.submit(again(case), actor=account.actor, today=TODAY, key="second")
    case = casework.accept(case, actor=chief.actor, today=TODAY)
    with pytest.raises(SameOfficer):
        casework.approve(case, actor=chief.actor, today=TODAY)
    casework.judge(case, account.person.evidence.latest("pk"), "good", actor=reviewer.actor, today=TODAY)
    assert casework.approve(case, actor=clerk_turned_reviewer(clerk).actor, today=TODAY).state == "issued"


def clerk_turned_reviewer(clerk: Account) -> Account:
    """The first acceptance binds nobody any more."""
    Account.objects.filter(pk=clerk.pk).update(role="reviewer")
    return Account.objects.get(pk=clerk.pk)


def test_an_endorsement_that_goes_back_stays_in_time(clerk, reviewer):
    account = make.eligible_account()
    permit = make.issued(account)
    account.person.evidence.filter(kind="insurance").update(withdrawn_at="2027-01-01T00:00:00Z")
    last_day = date(2027, 3, 9)
    run = {**RUN, "to": "2027-02"}
    evidence.upload(account.person.pk, Kind.INSURANCE, {"runs": [run]}, [], actor=account.actor)
    case = actions.request_endorsement(permit, "employment", actor=account.actor, today=last_day)
    case = found_wanting(casework.accept(case, actor=clerk.actor, today=last_day), reviewer, last_day)
    late = date(2027, 3, 20)
    casework.request_supplement(case, NOTES, actor=reviewer.actor, today=late)
    assert Decision.objects.latest("pk").as_of == last_day
    waiting = Permit.objects.get().status(facts.policy.load("gongshu-2022"), late)
    assert (waiting.status, waiting.under_review) == ("active", True)


def test_the_applicant_is_told_once_with_a_kind_of_its_own(clerk, reviewer):
    account = insured_by_paper()
    case = found_wanting(make.accepted(clerk, account), reviewer)
    casework.request_supplement(case, NOTES, actor=reviewer.actor, today=TODAY)
    tasks.run_all()
    kinds = list(Message.objects.filter(person=account.person).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["registered", "received", "receipt", "supplement_after_acceptance"]
