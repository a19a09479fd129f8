"""Handing out a PDF that was issued."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from juzhu.documents import issuing
from juzhu.documents.kinds import LANGUAGES
from juzhu.documents.models import IssuedDocument
from juzhu.documents.shelf import Sheet
from juzhu.operations.errors import JuzhuError
from juzhu.operations.files import path_of
from juzhu.operations.writing import Language

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


def sheet(request: HttpRequest, wanted: Sheet | None, lang: str, back: str) -> HttpResponseBase:
    """A paper as PDF: issued now, if nobody asked before. Where it can't be made, the page `back`, which says
    why. 404 where there is none, or not in this language. The caller has checked who asks.
    """
    if wanted is None or lang not in LANGUAGES:
        raise Http404
    try:
        return pdf(issuing.issue(wanted, cast(Language, lang)))
    except JuzhuError as error:
        messages.error(request, str(error.sentence))
        return redirect(back)
