"""Who need not register: said once, over by itself, and never in the way of registering."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from juzhu.operations import tasks
from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Guardianship
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import TODAY
from juzhu.registration import exempting
from juzhu.registration.errors import (
    AlreadyRegistered,
    DayInvalid,
    ExemptionInvalid,
    HouseholdIsLocal,
)
from juzhu.registration.models import Exemption
from juzhu.registration.reporting import filing
from juzhu.registration.reporting.entries import Reporter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def note(account, ground: str = "relative", from_on: date = TODAY, **about) -> Exemption:
    person = about.pop("person", account.person)
    return exempting.note(person, ground, from_on, actor=account.actor, today=TODAY, **about)


@pytest.mark.requirement("A12")
def test_whose_thirty_days_are_over_must_register_though_no_job_ran():
    account = make.make_account()
    note(account)
    for day, answer in ((0, "exempt"), (30, "exempt"), (31, "due"), (60, "late")):
        found = exempting.duty_of(account.person, False, TODAY + timedelta(days=day))
        assert found.answer == answer, day
    assert Exemption.objects.get().until_on is None


def test_said_twice_it_is_written_once_and_a_last_day_is_added():
    account = make.make_account()
    note(account, "hospital")
    note(account, "hospital")
    assert Event.objects.filter(kind="exemption.noted").count() == 1
    note(account, "hospital", until_on=TODAY + timedelta(days=9))
    assert Exemption.objects.get().until_on == TODAY + timedelta(days=9)


def test_one_says_it_of_oneself_and_of_ones_wards_alone():
    guardian, stranger = make.make_account(), make.make_account("许安")
    child = make.make_person("周小满", date(2018, 5, 1))
    Guardianship.objects.create(guardian=guardian.person, child=child, source="police")
    assert note(guardian, "school", person=child).person == child
    with pytest.raises(NotAllowed):
        note(stranger, "school", person=child)
    with pytest.raises(NotAllowed):
        note(guardian, person=stranger.person)


def test_what_can_not_be_is_refused():
    account = make.make_account()
    with pytest.raises(ExemptionInvalid):
        note(account, "castle")
    with pytest.raises(DayInvalid):
        note(account, from_on=TODAY + timedelta(days=1))
    with pytest.raises(DayInvalid):
        note(account, until_on=TODAY - timedelta(days=1))
    with pytest.raises(HouseholdIsLocal):
        note(make.make_account(household_division="330106"))
    make.register(account.person, TODAY)
    with pytest.raises(AlreadyRegistered):
        note(account)
    assert not Exemption.objects.exists()


@pytest.mark.requirement("A08", "A09", "A10", "A11")
@pytest.mark.parametrize("ground", ["hotel", "hospital", "school", "rescue"])
def test_what_a_place_reports_frees_while_it_lasts_and_the_person_may_register(ground: str):
    account = make.make_account("许安")
    place, actor = reporters.enrolled(ground, name="运河宾馆（示例）")
    who = {"name": "许安", "identity_number": account.person.identity_number, "phone": ""}
    where = {"kind": "stay", "subdistrict": make.AREA, "address": "湖墅南路 1 号"}
    came = reporters.entry(**who, **where)
    filing.file(Reporter(place), [came], actor=actor, today=TODAY)
    tasks.run_all()
    row = Exemption.objects.get()
    assert (row.ground, row.place, row.from_on, row.until_on) == (ground, place.name, TODAY, None)
    assert exempting.duty_of(account.person, False, TODAY + timedelta(days=90)).answer == "exempt"
    left = reporters.entry(**who, **where, phase="ended")
    filing.file(Reporter(place), [left], actor=actor, today=TODAY)
    tasks.run_all()
    assert Exemption.objects.get().until_on == TODAY
    assert exempting.duty_of(account.person, False, TODAY + timedelta(days=1)).must
    make.register(account.person, TODAY)
    assert exempting.duty_of(account.person, True, TODAY).answer == "registered"


def test_a_stay_of_somebody_with_another_name_exempts_nobody():
    account = make.make_account("许安")
    place, actor = reporters.enrolled("hotel")
    wrong = reporters.entry(
        name="别人", identity_number=account.person.identity_number, kind="stay",
        subdistrict=make.AREA, address="湖墅南路 1 号",
    )  # fmt: skip
    filing.file(Reporter(place), [wrong], actor=actor, today=TODAY)
    tasks.run_all()
    assert not Exemption.objects.exists()
