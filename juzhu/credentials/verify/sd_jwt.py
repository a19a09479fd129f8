"""SD-JWT VC (RFC 9901): a document of which the holder shows what is asked for, bound to the holder's key."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from juzhu.credentials.verify import algorithms, jws
from juzhu.credentials.verify.days import DAY_S
from juzhu.credentials.verify.document import LEEWAY_S, Document, StatusReference
from juzhu.credentials.verify.encoding import base64url, from_base64url, from_json
from juzhu.credentials.verify.errors import Refused, malformed
from juzhu.credentials.verify.shape import mapping, number, text, texts

TYPE = "dc+sd-jwt"
HOLDER_TYPE = "kb+jwt"
VCT_PATH = "/credentials/residence-permit"
HOLDER_AGE_S = 600
"""How old the holder's proof may be that answers a checker's nonce."""

SHAPE = re.compile(r"[A-Za-z0-9_.~-]+")
OPEN = frozenset({"iss", "iat", "exp", "nbf", "vct", "cnf", "status", "_sd", "_sd_alg", "...", "sub"})
"""What can be no disclosure's name."""

YEARS = range(1, 11)
CLAIMS = (
    "name", "sex", "ethnic_group", "birthdate", "identity_number", "household_division", "household_address",
    "residence_address", "workplace", "permit_number", "licence_id", "version", "issued_on", "valid_until",
    "photo", "lives_in", "age_over_16", "age_over_18", *(f"residence_years_ge_{years}" for years in YEARS),
)  # fmt: skip
"""Every document holds all of these, each its own disclosure: so their number says nothing."""


@dataclass(frozen=True, slots=True)
class Presentation:
    """A document, or what a holder shows of it, taken apart; nothing is proved before `signed_by`."""

    issuer: str
    kid: str
    token: jws.Jws
    disclosures: list[str]
    shown: str
    """All but the holder's proof."""
    proof: str

    def signed_by(self, alg: str, jwk: algorithms.Jwk) -> bool:
        return self.token.signed_by(alg, jwk)

    def document(self) -> Document:
        """What it says and discloses, once its signature is proved; raises Refused."""
        payload = self.token.payload
        status = mapping(mapping(payload, "status"), "status_list")
        algorithms.coordinates(self._holder())
        if text(payload, "vct") != self.issuer + VCT_PATH or payload.get("_sd_alg") != "sha-256":
            raise malformed()
        issued_at = number(payload, "iat")
        return Document(
            "sd_jwt_vc",
            self.issuer,
            self.kid,
            issued_at,
            issued_at + DAY_S,
            number(payload, "exp"),
            StatusReference(text(status, "uri"), number(status, "idx")),
            self._disclosed(frozenset(texts(payload, "_sd"))),
        )

    def held(self, audience: str | None, nonce: str | None, moment: int) -> bool:
        """Whether the holder's key answered this checker's nonce. Raises Refused for a proof that is wrong,
        and for none where one was asked for. Without `audience` and `nonce` a proof is looked at and proves
        no presence.
        """
        asked = audience is not None or nonce is not None
        if not self.proof and not asked:
            return False
        try:
            fits = self._proved(audience, nonce, moment, asked)
        except Refused:
            fits = False
        if not fits:
            raise Refused("forged", "holder")
        return asked

    def _proved(self, audience: str | None, nonce: str | None, moment: int, asked: bool) -> bool:
        proof = jws.read(self.proof)
        said = proof.payload
        made_at = number(said, "iat")
        digest = base64url(hashlib.sha256(self.shown.encode()).digest())
        return (
            proof.header.get("typ") == HOLDER_TYPE
            and proof.signed_by("ES256", self._holder())
            and said.get("sd_hash") == digest
            and made_at <= moment + LEEWAY_S
            and (not asked or moment - made_at <= HOLDER_AGE_S)
            and (audience is None or said.get("aud") == audience)
            and (nonce is None or said.get("nonce") == nonce)
        )

    def _holder(self) -> dict[str, Any]:
        return mapping(mapping(self.token.payload, "cnf"), "jwk")

    def _disclosed(self, digests: frozenset[str]) -> dict[str, Any]:
        """The disclosed claims by name; each disclosure must be one that the issuer signed, and come once."""
        found: dict[str, Any] = {}
        if len(set(self.disclosures)) != len(self.disclosures):
            raise Refused("forged", "digest")
        for disclosure in self.disclosures:
            if base64url(hashlib.sha256(disclosure.encode()).digest()) not in digests:
                raise Refused("forged", "digest")
            match from_json(from_base64url(disclosure)):
                case [str(), str() as name, value] if name not in OPEN and name not in found:
                    found[name] = value
                case _:
                    raise malformed()
        return found


def read(given: str) -> Presentation | None:
    """Take a document apart; None for a token of another kind. Raises Refused for one of ours that is damaged
    or cut off.
    """
    try:
        header = jws.header_of(given)
    except Refused:
        if given.startswith("eyJ") and "~" in given:
            raise
        return None
    if header.get("typ") != TYPE:
        return None
    if not SHAPE.fullmatch(given):
        raise Refused
    issued, *disclosures = given.split("~")
    token = jws.read(issued)
    if not str(token.payload.get("vct")).endswith(VCT_PATH):
        return None
    proof = disclosures.pop() if disclosures else None
    if proof is None or (proof and proof.count(".") != 2) or not all(disclosures):
        raise Refused
    shown = given[: len(given) - len(proof)]
    return Presentation(text(token.payload, "iss"), token.kid, token, disclosures, shown, proof)
