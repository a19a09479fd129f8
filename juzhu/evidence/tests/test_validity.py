"""From when to when a piece holds, and that what has run out does not count."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from juzhu.evidence import actions
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence
from juzhu.evidence.queries import Proof, proof_of
from juzhu.law import facts as law
from juzhu.operations.actors import SYSTEM
from juzhu.permits import facts
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
SAFE = {
    "illegal_construction": False,
    "dangerous_building": False,
    "changed_use": False,
    "inspected_on": "2025-03-11",
    "valid_until": "2026-03-10",
}
FILED = {"number": "备-1", "from": "2025-06-01", "to": "2026-05-31", "commodity_housing": True}
LEASE = {"from": "2025-06-01", "to": "2026-05-31", "commodity_housing": False}


@pytest.fixture
def person() -> Any:
    return make.make_person()


def attest(person: Any, kind: Kind, department: str = "housing", **says: Any) -> Evidence:
    return actions.attest(person.pk, kind, says, department, actor=SYSTEM)


def upload(person: Any, kind: Kind, **says: Any) -> Evidence:
    return actions.upload(person.pk, kind, says, [make.stored_picture()], actor=SYSTEM)


def rented(person: Any, day: date) -> law.RentedDwelling:
    dwelling = proof_of(person.pk, day).dwelling("rented")
    assert isinstance(dwelling, law.RentedDwelling)
    return dwelling


@pytest.mark.parametrize(
    ("kind", "says", "first", "last"),
    [
        (Kind.LEASE, LEASE, date(2025, 6, 1), date(2026, 5, 31)),
        (Kind.LEASE_FILING, FILED, date(2025, 6, 1), date(2026, 5, 31)),
        (Kind.SAFETY_INSPECTION, SAFE, date(2025, 3, 11), date(2026, 3, 10)),
        (Kind.TALENT_PERMIT, {"valid_until": "2027-01-01"}, None, date(2027, 1, 1)),
        (Kind.TALENT_LISTING, {"list_name": "名单", "listed_until": "2027-01-01"}, None, date(2027, 1, 1)),
        (Kind.STUDENT_RECORD, {"school": "示", "full_time": True, "division": "330105"}, None, None),
    ],
)
def test_validity_is_derived_from_what_a_kind_says(person, kind, says, first, last):
    for piece in (upload(person, kind, **says), attest(person, kind, **says)):
        piece.refresh_from_db()
        assert (piece.valid_from, piece.valid_until) == (first, last)


@pytest.mark.requirement("C04")
def test_an_inspection_counts_to_the_end_of_its_last_day(person):
    attest(person, Kind.SAFETY_INSPECTION, "subdistrict", **SAFE)
    assert rented(person, date(2026, 3, 10)).safety_inspection is True
    assert rented(person, date(2026, 3, 11)).safety_inspection is None


def test_one_without_an_end_goes_on(person):
    attest(person, Kind.SAFETY_INSPECTION, "subdistrict", **{**SAFE, "valid_until": None})
    assert rented(person, date(2036, 3, 11)).safety_inspection is True


def test_a_paper_that_holds_counts_before_a_departments_word_that_has_run_out(person):
    attest(person, Kind.LEASE_FILING, **{**FILED, "to": "2026-03-09"})
    paper = upload(person, Kind.LEASE_FILING, number="备-2")
    assert proof_of(person.pk, TODAY).by_kind[Kind.LEASE_FILING] == paper
    assert proof_of(person.pk, date(2026, 3, 9)).by_kind[Kind.LEASE_FILING] != paper


def test_a_lease_that_has_run_out_is_said_to_have_run_out_not_to_be_missing(person):
    """The law reads a lease's dates itself, so that a refusal can say which day it ended."""
    upload(person, Kind.LEASE, **{**LEASE, "to": "2026-03-09"})
    lease = rented(person, TODAY).lease
    assert lease is not None
    assert lease.to == date(2026, 3, 9)


def test_a_current_lease_counts_before_a_newer_word_on_one_that_has_run_out(person, on_day):
    current = upload(person, Kind.LEASE, **LEASE)
    on_day(date(2026, 3, 11))
    attest(person, Kind.LEASE, **{**LEASE, "to": "2026-03-09"})
    assert proof_of(person.pk, TODAY).by_kind[Kind.LEASE] == current


def test_a_talent_permit_that_has_run_out_is_still_shown_to_the_law(person):
    upload(person, Kind.TALENT_PERMIT, valid_until="2026-03-09")
    assert proof_of(person.pk, TODAY).talent_permit() == law.TalentPermit(valid_until=date(2026, 3, 9))


def test_a_filing_with_its_term_speaks_for_the_lease(person):
    filing = attest(person, Kind.LEASE_FILING, **FILED)
    proof = proof_of(person.pk, TODAY)
    dwelling = rented(person, TODAY)
    assert dwelling.lease == law.Lease.model_validate({"from": "2025-06-01", "to": "2026-05-31"})
    assert (dwelling.commodity_housing, dwelling.lease_filing) == (True, True)
    assert proof.behind("lease_one_year", Kind.LEASE) == filing
    upload(person, Kind.LEASE, **LEASE)
    assert proof_of(person.pk, TODAY).behind("lease_current", Kind.LEASE) == filing


def test_an_uploaded_filing_or_one_without_a_term_speaks_for_no_lease(person):
    upload(person, Kind.LEASE_FILING, **FILED)
    contract = upload(person, Kind.LEASE, **LEASE)
    assert proof_of(person.pk, TODAY).lease_piece == contract
    attest(person, Kind.LEASE_FILING, number="备-3")
    assert proof_of(person.pk, TODAY).lease_piece == contract


def test_a_stored_decision_is_read_as_of_its_own_day(person):
    piece = attest(person, Kind.SAFETY_INSPECTION, "subdistrict", **SAFE)
    assert Proof.of([piece], as_of=date(2026, 3, 10)).by_kind
    assert not Proof.of([piece], as_of=date(2026, 3, 11)).by_kind
    assert Proof.of([piece]).by_kind


def test_the_situation_of_a_day_looks_at_that_day(person):
    from juzhu.law import policy

    attest(person, Kind.SAFETY_INSPECTION, "subdistrict", **SAFE)
    make.register(person, date(2025, 7, 1))
    rules = policy.load("gongshu-2022")
    for day, truth in ((date(2026, 3, 10), True), (date(2026, 3, 11), None)):
        dwelling = facts.situation(person, rules, day).facts.dwelling
        assert isinstance(dwelling, law.RentedDwelling)
        assert dwelling.safety_inspection is truth
