"""Leases, their filing, and inspections: what can be, whose answer it is, what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import override_settings

from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import lettings as let
from juzhu.permits.tests.factories import OTHER_AREA, TODAY
from juzhu.registration.dwellings import (
    filings,
    inspections,
    leases,
    queries,
)
from juzhu.registration.dwellings.leases import TenantSaid
from juzhu.registration.errors import (
    AskedForAlready,
    DayInvalid,
    InspectionDone,
    InspectionInvalid,
    LandNotForIt,
    LeaseInvalid,
    PapersMissing,
    StepForbidden,
)
from juzhu.registration.models import Report, Tenant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


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
    assert (back.state, let.states(dwelling)["lease"]) == ("returned", "returned")


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
    assert let.states(dwelling)["lease"] == "returned"
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
