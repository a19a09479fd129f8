"""The offices' lists of let dwellings, and the tenants who ask for help."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from juzhu.operations import tasks
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import lettings as let
from juzhu.permits.tests.factories import AREA, OTHER_AREA, TODAY
from juzhu.registration.dwellings import (
    helping,
    inspections,
    letting,
    queries,
)
from juzhu.registration.dwellings.capacity import capacity
from juzhu.registration.dwellings.recording import RoomSaid
from juzhu.registration.errors import (
    AskedForAlready,
    NotRegistered,
    SaidTooLittle,
    StepForbidden,
)
from juzhu.registration.models import Dwelling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


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
