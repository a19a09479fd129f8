"""Handing out a paper that was issued: its PDF, or its OFD."""

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
from juzhu.operations.models import StoredFile
from juzhu.operations.writing import Language

POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
"""A browser's own PDF reader does not start inside a sandbox; nothing of ours holds a script."""


def pdf(document: IssuedDocument) -> FileResponse:
    """The file, to be read in the browser and never kept by a cache. The caller has checked who asks."""
    return _file(document.file, as_attachment=False)


def _file(file: StoredFile, *, as_attachment: bool) -> FileResponse:
    response = FileResponse(
        path_of(file.name).open("rb"),
        as_attachment=as_attachment,
        content_type=file.content_type,
        filename=file.original_name,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = POLICY
    return response


def ofd(document: IssuedDocument | None) -> FileResponse:
    """The OFD, to be kept: browsers show none. 404 where there is none. The caller has checked who asks."""
    if document is None or document.ofd is None:
        raise Http404
    return _file(document.ofd, as_attachment=True)


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
