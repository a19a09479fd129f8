"""What offices have said of a dwelling is evidence of its tenants, from an empty register to a permit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence import objections
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence
from juzhu.evidence.queries import proof_of
from juzhu.operations import tasks
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account, Person
from juzhu.permits import casework
from juzhu.permits.models import Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import lettings as let
from juzhu.permits.tests.factories import OTHER_AREA, TODAY
from juzhu.registration import actions as registration
from juzhu.registration.dwellings import filings, homes, inspections, leases, letting, recording, titles
from juzhu.registration.dwellings import queries as dwellings
from juzhu.registration.dwellings.leases import TenantSaid
from juzhu.registration.errors import StepForbidden
from juzhu.registration.models import LettingRecord, TenantWord

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
LONG_AGO = date(2025, 7, 1)
STATE = {"title", "rental_registration", "safety_inspection", "lease", "lease_filing"}
COLLECTIVE = STATE - {"lease_filing"}


def kinds(person: Person) -> set[str]:
    """Of what somebody has a department's standing word."""
    return {row.kind for row in Evidence.objects.filter(person=person, withdrawn_at__isnull=True)}


def tenant(name: str = "林海峰", **about) -> Account:
    """A tenant who registered long ago at the dwelling's address, as people write it."""
    account = make.make_account(name, **about)
    make.register(account.person, LONG_AGO, address="桥弄街6号楼2单元301")
    return account


def done(land: str = "state", *people: Person, **about):
    """A dwelling of which everything is done."""
    dwelling, claim, account = let.recorded(land=land, commodity=True if land == "state" else None)
    lease = let.leased(dwelling, account, *people, **about)
    let.all_done(dwelling, claim, account, lease, TODAY)
    tasks.run_all()
    return dwelling, lease, account


def issued_by_dwelling(account: Account) -> Permit:
    """A permit by the dwelling route, for which the tenant hands in nothing."""
    case = make.submitted(account, "dwelling")
    assert not Evidence.objects.filter(person=account.person, source="upload").exists()
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer", name="林海峰")
    casework.accept(case, actor=clerk.actor, today=TODAY)
    permit = casework.approve(case, actor=reviewer.actor, today=TODAY).permit
    assert permit is not None
    return permit


@pytest.mark.requirement("C04", "B05", "B12")
@pytest.mark.parametrize(("land", "expected"), [("state", STATE), ("collective", COLLECTIVE)])
def test_a_tenant_whose_landlord_has_done_all_hands_in_nothing(land, expected):
    account = tenant(photo=make.stored_picture())
    done(land, account.person)
    assert kinds(account.person) == expected
    assert issued_by_dwelling(account).issued_on == TODAY


@pytest.mark.requirement("C04")
@pytest.mark.parametrize("land", ["state", "collective"])
def test_from_an_empty_register_to_a_permit_when_the_landlord_came_first(land):
    known = make.identity("林海峰", photo=make.stored_picture())
    done(land, tenants=(TenantSaid("林海峰", known.identity_number),))
    assert not Person.objects.filter(name="林海峰").exists()
    account = make.account_of(make.people.record_person(known, actor=make.SYSTEM))
    tasks.run_all()
    assert not kinds(account.person)
    make.register(account.person, LONG_AGO)
    tasks.run_all()
    assert kinds(account.person) == (STATE if land == "state" else COLLECTIVE)
    assert issued_by_dwelling(account)


def test_each_word_is_its_office_s():
    account = tenant()
    done("state", account.person)
    assert dict(Evidence.objects.values_list("kind", "department")) == {
        "title": "housing",
        "rental_registration": "police",
        "safety_inspection": "subdistrict",
        "lease": "housing",
        "lease_filing": "housing",
    }
    piece = Evidence.objects.get(kind="safety_inspection")
    assert piece.valid_until == date(2027, 3, 10)
    assert proof_of(account.person.pk, TODAY).lease().tenants[0].name == "林海峰"
    assert not any(row.says.get("owner_identity_number") for row in Evidence.objects.all())


def test_a_household_member_has_no_lease_by_this():
    account, child = tenant(), make.make_person("林小")
    make.register(child, LONG_AGO)
    people = (
        TenantSaid("林海峰", account.person.identity_number),
        TenantSaid("林小", child.identity_number, part="household"),
    )
    done("state", tenants=people)
    assert kinds(child) == STATE - {"lease"}
    assert proof_of(child.pk, TODAY).lease() is None


def test_who_lives_elsewhere_has_no_word_of_a_dwelling_until_they_move_in():
    account = make.make_account("林海峰")
    make.register(account.person, LONG_AGO, address="台州路 9 号")
    done("state", account.person)
    assert not kinds(account.person)
    registration.move(account.person, make.stay(since=TODAY), actor=account.actor, today=TODAY)
    tasks.run_all()
    assert kinds(account.person) == STATE
    registration.leave(account.person, TODAY, actor=account.actor, today=TODAY)
    tasks.run_all()
    assert not kinds(account.person)


def test_a_registration_before_the_dwelling_was_recorded_is_found_by_its_address():
    account = tenant()
    dwelling, _claim, _landlord = let.recorded()
    tasks.run_all()
    assert account.person.registrations.get().dwelling == dwelling


