"""Somebody moves or leaves while their case is in hand."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.operations import tasks
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people.models import Account
from juzhu.permits import actions, casework, facts
from juzhu.permits.errors import LeftThisPlace
from juzhu.permits.models import Application, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import AREA, OTHER_AREA, TODAY
from juzhu.permits.timing import Standing
from juzhu.registration import actions as registration
from tests.scenarios import makers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
LATER = date(2026, 3, 15)
COUNTY, OTHER_DISTRICT = "330122", "330106"


def move(account: Account, **about: object) -> None:
    stay = make.stay(**{"subdistrict": OTHER_AREA, "since": LATER, **about})
    registration.move(account.person, stay, actor=account.actor, today=LATER)
    tasks.run_all()


def leave(account: Account, destination: str = "", on: date = LATER) -> None:
    registration.leave(account.person, on, actor=SYSTEM, today=on, destination=destination)


@pytest.mark.requirement("E08", "CF17")
@pytest.mark.parametrize("accepted", [False, True])
def test_a_case_that_moves_goes_to_somebody_of_the_new_station_and_says_so(accepted: bool, on_day):
    clerk, account = make.make_officer("clerk"), make.eligible_account()
    case = make.accepted(clerk, account) if accepted else make.submitted(account)
    there = {role: make.make_officer(role, (OTHER_AREA,)) for role in ("clerk", "reviewer")}
    on_day(LATER)
    move(account)
    case.refresh_from_db()
    has = there["reviewer" if accepted else "clerk"]
    assert (case.area, case.assigned_to_id) == (OTHER_AREA, has.pk)
    told = Event.objects.get(kind="application.reassigned")
    assert (told.data["was"], told.data["area"], told.data["assigned_to"]) == (AREA, OTHER_AREA, has.pk)


@pytest.mark.requirement("E08")
def test_a_case_that_moves_to_a_station_without_officers_is_whoever_comes_firsts(on_day):
    account = make.eligible_account()
    case = make.submitted(account)
    on_day(LATER)
    move(account)
    case.refresh_from_db()
    assert (case.area, case.assigned_to) == (OTHER_AREA, None)


@pytest.mark.requirement("E08")
def test_a_case_that_has_lapsed_stays_where_it_lapsed(on_day):
    account = make.eligible_account()
    case = make.submitted(account)
    casework.request_supplement(
        case, {"other": "请带学生证"}, actor=make.make_officer("clerk").actor, today=TODAY
    )
    Application.objects.filter(pk=case.pk).update(supplement_by=date(2026, 3, 14))
    on_day(LATER)
    move(account)
    case.refresh_from_db()
    assert case.area == AREA


@pytest.mark.requirement("C05", "CF17")
def test_a_dwelling_is_judged_by_the_home_of_the_day_that_is_judged(on_day):
    account = makers.newcomer(date(2024, 1, 8))
    person = makers.person_of(account)
    makers.rent(person, date(2025, 6, 1), date(2026, 5, 31))
    case = makers.filed(person, "dwelling", by=account.actor, on=TODAY)
    case = casework.accept(case, actor=make.make_officer("clerk").actor, today=TODAY)
    on_day(LATER)
    move(account, dwelling_kind="owned")
    answer, _seen = facts.decide(case, casework.judged_on(case, LATER))
    assert answer.outcome == "accept"
    assert facts.decide(case, LATER)[0].outcome == "supplement", "the new home has papers of its own"


@pytest.mark.requirement("CF17")
@pytest.mark.parametrize("destination", ["", COUNTY, "110101", OTHER_DISTRICT])
def test_nobody_is_given_a_first_permit_who_is_registered_out(destination: str, on_day):
    account = make.eligible_account()
    case = make.accepted(make.make_officer("clerk"), account)
    leave(account, destination)
    on_day(LATER)
    reviewer = make.make_officer("reviewer")
    with pytest.raises(LeftThisPlace):
        casework.approve(case, actor=reviewer.actor, today=LATER)
    assert not Permit.objects.exists()
    make.register(account.person, LATER)
    assert casework.approve(case, actor=reviewer.actor, today=LATER).state == "issued"


@pytest.mark.requirement("E01", "CF17")
def test_an_endorsement_of_who_left_the_urban_area_is_not_approved_and_of_who_stays_in_it_is(on_day):
    account, permit = makers.holder(TODAY)
    filed, left, decided = date(2027, 3, 1), date(2027, 3, 2), date(2027, 3, 5)
    on_day(filed)
    case = actions.request_endorsement(permit, "employment", actor=account.actor, today=filed)
    leave(account, COUNTY, on=left)
    on_day(decided)
    casework.accept(case, actor=make.make_officer("clerk").actor, today=decided)
    reviewer = make.make_officer("reviewer")
    with pytest.raises(LeftThisPlace) as error:
        casework.approve(case, actor=reviewer.actor, today=decided)
    assert "一次性告知" in str(error.value.sentence)
    account.person.registrations.update(destination=OTHER_DISTRICT)
    assert casework.approve(case, actor=reviewer.actor, today=decided).state == "issued"


@pytest.mark.requirement("CF17", "D04")
def test_who_left_is_asked_once_to_register_again_and_the_case_lapses_without(on_day):
    account = make.eligible_account()
    case = make.accepted(make.make_officer("clerk"), account)
    leave(account, COUNTY)
    on_day(LATER)
    notice = casework.request_supplement(
        case, {"other": "请登记现在的住址"}, actor=make.make_officer("reviewer").actor, today=LATER
    )
    after = notice.due_on + make.days(1)
    assert Standing.of(Application.objects.get(pk=case.pk), after).state == "lapsed"
