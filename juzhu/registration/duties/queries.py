"""The only place that reads orders and penalty cases, scoped by who asks."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from juzhu.operations.actors import Actor
from juzhu.people.queries import own_and_wards
from juzhu.registration.duties.worklists import POLICE
from juzhu.registration.models import CorrectionOrder, PenaltyCase


def orders_for(actor: Actor, today: date) -> QuerySet[CorrectionOrder]:
    """The police's within their area; whom it was given to, their own; nothing to anybody else."""
    rows = CorrectionOrder.objects.select_related("person", "organisation", "issued_by")
    return rows.filter(_seen_by(actor, today))


def cases_for(actor: Actor, today: date) -> QuerySet[PenaltyCase]:
    """The police's within their area; whom it is against, their own once they were told."""
    rows = PenaltyCase.objects.select_related("person", "organisation", "order", "opened_by", "decided_by")
    rows = rows.select_related("hearing__chair")
    rows = rows.filter(_seen_by(actor, today))
    return rows if actor.kind == "staff" else rows.filter(told_on__isnull=False)


def _seen_by(actor: Actor, today: date) -> Q:
    if actor.kind == "staff" and actor.role in POLICE:
        return Q(area__in=actor.areas)
    if actor.kind == "reporter" and actor.organisation_id is not None:
        return Q(organisation=actor.organisation_id)
    if actor.kind == "citizen":
        return Q(person__in=own_and_wards(actor, today))
    return Q(pk__in=[])
