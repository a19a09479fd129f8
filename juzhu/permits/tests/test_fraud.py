"""A case of fraud: told, heard, decided by another; within the range; and what a decision does."""

from __future__ import annotations

from datetime import date, time

import pytest

from juzhu.credentials import checks
from juzhu.operations import clock, tasks
from juzhu.operations.rules import in_force
from juzhu.people.errors import HearingAhead, NotAllowed
from juzhu.people.hearings import Session
from juzhu.permits import actions
from juzhu.permits.after import fraud
from juzhu.permits.after.measures import Measures
from juzhu.permits.after.queries import fraud_cases_for
from juzhu.permits.desk.remedies import Filed, conclude, record, record_against, to_redo
from juzhu.permits.errors import (
    ConflictOfInterest,
    HeavierThanTold,
    ImpossiblePenalty,
    NotOverturned,
    OpenedByYou,
    OutOfArea,
    ReasonMissing,
    RemedyInvalid,
    TermRunning,
    TimeBarred,
    TransitionForbidden,
)
from juzhu.permits.models import Application, FraudCase, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
FACTS = "租赁合同是假的，房东没有签过。"
ALL = Measures(warning=True, fine_yuan=200, withdraw_permit=True)
REASON = "认定使用虚假材料，陈述不能推翻。"


def opened(account=None, **about) -> FraudCase:
    permit = make.issued(account)
    clerk = make.make_officer("clerk", name="立案人")
    return fraud.open_case(
        permit.person, FACTS, TODAY, actor=clerk.actor, today=TODAY, permit=permit, **about
    )


def heard(account=None, measures: Measures = ALL) -> FraudCase:
    case = fraud.tell(opened(account), measures, actor=make.make_officer("clerk").actor, today=TODAY)
    return fraud.hear(case, "合同是中介给的，我不知道。", actor=make.make_officer("clerk").actor, today=TODAY)


@pytest.mark.requirement("G01", "G03", "G05", "G06", "CF12", "CF19", "F09")
def test_from_the_facts_to_a_decision_that_withdraws_the_permit(on_day):
    account = make.eligible_account()
    case = heard(account)
    assert case.statement_by == date(2026, 3, 16)  # the 15th is a Sunday
    chief = make.make_officer("chief")
    done = fraud.decide(case, ALL, REASON, actor=chief.actor, today=TODAY)
    assert (done.state, done.fine_yuan, done.warning) == ("decided", 200, True)
    assert done.points_barred_until == date(2031, 3, 10)
    permit = Permit.objects.get()
    assert (permit.terminated_on, permit.termination_reason) == (TODAY, "fraud")
    now = clock.now()
    assert checks.check(checks.show(permit, now), now).outcome == "terminated"
    tasks.run_all()
    kinds = set(account.person.messages.values_list("kind", flat=True))
    assert {"fraud_told", "fraud_decided"} <= kinds


@pytest.mark.requirement("G05")
def test_nobody_is_decided_on_before_they_were_told_and_heard():
    case, chief = opened(), make.make_officer("chief").actor
    with pytest.raises(TransitionForbidden):
        fraud.decide(case, ALL, REASON, actor=chief, today=TODAY)
    case = fraud.tell(case, ALL, actor=make.make_officer("clerk").actor, today=TODAY)
    with pytest.raises(TransitionForbidden):
        fraud.decide(case, ALL, REASON, actor=chief, today=TODAY)


@pytest.mark.requirement("G05")
def test_silence_counts_only_when_the_term_is_over_and_a_waiver_at_once():
    account = make.eligible_account()
    clerk = make.make_officer("clerk").actor
    case = fraud.tell(opened(account), ALL, actor=clerk, today=TODAY)
    with pytest.raises(TermRunning):
        fraud.waive(case, actor=clerk, today=date(2026, 3, 16))
    assert fraud.waive(case, actor=clerk, today=date(2026, 3, 17)).waived_statement
    other = make.eligible_account()
    case = fraud.tell(opened(other), ALL, actor=clerk, today=TODAY)
    assert fraud.waive(case, actor=other.actor, today=TODAY).state == "heard"


@pytest.mark.requirement("G05")
def test_who_opened_a_case_does_not_decide_or_close_it():
    permit, chief = make.issued(), make.make_officer("chief")
    case = fraud.open_case(permit.person, FACTS, TODAY, actor=chief.actor, today=TODAY, permit=permit)
    case = fraud.tell(case, ALL, actor=chief.actor, today=TODAY)
    case = fraud.hear(case, "我不知道这件事。", actor=chief.actor, today=TODAY)
    with pytest.raises(OpenedByYou):
        fraud.decide(case, ALL, REASON, actor=chief.actor, today=TODAY)
    with pytest.raises(OpenedByYou):
        fraud.close(case, REASON, actor=chief.actor, today=TODAY)


