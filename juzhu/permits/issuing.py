"""What becomes of an approval: the first permit, its next year; and a permit's end."""

import secrets
from datetime import date

from django.conf import settings
from django.db import transaction

from juzhu.law import lifecycle, policy
from juzhu.operations import events, numbers
from juzhu.operations.actors import Actor
from juzhu.permits.models import Application, Endorsement, Permit


def first_permit(approved: Application, today: date) -> Permit:
    """The permit, made before any event is appended: who waits for the chain may hold the person."""
    return Permit.objects.create(
        number=f"{settings.JUZHU_PERMIT_PREFIX}{today.year}{numbers.following('permit'):08d}",
        public_id=secrets.token_hex(8),
        person=approved.person,
        issued_on=today,
        area=approved.area,
        cached_until=lifecycle.status(
            lifecycle.PermitDates(issued_on=today), policy.load(approved.policy_id), today
        ).valid_until,
    )


def next_year(held: Permit, approved: Application, today: date) -> Permit:
    """The permit with one endorsement more, from the day of filing."""
    permit = Permit.objects.select_for_update(no_key=True).get(pk=held.pk)
    Endorsement.objects.create(permit=permit, application=approved, on=approved.filed_on or today)
    permit.cached_until = permit.status(policy.load(approved.policy_id), today).valid_until
    permit.save(update_fields=["cached_until"])
    return permit


def terminate(permit: Permit, reason: str, *, actor: Actor, on: date) -> None:
    """End a permit's functions for good; what has ended stays ended on its day. Source: Hangzhou art. 21."""
    with transaction.atomic():
        locked = Permit.objects.select_for_update(no_key=True).get(pk=permit.pk)
        if locked.terminated_on:
            return
        locked.terminated_on, locked.termination_reason = on, reason
        locked.save(update_fields=["terminated_on", "termination_reason"])
        events.append(
            "permit.terminated", actor=actor, subject=locked, person_id=locked.person_id, reason=reason, on=on
        )


def restore(permit: Permit, reason: str, *, actor: Actor, application: Application) -> None:
    """Undo a termination whose reason has gone: the refusal of the endorsement was overturned. A permit
    that ended for another reason stays ended.
    """
    locked = Permit.objects.select_for_update(no_key=True).get(pk=permit.pk)
    if locked.terminated_on is None or locked.termination_reason != reason:
        return
    was, locked.terminated_on, locked.termination_reason = locked.terminated_on, None, ""
    locked.save(update_fields=["terminated_on", "termination_reason"])
    events.append(
        "permit.restored",
        actor=actor,
        subject=locked,
        person_id=locked.person_id,
        application=application.number,
        terminated_on=was,
    )
