"""Every edge of an application's life, every pair that is none, and whose part each is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from django.db import transaction

from juzhu.operations.actors import SYSTEM, Actor
from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.permits import actions, casework, instant, moves, pauses
from juzhu.permits.desk import assignment, endings, remedies
from juzhu.permits.errors import OutOfArea, TransitionForbidden
from juzhu.permits.models import Application, Decision
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import AREA, OTHER_AREA, TODAY
from juzhu.permits.transitions import (
    ALLOWED_FROM,
    ALLOWED_ROLES,
    OPEN,
    STAYING,
    TRANSITIONS,
    UNFINISHED,
    State,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
DEATH = endings.Fact("death", TODAY, "死亡证明 12 号")
MOVES = sorted({action for _state, action in TRANSITIONS})
PAIRS = sorted(product(State, MOVES))
STAYING_PAIRS = sorted(product(State, STAYING))
ELSEWHERE = {"correct", "switch_route"}
"""What is done to a draft or a filed form has its own tests."""
OFFICERS = ["clerk", "reviewer", "chief", "subdistrict", "department", "auditor", "administrator"]
EVERYBODY = ["citizen", "system", *OFFICERS]

CALLS: dict[str, Callable[[Application, Actor], Any]] = {
    "submit": lambda case, who: actions.submit(case, actor=who, today=TODAY),
    "withdraw": lambda case, who: actions.withdraw(case, actor=who, today=TODAY),
    "extend_supplement": lambda case, who: actions.extend_supplement(case, actor=who, today=TODAY),
    "request_supplement": lambda case, who: casework.request_supplement(case, {}, actor=who, today=TODAY),
    "accept": lambda case, who: casework.accept(case, actor=who, today=TODAY),
    "approve": lambda case, who: casework.approve(case, actor=who, today=TODAY),
    "refuse": lambda case, who: casework.refuse(case, "条件不符合规定。", actor=who, today=TODAY),
    "take_back": lambda case, who: casework.take_back(case, "材料有疑问。", actor=who, today=TODAY),
    "reopen": lambda case, who: remedies.reopen(case, "法院撤销了原决定。", actor=who, today=TODAY),
    "end": lambda case, who: endings.end(case, DEATH, actor=who, today=TODAY),
    "assign": lambda case, who: assignment.assign(case, None, "先收回来。", actor=who, today=TODAY),
    "hand_over": lambda case, who: assignment.hand_over(case, None, "手上太多了。", actor=who, today=TODAY),
    "pause": lambda case, who: pauses.pause(case, "hearing", "下周听证。", 9, actor=who, today=TODAY),
    "resume": lambda case, who: pauses.resume(case, actor=who, today=TODAY),
    "record_remedy": lambda case, who: remedies.record(
        case, remedies.Filed("litigation", "法院", "", TODAY), actor=who, today=TODAY
    ),
    "ask_person": lambda case, who: instant.ask_person(case, actor=who, today=TODAY),
}


def case_in(state: State) -> Application:
    """A row that stands in a state, without the way there."""
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    return Application.objects.create(
        person=make.make_person(),
        kind=Application.FIRST,
        route="employment",
        state=state,
        area=AREA,
        policy_id="gongshu-2022",
        started_at=moment,
        saved_at=moment,
    )


def somebody(who: str, areas: tuple[str, ...] = (AREA,)) -> Actor:
    if who == "system":
        return SYSTEM
    if who == "citizen":
        owner = Application.objects.values_list("person_id", flat=True).first()
        return Actor("citizen", 10**6, owner)
    return Actor("staff", 10**6, None, who, areas, "徐静")


def one_of(action: str) -> Actor:
    return somebody(sorted(ALLOWED_ROLES[action])[0])


@pytest.mark.parametrize(("state", "action"), PAIRS)
def test_an_action_starts_where_the_table_says_and_nowhere_else(state: State, action: str):
    case = case_in(state)
    with transaction.atomic():
        if (state, action) not in TRANSITIONS:
            with pytest.raises(TransitionForbidden) as refused:
                moves.locked_for(case.pk, action, one_of(action), TODAY)
            assert refused.value.about["state"] == state
            return
        locked = moves.locked_for(case.pk, action, one_of(action), TODAY)
        moves.move_on(locked, action, f"test.{action}", one_of(action))
    case.refresh_from_db()
    assert case.state == TRANSITIONS[state, action]
    event = Event.objects.get(kind=f"test.{action}")
    assert event.data["state"] == TRANSITIONS[state, action]


@pytest.mark.parametrize(("state", "action"), STAYING_PAIRS)
def test_what_leaves_the_state_alone_is_done_where_its_table_says(state: State, action: str):
    case = case_in(state)
    with transaction.atomic():
        if state in STAYING[action]:
            assert moves.locked_for(case.pk, action, one_of(action), TODAY) == case
            return
        with pytest.raises(TransitionForbidden):
            moves.locked_for(case.pk, action, one_of(action), TODAY)


NOWHERE = [pair for pair in PAIRS if pair[1] in CALLS and pair not in TRANSITIONS] + [
    pair for pair in STAYING_PAIRS if pair[1] in CALLS and pair[0] not in STAYING[pair[1]]
]


@pytest.mark.parametrize(("state", "action"), [pair for pair in NOWHERE if pair != (State.ENDED, "end")])
def test_what_is_forbidden_changes_nothing(state: State, action: str):
    case = case_in(state)
    with pytest.raises(TransitionForbidden):
        CALLS[action](case, one_of(action))
    case.refresh_from_db()
    assert case.state == state
    assert not Decision.objects.exists()
    assert not Event.objects.filter(subject_type="permits.application").exists()


@pytest.mark.parametrize(("action", "who"), sorted(product(CALLS, EVERYBODY)))
def test_everybody_does_their_own_part(action: str, who: str):
    if who in ALLOWED_ROLES[action]:
        moves.check_role(action, somebody(who))
        return
    starts = [state for state, known in TRANSITIONS if known == action] + sorted(STAYING.get(action, ()))
    start = starts[0]
    case = case_in(start)
    with pytest.raises(NotAllowed):
        CALLS[action](case, somebody(who))
    case.refresh_from_db()
    assert case.state == start


@pytest.mark.parametrize(("pair", "who"), sorted(product(ALLOWED_FROM, OFFICERS)))
def test_some_parts_change_hands_at_acceptance(pair: tuple[State, str], who: str):
    state, action = pair
    assert pair in TRANSITIONS
    assert ALLOWED_FROM[pair] < ALLOWED_ROLES[action]
    case = case_in(state)
    if who in ALLOWED_FROM[pair]:
        with transaction.atomic():
            assert moves.locked_for(case.pk, action, somebody(who), TODAY) == case
        return
    with pytest.raises(NotAllowed):
        CALLS[action](case, somebody(who))
    case.refresh_from_db()
    assert case.state == state


OFFICERS_OWN = sorted(
    action for action in CALLS if ALLOWED_ROLES[action] & set(OFFICERS[:3]) and action != "submit"
)


@pytest.mark.parametrize("action", OFFICERS_OWN)
@pytest.mark.parametrize("state", [State.SUBMITTED, State.ISSUED])
def test_an_officer_of_another_area_learns_nothing(action: str, state: State):
    case = case_in(state)
    Application.objects.filter(pk=case.pk).update(examine_by=TODAY.replace(day=1), received_on=TODAY)
    role = sorted(ALLOWED_ROLES[action] & set(OFFICERS))[0]
    with pytest.raises(OutOfArea) as refused:
        CALLS[action](case, somebody(role, (OTHER_AREA,)))
    assert refused.value.status == 404
    case.refresh_from_db()
    assert case.state == state


def test_the_table_leads_nowhere_from_its_ends():
    ends = set(State) - {state for state, _action in TRANSITIONS}
    assert ends == {State.ISSUED, State.WITHDRAWN}
    assert set(UNFINISHED) == set(State) - ends - {State.REFUSED, State.LAPSED, State.ENDED}
    for answered in (State.REFUSED, State.LAPSED, State.ENDED):
        assert {action for state, action in TRANSITIONS if state == answered} == {"reopen"}
    assert set(OPEN) < set(UNFINISHED)


def test_every_state_is_reached_and_every_action_has_somebody():
    assert {State.DRAFT, *TRANSITIONS.values()} == set(State)
    assert {*MOVES, *STAYING, *ELSEWHERE} == set(ALLOWED_ROLES)
    assert not set(MOVES) & set(STAYING)
    assert all(ALLOWED_ROLES.values())


def test_nobody_both_accepts_and_approves_but_a_chief_who_may_do_either():
    assert ALLOWED_ROLES["accept"] & ALLOWED_ROLES["approve"] == {"chief"}
