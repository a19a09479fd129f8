"""Draw the icons under which a phone keeps the permit's page, from the mark: `python scripts/draw_icons.py`.

The result is committed. A maskable icon keeps the mark within the circle that every phone leaves of it.
"""

from pathlib import Path

import typst

ROOT = Path(__file__).resolve().parents[1]
MARK = ROOT / "juzhu/design/static/juzhu/mark.svg"
INTO = ROOT / "juzhu/portal/static/portal/wallet"
PAPER = "#faf6ef"
ICONS = {"icon-192.png": (192, 78), "icon-512.png": (512, 78), "icon-maskable-512.png": (512, 58)}
"""Name: side in pixels, width of the mark in percent of it."""


def main() -> None:
    """Write them all."""
    for name, (side, width) in ICONS.items():
        source = (
            f'#set page(width: 100pt, height: 100pt, margin: 0pt, fill: rgb("{PAPER}"))\n'
            f'#place(center + horizon, image("/{MARK.relative_to(ROOT).as_posix()}", width: {width}pt))'
        )
        picture = typst.compile(source.encode(), root=ROOT, format="png", ppi=side * 72 / 100)
        assert isinstance(picture, bytes)
        (INTO / name).write_bytes(picture)


if __name__ == "__main__":
    main()
