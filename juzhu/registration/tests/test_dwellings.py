"""Let dwellings: recorded once, their titles, their registration with the police, who may do what."""

from __future__ import annotations

from decimal import Decimal

import pytest

from juzhu.operations.models import Event
from juzhu.people import organisations, staff
from juzhu.people.errors import NotAllowed
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import lettings as let
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import OTHER_AREA, TODAY
from juzhu.registration.dwellings import (
    inspections,
    leases,
    letting,
    papers,
    queries,
    recording,
    titles,
)
from juzhu.registration.dwellings.capacity import capacity, holds
from juzhu.registration.dwellings.recording import RoomSaid
from juzhu.registration.dwellings.rights import Landlord
from juzhu.registration.errors import (
    AskedForAlready,
    ConflictOfInterest,
    DwellingGone,
    DwellingInvalid,
    PapersMissing,
    ReasonTooShort,
    RoomNotForLiving,
    StepForbidden,
    StillLet,
    YoursAlready,
)
from juzhu.registration.models import Dwelling, Inspection, LettingRecord

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


@pytest.mark.requirement("C04")
@pytest.mark.parametrize(
    ("metres", "designed", "is_let", "people", "limit"),
    [
        ("3.99", "bedroom", True, 0, "metres"),
        ("4.00", "bedroom", True, 1, "metres"),
        ("7.99", "living", True, 1, "metres"),
        ("8.00", "bedroom", True, 2, "room"),
        ("60.00", "living", True, 2, "room"),
        ("20.00", "bedroom", False, 0, "not_let"),
        *((("20.00", use, True, 0, "use")) for use in ("kitchen", "balcony", "cellar", "garage", "other")),
    ],
)
def test_four_square_metres_each_and_two_in_a_room(metres, designed, is_let, people, limit):
    row = holds(RoomSaid("甲", designed, Decimal(metres), is_let))
    assert (row.people, row.limit) == (people, limit)


def test_a_dwelling_holds_what_its_rooms_hold():
    assert capacity(let.ROOMS).people == 3
    assert capacity(let.ROOMS).room("次卧") == 1
    assert not capacity(let.ROOMS).large
    assert capacity([RoomSaid(str(n), "bedroom", Decimal(9)) for n in range(10)]).large


@pytest.mark.requirement("B05")
def test_a_dwelling_is_recorded_with_its_rooms_and_its_title_waits():
    dwelling, claim, account = let.recorded()
    assert (dwelling.number, claim.number, claim.state) == ("FW-2026-000001", "CQ-2026-000001", "asked")
    assert dwelling.rooms.count() == 3
    assert list(queries.own(account.actor)) == [dwelling]
    assert let.states(dwelling) == {
        "title": "waiting",
        "letting": "to_hand_in",
        "inspection": "to_hand_in",
        "lease": "to_hand_in",
    }
    assert Event.objects.filter(kind="dwelling.recorded").count() == 1


@pytest.mark.parametrize(
    ("about", "field"),
    [
        ({"subdistrict": "330106001"}, "subdistrict"),
        ({"community": "330105005999"}, "community"),
        ({"address": " - "}, "address"),
        ({"land": ""}, "land"),
        ({"land": "collective", "commodity": True}, "commodity"),
        ({"rooms": ()}, "rooms"),
        ({"rooms": (RoomSaid("甲", "bedroom", Decimal(9)),) * 2}, "rooms"),
        ({"rooms": (RoomSaid("甲", "bedroom", Decimal(0)),)}, "rooms-0"),
        ({"rooms": (RoomSaid("甲", "bedroom", Decimal(9), let=False),)}, "rooms"),
    ],
)
def test_what_can_t_be_is_refused_and_names_its_field(about, field):
    with pytest.raises(DwellingInvalid) as refused:
        let.recorded(**about)
    assert refused.value.about["field"] == field
    assert not Dwelling.objects.exists()


@pytest.mark.parametrize("use", ["kitchen", "balcony", "cellar", "garage", "other"])
def test_a_kitchen_balcony_cellar_or_garage_is_never_let(use):
    with pytest.raises(RoomNotForLiving):
        let.recorded(rooms=(RoomSaid("甲", "bedroom", Decimal(9)), RoomSaid("乙", use, Decimal(9))))


def test_a_title_comes_with_its_scan():
    who, account = let.landlord()
    with pytest.raises(PapersMissing):
        recording.record(
            who, let.said(), let.title(account.actor, files=[]), actor=account.actor, today=TODAY
        )


