"""A district's keys, lists and documents with fixed times, and documents that are not as they should be."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from juzhu.credentials.signing import holder, jws, keys, offline_code, sd_jwt, status_list, trust_list
from juzhu.credentials.signing.keys import SigningKey
from juzhu.credentials.signing.offline_code import CodeContent
from juzhu.credentials.verify import IssuerKey, cbor, cose
from juzhu.credentials.verify.algorithms import ALGORITHMS
from juzhu.credentials.verify.days import DAY_S, start_of
from juzhu.credentials.verify.document import StatusReference
from juzhu.credentials.verify.encoding import base45, base64url, from_base45, from_base64url, to_json

ORIGIN = "https://permits.gongshu.example"
ELSEWHERE = "https://permits.elsewhere.example"
URI = f"{ORIGIN}/status/3"
TODAY = date(2026, 3, 10)
NOW = start_of(TODAY) + 12 * 3600
BEGAN = start_of(date(2026, 1, 1))
LAST_DAY = date(2027, 3, 8)
ISSUED_ON = date(2026, 3, 9)
ISSUED_AT = start_of(ISSUED_ON) + 10 * 3600
AUDIENCE, NONCE = "https://school.example", "n-0S6_WzA2Mj"
NAME = {"zh": "杭州市拱墅区", "en": "Gongshu District, Hangzhou"}
VALID, TERMINATED, SUSPENDED, SUPERSEDED = range(1000, 1004)
"""Indices in the list, by what stands there."""

CLAIMS: dict[str, Any] = {
    "name": "周小芸", "sex": "女", "ethnic_group": "汉", "birthdate": "1994-05-17",
    "identity_number": "341126199405170025", "household_division": "341126",
    "household_address": "安徽省滁州市凤阳县示例路1号", "residence_address": "杭州市拱墅区示例街2号",
    "workplace": "", "permit_number": "33010526000172", "licence_id": "", "version": 1,
    "issued_on": "2026-03-09", "valid_until": "2027-03-08", "photo": "", "lives_in": "330100",
    "age_over_16": True, "age_over_18": True,
    **{f"residence_years_ge_{years}": years <= 3 for years in range(1, 11)},
}  # fmt: skip
CONTENT = CodeContent("周小芸", "33010526000172", "330105", ISSUED_ON, LAST_DAY, 1)


class Repeatable(keys.Es256Key):
    """A key whose signatures come out the same (RFC 6979)."""

    def sign(self, data: bytes) -> bytes:
        made = self._private.sign(data, ec.ECDSA(SHA256(), deterministic_signing=True))
        return b"".join(number.to_bytes(32) for number in decode_dss_signature(made))


def key(number: int) -> Repeatable:
    return Repeatable(ec.derive_private_key(number, ec.SECP256R1()))


ROOT, KEY, OLD, NEXT, LOST, STATUS_ONLY, PERMIT_ONLY, STRANGER, PHONE, OTHER_PHONE = map(
    key, range(1001, 1011)
)
"""OLD signed until the end of February, NEXT begins in April, LOST is revoked from noon of 8 March;
STRANGER is in no trust list.
"""
SM2 = keys.Sm2Key(bytes(31) + b"\x2a")
LOST_FROM = start_of(date(2026, 3, 8)) + 12 * 3600


def known(of: SigningKey, *uses: str, **times: int) -> IssuerKey:
    spans = {"not_before": BEGAN, **times}
    return IssuerKey(of.kid, of.alg, of.public_jwk(), frozenset(uses or ("permit", "status")), **spans)


KNOWN = [
    known(KEY),
    known(OLD, not_after=start_of(date(2026, 3, 1))),
    known(NEXT, not_before=start_of(date(2026, 4, 1))),
    known(LOST, revoked_at=LOST_FROM),
    known(STATUS_ONLY, "status"),
    known(PERMIT_ONLY, "permit"),
    known(SM2),
]
ISSUER = trust_list.issuer(ORIGIN, "330105", NAME, KNOWN)


def trust(issued_at: int = NOW - DAY_S, root: SigningKey = ROOT) -> str:
    return trust_list.token(root, [ISSUER], publisher=ORIGIN, issued_at=issued_at)


def listed(signer: SigningKey = KEY, issued_at: int = NOW - 3600, uri: str = URI, size: int = 4096) -> str:
    """A list in which the four indices have their four statuses."""
    statuses = bytearray(size)
    for status, idx in enumerate((VALID, TERMINATED, SUSPENDED, SUPERSEDED)):
        if idx < size:
            statuses[idx] = status
    return status_list.token(signer, statuses, uri=uri, issued_at=issued_at)


def packed_list(lst: bytes, bits: int = 2) -> str:
    """A list whose array is any bytes."""
    said = {
        "sub": URI,
        "iat": NOW - 3600,
        "exp": NOW + 3600,
        "status_list": {"bits": bits, "lst": base64url(lst)},
    }
    return jws.sign(KEY, "statuslist+jwt", said)


def code(
    idx: int = VALID,
    *,
    signer: SigningKey = KEY,
    issued_at: int = ISSUED_AT,
    issuer: str = ORIGIN,
    name: str = "",
) -> str:
    content = replace(CONTENT, name=name or CONTENT.name)
    return offline_code.make(
        signer, content, issuer=issuer, status=StatusReference(URI, idx), issued_at=issued_at
    )


def document(
    idx: int = VALID, *, signer: SigningKey = KEY, issued_at: int = ISSUED_AT, issuer: str = ORIGIN
) -> str:
    return sd_jwt.issue(
        signer,
        CLAIMS,
        issuer=issuer,
        holder=PHONE.public_jwk(),
        status=StatusReference(URI, idx),
        issued_at=issued_at,
        last_day=LAST_DAY,
        randomness=hashlib.shake_128(b"salts").digest,
    )


def shown(
    *names: str,
    proof: SigningKey = PHONE,
    made_at: int = NOW - 5,
    of: str = "",
    audience: str = AUDIENCE,
    nonce: str = NONCE,
) -> str:
    return holder.present(
        of or document(), names or ("lives_in",), key=proof, audience=audience, nonce=nonce, made_at=made_at
    )


def raw_code(
    payload: Any = None,
    *,
    protected: dict[int | str, Any] | None = None,
    unprotected: dict[int | str, Any] | None = None,
    tag: int = 18,
    parts: list[Any] | None = None,
    after: bytes = b"",
) -> str:
    """A code that the issuer has truly signed, and that is not as we make it."""
    said = payload if isinstance(payload, bytes) else cbor.encode(payload or code_payload())
    spelled = cbor.encode(protected or headers(KEY))
    message = parts or [spelled, unprotected or {}, said, KEY.sign(cose.to_sign(spelled, said))]
    return "JZ1:" + base45(cbor.encode(cbor.Tagged(tag, message)) + after)


def parts_of(made: str) -> list[Any]:
    """Of a code: protected headers, open headers, payload, signature."""
    parts: list[Any] = cbor.decode(from_base45(made[4:])).value
    return parts


def headers(signer: SigningKey) -> dict[int | str, Any]:
    return {1: ALGORITHMS[signer.alg].cose, 4: from_base64url(signer.kid)}


def code_payload() -> dict[int | str, Any]:
    payload: dict[int | str, Any] = cbor.decode(parts_of(code())[2])
    return payload


def without(claim: int) -> dict[int | str, Any]:
    return {name: value for name, value in code_payload().items() if name != claim}


def altered(of: str, **changed: Any) -> str:
    """A document whose payload says something else, under the signature of before."""
    head, payload, rest = of.split(".", 2)
    said = json.loads(from_base64url(payload)) | changed
    return f"{head}.{base64url(to_json(said))}.{rest}"


def signed(*, tail: str = "~", drop: str = "", **changed: Any) -> str:
    """A document that the issuer has truly signed, and that is not as we issue it."""
    said = json.loads(from_base64url(document().split(".")[1])) | changed
    said.pop(drop, None)
    return jws.sign(KEY, "dc+sd-jwt", said) + tail


def disclosed(*values: Any) -> tuple[str, str]:
    """A disclosure, and its digest."""
    made = base64url(to_json(list(values)))
    return made, sd_jwt.digest(made)


def headed(of: str, **changed: Any) -> str:
    """A document whose header says something else."""
    head, rest = of.split(".", 1)
    return f"{base64url(to_json(json.loads(from_base64url(head)) | changed))}.{rest}"


def flipped(of: str, at: int) -> str:
    """One character replaced by another of the same alphabet."""
    return of[:at] + ("B" if of[at] != "B" else "C") + of[at + 1 :]


def lost_bit(of: str) -> str:
    """A document whose signature ends with a character of which no bit is the signature's."""
    issued, rest = of.split("~", 1)
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return f"{issued[:-1]}{digits[digits.index(issued[-1]) + 1]}~{rest}"


def nothing_listed(signer: SigningKey = KEY, *, issued_at: int) -> str:
    """A list in which all are valid."""
    return status_list.token(signer, bytes(4096), uri=URI, issued_at=issued_at)
