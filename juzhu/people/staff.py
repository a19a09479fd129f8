"""What officers say of themselves, and what is set for them: days away, whose cases they keep away from,
their own number. The only place that changes it.
"""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q

from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.people.errors import AbsenceInvalid, AbsentAlready, DeclaredAlready, NotAllowed, StandInUnsuited
from juzhu.people.identity_numbers import parse
from juzhu.people.models import Absence, Account, DeclaredRelation
from juzhu.people.queries import CASEWORKERS

STANDS_IN = {
    "clerk": ("clerk", "chief"),
    "reviewer": ("reviewer", "chief"),
    "chief": ("chief",),
}
"""Who can do whose work."""


def note_absence(
    account: Account, from_on: date, until_on: date, stands_in: Account | None, *, actor: Actor, today: date
) -> Absence:
    """Note that an officer is away, both days included, and who has their cases meanwhile: the officer's own
    note, or that of a chief of the area.

    Raises NotAllowed, AbsenceInvalid, AbsentAlready, StandInUnsuited.
    """
    if until_on < from_on or until_on < today:
        raise AbsenceInvalid(field="until_on")
    with transaction.atomic():
        locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
        _may_note(locked, actor)
        if stands_in is not None and not can_stand_in(stands_in, locked):
            raise StandInUnsuited
        during = Q(from_on__lte=until_on, until_on__gte=from_on, ended_at__isnull=True)
        if locked.absences.filter(during).exists():
            raise AbsentAlready
        absence = Absence.objects.create(
            account=locked, from_on=from_on, until_on=until_on, stands_in=stands_in, noted_at=clock.now()
        )
        events.append(
            "account.absence_noted",
            actor=actor,
            subject=locked,
            from_on=from_on,
            until_on=until_on,
            stands_in=absence.stands_in_id,
        )
    return absence


def end_absence(absence: Absence, *, actor: Actor) -> None:
    """End an absence before its last day, or take it back: from now on the officer has their cases again.

    Raises NotAllowed. Ended twice, it stays as it was.
    """
    with transaction.atomic():
        locked = Absence.objects.select_for_update(of=("self",)).select_related("account").get(pk=absence.pk)
        _may_note(locked.account, actor)
        if locked.ended_at:
            return
        locked.ended_at = clock.now()
        locked.save(update_fields=["ended_at"])
        events.append("account.absence_ended", actor=actor, subject=locked.account, from_on=locked.from_on)


def _may_note(account: Account, actor: Actor) -> None:
    own = actor.account_id == account.pk
    chiefs = actor.role == "chief" and bool(set(actor.areas) & set(account.areas))
    if actor.kind != "staff" or account.role not in CASEWORKERS or not (own or chiefs):
        raise NotAllowed


def can_stand_in(colleague: Account, account: Account) -> bool:
    """Whether somebody can do an absent officer's work: another officer, with their part, in their area."""
    return (
        colleague.pk != account.pk
        and colleague.is_active
        and colleague.role in STANDS_IN.get(account.role, ())
        and bool(set(colleague.areas) & set(account.areas))
    )


def declare_relation(identity_number: str, relation: str, *, actor: Actor, today: date) -> DeclaredRelation:
    """Declare whose cases one keeps away from. Source: requirements G04.

    Raises NotAllowed, IdentityNumberInvalid, DeclaredAlready.
    """
    account_id = _staff_id(actor)
    number = parse(identity_number, today)
    if relation not in dict(DeclaredRelation.RELATIONS):
        raise NotAllowed
    try:
        with transaction.atomic():
            declared = DeclaredRelation.objects.create(
                account_id=account_id,
                identity_number=number.text,
                relation=relation,
                declared_at=clock.now(),
            )
            events.append(
                "account.relation_declared",
                actor=actor,
                subject=declared,
                account=account_id,
                relation=relation,
            )
    except IntegrityError as error:
        raise DeclaredAlready from error
    return declared


def withdraw_relation(declared: DeclaredRelation, *, actor: Actor) -> None:
    """Take a declaration back; the row and both events stay. Only who declared it can. Raises NotAllowed."""
    with transaction.atomic():
        locked = DeclaredRelation.objects.select_for_update().get(pk=declared.pk)
        if locked.account_id != _staff_id(actor):
            raise NotAllowed
        if locked.withdrawn_at:
            return
        locked.withdrawn_at = clock.now()
        locked.save(update_fields=["withdrawn_at"])
        events.append("account.relation_withdrawn", actor=actor, subject=locked, account=locked.account_id)


def set_staff_number(account: Account, identity_number: str, *, actor: Actor, today: date) -> None:
    """Set an officer's own identity number, so that nobody handles their own case. Administrators do it.

    Raises NotAllowed, IdentityNumberInvalid.
    """
    if actor.role != "administrator":
        raise NotAllowed
    number = parse(identity_number, today)
    with transaction.atomic():
        locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
        if not locked.role:
            raise NotAllowed
        locked.staff_identity_number = number.text
        locked.save(update_fields=["staff_identity_number"])
        events.append("account.number_set", actor=actor, subject=locked)


def _staff_id(actor: Actor) -> int:
    if actor.kind != "staff" or actor.account_id is None:
        raise NotAllowed
    return actor.account_id
