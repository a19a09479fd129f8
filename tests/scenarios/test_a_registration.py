"""A: who registers, until when, and what they get. Further proofs of a row: docs/requirements.md."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from juzhu.documents.models import IssuedDocument
from juzhu.documents.tests.reading import content_of, joined
from juzhu.operations import tasks
from juzhu.operations.actors import SYSTEM
from juzhu.people import actions as people
from juzhu.people.actions import Claim
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import signed_in, stranger, words
from juzhu.registration import actions as registration
from juzhu.registration import exempting
from juzhu.registration.errors import HouseholdIsLocal
from juzhu.registration.models import Registration
from juzhu.registration.reporting import filing
from juzhu.registration.reporting.entries import Reporter
from tests.scenarios.makers import filed, insure, newcomer, person_of, state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
BOARDING = {"kind": "stay", "subdistrict": make.AREA, "address": "湖墅南路 1 号"}


@pytest.mark.requirement("A01")
@pytest.mark.parametrize(
    ("division", "covered"),
    [
        ("330105", False),
        ("330106", False),
        ("330103", False),
        ("330122", True),
        ("330182", True),
        ("341221", True),
    ],
)
def test_who_has_a_household_in_the_urban_area_is_not_registered_and_the_counties_are(division, covered):
    person = make.make_person(household_division=division)
    if covered:
        assert make.register(person, TODAY).pk
        return
    with pytest.raises(HouseholdIsLocal):
        make.register(person, TODAY)


@pytest.mark.requirement("A02")
def test_who_comes_from_abroad_or_from_hong_kong_macau_or_taiwan_is_told_where_to_go():
    page = words(stranger().get("/need", {"household": "abroad"}))
    assert "您不在这里登记" in page
    assert "住处的派出所" in page
    assert "还是登记" not in page


@pytest.mark.requirement("A03")
@pytest.mark.parametrize(
    ("arrived", "last_day"),
    [
        (date(2026, 3, 9), date(2026, 3, 12)),
        (date(2026, 3, 6), date(2026, 3, 11)),
        (date(2026, 9, 30), date(2026, 10, 10)),
        (date(2026, 2, 13), date(2026, 2, 25)),
    ],
)
def test_registering_is_in_time_for_three_working_days_and_accepted_after(arrived, last_day):
    for name, on in (("周晓芸", last_day), ("林海峰", last_day + timedelta(days=1))):
        row = registration.register(make.make_person(name), make.stay(since=arrived), actor=SYSTEM, today=on)
        assert (row.due_on, row.late) == (last_day, on > last_day)


@pytest.mark.requirement("A04")
def test_without_a_document_one_registers_and_the_time_counts_but_there_is_no_permit_yet(on_day):
    clerk = make.make_officer()
    claim = Claim(name="吴阿婆", sex=2, born=date(1950, 1, 2), household_division="341221")
    person = people.record_pending(claim, actor=clerk.actor, today=TODAY)
    row = make.register(person, date(2025, 7, 1))
    tasks.run_all()
    assert "身份待核实" in joined(content_of(IssuedDocument.objects.get()))
    insure(person, ("2025-01", "2026-02"))
    case = filed(person, "employment", by=clerk.actor, on=TODAY)
    assert state(case, "residence_half_year", TODAY) == "met"
    assert state(case, "identity_document", TODAY) != "met"
    assert row.ended_on is None


@pytest.mark.requirement("A08", "A09", "A10", "A11", "CF04")
@pytest.mark.parametrize("ground", ["hotel", "hospital", "school", "rescue"])
def test_who_stays_there_need_not_register_has_no_time_and_may_register(ground: str, on_day):
    account = make.make_account("许安")
    place, actor = reporters.enrolled(ground)
    came = reporters.entry(name="许安", identity_number=account.person.identity_number, **BOARDING)
    filing.file(Reporter(place), [came], actor=actor, today=TODAY)
    tasks.run_all()
    half_a_year_later = date(2026, 9, 10)
    on_day(half_a_year_later)
    client = signed_in(account)
    page = words(client.get("/"))
    assert "您现在可以不登记" in page
    assert "没有居住时间" in page
    assert not Registration.objects.exists()
    make.register(account.person, half_a_year_later)
    assert exempting.duty_of(account.person, True, half_a_year_later).answer == "registered"


@pytest.mark.requirement("A12")
@pytest.mark.parametrize(("day", "free"), [(1, True), (30, True), (31, False), (400, False)])
def test_thirty_days_with_a_close_relative_are_free_and_on_the_31st_the_page_says_so(day, free, on_day):
    account = make.make_account()
    exempting.note(account.person, "relative", TODAY, actor=account.actor, today=TODAY)
    on_day(TODAY + timedelta(days=day))
    page = words(signed_in(account).get("/"))
    assert ("您可以不登记" in page) == free
    assert ("可以不登记的日子过了" in page) != free


@pytest.mark.requirement("A13")
def test_a_certificate_of_registration_and_of_each_change_is_issued_and_pushed():
    account = newcomer(date(2025, 7, 1))
    registration.move(person_of(account), make.stay(address="新址 8 号"), actor=account.actor, today=TODAY)
    tasks.run_all()
    papers = IssuedDocument.objects.filter(kind="registration")
    assert papers.count() == 2
    client = signed_in(account)
    for paper in papers:
        assert client.get(f"/d/{paper.code}").status_code == 200
    current = Registration.objects.get(ended_on=None)
    assert client.get(f"/registration/{current.number}/certificate/zh.pdf").status_code == 200
    assert "居住登记办好了" in words(client.get("/messages"))


@pytest.mark.requirement("A14")
def test_a_change_is_in_time_for_ten_days_and_late_ones_are_accepted(on_day):
    for name, moved, late in (("周晓芸", date(2026, 2, 28), False), ("林海峰", date(2026, 2, 20), True)):
        account = newcomer(date(2025, 7, 1), name=name)
        row = registration.move(
            person_of(account), make.stay(since=moved, address="新址"), actor=account.actor, today=TODAY
        )
        assert row.late == late
    changed = registration.change_workplace(person_of(account), "新单位", actor=account.actor, today=TODAY)
    assert (changed.pk, changed.workplace) == (row.pk, "新单位")


@pytest.mark.requirement("A18", "CF17")
def test_who_leaves_says_where_to_and_is_told_what_becomes_of_time_and_permit():
    account = make.eligible_account()
    permit = make.issued(account)
    client = signed_in(account)
    page = words(client.get("/registration/leave"))
    assert permit.number in page
    assert "在杭州市区里搬，接着用" in page
    left = {"left_on_year": "2026", "left_on_month": "3", "left_on_day": "10", "understood": "on"}
    client.post("/registration/leave", {**left, "destination": "330106"})
    row = Registration.objects.get()
    assert (row.ended_on, row.destination) == (TODAY, "330106")
    assert "搬到了杭州的另一个区" in words(client.get("/registration"))
