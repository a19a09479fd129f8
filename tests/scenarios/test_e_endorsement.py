"""E: endorsement, suspension, restoration, termination. Further proofs of a row: docs/requirements.md."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from juzhu.counter.casefile import would_issue
from juzhu.law import policy
from juzhu.law.lifecycle import PermitDates
from juzhu.law.lifecycle import status as status_of
from juzhu.operations.actors import SYSTEM
from juzhu.people.models import Message
from juzhu.permits import actions, casework, notices
from juzhu.permits.errors import NotRefusable, StillMissing, TransitionForbidden, WindowClosed
from juzhu.permits.models import Application
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import AREA, OTHER_AREA
from juzhu.portal.tests.browsing import html, signed_in, stranger, words
from juzhu.registration import actions as registration
from tests.scenarios import makers
from tests.scenarios.makers import again, endorse, holder, insure, person_of, status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
ONE_DAY = timedelta(days=1)
WINDOWS = [
    (date(2024, 2, 29), date(2025, 2, 28), date(2025, 1, 28), date(2026, 2, 28)),
    (date(2022, 8, 31), date(2023, 8, 31), date(2023, 7, 31), date(2024, 8, 31)),
    (date(2023, 3, 31), date(2024, 3, 31), date(2024, 2, 29), date(2025, 3, 31)),
    (date(2023, 3, 29), date(2024, 3, 29), date(2024, 2, 29), date(2025, 3, 29)),
    (date(2022, 12, 31), date(2023, 12, 31), date(2023, 11, 30), date(2024, 12, 31)),
    (date(2022, 7, 12), date(2023, 7, 12), date(2023, 6, 12), date(2024, 7, 12)),
    (date(2023, 2, 28), date(2024, 2, 28), date(2024, 1, 28), date(2025, 2, 28)),
    (date(2025, 9, 30), date(2026, 9, 30), date(2026, 8, 30), date(2027, 9, 30)),
]
"""Issued, first anniversary, the day on which its window opens, second anniversary."""


@pytest.mark.requirement("E01", "CF10")
@pytest.mark.parametrize(("issued_on", "anniversary", "opens", "following"), WINDOWS)
def test_the_window_is_the_month_before_the_anniversary_of_issue(issued_on, anniversary, opens, following):
    account, permit = holder(issued_on)
    found = status(permit, opens)
    assert (found.valid_until, found.window.opens) == (anniversary, opens)
    with pytest.raises(WindowClosed) as closed:
        actions.request_endorsement(permit, "employment", actor=account.actor, today=opens - ONE_DAY)
    assert closed.value.about["opens"] == opens
    endorse(account, permit, opens)
    assert again(permit).endorsements.get().on == opens
    assert status(permit, opens).valid_until == following, "a year from the anniversary, not from the filing"


@pytest.mark.requirement("E01")
def test_a_permit_of_29_february_comes_back_to_the_29th_in_a_leap_year():
    account, permit = holder(date(2024, 2, 29))
    for day, valid_until in (
        (date(2025, 2, 20), date(2026, 2, 28)),
        (date(2026, 2, 20), date(2027, 2, 28)),
        (date(2027, 2, 20), date(2028, 2, 29)),
        (date(2028, 2, 20), date(2029, 2, 28)),
    ):
        endorse(account, permit, day)
        assert status(permit, day).valid_until == valid_until


@pytest.mark.requirement("E01")
def test_the_offices_delay_costs_the_holder_no_day_and_no_year(on_day):
    account, permit = holder(date(2025, 9, 30))
    on_day(date(2026, 9, 30))
    signed_in(account).post("/permit/endorse", {"route": "employment"})
    case = Application.objects.get(kind="endorsement")
    decided_on = date(2026, 10, 20)
    assert status(permit, decided_on).under_review
    casework.approve(case, actor=make.make_officer("reviewer").actor, today=decided_on)
    found = status(permit, decided_on)
    assert (found.status, found.valid_until) == ("active", date(2027, 9, 30))
    assert found.residence_years_from == date(2025, 9, 30)


@pytest.mark.requirement("E01", "CF16", "F06")
def test_one_button_endorses_online_and_the_permit_shows_its_new_validity(on_day):
    account, permit = holder(date(2026, 3, 10))
    on_day(date(2027, 2, 20))
    client = signed_in(account)
    sent = client.post("/permit/endorse", {"route": "employment"})
    case = Application.objects.get(kind="endorsement")
    assert sent.url == f"/applications/{case.number}"
    makers.decided(case, date(2027, 2, 20))
    client.post("/permit/open", {"password": make.PASSWORD})
    page = html(client.get("/permit"))
    assert permit.number in page
    assert "2028-03-10" in page


@pytest.mark.requirement("E02")
def test_the_holder_is_reminded_when_the_window_opens_and_before_it_closes(on_day):
    account, _permit = holder(date(2026, 3, 10))
    told = []
    for day in (date(2027, 2, 9), date(2027, 2, 10), date(2027, 2, 23), date(2027, 3, 7), date(2027, 3, 11)):
        on_day(day)
        notices.daily({"day": day.isoformat()})
        told.append(Message.objects.filter(person=account.person, about__has_key="permit").count())
    assert told == [0, 1, 2, 3, 4]
    kinds = Message.objects.filter(person=account.person, about__has_key="permit").order_by("pk")
    assert [message.kind for message in kinds] == ["endorse_open", "endorse_15", "endorse_3", "suspended"]


@pytest.mark.requirement("E03")
def test_who_still_meets_the_conditions_is_endorsed_and_cannot_be_refused():
    account, permit = holder(date(2026, 3, 10))
    filed_on = date(2027, 2, 20)
    case = actions.request_endorsement(permit, "employment", actor=account.actor, today=filed_on)
    case = casework.accept(case, actor=make.make_officer("clerk").actor, today=filed_on)
    reviewer = make.make_officer("reviewer")
    with pytest.raises(NotRefusable):
        casework.refuse(case, "不符合申领条件。", actor=reviewer.actor, today=filed_on)
    assert casework.approve(case, actor=reviewer.actor, today=filed_on).state == "issued"


@pytest.mark.requirement("E03")
def test_another_route_than_the_first_is_as_good():
    account, permit = holder(date(2026, 3, 10))
    filed_on = date(2027, 2, 20)
    insure(person_of(account), ("2025-01", "2026-06"))
    makers.rent(person_of(account), date(2026, 6, 1), date(2027, 5, 31))
    with pytest.raises(StillMissing):
        endorse(account, permit, filed_on)
    actions.withdraw(Application.objects.get(kind="endorsement"), actor=account.actor, today=filed_on)
    case = actions.request_endorsement(permit, "dwelling", actor=account.actor, today=filed_on)
    assert makers.decided(case, filed_on).state == "issued"
    assert status(permit, filed_on).valid_until == date(2028, 3, 10)


@pytest.mark.requirement("E03", "E07", "J17")
def test_who_no_longer_meets_them_is_told_why_and_the_permit_ends_and_may_be_had_anew(on_day):
    account, permit = holder(date(2026, 3, 10))
    filed_on, decided_on = date(2027, 3, 9), date(2027, 3, 20)
    on_day(filed_on)
    insure(person_of(account), ("2025-01", "2026-06"))
    case = actions.request_endorsement(permit, "employment", actor=account.actor, today=filed_on)
    assert status(permit, decided_on - ONE_DAY).status == "active", "not suspended while it is pending"
    on_day(decided_on)
    reason = "社保已经停缴，不再符合条件。"
    make.not_endorsed(case, decided_on, reason)
    found = again(permit)
    assert (found.terminated_on, found.termination_reason) == (decided_on, "not_endorsed")
    assert status(permit, decided_on).status == "terminated"
    paper = html(signed_in(account).get(f"/applications/{case.number}/refusal"))
    assert reason in paper
    assert "拱墅区人民政府" in paper
    with pytest.raises(TransitionForbidden):
        actions.request_endorsement(again(permit), "employment", actor=account.actor, today=decided_on)
    insure(person_of(account), ("2025-01", "2027-03"))
    anew = makers.filed(person_of(account), "employment", by=account.actor, on=decided_on)
    assert makers.state(anew, "residence_half_year", decided_on) == "met"
    assert makers.decided(anew, decided_on).permit != permit


@pytest.mark.requirement("E04")
@pytest.mark.parametrize(
    ("issued_on", "last_day"),
    [
        (date(2025, 3, 10), date(2026, 3, 10)),
        (date(2025, 10, 1), date(2026, 10, 8)),
        (date(2025, 2, 17), date(2026, 2, 24)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2025, 3, 14), date(2026, 3, 16)),
        (date(2025, 10, 10), date(2026, 10, 10)),
    ],
    ids=["weekday", "National Day", "Spring Festival", "leap day", "Saturday", "working Saturday"],
)
def test_the_permit_is_suspended_from_the_day_after_its_last_day_though_no_job_ran(
    on_day, issued_on, last_day
):
    account, permit = holder(issued_on)
    assert status(permit, last_day).status == "active"
    suspended = status(permit, last_day + ONE_DAY)
    assert (suspended.status, suspended.suspended_from) == ("suspended", last_day + ONE_DAY)
    on_day(last_day + ONE_DAY)
    client = signed_in(account)
    client.post("/permit/open", {"password": make.PASSWORD})
    assert f"功能中止 {last_day + ONE_DAY} 起" in words(client.get("/permit"))


@pytest.mark.requirement("E05", "E06")
@pytest.mark.parametrize(
    ("made_up_on", "valid_until"),
    [
        (date(2027, 3, 11), date(2028, 3, 10)),
        (date(2028, 2, 9), date(2028, 3, 10)),
        (date(2028, 2, 10), date(2029, 3, 10)),
        (date(2030, 6, 1), date(2031, 3, 10)),
    ],
    ids=["a day late", "the day before the next window", "in the next window", "years late"],
)
def test_made_up_however_late_it_works_again_and_the_years_begin_anew(made_up_on, valid_until):
    account, permit = holder(date(2026, 3, 10))
    assert status(permit, made_up_on).status == "suspended"
    endorse(account, permit, made_up_on)
    found = status(permit, made_up_on)
    assert (found.status, found.valid_until) == ("active", valid_until)
    assert (found.residence_years_from, found.residence_years) == (made_up_on, 0)


@pytest.mark.requirement("E06", "CF01")
def test_the_two_readings_of_the_years_are_a_switch_of_the_policy():
    dates = PermitDates(date(2024, 3, 10), endorsed_on=(date(2025, 3, 1), date(2026, 6, 10)))
    as_of = date(2026, 12, 1)
    anew = status_of(dates, policy.load("gongshu-2022"), as_of)
    without_the_gap = status_of(dates, policy.load("hangzhou-2018"), as_of)
    suspended_days = (date(2026, 6, 10) - date(2026, 3, 11)).days
    assert (anew.residence_years_from, anew.residence_years) == (date(2026, 6, 10), 0)
    assert without_the_gap.residence_years_from == date(2024, 3, 10) + timedelta(days=suspended_days)
    assert without_the_gap.residence_years == 2


@pytest.mark.requirement("E08", "CF17")
def test_a_move_inside_the_city_keeps_the_permit_and_changes_the_station_for_what_comes(on_day):
    account, permit = holder(date(2026, 3, 10))
    person = person_of(account)
    moved_on, reported_on = date(2026, 9, 30), date(2026, 10, 10)
    on_day(reported_on)
    stay = make.stay(subdistrict=OTHER_AREA, since=moved_on)
    made = registration.move(person, stay, actor=account.actor, today=reported_on)
    assert (made.late, made.due_on) == (False, reported_on)
    assert status(permit, reported_on).status == "active"
    assert person.permits.count() == 1
    case = actions.request_endorsement(permit, "employment", actor=account.actor, today=date(2027, 2, 20))
    assert (AREA, case.area) == (make.AREA, OTHER_AREA)
    assert makers.state(case, "residence_registered", date(2027, 2, 20)) == "met"


@pytest.mark.requirement("E08")
def test_a_change_reported_after_ten_days_is_late_and_a_holiday_moves_the_last_day():
    person = person_of(holder(date(2026, 3, 10))[0])
    stay = make.stay(subdistrict=OTHER_AREA, since=date(2026, 9, 21))
    made = registration.move(person, stay, actor=SYSTEM, today=date(2026, 10, 9))
    assert (made.due_on, made.late) == (date(2026, 10, 8), True)


@pytest.mark.requirement("E09")
def test_whoever_is_shown_a_permit_learns_its_status_now_and_nothing_else(on_day):
    account, permit = holder(date(2026, 3, 10))
    client = signed_in(account)
    client.post("/permit/open", {"password": make.PASSWORD})

    def shown() -> str:
        page = client.get("/permit?code=1")
        code = page.context["verify_url"].rsplit("/", 1)[-1]
        return words(stranger().get(f"/v/{code}"))

    assert "居住证现在有效" in shown()
    assert person_of(account).identity_number not in shown()
    on_day(date(2027, 3, 11))
    client.post("/permit/open", {"password": make.PASSWORD})
    assert "功能中止" in shown()
    assert again(permit).terminated_on is None


@pytest.mark.requirement("E01")
def test_the_officer_sees_before_approving_what_the_approval_makes(on_day):
    account, permit = holder(date(2026, 3, 10))
    person_of(account).evidence.filter(kind="insurance").update(withdrawn_at="2027-01-01T00:00:00Z")
    case = actions.request_endorsement(permit, "employment", actor=account.actor, today=date(2027, 3, 9))
    clerk, late = make.make_officer("clerk"), date(2027, 3, 24)
    on_day(late)
    notes = {"insured_one_year": ""}
    casework.request_supplement(case, notes, actor=clerk.actor, today=date(2027, 3, 11))
    insure(person_of(account), ("2026-01", "2027-02"))
    case = actions.submit(Application.objects.get(pk=case.pk), actor=account.actor, today=late)
    case = casework.accept(case, actor=clerk.actor, today=late)
    case = Application.objects.select_related("permit").get(pk=case.pk)
    shown = would_issue(case, late)
    casework.approve(case, actor=make.make_officer("reviewer").actor, today=late)
    made = status(permit, late)
    assert (shown.valid_until, shown.residence_years_from) == (made.valid_until, made.residence_years_from)
    assert made.residence_years_from == permit.issued_on, "filed in time, so that no year is lost"
