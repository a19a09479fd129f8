"""Another route for the same application: before anybody has looked, and while a supplement is asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account
from juzhu.permits import actions, casework
from juzhu.permits.errors import OutOfArea, RouteUnknown, TransitionForbidden
from juzhu.permits.models import Application, Decision
from juzhu.permits.switching import can_switch, switch_route
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


@pytest.fixture
def account() -> Account:
    return make.eligible_account()


@pytest.fixture
def clerk() -> Account:
    return make.make_officer("clerk")


def switched(case: Application, account: Account, route: str = "employment") -> Application:
    return switch_route(case, route, actor=account.actor, today=TODAY)


def last_event() -> Event:
    return Event.objects.order_by("position").last()


def in_supplement(account: Account, clerk: Account) -> Application:
    case = make.submitted(account, "dwelling")
    notes = dict.fromkeys(Decision.objects.get(application=case).answer["missing"], "")
    casework.request_supplement(case, notes, actor=clerk.actor, today=TODAY)
    case.refresh_from_db()
    return case


def test_a_draft_keeps_everything_that_was_filled_in(account: Account):
    draft = make.draft(account, "dwelling")
    fresh = switched(draft, account)
    assert (fresh.route, fresh.state, fresh.answers) == ("employment", "draft", draft.answers)
    assert not Decision.objects.exists()
    assert last_event().kind == "application.route_switched"
    assert last_event().data["before"] == "dwelling"
    assert last_event().data["outcome"] == "accept"
    assert actions.submit(fresh, actor=account.actor, today=TODAY).route == "employment"


def test_a_submission_that_nobody_examined_keeps_its_number_and_its_days(account: Account, clerk: Account):
    case = make.submitted(account, "dwelling")
    later = date(2026, 3, 12)
    fresh = switch_route(case, "employment", actor=account.actor, today=later)
    kept = ("number", "filed_on", "received_on", "examine_by", "state", "answers", "policy_id")
    assert all(getattr(fresh, name) == getattr(case, name) for name in kept)
    decision = Decision.objects.filter(application=case).last()
    assert (decision.stage, decision.route, decision.outcome, decision.as_of) == (
        "submit", "employment", "accept", later,
    )  # fmt: skip
    assert casework.accept(fresh, actor=clerk.actor, today=later).state == "accepted"


def test_a_case_in_supplement_is_handed_in_by_the_other_route(account: Account, clerk: Account):
    case = in_supplement(account, clerk)
    fresh = switched(case, account)
    assert (fresh.state, fresh.supplement_by) == ("supplement_requested", case.supplement_by)
    assert Decision.objects.filter(application=case).last().stage == "switch_route"
    again = actions.submit(fresh, actor=account.actor, today=TODAY, key="key-2")
    assert (again.state, again.number) == ("submitted", case.number)
    assert casework.accept(again, actor=clerk.actor, today=TODAY).state == "accepted"


def test_pressing_twice_switches_once(account: Account):
    case = make.submitted(account, "dwelling")
    switched(case, account)
    switched(case, account)
    assert Event.objects.filter(kind="application.route_switched").count() == 1
    assert Decision.objects.filter(application=case).count() == 2


def test_once_an_officer_has_looked_the_route_stays(account: Account, clerk: Account):
    case = make.submitted(account, "dwelling")
    paper = evidence.upload(
        account.person_id, Kind.TITLE, {"holder": "landlord"}, [make.stored_picture()], actor=account.actor
    )
    assert can_switch(case, TODAY)
    switched(case, account, "study")
    case.refresh_from_db()
    casework.judge(case, paper, "good", actor=clerk.actor, today=TODAY)
    with pytest.raises(TransitionForbidden):
        switched(case, account)
    case.refresh_from_db()
    assert case.route == "study"


@pytest.mark.parametrize("stage", ["accepted", "withdrawn", "accepted by time"])
def test_what_is_accepted_or_answered_is_switched_no_more(stage: str, account: Account, clerk: Account):
    case, today = make.submitted(account), TODAY
    if stage == "accepted":
        casework.accept(case, actor=clerk.actor, today=TODAY)
    elif stage == "withdrawn":
        actions.withdraw(case, actor=account.actor, today=TODAY)
    else:
        today = date(2026, 3, 18)
    with pytest.raises(TransitionForbidden):
        switch_route(case, "study", actor=account.actor, today=today)
    case.refresh_from_db()
    assert case.route == "employment"


def test_a_supplement_whose_term_is_over_is_switched_no_more(account: Account, clerk: Account):
    case = in_supplement(account, clerk)
    assert case.supplement_by is not None
    after = date.fromordinal(case.supplement_by.toordinal() + 1)
    with pytest.raises(TransitionForbidden):
        switch_route(case, "employment", actor=account.actor, today=after)


def test_a_route_that_nobody_knows_is_refused(account: Account):
    with pytest.raises(RouteUnknown):
        switched(make.draft(account), account, "investment")


def test_the_owner_and_a_clerk_of_the_area_switch_and_nobody_else(account: Account, clerk: Account):
    case = make.submitted(account, "dwelling")
    stranger = make.make_officer("clerk", areas=(OTHER_AREA,))
    with pytest.raises(OutOfArea):
        switched(case, stranger)
    for role in ("reviewer", "department", "auditor"):
        with pytest.raises(NotAllowed):
            switched(case, make.make_officer(role, department="housing" if role == "department" else ""))
    assert switched(case, clerk, "study").route == "study"
    assert switched(case, account).route == "employment"


@pytest.mark.requirement("E01", "E03")
def test_an_endorsement_goes_on_by_another_route_than_the_first(account: Account):
    permit = make.issued(account, date(2026, 3, 10))
    on = date(2027, 3, 1)
    evidence.attest(account.person_id, Kind.INSURANCE, {"runs": []}, "human_resources", actor=SYSTEM)
    evidence.attest(
        account.person_id, Kind.TALENT_PERMIT, {"valid_until": "2028-01-01"}, "human_resources", actor=SYSTEM
    )
    case = actions.request_endorsement(permit, "employment", actor=account.actor, today=on)
    fresh = switch_route(case, "talent", actor=account.actor, today=on)
    decision = Decision.objects.filter(application=case).last()
    assert (fresh.route, decision.purpose, decision.outcome) == ("talent", "endorsement", "accept")


def test_who_switched_stands_in_the_event(account: Account, clerk: Account):
    case = make.submitted(account, "dwelling")
    switched(case, clerk)
    about: dict[str, Any] = last_event().data
    assert (last_event().actor_role, about["route"], about["number"]) == ("clerk", "employment", case.number)
