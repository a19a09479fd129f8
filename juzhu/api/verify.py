"""Checking a shown permit, for programs. The page of a stranger's phone gives the same answer in words."""

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
    """Whether the code is fresh and ours, and the permit good at this moment. Nothing is stored."""
    check = checks.check(question.code, clock.now())
    if check.permit is None or check.version is None:
        return VerifyAnswer(outcome=check.outcome, checked_at=check.checked_at)
    return VerifyAnswer(
        outcome=check.outcome,
        checked_at=check.checked_at,
        masked_name=mask_name(check.version.name),
        district=district("zh")["name"],
        last_day=check.last_day,
        since=check.since or check.permit.issued_on,
        because=check.because or None,
        under_review=check.under_review,
    )
