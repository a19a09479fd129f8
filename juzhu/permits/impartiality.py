"""回避: nobody handles their own affair or their family's, as their numbers and what they declared say.

Source: Administrative Penalty Law art. 43; Administrative Licensing Law, by analogy.
"""

from juzhu.operations.actors import Actor
from juzhu.people.models import Account, DeclaredRelation, Person
from juzhu.permits.errors import OwnAffair


def check(actor: Actor, person: Person) -> None:
    """Raises OwnAffair when an officer would act on themselves, or on a relative whom they have declared."""
    if actor.kind != "staff" or actor.account_id is None or not person.identity_number:
        return
    own = Account.objects.filter(pk=actor.account_id, staff_identity_number=person.identity_number)
    declared = DeclaredRelation.objects.filter(
        account_id=actor.account_id, identity_number=person.identity_number, withdrawn_at__isnull=True
    )
    if own.exists() or declared.exists():
        raise OwnAffair
