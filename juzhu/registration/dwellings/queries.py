"""The only place that reads dwellings: a landlord's own, an officer's area, what each office is asked for.

The housing department sees state-owned land in the whole district; police and subdistrict see their area.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from juzhu.evidence.annexes import METRES_A_PERSON, PEOPLE_A_ROOM
from juzhu.operations.actors import Actor
from juzhu.people.queries import own_and_wards
from juzhu.registration.dwellings.capacity import LIVED_IN
from juzhu.registration.dwellings.rights import offices_of
from juzhu.registration.models import (
    Dwelling,
    HelpCall,
    Inspection,
    Lease,
    LeaseFiling,
    LettingRecord,
    Registration,
    Room,
    Tenant,
    TitleClaim,
)

READERS = frozenset({"clerk", "reviewer", "chief", "subdistrict"})
SOON = timedelta(days=30)
"""How long before its end a lease or an inspection is listed."""


def scope(actor: Actor, path: str = "") -> Q | None:
    """Which dwellings an officer may see, as a condition on a row that has its dwelling under `path`; None:
    none at all.
    """
    if "housing" in offices_of(actor):
        return Q(**{f"{path}land": "state"})
    if actor.kind == "staff" and actor.role in READERS:
        return Q(**{f"{path}subdistrict__in": actor.areas})
    return None


def for_officers(actor: Actor) -> QuerySet[Dwelling]:
    """The dwellings that an officer may see."""
    within = scope(actor)
    if within is None:
        return Dwelling.objects.none()
    return Dwelling.objects.filter(within).select_related("community", "owner", "owner_organisation")


def own(actor: Actor) -> QuerySet[Dwelling]:
    """A landlord's own dwellings; nothing to anybody else."""
    rows = Dwelling.objects.select_related("community")
    if actor.kind == "reporter" and actor.organisation_id is not None:
        return rows.filter(owner_organisation=actor.organisation_id)
    if actor.kind == "citizen" and actor.person_id is not None:
        return rows.filter(owner=actor.person_id)
    return rows.none()


def claimed(actor: Actor) -> QuerySet[TitleClaim]:
    """Claims of a landlord to what is not theirs yet, the latest first."""
    rows = TitleClaim.objects.filter(state__in=["asked", "returned"]).select_related("dwelling__community")
    if actor.kind == "reporter" and actor.organisation_id is not None:
        mine = rows.filter(organisation=actor.organisation_id)
        return mine.exclude(dwelling__owner_organisation=actor.organisation_id)
    if actor.kind == "citizen" and actor.person_id is not None:
        return rows.filter(person=actor.person_id).exclude(dwelling__owner=actor.person_id)
    return rows.none()


def find(actor: Actor, text: str) -> QuerySet[Dwelling]:
    """Dwellings of an officer's, by a part of the address, the owner's name or the number; all without a
    text.
    """
    rows = for_officers(actor).filter(gone_on__isnull=True)
    text = text.strip()
    if not text:
        return rows
    return rows.filter(Q(address__icontains=text) | Q(owner_name__startswith=text) | Q(number=text.upper()))


def titles_asked(actor: Actor) -> QuerySet[TitleClaim]:
    """Titles that wait for this officer's office: the housing department's on state-owned land, the
    subdistrict's on collective land. The oldest first.
    """
    rows = TitleClaim.objects.filter(state="asked").select_related("dwelling__community")
    offices = offices_of(actor)
    if "housing" in offices:
        return rows.filter(dwelling__land="state").order_by("asked_on", "pk")
    if "subdistrict" in offices:
        here = rows.filter(dwelling__land="collective", dwelling__subdistrict__in=actor.areas)
        return here.order_by("asked_on", "pk")
    return rows.none()


def lettings_asked(actor: Actor) -> QuerySet[LettingRecord]:
    """Lettings that the police of the area have not answered, the oldest first."""
    rows = LettingRecord.objects.filter(state="filed").select_related("dwelling__community")
    if "police" not in offices_of(actor):
        return rows.none()
    return rows.filter(dwelling__subdistrict__in=actor.areas).order_by("filed_on", "pk")


