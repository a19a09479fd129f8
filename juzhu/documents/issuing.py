"""Issuing a paper: made once, kept for ever, numbered and with a code to verify it by.

The official paper is made when what it says has happened (an event), or when somebody first asks for it; its
reading version when somebody first asks. What bears an electronic seal is made by the event alone: only a
worker may seal.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pikepdf
import segno
from django.conf import settings
from django.db import IntegrityError, transaction
from PIL import Image

from juzhu.documents import codes, shelf
from juzhu.documents.district import Desk, desk
from juzhu.documents.errors import SealPending, TemplateBroken
from juzhu.documents.kinds import Kind
from juzhu.documents.models import IssuedDocument
from juzhu.documents.ofd import package
from juzhu.documents.ofd import slip as ofd_slip
from juzhu.documents.papers import Confirmation, Paper, as_json
from juzhu.documents.sealing.port import Sealer, sealer
from juzhu.documents.shelf import Sheet
from juzhu.documents.typesetting import typeset
from juzhu.operations import clock, events, files, tasks
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.operations.writing import Language
from juzhu.permits.models import Application, FraudCase, Permit, Slip
from juzhu.registration.models import Registration

PHOTO_SIZE = (413, 579)
"""35 by 49 mm at 300 dots an inch."""
MADE_BY = {
    "application.supplement_requested": "notice",
    "application.accepted": "receipt",
    "application.deemed_accepted": "receipt",
    "application.refused": "refusal",
    "application.paused": "pause",
    "application.lapsed": "lapse",
    "application.ended": "ended",
    "application.declined": "refusal",
}
"""By which event which paper of the case is issued."""
OF_CORRECTIONS = ("correction.corrected", "correction.declined")
OF_FRAUD = {"fraud.told": "notice", "fraud.decided": "decision", "fraud.closed": "closure"}
OF_PERMITS = (*OF_CORRECTIONS, "permit.terminated", "permit.version_made")
"""Events of a correction or a permit whose papers are issued."""
OF_REGISTRATIONS = ("registration.opened", "registration.moved")
"""Events whose certificate is issued. Source: Hangzhou art. 13, 25."""
SEALED = "documents.seal"
"""The task of sealing a slip."""


def address_of(code: str) -> str:
    """Where a paper is verified, by anybody."""
    return f"{settings.JUZHU_PUBLIC_URL}/d/{code}"


def render(paper: Paper, *, code: str, made_at: datetime) -> bytes:
    """A paper's PDF. Raises GlyphMissing, TemplateBroken."""
    laid = desk()
    return typeset(laid, paper.kind.value, envelope(paper, laid, code), made_at)


def render_ofd(paper: Confirmation, seal: Sealer, *, code: str, made_at: datetime) -> bytes:
    """The slip as a sealed OFD. When it is sealed, the machine's own clock says. Raises GlyphMissing, and
    what the seal service raises.
    """
    laid, url = desk(), address_of(code)
    canvas, spot = ofd_slip.draw(paper, laid, url=url, code=code, photo=_photo(paper))
    about = package.About(f"{paper.title} {paper.number}", paper.authority, code, made_at)
    parts = package.parts_of(canvas, about)
    now = datetime.now(UTC)
    return package.sealed(parts, spot, now, lambda what, path: seal.ofd(what, path, paper.area))


def envelope(paper: Paper, laid: Desk, code: str) -> dict[str, Any]:
    """All that a template is given: the content, the words in its language, seal, code and photograph."""
    lang, url = paper.language, address_of(code)
    words = {
        section: {key: pair.in_(lang) for key, pair in rows.items()} for section, rows in laid.words.items()
    }
    authority = laid.district.office.name.in_(lang)
    seal = "household" if paper.kind == Kind.SLIP else "office"
    alt = "household_seal_alt" if paper.kind == Kind.SLIP else "seal_alt"
    return {
        "paper": as_json(paper, lang),
        "words": words,
        "official": lang == "zh",
        "seal": {
            "file": laid.seal(seal, paper.area),
            "alt": laid.say("common", alt, lang, authority=authority),
        },
        "verify": {
            "code": codes.written(code),
            "place": address_of("").partition("://")[2].rstrip("/"),
            "qr": qr_svg(url),
            "alt": laid.say("common", "qr_alt", lang, url=url),
        },
        "office": {
            "phone": laid.district.office.phone,
            "address": laid.district.office.address.in_(lang),
        },
        "photo": _photo_svg(paper),
        "offline": qr_svg(paper.offline) if isinstance(paper, Confirmation) and paper.offline else "",
    }


