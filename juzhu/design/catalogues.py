"""Messages of the rooms: found in templates and Python, kept in PO files, compiled to MO; Babel, no gettext.

The source language is Chinese: the msgid is the Chinese text, and English is the one catalogue there is.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
USES_GETTEXT = re.compile(rb"\bgettext|\bngettext|\bpgettext|\bnpgettext")


@dataclass(frozen=True)
class Room:
    """A Django app of this house, with its English catalogue."""

    folder: Path

    @property
    def po(self) -> Path:
        return self.folder / "locale" / "en" / "LC_MESSAGES" / "django.po"

    @property
    def mo(self) -> Path:
        return self.po.with_suffix(".mo")


class BrokenSource(ValueError):
    """A file whose messages cannot be read; the message names it."""


def rooms(package: Path = PACKAGE) -> list[Room]:
    return [Room(path.parent) for path in sorted(package.glob("*/apps.py"))]


def sources(room: Room) -> Iterator[tuple[str, bytes]]:
    """Relative path and Python text of every file that can hold messages. Tests speak to nobody."""
    for path in sorted(room.folder.rglob("*")):
        place = path.relative_to(room.folder)
        if {"tests", "migrations", "static", "locale"} & set(place.parts):
            continue
        if path.suffix == ".py":
            code = path.read_bytes()
            if USES_GETTEXT.search(code):
                yield place.as_posix(), code
        elif "templates" in place.parts and path.suffix in (".html", ".txt", ".svg"):
            # In brackets the blanked-out page may indent as it likes.
            page = templatize(path.read_text(encoding="utf-8"), origin=str(place))
            yield place.as_posix(), f"({page}\n)".encode()


Said = tuple[str, str | tuple[str, ...], list[str], str | None]
"""Where a message is said, its text or its forms for one and for many, comments, context."""


def said(room: Room) -> Iterator[Said]:
    """Every message as it stands in the sources. Raises BrokenSource."""
    for place, code in sources(room):
        try:
            for _line, text, comments, context in extract(
                "python", io.BytesIO(code), KEYWORDS, ["Translators:"]
            ):
                yield place, text, comments, context
        except (tokenize.TokenError, SyntaxError) as error:
            raise BrokenSource(f"{room.folder.name}/{place}: {error}") from error


def found(room: Room) -> Catalog:
    """What the room says, in Chinese."""
    catalogue = Catalog(locale="en", domain="django", header_comment="", fuzzy=False)
    for place, text, comments, context in said(room):
        catalogue.add(text, None, [(place, 0)], auto_comments=comments, context=context)
    return catalogue


def mixed(room: Room) -> list[str]:
    """Messages that are said with forms for one and for many in one place, and without in another.

    The catalogue keeps those with forms, and the Python of Debian 12 (3.11.2) does not find them when it is
    asked for one without: the page would stay Chinese.
    """
    ways: dict[tuple[str, str | None], dict[bool, str]] = {}
    for place, text, _comments, context in said(room):
        plain = isinstance(text, str)
        ways.setdefault((text if isinstance(text, str) else text[0], context), {})[plain] = place
    return [
        f"“{text}” has forms for one and for many in {places[False]}, and none in {places[True]}"
        for (text, _context), places in ways.items()
        if len(places) > 1
    ]


def kept(room: Room) -> Catalog | None:
    if not room.po.exists():
        return None
    with room.po.open("rb") as file:
        return read_po(file, locale="en", domain="django")


def merged(room: Room) -> Catalog:
    """The room's messages with the English they have; what is no longer said is dropped."""
    catalogue, old = found(room), kept(room)
    if old is None:
        return catalogue
    for message in catalogue:
        known = old.get(message.id, message.context) if message.id else None
        if known is not None and known.pluralizable == message.pluralizable and not known.fuzzy:
            message.string = known.string
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The PO file: no dates and no line numbers, so that it changes only when its messages do."""
    body = io.BytesIO()
    write_po(body, catalogue, width=110, omit_header=True, include_lineno=False, sort_output=True)
    return HEADER.encode() + body.getvalue().strip() + b"\n"


UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def has_english(message: Message) -> bool:
    english = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return not message.fuzzy and all(english)


def missing(room: Room) -> list[str]:
    """Msgids said in the room without an English one; a fuzzy one counts as missing."""
    old = kept(room)
    without = []
    for message in found(room):
        known = old.get(message.id, message.context) if message.id and old is not None else None
        if message.id and (known is None or not has_english(known)):
            without.append(message.id if isinstance(message.id, str) else message.id[0])
    return without


def _in_one(text: str | tuple[str, ...] | list[str]) -> str:
    """A text, or its forms for one and for many. Those with forms are other messages than those without."""
    return text if isinstance(text, str) else " / ".join(text)


def clashes(every: list[Room]) -> list[str]:
    """Messages to which two rooms give different English.

    Django merges the catalogues of all rooms, so only one of the two would ever be read. Settle on one,
    or give one a context (`pgettext`, `{% translate … context "…" %}`).
    """
    english: dict[tuple[str, str | None], dict[str, list[str]]] = {}
    for room in every:
        for message in kept(room) or ():
            if message.id and has_english(message):
                text = _in_one(message.id)
                says = _in_one(message.string or "")
                english.setdefault((text, message.context), {}).setdefault(says, []).append(room.folder.name)
    return [
        f"“{text}” has more than one English: "
        + "; ".join(f"{', '.join(names)}: “{says}”" for says, names in answers.items())
        for (text, _context), answers in english.items()
        if len(answers) > 1
    ]


def compiled(room: Room) -> bytes | None:
    """The MO file that belongs to the PO file, or None without one."""
    catalogue = kept(room)
    if catalogue is None:
        return None
    # Babel dates a catalogue without dates from the present minute; the same PO file must give the same MO.
    catalogue.creation_date = catalogue.revision_date = UNDATED
    body = io.BytesIO()
    write_mo(body, catalogue)
    return body.getvalue()
