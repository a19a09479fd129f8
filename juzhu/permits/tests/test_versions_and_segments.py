"""What a permit says and since when; and the stretches of residence, counted both ways."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from juzhu.law import lifecycle, policy
from juzhu.law.residence import Counters, Segment
from juzhu.law.residence import counters as count
from juzhu.law.residence import segments as lived
from juzhu.operations import tasks
from juzhu.permits import actions, casework, segments, versions
from juzhu.permits.models import Permit, PermitVersion, ResidenceSegment
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.registration import actions as registration
from juzhu.registration.queries import departure, stays

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
RULES = policy.load("gongshu-2022")


def endorse(account, permit: Permit, on: date, decided: date | None = None) -> Permit:
    filed = actions.request_endorsement(
        Permit.objects.get(pk=permit.pk), "employment", actor=account.actor, today=on
    )
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer")
    filed = casework.accept(filed, actor=clerk.actor, today=on)
    casework.approve(filed, actor=reviewer.actor, today=decided or on)
    return Permit.objects.select_related("person").get(pk=permit.pk)


def holder():
    account = make.eligible_account()
    make.attest_insurance(account.person, "2025-01", "2032-12")
    return account


@pytest.mark.requirement("F10", "F06")
def test_a_permit_says_at_issue_what_the_order_names():
    permit = make.issued()
    version = permit.versions.get()
    person = permit.person
    assert (version.number, version.reason, version.made_on) == (1, "issued", TODAY)
    assert (version.name, version.sex, version.born) == (person.name, person.sex, person.born)
    assert version.identity_number == person.identity_number
    assert version.household_address == person.household_address
    assert version.residence_address == person.registrations.get().full_address
    assert (version.issued_on, version.valid_until) == (TODAY, date(2027, 3, 10))
    assert version.photo_id == person.photo_id
    assert version.application.number.startswith("GS-")


@pytest.mark.requirement("F06", "E01")
def test_an_endorsement_makes_a_version_with_the_new_validity_and_keeps_the_old_one():
    account = holder()
    permit = endorse(account, make.issued(account), date(2027, 3, 9), date(2027, 3, 20))
    assert [(row.number, row.reason, row.valid_until) for row in permit.versions.all()] == [
        (2, "endorsed", date(2028, 3, 10)),
        (1, "issued", date(2027, 3, 10)),
    ]
    assert not permit.segments.exists()


def test_the_database_refuses_to_change_a_version_or_a_segment():
    account = holder()
    permit = endorse(account, make.issued(account), date(2027, 4, 6))
    for rows, change in (
        (PermitVersion.objects.all(), {"name": "别人"}),
        (ResidenceSegment.objects.all(), {"cumulative_days": 1}),
    ):
        assert rows.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.filter(permit=permit).delete()


@pytest.mark.requirement("CF17", "E08")
def test_a_move_within_the_area_keeps_the_permit_and_gives_it_to_the_new_station(on_day):
    account = holder()
    permit = make.issued(account)
    filed_on = date(2027, 3, 1)
    on_day(filed_on)
    case = actions.request_endorsement(permit, "employment", actor=account.actor, today=filed_on)
    stay = make.stay(subdistrict=make.OTHER_AREA, address="康桥路 8 号（示例）", since=filed_on)
    registration.move(account.person, stay, actor=account.actor, today=filed_on)
    assert versions.shown(permit).residence_address == "康桥街道康桥路 8 号（示例）"
    assert permit.versions.count() == 1
    tasks.run_all()
    permit.refresh_from_db()
    case.refresh_from_db()
    assert (permit.area, case.area, case.assigned_to) == (make.OTHER_AREA, make.OTHER_AREA, None)
    assert (permit.issued_on, permit.terminated_on) == (TODAY, None)
    assert [row.reason for row in permit.versions.all()] == ["moved", "issued"]
    assert permit.status(RULES, filed_on).status == "active"


@pytest.mark.requirement("E08")
def test_a_new_workplace_is_a_new_version_and_the_same_one_is_none():
    account = holder()
    permit = make.issued(account)
    since = date(2026, 3, 2)
    for _twice in range(2):
        registration.change_workplace(
            account.person, "北站仓储（示例）", actor=account.actor, today=TODAY, since=since
        )
        shown = versions.shown(permit)
        assert (shown.workplace, shown.workplace_since) == ("北站仓储（示例）", since)
        tasks.run_all()
    assert [row.reason for row in permit.versions.all()] == ["workplace", "issued"]
    kept = permit.versions.get(reason="workplace")
    assert (kept.workplace_since, kept.made_on) == (since, TODAY)


@pytest.mark.requirement("CF17")
def test_leaving_for_another_district_goes_on_and_leaving_the_area_does_not():
    near, far = make.make_person(), make.make_person()
    for person, destination in ((near, "330106"), (far, "330122")):
        make.register(person, date(2025, 9, 1))
        registration.leave(
            person, TODAY, actor=make.make_account().actor, today=TODAY, destination=destination
        )
    gone = {person.pk: departure(stays(person.pk), RULES) for person in (near, far)}
    assert (gone[near.pk].within, gone[far.pk].within) == (True, False)
    assert gone[near.pk].register_by == date(2026, 3, 20)
    make.register(near, date(2026, 3, 12))
    assert departure(stays(near.pk), RULES) is None


@pytest.mark.requirement("CF01", "E04", "E05", "E06")
def test_a_late_endorsement_closes_a_stretch_and_both_counts_go_on_differently(on_day):
    account = holder()
    permit = make.issued(account)
    permit = endorse(account, permit, date(2027, 3, 1))
    permit = endorse(account, permit, date(2028, 6, 20))
    row = permit.segments.get()
    assert (row.began_on, row.ended_on, row.ended_by) == (TODAY, date(2028, 3, 10), "suspended")
    assert (row.continuous_years, row.cumulative_days) == (2, 732)
    stretches, counted = segments.counted(permit, date(2029, 2, 1))
    assert stretches[-1] == Segment(date(2028, 6, 20), None, None)
    assert counted == Counters(0, 2, 732 + 227)
    status = permit.status(RULES, date(2029, 2, 1))
    assert status.residence_years == counted.continuous_years


@pytest.mark.requirement("CF01")
def test_the_cumulative_years_are_those_of_the_city_rule():
    """Hangzhou art. 20 as the lifecycle reads it where the policy leaves suspended time out."""
    city = policy.load("hangzhou-2018")
    assert city.parameters.late_endorsement != "restart"
    dates = lifecycle.PermitDates(date(2024, 2, 29), (date(2025, 2, 20), date(2026, 9, 1)))
    for day in (date(2026, 9, 1), date(2027, 2, 28), date(2027, 8, 31)):
        assert count(dates, city, day).cumulative_years == lifecycle.status(dates, city, day).residence_years


def test_a_permit_that_ended_on_its_first_day_has_no_stretch():
    dates = lifecycle.PermitDates(TODAY, terminated_on=TODAY)
    assert lived(dates, RULES, TODAY) == ()
    assert count(dates, RULES, TODAY) == Counters(0, 0, 0)


def test_a_permit_ended_while_suspended_worked_until_its_last_day():
    dates = lifecycle.PermitDates(TODAY, terminated_on=date(2028, 1, 1))
    assert lived(dates, RULES, date(2028, 2, 1)) == (Segment(TODAY, date(2027, 3, 10), "suspended"),)


def test_permits_of_old_get_their_first_version_in_batches_and_only_once():
    permits = [
        Permit.objects.create(
            number=f"3301{n}", public_id=f"{n:016d}", person=make.make_person(), issued_on=TODAY,
            area=make.AREA, cached_until=TODAY,
        )
        for n in range(3)
    ]  # fmt: skip
    assert versions.said(permits[0]).name == permits[0].person.name
    out = StringIO()
    call_command("make_first_versions", batch=2, stdout=out)
    assert out.getvalue().strip() == "3 permits, 3 versions made"
    assert {row.number for row in PermitVersion.objects.all()} == {1}
    out = StringIO()
    call_command("make_first_versions", stdout=out)
    assert out.getvalue().strip() == "0 permits, 0 versions made"
