"""COSE_Sign1 (RFC 9052) as our codes bear it: two protected headers, no other."""

from dataclasses import dataclass
from typing import Any

from juzhu.credentials.verify import algorithms, cbor
from juzhu.credentials.verify.encoding import base64url
from juzhu.credentials.verify.errors import malformed

SIGN1 = 18
ALG, KID = 1, 4
BEGINNING, NO_EXTERNAL_DATA = b"\x84" + cbor.encode("Signature1"), cbor.encode(b"")


@dataclass(frozen=True, slots=True)
class Sign1:
    """A signed message taken apart; nothing of it is proved before `signed_by`."""

    alg: int
    kid: str
    protected: bytes
    payload: bytes
    signature: bytes

    def signed_by(self, alg: str, jwk: algorithms.Jwk) -> bool:
        """Whether the key signed it, by the algorithm that is the key's."""
        algorithm = algorithms.ALGORITHMS.get(alg)
        if algorithm is None or algorithm.cose != self.alg:
            return False
        return algorithms.verify(alg, jwk, to_sign(self.protected, self.payload), self.signature)


def to_sign(protected: bytes, payload: bytes) -> bytes:
    """The bytes that are signed: RFC 9052 §4.4, with no external data."""
    return BEGINNING + cbor.encode(protected) + NO_EXTERNAL_DATA + cbor.encode(payload)


def read(data: bytes) -> Sign1:
    """Take a tagged message apart; raises Refused."""
    match cbor.decode(data):
        case cbor.Tagged(
            tag=18, value=[bytes() as protected, {} as open_headers, bytes() as payload, bytes() as signature]
        ):
            headers: Any = cbor.decode(protected)
        case _:
            raise malformed()
    if open_headers or type(headers) is not dict or headers.keys() != {ALG, KID}:
        raise malformed()
    alg, kid = headers[ALG], headers[KID]
    if type(alg) is not int or type(kid) is not bytes or len(kid) != 8:
        raise malformed()
    return Sign1(alg, base64url(kid), protected, payload, signature)
