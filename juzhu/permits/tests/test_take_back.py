"""A chief takes an acceptance back: the promise stays, the acceptance is history, four eyes hold anew."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.operations import tasks
from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Message
from juzhu.permits import casework, moves, pauses
from juzhu.permits.errors import OutOfArea, ReasonMissing, SameOfficer, TransitionForbidden
from juzhu.permits.models import Application
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day"), pytest.mark.requirement("D07")]
WHY = "社保记录要再核一遍。"
DUE = date(2026, 3, 25)


@pytest.fixture
def case() -> Application:
    return make.accepted(make.make_officer("clerk"))


def take_back(case: Application, on: date = TODAY) -> Application:
    return casework.take_back(case, WHY, actor=make.make_officer("chief").actor, today=on)


def test_it_waits_for_acceptance_again_and_the_event_keeps_what_was(case: Application):
    acceptor = case.accepted_by_id
    case = take_back(case, date(2026, 3, 12))
    assert case.state == "submitted"
    assert (case.accepted_on, case.accepted_by, case.deemed_accepted) == (None, None, False)
    event = Event.objects.get(kind="application.taken_back")
    assert event.data["said"] == WHY
    assert event.data["acceptance"] == {
        "accepted_on": "2026-03-10",
        "accepted_by": acceptor,
        "deemed_accepted": False,
        "due_on": "2026-03-25",
    }
    assert [decision.stage for decision in case.decisions.all()] == ["submit", "accept"]


def test_the_promised_day_is_kept_and_the_earlier_counts(case: Application):
    case = take_back(case, date(2026, 3, 12))
    assert (case.due_on, case.examine_by) == (DUE, date(2026, 3, 19))
    again = casework.accept(case, actor=make.make_officer("clerk").actor, today=date(2026, 3, 16))
    assert again.due_on == DUE


def test_a_longer_promise_gives_way_to_the_fifteen_days(case: Application):
    reviewer = make.make_officer("reviewer")
    pauses.pause(case, "appraisal", "请鉴定机构看签名。", 30, actor=reviewer.actor, today=TODAY)
    case = pauses.resume(case, actor=reviewer.actor, today=date(2026, 4, 9))
    assert case.due_on == date(2026, 4, 24)
    make.attest_insurance(case.person, "2025-01", "2026-03")
    case = take_back(case, date(2026, 4, 9))
    Application.objects.filter(pk=case.pk).update(due_on=date(2026, 4, 30))
    again = casework.accept(case, actor=make.make_officer("clerk").actor, today=date(2026, 4, 9))
    assert again.due_on == date(2026, 4, 24)


def test_the_new_examination_does_not_outlast_the_promise(case: Application):
    case = take_back(case, date(2026, 3, 24))
    assert case.examine_by == DUE
    deemed = moves.catch_up(case, date(2026, 3, 26))
    assert (deemed.state, deemed.deemed_accepted, deemed.due_on) == ("accepted", True, DUE)


def test_four_eyes_hold_for_the_new_acceptance(case: Application):
    case = take_back(case)
    chief = make.make_officer("chief")
    case = casework.accept(case, actor=chief.actor, today=TODAY)
    with pytest.raises(SameOfficer):
        casework.approve(case, actor=chief.actor, today=TODAY)
    assert casework.approve(case, actor=make.make_officer("reviewer").actor, today=TODAY).state == "issued"


def test_it_goes_to_another_clerk_than_the_one_who_accepted(case: Application):
    other = make.make_officer("clerk")
    assert take_back(case).assigned_to_id == other.pk


def test_the_chief_of_the_area_alone_with_a_reason_and_only_what_is_accepted(case: Application):
    for role in ("clerk", "reviewer"):
        with pytest.raises(NotAllowed):
            casework.take_back(case, WHY, actor=make.make_officer(role).actor, today=TODAY)
    with pytest.raises(OutOfArea):
        casework.take_back(case, WHY, actor=make.make_officer("chief", (OTHER_AREA,)).actor, today=TODAY)
    with pytest.raises(ReasonMissing):
        casework.take_back(case, "再看", actor=make.make_officer("chief").actor, today=TODAY)
    case = take_back(case)
    with pytest.raises(TransitionForbidden):
        take_back(case)


def test_what_turns_out_to_be_missing_then_is_asked_for_and_the_promise_ends_as_after_any_acceptance(
    case: Application,
):
    case = take_back(case)
    notice = casework.request_supplement(
        case, {"other": "请补照片。"}, actor=make.make_officer("clerk").actor, today=TODAY
    )
    case.refresh_from_db()
    assert (notice.after_acceptance, case.due_on) == (True, None)
    event = Event.objects.get(kind="application.supplement_requested")
    assert event.data["acceptance_taken_back"]["due_on"] == "2026-03-25"


def test_the_person_is_told(case: Application):
    take_back(case)
    tasks.run_all()
    assert Message.objects.filter(person=case.person, kind="taken_back").count() == 1
