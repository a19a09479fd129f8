"""当场更正: what was typed wrong is mended, by whom it may, and the record says so without the values."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence.errors import EvidenceInvalid, EvidenceNotYours
from juzhu.evidence.kinds import Kind
from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account
from juzhu.permits import facts
from juzhu.permits.errors import CorrectionUnexplained, OutOfArea, TransitionForbidden
from juzhu.permits.models import Application
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY
from juzhu.permits.window import mending

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day"), pytest.mark.requirement("D03")]


def correct(case: Application, by: Account, reason: str = "present", **answers: Any) -> Application:
    return mending.correct(case, "form", answers, actor=by.actor, today=TODAY, reason=reason)


def test_a_clerk_mends_the_form_and_the_event_names_fields_without_values():
    clerk = make.make_officer()
    case = make.submitted()
    before = case.answers["form"]["phone"]
    mended = correct(case, clerk, phone="13900000001", workplace="新单位（示例）")
    assert mended.answers["form"] == {"phone": "13900000001", "workplace": "新单位（示例）"}
    (kept,) = mended.answers["corrected"]
    assert (kept["was"], kept["by"], kept["reason"]) == (
        {"phone": before, "workplace": None},
        clerk.pk,
        "present",
    )
    event = Event.objects.get(kind="application.corrected")
    assert (event.data["step"], event.data["fields"]) == ("form", ["phone", "workplace"])
    assert "13900000001" not in str(event.data)
    assert before not in str(event.data)
    assert (mended.state, mended.number, mended.received_on) == ("submitted", case.number, case.received_on)


def test_saying_the_same_again_leaves_no_trace():
    case = make.submitted()
    correct(case, make.make_officer(), **case.answers["form"])
    assert not Event.objects.filter(kind="application.corrected").exists()


def test_an_officer_says_how_they_know():
    with pytest.raises(CorrectionUnexplained):
        correct(make.submitted(), make.make_officer(), reason=" ", phone="13900000001")


def test_the_clerk_a_colleague_and_the_applicant_may_a_reviewer_and_a_stranger_may_not():
    account = make.eligible_account()
    case = make.submitted(account)
    for number, officer in enumerate((make.make_officer("clerk"), make.make_officer("chief"))):
        correct(case, officer, phone=f"1390000000{number}")
    correct(case, account, reason="", phone="13900000009")
    with pytest.raises(NotAllowed):
        correct(case, make.make_officer("reviewer"), phone="13900000005")
    with pytest.raises(OutOfArea):
        correct(case, make.make_officer("clerk", areas=(OTHER_AREA,)), phone="13900000006")
    case.refresh_from_db()
    assert case.answers["form"]["phone"] == "13900000009"
    assert len(case.answers["corrected"]) == 3


def test_what_was_accepted_is_not_mended_on_the_spot():
    clerk = make.make_officer()
    account = make.eligible_account()
    case = make.accepted(clerk, account)
    for who, reason in ((clerk, "present"), (account, "")):
        with pytest.raises(TransitionForbidden):
            correct(case, who, reason=reason, phone="13900000001")


def test_nothing_but_the_form_is_mended_this_way():
    with pytest.raises(TransitionForbidden):
        mending.correct(
            make.submitted(),
            "place",
            {"x": 1},
            actor=make.make_officer().actor,
            today=TODAY,
            reason="present",
        )


def leased() -> tuple[Application, Any]:
    account = make.eligible_account()
    says = {"from": "2026-06-01", "to": "2027-05-31", "commodity_housing": False}
    piece = evidence.upload(
        account.person_id, Kind.LEASE, says, [make.stored_picture(account.actor)], actor=account.actor
    )
    return make.submitted(account, "dwelling"), piece


def test_what_was_typed_about_a_paper_is_mended_and_the_old_piece_kept():
    clerk = make.make_officer()
    case, old = leased()
    answer, _seen = facts.decide(case, TODAY)
    assert "lease_current" in answer.unmet
    says = {**old.says, "from": "2025-06-01"}
    new = mending.correct_paper(case, old, says, actor=clerk.actor, today=TODAY, reason="paper")
    old.refresh_from_db()
    assert old.withdrawn_at is not None
    assert old.says["from"] == "2026-06-01"
    assert list(new.files.all()) == list(old.files.all())
    assert (new.judgement, new.given_by_id) == ("", clerk.pk)
    event = Event.objects.get(kind="application.corrected")
    assert (event.data["fields"], event.data["was"], event.data["now"]) == (["from"], old.pk, new.pk)
    answer, _seen = facts.decide(case, TODAY)
    assert "lease_current" not in answer.unmet


def test_a_departments_word_and_another_persons_paper_are_nobodys_typing_error():
    clerk = make.make_officer()
    case, old = leased()
    attested = case.person.evidence.get(kind="insurance")
    _other, strange = leased()
    for piece in (attested, strange):
        with pytest.raises(EvidenceNotYours):
            mending.correct_paper(case, piece, piece.says, actor=clerk.actor, today=TODAY, reason="paper")
    with pytest.raises(EvidenceInvalid):
        mending.correct_paper(
            case,
            old,
            {"from": "2027-01-01", "to": "2026-01-01"},
            actor=clerk.actor,
            today=TODAY,
            reason="paper",
        )
    old.refresh_from_db()
    assert old.withdrawn_at is None
    assert date.fromisoformat(old.says["from"]) == date(2026, 6, 1)
