"""What can be done after issue for who stands at the window: what waits for them, and what they may ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from juzhu.documents.papers.base import writer
from juzhu.documents.papers.remedies import Remedy, remedies
from juzhu.evidence.models import Objection
from juzhu.evidence.queries import objections_of
from juzhu.intake.routes import Offer, offer_for
from juzhu.operations.actors import Actor
from juzhu.operations.errors import Sentence
from juzhu.operations.rules import in_force
from juzhu.operations.writing import Language
from juzhu.people.models import Person
from juzhu.permits.after.corrections import FIELDS
from juzhu.permits.after.queries import corrections_for, fraud_cases_for, post_checks_for
from juzhu.permits.models import Application, Correction, FraudCase, Permit, PostCheck
from juzhu.permits.queries import applications_for
from juzhu.permits.rules import rules_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is open about a person in the officer's area."""

    corrections: list[tuple[Correction, Sentence]]
    checks: list[PostCheck]
    fraud: list[FraudCase]
    objections: list[Objection]
    offer: Offer | None
    automatic: Application | None
    """The latest answer that the rules gave alone, and that no person looks at yet."""
    answered: bool
    """Whether there is a decision against which there are remedies."""

    @property
    def anything(self) -> bool:
        """Whether the page has something to say."""
        return bool(
            self.corrections
            or self.checks
            or self.fraud
            or self.objections
            or self.offer
            or self.automatic
            or self.answered
        )


def waiting(person: Person, case: Application | None, actor: Actor, today: date) -> Waiting:
    """All of it, by a fixed number of queries."""
    asked = corrections_for(actor, today).filter(permit__person=person, state="filed")
    told = fraud_cases_for(actor, today).filter(person=person, state__in=("told", "heard"))
    here = case is not None and actor.covers(case.area)
    return Waiting(
        [(row, FIELDS[row.field]) for row in asked],
        list(post_checks_for(actor).filter(person=person, state="planned")),
        list(told),
        [row for row in objections_of(person.pk) if row.is_open],
        offer_for(case, today) if case is not None and here else None,
        automatic_of(person, actor, today),
        bool(decisions(person, actor, today)),
    )


def automatic_of(person: Person, actor: Actor, today: date) -> Application | None:
    """The latest case that was answered by the rules alone, while nobody has been asked to look."""
    rows = applications_for(actor, today).filter(person=person, automatic=True, permit__isnull=False)
    case = rows.order_by("-decided_on", "-pk").first()
    if case is None:
        return None
    asked = PostCheck.objects.filter(permit=case.permit, plan="request", planned_on__gte=case.decided_on)
    return None if asked.exists() else case


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that somebody may contest. `case`: its application, where it is one."""

    number: str
    on: date
    what: str
    case: Application | None = None

    def remedies(self, lang: Language) -> tuple[Remedy, ...]:
        """To whom one turns, and until when."""
        ended = self.what == "ended"
        rules = in_force(self.on) if ended or self.case is None else rules_of(self.case, self.on)
        return remedies(self.on, writer(lang), rules, "ending" if ended else "decision")


def decisions(person: Person, actor: Actor, today: date) -> list[Answer]:
    """Refusals, corrections that were declined, penalties, and ends of permits by a fact, newest first."""
    refused = applications_for(actor, today).filter(person=person, state="refused", decided_on__isnull=False)
    declined = corrections_for(actor, today).filter(permit__person=person, state="declined")
    punished = fraud_cases_for(actor, today).filter(person=person, state="decided")
    found = [
        *(Answer(row.number or "", row.decided_on, "refused", row) for row in refused if row.decided_on),
        *(Answer(row.number, row.decided_on, "declined") for row in declined if row.decided_on),
        *(Answer(row.number, row.decided_on, "punished") for row in punished if row.decided_on),
    ]
    held = Permit.objects.filter(person=person, area__in=actor.areas).select_related("person")
    for permit in held:
        if permit.end_reason == "local_household" and permit.ended_on:
            case = applications_for(actor, today).filter(permit=permit).order_by("-pk").first()
            found.append(Answer(permit.number, permit.ended_on, "ended", case))
    return sorted(found, key=lambda answer: answer.on, reverse=True)
