"""Eligibility, row by row of the requirements' table C, on the days on which each row turns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from juzhu.law.calendar import add_months
from juzhu.law.eligibility import Answer, decide
from juzhu.law.facts import Facts, Route
from juzhu.law.policy import load

AS_OF = date(2026, 3, 10)
YEAR = [{"from": "2025-03", "to": "2026-02", "division": "330100", "back_paid": False}]
HOME = [{"registered_on": "2025-09-10", "division": "330105"}]
STUDY = {
    "full_time": True, "division": "330105", "enrolled_on": "2025-03-10",
    "register_proof": True, "continuity_proof": True,
}  # fmt: skip
RENTED = {
    "tenure": "rented", "title_proof": True, "lease": {"from": "2025-06-01", "to": "2026-05-31"},
    "commodity_housing": False, "rental_registration": True, "safety_inspection": True,
}  # fmt: skip
PERSON = {
    "born": "1990-05-01", "household_division": "341221", "application_form": True,
    "identity_document": True, "photo": True,
}  # fmt: skip
CHILD = PERSON | {"born": "2016-05-01"}
INSURED = {"local_household": False, "permit_status": "active", "insurance": YEAR}
PERMITTED = {"local_household": False, "permit_status": "active", "insurance": []}
WITHOUT = {"local_household": False, "permit_status": "none", "insurance": []}


def ask(route: Route, policy: str = "gongshu-2022", as_of: date = AS_OF, **facts: Any) -> Answer:
    whole = {"person": PERSON, "registrations": HOME, **facts}
    return decide(Facts.model_validate(whole), load(policy), as_of, route)


@pytest.mark.requirement("C01")
@pytest.mark.parametrize(
    ("registered", "complete"),
    [
        ("2022-03-01", date(2022, 9, 1)),
        ("2022-08-29", date(2023, 2, 28)),
        ("2022-08-31", date(2023, 2, 28)),
        ("2023-08-30", date(2024, 2, 29)),
        ("2023-08-31", date(2024, 2, 29)),
        ("2022-02-28", date(2022, 8, 28)),
    ],
)
def test_half_a_year_is_six_months_from_the_day_of_registration(registered: str, complete: date) -> None:
    """The days of requirements 3.2, where counting 180 or 183 days goes wrong."""
    home = [{"registered_on": registered, "division": "330105"}]
    early = ask("study", as_of=date.fromordinal(complete.toordinal() - 1), registrations=home)
    assert "residence_half_year" in early.unmet
    on_time = {
        finding.code: finding.state for finding in ask("study", as_of=complete, registrations=home).findings
    }
    assert on_time["residence_half_year"] == "met"


@pytest.mark.requirement("C01")
@pytest.mark.parametrize(
    ("homes", "outcome"),
    [
        ([("2025-07-01", "2025-12-01", "330110"), ("2025-12-11", None, "330105")], "accept"),
        ([("2025-07-01", "2025-12-01", "330110"), ("2025-12-12", None, "330105")], "refuse"),
        ([("2025-07-01", "2025-12-01", "330182"), ("2025-12-02", None, "330105")], "refuse"),
        ([], "refuse"),
    ],
)
def test_residence_is_in_the_whole_urban_area_registered_and_unbroken(homes: Any, outcome: str) -> None:
    rows = [{"registered_on": on, "ended_on": end, "division": code} for on, end, code in homes]
    assert ask("employment", registrations=rows, insurance=YEAR).outcome == outcome


@pytest.mark.requirement("C02")
@pytest.mark.parametrize(
    ("runs", "outcome"),
    [
        ([("2025-03", "2026-02", False)], "accept"),
        ([("2025-04", "2026-02", False)], "refuse"),
        ([("2025-02", "2026-01", False)], "refuse"),
        ([("2024-01", "2025-08", False), ("2025-10", "2026-02", False)], "refuse"),
        (
            [("2025-03", "2025-08", False), ("2025-09", "2025-09", True), ("2025-10", "2026-02", False)],
            "refuse",
        ),
    ],
)
def test_a_year_of_insurance_without_a_missing_or_a_back_paid_month(runs: Any, outcome: str) -> None:
    rows = [{"from": a, "to": b, "division": "330100", "back_paid": late} for a, b, late in runs]
    assert ask("employment", insurance=rows).outcome == outcome


@pytest.mark.requirement("C03")
@pytest.mark.parametrize(("proof", "outcome"), [(True, "accept"), (None, "supplement"), (False, "refuse")])
def test_an_own_home_is_proved_by_its_title_alone(proof: Any, outcome: str) -> None:
    assert ask("dwelling", dwelling={"tenure": "owned", "title_proof": proof}).outcome == outcome


@pytest.mark.requirement("C04", "CF14")
@pytest.mark.parametrize(
    ("change", "outcome", "code"),
    [
        ({}, "accept", ""),
        ({"lease": {"from": "2025-06-01", "to": "2026-05-30"}}, "refuse", "lease_one_year"),
        ({"lease": {"from": "2025-03-01", "to": "2026-03-09"}}, "refuse", "lease_current"),
        ({"title_proof": None}, "supplement", "landlord_title"),
        ({"rental_registration": None}, "supplement", "rental_registration"),
        ({"safety_inspection": False}, "refuse", "rental_safety"),
        ({"commodity_housing": True}, "supplement", "lease_filing"),
        ({"commodity_housing": True, "lease_filing": True}, "accept", ""),
    ],
)
def test_a_rented_home_needs_each_of_its_papers(change: Any, outcome: str, code: str) -> None:
    answer = ask("dwelling", dwelling=RENTED | change)
    assert answer.outcome == outcome
    assert (*answer.missing, *answer.unmet) == ((code,) if code else ())


@pytest.mark.requirement("C05")
@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({}, "accept"),
        ({"enrolled_on": "2025-03-11"}, "refuse"),
        ({"full_time": False}, "refuse"),
        ({"division": "330182"}, "refuse"),
        ({"register_proof": None}, "supplement"),
        ({"continuity_proof": None}, "supplement"),
    ],
)
def test_study_is_full_time_in_the_city_registered_and_a_year_long(change: Any, outcome: str) -> None:
    assert ask("study", study=STUDY | change).outcome == outcome


@pytest.mark.requirement("C06")
@pytest.mark.parametrize(("until", "outcome"), [("2026-03-10", "accept"), ("2026-03-09", "refuse")])
def test_a_valid_talent_permit_is_exchanged_without_half_a_year(until: str, outcome: str) -> None:
    assert ask("talent", registrations=[], talent_permit={"valid_until": until}).outcome == outcome


@pytest.mark.requirement("C08", "CF07")
@pytest.mark.parametrize(
    ("policy", "guardians", "outcome"),
    [
        ("gongshu-2022", [INSURED, PERMITTED], "accept"),
        ("gongshu-2022", [INSURED, WITHOUT], "refuse"),
        ("gongshu-2022", [INSURED, WITHOUT | {"local_household": True}], "accept"),
        ("gongshu-2022", [PERMITTED, PERMITTED], "refuse"),
        ("hangzhou-2023", [INSURED, WITHOUT], "accept"),
        ("hangzhou-2023", [WITHOUT, WITHOUT | {"insurance": YEAR}], "refuse"),
        ("hangzhou-2024", [INSURED, WITHOUT], "accept"),
    ],
)
def test_a_child_by_dwelling_needs_the_guardians_permits_and_one_guardians_year(
    policy: str, guardians: Any, outcome: str
) -> None:
    home = {"tenure": "owned", "title_proof": True}
    assert ask("dwelling", policy, person=CHILD, dwelling=home, guardians=guardians).outcome == outcome


@pytest.mark.requirement("C09")
def test_a_child_at_school_needs_one_guardians_year_and_no_permit() -> None:
    assert (
        ask("study", person=CHILD, study=STUDY, guardians=[WITHOUT | {"insurance": YEAR}]).outcome == "accept"
    )
    assert ask("study", person=CHILD, study=STUDY, guardians=[PERMITTED]).unmet == (
        "guardian_insured_one_year",
    )


@pytest.mark.requirement("C08", "C09")
@pytest.mark.parametrize("policy", ["gongshu-2022", "hangzhou-2023", "hangzhou-2024"])
def test_from_the_sixteenth_birthday_on_nothing_is_asked_of_guardians(policy: str) -> None:
    for born, outcome in (("2010-03-10", "accept"), ("2010-03-11", "refuse")):
        person = PERSON | {"born": born}
        home = {"tenure": "owned", "title_proof": True}
        assert ask("dwelling", policy, person=person, dwelling=home, guardians=[WITHOUT]).outcome == outcome
        assert ask("study", policy, person=person, study=STUDY, guardians=[WITHOUT]).outcome == outcome
    leap = add_months(date(2012, 2, 29), 12 * 16)
    assert leap == date(2028, 2, 29)


@pytest.mark.requirement("C10")
@pytest.mark.parametrize(
    ("shown", "outcome"), [(True, "accept"), (None, "supplement"), (False, "supplement")]
)
def test_a_representative_shows_an_identity_document_too(shown: Any, outcome: str) -> None:
    person = PERSON | {"representative": {"identity_document": shown}}
    assert ask("employment", person=person, insurance=YEAR).outcome == outcome


@pytest.mark.requirement("C11")
@pytest.mark.parametrize("purpose", ["permit", "endorsement"])
def test_the_signed_form_is_asked_of_every_first_applicant(purpose: Any) -> None:
    facts = Facts.model_validate(
        {"person": PERSON | {"application_form": None}, "registrations": HOME, "insurance": YEAR}
    )
    answer = decide(facts, load("gongshu-2022"), AS_OF, "employment", purpose)
    assert answer.missing == (("application_form",) if purpose == "permit" else ())
