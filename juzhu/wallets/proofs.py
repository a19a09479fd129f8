"""Proof of possession of a device's key: a JWT of the type `openid4vci-proof+jwt` (OpenID4VCI 1.0, appendix
F.1) over our challenge. Only ES256, and only a key that stands in the header.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from juzhu.credentials.addresses import origin
from juzhu.credentials.verify import Refused, algorithms, jws
from juzhu.credentials.verify.encoding import base64url
from juzhu.credentials.verify.shape import mapping, number, text
from juzhu.wallets import secrets
from juzhu.wallets.errors import InvalidNonce, InvalidProof

TYPE = "openid4vci-proof+jwt"
ALGORITHM = "ES256"
SKEW_S = 600
"""How far a device's clock may be off: our own is in the nonce."""
LONGEST = 8192
"""Characters."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A key that somebody holds, and the challenge by which they have shown it."""

    jwk: dict[str, str]
    thumbprint: str
    nonce: str


def read(token: str, now: datetime) -> Proof:
    """Check a proof. Raises InvalidProof, InvalidNonce."""
    if len(token) > LONGEST:
        raise InvalidProof("The proof is too long.")
    try:
        return _read(token, now)
    except Refused as refused:
        raise InvalidProof("The proof is not a JWS of the declared form.") from refused


def _read(token: str, now: datetime) -> Proof:
    proof = jws.read(token)
    head = proof.header
    if head.get("typ") != TYPE or head.get("alg") != ALGORITHM:
        raise InvalidProof(f"The proof's typ must be {TYPE} and its alg {ALGORITHM}.")
    if {"kid", "x5c", "trust_chain"} & head.keys():
        raise InvalidProof("The proof must bring its key in jwk, and nothing else to find one by.")
    jwk = _public(mapping(head, "jwk"))
    if not proof.signed_by(ALGORITHM, jwk):
        raise InvalidProof("The proof is not signed by its key.")
    said = proof.payload
    if said.get("aud") != origin():
        raise InvalidProof("The proof's aud must be the credential issuer.")
    if abs(number(said, "iat") - int(now.timestamp())) > SKEW_S:
        raise InvalidProof("The proof's iat is not of these minutes.")
    nonce = text(said, "nonce")
    if not secrets.is_nonce(nonce, now):
        raise InvalidNonce
    return Proof(jwk, base64url(algorithms.thumbprint(jwk)), nonce)


def _public(jwk: dict[str, Any]) -> dict[str, str]:
    if "d" in jwk:
        raise InvalidProof("The proof's jwk must be public.")
    if jwk.get("crv") != "P-256":
        raise InvalidProof("The proof's key must be on P-256.")
    return {name: text(jwk, name) for name in ("kty", "crv", "x", "y")}
