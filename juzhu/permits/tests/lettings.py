"""Let dwellings, for tests, made through the same actions that the pages call."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from juzhu.operations.actors import Actor
from juzhu.people.models import Account, Person
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import AREA, TODAY
from juzhu.registration.dwellings import filings, inspections, leases, letting, owed, recording, titles
from juzhu.registration.dwellings.inspections import Found
from juzhu.registration.dwellings.leases import LeaseSaid, TenantSaid
from juzhu.registration.dwellings.recording import DwellingSaid, RoomSaid
from juzhu.registration.dwellings.rights import Landlord
from juzhu.registration.dwellings.titles import TitleSaid
from juzhu.registration.models import Dwelling, Inspection, Lease, TitleClaim

HOME = "桥弄街 6 幢 2 单元 301 室（示例）"
GOOD = {
    "illegal_construction": False,
    "dangerous_building": False,
    "changed_use": False,
    "let_by_designed_room": True,
    "kitchen_or_cellar_let": False,
    "extinguisher": True,
    "escape_kit": True,
    "window_bars_open": True,
}
ROOMS = (
    RoomSaid("主卧", "bedroom", Decimal("14.50")),
    RoomSaid("次卧", "bedroom", Decimal("7.90")),
    RoomSaid("厨房", "kitchen", Decimal("6.00"), let=False),
)


def said(**about: Any) -> DwellingSaid:
    """A flat in Gongchenqiao, on state-owned land."""
    known: dict[str, Any] = {
        "subdistrict": AREA,
        "address": HOME,
        "land": "state",
        "commodity": True,
        "rooms": ROOMS,
    }
    return DwellingSaid(**known | about)


def title(actor: Actor, **about: Any) -> TitleSaid:
    """A title with its scan."""
    known: dict[str, Any] = {
        "right": "ownership",
        "certificate_number": "浙（2019）杭州市不动产权第0000001号（示例）",
        "files": [make.stored_picture(actor)],
    }
    return TitleSaid(**known | about)


def landlord(name: str = "房东甲") -> tuple[Landlord, Account]:
    """A private landlord."""
    account = make.make_account(name, household_division="330106")
    return Landlord(person=account.person), account


def recorded(
    who: tuple[Landlord, Account] | None = None, *, today: date = TODAY, **about: Any
) -> tuple[Dwelling, TitleClaim, Account]:
    """A dwelling that was recorded, its claim, and its landlord."""
    let_by, account = who or landlord()
    made = recording.record(let_by, said(**about), title(account.actor), actor=account.actor, today=today)
    return made.dwelling, made.claim, account


def housing() -> Account:
    """An officer of the housing department."""
    return make.make_officer("department", (), "马骏", department="housing")


def subdistrict(areas: tuple[str, ...] = (AREA,)) -> Account:
    """An officer of the subdistrict."""
    return make.make_officer("subdistrict", areas, "朱虹")


def lease_said(actor: Actor, *people: Person, **about: Any) -> LeaseSaid:
    """A lease of the whole dwelling for a year from half a year ago."""
    tenants = tuple(TenantSaid(person.name, person.identity_number) for person in people)
    known: dict[str, Any] = {
        "from_on": date(2025, 9, 1),
        "until_on": date(2026, 8, 31),
        "tenants": tenants,
        "files": [make.stored_picture(actor)],
        "monthly_rent_fen": 320_000,
    }
    return LeaseSaid(**known | about)


def leased(dwelling: Dwelling, account: Account, *people: Person, today: date = TODAY, **about: Any) -> Lease:
    """A lease that was handed in."""
    return leases.hand_in(
        dwelling, lease_said(account.actor, *people, **about), actor=account.actor, today=today
    )


def found(on: date = TODAY, **about: Any) -> Found:
    """Nothing amiss; override what is."""
    answers = {**GOOD, **about.pop("answers", {})}
    return Found(**{"inspected_on": on, "answers": answers, "tenants": 2, **about})


def inspected(
    dwelling: Dwelling, account: Account, officer: Account, what: Found | None = None, *, today: date = TODAY
) -> Inspection:
    """An inspection that was asked for and done."""
    row = inspections.ask(dwelling, actor=account.actor, today=today)
    return inspections.record(
        row, what or found(today), f"key-{row.number}", actor=officer.actor, today=today
    )


def all_done(dwelling: Dwelling, claim: TitleClaim, account: Account, lease: Lease, today: date) -> None:
    """Every office has said its word."""
    clerk, street, bureau = make.make_officer("clerk"), subdistrict(), housing()
    looks = bureau if dwelling.land == "state" else street
    titles.confirm(claim, actor=looks.actor, today=today)
    row = letting.file(dwelling, actor=account.actor, today=today)
    letting.record(row, actor=clerk.actor, today=today)
    if dwelling.land == "state":
        asked = filings.ask(lease, actor=account.actor, today=today)
        filings.file(asked, "拱租备 2026-0001（示例）", today, actor=bureau.actor, today=today)
    else:
        leases.see(lease, actor=street.actor, today=today)
    inspected(dwelling, account, street, today=today)


def states(dwelling: Dwelling, today: date = TODAY) -> dict[str, str]:
    """How each thing stands that is owed for a dwelling."""
    return {thing.what: thing.state for thing in owed.things(Dwelling.objects.get(pk=dwelling.pk), today)}
