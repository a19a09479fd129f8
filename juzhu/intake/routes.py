"""Which route: how each stands for somebody today, the best first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from juzhu.law import eligibility
from juzhu.law.calendar import completed_years
from juzhu.law.eligibility import Answer, Finding
from juzhu.law.facts import Purpose, Route
from juzhu.law.policy import Policy
from juzhu.people.models import Person
from juzhu.permits import instant
from juzhu.permits.judging import asked, judged
from juzhu.permits.models import ROUTE_NAMES, Application
from juzhu.permits.rules import rules_of
from juzhu.permits.switching import can_switch
from juzhu.permits.timing import time_has_accepted
from juzhu.permits.transitions import State

FILLED_IN_WHEN_APPLYING = frozenset({"application_form", "photo", "representative_identity"})
"""Conditions of the application itself."""
COMMON = frozenset(
    {"outside_household", "identity_document", "residence_registered", "residence_half_year"}
    | FILLED_IN_WHEN_APPLYING
)
"""Conditions of every route: they say nothing of the one that is looked at."""


@dataclass(frozen=True, slots=True)
class Option:
    """途径: one route and what the law answers to it today."""

    route: Route
    answer: Answer

    @property
    def name(self) -> object:
        """What it is called."""
        return ROUTE_NAMES[self.route]

    @property
    def accepted(self) -> bool:
        """Whether an application by it would be accepted today."""
        return self.answer.outcome == "accept"

    @property
    def refused(self) -> bool:
        """Whether an application by it would be refused today."""
        return self.answer.outcome == "refuse"

    @property
    def unmet(self) -> list[Finding]:
        """Why it would be refused."""
        return [finding for finding in self.answer.findings if finding.code in self.answer.unmet]

    @property
    def unproven(self) -> list[Finding]:
        """What is still to be shown."""
        return [finding for finding in self.answer.findings if finding.state == "unproven"]

    @property
    def known(self) -> bool:
        """Whether anything at all is known of what this route asks for besides the others."""
        own = [finding for finding in self.answer.findings if finding.code not in COMMON]
        return any(finding.state != "unproven" for finding in own)

    @property
    def far_fetched(self) -> bool:
        """Whether it is for few, and nothing says that this person is one of them: a talent permit that
        nobody has shown. It is never proposed, and comes last.
        """
        return self.route == "talent" and not self.known

    @property
    def order(self) -> tuple[bool, bool, date, bool, int]:
        """Soonest first, then one of which something is known, then the one that lacks least: the order of
        somebody's own first page.
        """
        opens = self.answer.earliest_on or date.max if self.refused else date.min
        lacking = sum(finding.state != "met" for finding in self.answer.findings)
        return self.far_fetched, self.refused, opens, not self.known, lacking


def options(answers: Mapping[Route, Answer], person: Person, rules: Policy, today: date) -> list[Option]:
    """Every route that is open to this person's age, the best first."""
    minor = completed_years(person.born, today) < rules.parameters.minor_age
    found = [
        Option(route, answer)
        for route, answer in answers.items()
        if not (minor and route == "employment" and not rules.parameters.minor_employment)
    ]
    return sorted(found, key=lambda option: option.order)


def better(chosen: Option, among: list[Option]) -> Option | None:
    """The route that would do where the chosen one would not; None when there is none, or no need."""
    if not chosen.refused:
        return None
    return next((option for option in among if not option.refused and not option.far_fetched), None)


def best_instead(chosen: Option, among: list[Option]) -> Option | None:
    """The route to offer in place of the chosen one: one that is accepted today where the chosen one is not,
    else one that can be filed where it would be refused.
    """
    if chosen.accepted:
        return None
    return next((option for option in among if option.accepted), None) or better(chosen, among)


@dataclass(frozen=True, slots=True)
class Offer:
    """How the route stands that an application names, and the one to offer in its place."""

    named: Option
    instead: Option
    at_once: bool = False
    """Whether the rules alone may answer by it, so that a person can be asked for instead."""


def offer_for(application: Application, today: date) -> Offer | None:
    """What to offer to an application that stands; None where nothing can be switched or is better."""
    if not can_switch(application, today):
        return None
    accepted = application.state == State.ACCEPTED or time_has_accepted(application, today)
    if accepted and application.accepted_by_id is not None and not application.is_endorsement:
        return None  # an officer has found its conditions met
    case = judged(application, today) if accepted else asked(application, today)
    as_of, seen = case.as_of, case.seen
    rules = rules_of(application, as_of)
    purpose: Purpose = "endorsement" if application.is_endorsement else "permit"
    answers = eligibility.routes(seen.facts, rules, as_of, purpose)
    found = options(answers, application.person, rules, as_of)
    chosen = next((option for option in found if option.route == application.route), None)
    instead = best_instead(chosen, found) if chosen else None
    if chosen is None or instead is None or (accepted and not instead.accepted):
        return None
    may_ask = instant.offered(application.kind, instead.route) and not application.wants_person
    return Offer(chosen, instead, at_once=instead.accepted and may_ask)
