"""Whose tenancy a paper speaks of: it proves somebody's home when it names them, or whose home theirs is.

That is a child's guardian, or a spouse or close relative by a proof of kinship. Source: notice 2(1)2(2);
requirements C04, 3.6 (joint tenancy), annex 3.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from juzhu.evidence.annexes import LeaseContract, LeaseFiling
from juzhu.evidence.kinds import Kind, Kinship, PublicRental
from juzhu.evidence.models import Evidence
from juzhu.people.names import folded

BETWEEN = re.compile("[、，,；;]")


class Named(NamedTuple):
    """Somebody as a paper names them."""

    name: str
    identity_number: str = ""

    def is_same(self, other: "Named") -> bool:
        """By their numbers where both are there, else by their names."""
        if self.identity_number and other.identity_number:
            return self.identity_number == other.identity_number
        return folded(self.name) == folded(other.name)


class Tenancy(NamedTuple):
    """`names`: whether a paper names who is meant; None where it names nobody. `kinship`: the proof on which
    that rests, where it names a relative.
    """

    names: bool | None = None
    kinship: Evidence | None = None


def tenancy(piece: Evidence | None, household: Sequence[Named], kin: Iterable[Evidence]) -> Tenancy:
    """Whether a paper's tenants are among a household; with nobody in it the question is not asked."""
    tenants = named_in(piece)
    if not tenants or not household:
        return Tenancy()
    if any(tenant.is_same(one) for tenant in tenants for one in household):
        return Tenancy(True)
    for proof in kin:
        content = proof.content
        assert isinstance(content, Kinship)
        relative = Named(content.relative_name, content.relative_identity_number)
        if any(tenant.is_same(relative) for tenant in tenants):
            return Tenancy(True, proof)
    return Tenancy(False)


def named_in(piece: Evidence | None) -> list[Named]:
    """The tenants whom a lease, its filing or a public-housing certificate names."""
    content = piece.content if piece is not None and Kind(piece.kind) in SPEAK_OF_TENANTS else None
    if isinstance(content, LeaseContract | LeaseFiling):
        return [Named(tenant.name, tenant.identity_number) for tenant in content.tenants]
    if isinstance(content, PublicRental):
        return [Named(name) for name in BETWEEN.split(content.tenant) if name.strip()]
    return []


SPEAK_OF_TENANTS = frozenset({Kind.LEASE, Kind.LEASE_FILING, Kind.PUBLIC_RENTAL})
TENANCY_LEAVES = frozenset(
    {"lease_one_year", "lease_half_year", "lease_current", "lease_filing", "public_rental_certificate"}
)
"""The conditions that such a paper proves."""
