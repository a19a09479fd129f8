"""Who has which case: who has the fewest gets it, a chief assigns, one hands over, somebody stands in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juzhu.operations.models import Event
from juzhu.people import staff
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account
from juzhu.permits import actions, casework, moves, queries, rota
from juzhu.permits.desk import assignment
from juzhu.permits.errors import ColleagueUnsuited, OutOfArea, ReasonMissing, TransitionForbidden
from juzhu.permits.models import Application
from juzhu.permits.queries import Filters
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY
from juzhu.permits.transitions import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
WHY = "手上的件太多了。"


def away(account: Account, stands_in: Account | None = None, first: date = TODAY, last: date = TODAY) -> None:
    staff.note_absence(account, first, last, stands_in, actor=account.actor, today=TODAY)


def give(case: Application, account: Account | None) -> None:
    Application.objects.filter(pk=case.pk).update(assigned_to=account)


def test_a_case_goes_to_the_clerk_of_its_area_with_the_fewest_open_ones():
    first, second = make.make_officer("clerk"), make.make_officer("clerk")
    elsewhere = make.make_officer("clerk", (OTHER_AREA,))
    has = [make.submitted(make.eligible_account()).assigned_to_id for _ in range(3)]
    assert has == [first.pk, second.pk, first.pk]
    Application.objects.filter(assigned_to=first).update(state=State.REFUSED)
    assert make.submitted().assigned_to_id == first.pk
    assert not Application.objects.filter(assigned_to=elsewhere).exists()


def test_nobody_gets_it_where_nobody_is():
    make.make_officer("reviewer")
    make.make_officer("chief")
    make.make_officer("clerk", is_active=False)
    away(make.make_officer("clerk"))
    assert make.submitted().assigned_to is None


def test_at_acceptance_it_goes_to_a_reviewer():
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer")
    case = make.accepted(clerk)
    assert case.assigned_to_id == reviewer.pk
    assert Event.objects.get(kind="application.accepted").data["assigned_to"] == reviewer.pk


def test_what_time_accepts_goes_to_a_reviewer_too():
    reviewer = make.make_officer("reviewer")
    case = moves.catch_up(make.submitted(), date(2026, 3, 18))
    assert (case.state, case.assigned_to_id) == ("accepted", reviewer.pk)


def test_at_the_window_it_stays_with_the_clerk_who_filed_it():
    make.make_officer("clerk")
    clerk = make.make_officer("clerk")
    case = actions.submit(make.draft(make.eligible_account()), actor=clerk.actor, today=TODAY)
    assert case.assigned_to_id == clerk.pk


def test_it_blocks_nobody_a_colleague_of_the_area_may_act():
    holder, colleague = make.make_officer("clerk"), make.make_officer("clerk")
    case = make.submitted()
    assert case.assigned_to_id == holder.pk
    assert casework.accept(case, actor=colleague.actor, today=TODAY).state == "accepted"


def test_a_chief_assigns_and_takes_out_of_somebodys_hands():
    holder, other, chief = (make.make_officer(role) for role in ("clerk", "clerk", "chief"))
    case = make.submitted()
    assert assignment.assign(case, other, WHY, actor=chief.actor, today=TODAY).assigned_to_id == other.pk
    assert assignment.assign(case, None, WHY, actor=chief.actor, today=TODAY).assigned_to is None
    events = list(Event.objects.filter(kind="application.assigned"))
    assert [(event.data["was"], event.data["to"]) for event in events] == [
        (holder.pk, other.pk),
        (other.pk, None),
    ]
    with pytest.raises(ReasonMissing):
        assignment.assign(case, other, " 因为 ", actor=chief.actor, today=TODAY)


def test_who_may_assign_the_chief_of_the_area_no_colleague_no_stranger():
    case, other = make.submitted(), make.make_officer("clerk")
    for role in ("clerk", "reviewer"):
        with pytest.raises(NotAllowed):
            assignment.assign(case, other, WHY, actor=make.make_officer(role).actor, today=TODAY)
    with pytest.raises(OutOfArea):
        assignment.assign(
            case, other, WHY, actor=make.make_officer("chief", (OTHER_AREA,)).actor, today=TODAY
        )


def test_an_officer_hands_over_what_they_have_and_nothing_else():
    holder, other = make.make_officer("clerk"), make.make_officer("clerk")
    case = make.submitted()
    with pytest.raises(ColleagueUnsuited):
        assignment.hand_over(case, holder, WHY, actor=other.actor, today=TODAY)
    with pytest.raises(OutOfArea):
        assignment.hand_over(
            case, other, WHY, actor=make.make_officer("clerk", (OTHER_AREA,)).actor, today=TODAY
        )
    with pytest.raises(ReasonMissing):
        assignment.hand_over(case, other, "", actor=holder.actor, today=TODAY)
    case = assignment.hand_over(case, other, WHY, actor=holder.actor, today=TODAY)
    assert case.assigned_to_id == other.pk
    assert Event.objects.get(kind="application.handed_over").data["said"] == WHY
    assert assignment.hand_over(case, None, WHY, actor=other.actor, today=TODAY).assigned_to_id == holder.pk


def test_who_can_not_have_it():
    clerk, chief = make.make_officer("clerk"), make.make_officer("chief")
    case = make.accepted(chief)
    absent, stranger = make.make_officer("reviewer"), make.make_officer("reviewer", (OTHER_AREA,))
    shut = make.make_officer("reviewer", is_active=False)
    away(absent)
    boss = make.make_officer("chief")
    for unsuited in (clerk, chief, absent, stranger, shut):
        with pytest.raises(ColleagueUnsuited):
            assignment.assign(case, unsuited, WHY, actor=boss.actor, today=TODAY)
    assert assignment.assign(case, boss, WHY, actor=boss.actor, today=TODAY).assigned_to_id == boss.pk


def test_what_is_done_is_in_nobodys_hands():
    clerk, chief = make.make_officer("clerk"), make.make_officer("chief")
    permit = make.issued()
    with pytest.raises(TransitionForbidden):
        assignment.assign(permit.applications.get(), clerk, WHY, actor=chief.actor, today=TODAY)


def test_an_absence_passes_cases_on_and_back_though_no_job_runs():
    holder, stands_in, third = (make.make_officer("clerk") for _ in range(3))
    case = make.submitted()
    tomorrow, after = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
    away(holder, stands_in, tomorrow, tomorrow)
    assert [rota.in_hands_of(case, day) for day in (TODAY, tomorrow, after)] == [
        holder.pk,
        stands_in.pk,
        holder.pk,
    ]
    mine = Filters(mine=True)
    assert list(queries.queue(stands_in.actor, mine, TODAY)) == []
    assert list(queries.queue(stands_in.actor, mine, tomorrow)) == [case]
    assert list(queries.queue(third.actor, mine, tomorrow)) == []
    case = assignment.hand_over(case, third, WHY, actor=stands_in.actor, today=tomorrow)
    assert case.assigned_to_id == third.pk


def test_who_stands_in_may_be_away_too_and_two_for_each_other_are_nobody():
    first, second, third = (make.make_officer("clerk") for _ in range(3))
    case = make.submitted()
    assert case.assigned_to_id == first.pk
    away(first, second)
    away(second, third)
    assert rota.in_hands_of(case, TODAY) == third.pk
    assert set(rota.hands_of(third.pk, TODAY)) == {first.pk, second.pk, third.pk}
    away(third, first)
    assert rota.in_hands_of(case, TODAY) is None


def test_new_cases_pass_by_who_is_away():
    absent, other = make.make_officer("clerk"), make.make_officer("clerk")
    away(absent, other)
    assert {make.submitted(make.eligible_account()).assigned_to_id for _ in range(2)} == {other.pk}


def test_choosing_takes_the_same_number_of_queries_for_few_and_many():
    case = make.submitted()
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as seen:
            rota.next_officer(case, State.SUBMITTED, TODAY)
        counts.append(len(seen))
        for _ in range(5):
            make.make_officer("clerk")
    assert counts[1] == 4


@pytest.mark.parametrize("mine", [True, False])
def test_the_filter_by_hands(mine: bool):
    first, second = make.make_officer("clerk"), make.make_officer("clerk")
    one, two = make.submitted(), make.submitted(make.eligible_account())
    assert (one.assigned_to_id, two.assigned_to_id) == (first.pk, second.pk)
    found = set(queries.queue(first.actor, Filters(mine=mine), TODAY))
    assert found == ({one} if mine else {one, two})
