"""Makes the SD-JWT VC that `verify.sd_jwt` reads."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from juzhu.credentials.signing import jws
from juzhu.credentials.signing.keys import SigningKey
from juzhu.credentials.verify.days import day_start, end_of
from juzhu.credentials.verify.document import StatusReference
from juzhu.credentials.verify.encoding import base64url, to_json
from juzhu.credentials.verify.sd_jwt import CLAIMS, TYPE, VCT_PATH

SALT_BYTES = 18
"""144 bits: whole groups of base64, so that all salts are encoded at once."""
SALT_CHARACTERS = 24
EXPECTED = frozenset(CLAIMS)


def issue(
    key: SigningKey,
    claims: Mapping[str, Any],
    *,
    issuer: str,
    holder: Mapping[str, Any],
    status: StatusReference,
    issued_at: int,
    last_day: date,
    randomness: Callable[[int], bytes] = secrets.token_bytes,
) -> str:
    """A document with every disclosure; it ends with "~".

    `claims` has each name of `verify.sd_jwt.CLAIMS` and no other, else ValueError. `holder` is the public JWK
    of the holder's P-256 key. `issued_at`, in unix seconds, is rounded down to its day.
    """
    if claims.keys() != EXPECTED:
        raise ValueError(sorted(claims.keys() ^ EXPECTED))
    salts = base64url(randomness(SALT_BYTES * len(CLAIMS)))
    starts = range(0, len(salts), SALT_CHARACTERS)
    disclosures = [
        _disclosure(salts[start : start + SALT_CHARACTERS], name, claims[name])
        for start, name in zip(starts, CLAIMS, strict=True)
    ]
    payload = {
        "iss": issuer,
        "iat": day_start(issued_at),
        "exp": end_of(last_day),
        "vct": issuer + VCT_PATH,
        "cnf": {"jwk": {name: holder[name] for name in ("kty", "crv", "x", "y")}},
        "status": {"status_list": {"idx": status.idx, "uri": status.uri}},
        "_sd_alg": "sha-256",
        "_sd": sorted(map(digest, disclosures)),
    }
    return "~".join([jws.sign(key, TYPE, payload), *disclosures, ""])


def _disclosure(salt: str, name: str, value: Any) -> str:
    """Spelled out for the plain values that most claims have: a third of the time that `to_json` takes."""
    spelled = "true" if value is True else "false" if value is False else to_json(value).decode()
    return base64url(f'["{salt}","{name}",{spelled}]'.encode())


def digest(text: str) -> str:
    """SHA-256 in base64url, of a disclosure or of what is shown."""
    return base64url(hashlib.sha256(text.encode()).digest())
