"""What stands on the pages of an OFD: text, lines, pictures and patterns, in millimetres from the top left.

Source: GB/T 33190-2016: pages, paths, pictures, text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from juzhu.documents.ofd.faces import ASCENT, DESCENT, Face, runs

NAMESPACE = "http://www.ofdspec.org/2016"
POINT = 25.4 / 72
"""Millimetres."""
WIDTH, HEIGHT = 210.0, 297.0
"""A4."""
ET.register_namespace("ofd", NAMESPACE)
CLOSING = frozenset("，。、；：？！）》”’」』】〕%…")
OPENING = frozenset("（《“‘「『【〔")


@dataclass(frozen=True, slots=True)
class Ink:
    """How text looks: its fonts by preference, its size in points, its colour as three numbers up to 255, how
    much wider than by itself (by its size), and how thick its outline is drawn over (by its size).
    """

    faces: tuple[Face, ...]
    size: float
    colour: str
    tracking: float = 0
    bold: float = 0

    @property
    def em(self) -> float:
        """The size in millimetres."""
        return self.size * POINT


@dataclass(slots=True)
class Canvas:
    """Pages as they are drawn. Every object has an id of its own in the whole document; the first 99 are
    left for the document's own parts.
    """

    pages: list[ET.Element] = field(default_factory=list)
    fonts: dict[Face, tuple[int, set[str]]] = field(default_factory=dict)
    pictures: list[tuple[int, bytes]] = field(default_factory=list)
    page: ET.Element = field(init=False)
    """The one that is drawn on."""
    _last: int = 99

    def new_id(self) -> int:
        self._last += 1
        return self._last

    def new_page(self) -> None:
        self.page = element("Layer", ID=self.new_id())
        self.pages.append(self.page)

    def text(self, x: float, y: float, said: str, ink: Ink) -> None:
        """A line of text whose characters' squares begin at `x`, `y`. Raises GlyphMissing."""
        for face, piece in runs(said, ink.faces):
            if face not in self.fonts:
                self.fonts[face] = (self.new_id(), set())
            number, used = self.fonts[face]
            used.update(piece)
            steps = [(face.width(sign) + ink.tracking) * ink.em for sign in piece]
            size = _numbers(x, y, sum(steps), (ASCENT + DESCENT) * ink.em)
            made = self._object("TextObject", size, Font=number, Size=_number(ink.em))
            if ink.bold:
                made.attrib.update(Stroke="true", LineWidth=_number(ink.bold * ink.em))
                element("StrokeColor", made, Value=ink.colour)
            element("FillColor", made, Value=ink.colour)
            code = element("TextCode", made, X="0", Y=_number(ASCENT * ink.em))
            if steps[1:]:
                code.set("DeltaX", _numbers(*steps[:-1]))
            code.text = piece
            x += sum(steps)

    def line(self, x: float, y: float, width: float, height: float, colour: str, thickness: float) -> None:
        """A straight line to the right and down; the thickness in points."""
        around = thickness * POINT
        box = _numbers(x - around, y - around, width + 2 * around, height + 2 * around)
        made = self._object("PathObject", box, LineWidth=_number(around))
        element("StrokeColor", made, Value=colour)
        path = f"M {_numbers(around, around)} L {_numbers(width + around, height + around)}"
        element("AbbreviatedData", made).text = path

    def pattern(self, x: float, y: float, side: float, rows: Sequence[Sequence[int]], colour: str) -> None:
        """A square of dark and light cells, such as a QR code; each run of dark ones is a rectangle."""
        cell = side / len(rows)
        made = self._object("PathObject", _numbers(x, y, side, side), Stroke="false", Fill="true")
        element("FillColor", made, Value=colour)
        element("AbbreviatedData", made).text = " ".join(
            f"M {_numbers(a, top)} L {_numbers(b, top)} L {_numbers(b, end)} L {_numbers(a, end)} C"
            for n, row in enumerate(rows)
            for a, b, top, end in _dark(row, n, cell)
        )

    def picture(self, x: float, y: float, width: float, height: float, jpeg: bytes) -> None:
        """A JPEG, stretched to that size."""
        number = self.new_id()
        self.pictures.append((number, jpeg))
        box = _numbers(x, y, width, height)
        self._object("ImageObject", box, CTM=_numbers(width, 0, 0, height, 0, 0), ResourceID=number)

    def _object(self, kind: str, boundary: str, **about: object) -> ET.Element:
        return element(kind, self.page, ID=self.new_id(), Boundary=boundary, **about)


def element(name: str, inside: ET.Element | None = None, **about: object) -> ET.Element:
    """An element of the standard's namespace, put at the end of another."""
    said = {key: str(value) for key, value in about.items()}
    if inside is None:
        return ET.Element(f"{{{NAMESPACE}}}{name}", said)
    return ET.SubElement(inside, f"{{{NAMESPACE}}}{name}", said)


def width_of(said: str, ink: Ink) -> float:
    """How long a text is on one line, in millimetres. Raises GlyphMissing."""
    widths = sum(face.width(sign) for face, piece in runs(said, ink.faces) for sign in piece)
    return (widths + ink.tracking * max(len(said) - 1, 0)) * ink.em


def broken(said: str, ink: Ink, width: float) -> list[str]:
    """The text in lines: broken between Chinese characters and at spaces, in a longer word only where it
    fills a line alone; no line begins with what closes or ends with what opens.
    """
    lines, line = [], ""
    for word in _words(said):
        for part in [word] if width_of(word, ink) <= width else word:
            if line and width_of(line + part.rstrip(), ink) > width:
                lines.append(line.rstrip())
                line = ""
            line += part if line else part.lstrip()
    return [*lines, line.rstrip()] if line else lines


def _words(said: str) -> Iterable[str]:
    """What stays together."""
    word = ""
    for sign in said:
        if word and _may_part(word[-1], sign):
            yield word
            word = ""
        word += sign
    if word:
        yield word


def _may_part(before: str, after: str) -> bool:
    if after in CLOSING or before in OPENING or after == " ":
        return False
    return before == " " or not (before.isascii() and after.isascii())


def _dark(row: Sequence[int], n: int, cell: float) -> Iterable[tuple[float, float, float, float]]:
    """The runs of dark cells of a row: from, to, top and end."""
    start = None
    for at, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            yield start * cell, at * cell, n * cell, (n + 1) * cell
            start = None


def _number(value: float) -> str:
    """With a micrometre's precision, and no more digits than that needs."""
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"


def _numbers(*values: float) -> str:
    return " ".join(_number(value) for value in values)
