"""The parts of an OFD and the package that they make, with the signature that covers every other part.

Source: GB/T 33190-2016: package, document, resources, signatures; GB/T 38540 for what the signed value is.
"""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from juzhu.credentials.verify.sm2 import sm3
from juzhu.documents.ofd.canvas import HEIGHT, WIDTH, Canvas, element
from juzhu.documents.sealing.certificates import SM2_WITH_SM3

SM3 = "1.2.156.10197.1.401"
ROOT, DOCUMENT = "OFD.xml", "Doc_0/Document.xml"
SIGNATURES = "Doc_0/Signs/Signatures.xml"
SIGNATURE = "Doc_0/Signs/Sign_0/Signature.xml"
VALUE = "Doc_0/Signs/Sign_0/SignedValue.dat"
BY = "juzhu"
MADE = (1980, 1, 1, 0, 0, 0)
"""The date of every part: when the document was made, the document says."""
Parts = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class About:
    """What the document says of itself. `code` is its own, of letters and digits."""

    title: str
    author: str
    code: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the seal stands: the page, counted from nought, and a box in millimetres."""

    page: int
    box: tuple[float, float, float, float]


def parts_of(canvas: Canvas, about: About) -> Parts:
    """All parts but the signature's value and description."""
    parts: Parts = {ROOT: _xml(_root(about))}
    document = element("Document")
    common = element("CommonData", document)
    # What was drawn has its ids already; the pages and the rest have those that were left free.
    element("MaxUnitID", common).text = str(canvas.new_id())
    area = element("PageArea", common)
    element("PhysicalBox", area).text = f"0 0 {WIDTH:g} {HEIGHT:g}"
    element("PublicRes", common).text = "PublicRes.xml"
    if canvas.pictures:
        element("DocumentRes", common).text = "DocumentRes.xml"
    pages = element("Pages", document)
    for n, layer in enumerate(canvas.pages):
        element("Page", pages, ID=page_id(n), BaseLoc=f"Pages/Page_{n}/Content.xml")
        page = element("Page")
        element("Content", page).append(layer)
        parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = _xml(page)
    parts[DOCUMENT] = _xml(document)
    fonts = element("Fonts", resources := element("Res", BaseLoc="Res"))
    for n, (face, (number, used)) in enumerate(canvas.fonts.items()):
        font = element("Font", fonts, ID=number, FontName=face.family, FamilyName=face.family)
        element("FontFile", font).text = f"font_{n}.ttf"
        parts[f"Doc_0/Res/font_{n}.ttf"] = face.subset(used)
    parts["Doc_0/PublicRes.xml"] = _xml(resources)
    if canvas.pictures:
        media = element("MultiMedias", resources := element("Res", BaseLoc="Res"))
        for n, (number, jpeg) in enumerate(canvas.pictures):
            medium = element("MultiMedia", media, ID=number, Type="Image", Format="JPEG")
            element("MediaFile", medium).text = f"picture_{n}.jpg"
            parts[f"Doc_0/Res/picture_{n}.jpg"] = jpeg
        parts["Doc_0/DocumentRes.xml"] = _xml(resources)
    parts[SIGNATURES] = _xml(_signatures())
    return parts


def page_id(n: int) -> int:
    """The id of a page, counted from nought."""
    return n + 1


def _root(about: About) -> ET.Element:
    root = element("OFD", Version="1.1", DocType="OFD")
    body = element("DocBody", root)
    info = element("DocInfo", body)
    element("DocID", info).text = about.code
    element("Title", info).text = about.title
    element("Author", info).text = about.author
    element("CreationDate", info).text = about.made_at.date().isoformat()
    element("Creator", info).text = BY
    element("DocRoot", body).text = DOCUMENT
    element("Signatures", body).text = SIGNATURES
    return root


def _signatures() -> ET.Element:
    root = element("Signatures")
    element("MaxSignId", root).text = "1"
    element("Signature", root, ID="1", Type="Seal", BaseLoc=f"/{SIGNATURE}")
    return root


def sealed(parts: Parts, spot: Spot, at: datetime, sign: Callable[[bytes, str], bytes]) -> bytes:
    """The package. `sign` is given the signature's description and where it lies, and answers with the
    SES_Signature over it.
    """
    description = _xml(_description(parts, spot, at))
    value = sign(description, f"/{SIGNATURE}")
    return _zip({**parts, SIGNATURE: description, VALUE: value})


def _description(parts: Parts, spot: Spot, at: datetime) -> ET.Element:
    root = element("Signature")
    info = element("SignedInfo", root)
    element("Provider", info, ProviderName=BY, Company=BY, Version="1")
    element("SignatureMethod", info).text = SM2_WITH_SM3
    element("SignatureDateTime", info).text = f"{at:%Y%m%d%H%M%SZ}"
    covered = element("References", info, CheckMethod=SM3)
    for path, content in parts.items():
        row = element("Reference", covered, FileRef=f"/{path}")
        element("CheckValue", row).text = base64.b64encode(sm3(content)).decode()
    box = " ".join(f"{value:g}" for value in spot.box)
    element("StampAnnot", info, ID="1", PageRef=page_id(spot.page), Boundary=box)
    element("SignedValue", root).text = f"/{VALUE}"
    return root


def _xml(root: ET.Element) -> bytes:
    made: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return made


def _zip(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in parts.items():
            package.writestr(zipfile.ZipInfo(path, MADE), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
