"""Reading sealed papers as a stranger would: an OFD's parts and its seal by DER alone, a PDF by pdfsig."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from asn1crypto import parser

from juzhu.documents.issuing import render_ofd
from juzhu.documents.kinds import Kind
from juzhu.documents.papers import Confirmation
from juzhu.documents.papers.samples import samples
from juzhu.documents.sealing.port import sealer
from juzhu.documents.tests.reading import CODE, MADE

OFD = {"ofd": "http://www.ofdspec.org/2016"}
SIGNATURE = "Doc_0/Signs/Sign_0/Signature.xml"
VALUE = "Doc_0/Signs/Sign_0/SignedValue.dat"


def slip(**other: object) -> Confirmation:
    """The sample of a slip."""
    paper = next(paper for paper in samples("zh") if paper.kind == Kind.SLIP)
    assert isinstance(paper, Confirmation)
    return dataclasses.replace(paper, **other)  # type: ignore[arg-type]


def ofd(paper: Confirmation | None = None) -> bytes:
    """A slip as a sealed OFD."""
    found = sealer()
    assert found
    return render_ofd(paper or slip(), found, code=CODE, made_at=MADE)


def parts(package: bytes) -> dict[str, bytes]:
    """Every file of a package."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def sm3(data: bytes) -> bytes:
    return hashlib.new("sm3", data).digest()


def inside(der: bytes) -> list[bytes]:
    """The elements of a constructed one, each whole."""
    content = parser.parse(der)[4]
    found, at = [], 0
    while at < len(content):
        _class, _method, _tag, header, body, trailer = parser.parse(content[at:])
        found.append(header + body + trailer)
        at += len(found[-1])
    return found


def content(der: bytes) -> bytes:
    """What an element holds."""
    return bytes(parser.parse(der)[4])


def bits(der: bytes) -> bytes:
    """What a BIT STRING holds, without the number of unused bits."""
    assert content(der)[0] == 0
    return content(der)[1:]


@dataclass(frozen=True, slots=True)
class Signed:
    """Something signed: what, by whose certificate (DER), and the signature (DER)."""

    data: bytes
    certificate: bytes
    signature: bytes

    @property
    def point(self) -> bytes:
        """x‖y of the certificate's key: what stands behind the SM2 curve's name."""
        before = bytes.fromhex("06082a811ccf5501822d03420004")
        at = self.certificate.index(before) + len(before)
        return self.certificate[at : at + 64]


def signed(value: bytes) -> tuple[Signed, Signed]:
    """The stamp, and the seal in it. Raises ValueError or IndexError for what is neither."""
    to_sign, certificate, _algorithm, signature = inside(value)[:4]
    info, maker, _by, sealed = inside(inside(to_sign)[1])[:4]
    return (
        Signed(to_sign, content(certificate), bits(signature)),
        Signed(info, content(maker), bits(sealed)),
    )


def faults(found: dict[str, bytes]) -> Iterator[str]:
    """Which parts are not what was described, and whether the description is what was signed."""
    to_sign = inside(signed(found[VALUE])[0].data)
    described = found.get(SIGNATURE, b"")
    if bits(to_sign[3]) != sm3(described) or content(to_sign[4]) != f"/{SIGNATURE}".encode():
        yield SIGNATURE
        return
    root = ElementTree.fromstring(described)
    listed = {
        row.get("FileRef", "").lstrip("/"): row.findtext("ofd:CheckValue", "", OFD)
        for row in root.iterfind(".//ofd:Reference", OFD)
    }
    for name, data in found.items():
        if name not in (SIGNATURE, VALUE) and listed.get(name) != base64.b64encode(sm3(data)).decode():
            yield name
    yield from (f"{name} is missing" for name in listed.keys() - found.keys())


def pdfsig(pdf: bytes, folder: Path) -> str:
    """What poppler says of a PDF's signatures."""
    found = shutil.which("pdfsig")
    assert found, "the tests of papers need pdfsig: sudo apt-get install poppler-utils"
    path = folder / "sealed.pdf"
    path.write_bytes(pdf)
    return subprocess.run([found, str(path)], capture_output=True, check=False).stdout.decode()


def openssl(*arguments: str) -> bool:
    """Whether the openssl command is content."""
    found = shutil.which("openssl")
    assert found, "the tests of papers need the openssl command"
    return subprocess.run([found, *arguments], capture_output=True, check=False).returncode == 0


def changed(data: bytes, at: int) -> bytes:
    """The same with one bit of one byte turned."""
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
