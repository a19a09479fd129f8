"""Asking the departments' own services, and asking again while they do not answer.

A question is asked outside of any transaction, in threads, within two seconds in all. What is answered is
kept as evidence; what is not is an `Inquiry` that waits, is asked again by the worker, and given up after
some days.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from juzhu.evidence import deliveries
from juzhu.evidence.checking import give_up_before
from juzhu.evidence.connectors.addresses import Bureau
from juzhu.evidence.connectors.circuits import Outcome, ask_together, bureau_for
from juzhu.evidence.connectors.lookups import Found, Nothing, Question
from juzhu.evidence.deliveries import Word
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence, Inquiry
from juzhu.operations import clock, events, tasks
from juzhu.operations.actors import SYSTEM
from juzhu.operations.outside import Fault
from juzhu.people.models import Person

WITHIN_S = 2.0
"""All questions of a submission together."""
NOTHING_KEPT = timedelta(hours=1)
"""How long "we know nothing" is believed: somebody may be on their way to the bureau."""
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
"""Between one try and the next; the last one again and again."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, whom it goes to, and the inquiry that it belongs to, if it is one that waited."""

    bureau: Bureau
    question: Question
    waited: int | None = None


def ask(wanted: Mapping[int, Collection[Kind]], *, now: datetime) -> None:
    """Ask every connected bureau about these kinds of these people, all at once, and keep what they say.

    Nothing that is known freshly is asked again. Without connectors it does nothing. Call it outside of any
    transaction: it waits for others, two seconds at most.
    """
    if not any(bureau_for(kind) for kinds in wanted.values() for kind in kinds):
        return
    people = Person.objects.filter(pk__in=list(wanted)).exclude(identity_number="")
    due = [asked for person in people for asked in _due(person, wanted[person.pk], now)]
    outcomes = ask_together([(asked.bureau, asked.question) for asked in due], within_s=WITHIN_S)
    for asked, outcome in zip(due, outcomes, strict=True):
        _settle(asked, outcome, now)


def _due(person: Person, kinds: Collection[Kind], now: datetime) -> list[Asked]:
    """What is not known freshly and has somebody to ask."""
    found = []
    for kind in sorted(set(kinds)):
        bureau = bureau_for(kind)
        if bureau is not None and not _fresh(person.pk, kind, bureau, now):
            found.append(Asked(bureau, Question(person.pk, person.identity_number, person.name, kind)))
    return found


def _fresh(person_id: int, kind: Kind, bureau: Bureau, now: datetime) -> bool:
    said = _said(person_id, kind, bureau.department)
    if said.filter(received_at__gt=now - timedelta(hours=bureau.max_age_h)).exists():
        return True
    nothing = Inquiry.objects.filter(person=person_id, kind=kind.value, state="nothing")
    return nothing.filter(answered_at__gt=now - NOTHING_KEPT).exists()


def _said(person_id: int, kind: Kind, department: str) -> Any:
    return Evidence.objects.filter(
        person=person_id,
        kind=kind.value,
        source="attestation",
        department=department,
        withdrawn_at__isnull=True,
    )


def _settle(asked: Asked, outcome: Outcome, now: datetime) -> None:
    """Write down what became of a question. Of two that were asked at once, the first answer is kept."""
    question = asked.question
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=question.person_id)
        if asked.waited is None and _fresh(question.person_id, question.kind, asked.bureau, now):
            return
        inquiry = _inquiry(asked, now)
        if inquiry is None:
            return
        inquiry.tried_at, inquiry.attempts = now, inquiry.attempts + 1
        match outcome:
            case Found():
                _answered(inquiry, outcome, now)
            case Nothing():
                inquiry.state, inquiry.answered_at, inquiry.fault = "nothing", now, ""
                inquiry.save()
                _tell("nothing", inquiry)
            case Fault():
                _not_answered(inquiry, outcome, now)


