"""What an officer should know of a person before deciding: earlier cases, ended permits, what checks found.

It is shown, and decides nothing: a person weighs it. Scoped by the officer's own areas, but for what speaks
against the holder of a permit wherever it was found (requirements G03: recorded on the platform).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from juzhu.permits.models import PERMIT_ENDINGS, STATE_NAMES, Application, FraudCase, Permit, PostCheck
from juzhu.permits.transitions import State

MOST = 12


@dataclass(frozen=True, slots=True)
class Past:
    """Lines of a person's history here; `grave` are those that a decision must reckon with."""

    cases: tuple[Application, ...]
    ended: tuple[Permit, ...]
    frauds: tuple[FraudCase, ...]
    checks: tuple[PostCheck, ...]

    @property
    def grave(self) -> bool:
        """Whether a false word was found, or is being looked into."""
        return bool(self.frauds) or any(check.result == "suspected" for check in self.checks)

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.cases) + len(self.ended) + len(self.frauds) + len(self.checks)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Earlier cases as (number, what became of them)."""
        return [(case.number or "", str(STATE_NAMES[State(case.state)])) for case in self.cases]

    @property
    def endings(self) -> list[tuple[str, date | None, str]]:
        """Ended permits as (number, day, why)."""
        return [
            (permit.number, permit.ended_on, str(PERMIT_ENDINGS.get(permit.end_reason, permit.end_reason)))
            for permit in self.ended
        ]


def past_of(application: Application, actor_areas: tuple[str, ...], today: date) -> Past:
    """The history behind a case. Four queries."""
    person = application.person_id
    cases = Application.objects.filter(person=person, area__in=actor_areas).exclude(number=None)
    permits = Permit.objects.filter(person=person).select_related("person").order_by("-issued_on")
    checks = PostCheck.objects.filter(person=person, state="done").exclude(result="true")
    return Past(
        tuple(cases.exclude(pk=application.pk).order_by("-pk")[:MOST]),
        tuple(row for row in permits[:MOST] if row.ended_on is not None and row.ended_on <= today),
        tuple(FraudCase.objects.filter(person=person).exclude(state="closed").order_by("-pk")[:MOST]),
        tuple(checks.order_by("-pk")[:MOST]),
    )
