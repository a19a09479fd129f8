"""Taken over, taken back and not completed, for somebody who stands at the window."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.permits import actions, casework, facts
from juzhu.permits.errors import (
    NothingToComplete,
    NotRegisteredHere,
    OutOfArea,
    ReasonMissing,
    TransitionForbidden,
)
from juzhu.permits.models import Application
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY
from juzhu.permits.window import cases as at_window

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
SAID = "本人在窗口说明不再补材料。"


def asked() -> Application:
    """A case that was told once of all that is missing."""
    account = make.make_account()
    make.register(account.person, date(2025, 7, 1))
    case = make.submitted(account, "dwelling")
    answer, _seen = facts.decide(case, TODAY)
    actor = make.make_officer("chief").actor
    casework.request_supplement(case, dict.fromkeys(answer.missing, ""), actor=actor, today=TODAY)
    case.refresh_from_db()
    return case


@pytest.mark.requirement("F07", "J15")
def test_a_draft_is_taken_over_once_and_where_its_person_lives():
    account = make.eligible_account()
    draft = make.draft(account)
    clerk = make.make_officer()
    for actor, error in (
        (make.make_officer("clerk", areas=(OTHER_AREA,)).actor, OutOfArea),
        (make.make_officer("reviewer").actor, NotAllowed),
    ):
        with pytest.raises(error):
            at_window.take_over(draft, actor=actor)
    at_window.take_over(draft, actor=clerk.actor)
    at_window.take_over(draft, actor=clerk.actor)
    draft.refresh_from_db()
    assert draft.channel == "window"
    assert Event.objects.filter(kind="application.at_window").count() == 1
    with pytest.raises(TransitionForbidden):
        at_window.take_over(actions.submit(draft, actor=clerk.actor, today=TODAY), actor=clerk.actor)


def test_an_officer_fills_in_only_drafts_of_their_own_area():
    account = make.eligible_account()
    draft = make.draft(account)
    stranger, reviewer = make.make_officer(areas=(OTHER_AREA,)), make.make_officer("reviewer")
    for officer, error in ((stranger, OutOfArea), (reviewer, NotAllowed)):
        with pytest.raises(error):
            actions.save_step(draft, "form", {"phone": "1"}, actor=officer.actor)
    other = make.make_account()
    make.register(other.person, date(2025, 7, 1))
    for officer, error in ((stranger, OutOfArea), (reviewer, NotAllowed)):
        with pytest.raises(error):
            actions.start(other.person, "dwelling", actor=officer.actor, today=TODAY, channel="window")
    with pytest.raises(NotRegisteredHere):
        actions.start(make.make_person(), "dwelling", actor=make.make_officer().actor, today=TODAY)


@pytest.mark.requirement("F07")
def test_who_may_take_a_case_back_for_its_person():
    case = make.submitted()
    clerk = make.make_officer()
    with pytest.raises(OutOfArea):
        actions.withdraw(case, actor=make.make_officer(areas=(OTHER_AREA,)).actor, today=TODAY)
    with pytest.raises(NotAllowed):
        actions.withdraw(case, actor=make.make_officer("reviewer").actor, today=TODAY)
    actions.withdraw(case, actor=clerk.actor, today=TODAY)
    case.refresh_from_db()
    assert case.state == "withdrawn"
    event = Event.objects.get(kind="application.withdrawn")
    assert (event.actor_kind, event.actor_account_id) == ("staff", clerk.pk)


@pytest.mark.requirement("D05")
def test_who_was_told_and_declares_not_to_complete_is_refused_acceptance():
    case = asked()
    clerk = make.make_officer()
    done = at_window.decline(case, SAID, actor=clerk.actor, today=TODAY)
    assert (done.state, done.reason, done.decided_by_id, done.decided_on) == (
        "refused",
        SAID,
        clerk.pk,
        TODAY,
    )
    decision = case.decisions.last()
    assert (decision.stage, decision.outcome) == ("decline", "supplement")
    assert Event.objects.filter(kind="application.declined", actor_account_id=clerk.pk).exists()


@pytest.mark.requirement("D05")
def test_a_supplement_that_lacks_what_was_asked_for_is_declined_and_not_asked_for_for_ever():
    case = asked()
    clerk, owner = make.make_officer(), case.person.account
    handed_in = actions.submit(case, actor=owner.actor, today=TODAY, key="again")
    assert handed_in.state == "submitted"
    declined = at_window.decline(handed_in, SAID, actor=clerk.actor, today=TODAY)
    assert (declined.state, declined.reason) == ("refused", SAID)


@pytest.mark.requirement("D05")
def test_declining_needs_a_notice_a_reason_something_missing_and_the_right_officer():
    case = asked()
    with pytest.raises(ReasonMissing):
        at_window.decline(case, "不", actor=make.make_officer().actor, today=TODAY)
    with pytest.raises(NotAllowed):
        at_window.decline(case, SAID, actor=make.make_officer("reviewer").actor, today=TODAY)
    with pytest.raises(OutOfArea):
        at_window.decline(case, SAID, actor=make.make_officer(areas=(OTHER_AREA,)).actor, today=TODAY)
    untold = make.submitted(make.eligible_account())
    with pytest.raises(TransitionForbidden):
        at_window.decline(untold, SAID, actor=make.make_officer().actor, today=TODAY)
    casework.request_supplement(untold, {"other": "请带原件。"}, actor=make.make_officer().actor, today=TODAY)
    with pytest.raises(NothingToComplete):
        at_window.decline(untold, SAID, actor=make.make_officer().actor, today=TODAY)


@pytest.mark.requirement("D05")
def test_a_declined_endorsement_ends_no_permit(on_day):
    permit = make.issued()
    day = date(2027, 2, 20)
    on_day(day)
    account = permit.person.account
    case = actions.request_endorsement(permit, "dwelling", actor=account.actor, today=day)
    clerk = make.make_officer()
    answer, _seen = facts.decide(case, day)
    notes = {finding.code: "" for finding in answer.findings if finding.state == "unproven"}
    casework.request_supplement(case, notes, actor=clerk.actor, today=day)
    at_window.decline(case, SAID, actor=clerk.actor, today=day)
    permit.refresh_from_db()
    assert permit.terminated_on is None


def test_more_time_can_be_asked_for_over_the_counter():
    case = asked()
    stranger = make.make_officer(areas=(OTHER_AREA,))
    with pytest.raises(OutOfArea):
        actions.extend_supplement(case, actor=stranger.actor, today=TODAY)
    notice = actions.extend_supplement(case, actor=make.make_officer().actor, today=TODAY)
    assert notice.extended
