"""The only place that reads lists of people, scoped by who asks.

A guardian acts for a child under 16, and sees its records as long: from the 16th birthday on they are the
child's alone, whoever filed them. Source: notice 2(1)3; Zhejiang art. 7.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.db.models import Q, QuerySet

from juzhu.law.calendar import cutoff
from juzhu.operations.actors import Actor
from juzhu.operations.models import Event
from juzhu.operations.prepared import Prepared
from juzhu.operations.rules import in_force
from juzhu.people import records
from juzhu.people.models import Absence, Account, DeclaredRelation, Guardianship, Message, Person
from juzhu.people.names import folded

CASEWORKERS = ("clerk", "reviewer", "chief")


def of_age_if_born_by(today: date) -> date:
    """Who was born on this day or before it has no guardian any more."""
    return cutoff(today, 12 * in_force(today).parameters.minor_age)


def own_and_wards(actor: Actor, today: date) -> QuerySet[Person]:
    """The citizen's own person and the children under 16 that they are guardian of."""
    if actor.kind != "citizen" or actor.person_id is None:
        return Person.objects.none()
    wards = Q(
        guardianships__guardian_id=actor.person_id,
        guardianships__ended_on=None,
        born__gt=of_age_if_born_by(today),
    )
    return Person.objects.filter(Q(pk=actor.person_id) | wards).distinct()


def circle_of(actor: Actor, today: date) -> list[Person]:
    """The rows of `own_and_wards`. One query."""
    if actor.kind != "citizen" or actor.person_id is None:
        return []
    grown_up = of_age_if_born_by(today)
    return [row for row in _CIRCLE(actor.person_id) if row.pk == actor.person_id or row.born > grown_up]


_CIRCLE = Prepared(
    lambda person_id: Person.objects.filter(
        Q(pk=person_id) | Q(guardianships__guardian_id=person_id, guardianships__ended_on=None)
    ).distinct()
)


def guardians_of(child: Person, today: date) -> QuerySet[Person]:
    """Who acts for a child under 16; nobody for anybody older."""
    if child.born <= of_age_if_born_by(today):
        return Person.objects.none()
    return guarding(child, today)


def guarding(child: Person, on: date) -> QuerySet[Person]:
    """Whose ward somebody is on a day, whatever their age: an ended guardianship is none from its day on."""
    theirs = Guardianship.objects.filter(child=child).filter(Q(ended_on=None) | Q(ended_on__gt=on))
    return Person.objects.filter(pk__in=theirs.values("guardian"), merged_into__isnull=True)


def reached_through(person: Person, today: date) -> QuerySet[Person]:
    """Whose phones somebody is told by: a child's guardians; of who has come of age, those who were, until
    they have a phone or an account of their own. Reading is another matter (`messages_of`).
    """
    if person.born > of_age_if_born_by(today):
        return guarding(person, today)
    if person.phone or Account.objects.filter(person=person).exists():
        return Person.objects.none()
    return guarding(person, today)


def messages_of(actor: Actor, today: date) -> QuerySet[Message]:
    """The citizen's inbox, newest first, their wards' messages among it."""
    if actor.kind != "citizen" or actor.person_id is None:
        return Message.objects.none()
    return _messages(actor.person_id, of_age_if_born_by(today)).select_related("person")


def inbox_page(actor: Actor, today: date, first: int, count: int) -> list[Message]:
    """So many rows of `messages_of` from a place on. One query, and one more where some are a ward's."""
    if actor.kind != "citizen" or actor.person_id is None:
        return []
    rows = _inbox(of_age_if_born_by(today), first, count)(actor.person_id)
    if any(row.person_id != actor.person_id for row in rows):
        around = {person.pk: person for person in circle_of(actor, today)}
        for row in rows:
            row.person = around[row.person_id]
    return rows


def _messages(person_id: int, grown_up: date) -> QuerySet[Message]:
    wards = Person.objects.filter(
        guardianships__guardian_id=person_id, guardianships__ended_on=None, born__gt=grown_up
    ).values("pk")
    return Message.objects.filter(Q(person_id=person_id) | Q(person_id__in=wards))


