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

SALT_BYTES = 16
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
    salts = randomness(SALT_BYTES * len(CLAIMS))
    disclosures = [
        base64url(to_json([base64url(salts[at * SALT_BYTES : (at + 1) * SALT_BYTES]), name, claims[name]]))
        for at, name in enumerate(CLAIMS)
    ]
    payload = {
        "iss": issuer,
        "iat": day_start(issued_at),
        "exp": end_of(last_day),
        "vct": issuer + VCT_PATH,
        "cnf": {"jwk": {name: holder[name] for name in ("kty", "crv", "x", "y")}},
        "status": {"status_list": {"idx": status.idx, "uri": status.uri}},
        "_sd_alg": "sha-256",
        "_sd": sorted([digest(disclosure) for disclosure in disclosures]),
    }
    return "~".join([jws.sign(key, TYPE, payload), *disclosures, ""])


def digest(text: str) -> str:
    """SHA-256 in base64url, of a disclosure or of what is shown."""
    return base64url(hashlib.sha256(text.encode()).digest())
