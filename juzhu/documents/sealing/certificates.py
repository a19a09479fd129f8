"""The certificates that we make for development: X.509 for a key of either curve.

Source: RFC 5280; for SM2 the object identifiers of GM/T 0006.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import core, keys, x509

P256 = "secp256r1"
SM2 = "sm2p256v1"
SM2_WITH_SM3 = "1.2.156.10197.1.501"
ALGORITHMS = {P256: "sha256_ecdsa", SM2: SM2_WITH_SM3}
BACKDATED = timedelta(days=1)
GOOD_FOR = timedelta(days=3650)

keys.NamedCurve.register(SM2, "1.2.156.10197.1.301", 32)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a certificate is about, or who issues it: a common name, and a key by its curve, its point (x‖y)
    and what signs with it, in DER.
    """

    name: str
    curve: str
    point: bytes
    sign: Callable[[bytes], bytes]


def certificate(of: Holder, by: Holder, at: datetime) -> bytes:
    """A certificate in DER. Who issues to themself is an authority; all others sign documents."""
    public = keys.PublicKeyInfo(
        {
            "algorithm": {"algorithm": "ec", "parameters": keys.ECDomainParameters("named", of.curve)},
            "public_key": keys.ECPointBitString(b"\x04" + of.point),
        }
    )
    how = {"algorithm": ALGORITHMS[by.curve]}
    asked = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": 1 << 126 | secrets.randbits(126),
            "signature": how,
            "issuer": _name(by.name),
            "validity": {
                "not_before": x509.Time({"utc_time": at - BACKDATED}),
                "not_after": x509.Time({"utc_time": at + GOOD_FOR}),
            },
            "subject": _name(of.name),
            "subject_public_key_info": public,
            "extensions": _extensions(of, by),
        }
    )
    made = x509.Certificate(
        {"tbs_certificate": asked, "signature_algorithm": how, "signature_value": by.sign(asked.dump())}
    )
    return bytes(made.dump())


def _name(common: str) -> x509.Name:
    return x509.Name.build({"country_name": "CN", "organization_name": "juzhu", "common_name": common})


def _extensions(of: Holder, by: Holder) -> list[dict[str, Any]]:
    own = of == by
    uses = {"key_cert_sign"} if own else {"digital_signature", "non_repudiation"}
    return [
        _extension("basic_constraints", x509.BasicConstraints({"ca": own}), critical=True),
        _extension("key_usage", x509.KeyUsage(uses), critical=True),
        _extension("key_identifier", core.OctetString(_identifier(of))),
        _extension(
            "authority_key_identifier", x509.AuthorityKeyIdentifier({"key_identifier": _identifier(by)})
        ),
    ]


def _extension(name: str, value: core.Asn1Value, *, critical: bool = False) -> dict[str, Any]:
    return {"extn_id": name, "critical": critical, "extn_value": core.ParsableOctetString(value.dump())}


def _identifier(holder: Holder) -> bytes:
    """A name of the key, by which certificates are found and nothing is protected."""
    return hashlib.sha256(b"\x04" + holder.point).digest()[:20]
