"""What each office says of a dwelling and a tenancy, in the form of the evidence that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from juzhu.evidence.kinds import Kind
from juzhu.registration.dwellings.rights import title_office
from juzhu.registration.models import Dwelling, Inspection, Lease, LeaseFiling, Tenant

INSPECTED = frozenset({"relatives", "note"})
"""What is kept of an inspection and is no part of annex 4."""


@dataclass(frozen=True, slots=True)
class Word:
    """One office's word."""

    department: str
    says: Mapping[str, Any]


def of(dwelling: Dwelling, tenancy: Tenant) -> dict[Kind, Word]:
    """The words that stand, by kind."""
    found = {
        Kind.TITLE: _title(dwelling),
        Kind.RENTAL_REGISTRATION: _letting(dwelling),
        Kind.SAFETY_INSPECTION: _inspection(dwelling),
        **_lease(dwelling, tenancy),
    }
    return {kind: word for kind, word in found.items() if word is not None}


def weight(tenancy: Tenant) -> tuple[bool, bool, date, int]:
    """Which of somebody's tenancies in a dwelling speaks for them: the largest."""
    vouched = tenancy.lease.state == "seen" or tenancy.lease.filings.filter(state="filed").exists()
    return vouched, tenancy.part == "tenant", tenancy.lease.until_on, tenancy.pk


def decisive(dwelling: Dwelling) -> Inspection | None:
    """The inspection that counts: the latest that was done."""
    done = Inspection.objects.filter(dwelling=dwelling, state__in=["passed", "failed"])
    return done.order_by("-inspected_on", "-pk").first()


def _title(dwelling: Dwelling) -> Word | None:
    claim = dwelling.claims.filter(state="confirmed").first()
    if claim is None:
        return None
    says = {
        "holder": "landlord",
        "owner": claim.name,
        "number": claim.certificate_number,
        "right": claim.right,
        "land": dwelling.land,
        "location": dwelling.full_address[:200],
    }
    return Word(title_office(dwelling), says)


def _letting(dwelling: Dwelling) -> Word | None:
    row = dwelling.letting_records.filter(state="recorded").first()
    if row is None:
        return None
    says = {
        "number": row.number,
        "landlord": dwelling.owner_name,
        "location": dwelling.full_address[:200],
        "registered_on": row.answered_on,
    }
    return Word("police", says)


def _inspection(dwelling: Dwelling) -> Word | None:
    row = decisive(dwelling)
    if row is None or row.state != "passed":
        return None
    return Word("subdistrict", {name: said for name, said in row.answers.items() if name not in INSPECTED})


def _lease(dwelling: Dwelling, tenancy: Tenant) -> dict[Kind, Word | None]:
    lease, named = tenancy.lease, tenancy.part == "tenant"
    term = {
        "from": lease.from_on,
        "to": lease.until_on,
        "landlord": lease.landlord_name,
        "commodity_housing": dwelling.commodity if dwelling.land == "state" else False,
        "location": _where(dwelling, lease),
        "tenants": [{"name": row.name} for row in lease.tenants.filter(part="tenant")],
    }
    if dwelling.land != "state":
        seen = named and lease.state == "seen"
        return {Kind.LEASE: Word("subdistrict", term) if seen else None}
    filing = lease.filings.filter(state="filed").first()
    if filing is None:
        return {}
    filed = Word("housing", _filing(dwelling, lease, filing, term if named else {}))
    return {Kind.LEASE: Word("housing", term) if named else None, Kind.LEASE_FILING: filed}


def _filing(dwelling: Dwelling, lease: Lease, filing: LeaseFiling, term: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **term,
        "number": filing.filing_number,
        "landlord": lease.landlord_name,
        "location": _where(dwelling, lease),
        "use": "居住",
        "monthly_rent": lease.monthly_rent_fen if term else None,
        "filed_on": filing.answered_on,
    }


def _where(dwelling: Dwelling, lease: Lease) -> str:
    return f"{dwelling.full_address}{lease.room.name if lease.room else ''}"[:200]
