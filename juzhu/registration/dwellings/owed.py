"""What is to be handed in for a dwelling and what each office still owes, in order: the landlord's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.timezone import localtime

from juzhu.registration.dwellings.queries import SOON, standing
from juzhu.registration.dwellings.rights import Office, title_office
from juzhu.registration.dwellings.sayings import decisive
from juzhu.registration.models import Dwelling, Inspection, Lease, LeaseFiling, LettingRecord, TitleClaim

What = Literal["title", "letting", "lease", "inspection"]
State = Literal["to_hand_in", "waiting", "returned", "done", "lapsing"]
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


def things(dwelling: Dwelling, today: date) -> list[Thing]:
    """Everything about a dwelling, what is the landlord's turn first within each kind."""
    return [_title(dwelling), _letting(dwelling), _inspection(dwelling, today), *_leases(dwelling, today)]


def _title(dwelling: Dwelling) -> Thing:
    office = title_office(dwelling)
    mine = dwelling.claims.filter(person=dwelling.owner, organisation=dwelling.owner_organisation)
    last = mine.exclude(state="ended").order_by("-pk").first()
    if last is None:
        return Thing("title", office, "to_hand_in")
    if last.state == "asked":
        return Thing("title", office, "waiting", last, since=last.asked_on)
    return Thing("title", office, "done" if last.state == "confirmed" else "returned", last, said=last.said)


def _letting(dwelling: Dwelling) -> Thing:
    last = dwelling.letting_records.order_by("-pk").first()
    if last is None or last.state == "ended":
        return Thing("letting", "police", "to_hand_in", last)
    if last.state == "filed":
        return Thing("letting", "police", "waiting", last, since=last.filed_on)
    return Thing(
        "letting", "police", "done" if last.state == "recorded" else "returned", last, said=last.said
    )


def _inspection(dwelling: Dwelling, today: date) -> Thing:
    asked = dwelling.inspections.filter(state="asked").first()
    if asked is not None:
        return Thing("inspection", "subdistrict", "waiting", asked, since=asked.asked_on)
    last = decisive(dwelling)
    if last is None:
        return Thing("inspection", "subdistrict", "to_hand_in")
    if last.state == "failed":
        return Thing("inspection", "subdistrict", "returned", last)
    lapsing = last.valid_until is not None and last.valid_until <= today + SOON
    return Thing("inspection", "subdistrict", "lapsing" if lapsing else "done", last)


def _leases(dwelling: Dwelling, today: date) -> list[Thing]:
    rows = standing(today).filter(dwelling=dwelling).order_by("until_on", "pk")
    returned = Lease.objects.filter(dwelling=dwelling, state="returned", ended_on__isnull=True)
    found = [_lease(dwelling, lease) for lease in rows.select_related("room")]
    found += [Thing("lease", "subdistrict", "returned", row, row, said=row.said) for row in returned]
    return found or [Thing("lease", "housing" if dwelling.land == "state" else "subdistrict", "to_hand_in")]


def _lease(dwelling: Dwelling, lease: Lease) -> Thing:
    if dwelling.land != "state":
        if lease.state == "seen":
            return Thing("lease", "subdistrict", "done", lease, lease)
        return Thing(
            "lease", "subdistrict", "waiting", lease, lease, since=localtime(lease.handed_in_at).date()
        )
    last = lease.filings.order_by("-pk").first()
    if last is None:
        return Thing("lease", "housing", "to_hand_in", None, lease)
    if last.state == "asked":
        return Thing("lease", "housing", "waiting", last, lease, since=last.asked_on)
    return Thing(
        "lease", "housing", "done" if last.state == "filed" else "returned", last, lease, said=last.said
    )
