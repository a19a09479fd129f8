"""签注 between two registrations: the day of filing is kept, and the case follows its person."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.law import policy
from juzhu.operations import tasks
from juzhu.people.models import Account
from juzhu.permits import actions, casework, facts, judging
from juzhu.permits.errors import NotRegisteredHere, OutOfArea, StillMissing
from juzhu.permits.models import Application, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import AREA, OTHER_AREA
from juzhu.registration import actions as registration

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("E01", "CF17")]
RULES = policy.load("gongshu-2022")
LEFT, LAST_DAY, BACK = date(2027, 3, 5), date(2027, 3, 10), date(2027, 3, 12)


@pytest.fixture
def account(on_day) -> Account:
    """A holder whose permit is to be endorsed by 10 March 2027, and who has moved out on the 5th."""
    found = make.eligible_account()
    make.attest_insurance(found.person, "2025-01", "2028-12")
    make.issued(found)
    on_day(LAST_DAY)
    return found


def leave(account: Account, destination: str = "", on: date = LEFT) -> None:
    registration.leave(account.person, on, actor=account.actor, today=on, destination=destination)


def ask(account: Account, on: date = LAST_DAY) -> Application:
    permit = Permit.objects.get(person=account.person)
    return actions.request_endorsement(permit, "employment", actor=account.actor, today=on)


def status(account: Account, on: date) -> str:
    return Permit.objects.get(person=account.person).status(RULES, on).status


def test_who_is_moving_files_in_time_with_the_station_that_had_them_last(account: Account):
    leave(account)
    case = ask(account)
    assert (case.state, case.area, case.filed_on) == ("submitted", AREA, LAST_DAY)
    answer = case.decisions.get().answer
    assert (answer["outcome"], answer["missing"]) == ("supplement", ["residence_registered"])
    assert status(account, date(2027, 3, 20)) == "active", "filed in time, it works while it is pending"


def test_the_one_off_notice_asks_for_the_registration_and_nobody_holds_it_against_them(account: Account):
    leave(account)
    case, clerk = ask(account), make.make_officer("clerk")
    late = date(2027, 3, 17)
    with pytest.raises(StillMissing):
        casework.accept(case, actor=clerk.actor, today=late)
    notice = casework.request_supplement(case, {"residence_registered": ""}, actor=clerk.actor, today=late)
    assert [item["code"] for item in notice.items] == ["residence_registered"]


@pytest.mark.parametrize("area", [AREA, OTHER_AREA])
def test_registered_again_the_case_is_with_the_new_station_and_is_accepted(
    area: str, account: Account, on_day
):
    leave(account)
    case = ask(account)
    on_day(BACK)
    make.register(account.person, BACK, subdistrict=area)
    tasks.run_all()
    case.refresh_from_db()
    assert (case.area, judging.judged_on(case, BACK)) == (area, BACK)
    clerk, reviewer = (make.make_officer(role, areas=(area,)) for role in ("clerk", "reviewer"))
    stranger = make.make_officer("clerk", areas=("330105019",))
    with pytest.raises(OutOfArea):
        casework.accept(case, actor=stranger.actor, today=BACK)
    casework.accept(case, actor=clerk.actor, today=BACK)
    done = casework.approve(case, actor=reviewer.actor, today=date(2027, 3, 16))
    assert all(facts.replay(decision) is None for decision in done.decisions.all())
    assert done.permit.endorsements.get().on == LAST_DAY, "moving costs no day"
    assert status(account, date(2027, 3, 16)) == "active"


def test_what_the_notice_asked_for_is_cured_by_registering_even_after_the_ten_days(account: Account, on_day):
    leave(account)
    case, clerk = ask(account), make.make_officer("clerk")
    casework.request_supplement(case, {"residence_registered": ""}, actor=clerk.actor, today=BACK)
    late = date(2027, 3, 25)
    on_day(late)
    with pytest.raises(NotRegisteredHere):
        actions.submit(case, actor=account.actor, today=late, key="again")
    make.register(account.person, late)
    again = actions.submit(case, actor=account.actor, today=late, key="again")
    assert casework.accept(again, actor=clerk.actor, today=late).state == "accepted"


def test_a_registration_that_lapsed_longer_ago_comes_first_and_nothing_is_filed(account: Account):
    leave(account, on=date(2027, 2, 20))
    with pytest.raises(NotRegisteredHere) as why:
        ask(account)
    assert "签注前要先登记现在的住址" in str(why.value.sentence)
    assert not Application.objects.filter(kind="endorsement").exists()
    make.register(account.person, LAST_DAY)
    assert ask(account).decisions.get().outcome == "accept"


def test_who_moved_to_another_district_is_endorsed_by_its_station(account: Account):
    leave(account, "330106")
    with pytest.raises(NotRegisteredHere) as why:
        ask(account)
    assert "签注也在那边办" in str(why.value.sentence)


def test_who_said_that_they_live_in_a_county_now_registers_here_again_first(account: Account):
    leave(account, "330122")
    with pytest.raises(NotRegisteredHere):
        ask(account)


def test_a_case_filed_while_registered_is_judged_by_its_filing_whatever_becomes_of_the_home(account: Account):
    case = ask(account)
    leave(account, on=LAST_DAY)
    assert judging.judged_on(case, date(2027, 3, 30)) == LAST_DAY


def test_a_first_application_has_no_day_to_lose_and_waits_for_the_registration():
    newcomer = make.eligible_account()
    leave(newcomer, on=date(2026, 3, 9))
    with pytest.raises(NotRegisteredHere):
        actions.start(newcomer.person, "employment", actor=newcomer.actor, today=date(2026, 3, 10))
