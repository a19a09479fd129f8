"""One case as an officer reads it: each finding beside the evidence that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from juzhu.counter.standing import Standing
from juzhu.design.findings import shape_of
from juzhu.evidence.kinds import DEPARTMENTS, GUARDIAN_PROVES, PROVES, Kind
from juzhu.evidence.models import Evidence
from juzhu.evidence.queries import Proof, recorded
from juzhu.evidence.queries import standing as evidence_of
from juzhu.law import lifecycle
from juzhu.law.facts import Route
from juzhu.operations.errors import Sentence
from juzhu.operations.rules import in_force
from juzhu.permits import bureaus, casework, guardians, judging
from juzhu.permits.models import ROUTE_NAMES, Application
from juzhu.permits.transitions import State


@dataclass(frozen=True, slots=True)
class Row:
    """A finding, live or as stored, with the evidence behind it. `shape` is "look" while an upload waits, and
    "checking" while a department is asked about it.
    """

    code: str
    finding: Any
    shape: str
    source: Sentence
    behind: tuple[Evidence, ...]
    awaited: bureaus.Awaited | None = None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What the rules say of a case now, or said when it was answered."""

    application: Application
    standing: Standing
    as_of: date
    outcome: str
    rows: list[Row]
    waiting: list[Evidence]
    alternatives: dict[str, str]
    guardians_papers: tuple[Evidence, ...] = ()
    disputed: frozenset[str] = frozenset()
    """What would be held against the applicant but for a department that is looking into it."""
    refused_for: tuple[str, ...] = ()
    """The codes that a refusal rests on; an unmet leaf beside one that may still hold is none of them."""

    @property
    def better_routes(self) -> list[Sentence]:
        """Other routes by which it would be accepted now."""
        return [ROUTE_NAMES[route] for route, outcome in self.alternatives.items() if outcome == "accept"]

    def with_state(self, *states: str) -> list[Any]:
        """The findings that are met, unproven or unmet."""
        return [row.finding for row in self.rows if _state(row.finding) in states]

    @property
    def unproven(self) -> list[Any]:
        """What a one-off notice must name: nothing that a department is asked about."""
        return [row.finding for row in self.rows if _state(row.finding) == "unproven" and not row.awaited]

    @property
    def checking(self) -> list[bureaus.Awaited]:
        """What departments are asked about."""
        return [row.awaited for row in self.rows if row.awaited]

    @property
    def unmet(self) -> list[Any]:
        """What a refusal rests on."""
        return [row.finding for row in self.rows if row.code in self.refused_for]

    @property
    def acceptable(self) -> bool:
        """Whether it can be accepted: the rules accept it; or it is an endorsement that they would refuse,
        which a reviewer decides on.
        """
        return self.outcome == "accept" or self.against

    @property
    def against(self) -> bool:
        """Whether it is an endorsement that may be refused, not for a department's disputed word alone."""
        refusable = self.application.is_endorsement and self.outcome == "refuse"
        return refusable and not set(self.refused_for) <= self.disputed

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many findings have each shape; what waits for a look first."""
        shapes = ("look", "unmet", "time", "unproven", "checking", "met")
        found = [row.shape for row in self.rows]
        return [(shape, found.count(shape)) for shape in shapes if shape in found]

    def row(self, code: str) -> Row | None:
        """The finding that was asked for; else the first one that wants something, else the first."""
        asked = [row for row in self.rows if row.code == code]
        wanting = [row for row in self.rows if row.shape == "look"]
        wanting += [row for row in self.rows if row.shape in {"unmet", "unproven"}]
        return next(iter(asked + wanting + self.rows), None)


def open_case(application: Application, today: date, notice: judging.Judged | None = None) -> CaseFile:
    """Ask the law about an open case as an action would; of an answered one, read what it answered then.

    `notice`: what the law answers to a one-off notice; without it, to the next decision.
    """
    stands = Standing.of(application, today)
    if stands.done:
        return _answered(application, stands, today)
    case = notice or judging.judged(application, today)
    as_of, answer, seen = case.as_of, case.answer, case.seen
    waiting = casework.unjudged(seen, answer)
    ids = {piece.pk for piece in waiting}
    awaited = bureaus.awaited(answer, seen)
    rows = [
        _row(finding.code, finding, seen.behind(finding.code), application, ids, awaited.get(finding.code))
        for finding in answer.findings
    ]
    others = {str(route): str(outcome) for route, outcome in answer.alternatives.items()}
    theirs = tuple(guardians.papers(application, as_of))
    disputed = frozenset(bureaus.disputed(answer, seen)) if answer.outcome != "accept" else frozenset()
    return CaseFile(
        application, stands, as_of, answer.outcome, rows, waiting, others, theirs, disputed, answer.unmet
    )


def _answered(application: Application, stands: Standing, today: date) -> CaseFile:
    decision = application.decisions.order_by("-pk").first()
    if decision is None:
        return CaseFile(application, stands, today, "", [], [], {})
    pieces = list(recorded(decision.evidence))
    own = (piece for piece in pieces if piece.person_id == application.person_id)
    proof = Proof.of(own, as_of=decision.as_of)
    theirs = tuple(piece for piece in pieces if piece.person_id != application.person_id)
    rows = []
    for found in decision.answer["findings"]:
        behind = _recorded_behind(found["code"], proof, theirs)
        rows.append(_row(found["code"], found, behind, application, set()))
    reasons = tuple(decision.answer["unmet"])
    return CaseFile(
        application, stands, decision.as_of, decision.outcome, rows, [], {}, theirs, refused_for=reasons
    )


def _recorded_behind(code: str, proof: Proof, theirs: tuple[Evidence, ...]) -> list[Evidence]:
    if code in GUARDIAN_PROVES:
        return [piece for piece in theirs if piece.kind == GUARDIAN_PROVES[code]]
    piece = proof.behind(code, PROVES[code]) if code in PROVES else None
    return [] if piece is None else [piece]


def _state(finding: Any) -> str:
    return str(finding["state"] if isinstance(finding, dict) else finding.state)


def _row(
    code: str,
    finding: Any,
    behind: list[Evidence],
    application: Application,
    waiting: set[int],
    awaited: bureaus.Awaited | None = None,
) -> Row:
    if code == "photo" and application.person.photo_id:
        behind = []
    shape = "look" if any(piece.pk in waiting for piece in behind) else shape_of(finding)
    if awaited is not None:
        return Row(code, finding, "checking", awaited.bureau, tuple(behind), awaited)
    return Row(code, finding, shape, _source(code, behind, application), tuple(behind))


def _source(code: str, behind: list[Evidence], application: Application) -> Sentence:
    if behind and behind[0].department:
        return DEPARTMENTS.get(behind[0].department, behind[0].department)
    if behind and code not in GUARDIAN_PROVES:
        return _("本人")
    if code.startswith("residence"):
        return _("登记")
    if code in {"application_form", "representative_identity"}:
        return _("本人")
    if code.startswith("guardian"):
        return _("监护人")
    if code == "photo":
        return _("公安") if application.person.photo_id else ""
    return "" if code in PROVES else _("公安")


def pieces_for(case: CaseFile, row: Row) -> list[Evidence]:
    """All papers of the kind that a finding asks for: the one that counts first, then the others by age."""
    counted = list(row.behind)
    ids = {piece.pk for piece in counted}
    if row.code in GUARDIAN_PROVES:
        theirs = [piece for piece in case.guardians_papers if piece.kind == GUARDIAN_PROVES[row.code]]
        return sorted(theirs, key=lambda piece: piece.pk not in ids)
    if row.code not in PROVES:
        return []
    holder = {"owner_title": "self", "landlord_title": "landlord"}.get(row.code)
    kind = PROVES[row.code]
    found = [
        piece
        for piece in evidence_of(case.application.person_id).filter(kind=kind.value)
        if kind is not Kind.TITLE or piece.says.get("holder") == holder
    ]
    return counted + [piece for piece in found if piece.pk not in ids]


def judgeable(case: CaseFile, piece: Evidence) -> bool:
    """Whether an officer can say what they think of a paper: an upload, in a case that is being handled."""
    return piece.source == "upload" and case.standing.state in {State.SUBMITTED, State.ACCEPTED}


def would_issue(application: Application, today: date) -> lifecycle.Status:
    """The permit as it would stand if the case were approved today."""
    rules = in_force(today)
    if application.permit is None:
        return lifecycle.status(lifecycle.PermitDates(issued_on=today), rules, today)
    dates = application.permit.dates()
    on = application.filed_on or today
    endorsed = tuple(sorted({*dates.endorsed_on, on}))
    return lifecycle.status(lifecycle.PermitDates(dates.issued_on, endorsed), rules, today)


def route_name(route: Route | str) -> Sentence:
    """A route in words."""
    return ROUTE_NAMES.get(route, route)
