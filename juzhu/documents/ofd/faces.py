"""The fonts of an OFD: how wide characters are, and subsets of nothing but the characters that are used.

Every subset is TrueType, since readers of OFDs know that best: cubic outlines become quadratic ones, no
farther off than a thousandth of the size. Outlines are kept, for the same words stand on every slip.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import noto_cjk_sans_otc
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from juzhu.documents.district import FONT_TYPES, Desk
from juzhu.documents.errors import GlyphMissing
from juzhu.documents.typesetting import BASE_FACE

SHIPPED = Path(str(noto_cjk_sans_otc.FONT_PATH))
COLLECTIONS = (".ttc", ".otc")
FAMILY = 1
"""The name table's number of the family."""
ASCENT, DESCENT = 0.88, 0.12
"""Of the square that a Chinese character fills, above and below the line that Latin letters stand on."""
_reading = threading.RLock()
"""A font's file is read bit by bit, as it is needed."""


class Face:
    """One font."""

    def __init__(self, family: str, font: TTFont) -> None:
        self.family = family
        self._font = font
        self._names: dict[int, str] = font.getBestCmap() or {}
        self._glyphs = font.getGlyphSet()
        self._units: int = font["head"].unitsPerEm
        self._outlines: dict[str, Glyph] = {}

    def has(self, sign: str) -> bool:
        """Whether there is a glyph for the character."""
        return ord(sign) in self._names

    def width(self, sign: str) -> float:
        """How far behind it the next character stands, by its size."""
        with _reading:
            return float(self._glyphs[self._names[ord(sign)]].width) / self._units

    def subset(self, signs: Iterable[str]) -> bytes:
        """A font of these characters alone; the same ones give the same bytes."""
        used = sorted(set(signs))
        order = {sign: f"u{ord(sign):04X}" for sign in used}
        outlines = {".notdef": TTGlyphPen(None).glyph()}
        outlines |= {order[sign]: self._outline(sign) for sign in used}
        widths = {".notdef": self._units} | {
            order[sign]: round(self.width(sign) * self._units) for sign in used
        }
        made = FontBuilder(self._units)
        head = self._font["head"]
        made.setupHead(unitsPerEm=self._units, created=head.created, modified=head.modified)
        made.setupGlyphOrder(list(outlines))
        made.setupCharacterMap({ord(sign): name for sign, name in order.items()})
        made.setupGlyf(outlines)
        made.setupHorizontalMetrics({name: (widths[name], outlines[name].xMin) for name in outlines})
        above, below = round(ASCENT * self._units), round(DESCENT * self._units)
        made.setupHorizontalHeader(ascent=above, descent=-below)
        made.setupNameTable({"familyName": self.family, "styleName": "Regular"})
        made.setupOS2(sTypoAscender=above, sTypoDescender=-below, usWinAscent=above, usWinDescent=below)
        made.setupPost(keepGlyphNames=False)
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()

    def _outline(self, sign: str) -> Glyph:
        if sign not in self._outlines:
            pen = TTGlyphPen(None)
            cubic = "glyf" not in self._font
            with _reading:
                glyph = self._glyphs[self._names[ord(sign)]]
                glyph.draw(Cu2QuPen(pen, self._units / 1000, reverse_direction=cubic) if cubic else pen)
            self._outlines[sign] = pen.glyph()
        return self._outlines[sign]


@lru_cache(maxsize=64)
def _face(path: Path, family: str, state: int) -> Face | None:
    """The font of that family in a file, or None. `state`: the file's, so that a new one is read anew."""
    for number in range(_count(path)):
        font = TTFont(path, fontNumber=number, lazy=True)
        if font["name"].getDebugName(FAMILY) == family:
            return Face(family, font)
    return None


def _count(path: Path) -> int:
    """How many fonts a file holds."""
    if path.suffix.lower() not in COLLECTIONS:
        return 1
    with path.open("rb") as file:
        return int.from_bytes(file.read(12)[8:], "big")


def faces(desk: Desk, families: Iterable[str]) -> tuple[Face, ...]:
    """The district's fonts of these families, by preference, and the shipped one behind them."""
    with _reading:
        return tuple(_found(desk, families))


def _found(desk: Desk, families: Iterable[str]) -> Iterator[Face]:
    own = sorted(desk.fonts.iterdir()) if desk.fonts else []
    paths = [path for path in own if path.suffix.lower() in FONT_TYPES]
    for family in (*families, BASE_FACE):
        found = (_face(path, family, path.stat().st_mtime_ns) for path in (*paths, SHIPPED))
        face = next(filter(None, found), None)
        if face:
            yield face


def runs(text: str, among: tuple[Face, ...]) -> Iterator[tuple[Face, str]]:
    """The text in pieces, each in the first font that has its characters. Raises GlyphMissing."""
    piece, last = "", among[-1]
    for sign in text:
        face = next((face for face in among if face.has(sign)), None)
        if face is None:
            raise GlyphMissing(sign)
        if piece and face is not last:
            yield last, piece
            piece = ""
        piece, last = piece + sign, face
    if piece:
        yield last, piece
