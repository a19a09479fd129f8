"""What officers do with an application, beyond the straight way of test_life."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence.errors import EvidenceNotYours
from juzhu.evidence.kinds import Kind
from juzhu.people.errors import NotAllowed
from juzhu.permits import actions, casework, facts, issuing
from juzhu.permits.errors import (
    AskedTooLate,
    NoticeIncomplete,
    NotLookedAt,
    OutOfArea,
    ReasonMissing,
    StillMissing,
    TransitionForbidden,
)
from juzhu.permits.models import Application, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


@pytest.fixture
def incomplete() -> Application:
    account = make.make_account()
    make.register(account.person, date(2025, 7, 1))
    return make.submitted(account, route="dwelling")


@pytest.fixture
def hopeless() -> Application:
    """Registered last month: the rules refuse, and time would cure it."""
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2026, 2, 10))
    make.attest_insurance(account.person, "2025-01", "2026-02")
    return make.submitted(account)


def missing(application: Application) -> dict[str, str]:
    return dict.fromkeys(facts.decide(application, TODAY)[0].missing, "")


@pytest.mark.requirement("D04")
def test_a_notice_that_leaves_something_out_is_refused(incomplete: Application):
    notes = missing(incomplete)
    left_out = sorted(notes)[0]
    del notes[left_out]
    with pytest.raises(NoticeIncomplete) as refused:
        casework.request_supplement(incomplete, notes, actor=make.make_officer("clerk").actor, today=TODAY)
    assert refused.value.about["codes"] == [left_out]
    incomplete.refresh_from_db()
    assert incomplete.state == "submitted"
    assert not incomplete.notices.exists()


def test_a_notice_lists_what_is_missing_in_the_rules_order_and_the_officers_words_last(
    incomplete: Application,
):
    notes = {"other": " 请带户口簿原件。 ", **dict(reversed(missing(incomplete).items()))}
    notice = casework.request_supplement(
        incomplete, notes, actor=make.make_officer("clerk").actor, today=TODAY
    )
    tree = [finding.code for finding in facts.decide(incomplete, TODAY)[0].findings]
    codes = [item["code"] for item in notice.items]
    assert codes == [*[code for code in tree if code in notes], "other"]
    assert notice.items[-1]["note"] == "请带户口簿原件。"
    assert (notice.issued_on, notice.due_on) == (TODAY, date(2026, 4, 9))


def test_there_is_nothing_to_ask_of_a_complete_application():
    application = make.submitted()
    clerk = make.make_officer("clerk")
    with pytest.raises(StillMissing):
        casework.request_supplement(application, {"other": "  "}, actor=clerk.actor, today=TODAY)
    notice = casework.request_supplement(
        application, {"other": "照片太暗，请重拍。"}, actor=clerk.actor, today=TODAY
    )
    assert notice.items == [{"code": "other", "note": "照片太暗，请重拍。"}]


@pytest.mark.requirement("D04")
def test_an_office_looks_at_every_paper_before_it_asks_and_asks_once(incomplete: Application):
    clerk, person = make.make_officer("clerk"), incomplete.person
    says = {"from": "2025-07-01", "to": "2027-06-30", "landlord": "房东", "commodity_housing": True}
    lease = evidence.upload(person.pk, Kind.LEASE, says, [make.stored_picture()], actor=clerk.actor)
    with pytest.raises(NotLookedAt):
        casework.request_supplement(incomplete, missing(incomplete), actor=clerk.actor, today=TODAY)
    casework.judge(incomplete, lease, "good", actor=clerk.actor, today=TODAY)
    casework.request_supplement(incomplete, missing(incomplete), actor=clerk.actor, today=TODAY)
    again = actions.submit(
        Application.objects.get(pk=incomplete.pk), actor=person.account.actor, today=TODAY, key="again"
    )
    with pytest.raises(AskedTooLate):
        notes = {**missing(again), "other": "还要一份单位证明。"}
        casework.request_supplement(again, notes, actor=clerk.actor, today=TODAY)
    casework.request_supplement(again, missing(again), actor=clerk.actor, today=TODAY)


def test_what_is_still_missing_is_named(incomplete: Application):
    with pytest.raises(StillMissing) as refused:
        casework.accept(incomplete, actor=make.make_officer("clerk").actor, today=TODAY)
    assert set(refused.value.about["codes"]) == set(missing(incomplete))


def test_time_that_passes_while_waiting_counts_for_the_applicant(hopeless: Application):
    clerk = make.make_officer("clerk")
    with pytest.raises(StillMissing):
        casework.accept(hopeless, actor=clerk.actor, today=TODAY)
    Application.objects.filter(pk=hopeless.pk).update(examine_by=date(2026, 9, 1))
    make.attest_insurance(hopeless.person, "2025-01", "2026-07")
    assert casework.accept(hopeless, actor=clerk.actor, today=date(2026, 8, 10)).state == "accepted"


@pytest.mark.requirement("D06")
def test_the_rules_refuse_and_a_clerk_says_why(hopeless: Application):
    clerk = make.make_officer("clerk")
    with pytest.raises(ReasonMissing):
        casework.refuse(hopeless, " 不行 ", actor=clerk.actor, today=TODAY)
    refused = casework.refuse(hopeless, " 居住登记还不满半年。 ", actor=clerk.actor, today=TODAY)
    assert (refused.state, refused.reason, refused.decided_by_id) == (
        "refused",
        "居住登记还不满半年。",
        clerk.pk,
    )
    (decision,) = refused.decisions.filter(stage="refuse")
    assert decision.answer["unmet"] == ["residence_half_year"]
    assert not Permit.objects.exists()


def test_a_clerk_does_not_refuse_what_was_accepted():
    accepted = make.accepted(make.make_officer("clerk"))
    with pytest.raises(NotAllowed):
        casework.refuse(accepted, "条件不符合规定。", actor=make.make_officer("clerk").actor, today=TODAY)


@pytest.mark.requirement("D04", "CF08")
def test_a_day_too_late_the_clerk_finds_it_accepted_by_time():
    application = make.submitted()
    with pytest.raises(TransitionForbidden):
        casework.accept(application, actor=make.make_officer("clerk").actor, today=date(2026, 3, 18))


def upload(application: Application):
    return evidence.upload(
        application.person_id, Kind.LEASE_FILING, {"number": "1"}, [], actor=make.make_account().actor
    )


def test_an_officer_judges_uploads_of_their_own_cases(incomplete: Application):
    piece = upload(incomplete)
    for role in ("subdistrict", "department", "auditor", "administrator"):
        with pytest.raises(NotAllowed):
            casework.judge(incomplete, piece, "good", actor=make.make_officer(role).actor, today=TODAY)
    elsewhere = make.make_officer("reviewer", (OTHER_AREA,)).actor
    with pytest.raises(OutOfArea):
        casework.judge(incomplete, piece, "good", actor=elsewhere, today=TODAY)
    with pytest.raises(NotAllowed):
        casework.judge(incomplete, piece, "good", actor=make.make_account().actor, today=TODAY)
    for role in ("clerk", "reviewer", "chief"):
        casework.judge(incomplete, piece, "good", actor=make.make_officer(role).actor, today=TODAY)
    piece.refresh_from_db()
    assert piece.judgement == "good"


def test_an_officer_judges_no_other_persons_paper_and_no_departments_word(incomplete: Application):
    actor = make.make_officer("reviewer").actor
    with pytest.raises(EvidenceNotYours):
        casework.judge(incomplete, upload(make.submitted()), "good", actor=actor, today=TODAY)
    word = evidence.attest(incomplete.person_id, Kind.LEASE_FILING, {}, "housing", actor=actor)
    with pytest.raises(EvidenceNotYours):
        casework.judge(incomplete, word, "disproved", actor=actor, today=TODAY)


def test_a_draft_is_not_judged():
    draft = make.draft(make.eligible_account())
    with pytest.raises(TransitionForbidden):
        casework.judge(draft, upload(draft), "good", actor=make.make_officer("reviewer").actor, today=TODAY)


def test_a_permit_ends_once():
    permit = make.issued()
    actor = make.make_officer("chief").actor
    issuing.terminate(permit, "left", actor=actor, on=date(2026, 9, 1))
    issuing.terminate(permit, "not_endorsed", actor=actor, on=date(2026, 12, 1))
    permit.refresh_from_db()
    assert (permit.terminated_on, permit.termination_reason) == (date(2026, 9, 1), "left")


def test_after_the_end_a_new_permit_can_be_asked_for():
    account = make.eligible_account()
    permit = make.issued(account)
    issuing.terminate(permit, "left", actor=make.make_officer("chief").actor, on=TODAY)
    assert actions.start(account.person, "employment", actor=account.actor, today=TODAY).state == "draft"
