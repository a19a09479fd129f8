"""Death and a household moved here end a permit the moment the fact is stored, though no task ever ran."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.credentials import checks
from juzhu.law import policy
from juzhu.operations import clock, tasks
from juzhu.operations.models import Event, Task
from juzhu.people import actions as people
from juzhu.people.errors import DivisionUnknown, FactDayInvalid, FactRecorded, NotAllowed, SourceMissing
from juzhu.people.models import Guardianship, Person
from juzhu.permits import actions, casework, facts, notices, pauses
from juzhu.permits.errors import TransitionForbidden
from juzhu.permits.models import Application, Permit
from juzhu.permits.queries import Filters, current_permit, queue, shown_permit, tab_counts
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.permits.timing import Standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
RULES = policy.load("gongshu-2022")
LATER = date(2026, 5, 20)
PROOF = "死亡医学证明 2026-0312"


def die(person: Person, on: date = LATER, today: date = LATER) -> None:
    people.record_death(person, on, PROOF, actor=make.make_officer("clerk").actor, today=today)


def move_household(person: Person, division: str = "330105", on: date = LATER) -> None:
    people.record_household(
        person,
        division,
        "新址（示例）",
        on,
        "户口簿和准迁证",
        actor=make.make_officer("chief").actor,
        today=LATER,
    )


@pytest.mark.requirement("E07", "A01")
@pytest.mark.parametrize(("fact", "reason"), [(die, "death"), (move_household, "local_household")])
def test_everything_that_reads_a_permit_is_right_before_any_task_ran(fact, reason, on_day):
    permit = make.issued()
    on_day(LATER)
    assert checks.check(checks.show(permit, clock.now()), clock.now()).outcome == "valid"
    fact(permit.person)
    assert Permit.objects.get().terminated_on is None
    person = Person.objects.get(pk=permit.person_id)
    for read in (current_permit(person), shown_permit(permit.public_id)):
        assert (read.ended_on, read.end_reason) == (LATER, reason)
        assert read.status(RULES, LATER).status == "terminated"
        assert read.status(RULES, LATER - make.days(1)).status == "active"
    found = checks.check(checks.show(permit, clock.now()), clock.now())
    assert (found.outcome, found.since) == ("terminated", LATER)
    assert list(notices.reminders(date(2027, 3, 1))) == []


@pytest.mark.requirement("E07")
def test_a_childs_case_does_not_stand_on_a_dead_guardians_permit(on_day):
    permit = make.issued()
    child = make.make_person("周小舟", born=date(2018, 5, 1))
    Guardianship.objects.create(guardian=permit.person, child=child, source="household")
    assert facts.situation(child, RULES, TODAY).facts.guardians[0].permit_status == "active"
    die(permit.person)
    seen = facts.situation(child, RULES, LATER)
    assert seen.facts.guardians[0].permit_status == "terminated"


@pytest.mark.requirement("E07")
@pytest.mark.parametrize("fact", [die, move_household])
def test_an_open_case_leaves_the_queue_and_can_be_neither_approved_nor_refused(fact, on_day):
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer")
    case = make.accepted(clerk)
    assert tab_counts(reviewer.actor, TODAY)["to_review"] == 1
    on_day(LATER)
    fact(case.person)
    assert tab_counts(reviewer.actor, LATER)["to_review"] == 0
    assert list(queue(reviewer.actor, Filters(tab="to_review"), LATER)) == []
    assert [row.pk for row in queue(reviewer.actor, Filters(tab="done"), LATER)] == [case.pk]
    with pytest.raises(TransitionForbidden):
        casework.approve(case, actor=reviewer.actor, today=LATER)
    with pytest.raises(TransitionForbidden):
        casework.refuse(case, "已经不在办理范围里。", actor=reviewer.actor, today=LATER)
    assert not Permit.objects.exists()


@pytest.mark.requirement("E07")
def test_the_worker_writes_down_what_was_true_already(on_day):
    permit = make.issued()
    on_day(LATER)
    die(permit.person)
    tasks.run_all()
    assert not Task.objects.filter(done_at=None).exists()
    permit.refresh_from_db()
    assert (permit.terminated_on, permit.termination_reason) == (LATER, "death")
    segment = permit.segments.get()
    assert (segment.began_on, segment.ended_on, segment.ended_by) == (TODAY, date(2026, 5, 19), "terminated")


@pytest.mark.requirement("E07")
def test_the_worker_ends_the_open_case_with_one_event(on_day):
    case = make.accepted(make.make_officer("clerk"))
    on_day(LATER)
    move_household(case.person)
    tasks.run_all()
    case.refresh_from_db()
    assert (case.state, case.decided_on, case.reason) == ("ended", LATER, "local_household")
    event = Event.objects.get(kind="application.ended", subject_id=str(case.pk))
    assert event.data["reason"] == "local_household"
    assert case.person.messages.filter(kind="ended").count() == 1
    assert case.person.messages.filter(kind="permit_ended").count() == 0


@pytest.mark.requirement("E07")
@pytest.mark.parametrize(("fact", "words"), [(die, "去世"), (move_household, "户口迁入")])
def test_a_case_says_why_it_ended_before_and_after_it_is_written_down(fact, words, on_day):
    case, reviewer = make.accepted(make.make_officer("clerk")), make.make_officer("reviewer")
    pauses.pause(case, "appraisal", "请鉴定机构看签名。", 9, actor=reviewer.actor, today=TODAY)
    on_day(LATER)
    fact(case.person)
    read = Application.objects.select_related("person").get(pk=case.pk)
    assert read.state == "accepted"
    assert Standing.of(read, LATER).state == "ended"
    assert words in str(read.because)
    tasks.run_all()
    read.refresh_from_db()
    assert read.state == "ended"
    assert words in str(read.because)
    assert read.pauses.get().ended_on == LATER


@pytest.mark.requirement("E07")
def test_nothing_is_said_of_the_open_case_of_who_has_died(on_day):
    case = make.accepted(make.make_officer("clerk"))
    on_day(LATER)
    tasks.run_all()
    before = case.person.messages.count()
    die(case.person)
    tasks.run_all()
    case.refresh_from_db()
    assert case.state == "ended"
    assert case.person.messages.count() == before


def test_who_has_died_is_told_nothing_and_who_moved_is(on_day):
    dead, moved = make.issued(), make.issued()
    on_day(LATER)
    tasks.run_all()
    before = dead.person.messages.count()
    die(dead.person)
    move_household(moved.person)
    tasks.run_all()
    assert dead.person.messages.count() == before
    assert moved.person.messages.filter(kind="permit_ended").count() == 1


def test_a_fact_before_issue_ends_the_permit_on_the_day_of_issue():
    permit = make.issued()
    Person.objects.filter(pk=permit.person_id).update(died_on=date(2026, 1, 5))
    read = Permit.objects.select_related("person").get()
    assert read.ended_on == TODAY
    assert read.status(RULES, TODAY).status == "terminated"


def test_what_was_endorsed_after_the_fact_is_no_endorsement(on_day):
    account = make.eligible_account()
    make.attest_insurance(account.person, "2025-01", "2027-12")
    permit = make.issued(account)
    day = date(2027, 3, 1)
    filed = actions.request_endorsement(permit, "employment", actor=account.actor, today=day)
    filed = casework.accept(filed, actor=make.make_officer("clerk").actor, today=day)
    casework.approve(filed, actor=make.make_officer("reviewer").actor, today=day)
    die(account.person, on=date(2027, 2, 20), today=day)
    read = Permit.objects.select_related("person").get()
    assert read.dates().endorsed_on == ()
    assert read.status(RULES, day).status == "terminated"


@pytest.mark.requirement("E07")
def test_an_earlier_termination_stays_on_its_day():
    permit = make.issued()
    Permit.objects.update(terminated_on=date(2026, 4, 1), termination_reason="not_endorsed")
    die(permit.person)
    read = Permit.objects.select_related("person").get()
    assert (read.ended_on, read.end_reason) == (date(2026, 4, 1), "not_endorsed")


@pytest.mark.requirement("A01")
def test_a_household_moved_out_of_the_area_again_brings_the_person_back_but_not_the_permit(on_day):
    account = make.eligible_account()
    permit = make.issued(account)
    on_day(LATER)
    move_household(account.person)
    tasks.run_all()
    move_household(account.person, "341221")
    person = Person.objects.get(pk=account.person_id)
    assert (person.local_since, person.out_of_scope_since) == (None, None)
    permit.refresh_from_db()
    assert permit.terminated_on == LATER
    assert actions.start(person, "employment", actor=account.actor, today=LATER).state == "draft"


@pytest.mark.requirement("E08")
def test_a_household_moved_elsewhere_outside_is_a_new_version_of_the_same_permit(on_day):
    permit = make.issued()
    on_day(LATER)
    move_household(permit.person, "420100")
    tasks.run_all()
    assert current_permit(permit.person).status(RULES, LATER).status == "active"
    assert [row.reason for row in permit.versions.all()] == ["household", "issued"]
    assert permit.versions.first().household_address == "新址（示例）"


def test_who_may_record_a_fact_and_who_may_not():
    person = make.make_person()
    police = make.make_officer("department", areas=(), department="public_security")
    for account in (
        make.make_account("李明"),
        make.make_officer("reviewer"),
        make.make_officer("department", department="education"),
    ):
        with pytest.raises(NotAllowed):
            people.record_death(person, TODAY, PROOF, actor=account.actor, today=TODAY)
    people.record_death(person, TODAY, PROOF, actor=police.actor, today=TODAY)
    with pytest.raises(FactRecorded):
        people.record_death(person, TODAY, PROOF, actor=police.actor, today=TODAY)


def test_a_fact_needs_a_proof_and_a_day_that_can_be():
    person, clerk = make.make_person(), make.make_officer("clerk").actor
    with pytest.raises(SourceMissing):
        people.record_death(person, TODAY, " 证 ", actor=clerk, today=TODAY)
    for day in (TODAY + make.days(1), date(1993, 8, 16)):
        with pytest.raises(FactDayInvalid):
            people.record_death(person, day, PROOF, actor=clerk, today=TODAY)
    with pytest.raises(DivisionUnknown):
        people.record_household(person, "33010", "", TODAY, PROOF, actor=clerk, today=TODAY)
    assert Application.objects.count() == 0
