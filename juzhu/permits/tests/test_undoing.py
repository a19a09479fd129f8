"""A death or a household that was recorded wrongly is taken back: what ended by it goes on, at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from juzhu.credentials import checks
from juzhu.documents import issuing, shelf
from juzhu.documents.queries import still_stands, withdrawn_on
from juzhu.law import policy
from juzhu.operations import clock, events, tasks
from juzhu.operations.models import Event, Task
from juzhu.people import actions as people
from juzhu.people import staff
from juzhu.people.errors import FactUndone, NotAllowed, ProofMissing, UndoingUnexplained
from juzhu.people.facts import Undoing
from juzhu.people.models import Account, Fact, Guardianship, Person, UndoneFact
from juzhu.permits import actions, facts, segments, versions
from juzhu.permits.after import undoing
from juzhu.permits.errors import ConflictOfInterest, OutOfArea, TransitionForbidden
from juzhu.permits.models import Permit
from juzhu.permits.queries import current_permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
RULES = policy.load("gongshu-2022")
FACT, UNDONE = date(2026, 5, 20), date(2026, 6, 8)
SOURCE = "死亡医学证明 2026-0312"


def die(person: Person, on: date = FACT, today: date = FACT) -> Fact:
    people.record_death(person, on, SOURCE, actor=make.make_officer("clerk").actor, today=today)
    return Fact.objects.latest("pk")


def move_household(person: Person, division: str = "330105", on: date = FACT) -> Fact:
    actor = make.make_officer("clerk").actor
    people.record_household(person, division, "新址（示例）", on, "户口簿和准迁证", actor=actor, today=on)
    return Fact.objects.latest("pk")


def why(**about: object) -> Undoing:
    said = {"reason": "同名同姓，录错了人。", "proof": "本人身份证原件", "files": [make.stored_picture()]}
    return Undoing(**{**said, **about})


def undo(fact: Fact, today: date = UNDONE) -> undoing.Outcome:
    return undoing.undo(fact, why(), actor=make.make_officer("chief").actor, today=today)


def checked(permit: Permit) -> str:
    now = clock.now()
    return checks.check(checks.show(permit, now), now).outcome


@pytest.mark.requirement("E07")
@pytest.mark.parametrize("worker", ["ran", "did not run"])
@pytest.mark.parametrize("record", [die, move_household])
def test_the_permit_works_again_at_once_and_no_job_is_needed(record, worker, on_day):
    permit = make.issued()
    on_day(FACT)
    fact = record(permit.person)
    assert checked(permit) == "terminated"
    if worker == "ran":
        tasks.run_all()
        assert Permit.objects.get().terminated_on == FACT
    on_day(UNDONE)
    undo(fact)
    assert checked(permit) == "valid"
    read = current_permit(Person.objects.get(pk=permit.person_id))
    assert (read.ended_on, read.end_reason) == (None, "")
    tasks.run_all()
    assert not Task.objects.filter(done_at=None).exists()
    assert checked(permit) == "valid"
    assert Permit.objects.get().terminated_on is None


@pytest.mark.requirement("E07", "CF01")
@pytest.mark.parametrize("day", [FACT, FACT + timedelta(1), UNDONE, date(2026, 12, 31), date(2027, 3, 10)])
def test_on_every_day_the_permit_is_what_it_had_been_without_the_mistake(day, on_day):
    permit, twin = make.issued(), make.issued()
    on_day(FACT)
    fact = die(permit.person)
    tasks.run_all()
    on_day(UNDONE)
    undo(fact)
    read = [Permit.objects.select_related("person").get(pk=row.pk) for row in (permit, twin)]
    assert read[0].status(RULES, day) == read[1].status(RULES, day)
    assert segments.counted(read[0], day) == segments.counted(read[1], day)


def test_a_second_end_is_a_later_segment_and_the_first_stays(on_day):
    permit = make.issued()
    on_day(FACT)
    fact = die(permit.person)
    tasks.run_all()
    on_day(UNDONE)
    undo(fact)
    later = date(2026, 8, 3)
    on_day(later)
    die(permit.person, later, later)
    tasks.run_all()
    rows = list(permit.segments.all())
    assert [row.ended_on for row in rows] == [FACT - timedelta(1), later - timedelta(1)]
    assert rows[1].began_on == rows[0].began_on == TODAY


@pytest.mark.requirement("E07")
def test_both_records_are_kept_and_nobody_can_take_them_away(on_day):
    permit = make.issued()
    on_day(FACT)
    fact = die(permit.person)
    on_day(UNDONE)
    outcome = undo(fact)
    kept = UndoneFact.objects.get()
    assert (kept.fact, kept.reason, kept.files.count()) == (fact, "同名同姓，录错了人。", 1)
    assert (fact.source, kept.undone_on, outcome.restored) == (SOURCE, UNDONE, [permit])
    restored = permit.restorations.get()
    assert (restored.ended_on, restored.on, restored.reason) == (FACT, UNDONE, "death")
    for table in ("people_fact", "people_undonefact", "permits_restoration"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    event = Event.objects.get(kind="person.fact_undone")
    assert (event.data["fact"], event.data["permits"]) == (fact.pk, [permit.pk])
    events.verify()


@pytest.mark.requirement("E07", "G04")
def test_who_may_undo_and_who_may_not(on_day):
    permit = make.issued()
    fact = die(permit.person, TODAY, TODAY)
    for account in (
        permit.person.account,
        make.make_officer("clerk"),
        make.make_officer("reviewer"),
        make.make_officer("department", areas=(), department="public_security"),
    ):
        with pytest.raises(NotAllowed):
            undoing.undo(fact, why(), actor=account.actor, today=TODAY)
    with pytest.raises(OutOfArea):
        stranger = make.make_officer("chief", areas=(OTHER_AREA,))
        undoing.undo(fact, why(), actor=stranger.actor, today=TODAY)
    own = make.make_officer("chief", staff_identity_number=permit.person.identity_number)
    spouse = make.make_officer("chief")
    staff.declare_relation(permit.person.identity_number, "spouse", actor=spouse.actor, today=TODAY)
    for near in (own, spouse):
        with pytest.raises(ConflictOfInterest):
            undoing.undo(fact, why(), actor=near.actor, today=TODAY)
    assert not UndoneFact.objects.exists()
    undo(fact, TODAY)
    with pytest.raises(FactUndone):
        undo(fact, TODAY)


def test_a_guardian_who_is_a_chief_undoes_nothing_of_their_child(on_day):
    parent = make.make_person("周晓芸")
    child = make.make_person("周小舟", born=date(2018, 5, 1))
    Guardianship.objects.create(guardian=parent, child=child, source="household")
    make.register(child, TODAY)
    fact = die(child, TODAY, TODAY)
    near = make.make_officer("chief", staff_identity_number=parent.identity_number)
    with pytest.raises(ConflictOfInterest):
        undoing.undo(fact, why(), actor=near.actor, today=TODAY)


@pytest.mark.parametrize(
    ("about", "error"),
    [
        ({"reason": " 错了 "}, UndoingUnexplained),
        ({"proof": "证"}, ProofMissing),
        ({"files": []}, ProofMissing),
    ],
)
def test_undoing_needs_a_reason_and_a_proof(about, error):
    permit = make.issued()
    fact = die(permit.person, TODAY, TODAY)
    with pytest.raises(error):
        undoing.undo(fact, why(**about), actor=make.make_officer("chief").actor, today=TODAY)


@pytest.mark.requirement("A01")
def test_a_household_is_put_back_in_whichever_order_the_facts_are_undone(on_day):
    permit = make.issued()
    person = permit.person
    stood = (person.household_division, person.household_address)
    first = move_household(person, "330105", FACT)
    second = move_household(person, "420100", FACT + timedelta(2))
    tasks.run_all()
    assert Permit.objects.get().terminated_on == FACT
    on_day(UNDONE)
    undo(first)
    read = Person.objects.get(pk=person.pk)
    assert (read.household_division, read.local_since) == ("420100", None)
    assert checked(permit) == "valid"
    assert versions.said(permit).household_division == "420100"
    undo(second)
    read = Person.objects.get(pk=person.pk)
    assert ((read.household_division, read.household_address), read.local_since) == (stood, None)
    assert [row.reason for row in permit.versions.all()] == ["corrected", "corrected", "issued"]
    assert versions.said(permit).household_division == stood[0]


def test_a_true_move_stays_where_an_earlier_wrong_one_is_undone(on_day):
    permit = make.issued()
    wrong = move_household(permit.person, "330105", FACT)
    right = move_household(permit.person, "330102", FACT + timedelta(5))
    on_day(UNDONE)
    undo(wrong)
    read = Permit.objects.select_related("person").get()
    assert (read.ended_on, read.end_reason) == (right.on, "local_household")
    assert permit.restorations.get().ended_on == FACT
    assert read.terminated_on == right.on


def test_what_the_provider_has_said_since_is_left_alone(on_day):
    permit = make.issued()
    fact = move_household(permit.person)
    Person.objects.filter(pk=permit.person_id).update(household_address="人口库的新址（示例）")
    on_day(UNDONE)
    undo(fact)
    read = Person.objects.get(pk=permit.person_id)
    assert (read.household_address, read.local_since) == ("人口库的新址（示例）", None)


def test_who_has_died_stays_dead_when_their_household_is_put_back(on_day):
    permit = make.issued()
    fact = move_household(permit.person, "330105", FACT - timedelta(3))
    die(permit.person)
    on_day(UNDONE)
    undo(fact)
    read = Permit.objects.select_related("person").get()
    assert (read.ended_on, read.end_reason, read.terminated_on) == (FACT, "death", FACT)
    assert checked(permit) == "terminated"


def test_what_was_begun_meanwhile_goes_on_with_all_the_time_lived_here(on_day):
    account = make.eligible_account()
    case = make.submitted(account)
    day = TODAY + timedelta(1)
    on_day(day)
    fact = move_household(account.person, "330105", day)
    tasks.run_all()
    move_household(account.person, "341221", day)
    newer = make.submitted(Account.objects.select_related("person").get(pk=account.pk), today=day)
    outcome = undo(fact, day)
    assert (outcome.reopened, [row.pk for row in outcome.left]) == ([], [case.pk])
    newer.refresh_from_db()
    assert newer.state == "submitted"
    answer, _seen = facts.decide(newer, day)
    assert answer.outcome == "accept"


@pytest.mark.requirement("E07")
def test_the_person_is_told_and_apologised_to_once(on_day):
    permit = make.issued()
    on_day(FACT)
    fact = die(permit.person)
    tasks.run_all()
    before = permit.person.messages.count()
    on_day(UNDONE)
    undo(fact)
    tasks.run_all()
    tasks.run_all()
    message = permit.person.messages.get(kind="fact_undone")
    assert permit.person.messages.count() == before + 1
    about = message.about
    assert (about["of"], about["permit"], about["fact"]) == ("death", permit.pk, fact.pk)
    assert Task.objects.filter(kind="permits.sms", payload__kind="fact_undone").count() == 1


@pytest.mark.requirement("E07")
def test_a_paper_that_told_of_the_end_is_withdrawn_and_a_new_end_has_its_own(on_day):
    permit = make.issued()
    on_day(FACT)
    fact = die(permit.person)
    tasks.run_all()
    read = Permit.objects.select_related("person").get()
    paper = issuing.issue(shelf.named(shelf.of_permit(read), "termination"), "zh")
    assert (still_stands(paper, FACT), withdrawn_on(paper)) == (True, None)
    on_day(UNDONE)
    undo(fact)
    paper.refresh_from_db()
    paper = type(paper).objects.get(pk=paper.pk)
    assert (still_stands(paper, UNDONE), withdrawn_on(paper)) == (False, UNDONE)
    die(permit.person, FACT, UNDONE)
    read = Permit.objects.select_related("person").get()
    newer = issuing.issue(shelf.named(shelf.of_permit(read), "termination"), "zh")
    assert newer.pk != paper.pk
    assert (still_stands(newer, UNDONE), withdrawn_on(newer)) == (True, None)
    paper = type(paper).objects.get(pk=paper.pk)
    assert (still_stands(paper, UNDONE), withdrawn_on(paper)) == (False, UNDONE)


def test_a_permit_that_ended_for_another_reason_stays_ended(on_day):
    permit = make.issued()
    Permit.objects.update(terminated_on=date(2026, 4, 1), termination_reason="not_endorsed")
    fact = die(permit.person)
    undo(fact)
    read = Permit.objects.select_related("person").get()
    assert (read.ended_on, read.end_reason, permit.restorations.count()) == (
        date(2026, 4, 1),
        "not_endorsed",
        0,
    )


def test_what_was_withdrawn_stays_withdrawn(on_day):
    account = make.eligible_account()
    case = make.submitted(account)
    actions.withdraw(case, actor=account.actor, today=TODAY)
    fact = die(account.person, TODAY, TODAY)
    outcome = undo(fact, TODAY)
    assert (outcome.reopened, outcome.left) == ([], [])
    with pytest.raises(TransitionForbidden):
        actions.withdraw(case, actor=account.actor, today=TODAY)
