"""The papers of a case in the officer's menu."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from juzhu.design.formats import language
from juzhu.documents import shelf
from juzhu.documents.kinds import LANGUAGES
from juzhu.documents.shelf import Sheet
from juzhu.permits.models import Application, FraudCase


@dataclass(frozen=True, slots=True)
class Line:
    """A paper in the officer's menu, with the address of each language."""

    title: str
    dated: date
    zh: str
    en: str


def menu(application: Application, today: date) -> list[Line]:
    """The papers of a case, and of its permit where there is one."""
    lines = [
        _line(sheet, "counter:paper", application.number or "") for sheet in shelf.of_case(application, today)
    ]
    if application.permit:
        number = application.permit.number
        lines += [
            _line(sheet, "counter:permit_paper", number) for sheet in shelf.of_permit(application.permit)
        ]
    return lines


def of_fraud(case: FraudCase) -> list[Line]:
    """The papers of a case of fraud."""
    return [_line(sheet, "counter:fraud_paper", case.number) for sheet in shelf.of_fraud(case)]


def _line(sheet: Sheet, route: str, number: str) -> Line:
    zh, en = (reverse(route, args=[number, sheet.slug, lang]) for lang in LANGUAGES)
    return Line(sheet.name(language()), sheet.dated, zh, en)
