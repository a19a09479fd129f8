"""Makes the offline code that `verify.offline_code` reads."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from juzhu.credentials.signing.errors import TooLong
from juzhu.credentials.signing.keys import SigningKey
from juzhu.credentials.verify import cbor, cose
from juzhu.credentials.verify.algorithms import ALGORITHMS
from juzhu.credentials.verify.days import day_number, end_of
from juzhu.credentials.verify.document import StatusReference
from juzhu.credentials.verify.encoding import base45, from_base64url
from juzhu.credentials.verify.offline_code import (
    DIVISION,
    EXPIRES,
    ISSUED,
    ISSUED_ON,
    ISSUER,
    LAST_DAY,
    NAME,
    NUMBER,
    PERMIT,
    PREFIX,
    STATUS,
    VERSION,
)

MAX_CHARACTERS = 528
"""What a QR code of version 14 holds at level M in its alphanumeric mode."""


@dataclass(frozen=True, slots=True)
class CodeContent:
    """What a code says."""

    name: str
    permit_number: str
    division: str
    issued_on: date
    last_day: date
    version: int


def make(
    key: SigningKey, content: CodeContent, *, issuer: str, status: StatusReference, issued_at: int
) -> str:
    """A signed code; `issued_at` in unix seconds. Raises TooLong."""
    payload = cbor.encode(
        {
            ISSUER: issuer,
            EXPIRES: end_of(content.last_day),
            ISSUED: issued_at,
            STATUS: {"status_list": {"idx": status.idx, "uri": status.uri}},
            PERMIT: {
                NAME: content.name,
                NUMBER: content.permit_number,
                DIVISION: content.division,
                ISSUED_ON: day_number(content.issued_on),
                LAST_DAY: day_number(content.last_day),
                VERSION: content.version,
            },
        }
    )
    protected = _headers(key.alg, key.kid)
    signature = key.sign(cose.to_sign(protected, payload))
    code = PREFIX + base45(cbor.encode(cbor.Tagged(cose.SIGN1, [protected, {}, payload, signature])))
    if len(code) > MAX_CHARACTERS:
        raise TooLong(f"{len(code)} characters")
    return code


@lru_cache(maxsize=64)
def _headers(alg: str, kid: str) -> bytes:
    """The protected headers, the same for every code of a key."""
    return cbor.encode({cose.ALG: ALGORITHMS[alg].cose, cose.KID: from_base64url(kid)})
