"""A family at one address: one form, one transaction, each their own registration."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account, Person
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.registration import households
from juzhu.registration.errors import (
    AlreadyRegistered,
    DayInvalid,
    HouseholdIsLocal,
    NobodyMovesIn,
    NotRegistered,
)
from juzhu.registration.households import Member
from juzhu.registration.models import Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


@pytest.fixture
def mother() -> Account:
    return make.make_account("周晓芸")


def family(mother: Account, *children: Person) -> list[Member]:
    own = Member(mother.person, "work", "运河服饰有限公司")
    return [own, *(Member(child, "study", "拱墅小学") for child in children)]


def register(mother: Account, members: list[Member], **about) -> list[Registration]:
    return households.register(members, make.stay(**about), actor=mother.actor, today=TODAY)


@pytest.mark.requirement("A03", "A06")
def test_a_household_registers_in_one_go_and_each_has_their_own_number(mother: Account):
    first, second = make.child_of(mother), make.child_of(mother, "周小雨", date(2020, 2, 3))
    made = register(mother, family(mother, first, second))
    assert len({row.number for row in made}) == 3
    assert {row.household for row in made} == {"DJT-2026-000001"}
    assert [(row.person, row.reason, row.workplace) for row in made] == [
        (mother.person, "work", "运河服饰有限公司"),
        (first, "study", "拱墅小学"),
        (second, "study", "拱墅小学"),
    ]
    assert {(row.address, row.arrived_on, row.registered_on) for row in made} == {
        (make.stay().address, TODAY, TODAY)
    }
    told = Event.objects.filter(kind="registration.opened")
    assert {event.person_id for event in told} == {row.person_id for row in made}
    assert {event.data["household"] for event in told} == {"DJT-2026-000001"}


@pytest.mark.requirement("A14")
def test_who_lives_here_already_moves_and_the_residence_goes_on(mother: Account):
    old = make.register(mother.person, date(2025, 7, 1))
    child = make.child_of(mother)
    mine, childs = register(mother, family(mother, child), address="新址 8 号")
    old.refresh_from_db()
    assert (old.ended_on, old.end_reason, mine.follows_id) == (TODAY, "moved", old.pk)
    assert childs.follows_id is None


def test_what_is_refused_for_one_is_refused_for_all_and_says_whose_it_is(mother: Account):
    local = make.child_of(mother, household_division="330105")
    with pytest.raises(HouseholdIsLocal) as refused:
        register(mother, family(mother, local))
    assert refused.value.about["person"] == local.pk
    make.register(mother.person, TODAY - timedelta(days=3))
    with pytest.raises(DayInvalid) as early:
        register(mother, family(mother), since=TODAY - timedelta(days=9), address="新址 8 号")
    assert early.value.about == {"field": "since", "person": mother.person_id}
    assert Registration.objects.filter(ended_on=None).count() == 1
    assert not Event.objects.filter(kind="registration.opened", data__has_key="household").exists()


def test_the_same_key_registers_the_family_once(mother: Account):
    members = family(mother, make.child_of(mother))
    stay = make.stay()
    first = households.register(members, stay, actor=mother.actor, today=TODAY, key="k")
    again = households.register(members, stay, actor=mother.actor, today=TODAY, key="k")
    assert [row.pk for row in again] == [row.pk for row in first]
    assert Registration.objects.count() == 2


def test_a_citizen_speaks_for_themself_and_their_wards_alone(mother: Account):
    spouse, stranger = make.make_account("林海峰"), make.make_account("许安")
    child = make.child_of(mother)
    grown = make.child_of(mother, "周大满", date(2010, 3, 10))
    for not_theirs in (spouse.person, stranger.person, grown):
        with pytest.raises(NotAllowed):
            register(mother, [*family(mother, child), Member(not_theirs, "work")])
    with pytest.raises(NotAllowed):
        register(stranger, family(mother, child))
    with pytest.raises(NotAllowed):
        register(mother, [*family(mother), *family(mother)])
    with pytest.raises(NobodyMovesIn):
        register(mother, [])
    assert not Registration.objects.exists()


@pytest.mark.requirement("A18")
def test_a_household_leaves_together_or_not_at_all(mother: Account):
    child, other = make.child_of(mother), make.child_of(mother, "周小雨", date(2020, 2, 3))
    register(mother, family(mother, child))
    everybody = [mother.person, child, other]
    with pytest.raises(NotRegistered) as refused:
        households.leave(everybody, TODAY, actor=mother.actor, today=TODAY)
    assert refused.value.about["person"] == other.pk
    assert Registration.objects.filter(ended_on=None).count() == 2
    gone = households.leave(everybody[:2], TODAY, actor=mother.actor, today=TODAY, destination="330106")
    assert {(row.ended_on, row.end_reason, row.destination) for row in gone} == {(TODAY, "left", "330106")}
    assert Event.objects.filter(kind="registration.ended").count() == 2
    with pytest.raises(NotAllowed):
        households.leave([child], TODAY, actor=make.make_account("许安").actor, today=TODAY)


def test_who_lives_with_somebody_is_who_is_registered_at_that_address(mother: Account):
    child, elsewhere = make.child_of(mother), make.child_of(mother, "周小雨", date(2020, 2, 3))
    mine, childs = register(mother, family(mother, child))
    make.register(elsewhere, TODAY, address="别处 1 号")
    found = households.at_home(mine, [mother.person, child, elsewhere])
    assert found == [mine, childs]


def test_how_long_the_family_means_to_stay_is_kept_for_each(mother: Account):
    stay = replace(make.stay(), stay_until=date(2027, 3, 10))
    made = households.register(family(mother, make.child_of(mother)), stay, actor=mother.actor, today=TODAY)
    assert {row.stay_until for row in made} == {date(2027, 3, 10)}


def test_who_lives_at_that_address_already_is_not_moved_onto_themself(mother: Account):
    make.register(mother.person, date(2025, 7, 1))
    with pytest.raises(AlreadyRegistered) as refused:
        register(mother, family(mother, make.child_of(mother)), address="桥弄街6幢2单元301室")
    assert refused.value.about["person"] == mother.person_id
    assert Registration.objects.count() == 1