def _inquiry(asked: Asked, now: datetime) -> Inquiry | None:
    """The inquiry that waits for this, one that was given up lately, or a new one that is not written yet.

    None when the one that was tried again waits no more: somebody else was quicker.
    """
    question = asked.question
    rows = Inquiry.objects.select_for_update().filter(person=question.person_id, kind=question.kind.value)
    found = rows.filter(state="waiting").first()
    if asked.waited is not None:
        return found if found is not None and found.pk == asked.waited else None
    lately = give_up_before(give_up_before(now))
    return (
        found
        or rows.filter(state="given_up", asked_at__gt=lately).order_by("-pk").first()
        or Inquiry(
            person_id=question.person_id,
            kind=question.kind.value,
            department=asked.bureau.department,
            asked_at=now,
        )
    )


def _answered(inquiry: Inquiry, found: Found, now: datetime) -> None:
    word = Word(
        kind=Kind(inquiry.kind),
        says=found.says,
        department=inquiry.department,
        way="pull",
        certainty="signed" if found.record else "confirmed",
        record=found.record,
        valid_from=found.valid_from,
        valid_until=found.valid_until,
    )
    had_waited = inquiry.pk is not None
    inquiry.evidence = deliveries.write(inquiry.person_id, word, now=now)
    inquiry.state, inquiry.answered_at, inquiry.fault = "answered", now, ""
    inquiry.save()
    deliveries.announce(inquiry.evidence, inquiry=inquiry.pk)
    if had_waited:
        _tell("answered", inquiry)


def _not_answered(inquiry: Inquiry, fault: Fault, now: datetime) -> None:
    """Wait and ask again; or give up, when it has waited long enough."""
    is_new, inquiry.fault = inquiry.pk is None, fault.code
    overdue = inquiry.asked_at <= give_up_before(now)
    given_up = inquiry.state == "waiting" and overdue
    if given_up:
        inquiry.state = "given_up"
    inquiry.save()
    if inquiry.state == "waiting":
        pause = PAUSES[min(inquiry.attempts, len(PAUSES)) - 1]
        tasks.enqueue(
            "evidence.ask_again",
            {"inquiry": inquiry.pk, "attempt": inquiry.attempts},
            key=f"evidence.ask_again:{inquiry.pk}:{inquiry.attempts}",
            delay=pause,
        )
    if is_new or given_up:
        _tell("given_up" if given_up else "waiting", inquiry)


def _tell(what: str, inquiry: Inquiry) -> None:
    """The event of an inquiry: waiting, answered (after it had waited), nothing, given_up."""
    events.append(
        f"evidence.inquiry_{what}",
        actor=SYSTEM,
        subject=inquiry,
        person_id=inquiry.person_id,
        evidence=inquiry.kind,
        department=inquiry.department,
        fault=inquiry.fault,
        asked_at=inquiry.asked_at,
    )


@tasks.handles("evidence.ask_again", outside=True)
def ask_again(payload: dict[str, int]) -> None:
    """Ask a bureau again that has not answered. Whatever comes of it, this task is done: the next try is
    another task, and one that was overtaken by a later submission does nothing.
    """
    now = clock.now()
    inquiry = Inquiry.objects.filter(
        pk=payload["inquiry"], state="waiting", attempts=payload["attempt"]
    ).first()
    if inquiry is None or _said_meanwhile(inquiry, now):
        return
    kind, person = Kind(inquiry.kind), inquiry.person
    bureau = bureau_for(kind)
    if bureau is None:
        _give_up(inquiry)
        return
    asked = Asked(bureau, Question(person.pk, person.identity_number, person.name, kind), inquiry.pk)
    (outcome,) = ask_together([(bureau, asked.question)], within_s=bureau.timeout_s + 1)
    _settle(asked, outcome, now)


def _said_meanwhile(inquiry: Inquiry, now: datetime) -> bool:
    """Whether the department has said it by itself, on a page or by push: then nobody has to be asked."""
    with transaction.atomic():
        locked = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
        said = _said(locked.person_id, Kind(locked.kind), locked.department)
        piece = said.filter(received_at__gte=locked.asked_at).order_by("-pk").first()
        if piece is None or locked.state != "waiting":
            return locked.state != "waiting"
        locked.state, locked.answered_at, locked.evidence, locked.fault = "answered", now, piece, ""
        locked.save()
        _tell("answered", locked)
    return True


def _give_up(inquiry: Inquiry) -> None:
    """Nobody is connected any more whom one could ask."""
    with transaction.atomic():
        if Inquiry.objects.filter(pk=inquiry.pk, state="waiting").update(state="given_up"):
            _tell("given_up", inquiry)
