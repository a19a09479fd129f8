"""回避: no officer handles what is their own, or that of somebody near to them.

An officer's own number is set by an administrator; whose affairs they may not touch besides, they declare
themselves. Source: requirements G04; Administrative Penalty Law art. 43.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from juzhu.operations.actors import Actor
from juzhu.people.errors import ConflictOfInterest
from juzhu.people.models import Account, DeclaredRelation, Guardianship, Person


def check(actor: Actor, person: Person) -> None:
    """Raises ConflictOfInterest when an officer would act in an affair of their own or of their family."""
    if actor.kind != "staff" or actor.account_id is None:
        return
    if near(household(person)).filter(pk=actor.account_id).exists():
        raise ConflictOfInterest


def household(person: Person) -> frozenset[str]:
    """The identity numbers of a person and, for a child, of their guardians. One query."""
    guardians = Guardianship.objects.filter(child=person).values_list("guardian__identity_number", flat=True)
    return frozenset({person.identity_number, *guardians} - {""})


def near(numbers: frozenset[str]) -> QuerySet[Account]:
    """The officers who have to keep away from people with these numbers."""
    declared = DeclaredRelation.objects.filter(
        account=OuterRef("pk"), identity_number__in=numbers, withdrawn_at__isnull=True
    )
    return Account.objects.exclude(role="").filter(Q(staff_identity_number__in=numbers) | Exists(declared))
