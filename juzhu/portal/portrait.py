"""A person's face for the permit and its check: small, and inside the page, so that it has no address."""

from __future__ import annotations

import base64
import io
from functools import lru_cache

from PIL import Image

from juzhu.evidence.kinds import Kind
from juzhu.evidence.queries import proof_of
from juzhu.operations.files import path_of
from juzhu.operations.models import StoredFile
from juzhu.people.models import Person
from juzhu.permits.models import PermitVersion

WIDTH, HEIGHT = 300, 390


def portrait(person: Person) -> str:
    """A `data:` address of the person's photograph, or "" when there is none."""
    return _drawn(person.photo or _from_evidence(person))


def portrait_on(version: PermitVersion) -> str:
    """The photograph that a permit's version bears."""
    return _drawn(version.photo)


def _drawn(file: StoredFile | None) -> str:
    if file is None or not file.content_type.startswith("image/"):
        return ""
    return _small(file.name)


def _from_evidence(person: Person) -> StoredFile | None:
    proof = proof_of(person.pk)
    piece = proof.by_kind.get(Kind.PHOTO) if proof.shown(Kind.PHOTO) else None
    return next(iter(piece.files.all()), None) if piece else None


@lru_cache(maxsize=512)
def _small(name: str) -> str:
    """Files are never changed under their name, so a small copy stays right."""
    with Image.open(path_of(name)) as image:
        image.thumbnail((WIDTH, HEIGHT))
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=82)
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()
