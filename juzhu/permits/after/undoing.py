"""撤销事实记录: a death or a household that was recorded wrongly is taken back, and what ended by it goes on.

A case that the fact had ended is opened again where it stood, and not filed anew: nobody has decided on it,
its day of filing may make an endorsement one in time, and its papers were handed in. The mistake was the
office's: the office's own terms have run on, the applicant's term is moved by the days that were lost.
Where the applicant has begun something else meanwhile, that goes on, with all the time they have lived here.

Everything is right with the commit, and no job has to run. Source: Administrative Licensing Law art. 69, by
analogy; Zhejiang art. 19; requirements E07.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Q

from juzhu.operations import events
from juzhu.operations.actors import Actor
from juzhu.operations.clock import SHANGHAI
from juzhu.people import facts
from juzhu.people.errors import FactUndone
from juzhu.people.facts import Undoing
from juzhu.people.models import Fact, Person, UndoneFact
from juzhu.permits import conflicts, issuing, versions
from juzhu.permits.errors import OutOfArea
from juzhu.permits.models import Application, Permit, Remedy, Restoration
from juzhu.permits.transitions import OPEN, UNFINISHED, State

IN_HAND = (State.DRAFT, *OPEN)
HOUSEHOLD = ("household_division", "household_address")


@dataclass(slots=True)
class Outcome:
    """What an undoing has brought back, and what it has left because something newer is in its place."""

    undone: UndoneFact
    restored: list[Permit] = field(default_factory=list)
    reopened: list[Application] = field(default_factory=list)
    left: list[Application | Permit] = field(default_factory=list)


def undo(fact: Fact, undoing: Undoing, *, actor: Actor, today: date) -> Outcome:
    """Take back what was recorded wrongly, by a chief of the person's area, with a reason and a proof.

    Person, cases and permits are held in this order, as everywhere; all rows come before the first event.
    Raises NotAllowed, UndoingUnexplained, ProofMissing, OutOfArea, ConflictOfInterest, FactUndone.
    """
    facts.check(undoing, actor)
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True).get(pk=fact.person_id)
        _check_area(person, actor)
        conflicts.check_person(actor, person)
        if UndoneFact.objects.filter(fact=fact).exists():
            raise FactUndone
        cases = _held_cases(person)
        ended = _ended_by(person, fact)
        outcome = Outcome(facts.take_back(person, fact, undoing, actor=actor, today=today))
        _restore(ended, person, outcome, today)
        _reopen(cases, fact, person, outcome, today)
        _carry_out(fact, outcome, today)
        changed = _new_versions(person, actor, today) if fact.kind == Fact.HOUSEHOLD else []
        _tell(fact, outcome, changed, actor)
        _end_again(outcome, actor)
    return outcome


def _check_area(person: Person, actor: Actor) -> None:
    """A chief of where the person lives or lived last, or of the station that has their permit."""
    last = person.registrations.first()
    areas = {last.subdistrict} if last else set()
    areas |= set(Permit.objects.filter(person=person).values_list("area", flat=True))
    if not any(actor.covers(area) for area in areas):
        raise OutOfArea


def _held_cases(person: Person) -> list[Application]:
    """All cases that the fact may have ended, or that somebody is about to end by it, held until commit."""
    states = (*IN_HAND, State.ENDED)
    rows = Application.objects.select_for_update(of=("self",)).order_by("pk")
    return list(rows.filter(person=person, state__in=states))


def _ended_by(person: Person, fact: Fact) -> list[Permit]:
    """The permits that this fact has ended, whether or not that was written down; held until commit."""
    if not fact.ends:
        return []
    rows = Permit.objects.select_for_update(of=("self",), no_key=True).filter(person=person).order_by("pk")
    found = []
    for permit in rows:
        permit.person = person
        if permit.end_reason == fact.ends and permit.ended_on == max(fact.on, permit.issued_on):
            found.append(permit)
    return found


def _restore(ended: list[Permit], person: Person, outcome: Outcome, today: date) -> None:
    """Let permits work again from their dates; one that a newer one has replaced stays ended."""
    newest = Permit.objects.filter(person=person, terminated_on=None).exclude(
        pk__in=[row.pk for row in ended]
    )
    replaced = newest.exists()
    for permit in ended:
        reason, was = outcome.undone.fact.ends, max(outcome.undone.fact.on, permit.issued_on)
        if replaced:
            outcome.left.append(permit)
            continue
        permit.terminated_on, permit.termination_reason = None, ""
        permit.save(update_fields=["terminated_on", "termination_reason"])
        Restoration.objects.create(
            permit=permit, undone=outcome.undone, reason=reason, ended_on=was, on=today
        )
        outcome.restored.append(permit)


def _reopen(cases: list[Application], fact: Fact, person: Person, outcome: Outcome, today: date) -> None:
    """Let the latest case stand where it stood: a person has one unfinished application at most, and none
    where another fact still ends it.
    """
    busy = any(case.state != State.ENDED for case in cases)
    busy = busy or Application.objects.filter(person=person, state__in=UNFINISHED).exists()
    busy = busy or person.out_of_scope_since is not None
    mine = [
        case
        for case in cases
        if case.state == State.ENDED
        and case.reason == fact.ends
        and case.decided_on is not None
        and case.decided_on >= fact.on
    ]
    for case in cases:
        if fact.ends and case.state == State.SUPPLEMENT_REQUESTED and person.out_of_scope_since is None:
            _give_days_back(case, fact, today)
            case.save(update_fields=["supplement_by"])
    for case in reversed(mine):
        if busy or not _still_wanted(case, person):
            outcome.left.append(case)
            continue
        case.state = stood(case)
        case.decided_on, case.decided_at, case.reason = None, None, ""
        _give_days_back(case, fact, today)
        case.save()
        outcome.reopened.append(case)
        busy = True


def _carry_out(fact: Fact, outcome: Outcome, today: date) -> None:
    """Where a remedy had overturned what goes on now, note the day: nothing more is to be done for it."""
    again = Q(application__in=outcome.reopened) | Q(application__permit__in=outcome.restored)
    overturned = Remedy.objects.filter(again, outcome="overturned", reopened_on=None, fraud_case=None)
    overturned.filter(contested_reason=fact.ends).update(reopened_on=today)


def _still_wanted(case: Application, person: Person) -> bool:
    """An endorsement as long as its permit works; a first application as long as there is no permit."""
    running = Permit.objects.filter(person=person, terminated_on=None).values_list("pk", flat=True)
    return case.permit_id in running if case.is_endorsement else not running


def _give_days_back(case: Application, fact: Fact, today: date) -> None:
    """Move the applicant's term by the days on which nothing could be handed in; what had lapsed before the
    mistake has lapsed.
    """
    since = fact.recorded_at.astimezone(SHANGHAI).date()
    by = case.supplement_by
    if case.state != State.SUPPLEMENT_REQUESTED or by is None or by < since or today <= since:
        return
    case.supplement_by = by + (today - since)
    notice = case.notices.select_for_update().latest("pk")
    notice.due_on, notice.moved_on = case.supplement_by, today
    notice.save(update_fields=["due_on", "moved_on"])


def ended_with(permit: Permit, reason: str, on: date | None) -> Application | None:
    """The endorsement that ended with a permit, held until commit; None where there is none, or something
    newer is in hand.
    """
    if Application.objects.filter(person=permit.person_id, state__in=UNFINISHED).exists():
        return None
    rows = Application.objects.select_for_update(of=("self",)).order_by("-pk")
    return rows.filter(permit=permit, state=State.ENDED, reason=reason, decided_on=on).first()


def go_on(case: Application, *, actor: Actor, because: str) -> None:
    """Let a case that the caller holds stand where it stood, its permit works again. `because`: the number of
    what was overturned.
    """
    case.state = stood(case)
    case.decided_on, case.decided_at, case.reason = None, None, ""
    case.save()
    events.append(
        "application.end_undone",
        actor=actor,
        subject=case,
        person_id=case.person_id,
        number=case.number,
        state=case.state,
        because=because,
    )


def stood(case: Application) -> State:
    """Where an ended case stood before it was ended: its other columns were left as they were."""
    if case.filed_on is None:
        return State.DRAFT
    if case.supplement_by is not None:
        return State.SUPPLEMENT_REQUESTED
    return State.ACCEPTED if case.accepted_on is not None else State.SUBMITTED


def _new_versions(person: Person, actor: Actor, today: date) -> list[int]:
    """Where the permit that stands was written anew with the wrong household: it is written once more."""
    permit = Permit.objects.filter(person=person, terminated_on=None).first()
    if permit is None:
        return []
    held = issuing.locked(permit)
    if held.ended_on is not None or not versions.differs(held, HOUSEHOLD, today):
        return []
    return [versions.make(held, "corrected", actor=actor, today=today).number]


def _tell(fact: Fact, outcome: Outcome, changed: list[int], actor: Actor) -> None:
    for permit in outcome.restored:
        events.append(
            "permit.restored",
            actor=actor,
            subject=permit,
            person_id=fact.person_id,
            terminated_on=max(fact.on, permit.issued_on),
            fact=fact.pk,
        )
    for case in outcome.reopened:
        events.append(
            "application.end_undone",
            actor=actor,
            subject=case,
            person_id=fact.person_id,
            number=case.number,
            state=case.state,
            fact=fact.pk,
        )
    events.append(
        "person.fact_undone",
        actor=actor,
        subject=outcome.undone,
        person_id=fact.person_id,
        fact=fact.pk,
        of=fact.kind,
        ended=fact.ends,
        on=fact.on,
        permits=[permit.pk for permit in outcome.restored],
        applications=[case.number for case in outcome.reopened if case.number],
        versions=changed,
    )


def _end_again(outcome: Outcome, actor: Actor) -> None:
    """Another fact that stands has ended it as well: that end is written down, on its own day."""
    for permit in outcome.restored:
        if permit.ended_on is not None:
            issuing.terminate(permit, permit.end_reason, actor=actor, on=permit.ended_on)
