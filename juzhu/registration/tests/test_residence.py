"""Registering, moving, leaving: one current registration a person, and what the law makes of it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from juzhu.law import calendar, eligibility, policy
from juzhu.law import facts as law
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people.models import Person
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.registration import actions, queries
from juzhu.registration.errors import (
    AlreadyRegistered,
    DayInvalid,
    HouseholdIsLocal,
    NotRegistered,
    PlaceUnknown,
)
from juzhu.registration.models import Community, Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
RULES = policy.load("gongshu-2022")


@pytest.fixture
def person() -> Person:
    return make.make_person()


def move(person: Person, on: date, **about) -> Registration:
    stay = make.stay(**{"since": on, "address": "新址 8 号", **about})
    return actions.move(person, stay, actor=SYSTEM, today=on)


def half_year(person: Person, on: date) -> str:
    facts = law.Facts(
        person=law.Person(born=person.born, household_division=person.household_division),
        registrations=queries.as_facts(queries.history(person.pk)),
    )
    findings = eligibility.decide(facts, RULES, on, "employment").findings
    return next(found.state for found in findings if found.code == "residence_half_year")


def test_a_registration_has_its_number_at_once(person: Person):
    made = make.register(person, TODAY)
    assert made.number == "DJ-2026-000001"
    assert (made.registered_on, made.arrived_on, made.ended_on) == (TODAY, TODAY, None)
    assert made.division == "330105"
    assert made.full_address.startswith("拱宸桥街道")
    event = Event.objects.get(kind="registration.opened")
    assert (event.person_id, event.data) == (person.pk, {"number": made.number, "late": False})


@pytest.mark.parametrize(
    ("arrived", "last_day"),
    [
        (date(2026, 3, 9), date(2026, 3, 12)),
        (date(2026, 3, 6), date(2026, 3, 11)),
        (date(2026, 9, 30), date(2026, 10, 10)),
        (date(2026, 2, 13), date(2026, 2, 25)),
    ],
)
def test_three_working_days_count_round_weekends_and_holidays(person: Person, arrived: date, last_day: date):
    in_time = actions.register(person, make.stay(since=arrived), actor=SYSTEM, today=last_day)
    assert (in_time.due_on, in_time.late) == (last_day, False)
    other = make.make_person("林海峰")
    day_after = calendar.ONE_DAY + last_day
    assert actions.register(other, make.stay(since=arrived), actor=SYSTEM, today=day_after).late


def test_a_move_may_be_reported_for_ten_days_rolled_over_a_rest_day(person: Person):
    make.register(person, date(2025, 7, 1))
    moved = actions.move(person, make.stay(since=date(2026, 3, 4)), actor=SYSTEM, today=date(2026, 3, 16))
    assert (moved.due_on, moved.late) == (date(2026, 3, 16), False)


def test_a_move_reported_after_ten_days_is_late(person: Person):
    make.register(person, date(2025, 7, 1))
    moved = actions.move(person, make.stay(since=date(2026, 2, 20)), actor=SYSTEM, today=TODAY)
    assert (moved.due_on, moved.late) == (date(2026, 3, 2), True)


def test_a_move_closes_the_old_registration_and_the_residence_goes_on(person: Person):
    first = make.register(person, date(2025, 7, 1))
    second = move(person, date(2026, 3, 1))
    first.refresh_from_db()
    assert (first.ended_on, first.end_reason) == (date(2026, 3, 1), "moved")
    assert (second.follows_id, second.ended_on) == (first.pk, None)
    assert second.number != first.number
    assert half_year(person, TODAY) == "met"


def test_two_moves_on_one_day_leave_one_current_registration(person: Person):
    make.register(person, TODAY)
    move(person, TODAY)
    move(person, TODAY)
    assert queries.history(person.pk).filter(ended_on=None).count() == 1
    assert queries.history(person.pk).count() == 3


def test_who_comes_back_within_ten_days_goes_on_and_later_begins_anew(person: Person):
    make.register(person, date(2025, 7, 1))
    actions.leave(person, date(2026, 2, 1), actor=SYSTEM, today=date(2026, 2, 1))
    make.register(person, date(2026, 2, 11))
    assert half_year(person, TODAY) == "met"
    late = make.make_person("林海峰")
    make.register(late, date(2025, 7, 1))
    actions.leave(late, date(2026, 2, 1), actor=SYSTEM, today=date(2026, 2, 1))
    make.register(late, date(2026, 2, 12))
    assert half_year(late, TODAY) == "unmet"


def test_the_residence_counts_from_registration_and_not_from_arrival(person: Person):
    actions.register(person, make.stay(since=date(2025, 1, 1)), actor=SYSTEM, today=date(2026, 3, 9))
    assert half_year(person, TODAY) == "unmet"


def test_leaving_ends_the_registration_on_its_last_day(person: Person):
    make.register(person, date(2025, 7, 1))
    left = actions.leave(person, date(2026, 3, 8), actor=SYSTEM, today=TODAY)
    assert (left.ended_on, left.end_reason) == (date(2026, 3, 8), "left")
    with pytest.raises(NotRegistered):
        actions.leave(person, TODAY, actor=SYSTEM, today=TODAY)


@pytest.mark.parametrize("day", [date(2025, 6, 30), date(2026, 3, 11)])
def test_nobody_leaves_before_registering_or_tomorrow(person: Person, day: date):
    make.register(person, date(2025, 7, 1))
    with pytest.raises(DayInvalid) as refused:
        actions.leave(person, day, actor=SYSTEM, today=TODAY)
    assert refused.value.about["field"] == "left_on"


def test_a_new_workplace_changes_neither_number_nor_residence(person: Person):
    made = make.register(person, date(2025, 7, 1))
    changed = actions.change_workplace(person, "运河服饰有限公司（示例）", actor=SYSTEM, today=TODAY)
    assert (changed.pk, changed.number, changed.workplace) == (
        made.pk,
        made.number,
        "运河服饰有限公司（示例）",
    )
    assert changed.workplace_since == TODAY
    assert queries.history(person.pk).count() == 1
    with pytest.raises(NotRegistered):
        actions.change_workplace(make.make_person("林海峰"), "别处", actor=SYSTEM, today=TODAY)


@pytest.mark.requirement("E08")
def test_a_workplace_holds_from_a_day_that_has_come_and_none_before_the_last_word(person: Person):
    make.register(person, date(2025, 7, 1))
    since = date(2026, 2, 20)
    changed = actions.change_workplace(person, "北站仓储（示例）", actor=SYSTEM, today=TODAY, since=since)
    assert changed.workplace_since == since
    said = Event.objects.get(kind="registration.workplace").data
    assert (said["since"], said["late"]) == ("2026-02-20", True)
    for day in (date(2026, 3, 11), date(2026, 2, 19)):
        with pytest.raises(DayInvalid) as refused:
            actions.change_workplace(person, "别处", actor=SYSTEM, today=TODAY, since=day)
        assert refused.value.about["field"] == "since"
    again = actions.change_workplace(person, "北站仓储（示例）", actor=SYSTEM, today=TODAY)
    assert (again.workplace_since, Event.objects.filter(kind="registration.workplace").count()) == (since, 1)


def test_who_is_registered_reports_a_move_instead(person: Person):
    make.register(person, TODAY)
    with pytest.raises(AlreadyRegistered):
        make.register(person, TODAY)


def test_who_is_not_registered_cannot_move(person: Person):
    with pytest.raises(NotRegistered):
        move(person, TODAY)


@pytest.mark.parametrize("division", ["330105", "330106", "330100", "330104", "330184"])
def test_a_local_household_needs_no_registration(division: str):
    with pytest.raises(HouseholdIsLocal):
        make.register(make.make_person(household_division=division), TODAY)


@pytest.mark.parametrize("division", ["330122", "330182", "330127", "341221"])
def test_the_counties_around_hangzhou_are_outside(division: str):
    assert make.register(make.make_person(household_division=division), TODAY).pk


@pytest.mark.parametrize(
    ("place", "field"),
    [
        ({"subdistrict": "330106001"}, "subdistrict"),
        ({"subdistrict": ""}, "subdistrict"),
        ({"community": "330105005999"}, "community"),
    ],
)
def test_an_unknown_place_is_refused(person: Person, place: dict[str, str], field: str):
    with pytest.raises(PlaceUnknown) as refused:
        make.register(person, TODAY, **place)
    assert refused.value.about["field"] == field


def test_a_community_belongs_to_its_subdistrict(person: Person):
    Community.objects.create(code="330105005001", subdistrict=make.AREA, name="桥西社区")
    with pytest.raises(PlaceUnknown):
        make.register(person, TODAY, subdistrict=make.OTHER_AREA, community="330105005001")
    made = make.register(person, TODAY, community="330105005001")
    assert made.full_address.startswith("拱宸桥街道桥西社区")
    assert [row.name for row in queries.communities(make.AREA)] == ["桥西社区"]


@pytest.mark.parametrize("day", [date(2026, 3, 11), date(9999, 12, 31)])
def test_nobody_arrived_tomorrow(person: Person, day: date):
    with pytest.raises(DayInvalid) as refused:
        actions.register(person, make.stay(since=day), actor=SYSTEM, today=TODAY)
    assert refused.value.about["field"] == "since"


def test_a_move_that_is_refused_leaves_the_old_registration_open(person: Person):
    make.register(person, date(2025, 7, 1))
    for wrong in ({"since": date(2026, 3, 11)}, {"since": date(2025, 6, 30)}, {"subdistrict": "x"}):
        with pytest.raises((DayInvalid, PlaceUnknown)):
            actions.move(person, make.stay(**wrong), actor=SYSTEM, today=TODAY)
    assert Registration.objects.get().ended_on is None


def test_the_same_key_gives_the_same_registration(person: Person):
    first = actions.register(person, make.stay(), actor=SYSTEM, today=TODAY, key="k1")
    assert actions.register(person, make.stay(), actor=SYSTEM, today=TODAY, key="k1").pk == first.pk
    moved = actions.move(person, make.stay(address="新址"), actor=SYSTEM, today=TODAY, key="k2")
    assert actions.move(person, make.stay(address="新址"), actor=SYSTEM, today=TODAY, key="k2").pk == moved.pk
    assert Registration.objects.count() == 2
    assert Event.objects.filter(kind__startswith="registration.").count() == 2


def test_one_persons_key_is_not_anothers(person: Person):
    other = make.make_person("林海峰")
    mine = actions.register(person, make.stay(), actor=SYSTEM, today=TODAY, key="k")
    assert actions.register(other, make.stay(), actor=SYSTEM, today=TODAY, key="k").pk != mine.pk


def test_the_database_holds_one_current_registration_a_person(person: Person):
    made = make.register(person, date(2025, 7, 1))
    second = Registration.objects.get(pk=made.pk)
    second.pk, second.number, second.follows = None, "DJ-2026-999999", None
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)


@pytest.mark.parametrize("wrong", [{"ended_on": date(2025, 6, 30)}, {"arrived_on": date(2025, 7, 2)}])
def test_the_database_holds_days_in_their_order(person: Person, wrong: dict[str, date]):
    made = make.register(person, date(2025, 7, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=made.pk).update(**wrong)
