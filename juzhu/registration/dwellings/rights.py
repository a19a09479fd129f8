"""Who is the landlord, and which officers may answer for which office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from juzhu.operations.actors import Actor
from juzhu.people import keeping_away
from juzhu.people.errors import ConflictOfInterest, NotAllowed
from juzhu.people.models import Organisation, Person, Trade
from juzhu.people.organisations import members
from juzhu.registration.models import Dwelling, Lease

Office = Literal["police", "housing", "subdistrict"]
POLICE = frozenset({"clerk", "chief"})
LETS = frozenset({Trade.LANDLORD, Trade.PROPERTY})
"""Which organisations may let: landlords, and firms that manage dwellings of their own."""


@dataclass(frozen=True, slots=True)
class Landlord:
    """Who lets: a person, or an organisation. Exactly one is given."""

    person: Person | None = None
    organisation: Organisation | None = None

    @property
    def name(self) -> str:
        owner = self.organisation or self.person
        return owner.name if owner else ""

    @property
    def scope(self) -> dict[str, Any]:
        """The columns of a claim."""
        return {"person": self.person, "organisation": self.organisation}

    @property
    def own(self) -> dict[str, Any]:
        """The columns of a dwelling."""
        return {"owner": self.person, "owner_organisation": self.organisation}

    def check(self, actor: Actor) -> None:
        """Raises NotAllowed unless the actor is this landlord."""
        if self.organisation is not None:
            lets = LETS & set(self.organisation.trades)
            if actor.kind != "reporter" or actor.organisation_id != self.organisation.pk or not lets:
                raise NotAllowed
        elif self.person is None or actor.kind != "citizen" or actor.person_id != self.person.pk:
            raise NotAllowed


def landlord_of(dwelling: Dwelling) -> Landlord:
    """The landlord of a dwelling; nobody, after they have given it up."""
    return Landlord(dwelling.owner, dwelling.owner_organisation)


def check_landlord(actor: Actor, dwelling: Dwelling) -> None:
    """Raises NotAllowed unless the dwelling is the actor's own."""
    landlord_of(dwelling).check(actor)


def offices_of(actor: Actor) -> frozenset[Office]:
    """The offices for which somebody answers."""
    if actor.kind != "staff":
        return frozenset()
    if actor.role in POLICE:
        return frozenset({"police"})
    if actor.role == "subdistrict":
        return frozenset({"subdistrict"})
    if actor.role == "department" and actor.department == "housing":
        return frozenset({"housing"})
    return frozenset()


def covers(actor: Actor, dwelling: Dwelling) -> bool:
    """Whether a dwelling is of an officer's area: the housing department's is the district's state-owned
    land.
    """
    if "housing" in offices_of(actor):
        return dwelling.land == "state"
    return actor.covers(dwelling.subdistrict)


def check_office(actor: Actor, office: Office, dwelling: Dwelling, lease: Lease | None = None) -> None:
    """Raises NotAllowed; ConflictOfInterest when the dwelling or the lease is the officer's own, or of
    somebody near to them.
    """
    if office not in offices_of(actor) or not covers(actor, dwelling):
        raise NotAllowed
    numbers = [dwelling.owner.identity_number] if dwelling.owner else []
    if dwelling.owner_organisation:
        acting = members(dwelling.owner_organisation)
        numbers += acting.values_list("account__person__identity_number", flat=True)
    if lease is not None:
        numbers += lease.tenants.values_list("identity_number", flat=True)
    check_near(actor, numbers)


def check_near(actor: Actor, numbers: Iterable[str]) -> None:
    """Keep an officer away from their own affairs and those of their family. Raises ConflictOfInterest.

    Source: requirements G04.
    """
    given = frozenset(numbers) - {""}
    if given and keeping_away.near(frozenset(given)).filter(pk=actor.account_id or 0).exists():
        raise ConflictOfInterest


def title_office(dwelling: Dwelling) -> Office:
    """Which office looks at a title. Source: notice 3(1), 3(2)."""
    return "housing" if dwelling.land == "state" else "subdistrict"
