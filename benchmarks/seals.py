"""SM2 of the system's libcrypto against ES256 of `cryptography`, and what a seal costs a slip."""

from __future__ import annotations

import dataclasses
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SIGNATURES = 2000
SLIPS = 30
DATA = bytes(range(256))


def run(scale: float) -> list[dict[str, Any]]:
    """Signatures a second in one thread, and the milliseconds of a slip in each form (median)."""
    os.environ.setdefault("JUZHU_MODE", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juzhu.config.settings")
    import django

    django.setup()
    from django.test.utils import override_settings

    with (
        tempfile.TemporaryDirectory() as folder,
        override_settings(JUZHU_FILES=Path(folder) / "files"),
    ):
        return [*_algorithms(max(200, int(SIGNATURES * scale))), *_slips(max(5, int(SLIPS * scale)))]


def _algorithms(times: int) -> list[dict[str, Any]]:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256

    from juzhu.credentials.signing import sm2
    from juzhu.credentials.verify import sm2 as checking

    private = sm2.new_private()
    public, signature = sm2.public_of(private), sm2.sign(private, DATA)
    other, how = ec.generate_private_key(ec.SECP256R1()), ec.ECDSA(SHA256())
    theirs = other.sign(DATA, how)
    pairs: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "SM2 signatures": (lambda: sm2.sign(private, DATA), lambda: other.sign(DATA, how)),
        "SM2 checks": (
            lambda: checking.verify(public, DATA, signature),
            lambda: other.public_key().verify(theirs, DATA, how),
        ),
    }
    rows = []
    for name, (ours, peer) in pairs.items():
        mine, its = (times / sum(_seconds(work, times)) for work in (ours, peer))
        note = "peer: ES256 of cryptography; OpenSSL has P-256 in assembly and SM2 not"
        rows.append(_row(name, mine, its, "/s", mine / its, note))
    return rows


def _slips(times: int) -> list[dict[str, Any]]:
    from juzhu.documents import codes
    from juzhu.documents.issuing import render, render_ofd
    from juzhu.documents.kinds import Kind
    from juzhu.documents.papers import Confirmation
    from juzhu.documents.papers.samples import samples
    from juzhu.documents.sealing.port import sealer
    from juzhu.operations import clock

    paper, seal = next(paper for paper in samples("zh") if paper.kind == Kind.SLIP), sealer()
    assert isinstance(paper, Confirmation) and seal is not None
    papers = iter(
        dataclasses.replace(paper, addressee=f"周{chr(0x4E00 + n)}芸", number=f"拱居确〔2026〕{n:06d}号")
        for n in range(2 * times + 2)
    )
    content = render(paper, code=codes.new(), made_at=clock.now())
    bare = statistics.median(
        _seconds(lambda: render(next(papers), code=codes.new(), made_at=clock.now()), times)
    )
    signed = statistics.median(_seconds(lambda: seal.pdf(content, paper.area), times))
    ofd = statistics.median(
        _seconds(lambda: render_ofd(next(papers), seal, code=codes.new(), made_at=clock.now()), times)
    )
    return [
        _row("a slip's PDF sealed", signed * 1000, bare * 1000, "ms", None, "peer: setting it"),
        _row("a slip as sealed OFD", ofd * 1000, bare * 1000, "ms", None, "peer: setting its PDF"),
    ]


def _seconds(work: Callable[[], object], times: int) -> list[float]:
    work()
    taken = []
    for _time in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return taken


def _row(name: str, ours: float, peer: float, unit: str, ratio: float | None, note: str) -> dict[str, Any]:
    return {
        "name": name, "ours": ours, "peer": peer, "unit": unit, "ratio": ratio, "goal": None, "note": note,
    }  # fmt: skip
