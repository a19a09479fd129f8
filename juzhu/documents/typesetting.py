"""Setting a paper with typst: PDF/A-2a and PDF/UA-1 at once, the same bytes for the same content.

A compiler can't be shared by threads, so each thread has one; the fonts are read once and shared. Fonts of
the machine are never used, so that a paper looks alike everywhere. The standard refuses a character that
has no glyph, where a plain PDF would print a box: that refusal becomes `GlyphMissing`.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import noto_cjk_sans_otc
import orjson
import typst

from juzhu.documents.district import Desk
from juzhu.documents.errors import GlyphMissing, TemplateBroken

STANDARDS: list[Any] = ["a-2a", "ua-1"]
NO_GLYPH = re.compile(r'the text `?"(.+?)"`? could not be displayed')
PLACE = re.compile(r"┌─ (\S+?):(\d+)")
DOTS_PER_INCH = 300
BASE_FACE = "Noto Sans CJK SC"
_mine = threading.local()


@lru_cache(maxsize=4)
def _fonts(own: Path | None) -> typst.Fonts:
    shipped = Path(str(noto_cjk_sans_otc.FONT_PATH)).parent
    folders = [*([str(own)] if own else []), str(shipped)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _compiler(desk: Desk) -> typst.Compiler:
    """This thread's compiler for these templates."""
    if getattr(_mine, "desk", None) != (desk.folder, desk.fonts):
        _mine.compiler = typst.Compiler(
            root=str(desk.folder), font_paths=_fonts(desk.fonts), ignore_system_fonts=True
        )
        _mine.desk = (desk.folder, desk.fonts)
    compiler: typst.Compiler = _mine.compiler
    return compiler


def typeset(desk: Desk, template: str, content: Mapping[str, Any], made_at: datetime) -> bytes:
    """The PDF of one paper. `content` reaches the template as JSON, never as text of the template.

    Raises GlyphMissing, and TemplateBroken with the template's name and line.
    """
    faces = desk.district.faces
    given = {
        **content,
        "faces": {"title": [*faces.title, BASE_FACE], "text": [*faces.text, BASE_FACE]},
    }
    try:
        made = _compiler(desk).compile(
            input=str(desk.folder / f"{template}.typ"),
            format="pdf",
            sys_inputs={"paper": orjson.dumps(given).decode()},
            pdf_standards=STANDARDS,
            timestamp=int(made_at.timestamp()),
        )
    except typst.TypstError as error:
        raise _fault(error, template) from error
    if not isinstance(made, bytes):
        raise TemplateBroken(template=f"{template}.typ", line=0, fault="typst gave no PDF")
    return made


def picture(desk: Desk, file: str, side: int) -> bytes:
    """One of the desk's drawings as a PNG without a ground, in a square of `side` millimetres.

    Raises TemplateBroken.
    """
    try:
        made = _compiler(desk).compile(
            input=str(desk.folder / "drawing.typ"),
            format="png",
            ppi=DOTS_PER_INCH,
            sys_inputs={"file": file, "side": str(side)},
        )
    except typst.TypstError as error:
        raise _fault(error, "drawing") from error
    if not isinstance(made, bytes):
        raise TemplateBroken(template="drawing.typ", line=0, fault="typst gave no picture")
    return made


def _fault(error: typst.TypstError, template: str) -> GlyphMissing | TemplateBroken:
    missing = NO_GLYPH.search(error.message)
    if missing:
        return GlyphMissing(_unescaped(missing[1]))
    place = PLACE.search(error.diagnostic or "")
    return TemplateBroken(
        template=place[1] if place else f"{template}.typ",
        line=int(place[2]) if place else 0,
        fault=error.message,
    )


def _unescaped(text: str) -> str:
    r"""The character itself where the message wrote it as `\u{31350}`."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), text)
