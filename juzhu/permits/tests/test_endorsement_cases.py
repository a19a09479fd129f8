"""签注 in all its cases, each by the actions that the pages call."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.law import lifecycle, policy
from juzhu.operations import tasks
from juzhu.people import actions as people
from juzhu.people.models import Account, Guardianship, Person
from juzhu.permits import actions, casework, facts, segments
from juzhu.permits.errors import NotRegisteredHere, TransitionForbidden, WindowClosed
from juzhu.permits.models import Application, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.registration import actions as registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
RULES = policy.load("gongshu-2022")
ISSUED = TODAY


@pytest.fixture
def account() -> Account:
    return make.eligible_account()


@pytest.fixture
def permit(account) -> Permit:
    make.attest_insurance(account.person, "2025-01", "2035-12")
    return make.issued(account)


def again(permit: Permit) -> Permit:
    return (
        Permit.objects.select_related("person")
        .prefetch_related("endorsements", "applications")
        .get(pk=permit.pk)
    )


def ask(permit: Permit, account: Account, on: date, route: str = "employment") -> Application:
    return actions.request_endorsement(again(permit), route, actor=account.actor, today=on)


def grant(filed: Application, on: date) -> Permit:
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer")
    filed = casework.accept(filed, actor=clerk.actor, today=filed.received_on)
    casework.approve(filed, actor=reviewer.actor, today=on)
    return again(filed.permit)


@pytest.mark.requirement("E01", "CF10")
def test_before_the_window_it_is_refused_with_the_day_on_which_it_opens(account, permit):
    with pytest.raises(WindowClosed) as refused:
        ask(permit, account, date(2027, 2, 9))
    assert refused.value.about["opens"] == date(2027, 2, 10)
    assert not Application.objects.filter(kind="endorsement").exists()


@pytest.mark.requirement("E01", "E03", "F06")
def test_in_time_the_next_year_follows_the_last_one_whenever_the_office_decides(account, permit):
    first = grant(ask(permit, account, date(2027, 2, 10)), date(2027, 2, 10))
    assert first.status(RULES, date(2027, 2, 10)).valid_until == date(2028, 3, 10)
    second = grant(ask(permit, account, date(2028, 3, 10)), date(2028, 3, 24))
    assert second.status(RULES, date(2028, 3, 24)).valid_until == date(2029, 3, 10)
    assert not second.segments.exists()


@pytest.mark.requirement("E01", "E04")
def test_filed_on_the_last_day_it_works_while_the_office_looks_and_is_suspended_if_withdrawn(account, permit):
    filed = ask(permit, account, date(2027, 3, 10))
    assert again(permit).status(RULES, date(2027, 3, 25)).status == "active"
    assert again(permit).status(RULES, date(2027, 3, 25)).under_review
    actions.withdraw(filed, actor=account.actor, today=date(2027, 3, 25))
    status = again(permit).status(RULES, date(2027, 3, 25))
    assert (status.status, status.suspended_from) == ("suspended", date(2027, 3, 11))


@pytest.mark.requirement("E04", "E05", "E06")
def test_late_it_is_suspended_from_the_next_day_and_restored_on_the_day_it_is_made_up(account, permit):
    assert again(permit).status(RULES, date(2027, 3, 10)).status == "active"
    assert again(permit).status(RULES, date(2027, 3, 11)).status == "suspended"
    filed = ask(permit, account, date(2027, 6, 1))
    assert again(permit).status(RULES, date(2027, 6, 3)).status == "suspended"
    restored = grant(filed, date(2027, 6, 8))
    status = restored.status(RULES, date(2027, 6, 8))
    assert (status.status, status.valid_until) == ("active", date(2028, 3, 10))
    assert status.residence_years_from == date(2027, 6, 1)


@pytest.mark.requirement("E05", "CF01")
def test_several_years_missed_are_made_up_by_one_endorsement(account, permit):
    restored = grant(ask(permit, account, date(2030, 5, 6)), date(2030, 5, 6))
    status = restored.status(RULES, date(2030, 5, 6))
    assert (status.status, status.valid_until) == ("active", date(2031, 3, 10))
    assert restored.endorsements.count() == 1
    stretches, counted = segments.counted(restored, date(2031, 3, 10))
    assert [row.ended_on for row in stretches] == [date(2027, 3, 10), None]
    assert (counted.continuous_years, counted.cumulative_years) == (0, 1)


@pytest.mark.requirement("E01", "C10")
def test_a_child_that_has_turned_16_is_endorsed_by_the_adult_rule(on_day):
    guardian = make.eligible_account()
    make.attest_insurance(guardian.person, "2025-01", "2027-12")
    make.issued(guardian)
    child = make.make_person("周小舟", born=date(2011, 3, 1), photo=make.stored_picture())
    Guardianship.objects.create(guardian=guardian.person, child=child, source="household")
    make.register(child, date(2025, 7, 1))
    record = {
        "school": "大关中学（示例）",
        "full_time": True,
        "division": "330105",
        "enrolled_on": "2023-09-01",
    }
    evidence.attest(child.pk, Kind.STUDENT_RECORD, record, "education", actor=make.SYSTEM)
    held = Permit.objects.create(
        number="330105X", public_id="c" * 16, person=child, issued_on=TODAY, area=make.AREA,
        cached_until=date(2027, 3, 10),
    )  # fmt: skip
    on_day(date(2027, 3, 1))
    filed = ask(held, guardian, date(2027, 2, 20), "study")
    answer, _seen = facts.decide(filed, date(2027, 2, 20))
    assert "guardian_insured_one_year" in {finding.code for finding in answer.findings}
    answer, _seen = facts.decide(filed, date(2027, 3, 1))
    assert "guardian_insured_one_year" not in {finding.code for finding in answer.findings}


@pytest.mark.requirement("E03")
def test_by_another_route_than_the_first(account, permit):
    evidence.attest(
        account.person_id, Kind.TITLE, {"holder": "self", "owner": "周晓芸", "number": "浙1"}, "housing",
        actor=make.SYSTEM,
    )  # fmt: skip
    account.person.registrations.update(dwelling_kind="owned")
    filed = ask(permit, account, date(2027, 3, 1), "dwelling")
    assert grant(filed, date(2027, 3, 1)).status(RULES, date(2027, 3, 2)).valid_until == date(2028, 3, 10)
    assert filed.route != Application.objects.get(kind="first").route


@pytest.mark.requirement("E03", "E07")
def test_not_endorsed_it_ends_with_reasons_and_a_new_application_keeps_the_registered_half_year(on_day):
    account = make.eligible_account()
    permit = make.issued(account)
    make.attest_insurance(account.person, "2025-01", "2026-06")
    day = date(2027, 3, 9)
    on_day(day)
    filed = ask(permit, account, day)
    done = make.not_endorsed(filed, day)
    assert (done.state, done.reason) == ("refused", "社保已经停缴，不再符合条件。")
    ended = again(permit)
    assert (ended.ended_on, ended.end_reason) == (day, "not_endorsed")
    row = ended.segments.get()
    assert (row.ended_on, row.ended_by) == (date(2027, 3, 8), "terminated")
    with pytest.raises(TransitionForbidden):
        ask(permit, account, day)
    make.attest_insurance(account.person, "2026-03", "2027-03")
    anew = make.submitted(account, today=day + timedelta(days=1))
    answer, _seen = facts.decide(anew, day + timedelta(days=1))
    assert answer.outcome == "accept"
    assert "residence_half_year" in {f.code for f in answer.findings if f.state == "met"}


@pytest.mark.requirement("E01", "E06", "CF10")
@pytest.mark.parametrize(("anchor", "until"), [("issue_date", "2028-03-10"), ("makeup_date", "2028-06-01")])
def test_the_next_due_day_after_a_late_endorsement_by_either_anchor(anchor, until):
    parameters = RULES.parameters.model_copy(update={"endorsement_anchor": anchor})
    rules = RULES.model_copy(update={"parameters": parameters})
    dates = lifecycle.PermitDates(ISSUED, (date(2027, 6, 1),))
    assert lifecycle.status(dates, rules, date(2027, 6, 2)).valid_until.isoformat() == until


@pytest.mark.requirement("E07")
def test_a_household_moved_here_in_mid_case_ends_case_and_permit_on_its_day(account, permit, on_day):
    filed = ask(permit, account, date(2027, 3, 1))
    on_day(date(2027, 3, 20))
    chief = make.make_officer("chief").actor
    people.record_household(
        account.person, "330106", "西湖区（示例）", date(2027, 3, 5), "户口簿和准迁证", actor=chief,
        today=date(2027, 3, 20),
    )  # fmt: skip
    assert again(permit).status(RULES, date(2027, 3, 5)).status == "terminated"
    with pytest.raises(TransitionForbidden):
        casework.accept(filed, actor=make.make_officer("clerk").actor, today=date(2027, 3, 20))
    tasks.run_all()
    filed.refresh_from_db()
    assert (filed.state, again(permit).terminated_on) == ("ended", date(2027, 3, 5))


@pytest.mark.requirement("E01", "E04")
def test_issued_on_29_february_it_is_full_on_the_28th_and_on_the_29th_again_four_years_later(on_day):
    day = date(2028, 2, 29)
    on_day(day)
    account = make.eligible_account(day)
    make.attest_insurance(account.person, "2026-12", "2033-12")
    permit = make.issued(account, today=day)
    first = again(permit).status(RULES, day)
    assert (first.valid_until, first.window.opens) == (date(2029, 2, 28), date(2029, 1, 28))
    assert again(permit).status(RULES, date(2029, 3, 1)).status == "suspended"
    for year in (2029, 2030, 2031):
        permit = grant(ask(permit, account, date(year, 2, 1)), date(year, 2, 1))
    assert permit.status(RULES, date(2031, 3, 1)).valid_until == date(2032, 2, 29)


@pytest.mark.requirement("E01", "E04")
def test_a_last_day_in_a_holiday_week_moves_to_the_next_working_day(on_day):
    day = date(2025, 10, 3)
    on_day(day)
    account = make.eligible_account(day)
    make.attest_insurance(account.person, "2024-08", "2027-12")
    permit = make.issued(account, today=day)
    status = again(permit).status(RULES, date(2026, 10, 7))
    assert (status.valid_until, status.last_day, status.status) == (
        date(2026, 10, 3),
        date(2026, 10, 8),
        "active",
    )
    assert again(permit).status(RULES, date(2026, 10, 9)).suspended_from == date(2026, 10, 9)
    in_time = grant(ask(permit, account, date(2026, 10, 8)), date(2026, 10, 20))
    assert in_time.status(RULES, date(2026, 10, 20)).valid_until == date(2027, 10, 3)
    assert not in_time.segments.exists()


@pytest.mark.requirement("E01", "CF17")
def test_who_has_left_the_area_cannot_be_endorsed_until_registered_again(account, permit):
    registration.leave(
        account.person, date(2027, 2, 1), actor=account.actor, today=date(2027, 2, 1), destination="330122"
    )
    with pytest.raises(NotRegisteredHere):
        ask(permit, account, date(2027, 3, 1))
    make.register(Person.objects.get(pk=account.person_id), date(2027, 2, 8))
    assert grant(ask(permit, account, date(2027, 3, 1)), date(2027, 3, 1)).versions.first().number == 2