def qr_svg(said: str) -> str:
    """A QR code as templates take it."""
    out = io.BytesIO()
    segno.make(said, error="m").save(out, kind="svg", border=0, scale=4, xmldecl=False)
    return out.getvalue().decode()


def _photo(paper: Paper) -> bytes:
    """The holder's picture as a small JPEG, or nothing."""
    if not isinstance(paper, Confirmation) or not paper.photo:
        return b""
    path = files.path_of(paper.photo)
    if not path.is_file():
        return b""
    with Image.open(path) as image:
        flat = image.convert("RGB")
        flat.thumbnail(PHOTO_SIZE)
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=88)
    return out.getvalue()


def _photo_svg(paper: Paper) -> str:
    """The picture as an SVG that holds it, which is how bytes reach a template; or nothing."""
    photo = _photo(paper)
    if not photo:
        return ""
    with Image.open(io.BytesIO(photo)) as image:
        width, height = image.size
    data = base64.b64encode(photo).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" '
        f'href="data:image/jpeg;base64,{data}"/></svg>'
    )


def issued(sheet: Sheet, lang: Language) -> IssuedDocument | None:
    """The paper, if it was issued in that language."""
    return IssuedDocument.objects.select_related("file").filter(about=sheet.about, language=lang).first()


def to_be_sealed(slip: Slip) -> bool:
    """Whether a worker has still to seal the slip."""
    return sealer() is not None and issued(shelf.of_slip(slip), "zh") is None


def issue(sheet: Sheet, lang: Language) -> IssuedDocument:
    """The paper, issued now if it was not before. Two that ask at once are given the same. It opens no key:
    what bears an electronic seal is there once a worker has sealed it, or can't be set, which is told.

    Raises GlyphMissing, TemplateBroken; DistrictFilesBroken; SealPending.
    """
    seal = sealer() if sheet.kind == Kind.SLIP and lang == "zh" else None
    return _issue(sheet, lang, seal, may_seal=False)


def seal_slip(slip: Slip) -> IssuedDocument:
    """The slip with the electronic seal of the service, as PDF and OFD; for workers. Where there is no such
    service, the paper that is stamped by hand. Raises what `issue` does, and what the service raises.
    """
    return _issue(shelf.of_slip(slip), "zh", sealer(), may_seal=True)


def _issue(sheet: Sheet, lang: Language, seal: Sealer | None, *, may_seal: bool) -> IssuedDocument:
    known = issued(sheet, lang)
    if known:
        return known
    paper = sheet.make(lang)
    if paper is None and (known := issued(sheet, "zh")):
        return known
    if paper is None:
        raise TemplateBroken(template=f"{sheet.kind}.typ", line=0, fault="there is nothing to say")
    now = clock.now()
    code = sheet.code if sheet.code and lang == "zh" else codes.new()
    content, ofd = render(paper, code=code, made_at=now), b""
    if seal and isinstance(paper, Confirmation):
        if not may_seal:
            raise SealPending
        content = seal.pdf(content, paper.area)
        ofd = render_ofd(paper, seal, code=code, made_at=now)
    try:
        with transaction.atomic():
            return _keep(sheet, paper, content, ofd, code, now)
    except IntegrityError:
        found = issued(sheet, lang)
        if found is None:
            raise
        return found


