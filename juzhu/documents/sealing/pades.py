"""A PDF's signature by PAdES, as one more update behind bytes that stay as they were.

The field has no place on the page: a PDF/A may not hide it, and a PDF/UA would have it tagged, so it stands
outside of the page. No change is allowed after it. Source: ETSI EN 319 142-1, level B-B, or B-T with a
timestamp; ISO 19005-2, 6.3.2; ISO 14289-1, 7.18.
"""

from __future__ import annotations

import io

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.timestamps import TimeStamper

FIELD = "Seal"
DIGEST = "sha256"
ROOM = 16384
"""Hexadecimal digits for a signature without a timestamp; with one, pyHanko signs once more to learn it."""


class Update(IncrementalPdfFileWriter):
    """An update that leaves the metadata alone: pyHanko would write the XMP anew, with what declares PDF/A
    and PDF/UA in another shape.
    """

    def _update_meta(self) -> None:
        pass


def sign(content: bytes, signer: Signer, *, reason: str, timestamps: TimeStamper | None = None) -> bytes:
    """The PDF with its signature. The time in it is this machine's word; a timestamp would prove one."""
    pdf = Update(io.BytesIO(content))
    said = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    field = SigFieldSpec(FIELD, invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
    out = io.BytesIO()
    made = PdfSigner(said, signer, timestamper=timestamps, new_field_spec=field)
    made.sign_pdf(pdf, output=out, bytes_reserved=None if timestamps else ROOM)
    return out.getvalue()
