"""复议和诉讼: recorded, concluded once, and an overturned refusal done anew with its history."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.operations import tasks
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people import actions as people
from juzhu.people.errors import NotAllowed
from juzhu.people.facts import Undoing
from juzhu.people.models import Account, Fact, Message
from juzhu.permits import actions, casework, facts, issuing, moves, segments
from juzhu.permits.after import undoing
from juzhu.permits.desk import remedies
from juzhu.permits.errors import (
    AnotherInHand,
    FactStands,
    NotOverturned,
    OutOfArea,
    ReasonMissing,
    RemedyInvalid,
)
from juzhu.permits.models import Application, Permit, Remedy
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_day"),
    pytest.mark.requirement("D06", "J17"),
]
REASON = "居住登记还不满半年。"
WHY = "法院撤销了原决定。"


@pytest.fixture
def account() -> Account:
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2025, 12, 1))
    make.attest_insurance(account.person, "2025-01", "2026-02")
    return account


@pytest.fixture
def refused(account: Account) -> Application:
    case = make.submitted(account)
    return casework.refuse(case, REASON, actor=make.make_officer("clerk").actor, today=TODAY)


@pytest.fixture
def chief() -> Account:
    return make.make_officer("chief")


def file(case: Application, chief: Account, on: date = TODAY, today: date = TODAY) -> Remedy:
    filed = remedies.Filed("reconsideration", "拱墅区人民政府", "拱政复〔2026〕12 号", on)
    return remedies.record(case, filed, actor=chief.actor, today=today)


def overturn(case: Application, chief: Account, on: date = date(2026, 4, 20)) -> Remedy:
    remedy = file(case, chief, date(2026, 3, 20), today=date(2026, 3, 21))
    return remedies.conclude(remedy, "overturned", on, actor=chief.actor, today=on)


def test_it_is_recorded_against_the_refusal_as_it_stood(refused: Application, chief: Account):
    remedy = file(refused, chief)
    assert remedy.decision == refused.decisions.get(stage="refuse")
    assert (remedy.contested_on, remedy.contested_reason, remedy.outcome) == (TODAY, REASON, "")
    tasks.run_all()
    assert Message.objects.filter(person=refused.person, kind="remedy_recorded").exists()


def test_silence_is_contested_too(chief: Account):
    case = make.accepted(make.make_officer("clerk"))
    remedy = file(case, chief, date(2026, 3, 26), today=date(2026, 3, 26))
    assert (remedy.decision, remedy.contested_reason) == (None, "")


def test_days_that_can_not_be(refused: Application, chief: Account):
    for on in (date(2026, 3, 9), date(2026, 3, 11)):
        with pytest.raises(RemedyInvalid) as wrong:
            file(refused, chief, on)
        assert wrong.value.about["field"] == "filed_on"
    remedy = file(refused, chief)
    for on in (date(2026, 3, 9), date(2026, 3, 11)):
        with pytest.raises(RemedyInvalid):
            remedies.conclude(remedy, "upheld", on, actor=chief.actor, today=TODAY)
    with pytest.raises(RemedyInvalid):
        remedies.conclude(remedy, "won", TODAY, actor=chief.actor, today=TODAY)
    with pytest.raises(RemedyInvalid):
        remedies.record(refused, remedies.Filed("petition", "x", "", TODAY), actor=chief.actor, today=TODAY)


def test_an_outcome_is_recorded_once(refused: Application, chief: Account):
    remedy = remedies.conclude(file(refused, chief), "upheld", TODAY, actor=chief.actor, today=TODAY)
    with pytest.raises(RemedyInvalid):
        remedies.conclude(remedy, "overturned", TODAY, actor=chief.actor, today=TODAY)
    with pytest.raises(NotOverturned):
        remedies.reopen(refused, WHY, actor=chief.actor, today=TODAY)


def test_the_chief_of_the_area_alone(refused: Application, chief: Account):
    for role in ("clerk", "reviewer"):
        with pytest.raises(NotAllowed):
            file(refused, make.make_officer(role))
    stranger = make.make_officer("chief", (OTHER_AREA,))
    with pytest.raises(OutOfArea):
        file(refused, stranger)
    remedy = overturn(refused, chief)
    with pytest.raises(OutOfArea):
        remedies.conclude(remedy, "upheld", TODAY, actor=stranger.actor, today=TODAY)
    with pytest.raises(OutOfArea):
        remedies.reopen(refused, WHY, actor=stranger.actor, today=TODAY)
    with pytest.raises(ReasonMissing):
        remedies.reopen(refused, "", actor=chief.actor, today=TODAY)


def test_what_was_overturned_is_done_anew_and_its_history_stays(refused: Application, chief: Account):
    remedy = overturn(refused, chief)
    before = list(refused.decisions.values_list("pk", "stage", "outcome"))
    on = date(2026, 4, 21)
    case = remedies.reopen(refused, WHY, actor=chief.actor, today=on)
    assert (case.state, case.received_on, case.examine_by) == ("submitted", on, date(2026, 4, 28))
    assert (case.decided_on, case.decided_by, case.reason, case.filed_on) == (None, None, "", TODAY)
    assert list(case.decisions.values_list("pk", "stage", "outcome")) == before
    assert all(facts.replay(decision) is None for decision in case.decisions.all())
    remedy.refresh_from_db()
    assert (remedy.reopened_on, remedy.contested_reason) == (on, REASON)
    event = Event.objects.get(kind="application.reopened")
    assert event.data["refusal"]["decided_on"] == "2026-03-10"
    with pytest.raises(Exception, match="transition_forbidden"):
        remedies.reopen(case, WHY, actor=chief.actor, today=on)


def test_the_same_judgement_reopens_once(refused: Application, chief: Account):
    overturn(refused, chief)
    case = remedies.reopen(refused, WHY, actor=chief.actor, today=date(2026, 4, 21))
    make.attest_insurance(case.person, "2025-01", "2026-03")
    again = casework.refuse(case, "还是不满半年。", actor=chief.actor, today=date(2026, 4, 22))
    with pytest.raises(NotOverturned):
        remedies.reopen(again, WHY, actor=chief.actor, today=date(2026, 4, 23))


def test_somebody_with_something_newer_in_hand_is_asked_to_end_it_first(
    refused: Application, chief: Account, account: Account
):
    overturn(refused, chief)
    draft = make.draft(account)
    with pytest.raises(AnotherInHand) as why:
        remedies.reopen(refused, WHY, actor=chief.actor, today=date(2026, 4, 21))
    assert "草稿" in str(why.value.sentence)
    filed = actions.submit(draft, actor=account.actor, today=date(2026, 4, 20))
    with pytest.raises(AnotherInHand) as why:
        remedies.reopen(refused, WHY, actor=chief.actor, today=date(2026, 4, 21))
    assert filed.number in str(why.value.sentence)
    refused.refresh_from_db()
    assert refused.state == "refused"
    actions.withdraw(filed, actor=account.actor, today=date(2026, 4, 21))
    assert remedies.reopen(refused, WHY, actor=chief.actor, today=date(2026, 4, 21)).state == "submitted"


class TestRefusedEndorsement:
    """The year after, without insurance: not endorsed, terminated, overturned."""

    WINDOW = date(2027, 2, 20)

    @pytest.fixture
    def held(self) -> tuple[Account, Permit, Application]:
        account = make.eligible_account()
        permit = make.issued(account)
        evidence.attest(account.person_id, Kind.INSURANCE, {"runs": []}, "human_resources", actor=SYSTEM)
        filed = actions.request_endorsement(permit, "employment", actor=account.actor, today=self.WINDOW)
        refused = make.not_endorsed(filed, self.WINDOW, "连续参保没有满一年。")
        permit.refresh_from_db()
        assert permit.terminated_on == self.WINDOW
        return account, permit, refused

    def overturn(self, case: Application, chief: Account) -> date:
        on = date(2027, 5, 10)
        remedy = file(case, chief, date(2027, 3, 1), today=on)
        remedies.conclude(remedy, "overturned", on, actor=chief.actor, today=on)
        return on

    def test_the_termination_is_undone_and_it_counts_as_filed_on_its_day(self, held, chief: Account):
        _account, permit, refused = held
        on = self.overturn(refused, chief)
        case = remedies.reopen(refused, WHY, actor=chief.actor, today=on)
        assert case.filed_on == self.WINDOW
        standing = Permit.objects.prefetch_related("endorsements", "applications").get(pk=permit.pk)
        status = standing.status(facts.policy.load("gongshu-2022"), on)
        assert (standing.terminated_on, status.status, status.under_review) == (None, "active", True)
        assert Event.objects.filter(kind="permit.restored").count() == 1
        make.attest_insurance(case.person, "2025-01", "2027-01")
        case = casework.accept(case, actor=make.make_officer("clerk").actor, today=on)
        casework.approve(case, actor=make.make_officer("reviewer").actor, today=on)
        assert standing.endorsements.get().on == self.WINDOW

    def test_after_an_end_that_was_undone_the_stretch_has_its_true_end(self, held, chief: Account):
        _account, permit, refused = held
        undone = permit.segments.get()
        assert undone.ended_on == self.WINDOW - make.days(1)
        on = self.overturn(refused, chief)
        case = remedies.reopen(refused, WHY, actor=chief.actor, today=on)
        make.attest_insurance(case.person, "2025-01", "2027-01")
        case = casework.accept(case, actor=make.make_officer("clerk").actor, today=on)
        casework.approve(case, actor=make.make_officer("reviewer").actor, today=on)
        later = date(2027, 9, 1)
        issuing.terminate(permit, "fraud", actor=chief.actor, on=later)
        first, counts = permit.segments.all()
        assert (first.ended_on, counts.began_on) == (undone.ended_on, undone.began_on)
        assert (counts.number, counts.ended_on) == (2, later - make.days(1))
        assert counts.cumulative_days == (later - counts.began_on).days
        with transaction.atomic():
            held_now = issuing.locked(permit)
            again = segments.close(held_now, counts.ended_on, "terminated", today=later)
        assert again == counts

    def test_a_permit_that_ended_for_another_reason_stays_ended(self, held, chief: Account):
        _account, permit, refused = held
        Permit.objects.filter(pk=permit.pk).update(termination_reason="death")
        issuing.restore(permit, "not_endorsed", actor=chief.actor, because=refused.number)
        permit.refresh_from_db()
        assert permit.terminated_on == self.WINDOW

    def test_who_has_a_newer_permit_needs_nothing_done_anew(self, held, chief: Account):
        account, _permit, refused = held
        make.attest_insurance(account.person, "2025-01", "2027-02")
        newer = make.issued(account, date(2027, 3, 10))
        on = self.overturn(refused, chief)
        with pytest.raises(AnotherInHand) as why:
            remedies.reopen(refused, WHY, actor=chief.actor, today=on)
        assert newer.number in str(why.value.sentence)


def test_a_closing_by_the_supplements_term_can_be_contested_and_done_anew(account: Account, chief: Account):
    sent = make.submitted(account)
    clerk = make.make_officer("clerk").actor
    casework.request_supplement(sent, {"other": "请补一份说明。"}, actor=clerk, today=TODAY)
    day = date(2026, 4, 20)
    moves.catch_up(Application.objects.get(pk=sent.pk), day)
    case = Application.objects.get(pk=sent.pk)
    assert case.state == "lapsed"
    remedy = file(case, chief, day, today=day)
    assert (remedy.decision, remedy.contested_on) == (None, case.decided_on)
    with pytest.raises(NotOverturned):
        remedies.reopen(case, WHY, actor=chief.actor, today=day)
    remedies.conclude(remedy, "overturned", day, actor=chief.actor, today=day)
    again = remedies.reopen(case, WHY, actor=chief.actor, today=day)
    assert (again.state, again.decided_on, again.received_on) == ("submitted", None, day)
    assert again.notices.count() == 1


class TestEndedByAFact:
    """A household that never moved here ended a case, or a permit; a court says so."""

    ENDED, JUDGED = date(2026, 3, 20), date(2026, 5, 11)

    def move_here(self, account: Account, chief: Account) -> Fact:
        people.record_household(
            account.person, "330105", "新址（示例）", self.ENDED, "户口簿和准迁证",
            actor=chief.actor, today=self.ENDED,
        )  # fmt: skip
        tasks.run_all()
        return Fact.objects.get(person=account.person)

    def overturn(self, case: Application, chief: Account) -> Remedy:
        remedy = file(case, chief, date(2026, 4, 1), today=self.JUDGED)
        return remedies.conclude(remedy, "overturned", self.JUDGED, actor=chief.actor, today=self.JUDGED)

    def undo(self, fact: Fact, chief: Account) -> undoing.Outcome:
        said = Undoing("判决说户口没有迁。", "判决书 2026-88", [make.stored_picture()])
        return undoing.undo(fact, said, actor=chief.actor, today=self.JUDGED)

    def test_an_overturned_end_is_done_anew_by_undoing_the_fact(self, chief: Account, on_day):
        account = make.eligible_account()
        case = make.submitted(account)
        on_day(self.ENDED)
        fact = self.move_here(account, chief)
        on_day(self.JUDGED)
        case = Application.objects.get(pk=case.pk)
        assert (case.state, remedies.fact_in_the_way(case)) == ("ended", None)
        remedy = self.overturn(case, chief)
        assert (remedy.contested_on, remedy.contested_reason) == (case.decided_on, "local_household")
        assert remedies.fact_in_the_way(case) == fact
        with pytest.raises(FactStands):
            remedies.reopen(case, WHY, actor=chief.actor, today=self.JUDGED)
        self.undo(fact, chief)
        case = Application.objects.get(pk=case.pk)
        remedy.refresh_from_db()
        assert (case.state, remedy.reopened_on) == ("accepted", self.JUDGED)  # by time, before the fact
        assert (remedies.fact_in_the_way(case), remedies.to_redo(case)) == (None, None)

    def test_what_somebodys_newer_draft_keeps_waiting_is_done_anew_by_the_chief(self, chief: Account, on_day):
        account = make.eligible_account()
        case = make.submitted(account)
        on_day(self.ENDED)
        fact = self.move_here(account, chief)
        on_day(self.JUDGED)
        people.record_household(
            account.person, "341221", "又迁回去（示例）", self.JUDGED, "户口簿和准迁证",
            actor=chief.actor, today=self.JUDGED,
        )  # fmt: skip
        account.person.refresh_from_db()
        newer = make.draft(account)
        remedy = self.overturn(Application.objects.get(pk=case.pk), chief)
        assert self.undo(fact, chief).left == [case]
        case = Application.objects.get(pk=case.pk)
        assert (case.state, remedies.to_redo(case)) == ("ended", remedy)
        with pytest.raises(AnotherInHand):
            remedies.reopen(case, WHY, actor=chief.actor, today=self.JUDGED)
        actions.withdraw(newer, actor=account.actor, today=self.JUDGED)
        again = remedies.reopen(case, WHY, actor=chief.actor, today=self.JUDGED)
        assert (again.state, again.decided_on, again.received_on) == ("submitted", None, self.JUDGED)

    def test_the_end_of_a_permit_is_contested_where_it_was_issued(self, chief: Account, on_day):
        account = make.eligible_account()
        permit = make.issued(account)
        on_day(self.ENDED)
        fact = self.move_here(account, chief)
        on_day(self.JUDGED)
        case = permit.applications.get()
        remedy = self.overturn(case, chief)
        assert (remedy.contested_on, remedy.contested_reason) == (self.ENDED, "local_household")
        assert remedies.fact_in_the_way(case) == fact
        self.undo(fact, chief)
        remedy.refresh_from_db()
        permit.refresh_from_db()
        assert (remedy.reopened_on, permit.terminated_on) == (self.JUDGED, None)
