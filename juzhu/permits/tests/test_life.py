"""The whole life of a permit, by its actions."""

from datetime import date

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence
from juzhu.law import policy
from juzhu.operations import events
from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.permits import actions, casework, facts, moves, timing
from juzhu.permits.errors import (
    NotLookedAt,
    NotRefusable,
    SameOfficer,
    StillMissing,
    TransitionForbidden,
    WindowClosed,
)
from juzhu.permits.models import Decision, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
RULES = policy.load("gongshu-2022")


def again(permit: Permit) -> Permit:
    return Permit.objects.prefetch_related("endorsements", "applications").get(pk=permit.pk)


@pytest.mark.requirement("D02", "D07", "CF09")
def test_from_submission_to_a_permit_by_two_officers():
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer")
    application = make.submitted()
    assert application.state == "submitted"
    assert application.number.startswith("GS-2026-")
    assert application.examine_by == date(2026, 3, 17)
    application = casework.accept(application, actor=clerk.actor, today=date(2026, 3, 12))
    assert application.due_on == date(2026, 3, 27)
    application = casework.approve(application, actor=reviewer.actor, today=date(2026, 3, 13))
    assert application.state == "issued"
    assert application.permit.issued_on == date(2026, 3, 13)
    assert [decision.stage for decision in application.decisions.all()] == ["submit", "accept", "approve"]
    assert all(facts.replay(decision) is None for decision in Decision.objects.all())
    assert events.verify() == Event.objects.count()


def test_who_accepted_does_not_approve():
    chief = make.make_officer("chief")
    application = casework.accept(make.submitted(), actor=chief.actor, today=TODAY)
    with pytest.raises(SameOfficer):
        casework.approve(application, actor=chief.actor, today=TODAY)


def test_a_clerk_does_not_approve_and_a_reviewer_does_not_accept():
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer")
    application = make.submitted()
    with pytest.raises(NotAllowed):
        casework.accept(application, actor=reviewer.actor, today=TODAY)
    application = casework.accept(application, actor=clerk.actor, today=TODAY)
    with pytest.raises(NotAllowed):
        casework.approve(application, actor=make.make_officer("clerk").actor, today=TODAY)


def test_submitting_twice_with_one_key_is_one_application():
    account = make.eligible_account()
    draft = make.draft(account)
    first = actions.submit(draft, actor=account.actor, today=TODAY, key="k")
    second = actions.submit(draft, actor=account.actor, today=TODAY, key="k")
    assert (first.pk, first.number) == (second.pk, second.number)
    assert first.decisions.count() == 1
    with pytest.raises(TransitionForbidden):
        actions.submit(draft, actor=account.actor, today=TODAY, key="another")


def test_the_one_off_notice_and_what_follows():
    account = make.make_account()
    make.register(account.person, date(2025, 7, 1))
    clerk = make.make_officer("clerk")
    application = make.submitted(account, route="dwelling")
    with pytest.raises(StillMissing):
        casework.accept(application, actor=clerk.actor, today=TODAY)
    answer, _seen = facts.decide(application, TODAY)
    notice = casework.request_supplement(
        application, dict.fromkeys(answer.missing, ""), actor=clerk.actor, today=TODAY
    )
    assert {item["code"] for item in notice.items} == set(answer.missing)
    assert notice.due_on == date(2026, 4, 9)
    extended = actions.extend_supplement(application, actor=account.actor, today=TODAY)
    assert extended.due_on == date(2026, 5, 9)
    application.refresh_from_db()
    assert actions.submit(application, actor=account.actor, today=TODAY, key="again").state == "submitted"


def test_not_examined_for_five_working_days_counts_as_accepted_from_the_day_received():
    application = make.submitted()
    assert not timing.time_has_accepted(application, date(2026, 3, 17))
    assert timing.time_has_accepted(application, date(2026, 3, 18))
    late = moves.catch_up(application, date(2026, 3, 18))
    assert (late.state, late.deemed_accepted, late.accepted_on) == ("accepted", True, TODAY)
    assert late.due_on == date(2026, 3, 25)
    reviewer = make.make_officer("reviewer")
    assert casework.approve(late, actor=reviewer.actor, today=date(2026, 3, 19)).state == "issued"


