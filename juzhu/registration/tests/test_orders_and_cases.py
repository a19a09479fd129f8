"""Orders to correct and cases: a ladder with every right on it, and a person who decides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from juzhu.operations import tasks
from juzhu.people.errors import ConflictOfInterest, NotAllowed, OutOfArea
from juzhu.people.models import Account
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import AREA, OTHER_AREA, TODAY
from juzhu.registration.duties import cases, orders
from juzhu.registration.duties.orders import Addressee
from juzhu.registration.errors import (
    CaseMovedOn,
    DayInvalid,
    DutyUnknown,
    FineImpossible,
    HeavierThanAnnounced,
    OpenedByTheSame,
    OrderClosed,
    SaidTooLittle,
    StatementTermRuns,
)
from juzhu.registration.models import CorrectionOrder, PenaltyCase

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
BY = date(2026, 3, 20)
AFTER = date(2026, 3, 21)
OWN, REPORTS = "zhejiang-2016:33", "zhejiang-2016:34"
FACTS = "2026-02-01 起住在桥弄街，没有申报居住登记。"


@pytest.fixture
def clerk() -> Account:
    return make.make_officer("clerk")


@pytest.fixture
def chief() -> Account:
    return make.make_officer("chief")


def ordered(clerk: Account, account: Account | None = None) -> CorrectionOrder:
    person = (account or make.make_account("林海峰")).person
    return orders.issue(Addressee(person=person), OWN, FACTS, BY, AREA, actor=clerk.actor, today=TODAY)


def opened(clerk: Account, account: Account | None = None) -> PenaltyCase:
    order = ordered(clerk, account)
    return cases.open_case(order, FACTS, date(2026, 2, 1), actor=clerk.actor, today=AFTER)


@pytest.mark.requirement("A17")
def test_an_order_is_the_police_s_in_its_area_and_leaves_time(clerk):
    person = make.make_person("林海峰")
    to = Addressee(person=person)
    for wrong, error in (
        (make.make_officer("subdistrict"), NotAllowed),
        (make.make_officer("reviewer"), NotAllowed),
        (make.make_account("路人"), NotAllowed),
        (make.make_officer("clerk", areas=(OTHER_AREA,)), OutOfArea),
        (make.make_officer("clerk", staff_identity_number=person.identity_number), ConflictOfInterest),
    ):
        with pytest.raises(error):
            orders.issue(to, OWN, FACTS, BY, AREA, actor=wrong.actor, today=TODAY)
    made, _manager = reporters.enrolled()
    for about, error in (
        ({"to": Addressee(organisation=made)}, DutyUnknown),
        ({"provision": "zhejiang-2016:36"}, DutyUnknown),
        ({"correct_by": TODAY}, DayInvalid),
        ({"facts": "没有"}, SaidTooLittle),
    ):
        with pytest.raises(error):
            orders.issue(
                **{"to": to, "provision": OWN, "facts": FACTS, "correct_by": BY, "area": AREA, **about},
                actor=clerk.actor,
                today=TODAY,
            )
    assert not CorrectionOrder.objects.exists()
    assert ordered(clerk).stands(TODAY) == "running"


@pytest.mark.requirement("A17")
def test_who_registers_in_time_has_obeyed_and_cannot_be_fined(clerk, on_day):
    account = make.make_account("林海峰")
    order = ordered(clerk, account)
    make.register(account.person, BY)
    tasks.run_all()
    order.refresh_from_db()
    assert (order.corrected_on, order.stands(AFTER)) == (BY, "obeyed")
    with pytest.raises(FineImpossible, match="fine_impossible"):
        cases.open_case(order, FACTS, date(2026, 2, 1), actor=clerk.actor, today=AFTER)
    with pytest.raises(OrderClosed):
        orders.corrected(order, BY, actor=clerk.actor, today=AFTER)


@pytest.mark.requirement("A17", "G05")
def test_before_the_term_is_over_no_case_is_opened_and_a_revoked_order_carries_none(clerk):
    order = ordered(clerk)
    with pytest.raises(FineImpossible):
        cases.open_case(order, FACTS, date(2026, 2, 1), actor=clerk.actor, today=BY)
    orders.revoke(order, "人已经搬走了。", actor=clerk.actor, today=BY)
    with pytest.raises(FineImpossible):
        cases.open_case(order, FACTS, date(2026, 2, 1), actor=clerk.actor, today=AFTER)


@pytest.mark.requirement("A17", "G05")
def test_from_the_opening_to_the_decision_with_every_right(clerk, chief):
    account = make.make_account("林海峰")
    case = opened(clerk, account)
    assert case.decide_by == AFTER + timedelta(days=90)
    with pytest.raises(CaseMovedOn):
        cases.decide(case, 50, "没有登记。", actor=chief.actor, today=AFTER)
    for yuan in (0, 49, 201, 1000):
        with pytest.raises(FineImpossible):
            cases.tell(case, yuan, actor=clerk.actor, today=AFTER)
    case = cases.tell(case, 100, actor=clerk.actor, today=AFTER)
    with pytest.raises(StatementTermRuns):
        cases.waive(case, actor=clerk.actor, today=case.statement_by)
    with pytest.raises(OutOfArea):
        cases.hear(case, "我有话说。", actor=make.make_account("路人").actor, today=AFTER)
    case = cases.hear(case, "刚来，不知道要登记。", actor=account.actor, today=AFTER)
    with pytest.raises(NotAllowed):
        cases.decide(case, 50, "没有登记。", actor=clerk.actor, today=AFTER)
    with pytest.raises(HeavierThanAnnounced):
        cases.decide(case, 150, "逾期没有登记。", actor=chief.actor, today=AFTER)
    case = cases.decide(case, 50, "逾期没有登记，听了本人的话。", actor=chief.actor, today=AFTER)
    assert (case.state, case.fine_yuan, case.decided_by_id) == ("decided", 50, chief.pk)


@pytest.mark.requirement("G05")
def test_who_opened_it_does_not_decide_it(chief):
    case = cases.tell(opened(chief), 50, actor=chief.actor, today=AFTER)
    case = cases.waive(case, actor=chief.actor, today=case.statement_by + timedelta(days=1))
    for act in (cases.decide, cases.close):
        about = (case, 50, "没有登记过。") if act is cases.decide else (case, "没有登记过。")
        with pytest.raises(OpenedByTheSame):
            act(*about, actor=chief.actor, today=case.heard_on)


@pytest.mark.requirement("B10")
def test_an_employer_pays_a_hundred_for_each_not_reported_or_nothing(clerk, chief):
    made, manager = reporters.enrolled()
    order = orders.issue(
        Addressee(organisation=made),
        REPORTS,
        "三名员工没有报送。",
        BY,
        AREA,
        persons=3,
        actor=clerk.actor,
        today=TODAY,
    )
    case = cases.open_case(order, "三名员工没有报送。", TODAY, actor=clerk.actor, today=TODAY)
    with pytest.raises(FineImpossible):
        cases.tell(case, 250, actor=clerk.actor, today=TODAY)
    case = cases.tell(case, 300, actor=clerk.actor, today=TODAY)
    other, others = reporters.enrolled(name="别家（示例）")
    with pytest.raises(OutOfArea):
        cases.hear(case, "我们没有收到通知。", actor=others, today=TODAY)
    case = cases.hear(case, "人事刚换，已经补报。", actor=manager, today=TODAY)
    assert cases.close(case, "初次，已经改正，不予处罚。", actor=chief.actor, today=TODAY).fine_yuan == 0
    assert other.pk != made.pk


@pytest.mark.requirement("A17", "B10")
def test_the_table_itself_refuses_a_fine_beyond_the_ladder(clerk):
    case = opened(clerk)
    for wrong in (
        {"fine_yuan": 201},
        {"provision": REPORTS, "fine_yuan": 101},
        {"state": "decided", "fine_yuan": 50},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PenaltyCase.objects.filter(pk=case.pk).update(**wrong)
    with pytest.raises(CaseMovedOn):
        cases.open_case(case.order, FACTS, date(2026, 2, 1), actor=clerk.actor, today=AFTER)