@pytest.mark.requirement("G05")
def test_a_decision_goes_never_beyond_what_was_told_and_telling_anew_opens_the_term_again():
    case = heard(measures=Measures(warning=True, fine_yuan=50))
    chief, clerk = make.make_officer("chief").actor, make.make_officer("clerk").actor
    for heavier in (Measures(True, 51), Measures(True, 50, True)):
        with pytest.raises(HeavierThanTold):
            fraud.decide(case, heavier, REASON, actor=chief, today=TODAY)
    again = fraud.tell(case, Measures(True, 51), actor=clerk, today=date(2026, 3, 20))
    assert (again.state, again.statement_by, again.statement) == ("told", date(2026, 3, 25), "")
    case = fraud.hear(again, "我还是不知道。", actor=clerk, today=date(2026, 3, 21))
    assert fraud.decide(case, Measures(False, 20), REASON, actor=chief, today=TODAY).fine_yuan == 20


@pytest.mark.requirement("G01", "G05", "CF12")
@pytest.mark.parametrize(
    ("born", "measures", "possible"),
    [
        (date(1993, 8, 17), Measures(fine_yuan=200), True),
        (date(1993, 8, 17), Measures(fine_yuan=201), False),
        (date(1993, 8, 17), Measures(), False),
        (date(2012, 3, 11), Measures(fine_yuan=1), False),
        (date(2012, 3, 11), Measures(warning=True), False),
        (date(2012, 3, 11), Measures(withdraw_permit=True), True),
        (date(2012, 3, 10), Measures(warning=True), True),
        (date(2008, 3, 11), Measures(fine_yuan=101), False),
        (date(2008, 3, 11), Measures(fine_yuan=100), True),
        (date(2008, 3, 10), Measures(fine_yuan=200), True),
    ],
)
def test_what_the_statutes_do_not_know_cannot_be_proposed(born, measures, possible):
    case = opened()
    case.person.born = born
    case.person.save(update_fields=["born"])
    clerk = make.make_officer("clerk").actor
    if possible:
        assert fraud.tell(case, measures, actor=clerk, today=TODAY).state == "told"
    else:
        with pytest.raises(ImpossiblePenalty):
            fraud.tell(case, measures, actor=clerk, today=TODAY)


@pytest.mark.requirement("CF12")
def test_one_act_is_fined_once():
    case, chief = heard(), make.make_officer("chief").actor
    fraud.decide(case, Measures(True, 100), REASON, actor=chief, today=TODAY)
    clerk = make.make_officer("clerk").actor
    second = fraud.open_case(case.person, FACTS, TODAY, actor=clerk, today=TODAY, permit=case.permit)
    with pytest.raises(ImpossiblePenalty):
        fraud.tell(second, Measures(fine_yuan=10), actor=clerk, today=TODAY)


@pytest.mark.requirement("G05")
def test_two_years_after_the_act_no_case_is_opened():
    permit, clerk = make.issued(), make.make_officer("clerk").actor
    last = date(2028, 3, 10)
    case = fraud.open_case(permit.person, FACTS, TODAY, actor=clerk, today=last, permit=permit)
    assert case.decide_by == date(2028, 6, 8)
    with pytest.raises(TimeBarred):
        fraud.open_case(permit.person, FACTS, TODAY, actor=clerk, today=date(2028, 3, 11), permit=permit)


def test_an_open_endorsement_ends_with_a_permit_that_is_withdrawn(on_day):
    account = make.eligible_account()
    case = heard(account)
    day = date(2027, 3, 1)
    on_day(day)
    filed = actions.request_endorsement(case.permit, "employment", actor=account.actor, today=day)
    fraud.decide(case, ALL, REASON, actor=make.make_officer("chief").actor, today=day)
    filed.refresh_from_db()
    assert filed.state == "ended"
    assert "虚假材料" in str(filed.because)


def test_closed_without_a_penalty_the_permit_goes_on_and_no_points_are_lost():
    case = heard()
    done = fraud.close(case, "证据不足，不能认定。", actor=make.make_officer("chief").actor, today=TODAY)
    assert (done.state, done.fine_yuan, done.points_barred_until) == ("closed", 0, None)
    assert Permit.objects.get().terminated_on is None