def leases_asked(actor: Actor) -> QuerySet[Lease]:
    """Leases on collective land that the subdistrict has not looked at, the oldest first."""
    rows = Lease.objects.filter(state="handed_in", ended_on__isnull=True, dwelling__land="collective")
    if "subdistrict" not in offices_of(actor):
        return rows.none()
    here = rows.filter(dwelling__subdistrict__in=actor.areas)
    return here.select_related("dwelling__community", "room").order_by("handed_in_at", "pk")


def filings_asked(actor: Actor) -> QuerySet[LeaseFiling]:
    """Filings that the housing department has not answered, the oldest first."""
    rows = LeaseFiling.objects.filter(state="asked").select_related(
        "lease__dwelling__community", "lease__room"
    )
    return rows.order_by("asked_on", "pk") if "housing" in offices_of(actor) else rows.none()


def inspections_asked(actor: Actor) -> QuerySet[Inspection]:
    """Inspections that the subdistrict owes, the oldest first."""
    rows = Inspection.objects.filter(state="asked").select_related("dwelling__community", "again")
    if "subdistrict" not in offices_of(actor):
        return rows.none()
    return rows.filter(dwelling__subdistrict__in=actor.areas).order_by("asked_on", "pk")


def inspections_seen(actor: Actor) -> QuerySet[Inspection]:
    """All inspections of an officer's dwellings."""
    within = scope(actor, "dwelling__")
    rows = Inspection.objects.select_related("dwelling__community", "again")
    return rows.none() if within is None else rows.filter(within)


def mending(actor: Actor) -> QuerySet[Inspection]:
    """Failed inspections that nobody has looked at again, by the day by which it has to be mended."""
    rows = inspections_seen(actor).filter(state="failed", followed_by__isnull=True)
    return rows.filter(dwelling__gone_on__isnull=True).order_by("mend_by", "pk")


def standing(today: date) -> QuerySet[Lease]:
    """Leases that have not come to their end and were not returned."""
    return Lease.objects.filter(ended_on__isnull=True, until_on__gte=today).exclude(state="returned")


def crowded(actor: Actor, today: date) -> QuerySet[Dwelling]:
    """Dwellings in which more people live, or are named in leases, than fit; the most first.

    `living`: registered there, and tenants who are not among them. Source: Hangzhou order 287.
    """
    rows = too_full(for_officers(actor).filter(gone_on__isnull=True), today)
    return rows.order_by(F("fits") - F("living"), "pk")


def too_full(rows: QuerySet[Dwelling], today: date) -> QuerySet[Any]:
    """Those of some dwellings in which more people live, or are named in leases, than their rooms hold."""
    return with_people(rows, today).filter(living__gt=F("fits"))


def with_people(rows: QuerySet[Dwelling], today: date) -> QuerySet[Any]:
    """Dwellings with `fits`, how many their rooms hold, and `living`."""
    return rows.annotate(fits=_fits()).annotate(living=_registered() + _only_tenants(today))


def without_record(actor: Actor, today: date) -> QuerySet[Dwelling]:
    """Dwellings that are let and have no letting record with the police. Source: Zhejiang art. 9.3."""
    rows = let(for_officers(actor).filter(gone_on__isnull=True), today)
    return rows.exclude(pk__in=recorded()).order_by("recorded_at", "pk")


def let(rows: QuerySet[Dwelling], today: date) -> QuerySet[Dwelling]:
    """Those of some dwellings that have a lease which has not come to its end."""
    return rows.filter(pk__in=standing(today).order_by().values("dwelling"))


def recorded() -> QuerySet[Any, Any]:
    """The keys of the dwellings whose letting the police have on record."""
    return LettingRecord.objects.filter(state="recorded").order_by().values("dwelling")


def leases_ending(actor: Actor, today: date) -> QuerySet[Lease]:
    """Leases whose last day comes within 30 days, the nearest first."""
    within = scope(actor, "dwelling__")
    if within is None:
        return Lease.objects.none()
    rows = standing(today).filter(within, until_on__lte=today + SOON)
    return rows.select_related("dwelling__community", "room").order_by("until_on", "pk")


