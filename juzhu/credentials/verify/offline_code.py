"""The offline code: `JZ1:` and the base45 of a CWT in a COSE_Sign1, for a QR code that is read without us."""

import re
from dataclasses import dataclass
from typing import Any

from juzhu.credentials.verify import algorithms, cbor, cose
from juzhu.credentials.verify.days import day_of
from juzhu.credentials.verify.document import Document, StatusReference
from juzhu.credentials.verify.encoding import from_base45
from juzhu.credentials.verify.errors import Refused, malformed
from juzhu.credentials.verify.shape import mapping, number, text

PREFIX = "JZ1:"
ANY_VERSION = re.compile(r"JZ[0-9]{1,9}:")
ISSUER, EXPIRES, ISSUED, STATUS, PERMIT = 1, 4, 6, 65535, -70001
"""Claims of the CWT. Source: RFC 8392 §3.1; the IETF draft of the Token Status List; -70001 is our own."""
NAME, NUMBER, DIVISION, ISSUED_ON, LAST_DAY, VERSION = 1, 2, 3, 4, 5, 6
"""Members of the claim that is ours."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code taken apart; nothing of it is proved before `signed_by`."""

    issuer: str
    kid: str
    message: cose.Sign1
    payload: dict[int | str, Any]

    def signed_by(self, alg: str, jwk: algorithms.Jwk) -> bool:
        return self.message.signed_by(alg, jwk)

    def held(self, audience: str | None, nonce: str | None, _moment: int) -> bool:
        """False: a code is nobody's proof of presence. Raises Refused where one was asked for."""
        if audience is not None or nonce is not None:
            raise Refused("forged", "holder")
        return False

    def document(self) -> Document:
        """What it says, once its signature is proved; raises Refused."""
        permit = mapping(self.payload, PERMIT)
        status = mapping(mapping(self.payload, STATUS), "status_list")
        issued_at = number(self.payload, ISSUED)
        return Document(
            "offline_code",
            self.issuer,
            self.kid,
            issued_at,
            issued_at + 1,
            number(self.payload, EXPIRES),
            StatusReference(text(status, "uri"), number(status, "idx")),
            {
                "name": text(permit, NAME),
                "permit_number": text(permit, NUMBER),
                "division": text(permit, DIVISION),
                "issued_on": _day(number(permit, ISSUED_ON)),
                "valid_until": _day(number(permit, LAST_DAY)),
                "version": number(permit, VERSION),
            },
        )


def read(code: str) -> Code:
    """Take a code apart that begins with `PREFIX`; raises Refused."""
    message = cose.read(from_base45(code.removeprefix(PREFIX)))
    payload = cbor.decode(message.payload)
    if type(payload) is not dict:
        raise malformed()
    return Code(text(payload, ISSUER), message.kid, message, payload)


def _day(number: int) -> str:
    try:
        return day_of(number).isoformat()
    except OverflowError as error:
        raise malformed() from error
