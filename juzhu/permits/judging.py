"""Which day a case is judged by (ADR 0007), and what the law answers then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from juzhu.law import eligibility
from juzhu.law.eligibility import Answer
from juzhu.law.facts import Purpose, Route
from juzhu.permits import facts
from juzhu.permits.facts import Situation
from juzhu.permits.models import Application
from juzhu.permits.rules import rules_of
from juzhu.permits.timing import time_has_accepted
from juzhu.registration.queries import registered_from, stays


@dataclass(frozen=True, slots=True)
class Judged:
    """What the law answers on the day that a case is judged by."""

    as_of: date
    answer: Answer
    seen: Situation


def judged(application: Application, today: date) -> Judged:
    """The law's answer by which a case is decided: that of the day it is judged by, or of today where only
    today's is better. The office's delay costs the citizen nothing, and what was mended or has matured
    while they waited counts. Source: requirements E03; Zhejiang art. 18, 19.
    """
    return _best(application, (judged_on(application, today), today))


def asked(application: Application, today: date) -> Judged:
    """The same for a one-off notice: what is met today is not asked for."""
    return _best(application, (asked_on(application, today), today))


def _best(application: Application, days: Iterable[date]) -> Judged:
    found = None
    for day in dict.fromkeys(days):
        answer, seen = facts.decide(application, day)
        found = found or Judged(day, answer, seen)
        if answer.outcome == "accept":
            return Judged(day, answer, seen)
    assert found is not None
    return found


def other_route(application: Application, today: date) -> Route | None:
    """Another route by which a case would be granted, on the day it is judged by or today. Who meets any of
    them is not refused. Source: requirements E03, 3.7; Zhejiang art. 16.
    """
    purpose: Purpose = "endorsement" if application.is_endorsement else "permit"
    for day in dict.fromkeys((judged_on(application, today), today)):
        _answer, seen = facts.decide(application, day)
        answers = eligibility.routes(seen.facts, rules_of(application, day), day, purpose)
        for route, answer in answers.items():
            if route != application.route and answer.outcome == "accept":
                return route
    return None


def judged_on(application: Application, today: date) -> date:
    """The day an application is judged by: an endorsement's filing, else acceptance, else today.

    The office's delay costs the citizen nothing, and what matured while waiting counts.
    """
    if application.is_endorsement:
        return _filed(application, today)
    if time_has_accepted(application, today):
        return application.received_on or today
    return application.accepted_on or today


def asked_on(application: Application, today: date) -> date:
    """The day a one-off notice is judged by, and on which the routes are compared: an endorsement's filing,
    else today, acceptance or not. For what is handed in is examined anew, and nothing shall be missing then
    that was not asked for.
    """
    return _filed(application, today) if application.is_endorsement else today


def _filed(endorsement: Application, today: date) -> date:
    """The day of filing; of who filed between two registrations, that on which they registered again: what
    the notice asks for must be able to cure what was missing. One query.
    """
    filed = endorsement.filed_on or today
    return registered_from(stays(endorsement.person_id), filed)
