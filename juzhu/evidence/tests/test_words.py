"""A department's word: who may give it, of whom, saying the same twice, taking it back, guardians."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from juzhu.evidence import actions
from juzhu.evidence.errors import EvidenceNotYours, KindNotYours
from juzhu.evidence.kinds import GIVES, Kind
from juzhu.evidence.models import Evidence
from juzhu.evidence.queries import attested_by, known_by_departments, speaks_of
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Guardianship, Person
from juzhu.permits.tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
PUPIL = {"school": "示例小学", "full_time": True, "division": "330105", "enrolled_on": "2024-09-01"}
SAFE = {"illegal_construction": False, "dangerous_building": False, "changed_use": False,
        "inspected_on": "2026-01-05"}  # fmt: skip


@pytest.fixture
def person() -> Person:
    return make.make_person()


def officer(department: str, **about: Any) -> Any:
    return make.make_officer("department", areas=(), department=department, **about).actor


@pytest.mark.parametrize("department", sorted(GIVES))
def test_each_department_speaks_of_its_own_kinds_and_no_others(person, department):
    actor = make.make_officer("subdistrict").actor if department == "subdistrict" else officer(department)
    for kind in Kind:
        if kind not in GIVES[department]:
            with pytest.raises(KindNotYours):
                actions.give(person, kind, {}, actor=actor)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("role", ["clerk", "reviewer", "chief", "auditor", "administrator"])
def test_no_other_role_gives_a_word(person, role):
    with pytest.raises(NotAllowed):
        actions.give(person, Kind.STUDENT_RECORD, PUPIL, actor=make.make_officer(role).actor)
    with pytest.raises(NotAllowed):
        actions.give(person, Kind.STUDENT_RECORD, PUPIL, actor=make.make_account("林一").actor)
    with pytest.raises(NotAllowed):
        actions.give(person, Kind.STUDENT_RECORD, PUPIL, actor=SYSTEM)


def test_saying_the_same_twice_changes_nothing(person):
    first, new = actions.give(person, Kind.STUDENT_RECORD, PUPIL, actor=officer("education"))
    again, newer = actions.give(person, Kind.STUDENT_RECORD, {**PUPIL}, actor=officer("education"))
    assert (new, newer, again) == (True, False, first)
    assert Event.objects.filter(kind="evidence.attested").count() == 1
    assert (first.way, first.certainty) == ("page", "confirmed")


@pytest.mark.requirement("D08")
def test_the_newest_word_counts_and_the_older_one_stays_as_history(person, on_day):
    actions.give(person, Kind.STUDENT_RECORD, PUPIL, actor=officer("education"))
    on_day(date(2026, 3, 11))
    newer, _ = actions.give(
        person, Kind.STUDENT_RECORD, {**PUPIL, "grade": "四年级"}, actor=officer("education")
    )
    assert known_by_departments(person.pk) == [newer]
    assert Evidence.objects.count() == 2


def test_taking_a_word_back_takes_its_older_ones_along(person, on_day):
    actions.give(person, Kind.STUDENT_RECORD, PUPIL, actor=officer("education"))
    on_day(date(2026, 3, 11))
    newer, _ = actions.give(person, Kind.STUDENT_RECORD, {**PUPIL, "grade": "四"}, actor=officer("education"))
    with pytest.raises(KindNotYours):
        actions.withdraw_word(newer, actor=officer("housing"))
    actions.withdraw_word(newer, actor=officer("education", name="同事"))
    actions.withdraw_word(newer, actor=officer("education"))
    assert known_by_departments(person.pk) == []
    assert Event.objects.filter(kind="evidence.withdrawn").count() == 1


def test_what_is_about_another_thing_stays(person):
    own = actions.attest(person.pk, Kind.TITLE, {"holder": "self"}, "housing", actor=SYSTEM)
    landlord = actions.attest(person.pk, Kind.TITLE, {"holder": "landlord"}, "housing", actor=SYSTEM)
    actions.withdraw_word(landlord, actor=officer("housing"))
    assert known_by_departments(person.pk) == [own]


def test_a_subdistrict_speaks_of_those_who_live_in_its_area(person):
    here, there = make.make_officer("subdistrict"), make.make_officer("subdistrict", areas=(make.OTHER_AREA,))
    assert not speaks_of(here.actor).exists()
    registered = make.register(person, date(2025, 7, 1))
    assert speaks_of(here.actor).get() == person
    assert not speaks_of(there.actor).exists()
    piece, _ = actions.give(person, Kind.SAFETY_INSPECTION, SAFE, actor=here.actor)
    assert attested_by(here.actor).get() == piece
    with pytest.raises(EvidenceNotYours):
        actions.withdraw_word(piece, actor=there.actor)
    registered.ended_on = date(2026, 3, 1)
    registered.save(update_fields=["ended_on"])
    assert not speaks_of(here.actor).exists()
    assert attested_by(here.actor).get() == piece  # what they gave themselves


def test_a_department_speaks_of_everybody_in_the_district_and_nobody_else_of_anybody(person):
    assert speaks_of(officer("education")).get() == person
    for actor in (make.make_officer("chief").actor, make.make_account("林一").actor, SYSTEM):
        assert not speaks_of(actor).exists()


# Guardians


def test_a_guardianship_that_is_attested_is_entered_in_the_register():
    guardian, child = make.make_person(), make.make_person("周小满", date(2018, 5, 1))
    says = {"guardian_name": guardian.name, "guardian_identity_number": guardian.identity_number,
            "relation": "mother"}  # fmt: skip
    actions.give(child, Kind.GUARDIANSHIP, says, actor=officer("police"))
    row = Guardianship.objects.get()
    assert (row.guardian, row.child, row.source) == (guardian, child, "police")
    assert Event.objects.filter(kind="guardianship.recorded").count() == 1


def test_an_unknown_guardian_is_kept_and_entered_when_the_word_is_said_again():
    child = make.make_person("周小满", date(2018, 5, 1))
    unknown = make.identity("周建国")
    says = {"guardian_name": "周建国", "guardian_identity_number": unknown.identity_number}
    actions.give(child, Kind.GUARDIANSHIP, says, actor=officer("civil_affairs"))
    assert not Guardianship.objects.exists()
    from juzhu.people import actions as people

    guardian = people.record_person(unknown, actor=SYSTEM)
    _piece, new = actions.give(child, Kind.GUARDIANSHIP, says, actor=officer("civil_affairs"))
    assert not new
    assert Guardianship.objects.get().guardian == guardian


def test_somebody_of_another_name_and_the_child_itself_become_no_guardian():
    guardian, child = make.make_person(), make.make_person("周小满", date(2018, 5, 1))
    for name, number in (("别人", guardian.identity_number), (child.name, child.identity_number)):
        says = {"guardian_name": name, "guardian_identity_number": number}
        actions.give(child, Kind.GUARDIANSHIP, says, actor=officer("police"))
    assert not Guardianship.objects.exists()


def test_two_guardians_are_two_words():
    mother, father = make.make_person(), make.make_person("周建国", date(1990, 1, 1))
    child = make.make_person("周小满", date(2018, 5, 1))
    for guardian in (mother, father):
        says = {"guardian_name": guardian.name, "guardian_identity_number": guardian.identity_number}
        actions.give(child, Kind.GUARDIANSHIP, says, actor=officer("police"))
    assert len(known_by_departments(child.pk)) == 2
    assert Guardianship.objects.count() == 2


def test_a_signed_record_is_kept_with_its_word(person):
    record = {"format": "jws", "text": "a.b.c", "key": "edu-1", "digest": "0" * 64}
    piece = actions.attest(
        person.pk, Kind.STUDENT_RECORD, PUPIL, "education", actor=SYSTEM, way="push", certainty="signed",
        record=record,
    )  # fmt: skip
    piece.refresh_from_db()
    assert (piece.way, piece.certainty, piece.record) == ("push", "signed", record)
