"""What the offices have said of a dwelling becomes evidence of its tenants, and stops being it.

One rule, looked at anew whenever something has changed: somebody has these words while they are registered at
the dwelling, a lease there that has not been ended names them, and the office's word stands. It is safe to
look as often as one likes. A household member who is not a tenant gets what is said of the dwelling, not the
lease: their relation to a tenant has to be shown (requirements C, joint tenancy).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.operations import events
from juzhu.operations.actors import SYSTEM, Actor
from juzhu.operations.models import Event
from juzhu.people.models import Person
from juzhu.people.names import folded
from juzhu.registration import addresses
from juzhu.registration.dwellings import sayings
from juzhu.registration.dwellings.sayings import Word
from juzhu.registration.models import Dwelling, Registration, Tenant, TenantWord


def follow(dwelling: Dwelling, *, actor: Actor) -> None:
    """Bring the words of all tenants of a dwelling up to date, in the caller's transaction."""
    tenants = Tenant.objects.filter(lease__dwelling=dwelling, person__isnull=False)
    holders = TenantWord.objects.filter(dwelling=dwelling)
    people = {
        *tenants.order_by().values_list("person_id", flat=True),
        *holders.order_by().values_list("person_id", flat=True),
    }
    settle(people, actor=actor)


def settle(people: Iterable[int | None], *, actor: Actor) -> None:
    """Bring the words of these people up to date, in the caller's transaction. They are locked first, in
    order, before anything is said.
    """
    for person in hold(people):
        _settle(person, actor)


def hold(people: Iterable[int | None]) -> list[Person]:
    """Lock people in order. Who changes a registration locks its person first, as the register does."""
    wanted = sorted(pk for pk in people if pk is not None)
    return list(Person.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk"))


def match(person: Person) -> None:
    """Let leases that name somebody by number and name know who it is, in the caller's transaction."""
    if not person.identity_number:
        return
    for row in Tenant.objects.filter(identity_number=person.identity_number, person__isnull=True):
        if folded(row.name) == folded(person.name):
            row.person = person
            row.save(update_fields=["person"])


@dataclass(frozen=True, slots=True)
class _Home:
    dwelling: Dwelling
    tenancy: Tenant


def _settle(person: Person, actor: Actor) -> None:
    home = _home(person)
    wanted = sayings.of(home.dwelling, home.tenancy) if home else {}
    rows = TenantWord.objects.filter(person=person).select_related("evidence")
    before = {Kind(row.kind): row for row in rows}
    for kind, row in before.items():
        if kind not in wanted or home is None:
            _take_back(row, actor)
    for kind, word in wanted.items():
        assert home is not None
        _say(person, kind, word, before.get(kind), home.dwelling, actor)


def _home(person: Person) -> _Home | None:
    """Where somebody lives now as a tenant, by the lease that an office vouches for, else the latest."""
    now = Registration.objects.filter(person=person, ended_on__isnull=True).select_related("dwelling").first()
    if now is None or now.dwelling is None or now.dwelling.gone_on or person.died_on:
        return None
    rows = Tenant.objects.filter(
        ~Q(lease__state="returned"),
        person=person,
        lease__dwelling=now.dwelling,
        lease__ended_on__isnull=True,
    ).select_related("lease__room")
    best = max(rows, key=sayings.weight, default=None)
    return _Home(now.dwelling, best) if best else None


def _say(
    person: Person, kind: Kind, word: Word, row: TenantWord | None, dwelling: Dwelling, actor: Actor
) -> None:
    says = evidence.checked(kind, word.says)
    if row is not None and row.evidence.says == says and row.evidence.department == word.department:
        return  # also where the department has taken it back since, after an objection
    if row is not None and row.evidence.department != word.department:
        _take_back(row, actor)
        row = None
    made = evidence.attest(person.pk, kind, says, word.department, actor=actor, way="page")
    if row is None:
        TenantWord.objects.create(person=person, kind=kind.value, dwelling=dwelling, evidence=made)
    else:
        row.evidence, row.dwelling = made, dwelling
        row.save(update_fields=["evidence", "dwelling"])


def _take_back(row: TenantWord, actor: Actor) -> None:
    piece = row.evidence
    row.delete()
    if piece.withdrawn_at is not None:
        return
    evidence.take_back(piece)
    events.append(
        "evidence.withdrawn",
        actor=actor,
        subject=piece,
        person_id=piece.person_id,
        evidence=piece.kind,
        department=piece.department,
    )


@events.subscribe("account.bound", "person.recorded", "person.identity_confirmed")
def know_who_it_is(event: Event) -> None:
    """Somebody is known now whom a lease has named before. Safe to do twice."""
    person = Person.objects.filter(pk=event.person_id or 0).first()
    if person is not None:
        with transaction.atomic():
            match(person)
            settle([person.pk], actor=SYSTEM)


@events.subscribe("registration.opened", "registration.moved", "registration.ended")
def know_where_they_live(event: Event) -> None:
    """Somebody lives elsewhere now: find the dwelling by the address, as addresses are compared. Safe to do
    twice.
    """
    row = Registration.objects.select_related("person").get(pk=event.subject_id)
    with transaction.atomic():
        hold([row.person_id])
        if row.dwelling_id is None and row.ended_on is None:
            key = addresses.key(row.subdistrict, row.address)
            found = Dwelling.objects.filter(
                subdistrict=row.subdistrict, address_key=key, gone_on__isnull=True
            ).first()
            if found is not None:
                Registration.objects.filter(pk=row.pk, dwelling__isnull=True).update(dwelling=found)
        match(row.person)
        settle([row.person_id], actor=SYSTEM)


@events.subscribe("dwelling.recorded")
def know_who_lives_there(event: Event) -> None:
    """Tie the registrations at an address to the dwelling that has been recorded there. Safe to do twice."""
    dwelling = Dwelling.objects.get(pk=event.subject_id)
    there = Registration.objects.filter(
        subdistrict=dwelling.subdistrict, ended_on__isnull=True, dwelling__isnull=True
    )
    rows = there.order_by().values_list("pk", "person_id", "address").iterator(chunk_size=2000)
    found = {
        pk: person
        for pk, person, text in rows
        if addresses.key(dwelling.subdistrict, text) == dwelling.address_key
    }
    with transaction.atomic():
        hold(found.values())
        Registration.objects.filter(pk__in=found, dwelling__isnull=True).update(dwelling=dwelling)
        settle(found.values(), actor=SYSTEM)
