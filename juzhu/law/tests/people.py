"""Strategies: people of every kind, most of them somewhere near a limit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from juzhu.law.facts import Facts, Route
from juzhu.law.policy import Policy, available, load

AS_OF = date(2026, 3, 10)
DIVISIONS = ["330105", "330100", "330106", "330104", "330185", "330182", "341221", "110101"]

OWN_PROOFS = {
    "relative": ("title_proof", "kinship_proof"),
    "public_rental": ("certificate",),
    "dormitory": ("title_proof", "safety_commitment"),
    "lodging": ("host_statement",),
}

proofs = st.sampled_from([True, True, True, None, False])
divisions = st.sampled_from(DIVISIONS)


def days(first: date, last: date) -> st.SearchStrategy[date]:
    return st.integers(0, (last - first).days).map(lambda n: first + timedelta(days=n))


def near(day: date, spread: int) -> st.SearchStrategy[date]:
    return st.integers(-spread, spread).map(lambda n: day + timedelta(days=n))


def moments() -> st.SearchStrategy[date]:
    """Days to decide on; month ends and leap days among them."""
    return st.one_of(
        days(date(2024, 1, 1), date(2027, 12, 31)),
        st.sampled_from([date(2024, 2, 29), date(2026, 2, 28), date(2026, 3, 31), date(2025, 8, 31)]),
    )


def _month(day: date) -> str:
    return day.isoformat()[:7]


@st.composite
def spans(draw: st.DrawFn, around: date, back: int = 900) -> tuple[date, date]:
    first = draw(days(around - timedelta(days=back), around + timedelta(days=60)))
    return first, first + timedelta(days=draw(st.integers(0, back)))


@st.composite
def registrations(draw: st.DrawFn, around: date) -> list[dict[str, Any]]:
    """Either a chain with small gaps, or spells anywhere."""
    listed: list[dict[str, Any]] = []
    if draw(st.booleans()):
        day = draw(near(around - timedelta(days=183), 40))
        for _ in range(draw(st.integers(1, 3))):
            ended = draw(st.none() | days(day, day + timedelta(days=120)))
            listed.append({"registered_on": day, "ended_on": ended, "division": draw(divisions)})
            day = (ended or day) + timedelta(days=draw(st.integers(8, 13)))
        return draw(st.permutations(listed))
    for _ in range(draw(st.integers(0, 3))):
        first, last = draw(spans(around))
        ended = draw(st.sampled_from([None, last]))
        listed.append({"registered_on": first, "ended_on": ended, "division": draw(divisions)})
    return listed


@st.composite
def insurance(draw: st.DrawFn, around: date) -> list[dict[str, Any]] | None:
    if draw(st.integers(0, 9)) == 0:
        return None
    listed = []
    for _ in range(draw(st.integers(0, 3))):
        first, last = draw(spans(around, 600))
        if draw(st.booleans()):
            last = max(first, draw(near(around, 45) | st.just(last)))
        listed.append(
            {
                "from": _month(first),
                "to": _month(last),
                "division": draw(divisions),
                "back_paid": draw(st.sampled_from([False, False, True])),
            }
        )
    return listed


@st.composite
def dwellings(draw: st.DrawFn, around: date) -> dict[str, Any] | None:
    tenure = draw(st.sampled_from([None, "owned", "rented", "rented", *OWN_PROOFS]))
    if tenure is None:
        return None
    if tenure in OWN_PROOFS:
        named = {"names_applicant": draw(proofs)} if tenure == "public_rental" else {}
        return {"tenure": tenure, **{name: draw(proofs) for name in OWN_PROOFS[tenure]}, **named}
    if tenure == "owned":
        return {"tenure": "owned", "title_proof": draw(proofs)}
    first = draw(near(around - timedelta(days=300), 400))
    last = draw(st.one_of(near(first + timedelta(days=365), 3), days(first, first + timedelta(days=800))))
    lease = {"from": first, "to": last, "names_applicant": draw(proofs)}
    return {
        "tenure": "rented",
        "title_proof": draw(proofs),
        "lease": draw(st.sampled_from([None, lease, lease])),
        "commodity_housing": draw(proofs),
        "rental_registration": draw(proofs),
        "lease_filing": draw(proofs),
        "filing_names_applicant": draw(proofs),
        "safety_inspection": draw(proofs),
    }


@st.composite
def studies(draw: st.DrawFn, around: date) -> dict[str, Any] | None:
    if draw(st.integers(0, 4)) == 0:
        return None
    enrolled = draw(st.none() | near(around - timedelta(days=365), 5) | near(around, 400))
    left = None if enrolled is None else draw(st.none() | days(enrolled, enrolled + timedelta(days=800)))
    return {
        "full_time": draw(proofs),
        "division": draw(st.none() | divisions),
        "enrolled_on": enrolled,
        "left_on": left,
        "register_proof": draw(proofs),
        "continuity_proof": draw(proofs),
    }


@st.composite
def listings(draw: st.DrawFn, around: date) -> dict[str, Any]:
    first = draw(st.none() | near(around, 3))
    last = draw(st.none() | near(around, 3))
    return {"listed": draw(proofs), "listed_on": first, "listed_until": last and max(last, first or last)}


@st.composite
def contracts(draw: st.DrawFn, around: date) -> dict[str, Any]:
    first = draw(near(around, 3) | near(around - timedelta(days=300), 400))
    last = draw(st.none() | near(first + timedelta(days=365), 3) | near(around, 3))
    return {"from": first, "to": last and max(last, first)}


@st.composite
def guardians(draw: st.DrawFn, around: date) -> list[dict[str, Any]]:
    return [
        {
            "local_household": draw(st.booleans()),
            "permit_status": draw(st.sampled_from(["active", "suspended", "terminated", "none", None])),
            "insurance": draw(insurance(around)),
        }
        for _ in range(draw(st.integers(0, 2)))
    ]


@st.composite
def facts(draw: st.DrawFn, around: date) -> Facts:
    sixteen = date(around.year - 16, around.month, min(around.day, 28))
    return Facts.model_validate(
        {
            "person": {
                "born": draw(st.none() | near(sixteen, 400) | days(date(1950, 1, 1), around)),
                "household_division": draw(st.none() | divisions),
                "application_form": draw(proofs),
                "identity_document": draw(proofs),
                "photo": draw(proofs),
                "representative": draw(st.none() | st.fixed_dictionaries({"identity_document": proofs})),
            },
            "registrations": draw(registrations(around)),
            "insurance": draw(insurance(around)),
            "dwelling": draw(dwellings(around)),
            "study": draw(studies(around)),
            "talent_permit": draw(
                st.none() | st.just({}) | st.fixed_dictionaries({"valid_until": near(around, 3)})
            ),
            "talent_listing": draw(st.none() | listings(around)),
            "labour_contract": draw(st.none() | contracts(around)),
            "business_licence": draw(
                st.none() | st.fixed_dictionaries({"annual_report": proofs, "abnormal": proofs})
            ),
            "guardians": draw(guardians(around)),
        }
    )


policies: st.SearchStrategy[Policy] = st.sampled_from([load(policy_id) for policy_id in available()])
routes: st.SearchStrategy[Route] = st.sampled_from(["employment", "dwelling", "study", "talent"])
