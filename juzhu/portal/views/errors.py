"""Error pages in words. The one for our own faults needs neither the database nor a session."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from juzhu.design.context import face
from juzhu.operations import clock
from juzhu.operations.rules import in_force
from juzhu.portal.access import keep
from juzhu.portal.grown_up import GrownUp


def session_over(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that is older than its session (Django's CSRF failure). What was typed is kept if it may be."""
    context: dict[str, Any] = {
        "saved_at": keep(request) if _from_here(request) else None,
        "signed_in": request.user.is_authenticated,
        "back": request.get_full_path(),
        "number": _number(request),
    }
    return render(request, "portal/errors/session_over.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return render(request, "portal/errors/400.html", {"number": _number(request)}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "portal/errors/403.html", {"number": _number(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same for what does not exist and for what is not theirs; but what was a ward's says why it is
    gone.
    """
    if isinstance(exception, GrownUp):
        age = in_force(clock.today()).parameters.minor_age
        return render(
            request, "portal/errors/grown_up.html", {"since": exception.since, "age": age}, status=404
        )
    return render(request, "portal/errors/404.html", {"number": _number(request)}, status=404)


def our_error(request: HttpRequest) -> HttpResponse:
    """500. Rendered without context processors: they need the database, which may be what failed."""
    context = {**face(request), "number": _number(request)}
    return HttpResponse(render_to_string("portal/errors/500.html", context), status=500)


def _number(request: HttpRequest) -> str:
    """What to quote on the phone: the request's id, which stands in the log."""
    return str(getattr(request, "request_id", ""))


def _from_here(request: HttpRequest) -> bool:
    """Whether the form was one of our own pages': without the browser's word on that, no."""
    origin = request.headers.get("Origin", "")
    return origin == f"{request.scheme}://{request.get_host()}"
