"""Who may open which paper of a let dwelling: titles, leases, an inspection's photos."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from juzhu.operations.actors import Actor
from juzhu.operations.models import StoredFile
from juzhu.people.models import Membership
from juzhu.registration.dwellings.queries import scope
from juzhu.registration.models import Inspection, Lease, TitleClaim


def opens(actor: Actor, file: StoredFile) -> bool:
    """Whether somebody may open it: the landlord, and who acts for them, their own titles and the leases and
    photos of their dwellings; officers those of the dwellings that they may see.
    """
    claims = TitleClaim.objects.filter(files=file)
    leases, inspections = Lease.objects.filter(files=file), Inspection.objects.filter(photos=file)
    if actor.kind == "staff":
        within = scope(actor, "dwelling__")
        if within is None:
            return False
        return any(rows.filter(within).exists() for rows in (claims, leases, inspections))
    if actor.person_id is None:
        return False
    firms = Membership.objects.filter(account=actor.account_id, ended_at__isnull=True).values("organisation")
    if claims.filter(Q(person=actor.person_id) | Q(organisation__in=firms)).exists():
        return True
    mine = Q(dwelling__owner=actor.person_id) | Q(dwelling__owner_organisation__in=firms)
    return _any(leases.filter(mine), inspections.filter(mine))


def _any(*found: QuerySet[Lease] | QuerySet[Inspection]) -> bool:
    return any(rows.exists() for rows in found)