def test_an_address_is_recorded_once_however_it_is_written():
    dwelling, _claim, first = let.recorded()
    second, account = let.landlord("房东乙")
    made = recording.record(
        second,
        let.said(address="拱墅区桥弄街６号楼2单元-301"),
        let.title(account.actor),
        actor=account.actor,
        today=TODAY,
    )
    assert (made.new, made.dwelling, Dwelling.objects.count()) == (False, dwelling, 1)
    assert list(queries.own(first.actor)) == [dwelling]
    assert not queries.own(account.actor)
    assert list(queries.claimed(account.actor)) == [made.claim]
    with pytest.raises(YoursAlready):
        let.recorded((Landlord(first.person), first))
    with pytest.raises(AskedForAlready):
        let.recorded((second, account))


def test_who_is_confirmed_becomes_the_landlord_and_a_pretender_s_papers_end():
    dwelling, claim, pretender = let.recorded()
    lease = let.leased(dwelling, pretender, make.make_person("林海峰"))
    letting.file(dwelling, actor=pretender.actor, today=TODAY)
    _dwelling, second, account = let.recorded(let.landlord("房东乙"))
    titles.confirm(second, actor=let.housing().actor, today=TODAY)
    assert list(queries.own(account.actor)) == [dwelling]
    assert not queries.own(pretender.actor)
    lease.refresh_from_db()
    claim.refresh_from_db()
    assert (lease.ended_on, claim.state) == (TODAY, "ended")
    assert LettingRecord.objects.get().state == "ended"


def test_after_a_sale_leases_go_on_with_the_new_owner():
    dwelling, claim, seller = let.recorded()
    titles.confirm(claim, actor=let.housing().actor, today=TODAY)
    lease = let.leased(dwelling, seller, make.make_person("林海峰"))
    stranger = make.make_account("路人")
    with pytest.raises(NotAllowed):
        recording.give_up(dwelling, actor=stranger.actor, today=TODAY)
    recording.give_up(dwelling, actor=seller.actor, today=TODAY)
    assert not queries.own(seller.actor)
    _dwelling, second, buyer = let.recorded(let.landlord("房东乙"))
    assert not queries.own(buyer.actor)
    titles.confirm(second, actor=let.housing().actor, today=TODAY)
    lease.refresh_from_db()
    assert (lease.ended_on, list(queries.own(buyer.actor))) == (None, [dwelling])


@pytest.mark.parametrize(("land", "office"), [("state", "housing"), ("collective", "subdistrict")])
def test_titles_are_looked_at_by_housing_on_state_land_and_by_the_subdistrict_on_collective(land, office):
    _dwelling, claim, account = let.recorded(land=land, commodity=None)
    officers = {
        "housing": let.housing(),
        "subdistrict": let.subdistrict(),
        "elsewhere": let.subdistrict((OTHER_AREA,)),
        "education": make.make_officer("department", (), "钱", department="education"),
        "police": make.make_officer("clerk"),
    }
    for name, officer in officers.items():
        assert list(queries.titles_asked(officer.actor)) == ([claim] if name == office else []), name
        if name != office:
            with pytest.raises(NotAllowed):
                titles.confirm(claim, actor=officer.actor, today=TODAY)
    with pytest.raises(NotAllowed):
        titles.confirm(claim, actor=account.actor, today=TODAY)
    with pytest.raises(ReasonTooShort):
        titles.give_back(claim, "不清", actor=officers[office].actor, today=TODAY)
    titles.give_back(claim, "第二页看不清，请重拍。", actor=officers[office].actor, today=TODAY)
    assert let.states(claim.dwelling)["title"] == "returned"
    again = titles.show_again(claim.dwelling, let.title(account.actor), actor=account.actor, today=TODAY)
    titles.confirm(again, actor=officers[office].actor, today=TODAY)
    with pytest.raises(StepForbidden):
        titles.confirm(again, actor=officers[office].actor, today=TODAY)


@pytest.mark.requirement("B05")
def test_the_police_of_the_area_record_a_letting_and_nobody_else():
    dwelling, _claim, account = let.recorded()
    with pytest.raises(NotAllowed):
        letting.file(dwelling, actor=make.make_account("路人").actor, today=TODAY)
    row = letting.file(dwelling, actor=account.actor, today=TODAY)
    with pytest.raises(AskedForAlready):
        letting.file(dwelling, actor=account.actor, today=TODAY)
    clerk, elsewhere = make.make_officer("clerk"), make.make_officer("clerk", (OTHER_AREA,))
    for officer in (elsewhere, make.make_officer("reviewer"), let.subdistrict(), let.housing()):
        assert not queries.lettings_asked(officer.actor)
        with pytest.raises(NotAllowed):
            letting.record(row, actor=officer.actor, today=TODAY)
    assert list(queries.lettings_asked(clerk.actor)) == [row]
    letting.give_back(row, "房间数和产权证对不上。", actor=clerk.actor, today=TODAY)
    again = letting.file(dwelling, actor=account.actor, today=TODAY)
    letting.record(again, actor=make.make_officer("chief").actor, today=TODAY)
    assert let.states(dwelling)["letting"] == "done"
    letting.end(again, actor=account.actor, today=TODAY)
    assert let.states(dwelling)["letting"] == "to_hand_in"


