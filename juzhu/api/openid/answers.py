"""How the endpoints of wallets answer: JSON that no cache keeps, and errors with their standard's code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

import orjson
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from juzhu.wallets.errors import InvalidRequest, Told

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
LARGEST = 256 * 1024
"""Bytes: a document with a photograph, shown whole, is a quarter of it."""
BEARER = 'Bearer realm="juzhu"'


def json(said: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """An answer for one wallet alone."""
    response = HttpResponse(orjson.dumps(said), content_type="application/json", status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def public(said: Mapping[str, Any], seconds: int = 300) -> HttpResponse:
    """What everybody may know, and may keep for some minutes; other pages' scripts may read it."""
    response = HttpResponse(orjson.dumps(said), content_type="application/json")
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def missing() -> HttpResponse:
    """For an address that leads to nothing, or to nothing any more."""
    return json({"error": "not_found"}, 404)


def told(error: Told) -> HttpResponse:
    """An error; a token that is missing or wrong is answered as RFC 6750 has it."""
    response = json({"error": error.code, "error_description": str(error.sentence)}, error.status)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = f'{BEARER}, error="{error.code}"'
    return response


def endpoint(*methods: str) -> Callable[[View[P]], View[P]]:
    """Let these methods through, and turn what goes wrong into an answer."""

    def decorate(view: View[P]) -> View[P]:
        @csrf_exempt
        @wraps(view)
        def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in methods:
                response = json({"error": "method_not_allowed"}, 405)
                response.headers["Allow"] = ", ".join(methods)
                return response
            try:
                return view(request, *args, **kwargs)
            except Told as error:
                return told(error)
            except (RequestDataTooBig, TooManyFieldsSent):
                return told(InvalidRequest("The body is too large."))

        return cast(View[P], answered)

    return decorate


def form(request: HttpRequest, names: Iterable[str]) -> dict[str, str]:
    """Parameters of a form, each at most once; what else comes is passed over. Raises InvalidRequest."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise InvalidRequest("Send a form, application/x-www-form-urlencoded.")
    if len(request.body) > LARGEST:
        raise InvalidRequest("The body is too large.")
    found = {name: request.POST.getlist(name) for name in names if name in request.POST}
    if any(len(values) > 1 for values in found.values()):
        raise InvalidRequest("A parameter came more than once.")
    values = {name: each[0] for name, each in found.items() if each[0]}
    if any("\0" in value for value in values.values()):
        raise InvalidRequest("A parameter has a character that can't be.")
    return values