def inspections_lapsing(actor: Actor, today: date) -> QuerySet[Inspection]:
    """Passed inspections that run out within 30 days or have run out, where none has been done or asked for
    since; the nearest first.
    """
    later = Inspection.objects.filter(dwelling=OuterRef("dwelling"), pk__gt=OuterRef("pk")).exclude(
        state="dropped"
    )
    rows = inspections_seen(actor).filter(
        ~Exists(later), state="passed", valid_until__lte=today + SOON, dwelling__gone_on__isnull=True
    )
    return rows.order_by("valid_until", "pk")


def registered_elsewhere(actor: Actor, dwelling: Dwelling) -> QuerySet[Registration]:
    """Current registrations, within the same subdistrict, of people whom a lease of the dwelling names and
    who are not known to live there: perhaps the address is only written differently.
    """
    if actor.role not in READERS or not actor.covers(dwelling.subdistrict):
        return Registration.objects.none()
    named = Tenant.objects.filter(
        lease__dwelling=dwelling, lease__ended_on__isnull=True, person__isnull=False
    ).exclude(lease__state="returned")
    rows = Registration.objects.filter(
        person__in=named.order_by().values("person"), ended_on__isnull=True, subdistrict=dwelling.subdistrict
    )
    elsewhere = rows.filter(Q(dwelling__isnull=True) | ~Q(dwelling=dwelling))
    return elsewhere.select_related("person", "community").order_by("pk")


def help_calls(actor: Actor) -> QuerySet[HelpCall]:
    """What tenants of the area say about landlords, the oldest first."""
    rows = HelpCall.objects.select_related("person", "registration__community", "registration__dwelling")
    if "subdistrict" not in offices_of(actor):
        return rows.none()
    return rows.filter(area__in=actor.areas).order_by("called_at", "pk")


def help_calls_of(actor: Actor, today: date) -> QuerySet[HelpCall]:
    """A citizen's own calls and those for their wards, the latest first."""
    people = own_and_wards(actor, today)
    return HelpCall.objects.filter(person__in=people).select_related("person").order_by("-called_at", "-pk")


def _fits() -> Coalesce:
    """The figures of `capacity` in SQL; a test holds the two together."""
    whens = [
        When(square_metres__gte=METRES_A_PERSON * people, then=Value(people))
        for people in range(PEOPLE_A_ROOM, 0, -1)
    ]
    rooms = Room.objects.filter(dwelling=OuterRef("pk"), let=True, designed_as__in=LIVED_IN).order_by()
    total = rooms.values("dwelling").annotate(
        people=Sum(Case(*whens, default=Value(0), output_field=IntegerField()))
    )
    return Coalesce(Subquery(total.values("people"), output_field=IntegerField()), 0)


def _registered() -> Coalesce:
    there = Registration.objects.filter(dwelling=OuterRef("pk"), ended_on__isnull=True).order_by()
    return _counted(there.values("dwelling").annotate(people=Count("pk")))


def _only_tenants(today: date) -> Coalesce:
    """Tenants of standing leases who are not registered there. Without a person each is somebody. Who has no
    number is found along the lease, not along the numbers, of which many may be empty.
    """
    registered = Registration.objects.filter(
        person=OuterRef("person"), dwelling=OuterRef("lease__dwelling"), ended_on__isnull=True
    )
    named = Tenant.objects.filter(
        ~Exists(registered),
        lease__dwelling=OuterRef("pk"),
        lease__ended_on__isnull=True,
        lease__from_on__lte=today,
        lease__until_on__gte=today,
    ).exclude(lease__state="returned")
    numbered = named.exclude(identity_number="").values("lease__dwelling")
    unnumbered = named.exclude(identity_number__gt="").values("lease__dwelling")
    distinct = _counted(numbered.annotate(people=Count("identity_number", distinct=True)))
    each = _counted(unnumbered.annotate(people=Count("pk")))
    return distinct + each  # type: ignore[return-value]


def _counted(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(rows.values("people"), output_field=IntegerField()), 0)
