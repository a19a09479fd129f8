"""Who may open which paper of a let dwelling: titles, leases, an inspection's photos."""

from __future__ import annotations

from django.db.models import Q

from juzhu.operations.actors import Actor
from juzhu.operations.models import StoredFile
from juzhu.people.models import Membership
from juzhu.registration.dwellings.queries import scope
from juzhu.registration.models import Inspection, Lease, TitleClaim


def opens(actor: Actor, file: StoredFile) -> TitleClaim | Lease | Inspection | None:
    """What a file belongs to, when somebody may open it; None when they may not.

    The landlord, and who acts for them, open their own titles and the leases and photos of their dwellings;
    officers those of the dwellings that they may see.
    """
    theirs = _theirs(actor)
    if theirs is None:
        return None
    claims, rest = theirs
    return (
        TitleClaim.objects.filter(claims, files=file).select_related("person").first()
        or Lease.objects.filter(rest, files=file).select_related("dwelling__owner").first()
        or Inspection.objects.filter(rest, photos=file).select_related("dwelling__owner").first()
    )


def whose(row: TitleClaim | Lease | Inspection) -> int | None:
    """The person whose affair a paper is; None for an organisation's."""
    return row.person_id if isinstance(row, TitleClaim) else row.dwelling.owner_id


def _theirs(actor: Actor) -> tuple[Q, Q] | None:
    """Which claims, and which leases and inspections, somebody may look at."""
    if actor.kind == "staff":
        within = scope(actor, "dwelling__")
        return None if within is None else (within, within)
    if actor.person_id is None:
        return None
    firms = Membership.objects.filter(account=actor.account_id, ended_at__isnull=True).values("organisation")
    claimed = Q(person=actor.person_id) | Q(organisation__in=firms)
    owned = Q(dwelling__owner=actor.person_id) | Q(dwelling__owner_organisation__in=firms)
    return claimed, owned
