"""The trust list: which issuers there are, and which keys are theirs. Signed by a root key that the checker
has pinned.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from juzhu.credentials.verify import algorithms, jws
from juzhu.credentials.verify.document import LEEWAY_S
from juzhu.credentials.verify.encoding import base64url
from juzhu.credentials.verify.errors import Refused, malformed
from juzhu.credentials.verify.shape import mapping, number, number_or_none, text, texts

TYPE = "juzhu-trust-list+jwt"
MAX_CHARACTERS = 1 << 20
Use = Literal["permit", "status"]


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """A public key of an issuer. Times in unix seconds; what it signed from `revoked_at` on is forged."""

    kid: str
    alg: str
    jwk: algorithms.Jwk
    uses: frozenset[str]
    not_before: int
    not_after: int | None = None
    revoked_at: int | None = None

    def revoked(self, signed_before: int) -> bool:
        """Whether what was signed before this moment may have been signed after the key was lost."""
        return self.revoked_at is not None and signed_before > self.revoked_at

    def in_use(self, signed_at: int, signed_before: int) -> bool:
        """Whether it was the issuer's to sign with then."""
        return signed_before > self.not_before and (self.not_after is None or signed_at <= self.not_after)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: its origin, the division it stands for, its name by language, its keys by kid."""

    id: str
    division: str
    name: Mapping[str, str]
    keys: Mapping[str, IssuerKey]

    def key(self, kid: str, use: Use) -> IssuerKey | None:
        found = self.keys.get(kid)
        return found if found and use in found.uses else None


@dataclass(frozen=True, slots=True)
class Trust:
    """A trust list whose signature is right. Times in unix seconds."""

    publisher: str
    issued_at: int
    expires_at: int
    issuers: Mapping[str, Issuer]

    @classmethod
    def read(cls, token: str | bytes, root: algorithms.Jwk | str) -> "Trust":
        """Check the root's signature and read the list; raises Refused.

        `root` is the root's JWK, or its thumbprint (43 characters of base64url), for which the key is taken
        from the token's header. Whether the list is still current is asked when it is used.
        """
        if len(token) > MAX_CHARACTERS:
            raise Refused
        read = jws.read(_text(token))
        if read.header.get("typ") != TYPE:
            raise Refused("not_a_permit")
        pinned = root if not isinstance(root, str) else _matching(mapping(read.header, "jwk"), root)
        if not read.signed_by(text(read.header, "alg"), pinned):
            raise Refused("forged", "signature")
        issuers = read.payload.get("issuers")
        if type(issuers) is not list:
            raise malformed()
        return cls(
            text(read.payload, "iss"),
            number(read.payload, "iat"),
            number(read.payload, "exp"),
            {issuer.id: issuer for issuer in map(_issuer, issuers)},
        )

    def current(self, moment: int) -> bool:
        """Whether it may be relied upon at this moment (unix seconds)."""
        return self.issued_at <= moment + LEEWAY_S and moment < self.expires_at


def _text(token: str | bytes) -> str:
    try:
        return (token if isinstance(token, str) else token.decode("ascii")).strip("\t\n\r ")
    except UnicodeDecodeError as error:
        raise Refused from error


def _matching(jwk: dict[str, Any], pinned: str) -> algorithms.Jwk:
    if base64url(algorithms.thumbprint(jwk)) != pinned:
        raise Refused("forged", "key_unknown")
    return jwk


def _issuer(given: Any) -> Issuer:
    if type(given) is not dict or type(given.get("keys")) is not list:
        raise malformed()
    keys = [read_key(key) for key in given["keys"]]
    name = mapping(given, "name")
    return Issuer(
        text(given, "id"),
        text(given, "division"),
        {language: text(name, language) for language in name},
        {key.kid: key for key in keys},
    )


def read_key(given: Any) -> IssuerKey:
    """A key is known by a kid that is truly its own."""
    if type(given) is not dict:
        raise malformed()
    jwk = mapping(given, "jwk")
    kid = algorithms.kid(jwk)
    if text(jwk, "kid") != kid:
        raise malformed()
    return IssuerKey(
        kid,
        text(given, "alg"),
        jwk,
        frozenset(texts(given, "uses")),
        number(given, "not_before"),
        number_or_none(given, "not_after"),
        number_or_none(given, "revoked_at"),
    )