def _keep(sheet: Sheet, paper: Paper, content: bytes, ofd: bytes, code: str, now: datetime) -> IssuedDocument:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = len(pdf.pages)
    name = f"{paper.title} {paper.number}"
    file = files.keep(files.Cleaned(content, "application/pdf", "pdf", pages), f"{name}.pdf", actor=SYSTEM)
    beside = files.Cleaned(ofd, "application/ofd", "ofd", pages) if ofd else None
    document = IssuedDocument.objects.create(
        kind=paper.kind.value,
        about=sheet.about,
        language=paper.language,
        number=paper.number,
        code=code,
        person_id=sheet.person_id,
        application_id=sheet.application_id,
        permit_id=sheet.permit_id,
        dated=paper.on,
        sha256=file.sha256,
        file=file,
        ofd=files.keep(beside, f"{name}.ofd", actor=SYSTEM) if beside else None,
        made_at=now,
    )
    events.append(
        "document.issued",
        actor=SYSTEM,
        subject=document,
        person_id=sheet.person_id,
        document=paper.kind.value,
        number=paper.number,
        language=paper.language,
        sha256=file.sha256,
    )
    return document


@events.subscribe(*MADE_BY, *OF_FRAUD, *OF_PERMITS, *OF_REGISTRATIONS)
def enqueue(event: Event) -> None:
    """Have the paper made by a task of its own: a name that can't be set must not keep the message back."""
    if event.kind in MADE_BY:
        work = {"application": event.subject_id, "slug": MADE_BY[event.kind]}
    elif event.kind in OF_REGISTRATIONS:
        work = {"registration": event.subject_id}
    elif event.kind in OF_FRAUD:
        work = {"fraud": event.subject_id, "slug": OF_FRAUD[event.kind]}
    elif event.kind in OF_CORRECTIONS:
        work = {"correction": event.subject_id}
    elif event.kind == "permit.terminated":
        work = {"permit": event.subject_id, "slug": "termination"}
    else:
        work = {"permit": event.subject_id, "slug": f"change-{event.data['version']}"}
    tasks.enqueue(
        "documents.issue", {**work, "day": clock.today().isoformat()}, key=f"documents:event:{event.pk}"
    )


@events.subscribe("permit.slip_handed")
def enqueue_seal(event: Event) -> None:
    """Have the slip that is handed out sealed."""
    tasks.enqueue(SEALED, {"slip": event.data["slip"]}, key=f"documents:event:{event.pk}")


@tasks.handles(SEALED, outside=True)
def seal_by_event(payload: Mapping[str, str]) -> None:
    """Seal a slip; outside of any transaction, since a seal service may be slow."""
    seal_slip(Slip.objects.select_related("permit__person", "version").get(number=payload["slip"]))


@tasks.handles("documents.issue")
def issue_by_event(payload: Mapping[str, str]) -> None:
    """Issue the official paper, if what it says still stands."""
    if "registration" in payload:
        row = Registration.objects.select_related("person", "community").get(pk=payload["registration"])
        found: Sheet | None = shelf.of_registration(row)
    elif "correction" in payload:
        about = f"correction:{payload['correction']}"
        permit = Permit.objects.select_related("person").get(corrections=int(payload["correction"]))
        found = next((sheet for sheet in shelf.of_permit(permit) if sheet.about == about), None)
    elif "fraud" in payload:
        case = FraudCase.objects.select_related("person", "permit").get(pk=payload["fraud"])
        found = shelf.named(shelf.of_fraud(case), payload["slug"])
    elif "permit" in payload:
        sheets = shelf.of_permit(Permit.objects.select_related("person").get(pk=payload["permit"]))
        found = shelf.named(sheets, payload["slug"])
    else:
        filed = Application.objects.select_related("person", "permit").get(pk=payload["application"])
        sheets = shelf.of_case(filed, date.fromisoformat(payload["day"]))
        latest = [sheet for sheet in sheets if sheet.slug.partition("-")[0] == payload["slug"]]
        found = latest[-1] if latest else None
    if found is not None:
        issue(found, "zh")
