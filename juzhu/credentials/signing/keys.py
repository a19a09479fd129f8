"""Signing keys: what signs, and what is publicly known of it."""

from collections.abc import Iterable
from typing import Any, Literal, Protocol, get_args

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from juzhu.credentials.signing import sm2
from juzhu.credentials.signing.errors import KeyUnknown, PassphraseWrong
from juzhu.credentials.verify import algorithms
from juzhu.credentials.verify.algorithms import ECDSA, P256
from juzhu.credentials.verify.encoding import base64url
from juzhu.credentials.verify.trust import IssuerKey

Alg = Literal["ES256", "SM2"]
Use = Literal["permit", "status", "root", "request"]
ALGS: tuple[Alg, ...] = get_args(Alg)
USES: tuple[Use, ...] = get_args(Use)
LISTED: frozenset[Use] = frozenset({"permit", "status"})
"""Uses of keys that checkers are told of."""


class SigningKey(Protocol):
    """A key that signs. Its private part may be elsewhere."""

    @property
    def kid(self) -> str: ...

    @property
    def alg(self) -> Alg: ...

    def sign(self, data: bytes) -> bytes:
        """r and s, 32 bytes each."""

    def public_jwk(self) -> dict[str, str]:
        """kty, crv, x, y and kid."""


class Es256Key:
    """A P-256 key in this process's memory."""

    alg: Alg = "ES256"

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        self._private = private
        numbers = private.public_key().public_numbers()
        self._jwk = _jwk("P-256", numbers.x.to_bytes(32), numbers.y.to_bytes(32))
        self.kid = self._jwk["kid"]

    def sign(self, data: bytes) -> bytes:
        r, s = decode_dss_signature(self._private.sign(data, ECDSA))
        return r.to_bytes(32) + s.to_bytes(32)

    def public_jwk(self) -> dict[str, str]:
        return dict(self._jwk)

    def to_pem(self, passphrase: bytes) -> bytes:
        """An encrypted PKCS#8 PEM."""
        return self._private.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase)
        )

    @classmethod
    def from_pem(cls, pem: bytes, passphrase: bytes) -> "Es256Key":
        """Raises PassphraseWrong, also for what is no such key."""
        try:
            private = load_pem_private_key(pem, passphrase)
        except (ValueError, TypeError) as error:
            raise PassphraseWrong from error
        if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(private.curve, ec.SECP256R1):
            raise PassphraseWrong
        return cls(private)


class Sm2Key:
    """An SM2 key in this process's memory."""

    alg: Alg = "SM2"

    def __init__(self, private: bytes) -> None:
        self._private = private
        self._jwk = _jwk("SM2", *sm2.public_of(private))
        self.kid = self._jwk["kid"]

    def sign(self, data: bytes) -> bytes:
        return sm2.sign(self._private, data)

    def public_jwk(self) -> dict[str, str]:
        return dict(self._jwk)

    def to_pem(self, passphrase: bytes) -> bytes:
        """An encrypted PKCS#8 PEM."""
        return sm2.to_pem(self._private, passphrase)

    @classmethod
    def from_pem(cls, pem: bytes, passphrase: bytes) -> "Sm2Key":
        """Raises PassphraseWrong, also for what is no such key."""
        try:
            return cls(sm2.from_pem(pem, passphrase))
        except ValueError as error:
            raise PassphraseWrong from error


LocalKey = Es256Key | Sm2Key
KINDS: dict[Alg, type[Es256Key] | type[Sm2Key]] = {"ES256": Es256Key, "SM2": Sm2Key}


def new(alg: Alg) -> LocalKey:
    """A new key, from the system's randomness."""
    return Sm2Key(sm2.new_private()) if alg == "SM2" else Es256Key(ec.generate_private_key(P256))


def derived(number: int) -> Es256Key:
    """The P-256 key of a private number, for tests that need the same one each time."""
    return Es256Key(ec.derive_private_key(number, P256))


def _jwk(curve: str, x: bytes, y: bytes) -> dict[str, str]:
    jwk = {"kty": "EC", "crv": curve, "x": base64url(x), "y": base64url(y)}
    return {**jwk, "kid": algorithms.kid(jwk)}


def signs_at(keys: Iterable[IssuerKey], use: Use, moment: int) -> IssuerKey:
    """The key that signs for this use at this moment (unix seconds): of those that are in use and not revoked
    the one that began last. Raises KeyUnknown.
    """
    usable = [
        key for key in keys if use in key.uses and key.in_use(moment, moment + 1) and key.revoked_at is None
    ]
    if not usable:
        raise KeyUnknown(use)
    return max(usable, key=lambda key: (key.not_before, key.kid))


def jwks(keys: Iterable[IssuerKey]) -> dict[str, Any]:
    """The issuer's public keys as a JWK set: all that are not revoked, of those that checkers are told of."""
    return {
        "keys": [
            {**key.jwk, "alg": key.alg, "use": "sig"}
            for key in keys
            if key.revoked_at is None and key.uses & LISTED
        ]
    }
