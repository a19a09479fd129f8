"""What citizens do with an application, beyond the straight way of test_life."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.operations.models import Event
from juzhu.permits import actions, casework, facts, issuing, moves, timing
from juzhu.permits.errors import (
    AnotherApplication,
    DraftIncomplete,
    ExtendedAlready,
    NotRegisteredHere,
    TransitionForbidden,
)
from juzhu.permits.models import Application, Decision, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY
from juzhu.registration import actions as registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def again(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def asked(account=None, today: date = TODAY) -> Application:
    """An application whose one-off notice was given."""
    account = account or make.make_account()
    if not account.person.registrations.exists():
        make.register(account.person, date(2025, 7, 1))
    application = make.submitted(account, route="dwelling", today=today)
    answer, _seen = facts.decide(application, today)
    clerk = make.make_officer("clerk")
    notes = dict.fromkeys(answer.missing, "")
    casework.request_supplement(application, notes, actor=clerk.actor, today=today)
    return again(application)


def test_starting_twice_resumes_the_draft():
    account = make.eligible_account()
    first = actions.start(account.person, "employment", actor=account.actor, today=TODAY)
    actions.save_step(first, "place", {"confirmed": True}, actor=account.actor)
    resumed = actions.start(account.person, "dwelling", actor=account.actor, today=TODAY)
    assert (resumed.pk, resumed.answers) == (first.pk, {"place": {"confirmed": True}})


def test_a_route_can_be_changed_in_a_draft_and_not_afterwards():
    account = make.eligible_account()
    draft = make.draft(account)
    assert (
        actions.save_step(draft, "form", {"a": 1}, actor=account.actor, route="dwelling").route == "dwelling"
    )
    other = make.make_account()
    filed = asked(other)
    kept = actions.save_step(filed, "materials", {"a": 1}, actor=other.actor, route="employment")
    assert kept.route == "dwelling"


def test_without_a_registration_there_is_no_station_in_charge():
    account = make.make_account()
    with pytest.raises(NotRegisteredHere):
        actions.start(account.person, "employment", actor=account.actor, today=TODAY)


def test_who_left_while_drafting_registers_first():
    account = make.eligible_account()
    draft = make.draft(account)
    registration.leave(account.person, TODAY, actor=account.actor, today=TODAY)
    with pytest.raises(NotRegisteredHere):
        actions.submit(draft, actor=account.actor, today=TODAY)


def test_who_moved_while_drafting_is_handled_where_they_live_now():
    account = make.eligible_account()
    draft = make.draft(account)
    registration.move(account.person, make.stay(subdistrict=OTHER_AREA), actor=account.actor, today=TODAY)
    assert actions.submit(draft, actor=account.actor, today=TODAY).area == OTHER_AREA


def test_nobody_has_two_applications_or_a_second_permit():
    account = make.eligible_account()
    make.submitted(account)
    with pytest.raises(AnotherApplication):
        actions.start(account.person, "employment", actor=account.actor, today=TODAY)
    holder = make.eligible_account()
    make.issued(holder)
    with pytest.raises(AnotherApplication):
        actions.start(holder.person, "employment", actor=holder.actor, today=TODAY)


@pytest.mark.parametrize("step", actions.STEPS)
def test_a_draft_without_a_step_names_it(step: str):
    account = make.eligible_account()
    draft = make.draft(account)
    actions.save_step(draft, step, {}, actor=account.actor)
    with pytest.raises(DraftIncomplete) as refused:
        actions.submit(draft, actor=account.actor, today=TODAY)
    assert refused.value.about["step"] == step
    assert again(draft).number is None


def test_what_was_handed_in_is_not_rewritten():
    account = make.eligible_account()
    filed = make.submitted(account)
    with pytest.raises(TransitionForbidden):
        actions.save_step(filed, "form", {"phone": "1"}, actor=account.actor)


@pytest.mark.parametrize("stage", ["draft", "submitted", "supplement_requested", "accepted"])
def test_an_application_is_taken_back_before_it_is_answered(stage: str):
    account = make.eligible_account()
    application = {
        "draft": lambda: make.draft(account),
        "submitted": lambda: make.submitted(account),
        "supplement_requested": lambda: asked(account),
        "accepted": lambda: make.accepted(make.make_officer("clerk"), account),
    }[stage]()
    assert application.state == stage
    gone = actions.withdraw(application, actor=account.actor, today=TODAY)
    assert (gone.state, gone.decided_on) == ("withdrawn", TODAY)
    assert Event.objects.filter(kind="application.withdrawn").count() == 1
    assert actions.start(account.person, "employment", actor=account.actor, today=TODAY).pk != gone.pk


def test_the_term_of_a_supplement_is_extended_once():
    account = make.make_account()
    application, actor = asked(account), account.actor
    assert actions.extend_supplement(application, actor=actor, today=TODAY).extended
    with pytest.raises(ExtendedAlready):
        actions.extend_supplement(application, actor=actor, today=TODAY)


def test_a_supplement_after_its_term_is_too_late_whether_or_not_a_job_ran():
    account = make.make_account()
    application = asked(account)
    late = date(2026, 4, 10)
    for act in (
        lambda: actions.submit(application, actor=account.actor, today=late),
        lambda: actions.extend_supplement(application, actor=account.actor, today=late),
    ):
        with pytest.raises(TransitionForbidden) as refused:
            act()
        assert refused.value.about["state"] == "lapsed"
    assert actions.submit(application, actor=account.actor, today=date(2026, 4, 9)).state == "submitted"


def test_a_supplement_keeps_the_number_and_the_day_of_filing_and_starts_the_examination_anew():
    account = make.make_account()
    application = asked(account)
    handed_in = actions.submit(application, actor=account.actor, today=date(2026, 3, 20), key="second")
    assert handed_in.number == application.number
    assert (handed_in.filed_on, handed_in.received_on) == (TODAY, date(2026, 3, 20))
    assert handed_in.examine_by == date(2026, 3, 27)
    assert handed_in.supplement_by is None
    assert Event.objects.filter(kind="application.supplemented").count() == 1


def test_what_time_did_is_decided_by_the_row_and_not_by_what_was_read_before():
    account = make.make_account()
    read_before = asked(account)
    actions.extend_supplement(read_before, actor=account.actor, today=TODAY)
    late = date(2026, 4, 10)
    assert timing.time_has_lapsed(read_before, late)
    assert moves.catch_up(read_before, late).state == "supplement_requested"
    other = make.submitted()
    stale = again(other)
    casework.accept(other, actor=make.make_officer("clerk").actor, today=TODAY)
    assert moves.catch_up(stale, date(2026, 3, 30)).deemed_accepted is False


def endorsing(account, on: date) -> tuple[Permit, Application]:
    permit = make.issued(account)
    # Insurance is not known any more, so that the office has to ask.
    account.person.evidence.filter(kind="insurance").update(withdrawn_at="2027-01-01T00:00:00Z")
    return permit, actions.request_endorsement(permit, "employment", actor=account.actor, today=on)


def test_an_endorsement_filed_in_time_stays_in_time_through_a_supplement():
    account = make.eligible_account()
    permit, filed = endorsing(account, date(2027, 3, 9))
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer")
    notes = {"insured_one_year": "请补社保证明。"}
    casework.request_supplement(filed, notes, actor=clerk.actor, today=date(2027, 3, 11))
    make.attest_insurance(account.person, "2025-01", "2027-02")
    late = date(2027, 3, 24)
    handed_in = actions.submit(again(filed), actor=account.actor, today=late)
    fresh = Permit.objects.get(pk=permit.pk)
    assert fresh.status(facts.policy.load("gongshu-2022"), late).under_review
    handed_in = casework.accept(handed_in, actor=clerk.actor, today=late)
    casework.approve(handed_in, actor=reviewer.actor, today=date(2027, 3, 25))
    fresh = Permit.objects.get(pk=permit.pk)
    status = fresh.status(facts.policy.load("gongshu-2022"), date(2027, 3, 25))
    assert fresh.endorsements.get().on == date(2027, 3, 9)
    assert (status.status, status.residence_years_from) == ("active", TODAY)
    assert [facts.replay(decision) for decision in Decision.objects.all()] == [
        None
    ] * Decision.objects.count()


def test_pressing_the_endorsement_button_twice_files_once():
    account = make.eligible_account()
    permit, filed = endorsing(account, date(2027, 3, 9))
    second = actions.request_endorsement(permit, "employment", actor=account.actor, today=date(2027, 3, 9))
    assert second.pk == filed.pk


def test_a_terminated_permit_is_not_endorsed():
    account = make.eligible_account()
    permit = make.issued(account)
    issuing.terminate(permit, "left", actor=make.make_officer("chief").actor, on=date(2026, 9, 1))
    ended = Permit.objects.get(pk=permit.pk)
    with pytest.raises(TransitionForbidden):
        actions.request_endorsement(ended, "employment", actor=account.actor, today=date(2027, 3, 1))


def test_a_suspended_permit_is_restored_years_later_and_its_years_begin_anew():
    account = make.eligible_account()
    permit = make.issued(account)
    day = date(2029, 6, 1)
    make.attest_insurance(account.person, "2025-01", "2029-05")
    rules = facts.policy.load("gongshu-2022")
    assert Permit.objects.get(pk=permit.pk).status(rules, day).status == "suspended"
    filed = actions.request_endorsement(permit, "employment", actor=account.actor, today=day)
    assert Permit.objects.get(pk=permit.pk).status(rules, day).status == "suspended"
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer")
    filed = casework.accept(filed, actor=clerk.actor, today=day)
    casework.approve(filed, actor=reviewer.actor, today=day)
    restored = Permit.objects.get(pk=permit.pk).status(rules, day)
    assert (restored.status, restored.valid_until) == ("active", date(2030, 3, 10))
    assert restored.residence_years_from == day
