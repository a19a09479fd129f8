"""Checking a shown permit, for programs. Pages give the same answer in words."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from juzhu.api.answers import VerifyAnswer, VerifyQuestion
from juzhu.api.problems import Problem
from juzhu.credentials import checks
from juzhu.design.context import district
from juzhu.design.formats import mask_name
from juzhu.operations import clock

router = Router()
ASKED: dict[int, Any] = dict.fromkeys((400, 413, 415, 500), Problem)


@router.post(
    "/verify", response={200: VerifyAnswer} | ASKED, exclude_none=True, summary="Check an electronic permit"
)
def verify(request: HttpRequest, question: VerifyQuestion) -> VerifyAnswer:
    """Whether what was shown is ours, and the permit good at this moment. Nothing is stored."""
    check = checks.check(question.code, clock.now())
    answer = VerifyAnswer(
        outcome=check.outcome,
        checked_at=check.checked_at,
        kind=check.kind or None,
        because=check.because or None,
    )
    if check.outcome not in checks.BY_OUTCOME:
        return answer
    answer.district = district("zh")["name"]
    answer.last_day = check.last_day
    name = check.claims.get("name", "")
    if check.permit is not None and check.version is not None:
        name = name or check.version.name
        answer.since = check.since or check.permit.issued_on
        answer.under_review = check.under_review
    answer.masked_name = mask_name(name) if name else None
    return answer
