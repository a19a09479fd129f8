"""Signature algorithms: what each is called in JWS and in COSE, on which curve, and how it is checked.

Signatures are r and s, 32 bytes each. Public keys are JWKs of the two coordinates.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from juzhu.credentials.verify import sm2
from juzhu.credentials.verify.encoding import base64url, from_base64url
from juzhu.credentials.verify.errors import Refused, malformed

Jwk = Mapping[str, Any]
P256 = ec.SECP256R1()
ECDSA = ec.ECDSA(SHA256())


@dataclass(frozen=True, slots=True)
class Algorithm:
    """`check` answers whether a signature of 64 bytes is right: (coordinates, data, signature)."""

    name: str
    cose: int
    curve: str
    check: Callable[[bytes, bytes, bytes], bool]


def verify(alg: str, jwk: Jwk, data: bytes, signature: bytes) -> bool:
    """Whether the key made this signature by this algorithm; False also for an algorithm that is not the
    key's. Raises Refused for a JWK that is none, or where this machine lacks the algorithm.
    """
    algorithm = ALGORITHMS.get(alg)
    if algorithm is None or jwk.get("crv") != algorithm.curve or len(signature) != 64:
        return False
    return algorithm.check(coordinates(jwk), data, signature)


def coordinates(jwk: Jwk) -> bytes:
    """x and y, 32 bytes each; raises Refused."""
    x, y = jwk.get("x"), jwk.get("y")
    if jwk.get("kty") != "EC" or jwk.get("crv") not in CURVES or type(x) is not str or type(y) is not str:
        raise malformed()
    return _coordinates(x, y)


def thumbprint(jwk: Jwk) -> bytes:
    """RFC 7638, SHA-256; raises Refused for what is no key of ours."""
    coordinates(jwk)
    canonical = f'{{"crv":"{jwk["crv"]}","kty":"EC","x":"{jwk["x"]}","y":"{jwk["y"]}"}}'
    return hashlib.sha256(canonical.encode()).digest()


def kid(jwk: Jwk) -> str:
    """A key's name: 11 characters for the first 8 bytes of its thumbprint."""
    return base64url(thumbprint(jwk)[:8])


@lru_cache(maxsize=4096)
def _coordinates(x: str, y: str) -> bytes:
    found = from_base64url(x), from_base64url(y)
    if len(found[0]) != 32 or len(found[1]) != 32:
        raise malformed()
    return b"".join(found)


@lru_cache(maxsize=4096)
def _p256(point: bytes) -> ec.EllipticCurvePublicKey:
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(P256, b"\x04" + point)
    except ValueError as error:
        raise malformed() from error


def _es256(point: bytes, data: bytes, signature: bytes) -> bool:
    der = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    try:
        _p256(point).verify(der, data, ECDSA)
    except InvalidSignature:
        return False
    return True


def _sm2(point: bytes, data: bytes, signature: bytes) -> bool:
    try:
        return sm2.verify((point[:32], point[32:]), data, signature)
    except sm2.KeyInvalid as error:
        raise malformed() from error
    except sm2.Unavailable as error:
        raise Refused("unreadable", "algorithm") from error


ALGORITHMS = {
    algorithm.name: algorithm
    for algorithm in (
        Algorithm("ES256", -7, "P-256", _es256),
        Algorithm("SM2", -65538, "SM2", _sm2),
    )
}
BY_COSE = {algorithm.cose: algorithm for algorithm in ALGORITHMS.values()}
CURVES = tuple(algorithm.curve for algorithm in ALGORITHMS.values())
