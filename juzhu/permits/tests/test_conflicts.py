"""回避: who has to keep away from a case, and from every action on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.operations import clock, tasks
from juzhu.operations.actors import SYSTEM, Actor
from juzhu.operations.models import Event
from juzhu.people import actions as people
from juzhu.people import staff
from juzhu.people.models import Account
from juzhu.permits import actions, casework, conflicts, pauses, switching
from juzhu.permits.desk import assignment, endings, remedies
from juzhu.permits.errors import ConflictOfInterest
from juzhu.permits.models import Application, Representative
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.permits.window import cases as at_window
from juzhu.permits.window import mending

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day"), pytest.mark.requirement("G04")]
DEATH = endings.Fact("death", TODAY, "死亡证明 12 号")


def set_number(account: Account, number: str) -> None:
    administrator = make.make_officer("administrator", ())
    staff.set_staff_number(account, number, actor=administrator.actor, today=TODAY)


def declare(account: Account, number: str, relation: str = "spouse") -> Any:
    return staff.declare_relation(number, relation, actor=account.actor, today=TODAY)


def test_nobody_handles_their_own_case_and_a_colleague_does():
    account = make.eligible_account()
    own, colleague = make.make_officer("clerk"), make.make_officer("clerk")
    set_number(own, account.person.identity_number)
    case = make.submitted(account)
    with pytest.raises(ConflictOfInterest):
        casework.accept(case, actor=own.actor, today=TODAY)
    case.refresh_from_db()
    assert case.state == "submitted"
    assert not Event.objects.filter(kind="application.accepted").exists()
    assert casework.accept(case, actor=colleague.actor, today=TODAY).state == "accepted"


def test_nobody_handles_their_familys_case_until_the_declaration_is_withdrawn():
    account = make.eligible_account()
    near, stranger = make.make_officer("clerk"), make.make_officer("clerk")
    declared = declare(near, account.person.identity_number.lower())
    case = make.submitted(account)
    assert conflicts.in_conflict(near.actor, case)
    assert not conflicts.in_conflict(stranger.actor, case)
    assert not conflicts.in_conflict(SYSTEM, case)
    assert not conflicts.in_conflict(account.actor, case)
    staff.withdraw_relation(declared, actor=near.actor)
    conflicts.check(near.actor, case)


def test_a_childs_case_is_the_guardians_too():
    guardian, child = make.make_account("王强"), make.make_person("王小明", make.date(2018, 5, 1))
    people.record_guardianship(guardian.person, child, "population_register", actor=SYSTEM)
    make.register(child, make.calendar.add_months(TODAY, -8))
    own, near, stranger = (make.make_officer("clerk") for _ in range(3))
    set_number(own, guardian.person.identity_number)
    declare(near, guardian.person.identity_number, "sibling")
    draft = actions.start(child, "dwelling", actor=guardian.actor, today=TODAY)
    assert [conflicts.in_conflict(one.actor, draft) for one in (own, near, stranger)] == [True, True, False]


def test_who_acts_for_an_applicant_counts_too():
    case, agent = make.submitted(), make.make_person("王强")
    near, stranger = make.make_officer("reviewer"), make.make_officer("reviewer")
    declare(near, agent.identity_number, "parent")
    Representative.objects.create(
        application=case,
        name=agent.name,
        identity_number=agent.identity_number,
        relation="child",
        ground="elderly",
        recorded_at=clock.now(),
    )
    assert [conflicts.in_conflict(one.actor, case) for one in (near, stranger)] == [True, False]


def test_an_empty_number_is_nobodys():
    """Officers without a number and a person whose identity is pending are no relatives of each other."""
    case = make.submitted()
    case.person.identity_number = ""
    assert not conflicts.in_conflict(make.make_officer("clerk").actor, case)
    assert not conflicts.touches_the_staff(case)


DEEDS: dict[str, tuple[str, str, Callable[[Application, Actor], Any]]] = {
    "request_supplement": (
        "clerk",
        "submitted",
        lambda case, who: casework.request_supplement(case, {}, actor=who, today=TODAY),
    ),
    "accept": ("clerk", "submitted", lambda case, who: casework.accept(case, actor=who, today=TODAY)),
    "approve": ("reviewer", "accepted", lambda case, who: casework.approve(case, actor=who, today=TODAY)),
    "refuse": (
        "reviewer",
        "accepted",
        lambda case, who: casework.refuse(case, "条件不符合。", actor=who, today=TODAY),
    ),
    "take_back": (
        "chief",
        "accepted",
        lambda case, who: casework.take_back(case, "材料有疑问。", actor=who, today=TODAY),
    ),
    "assign": (
        "chief",
        "submitted",
        lambda case, who: assignment.assign(case, None, "先收回来。", actor=who, today=TODAY),
    ),
    "pause": (
        "reviewer",
        "accepted",
        lambda case, who: pauses.pause(case, "appraisal", "鉴定合同签名。", 9, actor=who, today=TODAY),
    ),
    "resume": ("reviewer", "accepted", lambda case, who: pauses.resume(case, actor=who, today=TODAY)),
    "end": ("chief", "accepted", lambda case, who: endings.end(case, DEATH, actor=who, today=TODAY)),
    "withdraw": ("clerk", "submitted", lambda case, who: actions.withdraw(case, actor=who, today=TODAY)),
    "correct": (
        "clerk",
        "submitted",
        lambda case, who: mending.correct(
            case, "form", {"phone": "13800000001"}, actor=who, today=TODAY, reason="他在电话里说的。"
        ),
    ),
    "switch_route": (
        "clerk",
        "submitted",
        lambda case, who: switching.switch_route(case, "dwelling", actor=who, today=TODAY),
    ),
    "record_remedy": (
        "chief",
        "submitted",
        lambda case, who: remedies.record(
            case, remedies.Filed("litigation", "法院", "1", TODAY), actor=who, today=TODAY
        ),
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_every_deed_of_an_officer_is_closed_to_who_has_to_keep_away(deed: str):
    role, state, do = DEEDS[deed]
    account = make.eligible_account()
    case = make.submitted(account)
    if state == "accepted":
        case = casework.accept(case, actor=make.make_officer("clerk").actor, today=TODAY)
    near = make.make_officer(role)
    declare(near, account.person.identity_number)
    with pytest.raises(ConflictOfInterest):
        do(case, near.actor)
    case.refresh_from_db()
    assert case.state == state


def test_judging_a_paper_is_closed_too():
    account = make.eligible_account()
    case = make.submitted(account)
    piece = evidence.upload(account.person_id, Kind.LEASE_FILING, {"number": "1"}, [], actor=account.actor)
    near, colleague = make.make_officer("clerk"), make.make_officer("clerk")
    declare(near, account.person.identity_number)
    with pytest.raises(ConflictOfInterest):
        casework.judge(case, piece, "good", actor=near.actor, today=TODAY)
    casework.judge(case, piece, "good", actor=colleague.actor, today=TODAY)


def test_nobody_files_for_their_family_at_the_window():
    account, clerk = make.eligible_account(), make.make_officer("clerk")
    declare(clerk, account.person.identity_number, "parent")
    draft = make.draft(account)
    with pytest.raises(ConflictOfInterest):
        actions.submit(draft, actor=clerk.actor, today=TODAY)
    with pytest.raises(ConflictOfInterest):
        actions.save_step(draft, "form", {"phone": "1"}, actor=clerk.actor)
    with pytest.raises(ConflictOfInterest):
        at_window.take_over(draft, actor=clerk.actor)
    actions.withdraw(draft, actor=account.actor, today=TODAY)
    with pytest.raises(ConflictOfInterest):
        actions.start(account.person, "employment", actor=clerk.actor, today=TODAY, channel="window")
    assert not Application.objects.exclude(pk=draft.pk).exists()


def test_nobody_extends_their_familys_time_to_supplement():
    account, clerk = make.make_account(), make.make_officer("clerk")
    make.register(account.person, make.calendar.add_months(TODAY, -8))
    case = make.submitted(account)
    casework.request_supplement(case, {"photo": "", "insured_one_year": ""}, actor=clerk.actor, today=TODAY)
    near = make.make_officer("clerk")
    declare(near, account.person.identity_number)
    with pytest.raises(ConflictOfInterest):
        actions.extend_supplement(case, actor=near.actor, today=TODAY)
    assert actions.extend_supplement(case, actor=clerk.actor, today=TODAY).extended


def test_who_has_to_keep_away_gives_the_case_back_and_chooses_nobody():
    account = make.eligible_account()
    near, friend = make.make_officer("clerk"), make.make_officer("clerk")
    case = make.submitted(account)
    Application.objects.filter(pk=case.pk).update(assigned_to=near)
    declare(near, account.person.identity_number)
    with pytest.raises(ConflictOfInterest):
        assignment.hand_over(case, friend, "请他来办这件。", actor=near.actor, today=TODAY)
    case = assignment.hand_over(case, None, "是我亲戚的件。", actor=near.actor, today=TODAY)
    assert case.assigned_to_id == friend.pk


def test_declaring_passes_on_what_one_has():
    account = make.eligible_account()
    near = make.make_officer("clerk")
    case, other = make.submitted(account), make.submitted()
    assert (case.assigned_to_id, other.assigned_to_id) == (near.pk, near.pk)
    colleague = make.make_officer("clerk")
    declare(near, account.person.identity_number)
    tasks.run_all()
    case.refresh_from_db()
    other.refresh_from_db()
    assert (case.assigned_to_id, other.assigned_to_id) == (colleague.pk, near.pk)


def test_the_question_takes_three_queries_however_many_are_asked_about():
    case = make.submitted()
    officers = [make.make_officer("clerk").pk for _ in range(20)]
    with CaptureQueriesContext(connection) as seen:
        assert conflicts.among(officers, case) == set()
    assert len(seen) == 3


def test_nothing_here_takes_a_fee():
    """No table has a place for one; the only money is a fine, in the two kinds of cases."""
    money = re.compile(r"fee|price|yuan|amount|charge|payment")
    rooms = ("people", "evidence", "registration", "permits")
    fields = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in rooms
        for field in model._meta.get_fields()
        if money.search(field.name)
    }
    assert fields == {"permits.FraudCase.fine_yuan", "registration.PenaltyCase.fine_yuan"}
