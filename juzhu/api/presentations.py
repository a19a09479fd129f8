"""Asking a holder to show the permit, for checkers' programs: make a request, show a link, read what came."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Status
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from juzhu.api.answers import Answer
from juzhu.api.oauth import Bearer, programs
from juzhu.api.problems import ApiError, Problem
from juzhu.operations import clock
from juzhu.people.models import NAME_LENGTH
from juzhu.wallets import presenting
from juzhu.wallets.catalogue import ITEMS
from juzhu.wallets.models import PURPOSE_LENGTH, Presentation

router = Router()
Code = Annotated[str, Field(json_schema_extra={"enum": list(ITEMS)})]
Outcome = Annotated[str, Field(json_schema_extra={"enum": list(Presentation.OUTCOMES)})]
ASKED: dict[int, Any] = dict.fromkeys((400, 401, 403, 413, 415, 422, 429, 500), Problem)
OPEN: dict[str, Any] = {"security": [{}, {"Programs": []}]}
"""A token is looked at where one comes."""


class PresentationQuestion(BaseModel):
    """What a holder is asked for, by whom and why; in every case that the permit is valid."""

    model_config = ConfigDict(extra="forbid", strict=True)

    ask: Annotated[list[Code], Field(max_length=len(ITEMS), examples=[["lives_in_city"]])] = []
    purpose: Annotated[
        str, StringConstraints(min_length=1, max_length=PURPOSE_LENGTH), Field(examples=["学校报名"])
    ]
    """The holder reads it before anything is shown."""
    name: Annotated[str, StringConstraints(max_length=NAME_LENGTH), Field(examples=["运河小学"])] = ""
    """Who asks, where no organisation's token comes. The holder reads that nobody has confirmed it."""


class PresentationAsked(Answer):
    """`page` is for a QR code that any phone's camera opens, `link` for wallets that are programs; `id` reads
    the result: keep it.
    """

    id: str
    link: str
    page: str
    expires_at: datetime


class PresentationAnswer(Answer):
    """`outcome` and what follows are there once it is answered. `proved`: the permit is valid, and all that
    was asked for was shown and says yes. `claims` are gone after `kept_until`.
    """

    state: Literal["waiting", "answered", "expired"]
    outcome: Outcome | None = None
    because: str | None = None
    proved: bool | None = None
    claims: dict[str, str | bool] | None = None
    answered_at: datetime | None = None
    kept_until: datetime | None = None


@router.post(
    "/presentations",
    response={201: PresentationAsked} | ASKED,
    summary="Ask a holder to show the permit",
    openapi_extra=OPEN,
)
def ask(request: HttpRequest, question: PresentationQuestion) -> Any:
    """Without a token only what says yes or no; with an organisation's also who somebody is."""
    bearer = _bearer(request)
    if bearer is None:
        checker = presenting.Checker(name=question.name, address=_address(request))
    else:
        checker = presenting.Checker(organisation=bearer.client.organisation, program=bearer.client)
    made = presenting.ask(question.ask, question.purpose, checker, now=clock.now())
    said = PresentationAsked(id=made.key, link=made.link, page=made.page, expires_at=made.row.expires_at)
    return Status(201, said)


@router.get(
    "/presentations/{key}",
    response={200: PresentationAnswer} | dict.fromkeys((401, 403, 404, 500), Problem),
    exclude_none=True,
    summary="Read what was shown",
    openapi_extra=OPEN,
)
def read(request: HttpRequest, key: str) -> PresentationAnswer:
    """By the request's id; where a token made it, with a token of the same organisation."""
    bearer = _bearer(request)
    row = presenting.find(key)
    if row is None or not _is_theirs(row, bearer):
        raise ApiError(404, "not_found")
    now = clock.now()
    if row.answered_at is None:
        return PresentationAnswer(state="waiting" if row.expires_at > now else "expired")
    return PresentationAnswer(
        state="answered",
        outcome=row.outcome,
        because=row.because or None,
        proved=row.outcome == "valid",
        claims=dict(presenting.result(row, now)),
        answered_at=row.answered_at,
        kept_until=row.answered_at + presenting.KEPT_FOR,
    )


def _bearer(request: HttpRequest) -> Bearer | None:
    """The program whose token came, None without one. Raises ApiError for a wrong one, and for one that is
    for something else.
    """
    if "Authorization" not in request.headers:
        return None
    bearer = programs(request)
    if not bearer.presentations:
        challenge = 'Bearer realm="juzhu", error="insufficient_scope", scope="presentations"'
        said = "This token does not let its bearer ask holders."
        raise ApiError(403, "insufficient_scope", said, headers={"WWW-Authenticate": challenge})
    return bearer


def _is_theirs(row: Presentation, bearer: Bearer | None) -> bool:
    if row.asked_by_program_id is None:
        return row.asked_by_id is None
    return bearer is not None and bearer.client.organisation_id == row.organisation_id


def _address(request: HttpRequest) -> str:
    """Where a request comes from, as the proxy in front says it where there is one."""
    if settings.JUZHU_BEHIND_PROXY:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
