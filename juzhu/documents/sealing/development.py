"""A seal for development: authorities of our own, whose certificates say that they prove nothing.

All that a certified service does is done in earnest, so that everything around it can be built and tried.
The authorities' keys are thrown away once they have issued; those of who makes and who uses the seal lie
encrypted beside the stored files, and are opened by workers alone. Production refuses this module.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from asn1crypto import keys, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.utils.crypto import salted_hmac
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from juzhu.credentials.signing import sm2
from juzhu.credentials.verify.sm2 import to_der
from juzhu.documents.district import desk
from juzhu.documents.sealing import pades, ses
from juzhu.documents.sealing.certificates import P256, SM2, Holder, certificate
from juzhu.documents.typesetting import picture

SAYS = "开发用电子印章，无法律效力 Development only, no legal force"
"""What every certificate and every seal says of itself."""
SIZE = 40
"""Millimetres, both ways: that of a paper's printed seal."""
PDF, MAKER, USER = "pdf", "maker", "user"
"""Who has a key: who signs PDFs; who makes the seal of OFDs (制章人), and who uses it (签章人)."""
TIMEOUT_S = 20
_PEM, _DER, _PKCS8 = serialization.Encoding.PEM, serialization.Encoding.DER, serialization.PrivateFormat.PKCS8


@dataclass(frozen=True, slots=True)
class Kit:
    """What lies in the folder, opened. Certificates are in DER; `root` is who issued that of PDFs."""

    root: bytes
    certificates: dict[str, bytes]
    pdf: bytes
    """A P-256 key as PKCS#8 in DER; the others are SM2 keys."""
    maker: bytes
    user: bytes


class DevelopmentSealer:
    """The seal itself. It is made when it is first used."""

    development = True

    def pdf(self, content: bytes, area: str) -> bytes:
        kit = _kit(_folder())
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register(x509.Certificate.load(kit.root))
        signer = SimpleSigner(
            x509.Certificate.load(kit.certificates[PDF]), keys.PrivateKeyInfo.load(kit.pdf), store
        )
        url = settings.JUZHU_TIMESTAMP_URL
        timestamps = HTTPTimeStamper(url, timeout=TIMEOUT_S) if url else None
        return pades.sign(content, signer, reason=SAYS, timestamps=timestamps)

    def ofd(self, description: bytes, path: str, area: str) -> bytes:
        folder, laid = _folder(), desk()
        seal = _seal(folder, laid.folder, laid.seal("household", area))
        kit, now = _kit(folder), datetime.now(UTC).replace(microsecond=0)
        return ses.stamp(seal, description, path, now, kit.certificates[USER], _by_sm2(kit.user))


def _folder() -> Path:
    folder: Path = settings.JUZHU_FILES.parent / "seals"
    return folder


@lru_cache(maxsize=8)
def _seal(folder: Path, laid: Path, drawing: str) -> ses.Seal:
    """The SESeal of a drawing, signed by its maker once a process. `laid`: the desk's folder, another one
    when a drawing has changed.
    """
    kit, png = _kit(folder), picture(desk(), drawing, SIZE)
    mine = x509.Certificate.load(kit.certificates[USER])
    return ses.seal(
        SAYS,
        f"DEV-{hashlib.sha256(png).hexdigest()[:16]}",
        ses.Picture(png, SIZE, SIZE),
        kit.certificates[USER],
        kit.certificates[MAKER],
        (mine.not_valid_before, mine.not_valid_after),
        _by_sm2(kit.maker),
    )


@lru_cache(maxsize=2)
def _kit(folder: Path) -> Kit:
    """The folder's kit; made, when there is none. Raises ValueError when its keys don't open."""
    if not folder.is_dir():
        _make(folder)
    phrase = _passphrase()
    key = serialization.load_pem_private_key((folder / f"{PDF}.pem").read_bytes(), phrase)
    return Kit(
        (folder / "root.der").read_bytes(),
        {who: (folder / f"{who}.der").read_bytes() for who in (PDF, MAKER, USER)},
        key.private_bytes(_DER, _PKCS8, serialization.NoEncryption()),
        *(sm2.from_pem((folder / f"{who}.pem").read_bytes(), phrase) for who in (MAKER, USER)),
    )


def _passphrase() -> bytes:
    """From the service's secret: whoever exchanges that removes the folder, and a new seal is made."""
    return salted_hmac("juzhu.documents.sealing", "development").hexdigest().encode()


def _make(folder: Path) -> None:
    """Make keys and certificates. Of two workers that do so at once, one is the first."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    laid = Path(tempfile.mkdtemp(prefix="seals-", dir=folder.parent))
    now, phrase = datetime.now(UTC), _passphrase()
    root, _thrown_away = _p256("root of pdf")
    signer, key = _p256(PDF)
    (laid / "root.der").write_bytes(certificate(root, root, now))
    (laid / f"{PDF}.der").write_bytes(certificate(signer, root, now))
    locked = serialization.BestAvailableEncryption(phrase)
    (laid / f"{PDF}.pem").write_bytes(key.private_bytes(_PEM, _PKCS8, locked))
    authority = _of_sm2("root of maker and user", sm2.new_private())
    (laid / "root-sm2.der").write_bytes(certificate(authority, authority, now))
    for who in (MAKER, USER):
        private = sm2.new_private()
        (laid / f"{who}.der").write_bytes(certificate(_of_sm2(who, private), authority, now))
        (laid / f"{who}.pem").write_bytes(sm2.to_pem(private, phrase))
    with suppress(OSError):
        laid.rename(folder)
    shutil.rmtree(laid, ignore_errors=True)


def _p256(who: str) -> tuple[Holder, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    point = key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return Holder(_name(who), P256, point[1:], lambda data: key.sign(data, ec.ECDSA(hashes.SHA256()))), key


def _of_sm2(who: str, private: bytes) -> Holder:
    return Holder(_name(who), SM2, b"".join(sm2.public_of(private)), _by_sm2(private))


def _name(who: str) -> str:
    return f"{SAYS} ({who})"


def _by_sm2(private: bytes) -> Callable[[bytes], bytes]:
    return lambda data: to_der(sm2.sign(private, data))
