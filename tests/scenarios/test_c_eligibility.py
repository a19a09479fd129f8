"""C: who may have a permit. Further proofs of a row: docs/requirements.md."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.law import eligibility
from juzhu.law import facts as law
from juzhu.operations.actors import SYSTEM
from juzhu.permits import actions, casework
from juzhu.permits.errors import DraftIncomplete, StillMissing
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY
from juzhu.portal.tests.browsing import signed_in, words
from juzhu.registration import actions as registration
from tests.scenarios import makers
from tests.scenarios.makers import RULES, answer, child, filed, guard, insure, newcomer, person_of, state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
LONG_AGO = date(2024, 1, 8)
YEAR_OF_INSURANCE = ("2025-03", "2026-02")


@pytest.mark.requirement("C01")
@pytest.mark.parametrize(
    ("registered_on", "full_on"),
    [
        (date(2022, 3, 1), date(2022, 9, 1)),
        (date(2022, 8, 29), date(2023, 2, 28)),
        (date(2022, 8, 31), date(2023, 2, 28)),
        (date(2023, 8, 30), date(2024, 2, 29)),
        (date(2023, 8, 31), date(2024, 2, 29)),
        (date(2022, 2, 28), date(2022, 8, 28)),
        (date(2024, 2, 29), date(2024, 8, 29)),
        (date(2025, 8, 10), date(2026, 2, 10)),
    ],
)
def test_half_a_year_is_six_calendar_months_and_neither_180_nor_183_days(on_day, registered_on, full_on):
    on_day(full_on)
    account = newcomer(registered_on)
    insure(person_of(account), ("2020-01", f"{full_on:%Y-%m}"))
    case = filed(person_of(account), "employment", by=account.actor, on=full_on)
    day_before = date.fromordinal(full_on.toordinal() - 1)
    assert answer(case, day_before).outcome == "refuse"
    assert answer(case, day_before).unmet == ("residence_half_year",)
    assert answer(case, day_before).earliest_on == full_on
    assert answer(case, full_on).outcome == "accept"


@pytest.mark.requirement("C01", "CF17")
def test_a_move_inside_the_urban_area_breaks_no_residence_and_leaving_does(on_day):
    moved, left = newcomer(date(2025, 7, 1), name="林海峰"), newcomer(date(2025, 7, 1))
    for account in (moved, left):
        insure(person_of(account), YEAR_OF_INSURANCE)
    registration.move(
        person_of(moved),
        make.stay(subdistrict=OTHER_AREA, since=date(2026, 2, 20)),
        actor=SYSTEM,
        today=date(2026, 2, 27),
    )
    registration.leave(person_of(left), date(2026, 1, 20), actor=SYSTEM, today=date(2026, 1, 20))
    make.register(person_of(left), date(2026, 3, 1))
    stayed = filed(person_of(moved), "employment", by=moved.actor, on=TODAY)
    returned = filed(person_of(left), "employment", by=left.actor, on=TODAY)
    assert (answer(stayed, TODAY).outcome, stayed.area) == ("accept", OTHER_AREA)
    assert answer(returned, TODAY).unmet == ("residence_half_year",)
    assert answer(returned, TODAY).earliest_on == date(2026, 9, 1)


@pytest.mark.requirement("C01", "CF17")
def test_the_area_is_the_whole_urban_area_and_not_one_district():
    lived = [
        law.Registration(registered_on=date(2025, 8, 1), ended_on=date(2026, 1, 31), division="330106"),
        law.Registration(registered_on=date(2026, 2, 5), ended_on=None, division="330105"),
    ]
    outside = [
        law.Registration(registered_on=date(2025, 8, 1), ended_on=date(2026, 1, 31), division="330122"),
        lived[1],
    ]
    for registrations, expected in ((lived, "met"), (outside, "unmet")):
        facts = law.Facts(person=law.Person(), registrations=registrations)
        findings = eligibility.decide(facts, RULES, TODAY, "employment").findings
        assert {each.code: each.state for each in findings}["residence_half_year"] == expected


@pytest.mark.requirement("C01")
def test_the_day_of_arrival_counts_for_nothing(on_day):
    account = make.make_account(photo=make.stored_picture())
    arrived = make.stay(since=date(2025, 1, 5))
    registration.register(person_of(account), arrived, actor=SYSTEM, today=date(2026, 1, 5))
    insure(person_of(account), YEAR_OF_INSURANCE)
    case = filed(person_of(account), "employment", by=account.actor, on=TODAY)
    assert answer(case, TODAY).earliest_on == date(2026, 7, 5)


@pytest.mark.requirement("C02")
@pytest.mark.parametrize(
    ("runs", "outcome"),
    [
        ([("2025-03", "2026-02")], "accept"),
        ([("2025-04", "2026-03")], "accept"),
        ([("2025-04", "2026-02")], "refuse"),
        ([("2024-01", "2025-08"), ("2025-10", "2026-02")], "refuse"),
        ([("2025-03", "2025-08"), ("2025-09", "2026-02")], "accept"),
        (
            [("2025-03", "2025-08"), ("2025-09", "2025-09", {"back_paid": True}), ("2025-10", "2026-02")],
            "refuse",
        ),
        ([("2025-03", "2026-02", {"division": "310000"})], "refuse"),
        ([("2024-01", "2026-01")], "refuse"),
        ([], "refuse"),
    ],
    ids=[
        "twelve months, the current one not yet posted",
        "twelve months with the current one",
        "eleven months",
        "one month missing",
        "another employer without a gap",
        "one month paid afterwards",
        "insured in another city",
        "last month not paid",
        "never insured",
    ],
)
def test_a_year_of_insurance_has_no_gap_and_no_month_paid_afterwards(runs, outcome):
    account = newcomer(LONG_AGO)
    insure(person_of(account), *runs)
    case = filed(person_of(account), "employment", by=account.actor, on=TODAY)
    assert answer(case, TODAY).outcome == outcome
    assert set(answer(case, TODAY).unmet) <= {"insured_one_year"}


@pytest.mark.requirement("C02", "D04")
def test_insurance_that_nobody_knows_of_is_asked_for_and_refuses_nobody():
    account = newcomer(LONG_AGO)
    case = filed(person_of(account), "employment", by=account.actor, on=TODAY)
    assert (answer(case, TODAY).outcome, answer(case, TODAY).missing) == ("supplement", ("insured_one_year",))


@pytest.mark.requirement("C03")
def test_an_own_dwelling_needs_its_title_and_nothing_of_a_tenants():
    account = newcomer(LONG_AGO, dwelling_kind="owned")
    case = filed(person_of(account), "dwelling", by=account.actor, on=TODAY)
    assert answer(case, TODAY).missing == ("owner_title",)
    evidence.attest(person_of(account).pk, Kind.TITLE, {"holder": "self"}, "housing", actor=SYSTEM)
    assert answer(case, TODAY).outcome == "accept"
    assert makers.decided(case, TODAY).state == "issued"


@pytest.mark.requirement("C04")
@pytest.mark.parametrize(
    ("absent", "code"),
    [
        (Kind.TITLE, "landlord_title"),
        (Kind.RENTAL_REGISTRATION, "rental_registration"),
        (Kind.LEASE_FILING, "lease_filing"),
        (Kind.SAFETY_INSPECTION, "rental_safety"),
    ],
)
def test_a_rented_dwelling_needs_every_proof(absent, code):
    account = newcomer(LONG_AGO)
    makers.rent(person_of(account), date(2025, 6, 1), date(2026, 5, 31), without=[absent])
    case = filed(person_of(account), "dwelling", by=account.actor, on=TODAY)
    assert answer(case, TODAY).missing == (code,)
    makers.rent(person_of(account), date(2025, 6, 1), date(2026, 5, 31))
    assert makers.decided(case, TODAY).state == "issued"


@pytest.mark.requirement("C04")
def test_a_dwelling_on_collective_land_needs_no_filing_and_an_inspection_that_it_passed():
    account, dangerous = newcomer(LONG_AGO), newcomer(LONG_AGO, name="林海峰")
    term = (date(2025, 6, 1), date(2026, 5, 31))
    makers.rent(person_of(account), *term, without=[Kind.LEASE_FILING], commodity_housing=False)
    makers.rent(person_of(dangerous), *term, commodity_housing=False, dangerous_building=True)
    safe = filed(person_of(account), "dwelling", by=account.actor, on=TODAY)
    unsafe = filed(person_of(dangerous), "dwelling", by=dangerous.actor, on=TODAY)
    assert answer(safe, TODAY).outcome == "accept"
    assert answer(unsafe, TODAY).unmet == ("rental_safety",)


@pytest.mark.requirement("C04")
@pytest.mark.parametrize(
    ("first", "last", "unmet"),
    [
        (date(2025, 7, 12), date(2026, 7, 11), ()),
        (date(2025, 7, 12), date(2026, 7, 10), ("lease_one_year",)),
        (date(2026, 3, 1), date(2027, 2, 28), ()),
        (date(2024, 2, 29), date(2025, 2, 27), ("lease_current",)),
        (date(2024, 2, 29), date(2025, 2, 26), ("lease_current", "lease_one_year")),
        (date(2024, 3, 10), date(2026, 3, 10), ()),
        (date(2024, 3, 9), date(2026, 3, 9), ("lease_current",)),
        (date(2026, 3, 11), date(2027, 3, 10), ("lease_current",)),
    ],
)
def test_a_lease_is_of_a_year_by_its_signed_term_and_runs_today(first, last, unmet):
    account = newcomer(LONG_AGO)
    makers.rent(person_of(account), first, last)
    case = filed(person_of(account), "dwelling", by=account.actor, on=TODAY)
    assert answer(case, TODAY).unmet == unmet


@pytest.mark.requirement("C05")
@pytest.mark.parametrize(
    ("enrolled_on", "says", "unmet"),
    [
        (date(2025, 3, 10), {}, ()),
        (date(2025, 3, 11), {}, ("enrolled_one_year",)),
        (date(2024, 9, 1), {"full_time": False}, ("enrolled_full_time_in_city",)),
        (date(2024, 9, 1), {"division": "310105"}, ("enrolled_full_time_in_city",)),
        (date(2024, 9, 1), {"left_on": "2026-01-31"}, ("enrolled_full_time_in_city",)),
    ],
    ids=["a year to the day", "a day less", "part-time", "another city", "left school"],
)
def test_study_is_full_time_in_the_city_and_a_year_long(enrolled_on, says, unmet):
    account = newcomer(LONG_AGO)
    makers.enrol(person_of(account), enrolled_on, **says)
    case = filed(person_of(account), "study", by=account.actor, on=TODAY)
    assert set(unmet) <= set(answer(case, TODAY).unmet)
    assert (answer(case, TODAY).outcome == "accept") is (not unmet)


@pytest.mark.requirement("C06", "CF15")
@pytest.mark.parametrize(("valid_until", "outcome"), [("2026-03-10", "accept"), ("2026-03-09", "refuse")])
def test_a_talent_permit_is_exchanged_on_the_first_day_here(valid_until, outcome):
    account = newcomer(TODAY)
    says = {"valid_until": valid_until}
    evidence.attest(person_of(account).pk, Kind.TALENT_PERMIT, says, "human_resources", actor=SYSTEM)
    case = filed(person_of(account), "talent", by=account.actor, on=TODAY)
    assert answer(case, TODAY).outcome == outcome
    if outcome == "accept":
        assert makers.decided(case, TODAY).state == "issued"


def family(*permits: bool, insured: bool = True) -> tuple:
    """A pupil with two guardians; which of them have permits, and whether one is insured."""
    small = child(date(2017, 5, 1), LONG_AGO, dwelling_kind="rented")
    makers.rent(small, date(2025, 6, 1), date(2026, 5, 31))
    makers.enrol(small, date(2024, 9, 1))
    grown_ups = []
    for n, has_permit in enumerate(permits):
        account = newcomer(LONG_AGO, name=f"周建{n}", born=date(1985, 2, 2 + n))
        if insured and n == 0:
            insure(person_of(account), YEAR_OF_INSURANCE)
        if has_permit:
            says = {"valid_until": "2027-01-01"}
            evidence.attest(person_of(account).pk, Kind.TALENT_PERMIT, says, "human_resources", actor=SYSTEM)
            makers.decided(filed(person_of(account), "talent", by=account.actor, on=TODAY), TODAY)
        guard(account, small)
        grown_ups.append(account)
    return small, grown_ups


@pytest.mark.requirement("C08", "CF07")
@pytest.mark.parametrize(
    ("policy_id", "permits", "outcome"),
    [
        ("gongshu-2022", (True, True), "accept"),
        ("gongshu-2022", (True, False), "refuse"),
        ("hangzhou-2023", (True, False), "accept"),
        ("hangzhou-2023", (False, False), "refuse"),
    ],
)
def test_a_child_by_dwelling_rests_on_its_guardians_permits(settings, policy_id, permits, outcome):
    settings.JUZHU_POLICY = policy_id
    small, grown_ups = family(*permits)
    case = filed(small, "dwelling", by=grown_ups[0].actor, on=TODAY)
    assert case.policy_id == policy_id
    assert answer(case, TODAY).outcome == outcome
    if outcome == "refuse":
        assert answer(case, TODAY).unmet == ("guardian_permits",)


@pytest.mark.requirement("C08", "C09")
@pytest.mark.parametrize("route", ["dwelling", "study"])
def test_one_guardian_of_a_child_has_been_insured_for_a_year(route):
    small, grown_ups = family(True, True, insured=False)
    case = filed(small, route, by=grown_ups[0].actor, on=TODAY)
    assert answer(case, TODAY).missing == ("guardian_insured_one_year",)
    insure(person_of(grown_ups[1]), YEAR_OF_INSURANCE)
    assert answer(case, TODAY).outcome == "accept"


@pytest.mark.requirement("C09")
def test_a_pupil_needs_no_guardians_permit_and_nothing_of_guardians_from_the_16th_birthday(on_day):
    small, grown_ups = family(False)
    case = filed(small, "study", by=grown_ups[0].actor, on=TODAY)
    assert answer(case, TODAY).outcome == "accept"
    birthday = date(2033, 5, 1)
    before, since = (
        {finding.code for finding in answer(case, day).findings} for day in (date(2033, 4, 30), birthday)
    )
    assert before - since == {"guardian_insured_one_year"}


@pytest.mark.requirement("C10")
def test_a_guardian_acts_for_a_child_and_no_stranger_does():
    small, (mother,) = family(False)
    client = signed_in(mother)
    sent = {
        "place": {"route": "study"},
        "declaration": {"agreed": "on"},
        "form": {"phone": "13812346071", "workplace": ""},
        "materials": {"next": "1"},
    }
    for step, body in sent.items():
        assert client.post(f"/apply/{step}?for=1", body).status_code == 302, step
    key = client.get("/apply/confirm?for=1").context["form"]["key"].value()
    assert client.post("/apply/confirm?for=1", {"key": key}).status_code == 302
    case = small.applications.get()
    assert (case.state, case.filed_by_id) == ("submitted", mother.pk)
    assert signed_in(newcomer(LONG_AGO, name="林海峰")).get("/apply/place?for=1").status_code == 404


@pytest.mark.requirement("C11")
def test_without_the_declaration_nothing_is_filed():
    account = make.eligible_account()
    draft = make.draft(account)
    actions.save_step(draft, "declaration", {}, actor=account.actor)
    with pytest.raises(DraftIncomplete) as refused:
        actions.submit(draft, actor=account.actor, today=TODAY)
    assert refused.value.about["step"] == "declaration"
    client = signed_in(account)
    assert "真实" in words(client.get("/apply/declaration"))
    assert client.post("/apply/declaration", {}).status_code == 200
    assert client.get("/apply/confirm").url == "/apply/declaration"


@pytest.mark.requirement("C11")
def test_a_paper_that_is_false_proves_the_contrary_and_one_that_cannot_be_read_proves_nothing():
    account = newcomer(LONG_AGO, dwelling_kind="owned")
    files = [make.stored_picture(account.actor)]
    says = {"holder": "self"}
    paper = evidence.upload(person_of(account).pk, Kind.TITLE, says, files, actor=account.actor)
    case = filed(person_of(account), "dwelling", by=account.actor, on=TODAY)
    clerk = make.make_officer("clerk")
    for judgement, expected in (("good", "met"), ("insufficient", "unproven"), ("disproved", "unmet")):
        casework.judge(case, paper, judgement, actor=clerk.actor, today=TODAY)
        assert state(case, "owner_title", TODAY) == expected
    with pytest.raises(StillMissing):
        casework.accept(case, actor=clerk.actor, today=TODAY)
