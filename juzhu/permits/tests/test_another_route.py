"""Who meets any route is not refused, and what was mended or has matured while they waited counts."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence
from juzhu.operations import clock
from juzhu.operations.actors import SYSTEM
from juzhu.people.models import Account
from juzhu.permits import actions, casework, judging, switching
from juzhu.permits.errors import AnotherRouteHolds, NotRefusable, OutOfArea, TransitionForbidden
from juzhu.permits.models import Application, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_day"),
    pytest.mark.requirement("E03"),
]
WINDOW = date(2027, 3, 1)
WHY = "没有再缴社会保险。"


@pytest.fixture
def clerk() -> Account:
    return make.make_officer("clerk")


@pytest.fixture
def reviewer() -> Account:
    return make.make_officer("reviewer", name="林海峰")


def owns(account: Account) -> None:
    says = {"holder": "self", "owner": account.person.name}
    evidence.attest(account.person_id, Kind.TITLE, says, "housing", actor=SYSTEM)


def out_of_work(on_day) -> tuple[Account, Application]:
    """A holder by employment whose insurance stopped, and who files by it all the same."""
    account = make.eligible_account()
    permit = make.issued(account)
    on_day(WINDOW)
    Evidence.objects.filter(kind=Kind.INSURANCE).update(withdrawn_at=clock.now())
    make.attest_insurance(account.person, "2025-01", "2026-01")
    filed = actions.request_endorsement(permit, "employment", actor=account.actor, today=WINDOW)
    return account, filed


def homeowner(account: Account) -> None:
    account.person.registrations.update(dwelling_kind="owned")
    owns(account)


def test_an_endorsement_is_not_refused_while_another_route_holds(on_day, clerk, reviewer):
    account, filed = out_of_work(on_day)
    filed = casework.accept(filed, actor=clerk.actor, today=WINDOW)
    homeowner(account)
    with pytest.raises(AnotherRouteHolds) as barred:
        casework.refuse(filed, WHY, actor=reviewer.actor, today=WINDOW)
    assert barred.value.about["route"] == "dwelling"
    filed = switching.switch_route(filed, "dwelling", actor=reviewer.actor, today=WINDOW)
    assert (filed.route, filed.state) == ("dwelling", "accepted")
    issued = casework.approve(filed, actor=reviewer.actor, today=WINDOW)
    assert issued.state == "issued"
    assert Permit.objects.get().terminated_on is None


def test_without_another_route_it_is_refused_as_before(on_day, clerk, reviewer):
    _account, filed = out_of_work(on_day)
    filed = casework.accept(filed, actor=clerk.actor, today=WINDOW)
    assert casework.refuse(filed, WHY, actor=reviewer.actor, today=WINDOW).state == "refused"


def test_after_acceptance_only_a_route_that_holds_is_switched_to_and_only_in_one_s_area(
    on_day, clerk, reviewer
):
    account, filed = out_of_work(on_day)
    filed = casework.accept(filed, actor=clerk.actor, today=WINDOW)
    with pytest.raises(TransitionForbidden):
        switching.switch_route(filed, "study", actor=reviewer.actor, today=WINDOW)
    homeowner(account)
    stranger = make.make_officer("reviewer", areas=(OTHER_AREA,))
    with pytest.raises(OutOfArea):
        switching.switch_route(filed, "dwelling", actor=stranger.actor, today=WINDOW)
    filed.refresh_from_db()
    assert filed.route == "employment"


def test_what_is_mended_after_filing_counts_and_is_accepted(on_day, clerk):
    account, filed = out_of_work(on_day)
    assert judging.judged(filed, WINDOW).answer.outcome == "refuse"
    make.attest_insurance(account.person, "2025-01", "2027-02")
    assert casework.accept(filed, actor=clerk.actor, today=WINDOW).state == "accepted"


@pytest.mark.requirement("CF08", "D04")
def test_what_matured_before_time_accepted_is_not_taken_away(on_day, reviewer):
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2025, 9, 12))
    make.attest_insurance(account.person, "2025-01", "2026-02")
    filed = make.submitted(account)
    late = date(2026, 3, 20)
    on_day(late)
    with pytest.raises(NotRefusable):
        casework.refuse(filed, "还不满半年。", actor=make.make_officer("chief").actor, today=late)
    assert casework.approve(filed, actor=reviewer.actor, today=late).state == "issued"
