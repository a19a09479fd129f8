"""Objections: who may file one, what it does meanwhile, how a department answers, and that once is once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from juzhu.evidence import actions, objections
from juzhu.evidence.errors import (
    AlreadyObjected,
    AnswerMissing,
    EvidenceNotYours,
    KindNotYours,
    NothingCorrected,
    NotObjectable,
    ObjectionAnswered,
    UpheldAlready,
)
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence, Objection
from juzhu.evidence.queries import known_by_departments, objections_for, proof_of
from juzhu.operations import tasks
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account, Guardianship, Message
from juzhu.permits import facts
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
RUN = {"from": "2025-01", "to": "2025-06", "division": "330100", "employer": "旧公司"}
RIGHT = {"runs": [{**RUN, "to": "2026-02"}]}


def officer(department: str = "human_resources", **about: Any) -> Account:
    return make.make_officer("department", areas=(), department=department, **about)


def insured(account: Account) -> Evidence:
    assert account.person_id is not None
    return actions.attest(
        account.person_id, Kind.INSURANCE, {"runs": [RUN]}, "human_resources", actor=SYSTEM, way="push"
    )


def filed(account: Account, piece: Evidence | None = None) -> Objection:
    return objections.file(
        piece or insured(account), "去年 9 月换了单位", "一直缴到今年 2 月", actor=account.actor, today=TODAY
    )


@pytest.mark.requirement("J06")
def test_it_has_a_number_a_due_day_and_an_event():
    account = make.make_account()
    objection = filed(account)
    assert objection.number == "YY-2026-000001"
    assert objection.due_on == date(2026, 3, 17)
    assert (objection.text, objection.wanted) == ("去年 9 月换了单位", "一直缴到今年 2 月")
    event = Event.objects.latest("position")
    assert (event.kind, event.person_id) == ("objection.filed", account.person_id)
    assert event.data["due_on"] == "2026-03-17"


@override_settings(JUZHU_OBJECTION_WORKING_DAYS=10)
def test_the_term_is_the_districts_own():
    assert objections.due_after(TODAY) == date(2026, 3, 24)
    assert objections.due_after(date(2026, 9, 30)) == date(2026, 10, 20)  # holiday, make-up Saturday


def test_only_the_person_objects_not_a_neighbour_nor_an_officer():
    account, neighbour = make.make_account(), make.make_account("陈一")
    piece = insured(account)
    for stranger in (neighbour.actor, officer().actor, make.make_officer().actor, SYSTEM):
        with pytest.raises(EvidenceNotYours):
            objections.file(piece, "不对", "", actor=stranger, today=TODAY)
    assert filed(account, piece).is_open


def test_a_guardian_objects_for_a_child_until_its_16th_birthday():
    guardian, child = make.make_account(), make.make_person("周小满", date(2010, 3, 11))
    Guardianship.objects.create(guardian=guardian.person, child=child, source="police")
    says = {"school": "示例小学", "full_time": True, "division": "330105"}
    piece = actions.attest(child.pk, Kind.STUDENT_RECORD, says, "education", actor=SYSTEM)
    with pytest.raises(EvidenceNotYours):
        objections.file(piece, "学校不对", "", actor=guardian.actor, today=date(2026, 3, 11))
    assert objections.file(piece, "学校不对", "", actor=guardian.actor, today=TODAY).person == child


def test_one_is_open_at_a_time():
    account = make.make_account()
    piece = insured(account)
    first = filed(account, piece)
    with pytest.raises(AlreadyObjected):
        filed(account, piece)
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.create(
            number="YY-x", evidence=piece, person=account.person, department="human_resources",
            text="x", filed_at=first.filed_at, filed_on=TODAY, due_on=TODAY,
        )  # fmt: skip
    objections.uphold(first, "查过账册没有错", actor=officer().actor, today=TODAY)
    assert filed(account).number == "YY-2026-000002"


def test_nothing_is_objected_to_but_a_departments_word_that_stands():
    account = make.make_account()
    paper = actions.upload(account.person_id, Kind.LEASE_FILING, {}, [], actor=account.actor)
    gone = insured(account)
    actions.withdraw_word(gone, actor=officer().actor)
    for piece in (paper, gone):
        with pytest.raises(NotObjectable):
            filed(account, piece)
    with pytest.raises(AnswerMissing):
        objections.file(insured(account), "  ", "", actor=account.actor, today=TODAY)


# Meanwhile


def test_while_it_is_open_the_word_does_not_count_and_a_paper_of_that_kind_does():
    account = make.make_account()
    filed(account)
    assert proof_of(account.person_id, TODAY).insurance() is None
    paper = actions.upload(account.person_id, Kind.INSURANCE, RIGHT, [], actor=account.actor)
    assert proof_of(account.person_id, TODAY).by_kind[Kind.INSURANCE] == paper


def test_it_takes_no_query_more(django_assert_num_queries):
    account = make.make_account()
    filed(account)
    with django_assert_num_queries(1):
        proof_of(account.person_id, TODAY, files=False)


@pytest.mark.requirement("J06", "D08")
def test_nobody_is_refused_by_a_word_that_they_object_to():
    account = make.eligible_account()
    short = actions.attest(
        account.person_id, Kind.INSURANCE, {"runs": [RUN]}, "human_resources", actor=SYSTEM
    )
    application = make.draft(account)
    answer, _seen = facts.decide(application, TODAY)
    assert "insured_one_year" in answer.unmet
    filed(account, short)
    answer, _seen = facts.decide(application, TODAY)
    assert "insured_one_year" not in answer.unmet
    assert answer.outcome != "refuse"


def test_another_persons_word_stays_as_it_is():
    account, other = make.make_account(), make.make_account("陈一")
    insured(other)
    filed(account)
    assert proof_of(other.person_id, TODAY).insurance()


# The answer


@pytest.mark.requirement("J06")
def test_a_correction_replaces_the_word_keeps_the_old_one_as_history_and_is_told():
    account, clerk = make.make_account(), officer()
    objection = objections.correct(
        filed(account), RIGHT, "查了账册，确实漏了", actor=clerk.actor, today=TODAY
    )
    assert (objection.state, objection.answered_by_id) == ("corrected", clerk.pk)
    new = objection.replacement
    assert new is not None
    assert (new.way, new.certainty, new.department) == ("page", "confirmed", "human_resources")
    assert [piece.pk for piece in known_by_departments(account.person_id)] == [new.pk]
    assert Evidence.objects.get(pk=objection.evidence_id).withdrawn_at is not None
    assert proof_of(account.person_id, TODAY).by_kind[Kind.INSURANCE] == new
    tasks.run_all()
    told = Message.objects.get(person=account.person)
    assert (told.kind, told.about) == ("objection_corrected", {"objection": objection.number})
    assert Event.objects.latest("position").kind == "objection.corrected"


def test_an_older_word_does_not_come_back_when_the_newer_one_is_corrected_away(on_day):
    account = make.make_account()
    insured(account)
    on_day(date(2026, 3, 11))
    objection = filed(account, insured(account))
    objections.correct(objection, None, "不是这个人的记录", actor=officer().actor, today=TODAY)
    assert known_by_departments(account.person_id) == []
    objection.refresh_from_db()
    assert (objection.state, objection.replacement) == ("corrected", None)


def test_an_upheld_word_counts_again_and_the_reasons_are_kept():
    account = make.make_account()
    objection = objections.uphold(filed(account), "查过账册没有错", actor=officer().actor, today=TODAY)
    assert (objection.state, objection.answer) == ("upheld", "查过账册没有错")
    assert proof_of(account.person_id, TODAY).insurance()
    tasks.run_all()
    assert Message.objects.get(person=account.person).kind == "objection_upheld"


@pytest.mark.requirement("J06")
def test_a_word_that_was_upheld_is_not_objected_to_again_and_a_new_one_is():
    account = make.make_account()
    objection = filed(account)
    objections.uphold(objection, "社保记录核对无误。", actor=officer().actor, today=TODAY)
    with pytest.raises(UpheldAlready):
        filed(account, objection.evidence)
    assert filed(account).evidence != objection.evidence


def test_a_correction_that_changes_nothing_and_an_answer_without_reasons_are_refused():
    account, clerk = make.make_account(), officer()
    objection = filed(account)
    with pytest.raises(NothingCorrected):
        objections.correct(objection, {"runs": [RUN]}, "查过账册了", actor=clerk.actor, today=TODAY)
    for answer in ("", "没错"):
        with pytest.raises(AnswerMissing):
            objections.uphold(objection, answer, actor=clerk.actor, today=TODAY)
    objection.refresh_from_db()
    assert objection.is_open


def test_it_is_answered_once_by_its_own_department():
    account, clerk, colleague = make.make_account(), officer(), officer(name="同事")
    objection = filed(account)
    with pytest.raises(KindNotYours):
        objections.uphold(objection, "查过账册没有错", actor=officer("housing").actor, today=TODAY)
    for nobody in (make.make_officer().actor, account.actor, SYSTEM):
        with pytest.raises(NotAllowed):
            objections.uphold(objection, "查过账册没有错", actor=nobody, today=TODAY)
    objections.uphold(objection, "查过账册没有错", actor=clerk.actor, today=TODAY)
    with pytest.raises(ObjectionAnswered):
        objections.correct(objection, RIGHT, "查过账册错了", actor=colleague.actor, today=TODAY)


def test_two_departments_that_say_the_same_kind_see_only_their_own():
    account = make.make_account()
    says = {"guardian_name": "周建国", "guardian_identity_number": make.identity("周建国").identity_number,
            "relation": "father"}  # fmt: skip
    piece = actions.attest(account.person_id, Kind.GUARDIANSHIP, says, "civil_affairs", actor=SYSTEM)
    objection = objections.file(piece, "不是我的监护人", "", actor=account.actor, today=TODAY)
    police, civil = officer("police"), officer("civil_affairs")
    assert not objections_for(police.actor, TODAY).exists()
    with pytest.raises(EvidenceNotYours):
        objections.uphold(objection, "查过户籍没有错", actor=police.actor, today=TODAY)
    assert objections_for(civil.actor, TODAY).get() == objection


def test_a_subdistrict_answers_for_those_who_live_there():
    account = make.make_account()
    make.register(account.person, date(2025, 7, 1))
    says = {"illegal_construction": True, "dangerous_building": False, "changed_use": False,
            "inspected_on": "2026-02-01"}  # fmt: skip
    piece = actions.attest(account.person_id, Kind.SAFETY_INSPECTION, says, "subdistrict", actor=SYSTEM)
    objection = objections.file(piece, "已经拆了", "", actor=account.actor, today=TODAY)
    elsewhere = make.make_officer("subdistrict", areas=(make.OTHER_AREA,))
    with pytest.raises(EvidenceNotYours):
        objections.uphold(objection, "去看过没有拆", actor=elsewhere.actor, today=TODAY)
    here = make.make_officer("subdistrict")
    right = {**says, "illegal_construction": False, "inspected_on": "2026-03-09"}
    assert objections.correct(objection, right, "去看过已拆除", actor=here.actor, today=TODAY).replacement


def test_who_may_read_it():
    account, neighbour = make.make_account(), make.make_account("陈一")
    objection = filed(account)
    assert objections_for(account.actor, TODAY).get() == objection
    assert objections_for(officer().actor, TODAY).get() == objection
    for other in (neighbour.actor, officer("housing").actor, make.make_officer("chief").actor, SYSTEM):
        assert not objections_for(other, TODAY).exists()