@lru_cache(maxsize=8)
def _inbox(grown_up: date, first: int, count: int) -> Prepared[Message]:
    """One page's query of a day: where a page begins stands in the SQL itself."""
    return Prepared(lambda person_id: _messages(person_id, grown_up)[first : first + count])


def uses_of_my_record(actor: Actor) -> QuerySet[Event]:
    """Who looked at the citizen's record or revealed their number: newest first."""
    if actor.kind != "citizen" or actor.person_id is None:
        return Event.objects.none()
    return uses_of_record(actor.person_id)


def uses_of_record(person_id: int) -> QuerySet[Event]:
    """The same of a person, who asks at the window; the caller has checked who asks."""
    kinds = ["person.read", "person.number_revealed"]
    found = Event.objects.filter(records.of(person_id, "person_id"), actor_kind="staff", kind__in=kinds)
    return found.order_by("-position")


def first_recorded(person_ids: Iterable[int]) -> dict[int, Event]:
    """When each of these records was made, and by whom; the caller has checked who asks. One query."""
    kinds = ["person.recorded", "account.bound"]
    rows = Event.objects.filter(person_id__in=list(person_ids), kind__in=kinds).order_by("-position")
    return {row.person_id: row for row in rows if row.person_id is not None}


def areas_of(account_ids: Iterable[int]) -> dict[int, list[str]]:
    """Which subdistricts officers work in, by their accounts: so much a citizen may know of who looked."""
    return dict(Account.objects.filter(pk__in=set(account_ids)).values_list("pk", "areas"))


def staff_names(account_ids: Iterable[int | None]) -> dict[int, str]:
    """The names of officers among accounts; citizens are not among them."""
    staff = Account.objects.filter(pk__in={key for key in account_ids if key}).exclude(role="")
    return dict(staff.values_list("pk", "staff_name"))


def colleagues(actor: Actor) -> QuerySet[Account]:
    """Staff accounts, for administrators alone."""
    if actor.role != "administrator":
        return Account.objects.none()
    return Account.objects.exclude(role="").order_by("login")


def absent_on(today: date) -> QuerySet[Absence]:
    """Absences that last on a day and were not ended early."""
    return Absence.objects.filter(from_on__lte=today, until_on__gte=today, ended_at__isnull=True)


def caseworkers_near(actor: Actor) -> list[Account]:
    """Officers who handle cases and share a subdistrict with this one, themselves among them."""
    if actor.role not in CASEWORKERS:
        return []
    working = Account.objects.filter(role__in=CASEWORKERS, is_active=True).order_by("login")
    return [account for account in working if set(account.areas) & set(actor.areas)]


def absences_for(actor: Actor, today: date) -> QuerySet[Absence]:
    """Absences that are not over: an officer's own, and to a chief those of the officers of their area."""
    if actor.role not in CASEWORKERS:
        return Absence.objects.none()
    whose = (
        [account.pk for account in caseworkers_near(actor)] if actor.role == "chief" else [actor.account_id]
    )
    rows = Absence.objects.filter(account__in=whose, until_on__gte=today, ended_at__isnull=True)
    return rows.select_related("account", "stands_in").order_by("from_on", "pk")


def relations_of(actor: Actor) -> QuerySet[DeclaredRelation]:
    """Whose cases an officer has declared to keep away from; to nobody else."""
    if actor.kind != "staff":
        return DeclaredRelation.objects.none()
    return DeclaredRelation.objects.filter(account=actor.account_id, withdrawn_at__isnull=True).order_by("pk")


def pending_like(name: str, born: date) -> QuerySet[Person]:
    """People whose identity is pending and who said the same name and birth: perhaps the same person."""
    rows = Person.objects.filter(identity_number="", name_key=folded(name), born=born)
    return rows.filter(merged_into__isnull=True).order_by("pk")
