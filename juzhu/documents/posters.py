"""登记码: an A4 sheet for a building's door. Its QR code opens a registration with the address filled in.

It is no paper of ours: it has no number and no seal, says nothing about anybody, and is made anew whenever
somebody asks. Source: Zhejiang art. 14; Hangzhou art. 25.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from juzhu.documents.district import Desk, desk
from juzhu.documents.issuing import qr_svg
from juzhu.documents.typesetting import typeset
from juzhu.operations.rules import in_force
from juzhu.operations.writing import Language
from juzhu.registration import doors
from juzhu.registration.doors import Door
from juzhu.registration.subdistricts import SUBDISTRICTS


def address_of(door: Door) -> str:
    """What the QR code holds."""
    return f"{settings.JUZHU_PUBLIC_URL}/door/{doors.of_door(door)}"


def render(door: Door, made_at: datetime) -> bytes:
    """The sheet, in both languages at once. Raises GlyphMissing, TemplateBroken."""
    laid, url = desk(), address_of(door)
    languages: tuple[Language, ...] = ("zh", "en")
    content = {
        "words": {lang: _words(laid, door, lang, made_at) for lang in languages},
        "address": door.place_name,
        "authority": {lang: laid.district.office.name.in_(lang) for lang in languages},
        "phone": laid.district.office.phone,
        "qr": qr_svg(url),
        "alt": laid.say("poster", "qr_alt", "zh", address=door.place_name, url=url),
        "title": laid.say("poster", "title", "zh", address=door.place_name),
    }
    return typeset(laid, "poster", content, made_at)


def _words(laid: Desk, door: Door, lang: Language, made_at: datetime) -> dict[str, Any]:
    rules = in_force(made_at.date()).parameters
    about = {
        "days": rules.register_working_days,
        "station": SUBDISTRICTS[door.subdistrict].station(lang),
        "place": settings.JUZHU_PUBLIC_URL.partition("://")[2],
        "address": "",
        "url": "",
    }
    return {key: pair.in_(lang).format(**about) for key, pair in laid.words["poster"].items()}


def answer(content: bytes, name: str) -> HttpResponse:
    """The sheet as a download that no cache keeps."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
