"""The electronic seal (SESeal) and what it signs (SES_Signature), version 4, as ASN.1 in DER.

Source: GB/T 38540; the algorithms' identifiers are those of GM/T 0006.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from asn1crypto import core

from juzhu.credentials.verify.sm2 import sm3
from juzhu.documents.sealing.certificates import SM2_WITH_SM3

VERSION = 4
ORGANISATION = 1
"""A seal of an organisation, not of a person."""
CERTIFICATES = 1
"""The seal lists its signers' whole certificates, not their digests."""
Sign = Callable[[bytes], bytes]
"""What signs data, and gives the signature as DER."""


class Header(core.Sequence):  # type: ignore[misc]
    _fields: ClassVar = [("id", core.IA5String), ("version", core.Integer), ("vendor", core.IA5String)]


class Certificates(core.SequenceOf):  # type: ignore[misc]
    _child_spec = core.OctetString


class Property(core.Sequence):  # type: ignore[misc]
    _fields: ClassVar = [
        ("type", core.Integer),
        ("name", core.UTF8String),
        ("list_type", core.Integer),
        ("certificates", Certificates),
        ("created", core.GeneralizedTime),
        ("valid_from", core.GeneralizedTime),
        ("valid_until", core.GeneralizedTime),
    ]


class PictureInfo(core.Sequence):  # type: ignore[misc]
    _fields: ClassVar = [
        ("type", core.IA5String),
        ("data", core.OctetString),
        ("width", core.Integer),
        ("height", core.Integer),
    ]


class SealInfo(core.Sequence):  # type: ignore[misc]
    _fields: ClassVar = [
        ("header", Header),
        ("id", core.IA5String),
        ("property", Property),
        ("picture", PictureInfo),
        ("extensions", core.Any, {"explicit": 0, "optional": True}),
    ]


class Seal(core.Sequence):  # type: ignore[misc]
    _fields: ClassVar = [
        ("info", SealInfo),
        ("certificate", core.OctetString),
        ("algorithm", core.ObjectIdentifier),
        ("signature", core.OctetBitString),
    ]


class ToSign(core.Sequence):  # type: ignore[misc]
    _fields: ClassVar = [
        ("version", core.Integer),
        ("seal", Seal),
        ("time", core.GeneralizedTime),
        ("digest", core.OctetBitString),
        ("property", core.IA5String),
        ("extensions", core.Any, {"explicit": 0, "optional": True}),
    ]


class Signature(core.Sequence):  # type: ignore[misc]
    _fields: ClassVar = [
        ("to_sign", ToSign),
        ("certificate", core.OctetString),
        ("algorithm", core.ObjectIdentifier),
        ("signature", core.OctetBitString),
        ("timestamp", core.OctetBitString, {"explicit": 0, "optional": True}),
    ]


@dataclass(frozen=True, slots=True)
class Picture:
    """How a seal looks: a PNG, and its size in millimetres."""

    png: bytes
    width: int
    height: int


def seal(
    name: str,
    identifier: str,
    picture: Picture,
    signer: bytes,
    maker: bytes,
    period: tuple[datetime, datetime],
    sign: Sign,
) -> Seal:
    """A seal that the maker (制章人), who signs, gives to the signer (签章人); both by their certificates."""
    info = SealInfo(
        {
            "header": {"id": "ES", "version": VERSION, "vendor": "juzhu"},
            "id": identifier,
            "property": {
                "type": ORGANISATION,
                "name": name,
                "list_type": CERTIFICATES,
                "certificates": [signer],
                "created": period[0],
                "valid_from": period[0],
                "valid_until": period[1],
            },
            "picture": {
                "type": "png",
                "data": picture.png,
                "width": picture.width,
                "height": picture.height,
            },
        }
    )
    return Seal({"info": info, **_signed(info, maker, sign)})


def stamp(seal: Seal, description: bytes, path: str, at: datetime, signer: bytes, sign: Sign) -> bytes:
    """The SES_Signature over the description that lies at `path` of the package."""
    to_sign = ToSign(
        {"version": VERSION, "seal": seal, "time": at, "digest": sm3(description), "property": path}
    )
    return bytes(Signature({"to_sign": to_sign, **_signed(to_sign, signer, sign)}).dump())


def _signed(what: core.Sequence, certificate: bytes, sign: Sign) -> dict[str, Any]:
    return {
        "certificate": certificate,
        "algorithm": SM2_WITH_SM3,
        "signature": sign(what.dump()),
    }
