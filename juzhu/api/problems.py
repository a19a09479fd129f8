"""Every error of the API, as RFC 9457 problem+json with a stable code."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

import orjson
import structlog
from django.http import HttpRequest, HttpResponse
from ninja.errors import HttpError
from ninja.errors import ValidationError as Invalid
from pydantic import BaseModel, ConfigDict, Field

from juzhu.law.errors import LawError
from juzhu.operations.errors import JuzhuError

log = structlog.get_logger("juzhu.api")
MEDIA_TYPE = "application/problem+json"

DETAILS = {
    "invalid_request": "The request does not have the declared shape.",
    "invalid_json": "The body is not JSON.",
    "impossible": "The request has the declared shape, but what it says cannot be true.",
    "not_found": "There is nothing at this address.",
    "method_not_allowed": "This address does not answer to this method.",
    "too_large": "The body is too large.",
    "unsupported_media_type": "Send the body as application/json.",
    "unauthorized": "Send an access token as `Authorization: Bearer …`.",
    "invalid_token": "The access token is unknown, over, or revoked. Ask for a new one.",
    "insufficient_scope": "This token does not let its bearer give this kind.",
    "says_invalid": "What is said does not have the form of its kind.",
    "record_invalid": "The signed record does not verify with the keys that the department has registered.",
    "record_differs": "The signed record says something else than the request.",
    "idempotency_key_reused": "This idempotency key came with another word before.",
    "report_invalid": "Something in an entry can't be taken. Nothing was filed.",
    "not_allowed": "This organisation is closed.",
    "ask_invalid": "What is asked for needs a name and a purpose, each a line of text.",
    "account_needed": "What says who somebody is needs an organisation's token of the scope `presentations`.",
    "too_many_asked": "This address has asked too often. Wait some minutes.",
    "internal_error": "It is our fault. Nothing was changed; the same request may be sent again.",
}


class Fault(BaseModel):
    """One value that is at fault: where it stands in the request, and what is wrong with it."""

    path: list[str | int]
    message: str


class Problem(BaseModel):
    """RFC 9457. `code` is stable and meant for programs; `detail` is for people."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(examples=["about:blank"])
    title: str
    status: int
    code: str
    detail: str
    errors: list[Fault]


class ApiError(Exception):
    """An error that an endpoint or the parser has found."""

    def __init__(
        self, status: int, code: str, detail: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        self.status, self.code = status, code
        self.detail = detail or DETAILS[code]
        self.headers = headers or {}
        super().__init__(code)


def problem(status: int, code: str, detail: str = "", errors: Sequence[object] = ()) -> HttpResponse:
    """An error as a response."""
    body = body_of(status, code, detail, [Fault.model_validate(fault) for fault in errors])
    return HttpResponse(orjson.dumps(body.model_dump()), content_type=MEDIA_TYPE, status=status)


def body_of(status: int, code: str, detail: str = "", errors: Sequence[Fault] = ()) -> Problem:
    """An error as it stands in a response, or in a row of a batch's answer."""
    return Problem(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        code=code,
        detail=detail or DETAILS[code],
        errors=list(errors),
    )


def on_api_error(request: HttpRequest, error: ApiError) -> HttpResponse:
    """What an endpoint has found."""
    told = problem(error.status, error.code, error.detail)
    for name, value in error.headers.items():
        told.headers[name] = value
    return told


def on_refused(request: HttpRequest, error: JuzhuError) -> HttpResponse:
    """What a room of the house does not do: the code is its own, the words are for programs."""
    faults = error.about.get("faults", [])
    told = problem(error.status, error.code, errors=faults if isinstance(faults, list) else [])
    if error.status == 403:
        told.headers["WWW-Authenticate"] = 'Bearer realm="juzhu", error="insufficient_scope"'
    return told


def on_invalid(request: HttpRequest, error: Invalid) -> HttpResponse:
    """A shape that is not the declared one is 400; a value that has it and can't be true is 422."""
    impossible = all(fault["type"] == "value_error" for fault in error.errors)
    status, code = (422, "impossible") if impossible else (400, "invalid_request")
    faults = [{"path": _path(fault["loc"]), "message": str(fault["msg"])} for fault in error.errors]
    return problem(status, code, errors=faults)


def _path(loc: tuple[str | int, ...]) -> list[str | int]:
    """Where the value stands in the body, without the parameter's own name and those of unions' branches."""
    inside = [step for step in loc[2:] if step is not None]
    return [step for n, step in enumerate(inside) if not (n and inside[n - 1] == "dwelling")]


def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework says, above all of a body that the parser has refused."""
    if isinstance(error.__cause__, ApiError):
        return on_api_error(request, error.__cause__)
    return problem(error.status_code, "not_found" if error.status_code == 404 else "invalid_request")


def on_law_error(request: HttpRequest, error: LawError) -> HttpResponse:
    """What the law cannot answer: the code is the law's own."""
    return problem(422, error.code, error.message, [{"path": list(error.path), "message": error.message}])


def on_not_found(request: HttpRequest, error: Exception) -> HttpResponse:
    """An address or an id that is not there."""
    return problem(404, "not_found")


def on_too_large(request: HttpRequest, error: Exception) -> HttpResponse:
    """A body above the server's own limit."""
    return problem(413, "too_large")


def on_any(request: HttpRequest, error: Exception) -> HttpResponse:
    """Our own fault: logged with its trace, told without it."""
    log.exception("api_failed", error=type(error).__name__)
    return problem(500, "internal_error")
