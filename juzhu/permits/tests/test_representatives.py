"""Who may act for whom, with what: the table, three people, and what the law is told of it."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.operations.models import Event
from juzhu.people import actions as people
from juzhu.permits import actions, facts, representatives
from juzhu.permits.errors import MayNotRepresent, OutOfArea, RepresentativeMissing, TransitionForbidden
from juzhu.permits.files import readable_file
from juzhu.permits.models import Application, Representative
from juzhu.permits.representatives import Agent, why_not
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY

CHILD, GROWN, OLD = date(2015, 6, 1), date(1990, 6, 1), date(1950, 6, 1)
SIXTEEN = date(2010, 3, 10)
RELATIVES = ("spouse", "parent", "child", "sibling", "grandparent", "grandchild")


def reason(relation: str, ground: str, applicant: date, agent: date = GROWN) -> str:
    return str(
        why_not(relation, ground, applicant_born=applicant, agent_born=agent, today=TODAY, minor_age=16)
    )


@pytest.mark.requirement("C10", "A06", "A07")
@pytest.mark.parametrize(
    ("relation", "ground", "applicant"),
    [
        *[(relation, "minor", CHILD) for relation in ("guardian", "parent", "sibling", "grandparent")],
        *[(relation, ground, OLD) for relation in RELATIVES for ground in ("elderly", "disabled")],
        ("spouse", "disabled", GROWN),
    ],
)
def test_guardians_and_close_relatives_may(relation: str, ground: str, applicant: date):
    assert reason(relation, ground, applicant) == ""


@pytest.mark.requirement("C10")
@pytest.mark.parametrize(
    ("relation", "ground", "applicant", "agent", "why"),
    [
        ("guardian", "minor", SIXTEEN, GROWN, "已满 16 周岁"),
        ("parent", "minor", GROWN, OLD, "已满 16 周岁"),
        ("guardian", "elderly", OLD, GROWN, "不由监护人代办"),
        ("guardian", "disabled", GROWN, OLD, "不由监护人代办"),
        ("child", "elderly", date(1966, 3, 11), GROWN, "60 周岁"),
        ("spouse", "minor", CHILD, GROWN, "只有监护人和近亲属"),
        ("parent", "disabled", CHILD, GROWN, "按“未满 16 周岁”代办"),
        ("child", "elderly", OLD, date(2008, 3, 11), "年满 18 周岁"),
        ("friend", "elderly", OLD, GROWN, "只有监护人和近亲属"),
    ],
)
def test_who_may_not_is_told_why(relation: str, ground: str, applicant: date, agent: date, why: str):
    assert why in reason(relation, ground, applicant, agent)


def test_ages_are_attained_on_the_birthday():
    assert reason("parent", "minor", date(2010, 3, 11)) == ""
    assert reason("child", "elderly", date(1966, 3, 10)) == ""
    assert reason("child", "elderly", OLD, date(2008, 3, 10)) == ""


def agent(relation: str = "child", ground: str = "elderly", born: date = date(1980, 1, 2), **about) -> Agent:
    known = make.identity("吴小明", born)
    return Agent(
        known, relation, ground, **{"identity_shown": True, "applicants_identity_shown": True, **about}
    )


def old_persons_case(clerk) -> Application:
    person = make.make_person("吴阿婆", OLD, photo=make.stored_picture())
    make.register(person, date(2025, 7, 1))
    return actions.start(person, "dwelling", actor=clerk.actor, today=TODAY, channel="window", agent=agent())


@pytest.mark.django_db
@pytest.mark.requirement("C10")
def test_the_law_is_told_what_both_have_shown(on_day):
    case = old_persons_case(make.make_officer())
    for own, others, told in (
        (True, True, True),
        (True, None, None),
        (None, True, None),
        (False, True, False),
        (True, False, False),
    ):
        Representative.objects.filter(application=case).update(
            identity_shown=own, applicants_identity_shown=others
        )
        answer, seen = facts.decide(case, TODAY)
        assert seen.facts.person.representative.identity_document is told
        state = next(one.state for one in answer.findings if one.code == "representative_identity")
        assert state == ("met" if told else "unproven")


@pytest.mark.django_db
@pytest.mark.requirement("C10", "A06")
def test_a_guardian_who_files_online_is_a_representative_whose_name_is_confirmed(on_day):
    guardian = make.eligible_account()
    child = make.make_person("周小宝", CHILD)
    people.record_guardianship(guardian.person, child, "civil_affairs", actor=make.make_officer().actor)
    make.register(child, date(2025, 7, 1))
    case = actions.start(child, "dwelling", actor=guardian.actor, today=TODAY)
    row = case.representative
    assert (row.person_id, row.relation, row.ground) == (guardian.person_id, "guardian", "minor")
    answer, _seen = facts.decide(case, TODAY)
    assert {"representative_identity": "met"}.items() <= {
        one.code: one.state for one in answer.findings
    }.items()


@pytest.mark.django_db
def test_who_files_for_themself_has_no_representative(on_day):
    case = make.submitted()
    assert not Representative.objects.exists()
    _answer, seen = facts.decide(case, TODAY)
    assert seen.facts.person.representative is None


@pytest.mark.django_db
@pytest.mark.requirement("J15")
def test_who_goes_on_online_alone_has_no_representative_any_more(on_day):
    account = make.make_account("吴阿婆", OLD, photo=make.stored_picture())
    make.register(account.person, date(2025, 7, 1))
    clerk = make.make_officer()
    actions.start(account.person, "dwelling", actor=clerk.actor, today=TODAY, channel="window", agent=agent())
    make.submitted(account, "dwelling")
    assert not Representative.objects.exists()


@pytest.mark.django_db
@pytest.mark.requirement("A06", "C10")
def test_a_child_at_the_window_is_never_alone(on_day):
    clerk = make.make_officer()
    child = make.make_person("周小宝", CHILD)
    make.register(child, date(2025, 7, 1))
    with pytest.raises(RepresentativeMissing):
        actions.start(child, "dwelling", actor=clerk.actor, today=TODAY, channel="window")
    assert not Application.objects.exists()
    mother = agent("parent", "minor")
    case = actions.start(child, "dwelling", actor=clerk.actor, today=TODAY, channel="window", agent=mother)
    assert case.representative.name == "吴小明"


@pytest.mark.django_db
@pytest.mark.requirement("C10")
def test_the_area_s_officers_name_the_representative_and_a_stranger_does_not(on_day):
    clerk, colleague = make.make_officer("clerk"), make.make_officer("chief")
    stranger = make.make_officer("clerk", areas=(OTHER_AREA,))
    case = old_persons_case(clerk)
    other = agent("sibling")
    with pytest.raises(OutOfArea):
        representatives.appoint(case, other, actor=stranger.actor, today=TODAY)
    representatives.appoint(case, other, actor=colleague.actor, today=TODAY)
    row = Representative.objects.get(application=case)
    assert (row.relation, row.recorded_by_id) == ("sibling", colleague.pk)
    event = Event.objects.get(kind="application.represented")
    assert event.data == {"relation": "sibling", "ground": "elderly"}
    representatives.appoint(case, None, actor=clerk.actor, today=TODAY)
    assert not Representative.objects.exists()


@pytest.mark.django_db
@pytest.mark.requirement("C10")
def test_what_a_representative_showed_is_opened_in_its_area_alone(on_day):
    clerk = make.make_officer()
    case = old_persons_case(clerk)
    scan = make.stored_picture(clerk.actor)
    representatives.appoint(case, agent(files=(scan,)), actor=clerk.actor, today=TODAY)
    for role in ("clerk", "reviewer", "chief"):
        there = readable_file(make.make_officer(role).actor, scan.name, TODAY)
        assert there == (scan, case.person_id)
        assert readable_file(make.make_officer(role, (OTHER_AREA,)).actor, scan.name, TODAY) is None
    assert readable_file(make.make_account("林海峰").actor, scan.name, TODAY) is None


@pytest.mark.django_db
def test_nobody_represents_themself_or_against_the_table(on_day):
    clerk = make.make_officer()
    case = old_persons_case(clerk)
    with pytest.raises(MayNotRepresent):
        representatives.appoint(case, agent("guardian"), actor=clerk.actor, today=TODAY)
    known = make.identity("吴阿婆", OLD)
    case.person.identity_number = known.identity_number
    with pytest.raises(MayNotRepresent):
        representatives.check(Agent(known, "child", "elderly"), case.person, TODAY)
    assert Representative.objects.get(application=case).relation == "child"


@pytest.mark.django_db
def test_once_it_is_accepted_the_representative_stays(on_day):
    clerk = make.make_officer()
    case = make.accepted(clerk)
    with pytest.raises(TransitionForbidden):
        representatives.appoint(case, agent(), actor=clerk.actor, today=TODAY)


@pytest.mark.django_db
@pytest.mark.requirement("C10")
def test_who_turns_sixteen_over_the_draft_is_not_filed_for_as_a_child(on_day):
    clerk = make.make_officer()
    person = make.make_person("周小宝", date(2010, 3, 12), photo=make.stored_picture())
    make.register(person, date(2025, 7, 1))
    mother = agent("parent", "minor")
    case = actions.start(person, "dwelling", actor=clerk.actor, today=TODAY, channel="window", agent=mother)
    for step in ("place", "declaration", "form", "materials"):
        actions.save_step(case, step, {"done": True}, actor=clerk.actor)
    with pytest.raises(MayNotRepresent):
        actions.submit(case, actor=clerk.actor, today=date(2026, 3, 12))
    representatives.appoint(case, None, actor=clerk.actor, today=date(2026, 3, 12))
    assert actions.submit(case, actor=clerk.actor, today=date(2026, 3, 12)).state == "submitted"