@pytest.mark.parametrize(
    ("ending", "gone"),
    [
        ("lease", STATE),
        ("letting", {"rental_registration"}),
        ("filing", {"lease", "lease_filing"}),
        ("sale", {"title"}),
        ("inspection", {"safety_inspection"}),
    ],
)
def test_a_word_goes_when_what_it_says_ends(ending, gone):
    account = tenant()
    dwelling, lease, landlord = done("state", account.person)
    other = tenant("别人")
    before = kinds(other.person)
    if ending == "lease":
        leases.end(lease, TODAY, actor=landlord.actor, today=TODAY)
    elif ending == "letting":
        letting.end(LettingRecord.objects.get(), actor=landlord.actor, today=TODAY)
    elif ending == "filing":
        officer = let.housing()
        filings.take_back(lease.filings.get(), "合同是假的，撤销。", actor=officer.actor, today=TODAY)
    elif ending == "sale":
        recording.give_up(dwelling, actor=landlord.actor, today=TODAY)
    else:
        bad = let.found(answers={"dangerous_building": True}, mend_by=TODAY)
        let.inspected(dwelling, landlord, let.subdistrict(), bad)
    assert kinds(account.person) == STATE - gone
    assert kinds(other.person) == before == set()


def test_a_new_inspection_is_said_anew_and_the_same_is_not_said_twice():
    account = tenant()
    dwelling, _lease, landlord = done("state", account.person)
    pieces = Evidence.objects.count()
    letting_row = LettingRecord.objects.get()
    assert letting_row.state == "recorded"
    recording.amend(dwelling, let.said(), actor=landlord.actor)
    tasks.run_all()
    assert Evidence.objects.count() == pieces
    street = let.subdistrict()
    row = inspections.ask(dwelling, actor=landlord.actor, today=TODAY)
    inspections.record(row, let.found(tenants=3), "again", actor=street.actor, today=TODAY)
    assert Evidence.objects.filter(kind="safety_inspection").count() == 2
    assert proof_of(account.person.pk, TODAY).by_kind[Kind.SAFETY_INSPECTION].says["tenants"] == 3
    assert TenantWord.objects.filter(person=account.person).count() == 5


def test_a_renewal_takes_over_from_the_lease_before_it():
    account = tenant()
    dwelling, _lease, landlord = done("collective", account.person)
    renewed = let.leased(
        dwelling, landlord, account.person, from_on=date(2026, 9, 1), until_on=date(2027, 8, 31)
    )
    leases.see(renewed, actor=let.subdistrict().actor, today=TODAY)
    assert proof_of(account.person.pk, TODAY).lease().to_day == date(2027, 8, 31)


def test_what_a_department_corrected_after_an_objection_is_not_said_again():
    account = tenant()
    dwelling, _lease, landlord = done("collective", account.person)
    piece = Evidence.objects.get(kind="safety_inspection")
    street = let.subdistrict()
    row = objections.file(piece, "这不是我住的房子。", "", actor=account.actor, today=TODAY)
    objections.correct(row, None, "核对过，写错了房子。", actor=street.actor, today=TODAY)
    assert "safety_inspection" not in kinds(account.person)
    letting.end(LettingRecord.objects.get(), actor=landlord.actor, today=TODAY)
    assert kinds(account.person) == {"title", "lease"}
    assert dwelling.words.filter(kind="safety_inspection").exists()


def test_an_own_paper_of_the_tenant_is_left_alone():
    account = tenant()
    dwelling, lease, landlord = done("state", account.person)
    paper = evidence.upload(
        account.person.pk, Kind.RENTAL_REGISTRATION, {}, [make.stored_picture()], actor=account.actor
    )
    leases.end(lease, TODAY, actor=landlord.actor, today=TODAY)
    paper.refresh_from_db()
    assert paper.withdrawn_at is None
    assert kinds(account.person) == {"rental_registration"}
    assert dwelling.letting_records.count() == 1


def test_a_pretender_s_tenants_have_nothing_of_it():
    account = tenant()
    dwelling, _claim, pretender = let.recorded()
    let.leased(dwelling, pretender, account.person)
    row = letting.file(dwelling, actor=pretender.actor, today=TODAY)
    letting.record(row, actor=make.make_officer("clerk").actor, today=TODAY)
    tasks.run_all()
    assert kinds(account.person) == {"rental_registration"}
    _dwelling, claim, _owner = let.recorded(let.landlord("房东乙"))
    titles.confirm(claim, actor=let.housing().actor, today=TODAY + timedelta(days=1))
    assert not kinds(account.person)


def test_an_officer_of_the_area_says_that_two_spellings_are_one_place():
    account = make.make_account("林海峰")
    home = make.register(account.person, LONG_AGO, address="桥弄街 6 幢（三楼东面，示例）")
    dwelling, _lease, landlord = done("state", account.person)
    assert not kinds(account.person)
    here, there = let.subdistrict(), let.subdistrict((OTHER_AREA,))
    assert list(dwellings.registered_elsewhere(here.actor, dwelling)) == [home]
    for other in (there, let.housing()):
        assert not dwellings.registered_elsewhere(other.actor, dwelling)
    for other in (there, let.housing(), make.make_officer("reviewer"), landlord, account):
        with pytest.raises(NotAllowed):
            homes.same_place(home, dwelling, actor=other.actor)
    homes.same_place(home, dwelling, actor=here.actor)
    assert kinds(account.person) == STATE
    assert not dwellings.registered_elsewhere(here.actor, dwelling)
    registration.leave(account.person, TODAY, actor=account.actor, today=TODAY)
    with pytest.raises(StepForbidden):
        homes.same_place(home, dwelling, actor=here.actor)
