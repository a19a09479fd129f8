"""Lists of people: for oneself, for one's guardian, for an officer, and for strangers."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.operations.actors import SYSTEM, Actor
from juzhu.people import actions, queries
from juzhu.people.models import Account, Person
from juzhu.permits.tests import factories as make

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
    assert names(queries.own_and_wards(guardian.actor)) == {"周建国", "周小宝"}
    assert names(queries.own_and_wards(stranger.actor)) == {"林海峰"}
    child_alone = Actor("citizen", 99, child.pk)
    assert names(queries.own_and_wards(child_alone)) == {"周小宝"}


def test_two_guardians_see_the_child_once(guardian: Account, child: Person, stranger: Account):
    assert stranger.person is not None
    actions.record_guardianship(stranger.person, child, "court", actor=SYSTEM)
    assert queries.own_and_wards(guardian.actor).filter(pk=child.pk).count() == 1
    assert queries.own_and_wards(stranger.actor).filter(pk=child.pk).count() == 1


@pytest.mark.parametrize("role", ROLES)
def test_officers_are_nobodys_guardian(role: str, guardian: Account, child: Person):
    actor = make.make_officer(role).actor
    assert not queries.own_and_wards(actor).exists()
    assert not queries.messages_of(actor).exists()
    assert not queries.uses_of_my_record(actor).exists()


def test_an_account_without_a_person_sees_nobody(child: Person):
    unbound = actions.open_account("13800138001", make.PASSWORD).actor
    for seen in (queries.own_and_wards, queries.messages_of, queries.uses_of_my_record, queries.colleagues):
        assert not seen(unbound).exists()


def test_an_inbox_holds_ones_own_and_ones_wards_messages(
    guardian: Account, child: Person, stranger: Account, on_day, django_assert_num_queries
):
    assert guardian.person is not None
    actions.tell(guardian.person.pk, "receipt", "a")
    on_day(date(2026, 3, 11))
    actions.tell(child.pk, "issued", "b")
    with django_assert_num_queries(1):
        inbox = [(message.kind, message.person.name) for message in queries.messages_of(guardian.actor)]
    assert inbox == [("issued", "周小宝"), ("receipt", "周建国")]
    assert not queries.messages_of(stranger.actor).exists()
    assert not queries.messages_of(make.make_officer().actor).exists()


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
