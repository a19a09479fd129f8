"""Which permits are looked at again, by whom, and what follows. Hints are hints."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

import juzhu
from juzhu.operations import tasks
from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.permits.after import post_checks, risk_hints
from juzhu.permits.after.post_checks import Found
from juzhu.permits.after.queries import permit_meant, post_checks_for, tips_for
from juzhu.permits.errors import (
    ConflictOfInterest,
    FindingsContradict,
    NobodyToCheck,
    OutOfArea,
    ReasonMissing,
    TransitionForbidden,
)
from juzhu.permits.models import Decision, FraudCase, PostCheck
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
TRUE = {"address": "true", "work": "true", "identity": "true"}
GONE = {"address": "false", "work": "unknown"}


def planned(permit=None, by: str = "tip") -> PostCheck:
    permit = permit or make.issued()
    return post_checks.plan(permit, by, [], actor=make.make_officer("clerk").actor, today=TODAY)


@pytest.mark.requirement("F09")
def test_a_months_draw_can_be_drawn_again_by_whoever_doubts_it(settings):
    settings.JUZHU_RANDOM_CHECK_PERCENT = 40
    chief = make.make_officer("chief")
    numbers = [make.issued().number for _ in range(5)]
    drawn = post_checks.draw(make.AREA, actor=chief.actor, today=TODAY, seed="a1b2")
    event = Event.objects.get(kind="post_check.drawn")
    assert (event.data["seed"], event.data["of"], event.data["share_percent"]) == ("a1b2", 5, 40)
    again = post_checks.lots(numbers, event.data["seed"], event.data["share_percent"])
    assert {check.permit.number for check in drawn} == set(again)
    assert len(drawn) == 2
    assert {check.due_on for check in drawn} == {date(2026, 4, 9)}


def test_a_second_draw_in_a_month_is_the_first_and_another_month_is_a_new_one():
    chief = make.make_officer("chief")
    make.issued()
    first = post_checks.draw(make.AREA, actor=chief.actor, today=TODAY)
    second = post_checks.draw(make.AREA, actor=chief.actor, today=date(2026, 3, 30))
    assert [row.pk for row in second] == [row.pk for row in first]
    with pytest.raises(NobodyToCheck):
        post_checks.draw(make.AREA, actor=chief.actor, today=date(2026, 4, 1))


def test_who_draws_and_who_does_not():
    make.issued()
    with pytest.raises(NotAllowed):
        post_checks.draw(make.AREA, actor=make.make_officer("clerk").actor, today=TODAY)
    with pytest.raises(OutOfArea):
        post_checks.draw(make.OTHER_AREA, actor=make.make_officer("chief").actor, today=TODAY)


@pytest.mark.requirement("F09")
def test_the_officer_a_colleague_a_stranger_and_the_person():
    account = make.eligible_account()
    check = planned(make.issued(account))
    other = make.make_officer("chief", areas=(make.OTHER_AREA,))
    colleague, chief = make.make_officer("reviewer"), make.make_officer("chief")
    assert [list(post_checks_for(who.actor)) for who in (colleague, chief)] == [[check], [check]]
    assert [list(post_checks_for(who.actor)) for who in (other, account)] == [[], []]
    with pytest.raises(OutOfArea):
        post_checks.record(check, Found(TRUE, "true"), actor=other.actor, today=TODAY)
    with pytest.raises(NotAllowed):
        post_checks.record(check, Found(TRUE, "true"), actor=account.actor, today=TODAY)
    with pytest.raises(NotAllowed):
        post_checks.assign(check, colleague, actor=colleague.actor)
    with pytest.raises(NotAllowed):
        post_checks.assign(check, other, actor=chief.actor)
    assert post_checks.assign(check, colleague, actor=chief.actor).assigned_to == colleague
    own = make.make_officer("clerk", staff_identity_number=account.person.identity_number)
    with pytest.raises(ConflictOfInterest):
        post_checks.record(check, Found(TRUE, "true"), actor=own.actor, today=TODAY)


@pytest.mark.requirement("F09")
def test_true_ends_it_and_changed_tells_the_person_what_to_do():
    clerk = make.make_officer("clerk")
    good, changed = planned(), planned()
    photo = make.stored_picture(clerk.actor)
    post_checks.record(good, Found(TRUE, "true", photos=[photo]), actor=clerk.actor, today=TODAY)
    note = "房东说上个月搬走了。"
    done = post_checks.record(changed, Found(GONE, "changed", note), actor=clerk.actor, today=TODAY)
    assert (done.state, done.done_on, done.done_by) == ("done", TODAY, clerk)
    assert good.photos.get() == photo
    tasks.run_all()
    assert list(good.person.messages.filter(kind__startswith="check").values_list("kind", flat=True)) == [
        "check_true"
    ]
    assert changed.person.messages.filter(kind="check_changed").count() == 1
    assert not FraudCase.objects.exists()
    with pytest.raises(TransitionForbidden):
        post_checks.record(done, Found(TRUE, "true"), actor=clerk.actor, today=TODAY)


@pytest.mark.requirement("F09", "G03")
def test_suspected_opens_a_case_of_fraud():
    clerk, check = make.make_officer("clerk"), planned()
    note = "租赁合同是假的，房东没有签过。"
    post_checks.record(check, Found(GONE, "suspected", note), actor=clerk.actor, today=TODAY)
    case = FraudCase.objects.get()
    assert (case.post_check, case.person, case.state, case.facts) == (check, check.person, "opened", note)
    assert (case.committed_on, case.decide_by) == (TODAY, date(2026, 6, 8))


@pytest.mark.parametrize(
    ("answers", "result", "note", "error"),
    [
        (GONE, "true", "说明了情况", FindingsContradict),
        ({"address": "unknown"}, "true", "", FindingsContradict),
        (TRUE, "suspected", "说明了情况", FindingsContradict),
        (TRUE, "good", "", FindingsContradict),
        ({"mood": "true"}, "true", "", FindingsContradict),
        (GONE, "changed", "搬了", ReasonMissing),
    ],
)
def test_a_result_follows_from_what_was_found(answers, result, note, error):
    with pytest.raises(error):
        post_checks.record(
            planned(), Found(answers, result, note), actor=make.make_officer("clerk").actor, today=TODAY
        )


def test_planned_twice_is_once_and_a_cancelled_one_says_why():
    permit, chief = make.issued(), make.make_officer("chief")
    check = planned(permit)
    assert planned(permit).pk == check.pk
    with pytest.raises(ReasonMissing):
        post_checks.cancel(check, "错了", actor=chief.actor, today=TODAY)
    assert (
        post_checks.cancel(check, "重复列入，另一件在查。", actor=chief.actor, today=TODAY).state
        == "cancelled"
    )
    assert planned(permit).pk != check.pk


@pytest.mark.requirement("F09")
def test_a_tip_of_anybody_becomes_a_check_once_an_officer_has_found_whom_it_is_about():
    permit, citizen, clerk = make.issued(), make.make_account("李明"), make.make_officer("clerk")
    tip = post_checks.report(make.AREA, "桥弄街 6 幢姓周的", "早就不住这里了。", actor=citizen.actor)
    other = make.make_officer("clerk", areas=(make.OTHER_AREA,))
    assert (list(tips_for(clerk.actor)), list(tips_for(other.actor))) == ([tip], [])
    assert list(tips_for(citizen.actor)) == []
    assert permit_meant(other.actor, permit.number) is None
    found = permit_meant(clerk.actor, permit.person.identity_number)
    with pytest.raises(OutOfArea):
        post_checks.follow_tip(tip, permit, actor=other.actor, today=TODAY)
    check = post_checks.follow_tip(tip, found, actor=clerk.actor, today=TODAY)
    assert (check.plan, check.tip, check.person) == ("tip", "早就不住这里了。", permit.person)
    with pytest.raises(TransitionForbidden):
        post_checks.dismiss_tip(tip, "已经列入核查。", actor=clerk.actor)


def test_a_stranger_without_a_name_and_an_auditor_report_nothing():
    from juzhu.operations.actors import Actor

    for actor in (Actor("citizen"), make.make_officer("auditor").actor):
        with pytest.raises(NotAllowed):
            post_checks.report(make.AREA, "某人", "早就不住这里了。", actor=actor)


@pytest.mark.requirement("F09")
def test_each_hint_has_the_figures_that_it_rests_on(settings):
    settings.JUZHU_HINTS_FROM = {
        "people_at_an_address": 2,
        "people_of_a_phone": 2,
        "months_without_insurance": 3,
    }
    permit = make.issued()
    assert {hint.code for hint in risk_hints.of(permit, TODAY)} == set()
    person = permit.person
    neighbour = make.make_person("李明")
    make.register(neighbour, TODAY)
    type(person).objects.filter(pk=neighbour.pk).update(phone=person.phone)
    person.registrations.update(workplace="另一家（示例）")
    found = {hint.code: hint.about for hint in risk_hints.of(permit, TODAY)}
    assert found["crowded"] == {"people": 2, "from": 2}
    assert found["shared_phone"] == {"people": 2, "from": 2}
    assert found["insured_elsewhere"] == {"last": "2026-02"}
    later = {hint.code: hint.about for hint in risk_hints.of(permit, date(2026, 9, 10))}
    assert later["not_insured"] == {"last": "2026-02", "months": 3}


@pytest.mark.parametrize("count", [1, 4])
def test_the_hints_of_an_area_take_a_fixed_number_of_queries(count, settings, django_assert_num_queries):
    settings.JUZHU_HINTS_FROM = {**settings.JUZHU_HINTS_FROM, "people_at_an_address": 1}
    for _ in range(count):
        make.issued()
    with django_assert_num_queries(5):
        assert len(risk_hints.in_areas([make.AREA], TODAY)) == count
    assert risk_hints.in_areas([make.OTHER_AREA], TODAY) == []


def test_nothing_but_the_officers_page_reads_hints_and_no_decision_changes_by_them(settings):
    readers = set()
    root = Path(juzhu.__file__).parent
    for path in root.rglob("*.py"):
        names = {
            name.name
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.ImportFrom)
            and node.module in {"juzhu.permits.after", "juzhu.permits.after.risk_hints"}
            for name in node.names
        }
        if "risk_hints" in names and "tests" not in path.parts:
            readers.add(path.relative_to(root).as_posix())
    assert readers == {"counter/views/after_issue_checks.py"}
    settings.JUZHU_HINTS_FROM = {**settings.JUZHU_HINTS_FROM, "people_at_an_address": 1}
    make.issued()
    assert {row.outcome for row in Decision.objects.all()} == {"accept"}
