"""Which officer speaks for which department, and of what."""

from django.db.models import QuerySet

from juzhu.evidence.errors import KindNotYours
from juzhu.evidence.kinds import GIVES, Kind
from juzhu.operations.actors import Actor
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account


def department_of(actor: Actor) -> str:
    """The department for which an officer speaks; "" for everybody else."""
    if actor.kind != "staff":
        return ""
    return {"department": actor.department, "subdistrict": "subdistrict"}.get(actor.role, "")


def kinds_of(actor: Actor) -> tuple[Kind, ...]:
    """Of what they may give their department's word."""
    return GIVES.get(department_of(actor), ())


def check_kind(kind: Kind, actor: Actor) -> str:
    """The department, when this officer may speak of this. Raises NotAllowed, KindNotYours."""
    department = department_of(actor)
    if not department:
        raise NotAllowed
    if kind not in kinds_of(actor):
        raise KindNotYours
    return department


def account_behind(actor: Actor) -> Account:
    """The officer's account. Raises NotAllowed when nobody stands behind the actor."""
    if actor.account_id is None:
        raise NotAllowed
    return Account.objects.get(pk=actor.account_id)


def colleagues_of(actor: Actor) -> QuerySet[Account]:
    """Who else answers for the same department; of subdistricts, of the same ones."""
    others = Account.objects.filter(is_active=True, role=actor.role)
    if actor.account_id is not None:
        others = others.exclude(pk=actor.account_id)
    if actor.role == "department":
        return others.filter(department=actor.department)
    same = [row.pk for row in others if set(row.areas) & set(actor.areas)]
    return others.filter(pk__in=same)
