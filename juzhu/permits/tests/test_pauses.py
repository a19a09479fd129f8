"""期限中止: what stops the fifteen days, for how long, and what it does to the day by which we answer."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from juzhu.operations import tasks
from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Message
from juzhu.permits import actions, casework, pauses, queries
from juzhu.permits.errors import (
    ClockPaused,
    ClockRuns,
    OutOfArea,
    PauseReasonUnknown,
    ReasonMissing,
    TermIsOver,
    TransitionForbidden,
)
from juzhu.permits.models import Application, Pause
from juzhu.permits.queries import Filters
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY
from juzhu.permits.timing import Standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
DUE = date(2026, 3, 25)


@pytest.fixture
def case() -> Application:
    return make.accepted(make.make_officer("clerk"))


@pytest.fixture
def reviewer():
    return make.make_officer("reviewer")


def stop(case: Application, who, on: date = TODAY, reason: str = "appraisal", days: int = 10) -> Pause:
    return pauses.pause(case, reason, "请鉴定机构看合同签名。", days, actor=who.actor, today=on)


@pytest.mark.requirement("D07", "CF09")
def test_the_days_between_are_not_counted(case: Application, reviewer):
    assert case.due_on == DUE
    stop(case, reviewer, date(2026, 3, 12))
    case.refresh_from_db()
    assert case.due_on == DUE
    case = pauses.resume(case, actor=reviewer.actor, today=date(2026, 3, 20))
    assert case.due_on == date(2026, 4, 2)
    (row,) = case.pauses.all()
    assert (row.began_on, row.ended_on, row.days(date(2026, 5, 1))) == (
        date(2026, 3, 12),
        date(2026, 3, 20),
        8,
    )


def test_several_pauses_add_up_and_one_of_a_day_adds_nothing(case: Application, reviewer):
    for began, ended in (
        ((2026, 3, 11), (2026, 3, 14)),
        ((2026, 3, 16), (2026, 3, 16)),
        ((2026, 3, 17), (2026, 3, 19)),
    ):
        stop(case, reviewer, date(*began))
        case = pauses.resume(case, actor=reviewer.actor, today=date(*ended))
    assert case.due_on == date.fromordinal(DUE.toordinal() + 5)


def test_over_a_leap_day_and_a_holiday_week(reviewer, on_day):
    on_day(date(2028, 2, 20))
    account = make.eligible_account(date(2028, 2, 20))
    case = make.accepted(make.make_officer("clerk"), account, date(2028, 2, 20))
    assert case.due_on == date(2028, 3, 6)
    stop(case, reviewer, date(2028, 2, 28))
    assert pauses.resume(case, actor=reviewer.actor, today=date(2028, 3, 1)).due_on == date(2028, 3, 8)


def test_while_it_stands_still_the_days_left_stay_the_same(case: Application, reviewer):
    stop(case, reviewer, date(2026, 3, 12))
    case.refresh_from_db()
    for day in (date(2026, 3, 12), date(2026, 3, 20), date(2026, 6, 1)):
        assert (Standing.of(case, day).by - day).days == 13


@pytest.mark.parametrize("reason", ["workload", "holiday", "", "tender"])
def test_nothing_but_what_the_law_knows_stops_the_clock(case: Application, reviewer, reason: str):
    with pytest.raises(PauseReasonUnknown) as refused:
        stop(case, reviewer, reason=reason)
    assert refused.value.about["known"] == sorted(pauses.REASONS)
    assert all(str(one.name) in str(refused.value.sentence) for one in pauses.REASONS.values())
    assert not Pause.objects.exists()


def test_every_reason_has_its_provision():
    assert set(pauses.REASONS) == {
        "hearing", "inspection", "testing", "quarantine", "appraisal", "expert_review",
    }  # fmt: skip
    assert all("licensing-law:45" in reason.cites for reason in pauses.REASONS.values())


def test_what_and_how_long_must_be_said(case: Application, reviewer):
    with pytest.raises(ReasonMissing):
        pauses.pause(case, "hearing", "  ", 5, actor=reviewer.actor, today=TODAY)
    for days in (0, -1, 91):
        with pytest.raises(ReasonMissing):
            stop(case, reviewer, days=days)


def test_only_what_was_accepted_by_an_officer_or_by_time(reviewer):
    with pytest.raises(TransitionForbidden):
        stop(make.submitted(), reviewer)
    by_time = make.submitted()
    stop(by_time, reviewer, date(2026, 3, 18))
    by_time.refresh_from_db()
    assert (by_time.state, by_time.deemed_accepted, by_time.due_on) == ("accepted", True, DUE)


def test_a_term_that_has_gone_by_is_not_stopped(case: Application, reviewer):
    stop(case, reviewer, DUE)
    pauses.resume(case, actor=reviewer.actor, today=DUE)
    with pytest.raises(TermIsOver):
        stop(case, reviewer, date(2026, 3, 26))


def test_a_colleague_may_a_clerk_may_not_and_to_a_stranger_there_is_no_such_case(case: Application):
    stranger = make.make_officer("reviewer", (OTHER_AREA,))
    with pytest.raises(OutOfArea):
        stop(case, stranger)
    with pytest.raises(NotAllowed):
        stop(case, make.make_officer("clerk"))
    stop(case, make.make_officer("reviewer"))
    with pytest.raises(OutOfArea):
        pauses.resume(case, actor=stranger.actor, today=TODAY)
    with pytest.raises(NotAllowed):
        pauses.resume(case, actor=make.make_officer("clerk").actor, today=TODAY)
    pauses.resume(case, actor=make.make_officer("chief").actor, today=TODAY)


def test_one_pause_at_a_time_and_none_to_end(case: Application, reviewer):
    with pytest.raises(ClockRuns):
        pauses.resume(case, actor=reviewer.actor, today=TODAY)
    stop(case, reviewer)
    with pytest.raises(ClockPaused):
        stop(case, reviewer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pause.objects.create(
            application=case, reason="hearing", note="x", began_on=TODAY, expected_days=1, began_by=reviewer
        )


def test_nothing_is_decided_while_the_clock_stands_still(case: Application, reviewer):
    stop(case, reviewer)
    chief = make.make_officer("chief")
    for decide in (
        lambda: casework.approve(case, actor=reviewer.actor, today=TODAY),
        lambda: casework.refuse(case, "条件不符合规定。", actor=reviewer.actor, today=TODAY),
        lambda: casework.request_supplement(case, {"other": "照片"}, actor=reviewer.actor, today=TODAY),
        lambda: casework.take_back(case, "材料有疑问。", actor=chief.actor, today=TODAY),
    ):
        with pytest.raises(ClockPaused):
            decide()
    pauses.resume(case, actor=reviewer.actor, today=TODAY)
    assert casework.approve(case, actor=reviewer.actor, today=TODAY).state == "issued"


def test_a_withdrawal_ends_the_pause(reviewer):
    account = make.eligible_account()
    case = make.accepted(make.make_officer("clerk"), account)
    stop(case, reviewer)
    actions.withdraw(case, actor=account.actor, today=date(2026, 3, 15))
    assert case.pauses.get().ended_on == date(2026, 3, 15)


def test_the_person_is_told_in_writing_how_long(case: Application, reviewer):
    stop(case, reviewer)
    tasks.run_all()
    pauses.resume(case, actor=reviewer.actor, today=date(2026, 3, 20))
    tasks.run_all()
    kinds = list(Message.objects.filter(person=case.person).order_by("pk").values_list("kind", flat=True))
    assert kinds[-2:] == ["paused", "resumed"]
    event = Event.objects.get(kind="application.paused")
    assert (event.data["reason"], event.data["expected_days"]) == ("appraisal", 10)


def test_what_is_paused_stands_last_in_the_queue(reviewer):
    clerk = make.make_officer("clerk")
    first = make.accepted(clerk, today=date(2026, 3, 3))
    second = make.accepted(clerk, make.eligible_account(date(2026, 3, 5)), date(2026, 3, 5))
    actor = reviewer.actor
    wanted = Filters(tab="to_review")
    assert list(queries.queue(actor, wanted, TODAY)) == [first, second]
    stop(first, reviewer)
    assert list(queries.queue(actor, wanted, TODAY)) == [second, first]


@pytest.mark.requirement("D07")
def test_a_pause_past_its_promised_day_heads_the_queue_and_never_ends_by_itself(reviewer):
    clerk = make.make_officer("clerk")
    first = make.accepted(clerk, today=date(2026, 3, 3))
    second = make.accepted(clerk, make.eligible_account(date(2026, 3, 5)), date(2026, 3, 5))
    pause = stop(second, reviewer)
    assert pause.expected_until == date(2026, 3, 20)
    wanted = Filters(tab="to_review")
    for day, order, late in (
        (date(2026, 3, 20), [first, second], False),
        (date(2026, 3, 21), [second, first], True),
        (date(2026, 9, 1), [second, first], True),
    ):
        assert list(queries.queue(reviewer.actor, wanted, day)) == order
        assert queries.queue_page(reviewer.actor, wanted, day, 0, 5) == order
        assert Standing.of(second, day).paused_too_long is late
    second.refresh_from_db()
    assert second.open_pause == pause, "an officer ends it, nobody else"


@pytest.mark.requirement("D07")
def test_the_district_says_how_long_a_pause_may_be_announced_for_each_reason(
    case: Application, reviewer, settings
):
    settings.JUZHU_PAUSE_LONGEST_DAYS = {"hearing": 20}
    with pytest.raises(ReasonMissing) as error:
        stop(case, reviewer, reason="hearing", days=21)
    assert "1 到 20" in str(error.value.sentence)
    assert stop(case, reviewer, reason="hearing", days=20).expected_days == 20