@pytest.mark.requirement("G04")
def test_an_officer_keeps_away_from_their_own_dwelling_and_their_tenancy():
    dwelling, _claim, account = let.recorded(land="collective", commodity=None)
    row = letting.file(dwelling, actor=account.actor, today=TODAY)
    tenant = make.make_person("林海峰")
    lease = let.leased(dwelling, account, tenant)
    chief = make.make_officer("administrator")
    clerk, street = make.make_officer("clerk"), let.subdistrict()
    staff.set_staff_number(clerk, account.person.identity_number, actor=chief.actor, today=TODAY)
    staff.set_staff_number(street, tenant.identity_number, actor=chief.actor, today=TODAY)
    with pytest.raises(ConflictOfInterest):
        letting.record(row, actor=clerk.actor, today=TODAY)
    with pytest.raises(ConflictOfInterest):
        leases.see(lease, actor=street.actor, today=TODAY)
    leases.see(lease, actor=let.subdistrict().actor, today=TODAY)


def test_a_dwelling_that_is_gone_has_no_lease_and_comes_back_with_a_title():
    dwelling, claim, account = let.recorded()
    lease = let.leased(dwelling, account, make.make_person("林海峰"))
    inspections.ask(dwelling, actor=account.actor, today=TODAY)
    with pytest.raises(StillLet):
        recording.gone(dwelling, TODAY, actor=account.actor, today=TODAY)
    leases.end(lease, TODAY, actor=account.actor, today=TODAY)
    recording.gone(dwelling, TODAY, actor=account.actor, today=TODAY)
    assert Inspection.objects.get().state == "dropped"
    for act in (letting.file, inspections.ask):
        with pytest.raises(DwellingGone):
            act(dwelling, actor=account.actor, today=TODAY)
    claim.refresh_from_db()
    assert claim.state == "ended"
    _dwelling, rebuilt, _account = let.recorded((Landlord(account.person), account))
    titles.confirm(rebuilt, actor=let.housing().actor, today=TODAY)
    dwelling.refresh_from_db()
    assert dwelling.gone_on is None


def test_rooms_change_and_land_stays_once_the_title_is_confirmed():
    dwelling, claim, account = let.recorded()
    let.leased(dwelling, account, make.make_person("林海峰"), room="主卧")
    rooms = (RoomSaid("次卧", "bedroom", Decimal(9)),)
    recording.amend(dwelling, let.said(rooms=rooms), actor=account.actor)
    assert list(dwelling.rooms.values_list("name", "let")) == [("主卧", False), ("次卧", True)]
    titles.confirm(claim, actor=let.housing().actor, today=TODAY)
    with pytest.raises(DwellingInvalid):
        recording.amend(dwelling, let.said(land="collective", commodity=None), actor=account.actor)
    with pytest.raises(NotAllowed):
        recording.amend(dwelling, let.said(), actor=make.make_account("路人").actor)


def test_an_organisation_of_the_trade_lets_through_its_people():
    firm, actor = reporters.enrolled("landlord", name="拱墅公寓（示例）")
    other, others = reporters.enrolled("employer")
    made = recording.record(
        Landlord(organisation=firm), let.said(), let.title(actor), actor=actor, today=TODAY
    )
    assert list(queries.own(actor)) == [made.dwelling]
    assert not queries.own(others)
    for who, lets in ((others, firm), (others, other), (make.make_account("路人").actor, firm)):
        with pytest.raises(NotAllowed):
            recording.record(
                Landlord(organisation=lets),
                let.said(address="乙 2 号"),
                let.title(actor),
                actor=who,
                today=TODAY,
            )
    letting.file(made.dwelling, actor=actor, today=TODAY)
    member = organisations.members(firm).get().account
    clerk = make.make_officer("clerk")
    admin = make.make_officer("administrator")
    staff.set_staff_number(clerk, member.person.identity_number, actor=admin.actor, today=TODAY)
    with pytest.raises(ConflictOfInterest):
        letting.record(LettingRecord.objects.get(), actor=clerk.actor, today=TODAY)


def test_papers_open_to_the_landlord_and_to_officers_of_the_dwelling_alone():
    dwelling, claim, account = let.recorded()
    lease = let.leased(dwelling, account, make.make_person("林海峰"))
    inside = (account, make.make_officer("reviewer"), let.subdistrict(), let.housing())
    outside = (
        make.make_account("路人"),
        make.make_officer("clerk", (OTHER_AREA,)),
        make.make_officer("department", (), "钱", department="education"),
    )
    for file in (claim.files.get(), lease.files.get()):
        assert all(papers.opens(who.actor, file) for who in inside)
        assert not any(papers.opens(who.actor, file) for who in outside)
