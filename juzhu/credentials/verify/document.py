"""What both kinds of document have in common once they are taken apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["", "offline_code", "sd_jwt_vc"]

LEEWAY_S = 60
"""How far a document, a list or a proof may lie in the future: clocks differ."""


@dataclass(frozen=True, slots=True)
class StatusReference:
    """A place in a status list."""

    uri: str
    idx: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document whose issuer's signature is right. Times in unix seconds."""

    kind: Kind
    issuer: str
    kid: str
    issued_at: int
    issued_before: int
    """The first second in which it was certainly signed already: an issue time may be rounded to its day."""
    expires_at: int
    status: StatusReference
    claims: Mapping[str, Any]
