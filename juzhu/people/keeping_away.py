"""回避: an officer keeps away from their own affairs and those of who is near to them, whatever the room.

Their own number is set by an administrator; whose affairs they may not touch besides, they declare
themselves. Of a child, its guardians count too, also one whose guardianship has ended. Source: requirements
G04; Administrative Penalty Law art. 43; Administrative Licensing Law, by analogy.
"""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from juzhu.operations.actors import Actor
from juzhu.people.errors import ConflictOfInterest
from juzhu.people.models import Account, DeclaredRelation, Guardianship, Person


def check(actor: Actor, person: Person) -> None:
    """Raises ConflictOfInterest when it is the officer's own affair, or that of somebody near to them.
    Citizens, programs and the service itself never have to keep away. Two queries.
    """
    if actor.kind != "staff" or actor.account_id is None:
        return
    if near(household(person)).filter(pk=actor.account_id).exists():
        raise ConflictOfInterest


def household(person: Person) -> frozenset[str]:
    """The identity numbers of a person and, for a child, of their guardians. One query."""
    guardians = Guardianship.objects.filter(child=person).values_list("guardian__identity_number", flat=True)
    return frozenset({person.identity_number, *guardians} - {""})


def near(numbers: frozenset[str]) -> QuerySet[Account]:
    """The officers who have to keep away from an affair of these people."""
    declared = DeclaredRelation.objects.filter(
        account=OuterRef("pk"), identity_number__in=numbers, withdrawn_at__isnull=True
    )
    return Account.objects.exclude(role="").filter(Q(staff_identity_number__in=numbers) | Exists(declared))


def kept_from(actor: Actor, people: Collection[Person]) -> set[int]:
    """Those of many people from whose affairs an officer has to keep away. Three queries, however many."""
    if actor.kind != "staff" or actor.account_id is None or not people:
        return set()
    own = Account.objects.filter(pk=actor.account_id).values_list("staff_identity_number", flat=True)
    declared = DeclaredRelation.objects.filter(account=actor.account_id, withdrawn_at__isnull=True)
    numbers = {*own, *declared.values_list("identity_number", flat=True)} - {""}
    if not numbers:
        return set()
    wards = set(
        Guardianship.objects.filter(guardian__identity_number__in=numbers).values_list("child_id", flat=True)
    )
    return {person.pk for person in people if person.identity_number in numbers or person.pk in wards}
