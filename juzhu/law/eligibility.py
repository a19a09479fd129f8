"""The tree for a permit, and the decision: accept, one notice of all that is missing, or refuse with reasons.

Source: notice 2(1)2 and 2(1)3; Zhejiang arts. 16 to 18. An applicant names a route; the answer is for that
route, and also says how the others stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from juzhu.law.conditions import (
    Branch,
    Leaf,
    Node,
    all_of,
    any_of,
    choices,
    fold,
    leaves,
    simplified,
    weigh,
)
from juzhu.law.cutoffs import cutoffs
from juzhu.law.facts import ROUTES, Facts, Purpose, Route, Tenure
from juzhu.law.kleene import NEVER, VALUES, Days, Truth
from juzhu.law.leaves import LEAVES
from juzhu.law.policy import Policy
from juzhu.law.row import Look, row_of
from juzhu.law.wording import Text

__all__ = ["LEAVES", "Answer", "Finding", "decide", "outcome_of", "routes", "tree", "weigh_route"]

State = Literal["met", "unproven", "unmet"]
Outcome = Literal["accept", "supplement", "refuse"]
_STATES: dict[Truth, State] = {True: "met", None: "unproven", False: "unmet"}
_OUTCOMES: dict[Truth, Outcome] = {True: "accept", None: "supplement", False: "refuse"}
# An endorsement asks no form, no photo and no half year: the holder has lived here all along.
NOT_ASKED_AT_ENDORSEMENT = frozenset({"application_form", "photo", "residence_half_year"})

KINDS: dict[Tenure, Text] = {
    "owned": Text("自购房屋", "an own home"),
    "rented": Text("租赁房屋", "a rented home"),
    "relative": Text("近亲属的房屋", "a close relative's home"),
    "public_rental": Text("公有住房", "public housing"),
    "dormitory": Text("单位宿舍", "an employer's dormitory"),
    "lodging": Text("借住、寄住", "a host's home"),
}
MINOR = Text("未成年人", "minors")


@lru_cache(maxsize=256)
def tree(policy: Policy, route: Route, purpose: Purpose = "permit") -> Branch:
    """The conditions of a route under a policy, in the order in which they are shown."""

    def branch(codes: tuple[str, ...], label: Text | None = None) -> Branch:
        asked = (code for code in codes if purpose == "permit" or code not in NOT_ASKED_AT_ENDORSEMENT)
        return all_of(*(LEAVES[code] for code in asked), label=label)

    def one_of(codes: tuple[str, ...]) -> tuple[Branch, ...]:
        return (any_of(*(LEAVES[code] for code in codes)),) if codes else ()

    r = policy.routes
    common = branch(r.common.requires, Text("每条途径", "every route"))
    if route == "talent":
        talent = branch(r.talent.requires, Text("引进人才", "talent"))
        return all_of(common, talent, *one_of(r.talent.requires_any))
    residence = branch(r.residence.requires, Text("居住", "residence"))
    if route == "employment":
        own = branch(r.employment.requires, Text("合法稳定就业", "employment"))
        any_work = one_of(r.employment.requires_any)
        return all_of(common, residence, own, *any_work, branch(r.employment.minor.requires, MINOR))
    if route == "study":
        own = branch(r.study.requires, Text("连续就读", "study"))
        return all_of(common, residence, own, branch(r.study.minor.requires, MINOR))
    homes = (branch(codes, KINDS[tenure]) for tenure, codes in r.dwelling.kinds.items())
    others = (LEAVES[code] for code in r.dwelling.acceptance)
    dwelling = all_of(*homes, *others, label=Text("合法稳定住所", "dwelling"))
    return all_of(common, residence, dwelling, branch(r.dwelling.minor.requires, MINOR))


class _Plan(NamedTuple):
    """The trees of all routes, ready to be walked quickly, and every leaf in them once.

    `choices` are the routes with an "any of" in them.
    """

    trees: dict[Route, Node]
    leaves: dict[Route, tuple[Leaf, ...]]
    every_leaf: tuple[Leaf, ...]
    choices: dict[Route, tuple[Branch, ...]]


@lru_cache(maxsize=64)
def _plan(policy: Policy, purpose: Purpose) -> _Plan:
    trees = {route: tree(policy, route, purpose) for route in ROUTES}
    of_route = {route: leaves(node) for route, node in trees.items()}
    every_leaf = dict.fromkeys(leaf for route in ROUTES for leaf in of_route[route])
    return _Plan(
        {route: simplified(node) for route, node in trees.items()},
        of_route,
        tuple(every_leaf),
        {route: choices(node) for route, node in trees.items()},
    )


class Finding(NamedTuple):
    """One leaf and how it stands. Its sentence is made when it is read."""

    leaf: Leaf
    look: Look
    truth: Truth

    @property
    def code(self) -> str:
        return self.leaf.code

    @property
    def state(self) -> State:
        return _STATES[self.truth]

    @property
    def cites(self) -> tuple[str, ...]:
        return self.look.on.policy.cites[self.leaf.code]

    @property
    def message(self) -> Text:
        return self.leaf.say(self.look, self.truth)

    @property
    def since(self) -> date | None:
        return self.leaf.compared(self.look)[0]

    @property
    def needed_by(self) -> date | None:
        return self.leaf.compared(self.look)[1]

    @property
    def ready_on(self) -> date | None:
        """The first day from which this leaf will hold if everything continues; None for never or unknown."""
        if self.truth is None:
            return None
        if self.truth:
            return self.look.on.as_of
        cured = self.leaf.cured_on(self.look)
        return None if cured == NEVER else cured

    def as_json(self) -> dict[str, Any]:
        since, needed_by = self.leaf.compared(self.look)
        return {
            "code": self.leaf.code,
            "state": _STATES[self.truth],
            "cites": self.cites,
            "message": self.message.as_json(),
            "since": since and since.isoformat(),
            "needed_by": needed_by and needed_by.isoformat(),
            "ready_on": (ready := self.ready_on) and ready.isoformat(),
        }


@dataclass(frozen=True, eq=False, slots=True)
class Answer:
    """`missing` and `unmet` are sorted codes; `missing_any_of` is None where the key is absent: lists, one of
    which is enough.
    """

    route: Route
    outcome: Outcome
    missing: tuple[str, ...]
    unmet: tuple[str, ...]
    earliest_on: date | None
    alternatives: dict[Route, Outcome]
    findings: tuple[Finding, ...]
    missing_any_of: tuple[tuple[str, ...], ...] | None = None

    def as_json(self) -> dict[str, Any]:
        answer = {
            "route": self.route,
            "outcome": self.outcome,
            "missing": self.missing,
            "unmet": self.unmet,
            "earliest_on": self.earliest_on and self.earliest_on.isoformat(),
            "alternatives": self.alternatives,
            "findings": [finding.as_json() for finding in self.findings],
        }
        return answer if self.missing_any_of is None else answer | {"missing_any_of": self.missing_any_of}


class _Weighing:
    """One look, with each leaf tested once however many routes ask for it; or those of one route only."""

    def __init__(
        self, facts: Facts, policy: Policy, as_of: date, purpose: Purpose, only: Route | None = None
    ) -> None:
        on = cutoffs(policy, as_of)
        self.look = Look(facts, row_of(facts, on), on)
        self._plan = _plan(policy, purpose)
        asked = self._plan.every_leaf if only is None else self._plan.leaves[only]
        self._weighed = weigh(asked, self.look.row, on)

    def outcome(self, route: Route) -> Outcome:
        return _OUTCOMES[fold(self._plan.trees[route], self._weighed.truths.__getitem__, VALUES)]

    def outcomes(self) -> dict[Route, Outcome]:
        return {route: self.outcome(route) for route in ROUTES}

    def findings(self, route: Route) -> tuple[Finding, ...]:
        look, (truths, asked) = self.look, self._weighed
        found = tuple(
            [Finding(leaf, look, truths[leaf]) for leaf in self._plan.leaves[route] if leaf in asked]
        )
        if not self._plan.choices[route]:
            return found
        idle = self._idle(route)
        return tuple([finding for finding in found if finding.leaf not in idle])

    def _idle(self, route: Route) -> set[Leaf]:
        """Leaves that need not hold, since another of the same choice does; they give no finding."""
        truths = self._weighed.truths
        made = [choice for choice in self._plan.choices[route] if self._value(choice) is True]
        return {leaf for choice in made for leaf in leaves(choice) if truths[leaf] is not True}

    def _value(self, node: Node) -> Truth:
        value: Truth = fold(node, self._weighed.truths.__getitem__, VALUES)
        return value

    def answer(self, route: Route, outcomes: dict[Route, Outcome]) -> Answer:
        outcome, findings = outcomes[route], self.findings(route)
        deciding = findings
        if outcome != "accept" and self._plan.choices[route]:
            deciding = self._deciding(route, findings, None if outcome == "supplement" else False)
        return Answer(
            route=route,
            outcome=outcome,
            missing=_codes(deciding, None) if outcome == "supplement" else (),
            unmet=_codes(deciding, False) if outcome == "refuse" else (),
            earliest_on=self._earliest(route) if outcome == "refuse" else None,
            alternatives={other: stands for other, stands in outcomes.items() if other != route},
            findings=findings,
            missing_any_of=self._missing_any_of(route),
        )

    def _deciding(self, route: Route, findings: tuple[Finding, ...], truth: Truth) -> tuple[Finding, ...]:
        """Without the leaves of a choice that is not itself of that truth: an expired talent permit refuses
        nobody who may still be on the list.
        """
        other = [choice for choice in self._plan.choices[route] if self._value(choice) is not truth]
        beside = {leaf for choice in other for leaf in leaves(choice)}
        return tuple([finding for finding in findings if finding.leaf not in beside])

    def _earliest(self, route: Route) -> date | None:
        """The first day on which no leaf is unmet: the same tree, folded as days."""
        as_of, truths = self.look.on.as_of, self._weighed.truths

        def first_day(leaf: Leaf) -> date:
            return as_of if truths[leaf] is not False else leaf.cured_on(self.look)

        day: date = fold(self._plan.trees[route], first_day, Days(as_of))
        return None if day == NEVER else day

    def _missing_any_of(self, route: Route) -> tuple[tuple[str, ...], ...] | None:
        if route == "dwelling" and self.look.facts.dwelling is None:
            return tuple(self.look.on.policy.routes.dwelling.kinds.values())
        for choice in self._plan.choices[route]:
            if self._value(choice) is None:
                truths = self._weighed.truths
                return tuple((leaf.code,) for leaf in leaves(choice) if truths[leaf] is None)
        return None


def _codes(findings: tuple[Finding, ...], truth: Truth) -> tuple[str, ...]:
    return tuple(sorted([finding.leaf.code for finding in findings if finding.truth is truth]))


def decide(facts: Facts, policy: Policy, as_of: date, route: Route, purpose: Purpose = "permit") -> Answer:
    """What the law answers to an application on that day. Total: it raises nothing on valid facts."""
    weighing = _Weighing(facts, policy, as_of, purpose)
    return weighing.answer(route, weighing.outcomes())


def routes(facts: Facts, policy: Policy, as_of: date, purpose: Purpose = "permit") -> dict[Route, Answer]:
    """The answer for every route at once."""
    weighing = _Weighing(facts, policy, as_of, purpose)
    outcomes = weighing.outcomes()
    return {route: weighing.answer(route, outcomes) for route in ROUTES}


def weigh_route(
    facts: Facts, policy: Policy, as_of: date, route: Route, purpose: Purpose = "permit"
) -> tuple[Outcome, tuple[Finding, ...]]:
    """The outcome and the findings of one route alone: no other routes, no earliest day."""
    weighing = _Weighing(facts, policy, as_of, purpose, only=route)
    return weighing.outcome(route), weighing.findings(route)


def outcome_of(
    facts: Facts, policy: Policy, as_of: date, route: Route, purpose: Purpose = "permit"
) -> Outcome:
    """The bare outcome of one route, without findings."""
    return _Weighing(facts, policy, as_of, purpose, only=route).outcome(route)
