"""听证: offered for a large fine, asked for in time, called ahead, held on a record; then the decision."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from juzhu.operations import tasks
from juzhu.operations.actors import Actor
from juzhu.people.errors import (
    HearingAhead,
    HearingInvalid,
    HearingMovedOn,
    HearingTermOver,
    NotAllowed,
    OutOfArea,
)
from juzhu.people.hearings import Session
from juzhu.people.models import Account, Hearing, Message
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import AREA, OTHER_AREA, TODAY
from juzhu.registration.duties import cases, orders
from juzhu.registration.duties.orders import Addressee
from juzhu.registration.models import PenaltyCase

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_day"),
    pytest.mark.requirement("G05", "B10"),
]
HEARINGS = cases.HEARINGS
DAY = date(2026, 3, 19)
"""Seven working days after the notice of the tenth."""
RECORD = "单位到场，说名单三月初就交给物业了，出示了微信记录；办案人员出示报送系统的记录，双方质证。"


@pytest.fixture
def clerk() -> Account:
    return make.make_officer("clerk", name="办案人")


@pytest.fixture
def chief() -> Account:
    return make.make_officer("chief", name="所长")


def told(clerk: Account, yuan: int = 12000, persons: int = 120) -> tuple[PenaltyCase, Actor]:
    made, manager = reporters.enrolled()
    order = orders.issue(
        Addressee(organisation=made), "zhejiang-2016:34", "一百多名员工没有报送。", date(2026, 3, 20), AREA,
        persons=persons, actor=clerk.actor, today=TODAY,
    )  # fmt: skip
    case = cases.open_case(order, "一百多名员工没有报送。", TODAY, actor=clerk.actor, today=TODAY)
    return cases.tell(case, yuan, actor=clerk.actor, today=TODAY), manager


def called(clerk: Account, chief: Account, on: date = DAY) -> tuple[PenaltyCase, Actor]:
    case, manager = told(clerk)
    HEARINGS.ask(case, actor=manager, today=TODAY)
    HEARINGS.call(case, Session(on, time(14, 30), "派出所二楼会议室", chief), actor=clerk.actor, today=TODAY)
    return PenaltyCase.objects.get(pk=case.pk), manager


def test_a_large_fine_of_an_organisation_offers_one_and_a_small_one_does_not(clerk):
    case, _manager = told(clerk)
    assert (case.hearing.state, case.hearing.ask_by) == ("offered", date(2026, 3, 17))
    small, _other = told(clerk, 9900)
    assert small.hearing is None


def test_from_the_offer_to_the_decision_on_the_record(clerk, chief, on_day):
    case, manager = told(clerk)
    case = cases.waive(case, actor=manager, today=TODAY)
    with pytest.raises(HearingAhead):
        cases.decide(case, 12000, "没有按时报送。", actor=chief.actor, today=TODAY)
    HEARINGS.ask(case, actor=manager, today=date(2026, 3, 17))
    called_on = date(2026, 3, 18)
    session = Session(date(2026, 3, 27), time(14, 30), "派出所二楼会议室", chief)
    HEARINGS.call(case, session, actor=clerk.actor, today=called_on)
    tasks.run_all()
    assert Message.objects.filter(kind="penalty_hearing_called").count() == 1
    with pytest.raises(HearingInvalid):
        HEARINGS.hold(case, RECORD, [], actor=clerk.actor, today=date(2026, 3, 26))
    with pytest.raises(HearingAhead):
        cases.decide(case, 12000, "没有按时报送。", actor=chief.actor, today=date(2026, 3, 26))
    with pytest.raises(HearingInvalid):
        HEARINGS.hold(case, "开过了。", [], actor=clerk.actor, today=session.on)
    HEARINGS.hold(case, RECORD, [make.stored_picture()], actor=clerk.actor, today=session.on)
    done = cases.decide(case, 6000, "听证中出示的记录成立一半。", actor=chief.actor, today=session.on)
    assert (done.state, done.fine_yuan, done.hearing.record) == ("decided", 6000, RECORD)
    assert done.hearing.files.count() == 1


def test_who_is_heard_there_has_been_heard(clerk, chief):
    case, _manager = called(clerk, chief)
    case = HEARINGS.hold(case, RECORD, [], actor=clerk.actor, today=DAY)
    assert (case.state, case.statement, case.heard_on) == ("heard", RECORD, DAY)


def test_it_is_asked_for_within_five_working_days_or_not_at_all(clerk, chief):
    case, manager = told(clerk)
    late = case.hearing.ask_by + timedelta(days=1)
    with pytest.raises(HearingTermOver):
        HEARINGS.ask(case, actor=manager, today=late)
    case = cases.waive(case, actor=manager, today=late)
    with pytest.raises(HearingAhead):
        cases.decide(case, 12000, "没有按时报送。", actor=chief.actor, today=case.hearing.ask_by)
    assert cases.decide(case, 12000, "没有按时报送。", actor=chief.actor, today=late).state == "decided"


def test_who_lets_it_go_need_not_wait_and_who_stays_away_has_let_it_go(clerk, chief):
    case, manager = told(clerk)
    HEARINGS.forgo(case, "party", actor=manager, today=TODAY)
    case = cases.waive(case, actor=manager, today=TODAY)
    assert cases.decide(case, 12000, "没有按时报送。", actor=chief.actor, today=TODAY).state == "decided"
    case, manager = called(clerk, chief)
    with pytest.raises(HearingInvalid):
        HEARINGS.forgo(case, "absent", actor=clerk.actor, today=DAY - timedelta(days=1))
    HEARINGS.forgo(case, "absent", actor=clerk.actor, today=DAY)
    assert PenaltyCase.objects.get(pk=case.pk).hearing.why_forgone == "absent"
    with pytest.raises(HearingMovedOn):
        HEARINGS.hold(case, RECORD, [], actor=clerk.actor, today=DAY)


def test_its_day_is_told_seven_working_days_ahead_and_who_opened_the_case_does_not_preside(clerk, chief):
    case, manager = told(clerk)
    where = "派出所二楼会议室"
    with pytest.raises(HearingMovedOn):
        HEARINGS.call(case, Session(DAY, time(14), where, chief), actor=clerk.actor, today=TODAY)
    HEARINGS.ask(case, actor=manager, today=TODAY)
    stranger = make.make_officer("chief", areas=(OTHER_AREA,))
    for session, field in (
        (Session(DAY - timedelta(days=1), time(14), where, chief), "on"),
        (Session(DAY, time(14), "楼", chief), "place"),
        (Session(DAY, time(14), where, clerk), "chair"),
        (Session(DAY, time(14), where, stranger), "chair"),
    ):
        with pytest.raises(HearingInvalid) as wrong:
            HEARINGS.call(case, session, actor=clerk.actor, today=TODAY)
        assert wrong.value.about["field"] == field


def test_whose_part_it_is(clerk, chief):
    case, manager = told(clerk)
    _other, others = reporters.enrolled(name="别家（示例）")
    stranger = make.make_officer("clerk", areas=(OTHER_AREA,))
    for actor in (others, stranger.actor, make.make_account("路人").actor):
        with pytest.raises(OutOfArea):
            HEARINGS.ask(case, actor=actor, today=TODAY)
    HEARINGS.ask(case, actor=manager, today=TODAY)
    session = Session(DAY, time(14), "派出所二楼会议室", chief)
    for actor, error in ((manager, NotAllowed), (make.make_officer("reviewer").actor, NotAllowed)):
        with pytest.raises(error):
            HEARINGS.call(case, session, actor=actor, today=TODAY)


def test_told_anew_for_less_there_is_none_and_the_earlier_one_stays_on_record(clerk):
    case, manager = told(clerk)
    case = cases.hear(case, "名单已经补交了。", actor=manager, today=TODAY)
    first = case.hearing
    case = cases.tell(case, 5000, actor=clerk.actor, today=TODAY)
    first.refresh_from_db()
    assert (case.hearing, first.state, first.why_forgone) == (None, "forgone", "lighter")
    assert list(Hearing.objects.filter(case_number=case.number)) == [first]


def test_the_table_itself_keeps_a_hearing_ahead_and_on_a_record(clerk, chief):
    case, _manager = called(clerk, chief)
    for wrong in ({"on": TODAY}, {"chair": None}, {"state": "held"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Hearing.objects.filter(pk=case.hearing.pk).update(**wrong)
