"""Draws the sample seals that are shipped, as SVG with outlined characters. Run it when they shall look
otherwise.
"""

import sys
from pathlib import Path

import noto_cjk_sans_otc
import orjson
import typst

SEALS = Path(__file__).resolve().parents[1] / "juzhu" / "documents" / "seals"
DRAWING = """
#let d = json(bytes(sys.inputs.seal))
#set page(width: 42mm, height: 42mm, margin: 0mm, fill: none)
#set text(font: "Noto Sans CJK SC", fill: rgb("#b3261e"), cjk-latin-spacing: none)
#let red = rgb("#b3261e")
#let bold(body, size) = text(size: size, stroke: 0.03em + red, body)
#place(center + horizon, circle(radius: 20mm, stroke: 1.1mm + red))
#let signs = d.around.clusters()
#let sweep = 232deg
#for (n, sign) in signs.enumerate() {
  let turn = -sweep / 2 + sweep * n / (signs.len() - 1)
  place(center + horizon, rotate(turn, origin: center + horizon,
    box(width: 38mm, height: 33mm, align(center + top, bold(sign, 11.5pt)))))
}
#let star = polygon(fill: red, ..range(10).map(n => {
  let r = if calc.even(n) { 6mm } else { 2.3mm }
  let a = -90deg + n * 36deg
  (6mm + r * calc.cos(a), 6mm + r * calc.sin(a))
}))
#place(center + horizon, dy: -0.6mm, box(width: 12mm, height: 12mm, star))
#place(center + horizon, dy: 9.6mm, bold(d.below, 8.6pt))
#place(center + horizon, dy: 14mm, bold("示例", 7.4pt))
"""
DRAWN = {
    "office": {"around": "杭州市公安局拱墅区分局", "below": "居住证专用章"},
    "household": {"around": "杭州市公安局拱墅区分局", "below": "户口专用章"},
}


def main() -> None:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(Path(str(noto_cjk_sans_otc.FONT_PATH)).parent)],
    )
    for name, said in DRAWN.items():
        drawn = typst.compile(
            DRAWING.encode(),
            format="svg",
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"seal": orjson.dumps(said).decode()},
        )
        (SEALS / f"{name}.svg").write_bytes(drawn)
        print(f"{name}.svg: {len(drawn)} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
