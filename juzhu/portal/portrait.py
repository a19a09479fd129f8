"""A person's face for the permit and its check: small, and inside the page, so that it has no address."""

from __future__ import annotations

from juzhu.evidence.kinds import Kind
from juzhu.evidence.queries import proof_of
from juzhu.operations.models import StoredFile
from juzhu.operations.pictures import small
from juzhu.people.models import Person
from juzhu.permits.models import PermitVersion


def portrait(person: Person) -> str:
    """A `data:` address of the person's photograph, or "" when there is none."""
    return small(person.photo or _from_evidence(person))


def portrait_on(version: PermitVersion) -> str:
    """The photograph that a permit's version bears."""
    return small(version.photo)


def _from_evidence(person: Person) -> StoredFile | None:
    proof = proof_of(person.pk)
    piece = proof.by_kind.get(Kind.PHOTO) if proof.shown(Kind.PHOTO) else None
    return next(iter(piece.files.all()), None) if piece else None
