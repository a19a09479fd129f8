"""JWS in its compact form (RFC 7515)."""

from dataclasses import dataclass
from typing import Any

from juzhu.credentials.verify import algorithms
from juzhu.credentials.verify.encoding import from_base64url, from_json_object
from juzhu.credentials.verify.errors import Refused, malformed
from juzhu.credentials.verify.shape import text


@dataclass(frozen=True, slots=True)
class Jws:
    """A token taken apart; nothing of it is proved before `signed_by`."""

    header: dict[str, Any]
    payload: dict[str, Any]
    signed: bytes
    signature: bytes

    @property
    def kid(self) -> str:
        return text(self.header, "kid")

    def signed_by(self, alg: str, jwk: algorithms.Jwk) -> bool:
        """Whether the key signed it, by the algorithm that is the key's; raises Refused for `crit`."""
        if "crit" in self.header:
            raise malformed()
        return self.header.get("alg") == alg and algorithms.verify(alg, jwk, self.signed, self.signature)


def header_of(token: str) -> dict[str, Any]:
    """The header alone, by which a kind of token is told from another; raises Refused."""
    return from_json_object(from_base64url(token.partition(".")[0]))


def read(token: str) -> Jws:
    """Take a token of three parts apart; raises Refused."""
    parts = token.split(".")
    if len(parts) != 3 or not token.isascii():
        raise Refused
    header, payload, signature = (from_base64url(part) for part in parts)
    signed = token[: -len(parts[2]) - 1] if parts[2] else token[:-1]
    return Jws(from_json_object(header), from_json_object(payload), signed.encode(), signature)
