"""What surrounds every request: an id, a line in the log, its duration in the metrics, the content policy."""

import re
import secrets
import time
from collections.abc import Callable
from functools import cache

import structlog
from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import Histogram
from structlog.contextvars import bind_contextvars, clear_contextvars

from juzhu.operations.health import REQUEST_SECONDS

log = structlog.get_logger("juzhu.request")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SANE_ID = re.compile(r"[A-Za-z0-9-]{8,40}")


@cache
def stopwatch(method: str, route: str, status: int) -> Histogram:
    """The metric of one route. Kept, since finding it costs more than counting; there are few of them."""
    return REQUEST_SECONDS.labels(method, route, str(status))


class RequestContext:
    """Give the request an id (or take the proxy's), bind it to every log line, and log the route, not the
    path.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if SANE_ID.fullmatch(given) else secrets.token_hex(8)
        clear_contextvars()
        bind_contextvars(request_id=request_id)
        request.request_id = request_id  # type: ignore[attr-defined]
        started = time.perf_counter()
        response = self.get_response(request)
        took = time.perf_counter() - started
        match = request.resolver_match
        route = match.route if match else "unrouted"
        method = request.method if request.method in METHODS else "other"
        stopwatch(method, route, response.status_code).observe(took)
        if route not in {"livez", "readyz", "metrics"}:
            log.info(
                "request",
                method=method,
                route=route,
                status=response.status_code,
                ms=round(took * 1e3, 1),
            )
        response.headers["X-Request-ID"] = request_id
        return response


class ContentPolicy:
    """The content security policy, written by django-csp once: every page has the same one, but for the one
    that leads to a provider of face verification and brings its own.

    Only Django's own debug pages, which live of inline styles, go without.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not (settings.DEBUG and response.status_code in {404, 500}):
            response.headers.setdefault(HEADER, self.policy)
        return response