def test_the_person_their_case_a_colleague_and_strangers():
    account = make.eligible_account()
    case = opened(account)
    clerk, other = make.make_officer("clerk"), make.make_officer("chief", areas=(make.OTHER_AREA,))
    stranger = make.make_account("李明")
    assert list(fraud_cases_for(account.actor, TODAY)) == []
    case = fraud.tell(case, ALL, actor=clerk.actor, today=TODAY)
    assert [list(fraud_cases_for(who.actor, TODAY)) for who in (account, clerk)] == [[case], [case]]
    assert [list(fraud_cases_for(who.actor, TODAY)) for who in (other, stranger)] == [[], []]
    for who in (other, stranger):
        with pytest.raises(OutOfArea):
            fraud.hear(case, "我来替他说。", actor=who.actor, today=TODAY)
    with pytest.raises(NotAllowed):
        fraud.tell(case, ALL, actor=account.actor, today=TODAY)
    own = make.make_officer("chief", staff_identity_number=account.person.identity_number)
    with pytest.raises(ConflictOfInterest):
        fraud.close(case, "我自己的事。", actor=own.actor, today=TODAY)
    with pytest.raises(ReasonMissing):
        fraud.hear(case, " 没 ", actor=account.actor, today=TODAY)
    assert fraud.hear(case, "合同是中介给的。", actor=account.actor, today=TODAY).state == "heard"
    with pytest.raises(NotAllowed):
        fraud.decide(case, ALL, REASON, actor=clerk.actor, today=TODAY)


def decided_case(account, on=TODAY) -> FraudCase:
    return fraud.decide(heard(account), ALL, REASON, actor=make.make_officer("chief").actor, today=on)


@pytest.mark.requirement("J17", "G05")
def test_a_remedy_against_the_decision_is_recorded_and_carried_out_when_it_is_overturned(on_day):
    account = make.eligible_account()
    case = decided_case(account)
    chief = make.make_officer("chief").actor
    filed = Filed("reconsideration", "拱墅区人民政府", "杭拱政复〔2026〕31号", date(2026, 4, 1))
    day = date(2026, 6, 1)
    on_day(day)
    remedy = record(case.application, filed, actor=chief, today=day, against=case)
    assert (remedy.contested_on, remedy.contested_reason, remedy.decision) == (TODAY, REASON, None)
    with pytest.raises(NotOverturned):
        fraud.set_aside(case, "照复议决定办。", actor=chief, today=day)
    conclude(remedy, "overturned", date(2026, 5, 30), actor=chief, today=day)
    assert to_redo(case.application) is None
    for who, error in (
        (make.make_officer("reviewer"), NotAllowed),
        (account, NotAllowed),
        (make.make_officer("chief", areas=(make.OTHER_AREA,)), OutOfArea),
    ):
        with pytest.raises(error):
            fraud.set_aside(case, "照复议决定办。", actor=who.actor, today=day)
    done = fraud.set_aside(case, "照复议决定办。", actor=chief, today=day)
    assert (done.state, done.points_barred_until, done.reason) == ("set_aside", None, REASON)
    permit = Permit.objects.get()
    assert (permit.terminated_on, permit.termination_reason) == (None, "")
    remedy.refresh_from_db()
    assert remedy.reopened_on == day
    with pytest.raises(TransitionForbidden):
        fraud.set_aside(case, "照复议决定办。", actor=chief, today=day)
    tasks.run_all()
    assert account.person.messages.filter(kind="fraud_set_aside").count() == 1


def test_a_permit_that_was_replaced_since_is_not_restored(on_day):
    account = make.eligible_account()
    case = decided_case(account)
    later = date(2026, 3, 20)
    on_day(later)
    newer = make.issued(account, later)
    chief = make.make_officer("chief").actor
    filed = Filed("litigation", "某某人民法院", "1号", later)
    remedy = record(case.application, filed, actor=chief, today=later, against=case)
    conclude(remedy, "overturned", later, actor=chief, today=later)
    fraud.set_aside(case, "照判决办。", actor=chief, today=later)
    assert list(Permit.objects.filter(terminated_on=None)) == [newer]


def test_a_remedy_names_a_decision_of_its_own_application_and_not_before_its_day():
    case, other = decided_case(make.eligible_account()), opened()
    chief = make.make_officer("chief").actor
    filed = Filed("reconsideration", "拱墅区人民政府", "", TODAY)
    with pytest.raises(RemedyInvalid) as caught:
        record(other.application, filed, actor=chief, today=TODAY, against=case)
    assert caught.value.about["field"] == "against"
    with pytest.raises(RemedyInvalid):
        record(other.application, filed, actor=chief, today=TODAY, against=other)
    early = Filed("reconsideration", "拱墅区人民政府", "", date(2026, 3, 9))
    with pytest.raises(RemedyInvalid) as caught:
        record(case.application, early, actor=chief, today=TODAY, against=case)
    assert caught.value.about["field"] == "filed_on"


