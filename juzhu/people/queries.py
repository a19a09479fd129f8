"""The only place that reads lists of people, scoped by who asks."""

from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Q, QuerySet

from juzhu.operations.actors import Actor
from juzhu.operations.models import Event
from juzhu.operations.prepared import Prepared
from juzhu.people.models import Account, Message, Person


def own_and_wards(actor: Actor) -> QuerySet[Person]:
    """The citizen's own person and the children they are guardian of."""
    if actor.kind != "citizen" or actor.person_id is None:
        return Person.objects.none()
    return _circle(actor.person_id)


def circle_of(actor: Actor) -> list[Person]:
    """The rows of `own_and_wards`. One query."""
    return [] if actor.kind != "citizen" or actor.person_id is None else _CIRCLE(actor.person_id)


def _circle(person_id: int) -> QuerySet[Person]:
    return Person.objects.filter(Q(pk=person_id) | Q(guardianships__guardian_id=person_id)).distinct()


_CIRCLE = Prepared(_circle)


def messages_of(actor: Actor) -> QuerySet[Message]:
    """The citizen's inbox, newest first, their wards' messages among it."""
    if actor.kind != "citizen" or actor.person_id is None:
        return Message.objects.none()
    return _messages(actor.person_id).select_related("person")


def inbox_page(actor: Actor, first: int, count: int) -> list[Message]:
    """So many rows of `messages_of` from a place on. One query, and one more where some are a ward's."""
    if actor.kind != "citizen" or actor.person_id is None:
        return []
    rows = _inbox(first, count)(actor.person_id)
    if any(row.person_id != actor.person_id for row in rows):
        around = {person.pk: person for person in circle_of(actor)}
        for row in rows:
            row.person = around[row.person_id]
    return rows


def _messages(person_id: int) -> QuerySet[Message]:
    wards = Person.objects.filter(guardianships__guardian_id=person_id).values("pk")
    return Message.objects.filter(Q(person_id=person_id) | Q(person_id__in=wards))


@lru_cache(maxsize=8)
def _inbox(first: int, count: int) -> Prepared[Message]:
    """One page's query: where a page begins stands in the SQL itself."""
    return Prepared(lambda person_id: _messages(person_id)[first : first + count])


def uses_of_my_record(actor: Actor) -> QuerySet[Event]:
    """Who looked at the citizen's record or revealed their number: newest first."""
    if actor.kind != "citizen" or actor.person_id is None:
        return Event.objects.none()
    return Event.objects.filter(
        person_id=actor.person_id, actor_kind="staff", kind__in=["person.read", "person.number_revealed"]
    ).order_by("-position")


def areas_of(account_ids: Iterable[int]) -> dict[int, list[str]]:
    """Which subdistricts officers work in, by their accounts: so much a citizen may know of who looked."""
    return dict(Account.objects.filter(pk__in=set(account_ids)).values_list("pk", "areas"))


def colleagues(actor: Actor) -> QuerySet[Account]:
    """Staff accounts, for administrators alone."""
    if actor.role != "administrator":
        return Account.objects.none()
    return Account.objects.exclude(role="").order_by("login")
