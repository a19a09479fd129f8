"""The law's three questions, by the same models and with the same answers as the command line."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Router

from juzhu.api.answers import DeadlineAnswer, DecideAnswer, PolicySummary, StatusAnswer
from juzhu.api.problems import ApiError, Problem
from juzhu.law import deadlines, eligibility, lifecycle, policy
from juzhu.law.lines import DeadlineLine, DecideLine, StatusLine, policy_of
from juzhu.operations.rules import in_force

router = Router()
ASKED: dict[int, Any] = dict.fromkeys((400, 413, 415, 422, 500), Problem)


def _json(answer: object) -> HttpResponse:
    return HttpResponse(orjson.dumps(answer), content_type="application/json")


@router.post("/law/decide", response={200: DecideAnswer} | ASKED, summary="Decide an application")
def decide(request: HttpRequest, question: DecideLine) -> HttpResponse:
    """Accept, one notice of all that is missing, or refuse, with every finding. Nothing is stored."""
    rules = policy_of(question.policy, in_force(question.as_of).id)
    head = {"id": question.id, "policy": rules.id, "as_of": question.as_of.isoformat()}
    answer = eligibility.decide(question.facts, rules, question.as_of, question.route)
    return _json(head | answer.as_json())


@router.post("/law/status", response={200: StatusAnswer} | ASKED, summary="Status of a permit on a day")
def status(request: HttpRequest, question: StatusLine) -> HttpResponse:
    """Active, suspended or terminated, from the permit's dates alone."""
    rules = policy_of(question.policy, in_force(question.as_of).id)
    return _json(
        {"id": question.id} | lifecycle.status(question.permit.dates(), rules, question.as_of).as_json()
    )


@router.post("/law/deadline", response={200: DeadlineAnswer} | ASKED, summary="Last day of a term")
def deadline(request: HttpRequest, question: DeadlineLine) -> HttpResponse:
    """By when something must be done after an event on a day."""
    rules = policy_of(question.policy, in_force(question.event_on).id)
    return _json({"id": question.id} | deadlines.deadline(question.kind, question.event_on, rules).as_json())


@router.get("/policies", response={200: list[PolicySummary], 500: Problem}, summary="List the policy packs")
def policies(request: HttpRequest) -> HttpResponse:
    """The packs that `policy` may name in a question."""
    packs = [policy.load(policy_id) for policy_id in policy.available()]
    return _json([pack.model_dump(mode="json", include=set(PolicySummary.model_fields)) for pack in packs])


@router.get(
    "/policies/{policy_id}",
    response={200: policy.Policy, 404: Problem, 500: Problem},
    summary="Read a policy pack",
)
def policy_pack(request: HttpRequest, policy_id: str) -> HttpResponse:
    """Every parameter with its provisions, what each route requires, sources and readings."""
    if policy_id not in policy.available():
        known = ", ".join(policy.available())
        raise ApiError(404, "not_found", f"There is no policy of this id. Known: {known}.")
    return _json(policy.load(policy_id).model_dump(mode="json"))
