"""Reading PDFs as others do: words with poppler, structure with pikepdf."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from datetime import UTC, datetime

import pikepdf

from juzhu.documents.issuing import render
from juzhu.documents.models import IssuedDocument
from juzhu.documents.papers import Paper
from juzhu.operations.files import path_of

MADE = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
CODE = "2222222222222222"


def read(paper: Paper | None) -> str:
    """The paper's text as a program reads it, without spaces."""
    assert paper is not None
    return joined(render(paper, code=CODE, made_at=MADE))


def bare(text: str) -> str:
    """A text without any space, as `read` gives it."""
    return "".join(text.split())


def content_of(document: IssuedDocument) -> bytes:
    """The bytes that were kept."""
    return path_of(document.file.name).read_bytes()


def pages(pdf: bytes) -> list[str]:
    """What pdftotext reads, page by page."""
    found = shutil.which("pdftotext")
    assert found, "the tests of papers need pdftotext: sudo apt-get install poppler-utils"
    read = subprocess.run([found, "-", "-"], input=pdf, capture_output=True, check=True)
    return read.stdout.decode().rstrip("\f").split("\f")


def words(pdf: bytes) -> str:
    """The whole text, spaces and line ends made one."""
    return re.sub(r"\s+", " ", " ".join(pages(pdf)))


def joined(pdf: bytes) -> str:
    """The same without any space: Chinese lines break anywhere."""
    return re.sub(r"\s", "", words(pdf))


def in_order(text: str, *parts: str) -> bool:
    """Whether the parts follow one another."""
    at = 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def structure(pdf: bytes) -> dict[str, object]:
    """What PDF/UA and PDF/A promise, as it stands in the file."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root = opened.Root
        meta = opened.open_metadata()
        figures = [
            str(found.get("/Alt", ""))
            for found in opened.objects
            if isinstance(found, pikepdf.Dictionary) and found.get("/S") == "/Figure"
        ]
        return {
            "marked": bool(root.MarkInfo.Marked),
            "tree": "/StructTreeRoot" in root,
            "language": str(root.Lang),
            "part": meta.get("pdfaid:part"),
            "conformance": meta.get("pdfaid:conformance"),
            "ua": meta.get("pdfuaid:part"),
            "title": meta.get("dc:title"),
            "figures": figures,
            "pages": len(opened.pages),
        }
