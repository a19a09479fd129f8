"""What is due and overdue, by the law's clocks, in one's own area."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juzhu.law import deadlines, policy
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import AREA, OTHER_AREA, TODAY
from juzhu.permits.tests.reporters import let
from juzhu.registration.duties import cases, orders, worklists
from juzhu.registration.duties.orders import Addressee
from juzhu.registration.reporting import filing

RULES = policy.load("gongshu-2022")
CLOCKS = ("registration", "change", "property_report", "landlord_report")


@given(
    clock=st.sampled_from(CLOCKS),
    today=st.dates(date(2025, 1, 10), date(2026, 12, 20)),
)
def test_overdue_is_what_happened_up_to_one_day_and_nothing_after_it(clock, today):
    until = worklists.last_event_overdue(clock, today, RULES)
    assert deadlines.deadline(clock, until, RULES).last_day < today
    assert deadlines.deadline(clock, until + timedelta(days=1), RULES).last_day >= today


def filed(person_name: str = "林海峰", **about):
    reporter, actor = reporters.landlord()
    person = make.make_person(person_name)
    entry = let(name=person.name, identity_number=person.identity_number, **about)
    return person, filing.file(reporter, [entry], actor=actor, today=TODAY)[0].report


def lines(key: str, account, *, overdue: bool = False, today: date = TODAY):
    rows = worklists.rows_of(key, account.actor, today, overdue=overdue)
    return [worklists.duty(key, row, today) for row in rows]


@pytest.mark.django_db
@pytest.mark.requirement("A03", "B03")
def test_who_was_reported_and_has_not_registered_is_due_after_three_working_days(on_day):
    clerk = make.make_officer("clerk")
    filed(happened_on=date(2026, 3, 4))
    filed("赵新来", happened_on=TODAY, address="小河路 1 号")
    late, new = lines("register", clerk)
    assert (late.who, late.due_on, late.left, late.overdue) == ("林海峰", date(2026, 3, 9), -1, True)
    assert (new.who, new.due_on, new.left, new.overdue) == ("赵新来", date(2026, 3, 13), 3, False)
    assert [one.who for one in lines("register", clerk, overdue=True)] == ["林海峰"]


@pytest.mark.django_db
@pytest.mark.parametrize("key", list(worklists.WORKLISTS))
def test_each_list_is_its_area_s_and_its_post_s_alone(key, on_day):
    here, there = make.make_officer("chief"), make.make_officer("chief", areas=(OTHER_AREA,))
    everything(here)
    assert len(lines(key, here)) >= 1
    assert lines(key, there) == []
    for role in ("reviewer", "department", "auditor", "administrator"):
        assert lines(key, make.make_officer(role)) == []
    assert lines(key, make.make_account("路人")) == []
    seen = bool(lines(key, make.make_officer("subdistrict")))
    assert seen is (key not in {"orders", "cases"})


def everything(chief) -> None:
    filed()
    person, _report = make.make_person("住别处"), None
    make.register(person, TODAY, address="旧址 1 号")
    reporter, actor = reporters.landlord()
    entry = let(name=person.name, identity_number=person.identity_number)
    filing.file(reporter, [entry], actor=actor, today=TODAY)
    firm, _firms = reporters.enrolled("property", name="拱宸物业（示例）")
    told = let(name="新来的", identity_number=make.identity("新来的").identity_number, address="小河路 2 号")
    filing.tell_property_firm(reporter, told, firm, actor=actor, today=TODAY)
    make.register(make.make_person("没人报"), TODAY, address="小河路 3 号")
    orders_about = {"actor": chief.actor, "today": TODAY}
    by = date(2026, 3, 20)
    made, _manager = reporters.enrolled()
    order = orders.issue(
        Addressee(organisation=made), "zhejiang-2016:34", "员工没有报送。", by, AREA, **orders_about
    )
    cases.open_case(order, "员工没有报送。", TODAY, **orders_about)


@pytest.mark.django_db
@pytest.mark.requirement("B06")
def test_a_property_firm_has_three_days_from_being_told(on_day):
    chief = make.make_officer("chief")
    everything(chief)
    (line,) = lines("pass_on", chief)
    assert (line.who, line.due_on) == ("拱宸物业（示例）", date(2026, 3, 13))


@pytest.mark.django_db
@pytest.mark.requirement("B03", "B10")
def test_a_let_dwelling_that_nobody_reported_is_listed_until_somebody_does(on_day):
    clerk = make.make_officer("clerk")
    person = make.make_person("没人报")
    make.register(person, TODAY)
    assert [one.who for one in lines("letting", clerk)] == ["没人报"]
    reporter, actor = reporters.landlord()
    entry = let(name=person.name, identity_number=person.identity_number)
    filing.file(reporter, [entry], actor=actor, today=TODAY)
    assert lines("letting", clerk) == []


@pytest.mark.django_db
def test_a_person_s_own_page_tells_their_own_duties(on_day):
    clerk, account = make.make_officer("clerk"), make.make_account("林海峰")
    by = date(2026, 3, 20)
    orders.issue(
        Addressee(person=account.person),
        "zhejiang-2016:33",
        "没有登记。",
        by,
        AREA,
        actor=clerk.actor,
        today=TODAY,
    )
    (line,) = worklists.of_person(account.person, TODAY)
    assert (line.kind, line.due_on, line.left) == ("orders", by, 10)
    assert worklists.of_person(make.make_person("路人"), TODAY) == []
