"""不予签注 at the counter: a clerk accepts what fails and sees why, another officer refuses."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.counter import decide_bar
from juzhu.counter.casefile import open_case
from juzhu.people.models import Account
from juzhu.permits import actions, casework
from juzhu.permits.models import Application, Permit
from juzhu.permits.tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("E03")]
FILED = date(2027, 3, 1)
WHY = "社保从 2026 年 7 月起停缴，不再符合条件。"


@pytest.fixture
def lost(on_day) -> Application:
    """An endorsement asked for by who has been insured no more."""
    account = make.eligible_account()
    permit = make.issued(account)
    make.attest_insurance(account.person, "2025-01", "2026-06")
    on_day(FILED)
    return actions.request_endorsement(permit, "employment", actor=account.actor, today=FILED)


def why(case: Application, officer: Account, on: date = FILED) -> dict[str, str]:
    """Why each button can't be used; empty where it can."""
    case = Application.objects.get(pk=case.pk)
    return {step.action: step.why for step in decide_bar.steps(open_case(case, on), officer.actor)}


def at(case: Application, action: str) -> str:
    return f"/counter/cases/{case.number}/{action}"


def test_before_acceptance_nobody_refuses_and_the_bar_says_who_decides(lost, clerk, reviewer, chief):
    for officer in (clerk, reviewer, chief):
        assert "先受理" in why(lost, officer)["refuse"]
    assert why(lost, clerk)["accept"] == ""
    opened = open_case(lost, FILED)
    said = decide_bar.sentence(opened, decide_bar.steps(opened, clerk.actor), clerk.actor)
    assert said == "有 1 条未满足。 可以受理，由审核岗位决定签注还是不予。"


def test_after_it_the_reviewer_refuses_and_cannot_endorse(lost, clerk, reviewer, chief):
    casework.accept(lost, actor=chief.actor, today=FILED)
    found = why(lost, reviewer)
    assert (found["refuse"], found["approve"]) == ("", "有 1 条未满足。")
    assert "您受理的" in why(lost, chief)["refuse"]
    assert "审核岗位" in why(lost, clerk)["refuse"]


def test_what_time_has_accepted_goes_back_first(lost, reviewer):
    assert "请所长收回受理" in why(lost, reviewer, date(2027, 3, 9))["refuse"]


def test_from_the_clerks_page_to_the_reviewers_and_the_permit_ends(lost, sign_in, clerk, reviewer):
    first, second = sign_in(clerk), sign_in(reviewer)
    assert "请先受理" in first.get(at(lost, "refuse")).content.decode()
    page = first.get(at(lost, "accept")).content.decode()
    assert "受理的是材料，不是结论。" in page
    assert "条都满足" not in page
    first.post(at(lost, "accept"))
    assert "没有满足：" in first.get(f"/counter/cases/{lost.number}").content.decode()
    shown = second.get(at(lost, "refuse")).content.decode()
    assert "不予签注，居住证的使用功能就终止。" in shown and "不予签注不告知听证" in shown
    second.post(at(lost, "refuse"), {"reason": WHY})
    lost.refresh_from_db()
    assert (lost.state, lost.accepted_by, lost.decided_by) == ("refused", clerk, reviewer)
    assert Permit.objects.get(pk=lost.permit_id).terminated_on == FILED
