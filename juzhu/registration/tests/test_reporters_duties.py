"""What a reporter owes: read from what was said to them and by them, never from the register; told before the
last day and after it, once each.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from juzhu.operations import sms, tasks
from juzhu.operations.actors import Actor
from juzhu.people.errors import NotAllowed
from juzhu.people.identity_numbers import complete
from juzhu.people.models import Account, Message, Organisation, Person
from juzhu.permits import notices
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import lettings
from juzhu.permits.tests import reporters as firms
from juzhu.permits.tests.factories import TODAY
from juzhu.permits.tests.reporters import let
from juzhu.registration.duties import answering, orders, reminding, reporters
from juzhu.registration.duties.orders import Addressee
from juzhu.registration.dwellings import inspections, titles
from juzhu.registration.errors import AnsweredAlready, DayInvalid, NothingOwed, SaidTooLittle
from juzhu.registration.models import DutyTold, Report
from juzhu.registration.reporting import filing
from juzhu.registration.reporting.entries import ENDED, Entry, Reporter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
NUMBER = complete("341299", date(1993, 8, 17), 2)
DAY = timedelta(days=1)


class Recorder:
    """An SMS gateway that keeps what was sent."""

    def __init__(self, sent: list[tuple[str, str]]) -> None:
        self.sent = sent

    def send(self, phone: str, text: str) -> None:
        self.sent.append((phone, text))


def known(name: str = "周晓芸") -> Person:
    return make.make_person(name)


def kinds(by: Reporter, today: date = TODAY) -> list[str]:
    return [one.kind for one in reporters.owed(by, today)]


def landlord() -> tuple[Reporter, Actor]:
    return firms.landlord()


def lets(by: Reporter, actor: Actor, person: Person, *, today: date = TODAY, **about: object) -> Report:
    said = {"name": person.name, "identity_number": person.identity_number} | about
    return filing.file(by, [let(**said)], actor=actor, today=today)[0].report


def ending(by: Reporter, actor: Actor, person: Person, until: date = TODAY - DAY) -> Report:
    return lets(by, actor, person, happened_on=date(2025, 9, 1), until_on=until)


# A letting whose term is over


@pytest.mark.requirement("B04")
def test_a_letting_whose_last_day_has_come_is_due_within_three_working_days():
    by, actor = landlord()
    ending(by, actor, known(), date(2026, 3, 6))  # a Friday
    assert kinds(by, date(2026, 3, 5)) == []
    (one,) = reporters.owed(by, TODAY)
    assert (one.kind, one.happened_on, one.due_on, one.left(TODAY)) == (
        "ended", date(2026, 3, 6), date(2026, 3, 11), 1,
    )  # fmt: skip
    assert reporters.owed(by, date(2026, 3, 16))[0].left(date(2026, 3, 16)) == -5


@pytest.mark.parametrize("how", ["left", "again", "withdrawn", "goes_on", "lease"])
def test_it_is_done_when_they_say_that_it_ended_or_goes_on(how: str):
    account = make.make_account("房东甲", household_division="330106")
    by, actor, person = Reporter(person=account.person), account.actor, known()
    row = ending(by, actor, person)
    assert kinds(by) == ["ended"]
    if how == "left":
        lets(by, actor, person, phase=ENDED, happened_on=TODAY)
    elif how == "again":
        lets(by, actor, person, happened_on=TODAY)
    elif how == "withdrawn":
        filing.withdraw(row, "报错了人", actor=actor)
    elif how == "goes_on":
        answering.goes_on(by, f"ended:{row.pk}", None, actor=actor, today=TODAY)
    else:
        dwelling, _claim, _account = lettings.recorded((lettings.Landlord(person=account.person), account))
        Report.objects.filter(pk=row.pk).update(dwelling=dwelling)
        lettings.leased(dwelling, account, person, from_on=TODAY, until_on=date(2027, 3, 9))
    assert kinds(by) == []


def test_what_goes_on_until_a_day_is_due_again_after_that_day():
    by, actor = landlord()
    row = ending(by, actor, known())
    with pytest.raises(DayInvalid):
        answering.goes_on(by, f"ended:{row.pk}", TODAY, actor=actor, today=TODAY)
    answering.goes_on(by, f"ended:{row.pk}", date(2026, 9, 9), actor=actor, today=TODAY)
    assert kinds(by, date(2026, 9, 8)) == []
    (one,) = reporters.owed(by, date(2026, 9, 9))
    assert (one.kind, one.happened_on) == ("ended", date(2026, 9, 9))
    again = answering.goes_on(by, one.key, None, actor=actor, today=date(2026, 9, 9))
    assert again.report == row and kinds(by, date(2026, 12, 1)) == []


def test_only_the_landlord_of_a_letting_answers_for_it_and_only_once_it_is_due():
    by, actor = landlord()
    row = ending(by, actor, known())
    other, other_actor = firms.landlord("房东乙")
    with pytest.raises(NothingOwed):
        answering.goes_on(other, f"ended:{row.pk}", None, actor=other_actor, today=TODAY)
    with pytest.raises(NotAllowed):
        answering.goes_on(by, f"ended:{row.pk}", None, actor=other_actor, today=TODAY)
    with pytest.raises(NothingOwed):
        answering.not_so(by, f"ended:{row.pk}", actor=actor, today=TODAY)


def test_two_tenants_of_one_name_are_two():
    by, actor = landlord()
    one, two = make.make_person("王伟", date(1990, 1, 1)), make.make_person("王伟", date(1985, 2, 2))
    ending(by, actor, one)
    ending(by, actor, two)
    lets(by, actor, one, phase=ENDED, happened_on=TODAY)
    assert [row.row.identity_number for row in reporters.owed(by, TODAY)] == [two.identity_number]


def test_a_name_with_another_dot_is_the_same_name():
    by, actor = landlord()
    ending(by, actor, known("阿依古丽·买买提"))
    assert kinds(by) == ["ended"]
    born = date(1993, 8, 17)
    gone = let(name="阿依古丽 • 买买提", born=born, phase=ENDED, happened_on=TODAY)
    filing.file(by, [gone], actor=actor, today=TODAY)
    assert kinds(by) == []


def test_a_firm_that_lets_has_it_and_a_property_firm_that_passed_it_on_has_not():
    made, actor = firms.enrolled("landlord")
    ending(Reporter(made), actor, known())
    assert kinds(Reporter(made)) == ["ended"]
    firm, firm_actor = firms.enrolled("property", name="桥西物业（示例）")
    ending(Reporter(firm), firm_actor, known("赵一"))
    assert kinds(Reporter(firm)) == []


# What an agent has said


def introduced(kind: str, **about: object) -> Report:
    agent, actor = firms.enrolled("employment_agent", "letting_agent", name="桥东中介（示例）")
    entry = let(kind=kind, name="周晓芸", identity_number=NUMBER, **about)
    return filing.file(Reporter(agent), [entry], actor=actor, today=TODAY)[0].report


@pytest.mark.requirement("B01", "B07")
def test_an_employer_whom_an_agent_names_owes_the_report_and_sees_the_name_alone():
    made, actor = firms.enrolled("employer", name="运河服饰有限公司（示例）")
    other, _actor = firms.enrolled("employer", name="桥西精密仪器厂（示例）")
    row = introduced("work_introduced", about={"employer": "运河服饰有限公司(示例)"})
    (one,) = reporters.owed(Reporter(made), TODAY)
    assert (one.kind, one.name, one.due_on) == ("hired", "周晓芸", date(2026, 3, 13))
    assert kinds(Reporter(other)) == []
    own = Entry("work", "began", TODAY, "周晓芸", born=date(1993, 8, 17), phone="13900001111")
    filing.file(Reporter(made), [own], actor=actor, today=TODAY)
    assert kinds(Reporter(made)) == []
    assert row.state != "withdrawn"


def test_who_was_not_hired_is_answered_once():
    made, actor = firms.enrolled("employer")
    row = introduced("work_introduced", about={"employer": made.name})
    answering.not_so(Reporter(made), f"hired:{row.pk}", actor=actor, today=TODAY)
    assert kinds(Reporter(made)) == []
    with pytest.raises(NothingOwed):
        answering.not_so(Reporter(made), f"hired:{row.pk}", actor=actor, today=TODAY)


@pytest.mark.requirement("B03", "B07")
def test_a_landlord_owes_what_an_agent_says_only_once_an_office_has_confirmed_the_title():
    dwelling, claim, account = lettings.recorded()
    by = Reporter(person=account.person)
    introduced("lease_introduced", address=dwelling.address)
    assert kinds(by) == []  # or whoever recorded an address would read who moves in there
    titles.confirm(claim, actor=lettings.housing().actor, today=TODAY)
    assert kinds(by) == ["let"]
    lets(by, account.actor, make.make_person("周晓芸"), identity_number=NUMBER)
    assert kinds(by) == []


# Leases, inspections, orders


@pytest.mark.requirement("B03")
def test_a_lease_that_was_handed_in_before_it_began_is_reported_when_it_begins():
    dwelling, _claim, account = lettings.recorded()
    by, person = Reporter(person=account.person), known()
    begins = date(2026, 3, 16)
    lettings.leased(dwelling, account, person, from_on=begins, until_on=date(2027, 3, 15))
    assert not Report.objects.exists()
    assert kinds(by, begins - DAY) == []
    (one,) = reporters.owed(by, begins)
    assert (one.kind, one.due_on) == ("tenant", date(2026, 3, 19))
    lets(by, account.actor, person, happened_on=begins, today=begins)
    assert kinds(by, begins) == []


def test_what_must_be_mended_is_due_until_somebody_is_asked_to_look_again():
    dwelling, _claim, account = lettings.recorded()
    by, street = Reporter(person=account.person), lettings.subdistrict()
    bad = lettings.found(answers={"extinguisher": False}, mend_by=date(2026, 4, 9))
    lettings.inspected(dwelling, account, street, bad)
    (one,) = reporters.owed(by, TODAY)
    assert (one.kind, one.due_on) == ("mend", date(2026, 4, 9))
    inspections.ask(dwelling, actor=account.actor, today=TODAY)
    assert kinds(by) == []


# Reminders


def inbox(account: Account) -> list[str]:
    return list(Message.objects.filter(person=account.person).order_by("pk").values_list("kind", flat=True))


def live(day: date) -> None:
    notices.daily({"day": day.isoformat()})
    tasks.run_all()


def until(first: date, last: date) -> None:
    while first <= last:
        live(first)
        first += DAY


@pytest.mark.requirement("A16", "B04")
def test_before_the_last_day_and_after_it_once_each():
    account = make.make_account("房东甲", household_division="330106")
    by = Reporter(person=account.person)
    ending(by, account.actor, known(), date(2026, 3, 6))  # due on Wednesday, the 11th
    told = {}
    for number in range(9, 20):
        day = date(2026, 3, number)
        live(day)
        live(day)
        told[number] = [kind for kind in inbox(account) if kind.startswith("duties")]
    assert told[9] == []
    assert told[10] == told[11] == ["duties_soon"]
    assert told[12] == told[19] == ["duties_soon", "duties_over"]


def test_a_weekend_lies_between_the_warning_and_the_last_day():
    by, actor = landlord()
    ending(by, actor, known(), date(2026, 3, 11))  # three working days lead to Monday, the 16th
    (one,) = reporters.owed(by, date(2026, 3, 12))
    assert (one.due_on, reminding.warns_on(one)) == (date(2026, 3, 16), date(2026, 3, 13))


def test_when_no_worker_ran_for_a_week_it_is_told_late_and_not_twice():
    account = make.make_account("房东甲", household_division="330106")
    ending(Reporter(person=account.person), account.actor, known(), date(2026, 3, 6))
    until(date(2026, 3, 18), date(2026, 3, 20))
    assert [kind for kind in inbox(account) if kind.startswith("duties")] == ["duties_over"]
    assert DutyTold.objects.get().told_on == date(2026, 3, 18)


def test_what_lies_long_back_is_listed_and_not_told_any_more():
    account = make.make_account("房东甲", household_division="330106")
    by = Reporter(person=account.person)
    ending(by, account.actor, known(), date(2025, 12, 1))
    live(TODAY)
    assert kinds(by) == ["ended"]
    assert "duties_over" not in inbox(account)


def test_an_organisation_s_people_read_it_and_its_phone_gets_one_sms_that_names_nobody(monkeypatch):
    sent: list[tuple[str, str]] = []
    monkeypatch.setattr(sms, "gateway", lambda: Recorder(sent))
    made, actor = firms.enrolled("landlord")
    Organisation.objects.filter(pk=made.pk).update(phone="13700000001")
    head, colleague = Account.objects.get(pk=actor.account_id), make.make_account("林海峰")
    firms.organisations.let_in(made, colleague.login, "林海峰", "reporter", actor=actor)
    stranger, _other = firms.enrolled("landlord", name="别家（示例）")
    ending(Reporter(made), actor, known(), date(2026, 3, 6))
    live(date(2026, 3, 12))
    message = Message.objects.get(kind="duties_over", person=head.person)
    assert message.about == {"count": 1, "last": "2026-03-11", "organisation": made.pk, "firm": made.name}
    assert inbox(colleague) == ["duties_over"]
    assert Message.objects.filter(kind="duties_over").count() == 2
    texts = [text for phone, text in sent if phone == "13700000001"]
    assert len(texts) == 1 and "信息报送" in texts[0] and "周" not in texts[0]
    assert reporters.owed(Reporter(stranger), TODAY) == []


@pytest.mark.requirement("B06")
def test_a_property_firm_is_reminded_within_its_own_three_working_days():
    firm, firm_actor = firms.enrolled("property")
    head = Account.objects.get(pk=firm_actor.account_id)
    by, actor = landlord()
    filing.tell_property_firm(
        by, let(happened_on=date(2026, 3, 9), identity_number=NUMBER), firm, actor=actor, today=TODAY
    )
    (one,) = reporters.owed(Reporter(firm), TODAY)
    assert (one.kind, one.due_on) == ("pass_on", date(2026, 3, 13))
    assert kinds(by) == []
    until(TODAY, date(2026, 3, 16))
    assert inbox(head) == ["duties_soon", "duties_over"]


def test_an_order_is_reminded_of_before_and_after_its_day():
    made, actor = firms.enrolled("hotel")
    head, clerk = Account.objects.get(pk=actor.account_id), make.make_officer("clerk")
    order = orders.issue(
        Addressee(organisation=made), "zhejiang-2016:35", "有两人没有报送。", date(2026, 3, 20), "330105005",
        actor=clerk.actor, today=TODAY,
    )  # fmt: skip
    until(TODAY, date(2026, 3, 16))
    assert "duties_soon" not in inbox(head)
    live(date(2026, 3, 17))
    assert inbox(head).count("duties_soon") == 1
    orders.corrected(order, date(2026, 3, 17), actor=clerk.actor, today=date(2026, 3, 17))
    until(date(2026, 3, 18), date(2026, 3, 25))
    assert "duties_over" not in inbox(head)


# What a firm hands back


@pytest.mark.requirement("B03", "B06")
def test_what_a_firm_hands_back_is_the_landlord_s_again_by_their_own_clock():
    firm, firm_actor = firms.enrolled("property")
    account = make.make_account("房东甲", household_division="330106")
    by, actor, person = Reporter(person=account.person), account.actor, known()
    said = let(name=person.name, identity_number=person.identity_number, happened_on=date(2026, 3, 9))
    row = filing.tell_property_firm(by, said, firm, actor=actor, today=TODAY)
    with pytest.raises(NotAllowed):
        filing.hand_back(row, "这个小区不是我们管的。", actor=actor)
    with pytest.raises(SaidTooLittle):
        filing.hand_back(row, "不是", actor=firm_actor)
    filing.hand_back(row, "这个小区不是我们管的。", actor=firm_actor)
    with pytest.raises(AnsweredAlready):
        filing.hand_back(row, "这个小区不是我们管的。", actor=firm_actor)
    tasks.run_all()
    assert inbox(account) == ["handed_back"]
    assert kinds(Reporter(firm)) == []
    (one,) = reporters.owed(by, TODAY)
    assert (one.kind, one.due_on) == ("returned", date(2026, 3, 12))
    (filed,) = filing.file(by, [said], actor=actor, today=TODAY)
    assert filed.new and kinds(by) == []


def test_what_two_landlords_have_told_of_one_tenant_is_done_with_one_report():
    firm, firm_actor = firms.enrolled("property")
    person, told = known(), []
    for name in ("房东甲", "房东乙"):
        by, actor = firms.landlord(name)
        said = let(name=person.name, identity_number=person.identity_number)
        told.append(filing.tell_property_firm(by, said, firm, actor=actor, today=TODAY))
    assert kinds(Reporter(firm)) == ["pass_on", "pass_on"]
    for row in told:
        filing.file(Reporter(firm), [said], actor=firm_actor, today=TODAY, follows=row)
    assert kinds(Reporter(firm)) == []
    assert Report.objects.filter(organisation=firm).count() == 1


def test_who_registers_is_never_the_reason_for_a_duty():
    dwelling, claim, account = lettings.recorded()
    titles.confirm(claim, actor=lettings.housing().actor, today=TODAY)
    made, _actor = firms.enrolled("employer", name="运河服饰有限公司（示例）")
    make.register(make.make_person("周晓芸"), TODAY, address=dwelling.address, workplace=made.name)
    assert kinds(Reporter(person=account.person)) == kinds(Reporter(made)) == []
