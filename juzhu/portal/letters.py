"""What every letter of the inbox is made of: what it is about, and what it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from juzhu.design.formats import day, language
from juzhu.evidence.models import Objection
from juzhu.operations.errors import Sentence
from juzhu.permits.models import Application, Permit


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it is read: title, sentences, and the one link that matters."""

    title: Sentence
    lines: tuple[str, ...]
    url: str
    label: str
    quote: str = ""
    """What an officer wrote, which stays Chinese on English pages."""
    firm: str = ""
    """The organisation that it is for."""


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about, as far as the reader may see it."""

    application: Application | None
    permit: Permit | None
    registration: str
    objection: Objection | None
    number: str
    suffix: str
    today: date
    bureau: Sentence = ""
    of: str = ""
    """Of what kind a fact was that is undone: "death", "local" or "household"."""
    kind: str = ""


Written = tuple[tuple[str, ...], str, str]
"""Sentences, the address of the link, its label."""
Writer = Callable[[About], Written]


def said_day(value: date | None) -> str:
    """A day as the reader's language writes it; "" without one."""
    return day(value, language()) if value else ""


def number_of(about: About) -> str:
    """The sentence with the application's number."""
    if about.application is None:
        return ""
    return _("编号 %(number)s。") % {"number": about.application.number}


def leads_to(about: About, place: str) -> str:
    """A page of the application, or the first page without one."""
    if about.application is None:
        return reverse("portal:home") + about.suffix
    return reverse(f"portal:{place}", args=[about.application.number])
