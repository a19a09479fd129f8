"""The confirmation slip as pages of an OFD: the same content as its PDF, set as `slip.typ` sets it.

The seal is not drawn: the reader of an OFD shows the one that the signature holds, at its spot.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno
from PIL import Image, ImageOps

from juzhu.documents import codes
from juzhu.documents.district import Desk
from juzhu.documents.ofd.canvas import HEIGHT, WIDTH, Canvas, Ink, broken, width_of
from juzhu.documents.ofd.faces import Face, faces
from juzhu.documents.ofd.package import Spot
from juzhu.documents.papers.confirmation import Confirmation, Entry
from juzhu.operations.writing import document_day

INK, FAINT, HAIR, RED, BLACK = "29 42 48", "75 90 96", "201 193 178", "163 39 29", "0 0 0"
LEFT, TOP, BOTTOM = 27.0, 22.0, HEIGHT - 22
ACROSS = WIDTH - 2 * LEFT
BOLD = 0.028
LEADING = 1.92
"""From one line of a paragraph to the next, by its size."""
PADDING = 2.05
"""Above and below the text of a row."""
LABEL = 38.0
PHOTO, PIXELS = (33.0, 46.0), (413, 576)
"""The portrait's frame, and its picture at about 300 dots an inch."""
GUTTER = 5.6
QR = 20.5
SEAL = 40.0
SIGNED = 74.0
"""How wide the place is where authority, station and day stand, under the seal."""


@dataclass(slots=True)
class Drawing:
    """What is drawn so far, and how far down."""

    canvas: Canvas
    laid: Desk
    title_faces: tuple[Face, ...]
    text_faces: tuple[Face, ...]
    y: float = TOP

    def ink(self, size: float = 11, colour: str = INK, bold: float = 0) -> Ink:
        return Ink(self.text_faces, size, colour, bold=bold)

    def room(self, height: float) -> None:
        """Go to a new page where that much does not stand on this one."""
        if self.y + height > BOTTOM:
            self.canvas.new_page()
            self.y = TOP

    def centred(self, said: str, ink: Ink, left: float = LEFT, across: float = ACROSS) -> None:
        """One line, and down to below it."""
        self.canvas.text(left + (across - width_of(said, ink)) / 2, self.y, said, ink)
        self.y += ink.em

    def paragraph(self, said: str, ink: Ink, x: float = LEFT, across: float = ACROSS) -> None:
        """Lines from `x`, and down to below the last."""
        for n, line in enumerate(broken(said, ink, across)):
            self.y += ink.em * (LEADING - 1) if n else 0
            self.room(ink.em)
            self.canvas.text(x, self.y, line, ink)
            self.y += ink.em

    def rule(self, across: float = ACROSS, colour: str = HAIR, thickness: float = 0.5) -> None:
        self.canvas.line(LEFT, self.y, across, 0, colour, thickness)

    def rows(self, entries: Sequence[Entry], across: float = ACROSS, strong: str = "") -> None:
        """Labels and values between rules; the value of the label `strong` is bold."""
        self.rule(across)
        for entry in entries:
            value = self.ink(bold=BOLD if entry.label == strong else 0)
            lines = broken(entry.value, value, across - LABEL)
            self.room(2 * PADDING + value.em * (1 + LEADING * (len(lines) - 1)))
            self.y += PADDING
            self.canvas.text(LEFT + 0.7, self.y, entry.label, self.ink(colour=FAINT))
            self.paragraph(entry.value, value, LEFT + LABEL, across - LABEL)
            self.y += PADDING
            self.rule(across)


def draw(paper: Confirmation, laid: Desk, *, url: str, code: str, photo: bytes) -> tuple[Canvas, Spot]:
    """The slip's pages, and where the seal stands. `photo` is a JPEG, or empty. Raises GlyphMissing."""
    kinds = laid.district.faces
    on = Drawing(Canvas(), laid, faces(laid, kinds.title), faces(laid, kinds.text))
    on.canvas.new_page()
    _head(on, paper)
    _contents(on, paper, photo)
    on.y += 4.5
    on.paragraph(paper.after, on.ink())
    on.y += 3.2
    said = "　".join(f"{row.label}：{row.value}" for row in paper.handing)
    on.paragraph(said, on.ink(9.5, FAINT))
    if paper.seal_note:
        on.y += 3.2
        on.paragraph(paper.seal_note, on.ink(9.5, RED))
    spot = _foot(on, paper, url, code)
    _footers(on, paper)
    return on.canvas, spot


