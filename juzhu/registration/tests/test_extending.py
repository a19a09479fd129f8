"""How long somebody means to stay: asked, extended; it ends nothing."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people.models import Person
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.registration import actions
from juzhu.registration.errors import DayInvalid, NotRegistered
from juzhu.registration.models import Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


@pytest.fixture
def person() -> Person:
    return make.make_person()


def test_who_stays_longer_says_so_and_keeps_the_number(person: Person):
    made = make.register(person, TODAY, stay_until=date(2026, 9, 10))
    later = actions.extend(person, date(2027, 3, 10), actor=SYSTEM, today=TODAY)
    assert (later.pk, later.number, later.stay_until) == (made.pk, made.number, date(2027, 3, 10))
    assert Event.objects.get(kind="registration.extended").data == {"until": "2027-03-10"}
    actions.extend(person, date(2027, 3, 10), actor=SYSTEM, today=TODAY)
    assert Event.objects.filter(kind="registration.extended").count() == 1


def test_nobody_stays_until_a_day_that_is_over_or_earlier_than_said(person: Person):
    with pytest.raises(NotRegistered):
        actions.extend(person, date(2027, 3, 10), actor=SYSTEM, today=TODAY)
    with pytest.raises(DayInvalid) as over:
        make.register(person, TODAY, stay_until=date(2026, 3, 9))
    assert over.value.about["field"] == "stay_until"
    make.register(person, TODAY, stay_until=date(2026, 9, 10))
    for day in (TODAY, date(2026, 9, 9)):
        with pytest.raises(DayInvalid):
            actions.extend(person, day, actor=SYSTEM, today=TODAY)


def test_nothing_ends_on_the_day_somebody_meant_to_stay_until(person: Person, on_day):
    make.register(person, TODAY, stay_until=date(2026, 4, 10))
    on_day(date(2026, 6, 1))
    assert Registration.objects.get(person=person).ended_on is None
    later = actions.extend(person, date(2026, 12, 1), actor=SYSTEM, today=date(2026, 6, 1))
    assert later.stay_until == date(2026, 12, 1)