@pytest.mark.requirement("J17", "G05")
def test_a_decision_in_a_case_without_an_application_is_contested_and_set_aside_too(on_day):
    account = make.eligible_account()
    case = decided_case(account)
    FraudCase.objects.update(application=None)
    case.refresh_from_db()
    chief, day = make.make_officer("chief").actor, date(2026, 6, 1)
    on_day(day)
    filed = Filed("litigation", "某某人民法院", "1号", date(2026, 4, 1))
    for who, error in (
        (make.make_officer("clerk"), NotAllowed),
        (make.make_officer("chief", areas=(make.OTHER_AREA,)), OutOfArea),
        (
            make.make_officer("chief", staff_identity_number=account.person.identity_number),
            ConflictOfInterest,
        ),
    ):
        with pytest.raises(error):
            record_against(case, filed, actor=who.actor, today=day)
    with pytest.raises(RemedyInvalid):
        record_against(opened(), filed, actor=chief, today=day)
    remedy = record_against(case, filed, actor=chief, today=day)
    assert (remedy.application, remedy.fraud_case, remedy.contested_on) == (None, case, TODAY)
    with pytest.raises(OutOfArea):
        stranger = make.make_officer("chief", areas=(make.OTHER_AREA,))
        conclude(remedy, "upheld", day, actor=stranger.actor, today=day)
    conclude(remedy, "overturned", day, actor=chief, today=day)
    assert fraud.set_aside(case, "照判决办。", actor=chief, today=day).state == "set_aside"
    assert Permit.objects.get(person=account.person).terminated_on is None
    tasks.run_all()
    told = account.person.messages.values_list("kind", flat=True)
    assert {"fraud_remedy_recorded", "fraud_remedy_concluded", "fraud_set_aside"} <= set(told)


@pytest.mark.requirement("J17", "E03")
def test_the_endorsement_that_ended_with_a_withdrawn_permit_goes_on_when_the_decision_is_set_aside(on_day):
    account = make.eligible_account()
    permit = make.issued(account)
    day = date(2027, 2, 20)
    on_day(day)
    make.attest_insurance(account.person, "2025-01", "2027-01")
    sent = actions.request_endorsement(permit, "employment", actor=account.actor, today=day)
    clerk, chief = make.make_officer("clerk").actor, make.make_officer("chief").actor
    case = fraud.open_case(account.person, FACTS, day, actor=clerk, today=day, permit=permit)
    case = fraud.tell(case, ALL, actor=clerk, today=day)
    case = fraud.hear(case, "合同是中介给的，我不知道。", actor=clerk, today=day)
    case = fraud.decide(case, ALL, REASON, actor=chief, today=day)
    assert Application.objects.get(pk=sent.pk).state == "ended"
    later = date(2027, 4, 1)
    on_day(later)
    filed = Filed("reconsideration", "拱墅区人民政府", "1号", date(2027, 3, 1))
    remedy = record_against(case, filed, actor=chief, today=later)
    conclude(remedy, "overturned", later, actor=chief, today=later)
    fraud.set_aside(case, "照复议决定办。", actor=chief, today=later)
    again = Application.objects.get(pk=sent.pk)
    assert (again.state, again.decided_on, again.filed_on) == ("submitted", None, day)
    standing = Permit.objects.get(pk=permit.pk).status(in_force(later), later)
    assert (standing.status, standing.under_review) == ("active", True)


@pytest.mark.requirement("G05")
def test_a_hearing_before_a_withdrawal_is_a_switch_of_the_pack(monkeypatch):
    account, clerk = make.eligible_account(), make.make_officer("clerk").actor
    assert fraud.tell(opened(account), ALL, actor=clerk, today=TODAY).hearing is None
    pack = in_force(TODAY)
    hearing = pack.hearing.model_copy(
        update={"withdrawal": pack.hearing.withdrawal.model_copy(update={"offered": True})}
    )
    wide = pack.model_copy(update={"hearing": hearing})
    monkeypatch.setattr(fraud, "in_force", lambda today: wide)
    account, chief = make.eligible_account(), make.make_officer("chief")
    case = fraud.tell(opened(account), ALL, actor=clerk, today=TODAY)
    assert case.hearing.ask_by == date(2026, 3, 17)
    case = fraud.waive(case, actor=account.actor, today=TODAY)
    with pytest.raises(OutOfArea):
        fraud.HEARINGS.ask(case, actor=make.make_account("李明").actor, today=TODAY)
    fraud.HEARINGS.ask(case, actor=account.actor, today=TODAY)
    with pytest.raises(HearingAhead):
        fraud.decide(case, ALL, REASON, actor=chief.actor, today=TODAY)
    day = date(2026, 3, 19)
    session = Session(day, time(9), "派出所二楼会议室", chief)
    fraud.HEARINGS.call(case, session, actor=clerk, today=TODAY)
    record = "本人到场，说合同是中介给的，出示了转账记录；办案人员出示房东的笔录。"
    fraud.HEARINGS.hold(case, record, [], actor=clerk, today=day)
    assert fraud.decide(case, ALL, REASON, actor=chief.actor, today=day).state == "decided"
    tasks.run_all()
    assert account.person.messages.filter(kind="fraud_hearing_called").count() == 1
