"""What is published, as everybody's program fetches it: a file with its cache headers, and nothing else.

No session, no cookie, no write. A list that nobody has made anew is served as it is: who checks it says that
it is out of date.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import http_date, parse_etags
from django.views.decorators.http import require_safe

from juzhu.credentials.addresses import JWKS, ROOT_KEY, TRUST_LIST, status_path
from juzhu.credentials.models import PublishedDocument
from juzhu.operations import clock
from juzhu.operations.prepared import Prepared

NAMESPACE = "published"
MISSING = "nothing is published here\n"
NOT_SHARED = ("Vary", "Content-Language")
"""What other middleware writes on every answer: a file in no language is the same for everybody."""
_HEADS = Prepared(lambda path: PublishedDocument.objects.filter(path=path).defer("body", "basis"))
_kept: dict[str, PublishedDocument] = {}
"""What this process has read last, with the bytes, by path."""


class Bare:
    """Middleware: keep a published file free of what only pages need."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.resolver_match and request.resolver_match.namespace == NAMESPACE:
            for name in NOT_SHARED:
                del response.headers[name]
        return response


@require_safe
def trust_list(request: HttpRequest) -> HttpResponse:
    """`/.well-known/juzhu-trust-list`: whose documents a checker may trust, signed by the root key."""
    return _file(request, TRUST_LIST)


@require_safe
def jwks(request: HttpRequest) -> HttpResponse:
    """`/.well-known/jwks.json`: the public keys of what is signed here (RFC 7517)."""
    return _file(request, JWKS)


@require_safe
def root_key(request: HttpRequest) -> HttpResponse:
    """`/.well-known/juzhu-root-key`: the root key, to be pinned by a checker."""
    return _file(request, ROOT_KEY)


@require_safe
def status_list(request: HttpRequest, shard: int) -> HttpResponse:
    """`/status/<shard>`: the signed status list of today."""
    return _file(request, status_path(shard))


def _file(request: HttpRequest, path: str) -> HttpResponse:
    row = _HEADS.first(path)
    if row is None:
        response = HttpResponse(MISSING, status=404, content_type="text/plain")
        response.headers["Cache-Control"] = "no-store"
    elif _has(request, row):
        response = _described(HttpResponseNotModified(), row)
    else:
        row = _with_body(row)
        response = _described(HttpResponse(row.body, content_type=row.media_type), row)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _has(request: HttpRequest, row: PublishedDocument) -> bool:
    """Whether who asks has the same bytes already."""
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    return f'"{row.etag}"' in {etag.removeprefix("W/") for etag in asked}


def _with_body(row: PublishedDocument) -> PublishedDocument:
    kept = _kept.get(row.path)
    if kept is None or kept.etag != row.etag:
        kept = _kept[row.path] = PublishedDocument.objects.get(path=row.path)
    return kept


def _described(response: HttpResponse, row: PublishedDocument) -> HttpResponse:
    response.headers["ETag"] = f'"{row.etag}"'
    response.headers["Last-Modified"] = http_date(row.made_at.timestamp())
    response.headers["Cache-Control"] = f"public, max-age={_seconds(row, clock.now())}"
    return response


def _seconds(row: PublishedDocument, now: datetime) -> int:
    """How long a copy may be used: for its `ttl`, and never past its end."""
    left = timedelta(seconds=row.ttl)
    if row.valid_until is not None:
        left = min(left, row.valid_until - now)
    return max(0, int(left.total_seconds()))
