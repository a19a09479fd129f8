"""Handing out a PDF that was issued."""

from __future__ import annotations

from django.http import FileResponse

from juzhu.documents.models import IssuedDocument
from juzhu.operations.files import path_of

POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
"""A browser's own PDF reader does not start inside a sandbox; nothing of ours holds a script."""


def pdf(document: IssuedDocument) -> FileResponse:
    """The file, to be read in the browser and never kept by a cache. The caller has checked who asks."""
    file = document.file
    response = FileResponse(
        path_of(file.name).open("rb"), content_type="application/pdf", filename=file.original_name
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = POLICY
    return response