def _head(on: Drawing, paper: Confirmation) -> None:
    on.centred(paper.authority, Ink(on.title_faces, 17, RED, tracking=0.22, bold=0.03))
    on.y += 3.2
    on.rule(colour=RED, thickness=1.6)
    on.y += 0.9
    on.rule(colour=RED)
    on.y += 12.5
    on.centred(paper.title, Ink(on.title_faces, 22, INK, tracking=0.14, bold=BOLD))
    on.y += 4.5
    on.centred(paper.number, on.ink(10, FAINT))
    on.y += 6.5
    on.paragraph(paper.opening, on.ink())
    on.y += 4


def _contents(on: Drawing, paper: Confirmation, photo: bytes) -> None:
    top, page, narrow = on.y, len(on.canvas.pages), ACROSS - PHOTO[0] - GUTTER
    _portrait(on, photo)
    reach = top + PHOTO[1] + 1.5
    if paper.offline:
        reach = _offline(on, paper.offline, top + PHOTO[1] + 4.6)
    on.rows(paper.entries, narrow)
    if len(on.canvas.pages) == page and not paper.offline:
        on.y = max(on.y, reach)
    on.y += 3
    on.rows(
        paper.validity, narrow if paper.offline else ACROSS, on.laid.say("slip", "status", paper.language)
    )
    if len(on.canvas.pages) == page:
        on.y = max(on.y, reach)


def _offline(on: Drawing, code: str, y: float) -> float:
    """The code for who has no connection, under the portrait; how far down it reaches."""
    left, side = LEFT + ACROSS - PHOTO[0], PHOTO[0]
    on.canvas.pattern(left, y, side, list(segno.make(code, error="m").matrix), BLACK)
    small, y = on.ink(8, FAINT), y + side + 1.6
    for line in broken(on.laid.say("slip", "offline", "zh"), small, side):
        on.canvas.text(left + (side - width_of(line, small)) / 2, y, line, small)
        y += small.em * 1.4
    return y


def _portrait(on: Drawing, photo: bytes) -> None:
    """The picture, cut to its frame's shape, or the frame with what belongs there."""
    (width, height), left, top = PHOTO, LEFT + ACROSS - PHOTO[0], on.y + 1.4
    if photo:
        out = io.BytesIO()
        with Image.open(io.BytesIO(photo)) as picture:
            ImageOps.fit(picture, PIXELS).save(out, "JPEG", quality=88)
        on.canvas.picture(left, top, width, height, out.getvalue())
    else:
        ink, said = on.ink(9, FAINT), on.laid.say("slip", "no_photo", "zh")
        on.canvas.text(left + (width - width_of(said, ink)) / 2, top + (height - ink.em) / 2, said, ink)
    for x, y, across, down in ((0, 0, 1, 0), (0, 1, 1, 0), (0, 0, 0, 1), (1, 0, 0, 1)):
        on.canvas.line(left + x * width, top + y * height, across * width, down * height, HAIR, 0.5)


def _foot(on: Drawing, paper: Confirmation, url: str, code: str) -> Spot:
    """The code to check it by, and who signs, with the seal over the day; all of it on one page."""
    on.y += 3
    on.room(SEAL)
    top = on.y
    on.canvas.pattern(LEFT, top + SEAL - QR, QR, list(segno.make(url, error="m").matrix), BLACK)
    small = on.ink(8.5, FAINT)
    place = url.partition("://")[2].rpartition("/")[0]
    written = on.laid.say("common", "verify_code", "zh", code=codes.written(code))
    for n, said in enumerate((on.laid.say("common", "verify", "zh"), place, written)):
        y = top + SEAL - (3 - n) * small.em * 1.6
        on.canvas.text(LEFT + QR + 3.2, y, said, small)
    lines = [line for line in (paper.authority, paper.station, document_day(paper.on, "zh")) if line]
    ink, left = on.ink(), LEFT + ACROSS - SIGNED
    on.y = top + (SEAL - len(lines) * ink.em * 1.8) / 2
    for line in lines:
        on.centred(line, ink, left, SIGNED)
        on.y += ink.em * 0.8
    box = (left + (SIGNED - SEAL) / 2 + 17, top + 1.5, SEAL, SEAL)
    return Spot(len(on.canvas.pages) - 1, box)


def _footers(on: Drawing, paper: Confirmation) -> None:
    """The line under every page, now that their number is known."""
    small, pages = on.ink(8.5, FAINT), on.canvas.pages
    phone = on.laid.say("common", "office_phone", "zh")
    said = f"{paper.number}　{phone}：{on.laid.district.office.phone}"
    for n, page in enumerate(pages, 1):
        on.canvas.page = page
        on.y = BOTTOM + 6
        on.rule()
        count = on.laid.say("common", "page", "zh", n=n, total=len(pages))
        on.canvas.text(LEFT, on.y + 1.5, said, small)
        on.canvas.text(LEFT + ACROSS - width_of(count, small), on.y + 1.5, count, small)
