"""Let dwellings: recorded once, each office's answer, and who may give it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import override_settings

from juzhu.operations import tasks
from juzhu.operations.models import Event
from juzhu.people import organisations, staff
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import lettings as let
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import AREA, OTHER_AREA, TODAY
from juzhu.registration.dwellings import (
    filings,
    helping,
    inspections,
    leases,
    letting,
    owed,
    papers,
    queries,
    recording,
    titles,
)
from juzhu.registration.dwellings.capacity import capacity, holds
from juzhu.registration.dwellings.leases import TenantSaid
from juzhu.registration.dwellings.recording import RoomSaid
from juzhu.registration.dwellings.rights import Landlord
from juzhu.registration.errors import (
    AskedForAlready,
    DayInvalid,
    DwellingGone,
    DwellingInvalid,
    InspectionDone,
    InspectionInvalid,
    LandNotForIt,
    LeaseInvalid,
    NearToIt,
    NotRegistered,
    PapersMissing,
    ReasonTooShort,
    RoomNotForLiving,
    SaidTooLittle,
    StepForbidden,
    StillLet,
    YoursAlready,
)
from juzhu.registration.models import Dwelling, Inspection, LettingRecord, Report, Tenant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def states(dwelling: Dwelling) -> dict[str, str]:
    return {thing.what: thing.state for thing in owed.things(Dwelling.objects.get(pk=dwelling.pk), TODAY)}


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


def test_the_lists_count_as_the_function_does():
    rooms = tuple(
        RoomSaid(f"{use}{metres}{is_let}", use, Decimal(metres), is_let)
        for use in ("bedroom", "living", "kitchen", "garage", "other")
        for metres in ("3.99", "4", "7.99", "8", "30")
        for is_let in (True, False)
        if not is_let or use in {"bedroom", "living"}
    )
    dwelling, _claim, _account = let.recorded(rooms=rooms)
    row = queries.with_people(Dwelling.objects.all(), TODAY).get()
    assert row.fits == capacity(dwelling.rooms.all()).people == 12


@pytest.mark.requirement("B05")
def test_a_dwelling_is_recorded_with_its_rooms_and_its_title_waits():
    dwelling, claim, account = let.recorded()
    assert (dwelling.number, claim.number, claim.state) == ("FW-2026-000001", "CQ-2026-000001", "asked")
    assert dwelling.rooms.count() == 3
    assert list(queries.own(account.actor)) == [dwelling]
    assert states(dwelling) == {
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
    assert states(claim.dwelling)["title"] == "returned"
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
    assert states(dwelling)["letting"] == "done"
    letting.end(again, actor=account.actor, today=TODAY)
    assert states(dwelling)["letting"] == "to_hand_in"


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
    with pytest.raises(NearToIt):
        letting.record(row, actor=clerk.actor, today=TODAY)
    with pytest.raises(NearToIt):
        leases.see(lease, actor=street.actor, today=TODAY)
    leases.see(lease, actor=let.subdistrict().actor, today=TODAY)


def test_a_lease_names_its_tenants_and_reports_them_with_it():
    dwelling, _claim, account = let.recorded()
    known, unknown = make.make_person("林海峰"), make.identity("新人")
    lease = let.leased(
        dwelling,
        account,
        known,
        room="主卧",
        tenants=(
            TenantSaid("林海峰", known.identity_number),
            TenantSaid("新人", unknown.identity_number, "13900001111"),
            TenantSaid("路人", known.identity_number[:-1] + "", ""),
        )[:2],
    )
    assert [row.person for row in lease.tenants.order_by("pk")] == [known, None]
    assert lease.room.name == "主卧"
    assert {row.name for row in Report.objects.filter(kind="lease", phase="began")} == {"林海峰", "新人"}
    assert Report.objects.first().dwelling == dwelling
    leases.end(lease, TODAY, actor=account.actor, today=TODAY)
    assert Report.objects.filter(phase="ended").count() == 2
    with pytest.raises(StepForbidden):
        leases.end(lease, TODAY, actor=account.actor, today=TODAY)


def test_a_number_with_another_s_name_is_nobody():
    dwelling, _claim, account = let.recorded()
    person = make.make_person("林海峰")
    let.leased(dwelling, account, tenants=(TenantSaid("林海锋", person.identity_number),))
    assert Tenant.objects.get().person is None


@pytest.mark.parametrize(
    ("about", "field"),
    [
        ({"until_on": date(2025, 8, 31)}, "until_on"),
        ({"until_on": date(2045, 9, 1)}, "until_on"),
        ({"room": "厨房"}, "room"),
        ({"room": "阁楼"}, "room"),
        ({"tenants": ()}, "tenants-0-name"),
        ({"tenants": (TenantSaid(" "),)}, "tenants-0-name"),
        ({"tenants": (TenantSaid("甲", part="household"),)}, "tenants-0-name"),
        ({"tenants": (TenantSaid("甲"), TenantSaid("乙", "11010119900101001"))}, "tenants-1-identity_number"),
        ({"tenants": (TenantSaid("甲", phone="12"),)}, "tenants-0-phone"),
        ({"monthly_rent_fen": -1}, "monthly_rent"),
        ({"files": []}, "papers"),
    ],
)
def test_a_lease_that_can_t_be_is_refused_and_names_its_field(about, field):
    dwelling, _claim, account = let.recorded()
    with pytest.raises((LeaseInvalid, PapersMissing)) as refused:
        let.leased(dwelling, account, make.make_person("林海峰"), **about)
    assert refused.value.about["field"] == field


def test_a_lease_of_exactly_twenty_years_is_taken():
    dwelling, _claim, account = let.recorded()
    assert let.leased(dwelling, account, make.make_person("林海峰"), until_on=date(2045, 8, 31))


@pytest.mark.requirement("C04")
def test_housing_files_leases_on_state_land_with_its_number_and_day():
    dwelling, _claim, account = let.recorded()
    lease = let.leased(dwelling, account, make.make_person("林海峰"))
    with pytest.raises(NotAllowed):
        filings.ask(lease, actor=make.make_account("路人").actor, today=TODAY)
    row = filings.ask(lease, actor=account.actor, today=TODAY)
    with pytest.raises(AskedForAlready):
        filings.ask(lease, actor=account.actor, today=TODAY)
    bureau = let.housing()
    for officer in (let.subdistrict(), make.make_officer("chief")):
        assert not queries.filings_asked(officer.actor)
        with pytest.raises(NotAllowed):
            filings.file(row, "一号", TODAY, actor=officer.actor, today=TODAY)
    assert list(queries.filings_asked(bureau.actor)) == [row]
    with pytest.raises(LeaseInvalid):
        filings.file(row, " ", TODAY, actor=bureau.actor, today=TODAY)
    with pytest.raises(DayInvalid):
        filings.file(row, "一号", TODAY + timedelta(days=1), actor=bureau.actor, today=TODAY)
    done = filings.file(row, "一号", TODAY, actor=bureau.actor, today=TODAY)
    assert (done.state, done.filing_number, done.answered_on) == ("filed", "一号", TODAY)
    with pytest.raises(LandNotForIt):
        leases.see(lease, actor=let.subdistrict().actor, today=TODAY)
    back = filings.take_back(row, "合同是假的，撤销备案。", actor=bureau.actor, today=TODAY)
    assert (back.state, states(dwelling)["lease"]) == ("returned", "returned")


def test_leases_on_collective_land_are_looked_at_by_the_subdistrict():
    dwelling, _claim, account = let.recorded(land="collective", commodity=None)
    lease = let.leased(dwelling, account, make.make_person("林海峰"))
    with pytest.raises(LandNotForIt):
        filings.ask(lease, actor=account.actor, today=TODAY)
    here, there = let.subdistrict(), let.subdistrict((OTHER_AREA,))
    assert not queries.leases_asked(there.actor)
    with pytest.raises(NotAllowed):
        leases.see(lease, actor=there.actor, today=TODAY)
    assert list(queries.leases_asked(here.actor)) == [lease]
    leases.give_back(lease, "没有承租人签名。", actor=here.actor, today=TODAY)
    assert states(dwelling)["lease"] == "returned"
    other = let.leased(dwelling, account, make.make_person("林海燕"))
    leases.see(other, actor=here.actor, today=TODAY)
    assert not queries.leases_asked(here.actor)


@pytest.mark.requirement("C04")
def test_a_passed_inspection_holds_as_long_as_the_setting_says():
    dwelling, _claim, account = let.recorded()
    street = let.subdistrict()
    row = let.inspected(dwelling, account, street)
    assert (row.state, row.valid_until, row.inspector_name) == ("passed", date(2027, 3, 10), "朱虹")
    with override_settings(JUZHU_INSPECTION_VALID_MONTHS=6):
        again = let.inspected(dwelling, account, street)
    assert again.valid_until == date(2026, 9, 10)


@pytest.mark.parametrize("code", sorted(inspections.AMISS))
def test_one_thing_amiss_fails_says_what_to_mend_and_a_second_look_follows(code):
    dwelling, _claim, account = let.recorded()
    street = let.subdistrict()
    bad = let.found(answers={code: inspections.AMISS[code]})
    row = inspections.ask(dwelling, actor=account.actor, today=TODAY)
    with pytest.raises(InspectionInvalid):
        inspections.record(row, bad, "key-1", actor=street.actor, today=TODAY)
    mend_by = TODAY + timedelta(days=10)
    done = inspections.record(
        row, replace(bad, mend_by=mend_by, note="换一个。"), "key-1", actor=street.actor, today=TODAY
    )
    assert (done.state, done.mend_by, done.valid_until) == ("failed", mend_by, None)
    assert done.to_mend == [{"code": code, "note": ""}, {"code": "note", "note": "换一个。"}]
    assert list(queries.mending(street.actor)) == [done]
    again = inspections.ask(dwelling, actor=account.actor, today=TODAY)
    assert again.again == done
    assert not queries.mending(street.actor)
    assert inspections.record(again, let.found(), "key-2", actor=street.actor, today=TODAY).state == "passed"


def test_more_people_than_fit_fail_unless_the_officer_finds_supported_relatives():
    dwelling, _claim, account = let.recorded()
    street = let.subdistrict()
    many = let.found(tenants=4, mend_by=TODAY)
    assert let.inspected(dwelling, account, street, many).to_mend == [{"code": "crowded", "note": ""}]
    assert let.inspected(dwelling, account, street, replace(many, relatives=True)).state == "passed"


def test_what_is_sent_twice_is_kept_once_and_what_another_has_done_is_not_written_over():
    dwelling, _claim, account = let.recorded()
    street, colleague = let.subdistrict(), let.subdistrict()
    row = inspections.ask(dwelling, actor=account.actor, today=TODAY)
    first = inspections.record(row, let.found(), "device-1", actor=street.actor, today=TODAY)
    again = inspections.record(row, let.found(tenants=1), "device-1", actor=street.actor, today=TODAY)
    assert (first.pk, again.answers["tenants"]) == (again.pk, 2)
    assert Event.objects.filter(kind="inspection.passed").count() == 1
    with pytest.raises(InspectionDone):
        inspections.record(row, let.found(), "device-2", actor=colleague.actor, today=TODAY)
    other, _claim, landlord = let.recorded(let.landlord("房东乙"), address="台州路 1 号")
    second = inspections.ask(other, actor=landlord.actor, today=TODAY)
    with pytest.raises(InspectionInvalid):
        inspections.record(second, let.found(), "device-1", actor=street.actor, today=TODAY)


def test_only_the_subdistrict_of_the_area_inspects():
    dwelling, _claim, account = let.recorded()
    with pytest.raises(NotAllowed):
        inspections.ask(dwelling, actor=make.make_account("路人").actor, today=TODAY)
    row = inspections.ask(dwelling, actor=account.actor, today=TODAY)
    here, there = let.subdistrict(), let.subdistrict((OTHER_AREA,))
    assert (list(queries.inspections_asked(here.actor)), list(queries.inspections_asked(there.actor))) == (
        [row],
        [],
    )
    for officer in (there, make.make_officer("chief"), let.housing()):
        with pytest.raises(NotAllowed):
            inspections.record(row, let.found(), "key-1", actor=officer.actor, today=TODAY)


def test_what_comes_very_late_or_from_the_future_is_not_taken():
    dwelling, _claim, account = let.recorded()
    street = let.subdistrict()
    row = inspections.ask(dwelling, actor=account.actor, today=TODAY)
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=61)):
        with pytest.raises(InspectionInvalid):
            inspections.record(row, let.found(day), "key-1", actor=street.actor, today=TODAY)
    assert inspections.record(
        row, let.found(TODAY - timedelta(days=60)), "key-1", actor=street.actor, today=TODAY
    )


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
    with pytest.raises(NearToIt):
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


def full_house() -> tuple[Dwelling, Account]:
    """Three fit. Two tenants are named, one of whom is registered, and three others are registered."""
    dwelling, _claim, account = let.recorded()
    people = [make.make_person(f"住户{sign}") for sign in "甲乙丙丁戊"]
    let.leased(dwelling, account, *people[:2])
    for person in people[1:]:
        make.register(person, TODAY)
    tasks.run_all()
    return dwelling, account


def test_people_are_counted_once_and_too_many_are_listed_for_the_area_alone():
    dwelling, _account = full_house()
    here, there = let.subdistrict(), let.subdistrict((OTHER_AREA,))
    row = queries.crowded(here.actor, TODAY).get()
    assert (row, row.fits, row.living) == (dwelling, 3, 5)
    assert queries.crowded(make.make_officer("clerk").actor, TODAY).count() == 1
    for stranger in (there.actor, make.make_account("路人").actor, make.make_officer("auditor").actor):
        assert not queries.crowded(stranger, TODAY)


def test_three_who_fit_are_not_listed():
    dwelling, _claim, account = let.recorded()
    people = [make.make_person(f"住户{sign}") for sign in "甲乙丙"]
    let.leased(dwelling, account, *people)
    for person in people:
        make.register(person, TODAY)
    tasks.run_all()
    assert not queries.crowded(let.subdistrict().actor, TODAY)


def test_what_is_let_without_a_record_is_listed_until_it_is_recorded():
    dwelling, _account = full_house()
    clerk, there = make.make_officer("clerk"), make.make_officer("clerk", (OTHER_AREA,))
    assert list(queries.without_record(clerk.actor, TODAY)) == [dwelling]
    assert not queries.without_record(there.actor, TODAY)
    assert not queries.without_record(_account.actor, TODAY)
    row = letting.file(dwelling, actor=_account.actor, today=TODAY)
    assert queries.without_record(clerk.actor, TODAY)
    letting.record(row, actor=clerk.actor, today=TODAY)
    assert not queries.without_record(clerk.actor, TODAY)


def test_leases_are_listed_thirty_days_before_they_end():
    dwelling, _claim, account = let.recorded()
    lease = let.leased(dwelling, account, make.make_person("林海峰"), until_on=TODAY + timedelta(days=31))
    here, there = let.subdistrict(), let.subdistrict((OTHER_AREA,))
    assert not queries.leases_ending(here.actor, TODAY)
    tomorrow = TODAY + timedelta(days=1)
    assert list(queries.leases_ending(here.actor, tomorrow)) == [lease]
    assert not queries.leases_ending(there.actor, tomorrow)
    assert not queries.leases_ending(account.actor, tomorrow)
    assert not queries.leases_ending(here.actor, TODAY + timedelta(days=32))


def test_inspections_are_listed_before_they_lapse_until_one_is_asked_for():
    dwelling, _claim, account = let.recorded()
    here, there = let.subdistrict(), let.subdistrict((OTHER_AREA,))
    done = let.inspected(dwelling, account, here)
    day = date(2027, 2, 7)
    assert not queries.inspections_lapsing(here.actor, day)
    day += timedelta(days=1)
    assert list(queries.inspections_lapsing(here.actor, day)) == [done]
    assert not queries.inspections_lapsing(there.actor, day)
    assert not queries.inspections_lapsing(account.actor, day)
    inspections.ask(dwelling, actor=here.actor, today=day)
    assert not queries.inspections_lapsing(here.actor, day)


def test_lists_cost_as_many_queries_for_many_as_for_one(django_assert_num_queries):
    for n in range(5):
        dwelling, _claim, account = let.recorded(let.landlord(f"房东{n}"), address=f"台州路 {n} 号")
        let.leased(dwelling, account, make.make_person("林海峰"))
    here = let.subdistrict().actor
    with django_assert_num_queries(1):
        assert len(list(queries.without_record(here, TODAY))) == 5
    with django_assert_num_queries(1):
        assert not list(queries.crowded(here, TODAY))


def test_a_tenant_says_that_the_landlord_won_t_help_and_is_answered():
    account, stranger = make.make_account("林海峰"), make.make_account("路人")
    with pytest.raises(NotRegistered):
        helping.call(account.person, "房东不肯给产权证。", actor=account.actor, today=TODAY)
    make.register(account.person, TODAY)
    with pytest.raises(NotAllowed):
        helping.call(account.person, "房东不肯给产权证。", actor=stranger.actor, today=TODAY)
    with pytest.raises(SaidTooLittle):
        helping.call(account.person, "不肯", actor=account.actor, today=TODAY)
    row = helping.call(account.person, "房东不肯给产权证。", actor=account.actor, today=TODAY)
    with pytest.raises(AskedForAlready):
        helping.call(account.person, "房东不肯给产权证。", actor=account.actor, today=TODAY)
    here, there = let.subdistrict(), let.subdistrict((OTHER_AREA,))
    assert (list(queries.help_calls(here.actor)), list(queries.help_calls(there.actor))) == ([row], [])
    assert not queries.help_calls(make.make_officer("clerk").actor)
    assert not queries.help_calls_of(stranger.actor, TODAY)
    with pytest.raises(NotAllowed):
        helping.take_up(row, actor=there.actor)
    helping.take_up(row, actor=here.actor)
    with pytest.raises(SaidTooLittle):
        helping.settle(row, "好", actor=here.actor)
    helping.settle(row, "已经上门，房东今天来交。", actor=here.actor)
    with pytest.raises(StepForbidden):
        helping.settle(row, "已经上门，房东今天来交。", actor=here.actor)
    assert queries.help_calls_of(account.actor, TODAY).get().answer == "已经上门，房东今天来交。"
    assert row.area == AREA
