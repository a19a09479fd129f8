"""What is to be handed in for a dwelling and what each office still owes, in order: the landlord's page.

It looks at the rows in memory, so that a list of dwellings (`with_papers`) costs as many queries as one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from django.db.models import QuerySet
from django.utils.timezone import localtime

from juzhu.registration.dwellings.queries import SOON
from juzhu.registration.dwellings.rights import Office, title_office
from juzhu.registration.models import Dwelling, Inspection, Lease, LeaseFiling, LettingRecord, TitleClaim

What = Literal["title", "letting", "lease", "inspection"]
State = Literal["to_hand_in", "waiting", "returned", "done", "lapsing"]
Answered = TypeVar("Answered", TitleClaim, LettingRecord, LeaseFiling)
Row = TitleClaim | LettingRecord | Lease | LeaseFiling | Inspection


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing: the landlord's turn ("to_hand_in", "returned", "lapsing"), the office's ("waiting"), or
    done. `since`: from when the office has it; `row`: the latest of its kind.
    """

    what: What
    office: Office
    state: State
    row: Row | None = None
    lease: Lease | None = None
    since: date | None = None
    said: str = ""

    def waited(self, today: date) -> int:
        """For how many days the office has had it."""
        return max((today - self.since).days, 0) if self.since else 0


def with_papers(rows: QuerySet[Dwelling]) -> QuerySet[Dwelling]:
    """Dwellings with everything that `things` looks at."""
    return rows.prefetch_related(
        "claims", "letting_records", "inspections", "leases__filings", "leases__room", "leases__tenants"
    )


def things(dwelling: Dwelling, today: date) -> list[Thing]:
    """Everything about a dwelling: title, letting, inspection, then each lease."""
    return [_title(dwelling), _letting(dwelling), _inspection(dwelling, today), *_leases(dwelling, today)]


def _latest(rows: Iterable[Answered]) -> Answered | None:
    return max(rows, key=lambda row: row.pk, default=None)


def _title(dwelling: Dwelling) -> Thing:
    office = title_office(dwelling)
    owner = (dwelling.owner_id, dwelling.owner_organisation_id)
    mine = (row for row in dwelling.claims.all() if (row.person_id, row.organisation_id) == owner)
    last = _latest(row for row in mine if row.state != "ended")
    if last is None:
        return Thing("title", office, "to_hand_in")
    if last.state == "asked":
        return Thing("title", office, "waiting", last, since=last.asked_on)
    return Thing("title", office, "done" if last.state == "confirmed" else "returned", last, said=last.said)


def _letting(dwelling: Dwelling) -> Thing:
    last = _latest(dwelling.letting_records.all())
    if last is None or last.state == "ended":
        return Thing("letting", "police", "to_hand_in", last)
    if last.state == "filed":
        return Thing("letting", "police", "waiting", last, since=last.filed_on)
    return Thing(
        "letting", "police", "done" if last.state == "recorded" else "returned", last, said=last.said
    )


def _inspection(dwelling: Dwelling, today: date) -> Thing:
    rows = list(dwelling.inspections.all())
    asked = next((row for row in rows if row.state == "asked"), None)
    if asked is not None:
        return Thing("inspection", "subdistrict", "waiting", asked, since=asked.asked_on)
    done = [row for row in rows if row.state in {"passed", "failed"}]
    last = max(done, key=lambda row: (row.inspected_on or row.asked_on, row.pk), default=None)
    if last is None:
        return Thing("inspection", "subdistrict", "to_hand_in")
    if last.state == "failed":
        return Thing("inspection", "subdistrict", "returned", last)
    lapsing = last.valid_until is not None and last.valid_until <= today + SOON
    return Thing("inspection", "subdistrict", "lapsing" if lapsing else "done", last)


def _leases(dwelling: Dwelling, today: date) -> list[Thing]:
    rows = [row for row in dwelling.leases.all() if row.ended_on is None]
    running = [row for row in rows if row.until_on >= today and row.state != "returned"]
    running.sort(key=lambda row: (row.until_on, row.pk))
    found = [_lease(dwelling, lease) for lease in running]
    returned = (row for row in rows if row.state == "returned")
    found += [Thing("lease", "subdistrict", "returned", row, row, said=row.said) for row in returned]
    return found or [Thing("lease", "housing" if dwelling.land == "state" else "subdistrict", "to_hand_in")]


def _lease(dwelling: Dwelling, lease: Lease) -> Thing:
    if dwelling.land != "state":
        if lease.state == "seen":
            return Thing("lease", "subdistrict", "done", lease, lease)
        return Thing(
            "lease", "subdistrict", "waiting", lease, lease, since=localtime(lease.handed_in_at).date()
        )
    last = _latest(lease.filings.all())
    if last is None:
        return Thing("lease", "housing", "to_hand_in", None, lease)
    if last.state == "asked":
        return Thing("lease", "housing", "waiting", last, lease, since=last.asked_on)
    return Thing(
        "lease", "housing", "done" if last.state == "filed" else "returned", last, lease, said=last.said
    )
