"""Status lists (IETF Token Status List): a signed, compressed array that says how a document stands."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from juzhu.credentials.verify import jws
from juzhu.credentials.verify.document import LEEWAY_S, StatusReference
from juzhu.credentials.verify.encoding import from_base64url
from juzhu.credentials.verify.errors import Refused, malformed
from juzhu.credentials.verify.shape import mapping, number, text
from juzhu.credentials.verify.trust import Issuer, IssuerKey

TYPE = "statuslist+jwt"
VALID, TERMINATED, SUSPENDED, SUPERSEDED = range(4)
MAX_INFLATED = 4 << 20
MAX_CHARACTERS = 6 << 20
BITS = (1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class StatusList:
    """A list whose signature is right. Times in unix seconds."""

    uri: str
    issued_at: int
    expires_at: int
    bits: int
    packed: bytes

    def status(self, idx: int) -> int | None:
        """The value at this place; None past the list's end."""
        byte, over = divmod(idx * self.bits, 8)
        if not 0 <= byte < len(self.packed):
            return None
        return self.packed[byte] >> over & (1 << self.bits) - 1


@dataclass(frozen=True, slots=True)
class Standing:
    """What a current list says of one document, and when the list was made."""

    status: int
    listed_at: int


class Lists:
    """The status lists a checker has at hand, by their uri. Each is checked when first asked for."""

    def __init__(self, tokens: Iterable[str | bytes] = ()) -> None:
        self._tokens: dict[str, list[_Token]] = {}
        for token in tokens:
            self.add(token)

    def add(self, token: str | bytes) -> str:
        """Keep a list's token; answers its uri, or "" for what is no list. Nothing is trusted by this."""
        try:
            kept = _Token.of(token)
        except Refused:
            return ""
        beside = self._tokens.setdefault(kept.uri, [])
        beside.append(kept)
        beside.sort(key=lambda each: -each.issued_at)
        return kept.uri

    def standing(self, at: StatusReference, issuer: Issuer, moment: int) -> Standing | None:
        """What the newest list says that this issuer signed and that is current; None without one."""
        for token in self._tokens.get(at.uri, ()):
            read = token.current(issuer, moment)
            if read and (status := read.status(at.idx)) is not None:
                return Standing(status, read.issued_at)
        return None


@dataclass(slots=True)
class _Token:
    jws: jws.Jws
    uri: str
    issued_at: int
    expires_at: int
    seen: dict[str, StatusList | None] = field(default_factory=dict)
    """By the kid that was tried: the list, or None where the key did not sign it."""

    @classmethod
    def of(cls, token: str | bytes) -> "_Token":
        if len(token) > MAX_CHARACTERS:
            raise Refused
        try:
            plain = token if isinstance(token, str) else token.decode("ascii")
        except UnicodeDecodeError as error:
            raise Refused from error
        read = jws.read(plain.strip("\t\n\r "))
        if read.header.get("typ") != TYPE:
            raise malformed()
        payload = read.payload
        return cls(read, text(payload, "sub"), number(payload, "iat"), number(payload, "exp"))

    def current(self, issuer: Issuer, moment: int) -> StatusList | None:
        if not self.issued_at <= moment + LEEWAY_S or moment >= self.expires_at:
            return None
        kid = self.jws.header.get("kid")
        key = issuer.key(kid, "status") if type(kid) is str else None
        if (
            key is None
            or not key.in_use(self.issued_at, self.issued_at + 1)
            or key.revoked(self.issued_at + 1)
        ):
            return None
        if key.kid not in self.seen:
            self.seen[key.kid] = self._read(key)
        return self.seen[key.kid]

    def _read(self, key: IssuerKey) -> StatusList | None:
        try:
            if not self.jws.signed_by(key.alg, key.jwk):
                return None
            given = mapping(self.jws.payload, "status_list")
            bits = number(given, "bits")
            if bits not in BITS:
                return None
            packed = inflate(from_base64url(text(given, "lst")))
        except Refused:
            return None
        return StatusList(self.uri, self.issued_at, self.expires_at, bits, packed)


def inflate(data: bytes) -> bytes:
    """Unpack zlib data that ends where it says, up to `MAX_INFLATED` bytes; raises Refused."""
    unpacking = zlib.decompressobj()
    try:
        inflated = unpacking.decompress(data, MAX_INFLATED + 1)
    except zlib.error as error:
        raise Refused from error
    if len(inflated) > MAX_INFLATED or not unpacking.eof or unpacking.unused_data:
        raise Refused
    return inflated
