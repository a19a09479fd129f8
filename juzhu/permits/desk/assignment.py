"""Who has which case: a chief assigns it, an officer hands it over. It never blocks: any officer of the
area with the part may act, whoever has it.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from juzhu.operations import events
from juzhu.operations.actors import SYSTEM, Actor
from juzhu.operations.errors import Sentence
from juzhu.operations.models import Event
from juzhu.people.models import Account, DeclaredRelation
from juzhu.permits import conflicts, rota
from juzhu.permits.casework import reason_of
from juzhu.permits.errors import ColleagueUnsuited, ConflictOfInterest
from juzhu.permits.models import Application
from juzhu.permits.moves import take
from juzhu.permits.transitions import OPEN, State


def assign(
    application: Application, to: Account | None, reason: str, *, actor: Actor, today: date
) -> Application:
    """Let a chief give a case to somebody, or out of somebody's hands to nobody (`to` None).

    Raises ReasonMissing, ColleagueUnsuited, and what `take` raises.
    """
    said = reason_of(reason)
    with transaction.atomic():
        locked = take(application, "assign", actor, today)
        return _give(locked, to, "application.assigned", said, actor, today)


def hand_over(
    application: Application, to: Account | None, reason: str, *, actor: Actor, today: date
) -> Application:
    """Let the officer who has a case give it to a colleague; to None: to whoever has the fewest.

    Who has to keep away from a case gives it back that way, and chooses nobody.
    Raises ReasonMissing, ColleagueUnsuited, ConflictOfInterest, and what `take` raises.
    """
    said = reason_of(reason)
    with transaction.atomic():
        locked = take(application, "hand_over", actor, today)
        if rota.in_hands_of(locked, today) != actor.account_id:
            raise ColleagueUnsuited(_("这一件不在您手里。要换人办，请找所长。"))
        if to is not None and conflicts.in_conflict(actor, locked):
            raise ConflictOfInterest(_("您要回避，不能挑由谁来办。请选“给最空的同事”。"))
        if to is None:
            state, own = State(locked.state), {actor.account_id, locked.accepted_by_id, locked.assigned_to_id}
            found = rota.next_officer(locked, state, today, avoid=own)
            to = Account.objects.filter(pk=found).first() if found else None
        return _give(locked, to, "application.handed_over", said, actor, today)


def _give(
    locked: Application, to: Account | None, event: str, said: str, actor: Actor, today: date
) -> Application:
    if to is not None and to.pk not in {officer.pk for officer in rota.can_have(locked, today)}:
        raise ColleagueUnsuited(_why_not(locked, to, today))
    was, locked.assigned_to = locked.assigned_to_id, to
    locked.save(update_fields=["assigned_to"])
    events.append(
        event,
        actor=actor,
        subject=locked,
        person_id=locked.person_id,
        to=to.pk if to else None,
        was=was,
        said=said,
    )
    return locked


def _why_not(locked: Application, to: Account, today: date) -> Sentence:
    """Why a colleague can't have a case, as far as others may know."""
    if to.pk in rota.stand_ins(today):
        return _("这位同事今天不在岗。请选别的同事。")
    if locked.state == State.ACCEPTED and to.pk == locked.accepted_by_id:
        return _("这一件是这位同事受理的，不能再由他审核。请选别的同事。")
    return ""


@events.subscribe("account.relation_declared")
def pass_on(event: Event) -> None:
    """Give the cases that an officer has just declared to keep away from to somebody else."""
    declared = DeclaredRelation.objects.get(pk=event.subject_id)
    today = event.at.date()
    for case in Application.objects.filter(assigned_to=declared.account_id, state__in=OPEN):
        with transaction.atomic():
            locked = (
                Application.objects.select_for_update(of=("self",)).select_related("person").get(pk=case.pk)
            )
            if locked.assigned_to_id != declared.account_id or State(locked.state) not in OPEN:
                continue
            if not conflicts.among([declared.account_id], locked):
                continue
            avoid = {declared.account_id, locked.accepted_by_id}
            found = rota.next_officer(locked, State(locked.state), today, avoid=avoid)
            to = Account.objects.filter(pk=found).first() if found else None
            _give(locked, to, "application.handed_over", "", SYSTEM, today)
