"""A guardian's own paper in a child's case: it counts when an officer has looked at it, and not before."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence.errors import EvidenceNotYours
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence
from juzhu.operations.actors import SYSTEM
from juzhu.people import actions as people
from juzhu.people.models import Account, Person
from juzhu.permits import actions, casework, facts, queries
from juzhu.permits.errors import NotLookedAt, OutOfArea, StillMissing
from juzhu.permits.files import readable_file
from juzhu.permits.models import Application, Decision
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
RUN = {"from": "2025-01", "to": "2026-02", "division": "330100", "back_paid": False}
SCHOOL = {
    "school": "拱宸桥小学（示例）",
    "full_time": True,
    "division": "330105",
    "enrolled_on": "2024-09-01",
}


def insured_by_paper(account: Account) -> Evidence:
    files = [make.stored_picture(account.actor)]
    return evidence.upload(account.person.pk, Kind.INSURANCE, {"runs": [RUN]}, files, actor=account.actor)


def pupil(born: date = date(2017, 5, 1)) -> Person:
    """Somebody who can have a permit by study, but for what guardians have to show."""
    child = make.make_person("周小宝", born, photo=make.stored_picture())
    make.register(child, date(2025, 7, 1))
    evidence.attest(child.pk, Kind.STUDENT_RECORD, SCHOOL, "education", actor=SYSTEM)
    evidence.attest(child.pk, Kind.STUDY_CONTINUITY, {}, "education", actor=SYSTEM)
    return child


def filed(child: Person, guardian: Account, route: str = "study") -> Application:
    return actions.submit(make.draft(guardian, route, of=child), actor=guardian.actor, today=TODAY)


@pytest.fixture
def guardian() -> Account:
    return make.make_account("周建国", date(1985, 2, 2))


@pytest.fixture
def paper(guardian: Account) -> Evidence:
    return insured_by_paper(guardian)


@pytest.fixture
def case(guardian: Account, paper: Evidence) -> Application:
    child = pupil()
    people.record_guardianship(guardian.person, child, "household_register", actor=SYSTEM)
    return filed(child, guardian)


def seen(case: Application, today: date = TODAY) -> list[Evidence]:
    answer, situation = facts.decide(case, today)
    return casework.unjudged(situation, answer)


def test_a_guardians_paper_is_looked_at_before_the_childs_case_is_approved(
    case: Application, paper: Evidence
):
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer")
    assert facts.decide(case, TODAY)[0].outcome == "accept"
    assert seen(case) == [paper]
    accepted = casework.accept(case, actor=clerk.actor, today=TODAY)
    with pytest.raises(NotLookedAt) as refused:
        casework.approve(accepted, actor=reviewer.actor, today=TODAY)
    assert refused.value.about["evidence"] == [paper.pk]
    casework.judge(accepted, paper, "good", actor=reviewer.actor, today=TODAY)
    assert casework.approve(accepted, actor=reviewer.actor, today=TODAY).state == "issued"


def test_what_a_decision_was_built_from_names_the_guardians_paper_too(case: Application, paper: Evidence):
    decision = Decision.objects.get(application=case)
    assert paper.pk in decision.evidence
    assert facts.replay(decision) is None


def test_a_guardians_paper_that_cannot_be_read_proves_nothing_and_is_judged_again(
    case: Application, paper: Evidence
):
    actor = make.make_officer("clerk").actor
    casework.judge(case, paper, "insufficient", actor=actor, today=TODAY)
    assert facts.decide(case, TODAY)[0].missing == ("guardian_insured_one_year",)
    with pytest.raises(StillMissing):
        casework.accept(case, actor=actor, today=TODAY)
    paper.refresh_from_db()
    casework.judge(case, paper, "good", actor=actor, today=TODAY)
    assert casework.accept(case, actor=actor, today=TODAY).state == "accepted"


def test_both_guardians_papers_are_looked_at(case: Application, paper: Evidence):
    mother = make.make_account("周海燕", date(1986, 3, 3))
    second = insured_by_paper(mother)
    people.record_guardianship(mother.person, case.person, "household_register", actor=SYSTEM)
    assert {piece.pk for piece in seen(case)} == {paper.pk, second.pk}


def test_a_departments_word_on_a_guardian_needs_no_look(case: Application, guardian: Account):
    make.attest_insurance(guardian.person, "2025-01", "2026-02")
    assert seen(case) == []


def test_nothing_else_of_a_guardians_and_nothing_of_strangers_is_judged_there(
    case: Application, guardian: Account, paper: Evidence
):
    actor = make.make_officer("reviewer").actor
    lease = evidence.upload(guardian.person.pk, Kind.LEASE_FILING, {}, [], actor=guardian.actor)
    strangers = insured_by_paper(make.make_account("林海峰"))
    for piece in (lease, strangers):
        with pytest.raises(EvidenceNotYours):
            casework.judge(case, piece, "good", actor=actor, today=TODAY)
        assert queries.paper_of(case, piece.pk, TODAY) is None
    assert queries.paper_of(case, paper.pk, TODAY) == paper
    with pytest.raises(OutOfArea):
        elsewhere = make.make_officer("reviewer", (OTHER_AREA,)).actor
        casework.judge(case, paper, "good", actor=elsewhere, today=TODAY)


def test_a_route_that_asks_nothing_of_guardians_opens_nothing_of_theirs(guardian: Account, paper: Evidence):
    child = pupil(date(2011, 5, 1))
    people.record_guardianship(guardian.person, child, "household_register", actor=SYSTEM)
    case, actor = filed(child, guardian, "employment"), make.make_officer("reviewer").actor
    assert seen(case) == []
    with pytest.raises(EvidenceNotYours):
        casework.judge(case, paper, "good", actor=actor, today=TODAY)
    assert readable_file(actor, paper.files.get().name, TODAY) is None


def test_a_grown_ups_case_has_no_guardians(paper: Evidence, guardian: Account, django_assert_num_queries):
    grown_up = pupil(date(2010, 3, 10))
    people.record_guardianship(guardian.person, grown_up, "household_register", actor=SYSTEM)
    case = filed(grown_up, make.account_of(grown_up))
    actor = make.make_officer("reviewer").actor
    assert seen(case) == []
    with pytest.raises(EvidenceNotYours):
        casework.judge(case, paper, "good", actor=actor, today=TODAY)
    assert readable_file(actor, paper.files.get().name, TODAY) is None
    with django_assert_num_queries(2):  # the records merged into theirs, and what happened
        list(queries.history(case))


def test_the_file_opens_for_the_guardian_and_for_officers_of_the_childs_area(
    case: Application, paper: Evidence, guardian: Account
):
    name = paper.files.get().name
    owner = guardian.person.pk
    assert readable_file(guardian.actor, name, TODAY)[1] == owner
    for role in ("clerk", "reviewer", "chief"):
        assert readable_file(make.make_officer(role).actor, name, TODAY)[1] == owner
        assert readable_file(make.make_officer(role, (OTHER_AREA,)).actor, name, TODAY) is None
    for role in ("subdistrict", "department", "auditor", "administrator"):
        assert readable_file(make.make_officer(role).actor, name, TODAY) is None
    assert readable_file(make.make_account("林海峰").actor, name, TODAY) is None
    child = make.Account(person=case.person).actor
    assert readable_file(child, name, TODAY) is None


def test_what_a_guardian_hands_in_after_the_answer_is_no_part_of_the_childs_case(
    case: Application, paper: Evidence, guardian: Account, on_day
):
    actor = make.make_officer("reviewer").actor
    actions.withdraw(case, actor=guardian.actor, today=TODAY)
    on_day(date(2026, 3, 20))
    later = insured_by_paper(guardian)
    assert readable_file(actor, paper.files.get().name, date(2026, 3, 20)) is not None
    assert readable_file(actor, later.files.get().name, date(2026, 3, 20)) is None


def test_the_history_says_how_the_guardians_paper_was_judged(case: Application, paper: Evidence):
    casework.judge(case, paper, "good", actor=make.make_officer("clerk").actor, today=TODAY)
    judged = queries.history(case).filter(kind="evidence.judged").get()
    assert (judged.person_id, judged.subject_id) == (paper.person_id, str(paper.pk))
