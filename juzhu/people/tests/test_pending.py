"""身份待核实: recorded by the window's officers, proved by a number, never merged by a keystroke."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people import actions as people
from juzhu.people.actions import Claim
from juzhu.people.errors import (
    BirthInvalid,
    IdentityKnown,
    IdentityNotConfirmed,
    NotAllowed,
    NumberOfAnother,
)
from juzhu.people.models import Account, Person
from juzhu.people.queries import pending_like
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day"), pytest.mark.requirement("A04")]
CLAIM = Claim("无证人", 1, date(1980, 5, 6), "340000", phone="13800000001")


def pending(by: Account | None = None) -> Person:
    return people.record_pending(CLAIM, actor=(by or make.make_officer()).actor, today=TODAY)


def test_a_pending_person_has_no_number_and_several_may_be_pending():
    first, second = pending(), pending()
    assert (first.identity_number, first.identity_pending, first.identity_source) == ("", True, "claimed")
    assert list(pending_like("无证人", date(1980, 5, 6))) == [first, second]
    assert Event.objects.filter(kind="person.recorded", data__pending=True).count() == 2


@pytest.mark.parametrize("role", ["reviewer", "subdistrict", "auditor"])
def test_only_the_windows_officers_record_and_prove(role: str):
    person = pending()
    actor = make.make_officer(role).actor
    with pytest.raises(NotAllowed):
        people.record_pending(CLAIM, actor=actor, today=TODAY)
    with pytest.raises(NotAllowed):
        people.confirm_pending(person, "无证人", "1", actor=actor)
    with pytest.raises(NotAllowed):
        people.record_pending(CLAIM, actor=SYSTEM, today=TODAY)


def test_nobody_is_born_tomorrow():
    claim = Claim("无证人", 1, date(2026, 3, 11), "340000")
    with pytest.raises(BirthInvalid):
        people.record_pending(claim, actor=make.make_officer().actor, today=TODAY)


def test_the_proved_identity_takes_the_place_of_the_claim():
    person = pending()
    known = make.identity("无证人", date(1980, 6, 5))
    people.confirm_pending(person, " 无证人 ", known.identity_number.lower(), actor=make.make_officer().actor)
    person.refresh_from_db()
    assert (person.identity_number, person.born) == (known.identity_number, date(1980, 6, 5))
    assert not person.identity_pending
    assert person.phone == "13800000001"
    event = Event.objects.get(kind="person.identity_confirmed")
    assert "born" in event.data["claimed_otherwise"]
    assert "name" not in event.data["claimed_otherwise"]
    with pytest.raises(IdentityKnown):
        people.confirm_pending(person, "无证人", known.identity_number, actor=make.make_officer().actor)


def test_a_number_of_somebody_recorded_is_not_merged():
    person, other = pending(), make.make_person("无证人", date(1980, 5, 6))
    with pytest.raises(NumberOfAnother):
        people.confirm_pending(person, "无证人", other.identity_number, actor=make.make_officer().actor)
    person.refresh_from_db()
    assert person.identity_number == ""


def test_a_name_that_the_provider_does_not_know_proves_nothing():
    person = pending()
    known = make.identity("别人", date(1980, 5, 6))
    with pytest.raises(IdentityNotConfirmed):
        people.confirm_pending(person, "无证人", known.identity_number, actor=make.make_officer().actor)
