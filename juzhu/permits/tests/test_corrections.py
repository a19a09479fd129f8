"""What the holder proves to be wrong is put right, in a new version, and the old one is kept."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.operations import tasks
from juzhu.operations.models import Event
from juzhu.people import staff
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Guardianship, Person, PopulationRecord
from juzhu.permits import versions
from juzhu.permits.after import corrections
from juzhu.permits.after.queries import corrections_for
from juzhu.permits.errors import (
    ConflictOfInterest,
    CorrectionAsked,
    CorrectionInvalid,
    NotConfirmed,
    OutOfArea,
    PermitEnded,
    ProofMissing,
    ReasonMissing,
    TransitionForbidden,
)
from juzhu.permits.models import Correction, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


@pytest.fixture
def account():
    return make.eligible_account()


@pytest.fixture
def permit(account):
    return make.issued(account)


def ask(permit: Permit, account, field: str = "name", wanted: str = "周小芸") -> Correction:
    proof = make.stored_picture(account.actor)
    return corrections.ask(permit, field, wanted, "户口簿改过", [proof], actor=account.actor, today=TODAY)


def register_says(person: Person, **said) -> None:
    PopulationRecord.objects.filter(identity_number=person.identity_number).update(**said)


@pytest.mark.requirement("D10")
def test_asked_with_proof_it_is_put_right_in_a_new_version(account, permit, settings):
    settings.JUZHU_CORRECTION_DAYS = 10
    row = ask(permit, account)
    assert (row.was, row.wanted, row.due_on) == ("周晓芸", "周小芸", date(2026, 3, 20))
    register_says(account.person, name="周小芸")
    done = corrections.correct(row, actor=make.make_officer("clerk").actor, today=TODAY)
    assert (done.state, Person.objects.get(pk=account.person_id).name) == ("corrected", "周小芸")
    assert versions.said(permit).name == "周小芸"
    assert [(old.number, old.reason, old.name) for old in permit.versions.all()] == [
        (2, "corrected", "周小芸"),
        (1, "issued", "周晓芸"),
    ]
    assert permit.versions.first().correction == done
    tasks.run_all()
    kinds = set(account.person.messages.values_list("kind", flat=True))
    assert {"correction_received", "corrected"} <= kinds


@pytest.mark.requirement("D10")
@pytest.mark.parametrize(("field", "wanted"), [("name", "周小芸"), ("born", "1993-08-18"), ("sex", "1")])
def test_what_the_identity_provider_does_not_say_is_not_put_right(account, permit, field, wanted):
    if field == "sex" and account.person.sex == 1:
        wanted = "2"
    row = ask(permit, account, field, wanted)
    clerk = make.make_officer("clerk").actor
    with pytest.raises(NotConfirmed):
        corrections.correct(row, actor=clerk, today=TODAY)
    row.refresh_from_db()
    assert (row.state, permit.versions.count()) == ("filed", 1)
    register_says(account.person, **{field: int(wanted) if field == "sex" else wanted})
    assert corrections.correct(row, actor=clerk, today=TODAY).state == "corrected"


@pytest.mark.requirement("D10")
def test_a_photo_and_a_slip_of_the_pen_in_the_address_are_put_right_by_the_proof(account, permit):
    clerk = make.make_officer("clerk").actor
    photo = ask(permit, account, "photo", "")
    corrections.correct(photo, actor=clerk, today=TODAY)
    assert versions.said(permit).photo_id == photo.files.get().pk
    address = ask(permit, account, "residence_address", "桥弄街 6 幢 2 单元 302 室（示例）")
    number = account.person.registrations.get().number
    corrections.correct(address, actor=clerk, today=TODAY)
    current = account.person.registrations.get()
    assert (current.number, current.address) == (number, "桥弄街 6 幢 2 单元 302 室（示例）")
    assert versions.said(permit).residence_address == current.full_address


@pytest.mark.requirement("D10")
def test_declined_with_reasons_that_the_holder_reads(account, permit):
    row, clerk = ask(permit, account), make.make_officer("clerk").actor
    with pytest.raises(ReasonMissing):
        corrections.decline(row, " 不行 ", actor=clerk, today=TODAY)
    done = corrections.decline(row, "户口簿上写的和证上一样。", actor=clerk, today=TODAY)
    assert (done.state, done.reason, permit.versions.count()) == ("declined", "户口簿上写的和证上一样。", 1)
    with pytest.raises(TransitionForbidden):
        corrections.correct(done, actor=clerk, today=TODAY)
    assert ask(permit, account).pk != row.pk


def test_no_proof_nothing_new_or_twice_the_same_is_no_correction(account, permit):
    proof = make.stored_picture(account.actor)
    for wanted in ("周晓芸", "  "):
        with pytest.raises(CorrectionInvalid):
            corrections.ask(permit, "name", wanted, "", [proof], actor=account.actor, today=TODAY)
    with pytest.raises(ProofMissing):
        corrections.ask(permit, "name", "周小芸", "", [], actor=account.actor, today=TODAY)
    ask(permit, account)
    with pytest.raises(CorrectionAsked):
        ask(permit, account)


@pytest.mark.parametrize(("field", "wanted"), [("born", "1993-02-30"), ("sex", "男"), ("ethnic_group", "99")])
def test_what_no_column_can_hold_is_refused(account, permit, field, wanted):
    with pytest.raises(CorrectionInvalid):
        ask(permit, account, field, wanted)


def test_the_owner_their_guardian_a_colleague_and_strangers(account, permit):
    row = ask(permit, account)
    clerk, chief = make.make_officer("clerk"), make.make_officer("chief")
    other, stranger = make.make_officer("clerk", areas=(make.OTHER_AREA,)), make.make_account("李明")
    assert [list(corrections_for(who.actor, TODAY)) for who in (account, clerk, chief)] == [[row]] * 3
    assert [list(corrections_for(who.actor, TODAY)) for who in (other, stranger)] == [[], []]
    with pytest.raises(OutOfArea):
        ask(permit, stranger, "sex", "1")
    with pytest.raises(OutOfArea):
        corrections.decline(row, "不在本区办理。", actor=other.actor, today=TODAY)
    for who in (account, make.make_officer("reviewer")):
        with pytest.raises(NotAllowed):
            corrections.decline(row, "不归我们办理。", actor=who.actor, today=TODAY)
    corrections.decline(row, "和户口簿上一样。", actor=chief.actor, today=TODAY)


def test_a_guardian_asks_for_a_child_and_not_for_a_grown_up(account):
    child = make.make_person("周小舟", born=date(2018, 5, 1))
    Guardianship.objects.create(guardian=account.person, child=child, source="household")
    held = Permit.objects.create(
        number="3301051",
        public_id="a" * 16,
        person=child,
        issued_on=TODAY,
        area=make.AREA,
        cached_until=TODAY,
    )
    assert ask(held, account, "name", "周晓舟").permit == held
    Person.objects.filter(pk=child.pk).update(born=date(2009, 5, 1))
    with pytest.raises(OutOfArea):
        ask(held, account, "sex", "1")


def test_nobody_corrects_their_own_permit(account, permit):
    row = ask(permit, account)
    own = make.make_officer("clerk", staff_identity_number=account.person.identity_number)
    with pytest.raises(ConflictOfInterest):
        corrections.decline(row, "我自己的证。", actor=own.actor, today=TODAY)


def test_nobody_corrects_the_permit_of_a_child_whose_guardian_they_are_or_have_declared(account):
    child = make.make_person("周小舟", born=date(2018, 5, 1))
    Guardianship.objects.create(guardian=account.person, child=child, source="household")
    held = Permit.objects.create(
        number="3301052",
        public_id="b" * 16,
        person=child,
        issued_on=TODAY,
        area=make.AREA,
        cached_until=TODAY,
    )
    row = ask(held, account, "name", "周晓舟")
    guardian = make.make_officer("clerk", staff_identity_number=account.person.identity_number)
    spouse = make.make_officer("chief")
    staff.declare_relation(account.person.identity_number, "spouse", actor=spouse.actor, today=TODAY)
    for near in (guardian, spouse):
        with pytest.raises(ConflictOfInterest):
            corrections.decline(row, "我孩子的证。", actor=near.actor, today=TODAY)
    stranger = make.make_officer("clerk")
    assert corrections.decline(row, "和户口簿上一样。", actor=stranger.actor, today=TODAY).state == "declined"


def test_a_permit_that_has_ended_is_not_corrected(account, permit):
    row = ask(permit, account)
    Person.objects.filter(pk=account.person_id).update(local_since=TODAY)
    register_says(account.person, name="周小芸")
    with pytest.raises(PermitEnded):
        corrections.correct(row, actor=make.make_officer("clerk").actor, today=TODAY)
    assert Person.objects.get(pk=account.person_id).name == "周晓芸"
    with pytest.raises(PermitEnded):
        ask(permit, account, "sex", "1")
    assert Event.objects.filter(kind="correction.corrected").count() == 0


HERE = "浙江省杭州市拱墅区某路 1 号（示例）"


@pytest.mark.requirement("D10", "E07")
def test_a_household_that_the_provider_knows_in_the_urban_area_ends_the_permit(account, permit):
    case = ask(permit, account, "household_address", HERE)
    register_says(account.person, household_address=HERE, household_division="330105")
    done = corrections.correct(case, actor=make.make_officer("clerk").actor, today=TODAY)
    person = Person.objects.get(pk=account.person_id)
    assert (done.state, person.household_division, person.local_since) == ("corrected", "330105", TODAY)
    read = Permit.objects.select_related("person").get()
    assert (read.ended_on, read.end_reason) == (TODAY, "local_household")
    assert done.versions.count() == 0, "there is no version of what has ended"
    tasks.run_all()
    kinds = list(account.person.messages.values_list("kind", flat=True))
    assert "permit_ended" in kinds
    assert "corrected" not in kinds
    assert Permit.objects.get().terminated_on == TODAY


@pytest.mark.requirement("D10")
def test_a_household_in_another_county_is_put_right_with_its_division(account, permit):
    case = ask(permit, account, "household_address", "安徽省阜阳市太和县（示例）")
    register_says(account.person, household_address="安徽省阜阳市太和县（示例）", household_division="341222")
    corrections.correct(case, actor=make.make_officer("clerk").actor, today=TODAY)
    tasks.run_all()
    person = Person.objects.get(pk=account.person_id)
    assert (person.household_division, person.local_since) == ("341222", None)
    assert [row.reason for row in permit.versions.all()] == ["corrected", "issued"]
    assert Permit.objects.get().ended_on is None


@pytest.mark.requirement("D10")
def test_a_mistyped_household_address_is_no_move(account, permit):
    case = ask(permit, account, "household_address", "安徽省阜阳市临泉县（示例）二号")
    register_says(account.person, household_address="安徽省阜阳市临泉县（示例）二号")
    corrections.correct(case, actor=make.make_officer("clerk").actor, today=TODAY)
    assert not Event.objects.filter(kind="person.household_moved").exists()
