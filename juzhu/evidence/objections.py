"""What happens to an objection (异议): a person files it, the department corrects its word or upholds it.

Source: State Council order 716 art. 7; Personal Information Protection Law art. 46, 50.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from juzhu.evidence.actions import enter_guardian, leave_guardian, read, take_back, word
from juzhu.evidence.errors import (
    AlreadyObjected,
    AnswerMissing,
    EvidenceNotYours,
    NothingCorrected,
    NotObjectable,
    ObjectionAnswered,
    OwnWord,
    UpheldAlready,
)
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence, Objection
from juzhu.evidence.queries import may_object, objections_for
from juzhu.evidence.rights import account_behind, check_kind, colleagues_of
from juzhu.law import calendar
from juzhu.operations import clock, events, numbers
from juzhu.operations.actors import Actor
from juzhu.people import keeping_away

SERIES = "YY"
SHORTEST_ANSWER = 5


def due_after(today: date) -> date:
    """By when the department answers what is filed today: the district's own promise, no statute's term."""
    return calendar.add_working_days(today, settings.JUZHU_OBJECTION_WORKING_DAYS).day


def file(
    evidence: Evidence,
    wrong: str,
    right: str,
    *,
    actor: Actor,
    today: date,
    written: Callable[[Objection], Mapping[str, object]] = lambda _made: {},
) -> Objection:
    """Say that a department's word about oneself, or a child in one's care, is wrong.

    From now on it does not count, in nobody's favour, until the department has answered. At the window an
    officer files it for somebody who lives in their area; `written` writes what belongs to it, and gives
    what the event says of that.
    A word that was upheld stands: what is left are the remedies against the decision that rests on it.
    Raises EvidenceNotYours, NotObjectable, AlreadyObjected, UpheldAlready, AnswerMissing when nothing was
    said.
    """
    with transaction.atomic():
        locked = Evidence.objects.select_for_update().get(pk=evidence.pk)
        if not may_object(actor, today).filter(pk=locked.person_id).exists():
            raise EvidenceNotYours
        if locked.source != "attestation" or locked.withdrawn_at is not None:
            raise NotObjectable
        if not wrong.strip():
            raise AnswerMissing
        before = set(Objection.objects.filter(evidence=locked).values_list("state", flat=True))
        if "open" in before:
            raise AlreadyObjected
        if "upheld" in before:
            raise UpheldAlready
        objection = _filed(locked, wrong, right, actor, today)
        about = written(objection)
        events.append(
            "objection.filed",
            actor=actor,
            subject=objection,
            person_id=locked.person_id,
            evidence=locked.kind,
            department=locked.department,
            number=objection.number,
            due_on=objection.due_on,
            **about,
        )
    return objection


def _filed(locked: Evidence, wrong: str, right: str, actor: Actor, today: date) -> Objection:
    return Objection.objects.create(
        number=numbers.yearly(SERIES, today.year),
        evidence=locked,
        person_id=locked.person_id,
        department=locked.department,
        text=wrong.strip(),
        wanted=right.strip(),
        filed_at=clock.now(),
        filed_on=today,
        filed_by_id=actor.account_id,
        due_on=due_after(today),
    )


def correct(
    objection: Objection, says: Mapping[str, Any] | None, answer: str, *, actor: Actor, today: date
) -> Objection:
    """The department was wrong: its word is taken back, and `says` replaces it. None: it is taken back whole,
    since nothing of it is true of this person.

    Raises what `_take` raises; EvidenceInvalid; NothingCorrected; AnswerMissing.
    """
    with transaction.atomic():
        locked = _take(objection, answer, actor, today)
        old = locked.evidence
        kind = Kind(old.kind)
        content = None if says is None else read(kind, says)
        if content is not None and content == old.content:
            raise NothingCorrected
        take_back(old)
        if content is not None:
            new = word(old.person_id, kind, content, old.department, actor, "page")
            new.save(force_insert=True)
            locked.replacement = new
        leave_guardian(old, actor=actor)
        _answered(locked, "corrected", answer, actor)
        if content is not None and locked.replacement is not None:
            enter_guardian(locked.replacement, content, actor=actor)
        _append(locked, actor)
    return locked


def uphold(objection: Objection, answer: str, *, actor: Actor, today: date) -> Objection:
    """The department's word was right: it says why, and the word counts again. Raises what `_take` raises."""
    with transaction.atomic():
        locked = _take(objection, answer, actor, today)
        _answered(locked, "upheld", answer, actor)
        _append(locked, actor)
    return locked


def _take(objection: Objection, answer: str, actor: Actor, today: date) -> Objection:
    """Lock for an officer of the department. Who may not know of an objection is told that there is none.

    Nobody answers for their own word where the department has somebody else. Raises NotAllowed,
    KindNotYours, EvidenceNotYours, ObjectionAnswered, ConflictOfInterest, OwnWord, AnswerMissing.
    """
    check_kind(Kind(objection.evidence.kind), actor)
    if not objections_for(actor, today).filter(pk=objection.pk).exists():
        raise EvidenceNotYours
    locked = Objection.objects.select_for_update().select_related(None).get(pk=objection.pk)
    if not locked.is_open:
        raise ObjectionAnswered
    keeping_away.check(actor, locked.person)
    if locked.evidence.given_by_id == actor.account_id and colleagues_of(actor).exists():
        raise OwnWord
    if len(answer.strip()) < SHORTEST_ANSWER:
        raise AnswerMissing
    return locked


def _answered(locked: Objection, state: str, answer: str, actor: Actor) -> None:
    locked.state, locked.answer = state, answer.strip()
    locked.answered_at = clock.now()
    locked.answered_by = account_behind(actor)
    locked.save(update_fields=["state", "answer", "replacement", "answered_at", "answered_by"])


def _append(locked: Objection, actor: Actor) -> None:
    events.append(
        f"objection.{locked.state}",
        actor=actor,
        subject=locked,
        person_id=locked.person_id,
        number=locked.number,
        evidence=locked.evidence.kind,
        department=locked.department,
        replacement=locked.replacement_id,
    )
