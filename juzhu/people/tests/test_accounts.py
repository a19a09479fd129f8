"""Accounts, and the one person that each is bound to."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.test.utils import override_settings

from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people import actions
from juzhu.people.errors import (
    IdentityNotConfirmed,
    IdentityProviderDown,
    NotAllowed,
    PersonTaken,
    PhoneInvalid,
    PhoneTaken,
    PurposeMissing,
)
from juzhu.people.identity_provider import ConfirmedIdentity
from juzhu.people.models import Account, Message, Person
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


class Down:
    def confirm(self, name: str, identity_number: str) -> ConfirmedIdentity:
        raise IdentityProviderDown


class WithoutPhoto:
    def confirm(self, name: str, identity_number: str) -> ConfirmedIdentity:
        return ConfirmedIdentity(
            identity_number, name, 2, "01", date(1993, 8, 17), "341221", "安徽省（示例）", "http"
        )


def open_account(phone: str = "13800138000") -> Account:
    return actions.open_account(phone, PASSWORD)


def test_a_password_is_stored_hashed_with_argon2():
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
        account = open_account()
        assert account.password.startswith("argon2$argon2id$")
        assert account.check_password(PASSWORD)
        assert not account.check_password(PASSWORD + "!")


def test_a_phone_opens_one_account():
    open_account()
    with pytest.raises(PhoneTaken):
        open_account()
    assert Account.objects.count() == 1
    assert Event.objects.filter(kind="account.opened").count() == 1


@pytest.mark.parametrize(
    "phone",
    [
        "",
        "1380013800",
        "138001380000",
        "12800138000",
        "+8613800138000",
        "138 0013 8000",
        "１３８００１３８０００",
        "13800138000\n",
        "P100001",
    ],
)
def test_an_account_wants_a_mainland_mobile_number(phone: str):
    with pytest.raises(PhoneInvalid) as refused:
        open_account(phone)
    assert "11 位" in str(refused.value.sentence)
    assert not Account.objects.exists()


def test_an_account_is_bound_to_the_person_that_the_register_knows():
    known = make.identity("买买提·艾力")
    account = open_account()
    person = actions.bind_person(account, "买买提•艾力", known.identity_number)
    assert (person.name, person.identity_number) == ("买买提·艾力", known.identity_number)
    assert (person.phone, person.identity_source) == ("13800138000", "population_register")
    assert person.identity_confirmed_at is not None
    assert Account.objects.get().actor.person_id == person.pk
    (event,) = Event.objects.filter(kind="account.bound")
    assert (event.person_id, event.data) == (person.pk, {"source": "population_register"})


def test_rare_characters_are_kept():
    known = make.identity("𫖯䶮")
    assert actions.bind_person(open_account(), "𫖯䶮", known.identity_number).name == "𫖯䶮"
    assert Person.objects.get().name == "𫖯䶮"


def test_a_number_has_one_form_however_it_is_typed():
    known = make.identity()
    while not known.identity_number.endswith("X"):
        known = make.identity()
    typed = f" {known.identity_number.lower()} "
    assert actions.bind_person(open_account(), known.name, typed).identity_number == known.identity_number


def test_a_name_that_is_not_confirmed_binds_nothing():
    known = make.identity("周晓芸")
    account = open_account()
    with pytest.raises(IdentityNotConfirmed):
        actions.bind_person(account, "周晓云", known.identity_number)
    assert not Person.objects.exists()
    assert not Event.objects.filter(kind="account.bound").exists()


def test_an_outage_binds_nothing():
    with override_settings(JUZHU_IDENTITY_PROVIDER=f"{__name__}.Down"), pytest.raises(IdentityProviderDown):
        actions.bind_person(open_account(), "周晓芸", make.identity().identity_number)
    assert not Person.objects.exists()


def test_a_person_belongs_to_one_account():
    known = make.identity()
    actions.bind_person(open_account(), known.name, known.identity_number)
    second = open_account("13900139000")
    with pytest.raises(PersonTaken):
        actions.bind_person(second, known.name, known.identity_number)
    assert Account.objects.get(pk=second.pk).person_id is None


def test_an_account_is_bound_once():
    one, other = make.identity(), make.identity("林海峰")
    account = open_account()
    actions.bind_person(account, one.name, one.identity_number)
    with pytest.raises(NotAllowed):
        actions.bind_person(account, other.name, other.identity_number)


def test_an_officers_account_is_nobodys_own():
    known = make.identity()
    officer = make.make_officer()
    with pytest.raises(NotAllowed):
        actions.bind_person(officer, known.name, known.identity_number)
    person = make.make_person()
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=officer.pk).update(person=person)


def test_a_photo_stays_when_a_provider_has_none():
    person = make.make_person(photo=make.stored_picture())
    with override_settings(JUZHU_IDENTITY_PROVIDER=f"{__name__}.WithoutPhoto"):
        bound = actions.bind_person(open_account(), person.name, person.identity_number)
    assert bound.pk == person.pk
    assert Person.objects.get().photo_id == person.photo_id
    assert Person.objects.get().identity_source == "http"


def test_a_phone_given_at_the_window_is_not_overwritten():
    known = make.identity()
    actions.record_person(known, actor=SYSTEM, phone="13700137000")
    assert actions.bind_person(open_account(), known.name, known.identity_number).phone == "13700137000"


def test_signing_in_needs_the_password_and_an_active_account():
    account = open_account()
    assert authenticate(None, username=account.login, password=PASSWORD) == account
    assert authenticate(None, username=account.login, password="another") is None
    Account.objects.update(is_active=False)
    assert authenticate(None, username=account.login, password=PASSWORD) is None


@pytest.mark.parametrize("purpose", ["", "   ", "核对", "  核 对 "])
def test_a_whole_number_is_shown_for_a_purpose_only(purpose: str):
    person = make.make_person()
    with pytest.raises(PurposeMissing):
        actions.reveal_identity_number(person, purpose, actor=make.make_officer().actor)
    assert not Event.objects.filter(kind="person.number_revealed").exists()


def test_showing_a_whole_number_is_logged_with_its_purpose():
    person, officer = make.make_person(), make.make_officer()
    shown = actions.reveal_identity_number(person, "核对身份证原件", actor=officer.actor)
    assert shown == person.identity_number
    event = Event.objects.get(kind="person.number_revealed")
    assert (event.person_id, event.actor_account_id) == (person.pk, officer.pk)
    assert event.data == {"purpose": "核对身份证原件"}


def test_a_citizen_is_shown_nobodys_number():
    with pytest.raises(NotAllowed):
        actions.reveal_identity_number(make.make_person(), "只是想看看", actor=make.make_account().actor)


def test_a_message_is_told_once():
    person = make.make_person()
    assert actions.tell(person.pk, "receipt", "event:1", application="GS-2026-000001") is True
    assert actions.tell(person.pk, "receipt", "event:1", application="GS-2026-000001") is False
    assert Message.objects.get().about == {"application": "GS-2026-000001"}


def test_a_message_remembers_when_it_was_first_opened(on_day):
    person = make.make_person()
    actions.tell(person.pk, "receipt", "event:1")
    actions.mark_read(Message.objects.get())
    first = Message.objects.get().read_at
    on_day(date(2026, 3, 11))
    actions.mark_read(Message.objects.get())
    assert Message.objects.get().read_at == first is not None


def test_a_guardianship_is_recorded_once_and_not_of_oneself():
    parent, child = make.make_person("周建国"), make.make_person("周小宝", date(2017, 5, 1))
    first = actions.record_guardianship(parent, child, "household_register", actor=SYSTEM)
    assert actions.record_guardianship(parent, child, "household_register", actor=SYSTEM).pk == first.pk
    assert Event.objects.filter(kind="guardianship.recorded").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.record_guardianship(child, child, "household_register", actor=SYSTEM)
