"""行政复议、行政诉讼: what was filed against a decision, how it ended, and doing anew what was overturned.

Source: requirements J17; Administrative Reconsideration Law arts. 20, 23, 24; Administrative Litigation Law
art. 46.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.permits import issuing, rota
from juzhu.permits.casework import reason_of
from juzhu.permits.errors import AnotherInHand, NotOverturned, RemedyInvalid
from juzhu.permits.models import Application, FraudCase, Permit, Remedy
from juzhu.permits.moves import begin_examination, check_area, check_role, move_on, staff_id, take
from juzhu.permits.settling import settle
from juzhu.permits.transitions import UNFINISHED, State

CLOSED = frozenset({State.LAPSED, State.ENDED})
"""Closed without a decision on the conditions: that it was closed can be contested."""


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
    it is an adverse one, else against the silence.

    Raises RemedyInvalid, and what `take` raises.
    """
    if filed.kind not in dict(Remedy.KINDS):
        raise RemedyInvalid(_("请选复议还是诉讼。"), field="kind")
    with transaction.atomic():
        locked = take(application, "record_remedy", actor, today)
        if against is not None and (against.application_id != locked.pk or against.decided_on is None):
            raise RemedyInvalid(_("请选这一件的决定。"), field="against")
        first = (against.decided_on if against else locked.decided_on) or locked.filed_on
        if filed.filed_on > today or (first and filed.filed_on < first):
            raise RemedyInvalid(_("提起的日子不能早于决定，也不能在今天以后。"), field="filed_on")
        refused = locked.state == State.REFUSED and against is None
        contested = against or (locked if refused or locked.state in CLOSED else None)
        remedy = Remedy.objects.create(
            application=locked,
            decision=locked.decisions.filter(stage="refuse").last() if refused else None,
            kind=filed.kind,
            authority=filed.authority.strip(),
            case_number=filed.case_number.strip(),
            filed_on=filed.filed_on,
            note=filed.note.strip(),
            fraud_case=against,
            contested_on=contested.decided_on if contested else None,
            contested_reason=contested.reason if contested else "",
            recorded_at=clock.now(),
            recorded_by_id=staff_id(actor),
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


def conclude(remedy: Remedy, outcome: str, outcome_on: date, *, actor: Actor, today: date) -> Remedy:
    """Record how a remedy ended, once. Raises RemedyInvalid, and what `take` raises."""
    if outcome not in dict(Remedy.OUTCOMES):
        raise RemedyInvalid(_("请选结果。"), field="outcome")
    with transaction.atomic():
        case = take(remedy.application, "record_remedy", actor, today)
        locked = Remedy.objects.select_for_update(of=("self",)).get(pk=remedy.pk)
        if locked.outcome:
            raise RemedyInvalid(_("结果已经记过了，不能改。"), field="outcome")
        if not locked.filed_on <= outcome_on <= today:
            raise RemedyInvalid(_("结果的日子不能早于提起，也不能在今天以后。"), field="outcome_on")
        locked.outcome, locked.outcome_on = outcome, outcome_on
        locked.save(update_fields=["outcome", "outcome_on"])
        events.append(
            "application.remedy_concluded",
            actor=actor,
            subject=case,
            person_id=case.person_id,
            remedy=locked.pk,
            outcome=outcome,
        )
    return locked


def to_redo(application: Application) -> Remedy | None:
    """The remedy that overturned the refusal or the closing as it stands, not carried out yet."""
    if application.state not in {State.REFUSED, State.LAPSED}:
        return None
    return application.remedies.filter(
        fraud_case__isnull=True,
        outcome="overturned",
        reopened_on__isnull=True,
        contested_on=application.decided_on,
    ).first()


def reopen(application: Application, reason: str, *, actor: Actor, today: date) -> Application:
    """Do an overturned refusal or closing anew, with a new examination term. The old decisions stay.

    A refused endorsement counts as filed on its day again, and its permit is no longer terminated.
    Raises ReasonMissing, NotOverturned, AnotherInHand, and what `take` raises.
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
            issuing.restore(locked.permit, "not_endorsed", actor=actor, application=locked)
        about = {"said": said, "remedy": overturned.pk, "refusal": was, "assigned_to": locked.assigned_to_id}
        return move_on(locked, "reopen", "application.reopened", actor, **about)


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
