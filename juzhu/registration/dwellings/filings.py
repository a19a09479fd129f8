"""房屋租赁登记备案 (annex 3) by the housing department, for state-owned land. Source: notice 3(1)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from juzhu.operations import events, numbers
from juzhu.operations.actors import Actor
from juzhu.registration.dwellings import words
from juzhu.registration.dwellings.rights import check_landlord, check_office
from juzhu.registration.dwellings.transitions import answer, check_reason
from juzhu.registration.errors import (
    AskedForAlready,
    DayInvalid,
    LandNotForIt,
    LeaseInvalid,
    StepForbidden,
)
from juzhu.registration.models import Dwelling, Lease, LeaseFiling


def ask(lease: Lease, *, actor: Actor, today: date) -> LeaseFiling:
    """Ask for the filing of a lease. Raises NotAllowed, LandNotForIt, StepForbidden, AskedForAlready."""
    with transaction.atomic():
        dwelling = Dwelling.objects.select_for_update(no_key=True).get(pk=lease.dwelling_id)
        locked = Lease.objects.select_for_update(of=("self",)).get(pk=lease.pk)
        check_landlord(actor, dwelling)
        if dwelling.land != "state":
            raise LandNotForIt
        if locked.ended_on is not None:
            raise StepForbidden
        try:
            with transaction.atomic():
                row = LeaseFiling.objects.create(
                    number=numbers.yearly(settings.JUZHU_LETTING_PREFIXES["filing"], today.year),
                    lease=locked,
                    asked_on=today,
                )
        except IntegrityError as error:
            raise AskedForAlready from error
        events.append("filing.asked", actor=actor, subject=row, number=dwelling.number, lease=locked.number)
    return row


def file(row: LeaseFiling, filing_number: str, on: date, *, actor: Actor, today: date) -> LeaseFiling:
    """File a lease under the department's own number and day.

    Raises NotAllowed, ConflictOfInterest, StepForbidden, LeaseInvalid, DayInvalid.
    """
    if not filing_number.strip():
        raise LeaseInvalid(_("请写备案号。"), field="filing_number")
    if on > today:
        raise DayInvalid(_("这一天还没有到。"), field="on")
    with transaction.atomic():
        dwelling, locked = _locked(row, actor)
        locked.filing_number = filing_number.strip()[:60]
        answer("filing", locked, "file", actor, on)
        words.follow(dwelling, actor=actor)
        _announce("filing.filed", locked, actor)
    return locked


def give_back(row: LeaseFiling, said: str, *, actor: Actor, today: date) -> LeaseFiling:
    """Return what was asked with a reason. Raises NotAllowed, ConflictOfInterest, StepForbidden,
    ReasonTooShort.
    """
    return _back(row, "give_back", "filing.returned", said, actor, today)


def take_back(row: LeaseFiling, said: str, *, actor: Actor, today: date) -> LeaseFiling:
    """Withdraw a filing that was made. Raises NotAllowed, ConflictOfInterest, StepForbidden,
    ReasonTooShort.
    """
    return _back(row, "take_back", "filing.taken_back", said, actor, today)


def _back(row: LeaseFiling, step: str, kind: str, said: str, actor: Actor, today: date) -> LeaseFiling:
    check_reason(said)
    with transaction.atomic():
        dwelling, locked = _locked(row, actor)
        answer("filing", locked, step, actor, today, said)
        words.follow(dwelling, actor=actor)
        _announce(kind, locked, actor)
    return locked


def _locked(row: LeaseFiling, actor: Actor) -> tuple[Dwelling, LeaseFiling]:
    lease = Lease.objects.get(pk=row.lease_id)
    dwelling = Dwelling.objects.select_for_update(no_key=True).get(pk=lease.dwelling_id)
    locked = LeaseFiling.objects.select_for_update(of=("self",)).get(pk=row.pk)
    check_office(actor, "housing", dwelling, lease)
    return dwelling, locked


def _announce(kind: str, row: LeaseFiling, actor: Actor) -> None:
    lease = row.lease
    events.append(
        kind, actor=actor, subject=row, number=lease.dwelling.number, lease=lease.number,
        by=lease.handed_in_by_id,
    )  # fmt: skip
