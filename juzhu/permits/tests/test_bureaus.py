"""While a department is asked, or looks into an objection, nobody asks the applicant for it and nobody
refuses them for it; nothing is accepted without proof either.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test.utils import override_settings

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence, Inquiry, Objection
from juzhu.evidence.tests.bureaus import running
from juzhu.evidence.tests.programs import objected, unanswered
from juzhu.operations import clock
from juzhu.operations.actors import SYSTEM
from juzhu.people import actions as people
from juzhu.people.models import Account
from juzhu.permits import bureaus, casework, facts, submission
from juzhu.permits.errors import BeingChecked, NoticeIncomplete, StillMissing
from juzhu.permits.models import Application
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_day"),
    pytest.mark.requirement("D04", "D08"),
]
CODE = "insured_one_year"


@pytest.fixture
def clerk() -> Account:
    return make.make_officer("clerk")


def filed(*, photo: bool = True, insured: tuple[str, str] | None = None) -> Application:
    """Somebody who has all but their insurance, and their photo where it is wanted."""
    account = make.make_account(**({"photo": make.stored_picture()} if photo else {}))
    assert account.person is not None
    make.register(account.person, date(2025, 6, 1))
    if insured:
        make.attest_insurance(account.person, *insured)
    return make.submitted(account)


def test_what_is_checked_is_neither_demanded_nor_allowed_in_a_notice(clerk: Account):
    application = filed(photo=False)
    unanswered(application.person)
    with pytest.raises(BeingChecked) as refused:
        casework.request_supplement(application, {"photo": "", CODE: ""}, actor=clerk.actor, today=TODAY)
    assert "人力社保局" in str(refused.value.sentence)
    assert refused.value.about["codes"] == [CODE]
    with pytest.raises(NoticeIncomplete):
        casework.request_supplement(application, {"other": "别的"}, actor=clerk.actor, today=TODAY)
    notice = casework.request_supplement(application, {"photo": ""}, actor=clerk.actor, today=TODAY)
    assert [item["code"] for item in notice.items] == ["photo"]


def test_a_notice_of_nothing_but_what_is_checked_can_not_be_sent(clerk: Account):
    application = filed()
    unanswered(application.person)
    with pytest.raises(BeingChecked):
        casework.request_supplement(application, {}, actor=clerk.actor, today=TODAY)


def test_once_the_bureau_knows_nothing_the_paper_is_asked_for(clerk: Account):
    application = filed()
    unanswered(application.person, state="nothing")
    notice = casework.request_supplement(application, {CODE: ""}, actor=clerk.actor, today=TODAY)
    assert [item["code"] for item in notice.items] == [CODE]


def test_after_the_days_of_waiting_the_paper_is_asked_for_though_no_job_ran(clerk: Account):
    application = filed()
    unanswered(application.person, asked_at=clock.now() - timedelta(days=3))
    notice = casework.request_supplement(application, {CODE: ""}, actor=clerk.actor, today=TODAY)
    assert [item["code"] for item in notice.items] == [CODE]


def test_an_inquiry_about_another_person_shields_nobody(clerk: Account):
    application = filed()
    unanswered(make.make_person())
    notice = casework.request_supplement(application, {CODE: ""}, actor=clerk.actor, today=TODAY)
    assert notice.items


def test_accepting_still_needs_proof_and_the_reason_names_the_bureau(clerk: Account):
    application = filed()
    with pytest.raises(StillMissing) as bare:
        casework.accept(application, actor=clerk.actor, today=TODAY)
    assert "人力社保局" not in str(bare.value.sentence)
    unanswered(application.person)
    with pytest.raises(StillMissing) as named:
        casework.accept(application, actor=clerk.actor, today=TODAY)
    assert "人力社保局还没有答复" in str(named.value.sentence)
    assert named.value.about["codes"] == [CODE]


def test_when_the_answer_comes_the_case_is_right_at_the_next_look(clerk: Account):
    application = filed()
    unanswered(application.person)
    answer, seen = facts.decide(application, TODAY)
    assert list(bureaus.awaited(answer, seen)) == [CODE]
    make.attest_insurance(application.person, "2025-01", "2026-02")
    answer, seen = facts.decide(application, TODAY)
    assert bureaus.awaited(answer, seen) == {}
    assert casework.accept(application, actor=clerk.actor, today=TODAY).accepted_on == TODAY


def test_a_word_under_objection_alone_is_no_ground_to_refuse(clerk: Account):
    application = filed(insured=("2025-09", "2026-02"))
    piece = Evidence.objects.get(kind=Kind.INSURANCE)
    objected(piece)
    with pytest.raises(BeingChecked) as refused:
        casework.refuse(application, "参保不满一年", actor=clerk.actor, today=TODAY)
    assert "人力社保局" in str(refused.value.sentence)
    application.refresh_from_db()
    assert application.state == "submitted"
    Objection.objects.update(state="upheld")
    assert casework.refuse(application, "参保不满一年", actor=clerk.actor, today=TODAY).state == "refused"


def test_a_department_that_lets_its_day_go_by_holds_nothing_up_and_its_word_still_does_not_count(
    clerk: Account,
):
    application = filed(insured=("2025-09", "2026-02"))
    objected(Evidence.objects.get(kind=Kind.INSURANCE))
    with pytest.raises(BeingChecked):
        casework.request_supplement(application, {CODE: ""}, actor=clerk.actor, today=TODAY)
    Objection.objects.update(due_on=TODAY - timedelta(days=1))
    answer, _seen = facts.decide(application, TODAY)
    assert next(one.state for one in answer.findings if one.code == CODE) == "unproven"
    notice = casework.request_supplement(application, {CODE: ""}, actor=clerk.actor, today=TODAY)
    assert [item["code"] for item in notice.items] == [CODE]


def test_another_ground_is_a_ground_although_one_is_objected_to(clerk: Account):
    account = make.make_account(photo=make.stored_picture())
    assert account.person is not None
    make.register(account.person, date(2026, 2, 1))
    make.attest_insurance(account.person, "2025-09", "2026-02")
    application = make.submitted(account)
    objected(Evidence.objects.get(kind=Kind.INSURANCE))
    assert casework.refuse(application, "居住不满半年", actor=clerk.actor, today=TODAY).state == "refused"


def test_a_childs_case_waits_for_what_is_asked_about_its_guardian():
    parent = make.make_account(name="周建国").person
    child = make.make_person("周小宝", date(2018, 5, 1))
    assert parent is not None
    people.record_guardianship(parent, child, "test", actor=SYSTEM)
    make.register(child, date(2025, 6, 1))
    application = Application(person=child, kind=Application.FIRST, route="study", policy_id="gongshu-2022")
    answer, seen = facts.decide(application, TODAY)
    assert "guardian_insured_one_year" not in bureaus.awaited(answer, seen)
    unanswered(parent)
    answer, seen = facts.decide(application, TODAY)
    found = bureaus.awaited(answer, seen)
    assert found["guardian_insured_one_year"].kind is Kind.INSURANCE
    assert "社" in str(found["guardian_insured_one_year"].bureau)


def test_filing_asks_once_about_the_child_and_the_guardian_together(tmp_path: Path):
    guardian = make.make_account("周建国")
    child = make.make_person("周小宝", date(2018, 5, 1))
    people.record_guardianship(guardian.person, child, "population_register", actor=SYSTEM)
    make.register(child, date(2025, 6, 1))
    with running(tmp_path) as bureau:
        bureau.behave("up")
        school = bureau.address(Kind.STUDENT_RECORD, department="education")
        with override_settings(JUZHU_BUREAUS=[bureau.address(Kind.INSURANCE), school]):
            draft = make.draft(guardian, "study", of=child)
            sent = submission.file(draft, actor=guardian.actor, today=TODAY)
        assert bureau.asked == 2
    assert sent.state == "submitted"
    about = set(Inquiry.objects.filter(state="nothing").values_list("person", "kind"))
    assert about == {(child.pk, "student_record"), (guardian.person_id, "insurance")}


def test_the_applicants_own_paper_proves_although_a_bureau_is_unanswered(clerk: Account):
    application = filed()
    unanswered(application.person)
    runs = {"runs": [{"from": "2025-01", "to": "2026-02", "division": "330100"}]}
    piece = evidence.upload(
        application.person_id, Kind.INSURANCE, runs, [make.stored_picture()], actor=SYSTEM
    )
    evidence.judge(piece, "good", actor=clerk.actor)
    assert casework.accept(application, actor=clerk.actor, today=TODAY).accepted_on == TODAY
