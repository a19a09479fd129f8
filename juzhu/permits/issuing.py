"""What becomes of an approval: the first permit, its next year; and a permit's end.

Each writes the version that the holder then shows, and the stretches of residence that it closes.
"""

import secrets
from datetime import date

from django.conf import settings
from django.db import transaction

from juzhu.law import lifecycle
from juzhu.operations import events, numbers
from juzhu.operations.actors import SYSTEM, Actor
from juzhu.operations.rules import in_force
from juzhu.permits import segments, versions
from juzhu.permits.models import Application, Endorsement, Permit


def first_permit(approved: Application, today: date) -> Permit:
    """The permit, made before any event is appended: who waits for the chain may hold the person."""
    permit = Permit.objects.create(
        number=f"{settings.JUZHU_PERMIT_PREFIX}{today.year}{numbers.following('permit'):08d}",
        public_id=secrets.token_hex(8),
        person=approved.person,
        issued_on=today,
        area=approved.area,
        cached_until=lifecycle.status(
            lifecycle.PermitDates(issued_on=today), in_force(today), today
        ).valid_until,
    )
    versions.make(permit, "issued", actor=SYSTEM, today=today, application=approved)
    return permit


def next_year(held: Permit, approved: Application, today: date) -> Permit:
    """The permit with one endorsement more, from the day of filing."""
    permit = locked(held)
    Endorsement.objects.create(permit=permit, application=approved, on=approved.filed_on or today)
    permit.cached_until = permit.status(in_force(today), today).valid_until
    permit.save(update_fields=["cached_until"])
    segments.close_all(permit, today=today)
    versions.make(permit, "endorsed", actor=SYSTEM, today=today, application=approved)
    return permit


def terminate(permit: Permit, reason: str, *, actor: Actor, on: date) -> None:
    """End a permit's functions for good; what has ended stays ended on its day. Never before issue. Source:
    Hangzhou art. 21.
    """
    with transaction.atomic():
        row = locked(permit)
        if row.terminated_on:
            return
        row.terminated_on, row.termination_reason = max(on, row.issued_on), reason
        row.save(update_fields=["terminated_on", "termination_reason"])
        segments.close_all(row, today=row.terminated_on)
        events.append(
            "permit.terminated",
            actor=actor,
            subject=row,
            person_id=row.person_id,
            reason=reason,
            on=row.terminated_on,
        )


def restore(permit: Permit, reason: str, *, actor: Actor, because: str) -> None:
    """Undo a termination whose reason has gone: the refusal of the endorsement, or the withdrawal, was
    overturned (`because`: the number of that case). A permit that ended for another reason stays ended.
    """
    row = locked(permit)
    if row.terminated_on is None or row.termination_reason != reason:
        return
    was, row.terminated_on, row.termination_reason = row.terminated_on, None, ""
    row.save(update_fields=["terminated_on", "termination_reason"])
    events.append(
        "permit.restored",
        actor=actor,
        subject=row,
        person_id=row.person_id,
        because=because,
        terminated_on=was,
    )


def locked(permit: Permit) -> Permit:
    """The permit as it stands, held until the caller's commit, with its person."""
    rows = Permit.objects.select_for_update(of=("self",), no_key=True).select_related("person")
    return rows.get(pk=permit.pk)
