"""Papers a second: our warm compiler against a fresh `typst.compile` for each, which scans fonts anew."""

from __future__ import annotations

import dataclasses
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

PAPERS = 60
PEERS = 12


def run(scale: float) -> list[dict[str, Any]]:
    """Pages a second in one thread, and a warm paper's milliseconds (median, and the 99th of a hundred)."""
    os.environ.setdefault("JUZHU_MODE", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juzhu.config.settings")
    import django

    django.setup()
    from juzhu.documents.kinds import Kind
    from juzhu.documents.papers.samples import samples

    paper = next(paper for paper in samples("zh") if paper.kind == Kind.RECEIPT)
    others = [
        dataclasses.replace(paper, addressee=f"周{chr(0x4E00 + n)}芸", number=f"拱居受〔2026〕{n:06d}号")
        for n in range(max(10, int(PAPERS * scale)))
    ]
    ours = _seconds(_warm(), others)
    peer = _seconds(_fresh(), others[: max(3, int(PEERS * scale))])
    rate, other = 1 / statistics.median(ours), 1 / statistics.median(peer)
    worst = sorted(ours)[int(len(ours) * 0.99) - 1] * 1000
    return [
        {
            "name": "an acceptance receipt, PDF/A-2a and UA-1",
            "ours": rate,
            "peer": other,
            "unit": "pages/s",
            "ratio": rate / other,
            "goal": None,
            "note": "peer: a fresh typst.compile each time",
        },
        {
            "name": "the same, one warm paper",
            "ours": statistics.median(ours) * 1000,
            "peer": None,
            "unit": "ms",
            "ratio": None,
            "goal": None,
            "note": f"99 of 100 in {worst:.0f} ms; wanted under 100",
        },
    ]


def _seconds(make: Callable[[Any], bytes], papers: list[Any]) -> list[float]:
    make(papers[0])
    taken = []
    for paper in papers[1:]:
        begun = time.perf_counter()
        assert make(paper).startswith(b"%PDF")
        taken.append(time.perf_counter() - begun)
    return taken


def _warm() -> Callable[[Any], bytes]:
    from juzhu.documents import codes
    from juzhu.documents.issuing import render
    from juzhu.operations import clock

    return lambda paper: render(paper, code=codes.new(), made_at=clock.now())


def _fresh() -> Callable[[Any], bytes]:
    import orjson
    import typst
    from noto_cjk_sans_otc import FONT_PATH

    from juzhu.documents import codes
    from juzhu.documents.district import desk
    from juzhu.documents.issuing import envelope
    from juzhu.documents.typesetting import BASE_FACE, STANDARDS

    def make(paper: Any) -> bytes:
        laid = desk()
        given = {**envelope(paper, laid, codes.new()), "faces": {"title": [BASE_FACE], "text": [BASE_FACE]}}
        made = typst.compile(
            str(laid.folder / f"{paper.kind}.typ"),
            root=str(laid.folder),
            font_paths=[str(FONT_PATH.parent)],
            format="pdf",
            sys_inputs={"paper": orjson.dumps(given).decode()},
            pdf_standards=STANDARDS,
        )
        assert isinstance(made, bytes)
        return made

    return make
