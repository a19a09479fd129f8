"""A page that works without reception: the service worker that keeps it and its files on the device."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from juzhu.design.templatetags.face import address_of

EVERYWHERE = (
    "juzhu/mark.svg",
    "juzhu/icons.svg",
    "juzhu/juzhu.css",
    "juzhu/juzhu.js",
    "vendor/bootstrap/bootstrap.min.css",
    "vendor/htmx/htmx.min.js",
)
"""What every page loads."""


def worker(
    request: HttpRequest, name: str, page: str, files: Iterable[str], imported: Iterable[str] = ()
) -> HttpResponse:
    """The script that keeps the page of this address, what every page loads, and `files`. It speaks for what
    lies beside it in its folder; where the page does not, for the page.

    `imported` are files that a script asks for by the name they have in the folder.
    """
    addresses = [address_of(path) for path in (*EVERYWHERE, *files)]
    addresses += [f"{settings.STATIC_URL}{path}" for path in imported]
    version = hashlib.sha256("\n".join([page, *addresses]).encode()).hexdigest()[:12]
    context = {"name": name, "files": addresses, "shell": page, "version": version}
    response = render(request, "design/worker.js", context, content_type="text/javascript; charset=utf-8")
    if not page.startswith(request.path.rpartition("/")[0] + "/"):
        response.headers["Service-Worker-Allowed"] = page
    return response