def test_a_supplement_that_never_comes_lapses():
    account = make.make_account()
    make.register(account.person, date(2025, 7, 1))
    application = make.submitted(account, route="dwelling")
    answer, _seen = facts.decide(application, TODAY)
    clerk = make.make_officer("clerk")
    casework.request_supplement(
        application, dict.fromkeys(answer.missing, ""), actor=clerk.actor, today=TODAY
    )
    application.refresh_from_db()
    assert moves.catch_up(application, date(2026, 4, 9)).state == "supplement_requested"
    late = moves.catch_up(application, date(2026, 5, 6))  # the job that writes it down was late
    assert (late.state, late.decided_on) == ("lapsed", date(2026, 4, 10))
    assert make.submitted(account, route="dwelling").pk != application.pk


def test_a_refusal_needs_a_reason_in_the_rules():
    reviewer = make.make_officer("reviewer")
    application = make.accepted(make.make_officer("clerk"))
    with pytest.raises(NotRefusable):
        casework.refuse(application, "不想给他办", actor=reviewer.actor, today=TODAY)


def test_endorsed_in_time_the_permit_goes_on():
    account = make.eligible_account()
    permit = make.issued(account)
    with pytest.raises(WindowClosed) as closed:
        actions.request_endorsement(again(permit), "employment", actor=account.actor, today=date(2027, 2, 9))
    assert closed.value.about["opens"] == date(2027, 2, 10)
    make.attest_insurance(account.person, "2025-01", "2027-02")
    filed = actions.request_endorsement(
        again(permit), "employment", actor=account.actor, today=date(2027, 3, 9)
    )
    assert again(permit).status(RULES, date(2027, 3, 20)).under_review
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer")
    filed = casework.accept(filed, actor=clerk.actor, today=date(2027, 3, 12))
    casework.approve(filed, actor=reviewer.actor, today=date(2027, 3, 20))
    status = again(permit).status(RULES, date(2027, 3, 20))
    assert (status.status, status.valid_until) == ("active", date(2028, 3, 10))
    assert again(permit).endorsements.get().on == date(2027, 3, 9)


def test_missed_it_is_suspended_on_the_right_day_and_restored_when_made_up():
    account = make.eligible_account()
    permit = make.issued(account)
    assert again(permit).status(RULES, date(2027, 3, 10)).status == "active"
    suspended = again(permit).status(RULES, date(2027, 3, 11))
    assert (suspended.status, suspended.suspended_from) == ("suspended", date(2027, 3, 11))
    make.attest_insurance(account.person, "2025-01", "2027-03")
    filed = actions.request_endorsement(
        again(permit), "employment", actor=account.actor, today=date(2027, 4, 6)
    )
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer")
    filed = casework.accept(filed, actor=clerk.actor, today=date(2027, 4, 6))
    casework.approve(filed, actor=reviewer.actor, today=date(2027, 4, 6))
    restored = again(permit).status(RULES, date(2027, 4, 6))
    assert (restored.status, restored.residence_years_from) == ("active", date(2027, 4, 6))


def test_an_endorsement_that_the_rules_refuse_ends_the_permit():
    account = make.eligible_account()
    permit = make.issued(account)
    make.attest_insurance(account.person, "2025-01", "2026-06")
    filed = actions.request_endorsement(
        again(permit), "employment", actor=account.actor, today=date(2027, 3, 9)
    )
    make.not_endorsed(filed, date(2027, 3, 9))
    status = again(permit).status(RULES, date(2027, 3, 9))
    assert status.status == "terminated"


def test_every_upload_is_looked_at_before_approval():
    account = make.make_account()
    person = account.person
    make.register(person, date(2025, 7, 1))
    run = {"from": "2025-01", "to": "2026-02", "division": "330100", "back_paid": False}
    files = [make.stored_picture()]
    evidence.upload(person.pk, Kind.INSURANCE, {"runs": [run]}, files, actor=account.actor)
    evidence.upload(person.pk, Kind.PHOTO, {}, files, actor=account.actor)
    application = make.accepted(make.make_officer("clerk"), account)
    reviewer = make.make_officer("reviewer")
    with pytest.raises(NotLookedAt):
        casework.approve(application, actor=reviewer.actor, today=TODAY)
    for piece in Evidence.objects.filter(person=person):
        casework.judge(application, piece, "good", actor=reviewer.actor, today=TODAY)
    assert casework.approve(application, actor=reviewer.actor, today=TODAY).state == "issued"
