"""What follows a merged record to the one that is kept, what stays with it, and what bars undoing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from juzhu.law.eligibility import routes
from juzhu.operations import clock, tasks
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Task
from juzhu.operations.rules import in_force
from juzhu.people import actions as people
from juzhu.people import belongings, duplicates, records
from juzhu.people.actions import Claim
from juzhu.people.errors import (
    BothHave,
    CannotBeUndone,
    KnownStays,
    MergedAlready,
    MergedLater,
    SameRecord,
)
from juzhu.people.models import Account, Likeness, Merge, Person
from juzhu.people.queries import guardians_of, pending_like, uses_of_record
from juzhu.permits import actions, casework, conflicts, facts, likenesses
from juzhu.permits.errors import ConflictOfInterest
from juzhu.permits.models import Application, Attendance, Representative
from juzhu.permits.notices import tell
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY
from juzhu.permits.window import registering
from juzhu.registration import actions as registration
from juzhu.registration.queries import departure, stays
from juzhu.registration.reporting.entries import Entry
from juzhu.registration.reporting.matching import find

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
BORN = date(1980, 5, 6)
SAID = "看了身份证，是一个人。"
UNDONE = "其实是堂弟，弄错了。"


@pytest.fixture
def clerk() -> Account:
    return make.make_officer("clerk")


@pytest.fixture
def without(clerk: Account) -> Person:
    """Recorded and registered here without a document."""
    claim = Claim("林海峰", 1, BORN, "341221", phone="13900001111")
    person = people.record_pending(claim, actor=clerk.actor, today=TODAY)
    make.register(person, date(2025, 7, 1))
    return person


@pytest.fixture
def known() -> Person:
    return make.make_person("林海峰", BORN, photo=make.stored_picture())


def merge(known: Person, without: Person, clerk: Account) -> Merge:
    row = duplicates.merge(known, without, SAID, actor=clerk.actor)
    for person in (known, without):
        person.refresh_from_db()
    return row


def test_what_is_written_once_stays_and_is_read_with_the_record_that_is_kept(clerk, known, without):
    registering.change_workplace(without, "运河服饰（示例）", None, actor=clerk.actor, today=TODAY)
    people.record_household(
        without, "341222", "新地址（示例）", TODAY, "户口簿复印件", actor=SYSTEM, today=TODAY
    )
    row = merge(known, without, clerk)
    assert without.attendances.get().deed == "workplace"
    assert Attendance.objects.filter(records.of(known.pk)).count() == 1
    assert without.facts.model.objects.filter(records.of(known.pk)).count() == 1
    assert not any(name.startswith(("permits.Attendance", "people.Fact")) for name in row.moved)
    duplicates.undo(row, UNDONE, actor=clerk.actor)


def test_half_a_year_without_a_document_counts_for_the_permit_of_who_is_kept(clerk, known, without):
    make.attest_insurance(known, "2025-01", "2026-02")
    rules = in_force(TODAY)
    assert facts.situation(known, rules, TODAY, form_done=True).current is None
    merge(known, without, clerk)
    seen = facts.situation(known, rules, TODAY, form_done=True)
    assert routes(seen.facts, rules, TODAY)["employment"].outcome == "accept"
    draft = actions.start(known, "employment", actor=clerk.actor, today=TODAY, channel="window")
    assert draft.person == known


def test_a_phone_goes_over_where_the_kept_record_has_none_and_comes_back(clerk, known, without):
    row = merge(known, without, clerk)
    assert known.phone == "13900001111"
    duplicates.undo(row, UNDONE, actor=clerk.actor)
    known.refresh_from_db()
    assert known.phone == ""
    Person.objects.filter(pk=known.pk).update(phone="13800002222")
    row = merge(known, without, clerk)
    duplicates.undo(row, UNDONE, actor=clerk.actor)
    known.refresh_from_db()
    assert known.phone == "13800002222"


def test_the_record_whose_number_is_proved_is_the_one_that_is_kept(clerk, known, without):
    assert [str(said) for said in duplicates.objections(without, known)] == [str(KnownStays.sentence)]
    with pytest.raises(KnownStays):
        duplicates.merge(without, known, SAID, actor=clerk.actor)
    with pytest.raises(SameRecord):
        duplicates.propose(known, known, actor=clerk.actor)


def test_the_database_lets_no_number_lead_to_a_merged_record(clerk, known, without):
    with pytest.raises(IntegrityError):
        Person.objects.filter(pk=known.pk).update(merged_into=without)


def test_of_two_merges_the_later_is_undone_first(clerk, known, without):
    third = people.record_pending(Claim("林海峰", 1, BORN, "341221"), actor=clerk.actor, today=TODAY)
    stay = without.registrations.get()
    first = duplicates.merge(third, without, SAID, actor=clerk.actor)
    second = duplicates.merge(known, third, SAID, actor=clerk.actor)
    without.refresh_from_db()
    assert without.merged_into == known
    assert set(records.ids(third.pk)) == {known.pk, third.pk, without.pk}
    with pytest.raises(MergedLater):
        duplicates.undo(first, UNDONE, actor=clerk.actor)
    duplicates.undo(second, UNDONE, actor=clerk.actor)
    without.refresh_from_db()
    assert without.merged_into == third
    duplicates.undo(first, UNDONE, actor=clerk.actor)
    stay.refresh_from_db()
    without.refresh_from_db()
    assert (stay.person, without.merged_into) == (without, None)


def test_what_has_come_since_stays_and_what_has_gone_on_is_not_taken_back(clerk, known, without):
    old = without.registrations.get()
    row = merge(known, without, clerk)
    new = registration.move(known, make.stay(since=TODAY), actor=SYSTEM, today=TODAY)
    back = belongings.still_there(row.moved, known)
    assert back["registration.Registration.person"] == [old.pk]
    rest = belongings.without(belongings.going_over(known, without), back)
    assert rest["registration.Registration.person"] == [new.pk]
    duplicates.undo(row, UNDONE, actor=clerk.actor)
    assert [one.pk for one in known.registrations.all()] == [new.pk]
    assert [one.pk for one in without.registrations.all()] == [old.pk]


def test_an_undone_pair_is_two_people_and_is_not_suggested_again(clerk, known, without):
    Person.objects.filter(pk=without.pk).update(sex=known.sex)
    tasks.run_all()
    duplicates.undo(merge(known, without, clerk), UNDONE, actor=clerk.actor)
    tasks.run_all()
    assert Likeness.objects.get().state == "apart"


def test_a_permit_issued_on_what_went_over_bars_undoing(clerk, known, without):
    make.attest_insurance(known, "2025-01", "2026-02")
    draft = actions.start(without, "employment", actor=clerk.actor, today=TODAY, channel="window")
    row = merge(known, without, clerk)
    permit = make.issued()
    Application.objects.filter(pk=draft.pk).update(state="issued", permit=permit)
    permit.person = known
    permit.save(update_fields=["person"])
    with pytest.raises(CannotBeUndone):
        duplicates.undo(row, UNDONE, actor=clerk.actor)
    permit.terminated_on, permit.termination_reason = TODAY, "withdrawn"
    permit.save(update_fields=["terminated_on", "termination_reason"])
    duplicates.undo(row, UNDONE, actor=clerk.actor)


def test_both_with_a_case_in_hand_are_told_before_and_when_they_press(clerk, known, without):
    actions.start(without, "employment", actor=clerk.actor, today=TODAY, channel="window")
    make.register(known, date(2025, 8, 1))
    actions.start(known, "employment", actor=clerk.actor, today=TODAY, channel="window")
    said = " ".join(map(str, duplicates.objections(known, without)))
    assert "居住登记" in said
    assert "没有办结的申请" in said
    with pytest.raises(BothHave):
        duplicates.merge(known, without, SAID, actor=clerk.actor)


def test_a_guardian_and_their_ward_or_a_death_on_one_side_are_in_the_way(clerk, known, without):
    people.record_guardianship(known, without, "police", actor=SYSTEM)
    assert belongings.walls(without, known) == [belongings.EACH_OTHERS_GUARDIAN]
    known.wards.update(ended_on=TODAY)
    assert belongings.walls(without, known) == [belongings.EACH_OTHERS_GUARDIAN]
    known.wards.all().delete()
    people.record_death(without, TODAY, "死亡证明 1 号", actor=SYSTEM, today=TODAY)
    without.refresh_from_db()
    assert belongings.walls(without, known) == [belongings.FACTS_DIFFER]
    people.record_death(known, TODAY, "死亡证明 1 号", actor=SYSTEM, today=TODAY)
    known.refresh_from_db()
    assert belongings.walls(without, known) == []


def test_a_guardianship_that_both_have_is_one(clerk, known, without):
    child = make.make_person("林小满", date(2018, 5, 1))
    for guardian in (known, without):
        people.record_guardianship(guardian, child, "police", actor=SYSTEM)
    row = merge(known, without, clerk)
    assert belongings.staying(without, known)["people.Guardianship"] == 1
    assert list(guardians_of(child, TODAY)) == [known]
    duplicates.undo(row, UNDONE, actor=clerk.actor)
    assert set(guardians_of(child, TODAY)) == {known, without}


def test_an_account_goes_over_and_its_citizen_sees_all_that_is_theirs(clerk, known, without):
    account = make.account_of(without)
    stay = without.registrations.get()
    merge(known, without, clerk)
    account.refresh_from_db()
    assert account.person == known
    client = Client()
    client.force_login(account, backend="juzhu.people.backends.Accounts")
    assert stay.number in client.get("/registration").content.decode()


def test_what_points_to_a_person_from_afar_goes_over_too(clerk, known, without):
    mother = make.make_person("吴阿婆", date(1950, 2, 3))
    row = make.register(mother, TODAY)
    acted = Representative.objects.create(
        registration=row,
        person=without,
        name="林海峰",
        identity_number="341221198005060011",
        relation="child",
        ground="elderly",
        identity_shown=True,
        recorded_at=clock.now(),
    )
    merged = merge(known, without, clerk)
    acted.refresh_from_db()
    assert acted.person == known
    duplicates.undo(merged, UNDONE, actor=clerk.actor)
    acted.refresh_from_db()
    assert acted.person == without


def test_who_is_told_of_a_merged_record_is_who_is_kept(clerk, known, without):
    merge(known, without, clerk)
    Person.objects.filter(pk=known.pk).update(phone="13800002222")
    without = Person.objects.get(pk=without.pk)
    assert tell(without, "registered", "event:1", TODAY, registration="X")
    assert known.messages.get(key="event:1")
    sms = Task.objects.filter(kind="permits.sms", key__startswith="sms:event:1")
    assert [task.payload["phone"] for task in sms] == ["13800002222"]


def test_nothing_is_written_to_a_merged_record_any_more(clerk, known, without):
    merge(known, without, clerk)
    deeds: list[Any] = [
        lambda: registration.register(without, make.stay(), actor=SYSTEM, today=TODAY),
        lambda: registration.extend(without, date(2027, 1, 1), actor=SYSTEM, today=TODAY),
        lambda: registering.leave(without, TODAY, None, actor=clerk.actor, today=TODAY),
        lambda: people.confirm_pending(
            without, "林小峰", make.identity("林小峰", BORN).identity_number, actor=clerk.actor
        ),
        lambda: duplicates.propose(known, without, actor=clerk.actor),
    ]
    for deed in deeds:
        with pytest.raises(MergedAlready):
            deed()
    assert not pending_like("林海峰", BORN).exists()


def test_a_report_finds_who_is_kept(clerk, known, without):
    by_name = Entry("employment", "began", TODAY, "林海峰", born=BORN)
    assert find([by_name])[0].person is None
    merge(known, without, clerk)
    assert find([by_name])[0].person == known


def test_an_officer_keeps_away_from_what_has_come_to_their_relatives_record(clerk, known, without):
    case = actions.start(without, "employment", actor=clerk.actor, today=TODAY, channel="window")
    near = make.make_officer("reviewer", staff_identity_number=known.identity_number)
    conflicts.check(near.actor, case)
    merge(known, without, clerk)
    case.refresh_from_db()
    with pytest.raises(ConflictOfInterest):
        conflicts.check(near.actor, case)


def test_who_looked_at_either_record_is_told_to_who_is_kept(clerk, known, without):
    for person in (known, without):
        people.log_reading(person.pk, "person", actor=clerk.actor)
    assert uses_of_record(known.pk).count() == 1
    row = merge(known, without, clerk)
    assert uses_of_record(known.pk).count() == 2
    duplicates.undo(row, UNDONE, actor=clerk.actor)
    assert uses_of_record(known.pk).count() == 1


def test_a_closed_double_registration_is_no_departure(clerk, known, without):
    make.register(known, date(2026, 1, 5))
    registration.leave(known, date(2026, 3, 1), actor=SYSTEM, today=TODAY)
    merge(known, without, clerk)
    assert departure(stays(known.pk), in_force(TODAY)) is None
    registration.leave(known, TODAY, actor=SYSTEM, today=TODAY)
    gone = departure(stays(known.pk), in_force(TODAY))
    assert gone is not None
    assert gone.left_on == TODAY


def test_whose_work_a_pair_is(clerk, known, without):
    far = make.make_officer("chief", areas=(OTHER_AREA,))
    row = duplicates.propose(known, without, actor=clerk.actor)
    assert list(likenesses.open_for(clerk.actor)) == [row]
    assert not likenesses.open_for(far.actor).exists()
    make.register(known, TODAY, subdistrict=OTHER_AREA)
    assert list(likenesses.open_for(far.actor)) == [row]
    for role in ("reviewer", "subdistrict", "department", "auditor", "administrator"):
        assert not likenesses.likenesses_for(make.make_officer(role).actor).exists()
    assert not likenesses.likenesses_for(make.make_account().actor).exists()


def test_every_table_of_which_a_person_has_one_row_says_so_in_words():
    once = {
        model._meta.label
        for model, column in belongings._relations()
        if list(belongings._once(model, column))
    }
    assert once <= belongings.IN_THE_WAY.keys() | belongings.STAYS_TWICE
    assert belongings.IN_THE_WAY.keys() | belongings.STAYS_TWICE <= once


def test_a_case_accepted_before_goes_on_in_the_record_that_is_kept(clerk, known, without):
    make.attest_insurance(known, "2025-01", "2026-02")
    draft = actions.start(without, "employment", actor=clerk.actor, today=TODAY, channel="window")
    answers = {
        "place": {"confirmed": True},
        "declaration": {"agreed": True},
        "form": {"phone": ""},
        "materials": {"seen": True},
    }
    for step, said in answers.items():
        draft = actions.save_step(draft, step, said, actor=clerk.actor, route="employment")
    case = actions.submit(draft, actor=clerk.actor, today=TODAY, key="key-1")
    merge(known, without, clerk)
    case.refresh_from_db()
    accepted = casework.accept(case, actor=clerk.actor, today=TODAY)
    reviewer = make.make_officer("reviewer", name="林海峰")
    permit = casework.approve(accepted, actor=reviewer.actor, today=TODAY).permit
    assert permit is not None
    assert permit.person == known
