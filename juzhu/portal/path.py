"""我的进度: from what the law answers to what a person is told first, next and last.

Pure: it reads no table and no clock. Says when, then why, then what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from juzhu.intake.routes import COMMON, FILLED_IN_WHEN_APPLYING
from juzhu.law import picture
from juzhu.law.calendar import completed_years
from juzhu.law.eligibility import Answer, Finding
from juzhu.law.facts import Route
from juzhu.law.lifecycle import Status
from juzhu.law.policy import Policy
from juzhu.permits.facts import Situation
from juzhu.permits.models import Application, Permit
from juzhu.permits.timing import fact_has_ended, time_has_accepted, time_has_lapsed
from juzhu.permits.transitions import State
from juzhu.portal.next_step import Stage, Step, step_for

FILED: frozenset[Stage] = frozenset({"submitted", "supplement", "accepted", "review"})
ORDER = {"unmet": 0, "unproven": 1, "met": 2}
ALWAYS_SHOWN: dict[bool, frozenset[Route]] = {
    False: frozenset({"employment", "dwelling"}),
    True: frozenset({"dwelling", "study"}),
}


@dataclass(frozen=True, slots=True)
class Way:
    """途径: one route as it stands for this person. `earliest_on`: None when time alone will not do."""

    route: Route
    earliest_on: date | None
    findings: tuple[Finding, ...]
    term: picture.Term | None

    @property
    def lacking(self) -> tuple[Finding, ...]:
        """What is not proved yet, in the tree's order."""
        return tuple(finding for finding in self.findings if finding.state == "unproven")

    @property
    def known(self) -> bool:
        """Whether anything at all is known of it."""
        return any(finding.state != "unproven" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Path:
    """One person's whole path on one day. `ways` come earliest first; of `others` nothing is known."""

    stage: Stage
    today: date
    endorsing: bool
    earliest_on: date | None
    term: picture.Term | None
    step: Step
    common: tuple[Finding, ...]
    later: tuple[Finding, ...]
    """Papers that belong to the application itself and are filled in with it."""
    ways: tuple[Way, ...]
    others: tuple[Way, ...]
    application: Application | None
    permit: Permit | None
    status: Status | None

    @property
    def filed(self) -> bool:
        """Whether an application is with the office, so that dates to apply say nothing any more."""
        return self.stage in FILED

    @property
    def best(self) -> Way | None:
        """The route that opens first."""
        return next((way for way in self.ways if way.earliest_on is not None), None)


def path_of(
    seen: Situation,
    answers: Mapping[Route, Answer],
    rules: Policy,
    today: date,
    *,
    permit: Permit | None = None,
    application: Application | None = None,
) -> Path:
    """Where somebody stands. `answers`: the law's for every route; for a permit's holder, for an endorsement.

    `application` is the unfinished one; what time or a fact has done to it already is seen too.
    """
    standing = permit.status(rules, today) if permit else None
    if standing is None or standing.status == "terminated":
        permit = standing = None
    if application is not None and (
        time_has_lapsed(application, today) or fact_has_ended(application, today)
    ):
        application = None
    minor = completed_years(seen.person.born, today) < rules.parameters.minor_age
    found = [_way(route, answer, seen, rules, today) for route, answer in answers.items()]
    shown = [way for way in found if way.route in ALWAYS_SHOWN[minor] or way.known]
    shown = [way for way in shown if not (minor and way.route == "employment")]
    ways = tuple(sorted(shown, key=_soonest))
    first = next((way for way in ways if way.earliest_on is not None), None)
    stage = _stage(seen, first, rules, today, standing, application)
    common = {finding.code: finding for answer in answers.values() for finding in answer.findings}
    return Path(
        stage=stage,
        today=today,
        endorsing=permit is not None,
        earliest_on=first.earliest_on if first else None,
        term=_term(stage, seen, rules, today, standing),
        step=step_for(_acting(stage, seen), first.lacking if first else (), application, today),
        common=tuple(sorted(
            (f for code, f in common.items() if code in COMMON - FILLED_IN_WHEN_APPLYING), key=_by_state
        )),
        later=tuple(
            finding
            for code, finding in common.items()
            if code in FILLED_IN_WHEN_APPLYING and finding.state != "met" and stage not in FILED
        ),
        ways=ways,
        others=tuple(way for way in found if way not in shown and not (minor and way.route == "employment")),
        application=application,
        permit=permit,
        status=standing,
    )  # fmt: skip


def _way(route: Route, answer: Answer, seen: Situation, rules: Policy, today: date) -> Way:
    own = tuple(finding for finding in answer.findings if finding.code not in COMMON)
    earliest = answer.earliest_on if answer.outcome == "refuse" else today
    term = None
    if route == "employment" and seen.facts.insurance is not None:
        term = picture.insurance_term(seen.facts, rules, today)
    if route == "dwelling" and getattr(seen.facts.dwelling, "lease", None) is not None:
        term = picture.lease_term(seen.facts, rules, today)
    return Way(route, earliest, tuple(sorted(own, key=_by_state)), term)


def _by_state(finding: Finding) -> int:
    return ORDER[finding.state]


def _soonest(way: Way) -> tuple[date, bool, int]:
    """Among routes of one day, one of which something is known goes first, then the one that lacks least."""
    return way.earliest_on or date.max, not way.known, sum(finding.state != "met" for finding in way.findings)


def _stage(
    seen: Situation,
    first: Way | None,
    rules: Policy,
    today: date,
    standing: Status | None,
    application: Application | None,
) -> Stage:
    if application is not None and (stage := _stage_of(application, today, standing)):
        return stage
    if standing is not None:
        return _stage_of_permit(standing, today)
    if seen.person.household_division in rules.parameters.urban_divisions:
        return "local"
    if seen.current is None:
        return "unregistered"
    if first is None or first.earliest_on is None:
        return "blocked"
    return "ready" if first.earliest_on <= today else "waiting"


def _acting(stage: Stage, seen: Situation) -> Stage:
    """What the next step is chosen for: an endorsement, too, needs a current registration first."""
    return "moving" if stage in {"window", "suspended"} and seen.current is None else stage


def _stage_of(application: Application, today: date, standing: Status | None) -> Stage | None:
    if time_has_accepted(application, today):
        return "accepted"
    if application.state == State.SUBMITTED and standing is not None and standing.under_review:
        return "review"
    stages: dict[str, Stage] = {
        State.DRAFT: "draft",
        State.SUBMITTED: "submitted",
        State.SUPPLEMENT_REQUESTED: "supplement",
        State.ACCEPTED: "accepted",
    }
    return stages.get(application.state)


def _stage_of_permit(standing: Status, today: date) -> Stage:
    if standing.status == "suspended":
        return "suspended"
    return "window" if today >= standing.window.opens else "active"


def _term(
    stage: Stage, seen: Situation, rules: Policy, today: date, standing: Status | None
) -> picture.Term | None:
    if standing is not None:
        return picture.validity_term(standing, rules, today)
    if stage in {"waiting", "ready", "blocked", "draft", "unregistered"}:
        return picture.residence_term(seen.facts, rules, today)
    return None
