"""Friendly invented faces, and papers without words: drawn, alike for the same seed. Nobody's photograph."""

import io
import random
from functools import lru_cache

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 295, 413
"""One inch at 300 dpi, as identity photographs are."""
FINE = 2
"""Drawn this much larger and then made smaller, for smooth edges."""

SKINS = ("#f4d3b5", "#eec49f", "#f7dcc4", "#e2b48c")
HAIRS = ("#1f1a18", "#2a211d", "#3a2a20", "#141414")
GREYS = ("#b9b6b1", "#d3d0ca", "#8f8c88")
CLOTHES = ("#0b5563", "#2a673b", "#a3271d", "#744a00", "#3c4a7a", "#7a3c5c", "#4b5a60", "#b06a2c")


class _Sheet:
    """Drawing on white in the photograph's own points."""

    def __init__(self, width: int, height: int) -> None:
        self.size = width, height
        self.image = Image.new("RGB", (width * FINE, height * FINE), "#ffffff")
        self.draw = ImageDraw.Draw(self.image)

    def oval(self, box: tuple[float, ...], fill: str) -> None:
        self.draw.ellipse([point * FINE for point in box], fill=fill)

    def slab(self, box: tuple[float, ...], radius: float, fill: str) -> None:
        self.draw.rounded_rectangle([point * FINE for point in box], radius * FINE, fill=fill)

    def slice(self, box: tuple[float, ...], first: float, last: float, fill: str) -> None:
        self.draw.chord([point * FINE for point in box], first, last, fill=fill)

    def bow(self, box: tuple[float, ...], first: float, last: float, fill: str, width: float) -> None:
        self.draw.arc([point * FINE for point in box], first, last, fill=fill, width=round(width * FINE))

    def stroke(self, points: tuple[float, ...], fill: str, width: float) -> None:
        self.draw.line([point * FINE for point in points], fill=fill, width=round(width * FINE))

    def jpeg(self) -> bytes:
        out = io.BytesIO()
        self.image.resize(self.size, Image.Resampling.LANCZOS).save(out, "JPEG", quality=88)
        return out.getvalue()


@lru_cache(maxsize=64)
def portrait(seed: str, female: bool, age: int) -> bytes:
    """A portrait as JPEG."""
    dice = random.Random(seed)
    sheet = _Sheet(WIDTH, HEIGHT)
    skin = dice.choice(SKINS)
    hair = dice.choice(GREYS if age >= 60 else HAIRS)
    style = dice.choice(("long", "bob", "bun") if female else ("short", "side", "crop"))
    if age < 12:
        style = "bob" if female else "crop"
    if age >= 60:
        style = "bun" if female else "crop"
    _back_hair(sheet, style, hair)
    _body(sheet, skin, dice.choice(CLOTHES), collar=dice.random() < 0.6)
    _head(sheet, skin)
    _front_hair(sheet, style, hair, skin)
    _features(sheet, hair, glasses=age >= 60 or dice.random() < 0.2, cheeks=female or age < 12)
    return sheet.jpeg()


def _back_hair(sheet: _Sheet, style: str, hair: str) -> None:
    if style == "long":
        sheet.slab((72, 110, 223, 330), 70, hair)
    if style == "bob":
        sheet.slab((70, 105, 225, 258), 66, hair)
    if style == "bun":
        sheet.oval((114, 44, 181, 108), hair)


def _body(sheet: _Sheet, skin: str, cloth: str, *, collar: bool) -> None:
    sheet.slab((24, 312, 271, 500), 78, cloth)
    sheet.slab((120, 250, 175, 345), 24, _darker(skin))
    sheet.slice((106, 288, 189, 366), 0, 180, skin)
    if collar:
        sheet.draw.polygon([p * FINE for p in (104, 312, 147, 372, 126, 392, 82, 322)], fill="#ffffff")
        sheet.draw.polygon([p * FINE for p in (191, 312, 148, 372, 169, 392, 213, 322)], fill="#ffffff")


def _head(sheet: _Sheet, skin: str) -> None:
    sheet.oval((74, 182, 98, 224), skin)
    sheet.oval((197, 182, 221, 224), skin)
    sheet.oval((83, 92, 212, 286), skin)


def _front_hair(sheet: _Sheet, style: str, hair: str, skin: str) -> None:
    """The hair over the forehead; a man's is cut back to its line by an oval of skin."""
    if style in {"crop", "short", "side"}:
        left, top, right = {"crop": (94, 132, 201), "short": (92, 142, 203), "side": (99, 138, 218)}[style]
        sheet.slab((80, 82, 215, 200), 60, hair)
        sheet.oval((left, top, right, 286), skin)
        if style == "short":
            sheet.slab((96, 118, 199, 156), 18, hair)
        return
    sheet.slice((76, 78, 219, 262), 190, 350, hair)
    sheet.slice((72, 84, 170, 228), 150, 312, hair)
    sheet.slice((125, 84, 223, 228), 228, 30, hair)


def _features(sheet: _Sheet, hair: str, *, glasses: bool, cheeks: bool) -> None:
    ink = "#2b2320"
    for x in (121, 174):
        sheet.oval((x - 6, 189, x + 6, 203), ink)
        sheet.oval((x - 1, 191, x + 3, 195), "#ffffff")
        sheet.bow((x - 15, 170, x + 15, 192), 210, 330, hair, 4)
    if cheeks:
        sheet.oval((96, 216, 122, 232), "#f1b39c")
        sheet.oval((173, 216, 199, 232), "#f1b39c")
    sheet.bow((139, 200, 157, 222), 40, 140, "#b98a68", 3)
    sheet.bow((122, 214, 173, 256), 35, 145, "#a04a3c", 4.5)
    if glasses:
        for x in (121, 174):
            sheet.bow((x - 21, 176, x + 21, 216), 0, 360, "#4b5a60", 3)
        sheet.stroke((142, 194, 153, 194), "#4b5a60", 3)


def _darker(colour: str) -> str:
    return "#" + "".join(f"{int(int(colour[at : at + 2], 16) * 0.9):02x}" for at in (1, 3, 5))


@lru_cache(maxsize=16)
def paper(seed: str) -> bytes:
    """A photographed paper: lines where text would be, a table and a seal. No font is needed to draw it."""
    dice = random.Random(seed)
    sheet = _Sheet(620, 877)
    sheet.slab((210, 70, 410, 98), 4, "#2b2320")
    for row in range(11):
        top = 150 + row * 34
        sheet.slab((80, top, 80 + dice.randint(260, 460), top + 9), 3, "#8b8f91")
    for row in range(5):
        top = 548 + row * 36
        sheet.draw.rectangle([p * FINE for p in (80, top, 540, top + 36)], outline="#7c8585", width=FINE)
        sheet.slab((94, top + 14, 94 + dice.randint(60, 110), top + 22), 3, "#8b8f91")
        sheet.slab((250, top + 14, 250 + dice.randint(90, 230), top + 22), 3, "#4b5a60")
    sheet.bow((400, 690, 520, 810), 0, 360, "#c0392b", 5)
    sheet.slab((428, 745, 492, 753), 3, "#c0392b")
    return sheet.jpeg()
