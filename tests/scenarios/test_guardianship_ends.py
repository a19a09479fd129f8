"""监护关系: what ends it, and that nothing is seen or done from then on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence import objections
from juzhu.evidence.kinds import Kind
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people import actions as people
from juzhu.people import guardianships
from juzhu.people.errors import ConflictOfInterest, FactDayInvalid, FactRecorded, NotAllowed, SourceMissing
from juzhu.people.models import Account, Guardianship, Person
from juzhu.people.queries import circle_of, guardians_of, messages_of, own_and_wards
from juzhu.permits import actions, facts
from juzhu.permits.errors import OutOfArea
from juzhu.permits.queries import applications_for
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY
from juzhu.portal.tests.browsing import signed_in
from tests.scenarios.makers import RULES, child, enrol, filed, guard, newcomer, person_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day"), pytest.mark.requirement("C10")]
LATER = date(2026, 4, 1)


@pytest.fixture
def family() -> tuple[Account, Person]:
    guardian, small = newcomer(date(2024, 1, 8), born=date(1985, 1, 1)), child(date(2017, 5, 1), TODAY)
    return guardian, small


def says(guardian: Account, **about: Any) -> dict[str, Any]:
    person = person_of(guardian)
    named = {"guardian_name": person.name, "guardian_identity_number": person.identity_number}
    return {**named, "relation": "father", **about}


def police() -> Account:
    return make.make_officer("department", (), department="police")


def acts(guardian: Account, small: Person) -> bool:
    """Whether somebody still sees or may do anything for the child."""
    return (
        own_and_wards(guardian.actor, TODAY).filter(pk=small.pk).exists()
        or small in circle_of(guardian.actor, TODAY)
        or guardians_of(small, TODAY).filter(pk=guardian.person_id).exists()
    )


def test_a_word_taken_back_ends_the_guardianship_that_rested_on_it(family):
    guardian, small = family
    officer = police()
    piece, _new = evidence.give(small, Kind.GUARDIANSHIP, says(guardian), actor=officer.actor)
    assert acts(guardian, small)
    evidence.withdraw_word(piece, actor=officer.actor)
    assert not acts(guardian, small)
    row = Guardianship.objects.get()
    assert (row.ended_on, row.ended_by) == (TODAY, f"evidence.withdrawn:{piece.pk}")
    evidence.give(small, Kind.GUARDIANSHIP, says(guardian), actor=officer.actor)
    assert acts(guardian, small), "appointed again"
    assert Guardianship.objects.count() == 2, "the first row stays as it was"


def test_it_stands_while_another_department_says_the_same(family):
    guardian, small = family
    officer = police()
    piece, _new = evidence.give(small, Kind.GUARDIANSHIP, says(guardian), actor=officer.actor)
    evidence.attest(small.pk, Kind.GUARDIANSHIP, says(guardian), "civil_affairs", actor=SYSTEM)
    evidence.withdraw_word(piece, actor=officer.actor)
    assert acts(guardian, small)


def test_a_new_word_in_place_of_the_old_one_ends_the_former_guardians(family):
    guardian, small = family
    other, officer = newcomer(date(2024, 1, 8), name="李四", born=date(1984, 1, 1)), police()
    piece, _new = evidence.give(small, Kind.GUARDIANSHIP, says(guardian), actor=officer.actor)
    evidence.give(small, Kind.GUARDIANSHIP, says(other), actor=officer.actor, instead_of=piece)
    assert (acts(guardian, small), acts(other, small)) == (False, True)


def test_a_second_guardian_takes_nothing_from_the_first(family):
    guardian, small = family
    other, officer = newcomer(date(2024, 1, 8), name="李四", born=date(1984, 1, 1)), police()
    evidence.give(small, Kind.GUARDIANSHIP, says(guardian), actor=officer.actor)
    evidence.give(small, Kind.GUARDIANSHIP, says(other), actor=officer.actor)
    assert (acts(guardian, small), acts(other, small)) == (True, True)


def test_a_corrected_word_ends_it_too(family):
    guardian, small = family
    officer = police()
    piece, _new = evidence.give(small, Kind.GUARDIANSHIP, says(guardian), actor=officer.actor)
    objection = objections.file(piece, "我们离婚了", "", actor=guardian.actor, today=TODAY)
    objections.correct(objection, None, "查实，已经变更监护。", actor=police().actor, today=TODAY)
    assert not acts(guardian, small)


def test_from_then_on_the_former_guardian_sees_and_does_nothing(family):
    guardian, small = family
    guard(guardian, small)
    enrol(small, date(2024, 9, 1))
    draft = filed(small, "study", by=guardian.actor, on=TODAY)
    people.tell(small.pk, "received", "test", application=draft.number)
    guardianships.end(Guardianship.objects.get(), TODAY, "离婚判决书 12 号", actor=SYSTEM, today=TODAY)
    assert not applications_for(guardian.actor, TODAY).exists()
    assert not messages_of(guardian.actor, TODAY).filter(person=small).exists()
    with pytest.raises(OutOfArea):
        actions.withdraw(draft, actor=guardian.actor, today=TODAY)
    assert signed_in(guardian).get(f"/applications/{draft.number}").status_code == 404
    assert facts.situation(small, RULES, TODAY).guardians == ()
    assert [row.guardian_id for row in Guardianship.objects.all()] == [guardian.person_id]


def test_it_ends_by_proof_at_the_counter_of_the_childs_area_and_is_logged(family):
    guardian, small = family
    guard(guardian, small)
    row, registration = Guardianship.objects.get(), small.registrations.get()
    page = f"/counter/people/{registration.number}/guardianships/{row.pk}/end"
    sent = {
        "on_year": "2026",
        "on_month": "3",
        "on_day": "1",
        "source": "离婚判决书 12 号",
        "purpose": "变更监护",
    }
    for stranger in (make.make_officer("clerk", (OTHER_AREA,)), make.make_officer("reviewer")):
        assert signed_in(stranger).post(page, sent).status_code == 404
    clerk = make.make_officer("clerk")
    assert "监护人" in signed_in(clerk).get(f"/counter/people/{registration.number}").content.decode()
    assert signed_in(clerk).get(page).status_code == 200
    assert signed_in(clerk).post(page, sent).status_code == 302
    row.refresh_from_db()
    assert row.ended_on == date(2026, 3, 1)
    told = Event.objects.get(kind="guardianship.ended")
    assert (told.person_id, told.actor_account_id) == (small.pk, clerk.pk)
    assert "离婚判决书" in told.data["source"]
    assert signed_in(clerk).get(page).status_code == 404, "once is once"


def test_it_needs_a_day_a_proof_and_somebody_who_may(family):
    guardian, small = family
    guard(guardian, small)
    row, clerk = Guardianship.objects.get(), make.make_officer("clerk")
    own = make.make_officer("clerk")
    Account.objects.filter(pk=own.pk).update(staff_identity_number=person_of(guardian).identity_number)
    for actor, on, source, error in (
        (make.make_officer("reviewer").actor, TODAY, "判决书 12 号", NotAllowed),
        (guardian.actor, TODAY, "判决书 12 号", NotAllowed),
        (make.make_officer("department", (), department="education").actor, TODAY, "判决书", NotAllowed),
        (own.actor, TODAY, "判决书 12 号", ConflictOfInterest),
        (clerk.actor, LATER, "判决书 12 号", FactDayInvalid),
        (clerk.actor, TODAY, " ", SourceMissing),
    ):
        with pytest.raises(error):
            guardianships.end(row, on, source, actor=actor, today=TODAY)
    guardianships.end(row, TODAY, "判决书 12 号", actor=clerk.actor, today=TODAY)
    with pytest.raises(FactRecorded):
        guardianships.end(row, TODAY, "判决书 12 号", actor=clerk.actor, today=TODAY)
