"""行政复议、行政诉讼: what was filed against a decision, how it ended, and doing anew what was overturned.

Source: requirements J17; Administrative Reconsideration Law arts. 20, 23, 24; Administrative Litigation Law
art. 46.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.people.models import Fact
from juzhu.permits import conflicts, issuing, rota
from juzhu.permits.casework import reason_of
from juzhu.permits.errors import AnotherInHand, FactStands, NotOverturned, RemedyInvalid
from juzhu.permits.models import Application, FraudCase, Permit, Remedy
from juzhu.permits.moves import begin_examination, check_area, check_role, move_on, staff_id, take
from juzhu.permits.settling import settle
from juzhu.permits.transitions import UNFINISHED, State

CLOSED = frozenset({State.LAPSED, State.ENDED})
"""Closed without a decision on the conditions: that it was closed can be contested."""
BY_FACT = frozenset({"death", "local_household"})
"""Ends that nobody has decided: what can be contested is the fact that was recorded."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What the office was told of a remedy: `kind` is "reconsideration" or "litigation"."""

    kind: str
    authority: str
    case_number: str
    filed_on: date
    note: str = ""


def record(
    application: Application, filed: Filed, *, actor: Actor, today: date, against: FraudCase | None = None
) -> Remedy:
    """Record that a remedy was filed: against the decision of a case of fraud, else against the answer where
    it is an adverse one, or against the end of its permit by a fact, else against the silence.

    Raises RemedyInvalid, and what `take` raises.
    """
    _check_kind(filed)
    with transaction.atomic():
        locked = take(application, "record_remedy", actor, today)
        if against is not None and (against.application_id != locked.pk or against.decided_on is None):
            raise RemedyInvalid(_("请选这一件的决定。"), field="against")
        first = (against.decided_on if against else locked.decided_on) or locked.filed_on
        _check_day(filed, first, today)
        refused = locked.state == State.REFUSED and against is None
        on, reason = (against.decided_on, against.reason) if against else _contested(locked)
        remedy = _write(
            filed,
            actor,
            application=locked,
            decision=locked.decisions.filter(stage="refuse").last() if refused else None,
            fraud_case=against,
            contested_on=on,
            contested_reason=reason,
        )
        events.append(
            "application.remedy_recorded",
            actor=actor,
            subject=locked,
            person_id=locked.person_id,
            remedy=remedy.pk,
            of=filed.kind,
        )
    return remedy


def record_against(case: FraudCase, filed: Filed, *, actor: Actor, today: date) -> Remedy:
    """Record that a remedy was filed against the decision of a case of fraud, whether or not there is an
    application in it.

    Raises RemedyInvalid, NotAllowed, OutOfArea, ConflictOfInterest, and what `take` raises.
    """
    if case.application is not None:
        return record(case.application, filed, actor=actor, today=today, against=case)
    _check_kind(filed)
    with transaction.atomic():
        locked = _take_fraud(case, actor)
        if locked.decided_on is None:
            raise RemedyInvalid(_("还没有决定，没有可以复议、诉讼的。"))
        _check_day(filed, locked.decided_on, today)
        remedy = _write(
            filed,
            actor,
            fraud_case=locked,
            contested_on=locked.decided_on,
            contested_reason=locked.reason,
        )
        _tell_of(locked, "fraud.remedy_recorded", actor, remedy=remedy.pk, of=filed.kind)
    return remedy


def conclude(remedy: Remedy, outcome: str, outcome_on: date, *, actor: Actor, today: date) -> Remedy:
    """Record how a remedy ended, once. Raises RemedyInvalid, and what `record_against` raises."""
    if outcome not in dict(Remedy.OUTCOMES):
        raise RemedyInvalid(_("请选结果。"), field="outcome")
    with transaction.atomic():
        case = _held(remedy, actor, today)
        locked = Remedy.objects.select_for_update(of=("self",)).get(pk=remedy.pk)
        if locked.outcome:
            raise RemedyInvalid(_("结果已经记过了，不能改。"), field="outcome")
        if not locked.filed_on <= outcome_on <= today:
            raise RemedyInvalid(_("结果的日子不能早于提起，也不能在今天以后。"), field="outcome_on")
        locked.outcome, locked.outcome_on = outcome, outcome_on
        locked.save(update_fields=["outcome", "outcome_on"])
        about = {"remedy": locked.pk, "outcome": outcome}
        if isinstance(case, FraudCase):
            _tell_of(case, "fraud.remedy_concluded", actor, **about)
        else:
            events.append(
                "application.remedy_concluded", actor=actor, subject=case, person_id=case.person_id, **about
            )
    return locked


def _contested(locked: Application) -> tuple[date | None, str]:
    """The day and the reason of what the applicant did not get, or lost by a fact since."""
    if locked.state == State.REFUSED or locked.state in CLOSED:
        return locked.decided_on, locked.reason
    permit = locked.permit
    if permit is not None and permit.end_reason in BY_FACT:
        return permit.ended_on, permit.end_reason
    return None, ""


def _check_kind(filed: Filed) -> None:
    if filed.kind not in dict(Remedy.KINDS):
        raise RemedyInvalid(_("请选复议还是诉讼。"), field="kind")


