"""Lists of people: for oneself, for one's guardian, for an officer, and for strangers."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.operations.actors import SYSTEM, Actor
from juzhu.people import actions, queries
from juzhu.people.models import Account, Person
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
ROLES = ["clerk", "reviewer", "chief", "subdistrict", "department", "auditor", "administrator"]


@pytest.fixture
def guardian() -> Account:
    return make.make_account("周建国", date(1985, 2, 2))


@pytest.fixture
def child(guardian: Account) -> Person:
    person = make.make_person("周小宝", date(2017, 5, 1))
    assert guardian.person is not None
    actions.record_guardianship(guardian.person, person, "household_register", actor=SYSTEM)
    return person


@pytest.fixture
def stranger() -> Account:
    return make.make_account("林海峰")


def names(rows) -> set[str]:
    return {row.name for row in rows}


def test_a_citizen_is_themselves_and_their_wards(guardian: Account, child: Person, stranger: Account):
    assert names(queries.own_and_wards(guardian.actor, TODAY)) == {"周建国", "周小宝"}
    assert names(queries.own_and_wards(stranger.actor, TODAY)) == {"林海峰"}
    child_alone = Actor("citizen", 99, child.pk)
    assert names(queries.own_and_wards(child_alone, TODAY)) == {"周小宝"}


def test_two_guardians_see_the_child_once(guardian: Account, child: Person, stranger: Account):
    assert stranger.person is not None
    actions.record_guardianship(stranger.person, child, "court", actor=SYSTEM)
    assert queries.own_and_wards(guardian.actor, TODAY).filter(pk=child.pk).count() == 1
    assert queries.own_and_wards(stranger.actor, TODAY).filter(pk=child.pk).count() == 1


@pytest.mark.parametrize("role", ROLES)
def test_officers_are_nobodys_guardian(role: str, guardian: Account, child: Person):
    actor = make.make_officer(role).actor
    assert not queries.own_and_wards(actor, TODAY).exists()
    assert not queries.messages_of(actor, TODAY).exists()
    assert not queries.uses_of_my_record(actor).exists()


def test_an_account_without_a_person_sees_nobody(child: Person):
    unbound = actions.open_account("13800138001", make.PASSWORD).actor
    for of_a_day in (queries.own_and_wards, queries.messages_of):
        assert not of_a_day(unbound, TODAY).exists()
    for seen in (queries.uses_of_my_record, queries.colleagues):
        assert not seen(unbound).exists()
    assert queries.circle_of(unbound, TODAY) == queries.inbox_page(unbound, TODAY, 0, 20) == []


def test_an_inbox_holds_ones_own_and_ones_wards_messages(
    guardian: Account, child: Person, stranger: Account, on_day, django_assert_num_queries
):
    assert guardian.person is not None
    actions.tell(guardian.person.pk, "receipt", "a")
    on_day(date(2026, 3, 11))
    actions.tell(child.pk, "issued", "b")
    with django_assert_num_queries(1):
        inbox = [
            (message.kind, message.person.name) for message in queries.messages_of(guardian.actor, TODAY)
        ]
    assert inbox == [("issued", "周小宝"), ("receipt", "周建国")]
    assert not queries.messages_of(stranger.actor, TODAY).exists()
    assert not queries.messages_of(make.make_officer().actor, TODAY).exists()


DAY_BEFORE_16, BIRTHDAY_16 = date(2033, 4, 30), date(2033, 5, 1)


def test_on_the_16th_birthday_guardianship_is_over(guardian: Account, child: Person, stranger: Account):
    other = make.make_account("周海燕", date(1986, 3, 3))
    assert other.person is not None
    actions.record_guardianship(other.person, child, "household_register", actor=SYSTEM)
    actions.tell(child.pk, "issued", "a")
    grown_up = Actor("citizen", 99, child.pk)
    for day, told in ((TODAY, True), (DAY_BEFORE_16, True), (BIRTHDAY_16, False), (date(2050, 1, 1), False)):
        for parent, name in ((guardian, "周建国"), (other, "周海燕")):
            both = {name, "周小宝"} if told else {name}
            assert names(queries.own_and_wards(parent.actor, day)) == both
            assert names(queries.circle_of(parent.actor, day)) == both
            assert queries.messages_of(parent.actor, day).exists() is told
            assert bool(queries.inbox_page(parent.actor, day, 0, 20)) is told
        assert set(names(queries.guardians_of(child, day))) == ({"周建国", "周海燕"} if told else set())
        assert names(queries.own_and_wards(grown_up, day)) == {"周小宝"}
        assert [row.kind for row in queries.inbox_page(grown_up, day, 0, 20)] == ["issued"]
        assert not queries.messages_of(stranger.actor, day).exists()
        assert names(queries.circle_of(stranger.actor, day)) == {"林海峰"}


def test_a_ward_born_on_a_29th_of_february_is_of_age_on_that_day(guardian: Account):
    leapling = make.make_person("周闰", date(2012, 2, 29))
    assert guardian.person is not None
    actions.record_guardianship(guardian.person, leapling, "court", actor=SYSTEM)
    assert len(queries.circle_of(guardian.actor, date(2028, 2, 28))) == 2
    assert len(queries.circle_of(guardian.actor, date(2028, 2, 29))) == 1


def test_everybody_sees_who_used_their_own_record(guardian: Account, child: Person, stranger: Account):
    assert guardian.person is not None
    officer = make.make_officer()
    actions.log_reading(guardian.person.pk, "case", actor=officer.actor)
    actions.reveal_identity_number(guardian.person, "核对身份证原件", actor=officer.actor)
    actions.log_reading(child.pk, "case", actor=officer.actor)
    seen = queries.uses_of_my_record(guardian.actor)
    assert {event.kind for event in seen} >= {"person.read", "person.number_revealed"}
    assert [event.position for event in seen] == sorted((event.position for event in seen), reverse=True)
    assert {event.actor_name for event in seen} == {"徐静"}
    assert not queries.uses_of_my_record(stranger.actor).exists()
    assert not queries.uses_of_my_record(officer.actor).exists()


def test_only_an_administrator_sees_the_staff(guardian: Account):
    officers = [make.make_officer(role) for role in ROLES]
    for officer in officers:
        seen = set(queries.colleagues(officer.actor).values_list("pk", flat=True))
        assert seen == ({one.pk for one in officers} if officer.role == "administrator" else set())
    assert not queries.colleagues(guardian.actor).exists()
