"""Refresh the libraries that the pages load, from npm: ``python scripts/vendor_assets.py``.

Needs npm once, whenever a version below changes; what it writes is committed. The browser loads
nothing from another host (CSP ``default-src 'self'``), and no page needs a build.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "juzhu" / "design" / "static"
PACKAGES = {
    "bootstrap": "5.3.9",
    "htmx.org": "2.0.11",
    "chart.js": "4.6.1",
    "qr": "0.7.0",
    "@tabler/icons": "3.51.0",
}

# Folder under static/vendor, then what is taken into it from the package.
VENDORED = {
    "bootstrap": ("bootstrap", ["dist/css/bootstrap.min.css", "LICENSE"]),
    "htmx": ("htmx.org", ["dist/htmx.min.js", "LICENSE"]),
    "chart.js": ("chart.js", ["dist/chart.umd.min.js", "LICENSE.md"]),
    "qr": ("qr", ["decode.js", "index.js", "LICENSE-MIT"]),
}
ICONS = """
alert-triangle archive arrow-left arrow-right ban bell briefcase building calendar camera certificate
chart-bar check chevron-left chevron-right circle-check clipboard-check clock copy device-mobile download
edit external-link eye file-check file-text files filter flag gavel hand-stop help-circle history home id
info-circle key keyboard link list-check lock logout map-pin mail menu-2 message minus note paperclip
pencil phone photo player-track-next plus printer qrcode refresh report route scale school search send
settings shield-check star text-size trash upload user user-check users wifi-off world x
""".split()  # noqa: SIM905 - a list of seventy names reads better as text
SOURCE_MAP = re.compile(r"\s*(/\*|//)# sourceMappingURL=\S+( \*/)?\s*$")
OUTER = re.compile(r"<svg[^>]*>(?P<body>.*)</svg>", re.DOTALL)


def fetch(folder: Path) -> Path:
    wanted = [f"{name}@{version}" for name, version in PACKAGES.items()]
    subprocess.run(
        ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, *wanted], check=True
    )
    return folder / "node_modules"


def copy_library(modules: Path, target: str, package: str, files: list[str]) -> None:
    """Copy without the pointer to a source map, which is not kept and would only be asked for in vain."""
    folder = STATIC / "vendor" / target
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in files:
        text = (modules / package / name).read_text(encoding="utf-8")
        kept = folder / Path(name).name.removesuffix(".md").removesuffix("-MIT")
        kept.write_text(SOURCE_MAP.sub("", text).rstrip() + "\n", encoding="utf-8")


def symbol(modules: Path, name: str) -> str:
    text = (modules / "@tabler/icons/icons/outline" / f"{name}.svg").read_text(encoding="utf-8")
    found = OUTER.search(text)
    if found is None:
        raise ValueError(f"no drawing in the icon {name}")
    body = " ".join(found["body"].split()).replace("> <", "><").replace(" />", "/>")
    return f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>'


def write_sprite(modules: Path) -> None:
    """One file for all icons. Outline, 24 px, drawn in the text's colour by ``.i`` in juzhu.css."""
    notice = f"<!-- Tabler Icons {PACKAGES['@tabler/icons']}, MIT, see LICENSE.tabler-icons -->"
    symbols = "\n".join(symbol(modules, name) for name in sorted(set(ICONS)))
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">\n{notice}\n{symbols}\n</svg>\n'
    (STATIC / "juzhu" / "icons.svg").write_text(sprite, encoding="utf-8")
    shutil.copyfile(modules / "@tabler/icons/LICENSE", STATIC / "juzhu" / "LICENSE.tabler-icons")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        modules = fetch(Path(folder))
        for target, (package, files) in VENDORED.items():
            copy_library(modules, target, package, files)
        write_sprite(modules)


if __name__ == "__main__":
    main()