def _check_day(filed: Filed, first: date | None, today: date) -> None:
    if filed.filed_on > today or (first and filed.filed_on < first):
        raise RemedyInvalid(_("提起的日子不能早于决定，也不能在今天以后。"), field="filed_on")


def _write(filed: Filed, actor: Actor, **about: Any) -> Remedy:
    return Remedy.objects.create(
        kind=filed.kind,
        authority=filed.authority.strip(),
        case_number=filed.case_number.strip(),
        filed_on=filed.filed_on,
        note=filed.note.strip(),
        recorded_at=clock.now(),
        recorded_by_id=staff_id(actor),
        **about,
    )


def _held(remedy: Remedy, actor: Actor, today: date) -> Application | FraudCase:
    if remedy.application is not None:
        return take(remedy.application, "record_remedy", actor, today)
    assert remedy.fraud_case is not None
    return _take_fraud(remedy.fraud_case, actor)


def _take_fraud(case: FraudCase, actor: Actor) -> FraudCase:
    check_role("record_remedy", actor)
    rows = FraudCase.objects.select_for_update(of=("self",)).select_related("person")
    locked = rows.get(pk=case.pk)
    check_area(actor, locked.area)
    conflicts.check_person(actor, locked.person)
    return locked


def _tell_of(case: FraudCase, kind: str, actor: Actor, **about: object) -> None:
    events.append(kind, actor=actor, subject=case, person_id=case.person_id, number=case.number, **about)


def to_redo(application: Application) -> Remedy | None:
    """The remedy that overturned the refusal or the closing as it stands, not carried out yet."""
    if application.state != State.REFUSED and application.state not in CLOSED:
        return None
    return application.remedies.filter(
        fraud_case__isnull=True,
        outcome="overturned",
        reopened_on__isnull=True,
        contested_on=application.decided_on,
    ).first()


def fact_in_the_way(application: Application) -> Fact | None:
    """The fact that still ends the case or its permit although a remedy has overturned that end: it has to be
    undone first, with the judgement as its proof (`after.undoing`).
    """
    because = application.person.out_of_scope_because
    overturned = application.remedies.filter(
        fraud_case__isnull=True, outcome="overturned", reopened_on__isnull=True, contested_reason=because
    )
    if not because or not overturned.exists():
        return None
    standing = Fact.objects.filter(person=application.person_id, undone__isnull=True).order_by("-pk")
    return next((fact for fact in standing if fact.ends == because), None)


def reopen(application: Application, reason: str, *, actor: Actor, today: date) -> Application:
    """Do an overturned refusal or closing anew, with a new examination term. The old decisions stay.

    A refused endorsement counts as filed on its day again, and its permit is no longer terminated. What a
    fact has ended goes on once the fact is undone.
    Raises ReasonMissing, NotOverturned, FactStands, AnotherInHand, and what `take` raises.
    """
    said = reason_of(reason)
    check_role("reopen", actor)
    check_area(actor, application.area)
    settle(application.person_id, today)
    with transaction.atomic():
        locked = take(application, "reopen", actor, today)
        overturned = to_redo(locked)
        if overturned is None:
            raise NotOverturned
        if locked.state == State.ENDED:
            _check_nothing_ends_it(locked)
        _check_alone(locked)
        overturned.reopened_on = today
        overturned.save(update_fields=["reopened_on"])
        was = {"decided_on": locked.decided_on, "decided_by": locked.decided_by_id}
        locked.assigned_to_id = rota.next_officer(
            locked, State.SUBMITTED, today, avoid={locked.decided_by_id}
        )
        locked.accepted_on = locked.accepted_at = locked.accepted_by = locked.due_on = None
        locked.decided_on = locked.decided_at = locked.decided_by = None
        locked.deemed_accepted, locked.reason = False, ""
        begin_examination(locked, today)
        if locked.permit:
            issuing.restore(locked.permit, "not_endorsed", actor=actor, because=locked.number or "")
        about = {"said": said, "remedy": overturned.pk, "refusal": was, "assigned_to": locked.assigned_to_id}
        return move_on(locked, "reopen", "application.reopened", actor, **about)


def _check_nothing_ends_it(locked: Application) -> None:
    """Raises FactStands while the fact, or the end of the permit, stands by which the case had ended."""
    gone = locked.permit is not None and locked.permit.ended_on is not None
    if locked.person.out_of_scope_since is not None or gone:
        raise FactStands


def _check_alone(locked: Application) -> None:
    """Raises AnotherInHand, saying what to do, when the applicant has begun or received something else
    since.
    """
    other = Application.objects.filter(person=locked.person_id, state__in=UNFINISHED).first()
    if other is not None and other.state == State.DRAFT:
        raise AnotherInHand(_("申请人另有一份没提交的草稿。请先请本人撤回草稿，再重新办理这一件。"))
    if other is not None:
        raise AnotherInHand(
            _("申请人另有一件在办（编号 %(number)s）。请先把它办完，或者请本人撤回，再重新办理这一件。")
            % {"number": other.number}
        )
    newer = Permit.objects.filter(person=locked.person_id, terminated_on__isnull=True).first()
    if newer is not None and newer.pk != locked.permit_id:
        raise AnotherInHand(
            _("申请人后来又领了居住证（%(number)s），不用重新办理。请把结果告诉本人。")
            % {"number": newer.number}
        )
