"""What organisations and landlords report, and that it never registers anybody by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from juzhu.operations import tasks
from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.people.identity_numbers import check_character
from juzhu.people.models import Person
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import AREA, OTHER_AREA, TODAY
from juzhu.permits.tests.reporters import entry, let
from juzhu.registration import actions, addresses
from juzhu.registration.errors import (
    AnsweredAlready,
    NothingReported,
    PropertyFirmUnknown,
    ReportInvalid,
    SaidTooLittle,
)
from juzhu.registration.models import Contradiction, Invitation, Proposal, Registration, Report
from juzhu.registration.reporting import answers, contradictions, filing, queries
from juzhu.registration.reporting.entries import Reporter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
HOME = "桥弄街 6 幢 2 单元 301 室（示例）"


def file(made, actor, *entries, today=TODAY):
    return [row.report for row in filing.file(Reporter(made), entries, actor=actor, today=today)]


def about(person: Person, **more):
    return entry(name=person.name, identity_number=person.identity_number, **more)


def landlords(person: Person, **more):
    return let(name=person.name, identity_number=person.identity_number, **more)


@pytest.mark.requirement("B01")
def test_a_worker_nobody_knows_is_invited_and_not_registered():
    made, actor = reporters.enrolled()
    (row,) = file(made, actor, entry(identity_number=make.identity("新人").identity_number, name="新人"))
    assert (row.number, row.state, row.person, row.due_on) == (
        "BS-2026-000001",
        "invited",
        None,
        date(2026, 3, 13),
    )
    assert Invitation.objects.get().phone == "13900001111"
    assert not Registration.objects.exists()
    assert not Person.objects.filter(name="新人").exists()


@pytest.mark.requirement("B01")
def test_a_known_person_without_registration_is_invited_and_their_registration_answers():
    made, actor = reporters.enrolled()
    account = make.make_account("林海峰")
    (row,) = file(made, actor, about(account.person))
    assert (row.state, row.person, row.score, row.reasons) == (
        "invited",
        account.person,
        100,
        ["number", "name"],
    )
    assert list(queries.invitations_to(account.actor, TODAY)) == [row.invitation]
    make.register(account.person, TODAY)
    tasks.run_all()
    row.refresh_from_db()
    assert (row.state, row.outcome, row.invitation.answer) == ("settled", "registered", "registered")
    assert not queries.invitations_to(account.actor, TODAY)


@pytest.mark.requirement("B01", "B02", "A14")
def test_a_new_workplace_is_proposed_and_changes_by_the_person_s_word_alone():
    made, actor = reporters.enrolled(name="桥西精密仪器厂")
    account = make.make_account("林海峰")
    registration = make.register(account.person, TODAY, workplace="运河服饰有限公司")
    (row,) = file(made, actor, about(account.person))
    proposal = Proposal.objects.get()
    assert (proposal.change, proposal.was, proposal.wanted) == (
        "workplace",
        "运河服饰有限公司",
        "桥西精密仪器厂",
    )
    registration.refresh_from_db()
    assert registration.workplace == "运河服饰有限公司"
    stranger = make.make_account("路人")
    with pytest.raises(NotAllowed):
        answers.accept(proposal, actor=stranger.actor, today=TODAY)
    answers.accept(proposal, actor=account.actor, today=TODAY)
    registration.refresh_from_db()
    row.refresh_from_db()
    assert (registration.workplace, row.state, row.outcome) == ("桥西精密仪器厂", "settled", "confirmed")
    with pytest.raises(AnsweredAlready):
        answers.decline(proposal, actor=account.actor, today=TODAY)
    (gone,) = file(made, actor, about(account.person, phase="ended"))
    assert (gone.state, gone.proposals.get().wanted) == ("proposed", "")


@pytest.mark.requirement("B03")
def test_a_tenant_registered_there_is_known_however_the_address_is_written():
    reporter, actor = reporters.landlord()
    person = make.make_person("林海峰")
    make.register(person, TODAY)
    written = "浙江省杭州市拱墅区拱宸桥街道桥弄街６号楼2单元-301"
    made = filing.file(reporter, [landlords(person, address=written)], actor=actor, today=TODAY)
    assert (made[0].report.state, made[0].report.outcome) == ("settled", "known")
    assert list(queries.own(actor)) == [made[0].report]


@pytest.mark.requirement("B03", "A14")
def test_a_tenant_registered_elsewhere_is_asked_and_a_move_there_answers():
    reporter, actor = reporters.landlord()
    account = make.make_account("林海峰")
    make.register(account.person, TODAY, address="旧址 1 号")
    (filed,) = filing.file(reporter, [landlords(account.person)], actor=actor, today=TODAY)
    assert filed.report.proposals.get().change == "address"
    actions.move(account.person, make.stay(since=TODAY), actor=account.actor, today=TODAY)
    tasks.run_all()
    filed.report.refresh_from_db()
    assert (filed.report.state, filed.report.outcome) == ("settled", "confirmed")


@pytest.mark.requirement("B04")
def test_a_tenant_who_left_is_asked_and_says_so_themself():
    reporter, actor = reporters.landlord()
    account = make.make_account("林海峰")
    make.register(account.person, date(2026, 1, 5))
    (filed,) = filing.file(reporter, [landlords(account.person, phase="ended")], actor=actor, today=TODAY)
    proposal = filed.report.proposals.get()
    assert (proposal.change, proposal.wanted) == ("left", "2026-03-10")
    answers.accept(proposal, actor=account.actor, today=TODAY)
    assert Registration.objects.get().ended_on == TODAY


def test_who_denies_it_brings_both_words_before_the_community_s_officer():
    reporter, actor = reporters.landlord()
    account = make.make_account("林海峰")
    make.register(account.person, date(2026, 1, 5))
    (filed,) = filing.file(reporter, [landlords(account.person, phase="ended")], actor=actor, today=TODAY)
    answers.decline(filed.report.proposals.get(), actor=account.actor, today=TODAY)
    assert Registration.objects.get().ended_on is None
    here, there = make.make_officer("subdistrict"), make.make_officer("subdistrict", areas=(OTHER_AREA,))
    row = queries.contradictions_for(here.actor).get()
    assert (row.code, row.report_id) == ("denied", filed.report.pk)
    assert not queries.contradictions_for(there.actor)
    with pytest.raises(NotAllowed):
        contradictions.settle(row, "上门看过，还住着。", actor=there.actor)
    with pytest.raises(SaidTooLittle):
        contradictions.settle(row, "在", actor=here.actor)
    contradictions.settle(row, "上门看过，还住着。", actor=here.actor)
    assert not queries.contradictions_for(here.actor)
    assert queries.waiting(here.actor).get() == filed.report
    answers.settle(filed.report, "wrong", "上门看过，还住着。", actor=here.actor, today=TODAY)
    assert not queries.waiting(here.actor)


def test_a_number_with_another_s_name_is_nobody_s_until_an_officer_has_looked():
    made, actor = reporters.enrolled()
    person = make.make_person("林海峰")
    (row,) = file(made, actor, entry(name="林海锋", identity_number=person.identity_number))
    assert (row.state, Contradiction.objects.get().code) == ("officer", "name_differs")
    assert not Invitation.objects.exists()


def test_without_a_number_name_birth_and_phone_decide_together():
    made, actor = reporters.enrolled()
    born = date(1990, 5, 1)
    person = make.make_person("林海峰", born)
    Person.objects.filter(pk=person.pk).update(phone="13900001111")
    rows = file(
        made,
        actor,
        entry(name="林海峰", born=born),
        entry(name="林海峰", born=date(1990, 5, 2)),
        entry(name="林海峰", born=born, phone="13900002222"),
    )
    assert [(row.person_id, row.score) for row in rows] == [(person.pk, 100), (None, None), (person.pk, 85)]


@pytest.mark.requirement("B01")
def test_who_was_reported_without_a_number_and_registers_later_has_answered():
    made, actor = reporters.enrolled()
    born = date(1990, 5, 1)
    mine, namesakes, anothers = file(
        made,
        actor,
        entry(name="阿依古丽 • 买买提", born=born),
        entry(name="阿依古丽·买买提", born=born, phone="13900002222"),
        entry(name="林海峰", born=born),
    )
    person = make.make_person("阿依古丽·买买提", born)
    Person.objects.filter(pk=person.pk).update(phone="13900001111")
    make.register(person, TODAY)
    tasks.run_all()
    for row in (mine, namesakes, anothers):
        row.refresh_from_db()
    assert (mine.state, mine.outcome, mine.invitation.person) == ("settled", "registered", person)
    assert (namesakes.state, anothers.state) == ("invited", "invited")


def test_twins_with_one_phone_are_two_and_namesakes_of_one_day_are_nobody():
    made, actor = reporters.enrolled()
    born = date(2000, 5, 1)
    first, second = make.make_person("林大双", born), make.make_person("林小双", born)
    namesake = [make.make_person("王伟", born), make.make_person("王伟", born)]
    Person.objects.update(phone="13900001111")
    rows = file(
        made,
        actor,
        entry(name="林大双", born=born),
        entry(name="林小双", born=born),
        entry(name="王伟", born=born),
    )
    assert [row.person for row in rows] == [first, second, None]
    assert (rows[2].state, "several" in rows[2].reasons) == ("officer", True)
    assert len(namesake) == 2


@pytest.mark.requirement("A08", "A09", "A10", "A11", "B11")
def test_who_stays_at_a_hotel_needs_no_registration_and_nobody_is_bothered():
    made, actor = reporters.enrolled("hotel")
    person = make.make_person("林海峰")
    (row,) = file(made, actor, landlords(person, kind="stay"))
    assert (row.state, row.outcome, row.due_on) == ("settled", "not_covered", None)
    assert not Invitation.objects.exists()


def test_who_has_a_local_household_is_not_asked():
    made, actor = reporters.enrolled()
    (row,) = file(made, actor, about(make.make_person("本地人", household_division="330106")))
    assert (row.state, row.outcome) == ("settled", "not_covered")


def test_the_same_thing_sent_again_is_the_same_report():
    made, actor = reporters.enrolled()
    one = about(make.make_person("林海峰"))
    first = filing.file(Reporter(made), [one, one], actor=actor, today=TODAY)
    again = filing.file(Reporter(made), [replace(one, phone="")], actor=actor, today=TODAY)
    assert [row.new for row in (*first, *again)] == [True, False, False]
    assert Report.objects.count() == Invitation.objects.count() == 1
    assert Event.objects.filter(kind="reports.filed").count() == 1
    filing.withdraw(first[0].report, "报错了人。", actor=actor)
    assert filing.file(Reporter(made), [one], actor=actor, today=TODAY)[0].new


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's plan goes by how much there is")
@pytest.mark.parametrize("who", ["an_organisation", "a_landlord"])
def test_what_was_reported_before_is_looked_for_in_the_index_that_forbids_it_twice(who: str):
    reporter = reporters.landlord()[0] if who == "a_landlord" else Reporter(reporters.enrolled()[0])
    rows = filing._standing(reporter, {"one", "two"}).values_list("fingerprint")
    assert f"USING INDEX {who}_reports_once" in rows.explain()


def test_nothing_is_filed_when_one_entry_is_wrong():
    made, actor = reporters.enrolled()
    number = make.identity("新人").identity_number
    broken = number[:17] + ("X" if check_character(number[:17]) != "X" else "1")
    with pytest.raises(ReportInvalid) as refused:
        file(made, actor, about(make.make_person("林海峰")), entry(name="", identity_number=broken))
    assert refused.value.about["faults"].keys() == {1}
    assert refused.value.about["faults"][1].keys() == {"name", "identity_number"}
    assert not Report.objects.exists()
    with pytest.raises(NothingReported):
        file(made, actor)


def test_each_reports_for_itself_alone_and_only_what_it_does():
    made, actor = reporters.enrolled("employer")
    other, others = reporters.enrolled("property", name="拱宸物业（示例）")
    for who in (others, make.make_account("路人").actor, make.make_officer("chief").actor):
        with pytest.raises(NotAllowed):
            file(made, who, entry(identity_number=make.identity("新人").identity_number, name="新人"))
    with pytest.raises(ReportInvalid):
        file(made, actor, let(identity_number=make.identity("新人").identity_number, name="新人"))
    (row,) = file(other, others, let(identity_number=make.identity("新人").identity_number, name="新人"))
    assert not queries.own(actor)
    assert list(queries.own(others)) == [row]


@pytest.mark.requirement("B03", "B06")
def test_a_landlord_may_tell_the_property_firm_which_then_has_its_own_three_days():
    reporter, actor = reporters.landlord()
    firm, firms = reporters.enrolled("property", name="拱宸物业（示例）")
    shop, _shops = reporters.enrolled("employer", name="小店（示例）")
    person = make.make_person("林海峰")
    happened = landlords(person, happened_on=date(2026, 3, 5))
    with pytest.raises(PropertyFirmUnknown):
        filing.tell_property_firm(reporter, happened, shop, actor=actor, today=TODAY)
    told = filing.tell_property_firm(reporter, happened, firm, actor=actor, today=TODAY)
    assert (told.state, told.late) == ("passed", False)
    assert list(queries.told(firms)) == [told]
    (passed,) = filing.file(Reporter(firm), [happened], actor=firms, today=date(2026, 3, 13), follows=told)
    assert (passed.report.due_on, passed.report.late) == (date(2026, 3, 13), False)
    assert not queries.told(firms)


def test_what_a_firm_had_reported_by_itself_passes_on_what_it_is_told_afterwards():
    reporter, actor = reporters.landlord()
    firm, firms = reporters.enrolled("property", name="拱宸物业（示例）")
    other, others = reporters.enrolled("property", name="别的物业（示例）")
    happened = landlords(make.make_person("林海峰"))
    (own,) = filing.file(Reporter(firm), [happened], actor=firms, today=TODAY)
    told = filing.tell_property_firm(reporter, happened, firm, actor=actor, today=TODAY)
    with pytest.raises(NotAllowed):
        filing.file(Reporter(other), [happened], actor=others, today=TODAY, follows=told)
    (same,) = filing.file(Reporter(firm), [happened], actor=firms, today=TODAY, follows=told)
    assert (same.report, same.new, same.report.follows) == (own.report, False, told)
    assert not queries.told(firms)


def test_where_an_employer_stands_makes_no_second_report_of_one_worker():
    made, actor = reporters.enrolled()
    person = make.make_person("林海峰")
    first = filing.file(Reporter(made), [about(person)], actor=actor, today=TODAY)
    again = filing.file(Reporter(made), [about(person, subdistrict=AREA)], actor=actor, today=TODAY)
    assert (again[0].report, again[0].new) == (first[0].report, False)


@pytest.mark.requirement("B10")
def test_what_came_after_three_working_days_is_late():
    made, actor = reporters.enrolled()
    number = make.identity("新人").identity_number
    (row,) = file(made, actor, entry(name="新人", identity_number=number, happened_on=date(2026, 3, 4)))
    assert (row.due_on, row.late) == (date(2026, 3, 9), True)
    assert queries.late(make.make_officer("clerk").actor).get() == row


def test_two_landlords_of_one_tenant_are_listed_side_by_side():
    person = make.make_person("林海峰")
    (one, ones), (two, twos) = reporters.landlord("房东甲"), reporters.landlord("房东乙")
    first = filing.file(one, [landlords(person)], actor=ones, today=TODAY)[0].report
    second = filing.file(two, [landlords(person, address="小河路 1 号")], actor=twos, today=TODAY)[0].report
    row = queries.contradictions_for(make.make_officer("subdistrict").actor).get(code="two_places")
    assert {row.report, row.other} == {first, second}
    third, thirds = reporters.landlord("房东丙")
    filing.file(one, [landlords(person, phase="ended")], actor=ones, today=TODAY)
    filing.file(two, [landlords(person, phase="ended", address="小河路 1 号")], actor=twos, today=TODAY)
    before = Contradiction.objects.filter(code="two_places").count()
    filing.file(third, [landlords(person, address="台州路 9 号")], actor=thirds, today=TODAY)
    assert Contradiction.objects.filter(code="two_places").count() == before


def test_an_invitation_answered_not_me_goes_to_the_community():
    made, actor = reporters.enrolled()
    account, stranger = make.make_account("林海峰"), make.make_account("路人")
    (row,) = file(made, actor, about(account.person))
    with pytest.raises(NotAllowed):
        answers.answer(row.invitation, "not_me", actor=stranger.actor, person=stranger.person, today=TODAY)
    answers.answer(row.invitation, "not_me", actor=account.actor, person=account.person, today=TODAY)
    row.refresh_from_db()
    assert row.state == "officer"


def test_addresses_written_differently_are_one_and_different_ones_are_not():
    base = addresses.key(AREA, HOME)
    for same in ("桥弄街6栋2单元301", "拱墅区桥弄街6幢2单元301室", "桥弄街 6号楼－2单元，301房"):
        assert addresses.key(AREA, same) == base
    for other in ("桥弄街 6 幢 2 单元 302 室", "桥弄街 62 幢单元 301 室", "桥弄街 6 幢 3 单元 301 室"):
        assert addresses.key(AREA, other) != base
    assert addresses.key(AREA, "台州路 1-1 号") != addresses.key(AREA, "台州路 11 号")


def test_many_reports_cost_as_many_queries_as_one(django_assert_max_num_queries):
    made, actor = reporters.enrolled()
    people = [make.make_person(f"工人{chr(0x4E00 + n)}") for n in range(40)]
    for person in people[:20]:
        make.register(person, TODAY)
    with django_assert_max_num_queries(30):
        file(made, actor, *(about(person) for person in people))
    assert Report.objects.count() == 40
