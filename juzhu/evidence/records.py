"""Signed records: a compact JWS (ES256) in which a department says the same as beside it.

The payload is a JSON object with `identity_number`, `name`, `kind`, `says`, and `valid_from` and
`valid_until` where they were given; other members (`iat`, `iss`) are kept and not read. The key must be
among those that the department has registered with us, never one that comes with the record.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from joserfc import jws
from joserfc.errors import JoseError

from juzhu.evidence.deliveries import content
from juzhu.evidence.kinds import Kind
from juzhu.evidence.refusals import RecordDiffers, RecordInvalid, SaysInvalid
from juzhu.operations.public_keys import key_set

ALGORITHM = "ES256"
LONGEST = 50_000
"""Characters. A working life of contributions, as runs of months, is a fifth of it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of whom; `says` in the form that is stored."""

    identity_number: str
    name: str
    kind: Kind
    says: Mapping[str, Any]
    valid_from: str | None = None
    valid_until: str | None = None


def verify(text: str, jwks: Mapping[str, Any], said: Said) -> dict[str, str]:
    """Check a record against the registered keys and against what came beside it; give what is kept of it.

    Raises RecordInvalid, RecordDiffers.
    """
    if not jwks or len(text) > LONGEST:
        raise RecordInvalid
    try:
        opened = jws.deserialize_compact(text, key_set(jwks), algorithms=[ALGORITHM])
        payload = orjson.loads(opened.payload)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise RecordInvalid from error
    if not isinstance(payload, dict) or _said_in(payload) != said:
        raise RecordDiffers
    return {
        "format": "jws",
        "text": text,
        "key": str(opened.headers().get("kid", "")),
        "digest": hashlib.sha256(text.encode()).hexdigest(),
    }


def _said_in(payload: Mapping[str, Any]) -> Said | None:
    """What a payload says; None when that is nothing of ours."""
    try:
        kind = Kind(payload["kind"])
        says = content(kind, payload["says"])
        return Said(
            payload["identity_number"], payload["name"], kind, says,
            payload.get("valid_from"), payload.get("valid_until"),
        )  # fmt: skip
    except (KeyError, ValueError, TypeError, SaysInvalid):
        return None
