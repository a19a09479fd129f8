"""当场更正: what was typed wrong is mended at once, without a notice and without a new application.

Source: Hangzhou art. 17(2); Administrative Licensing Law art. 32(3).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from juzhu.evidence import actions as evidence
from juzhu.evidence.errors import EvidenceNotYours
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence
from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.permits import belonging
from juzhu.permits.errors import CorrectionUnexplained, TransitionForbidden
from juzhu.permits.models import Application
from juzhu.permits.moves import catch_up, check_area, check_officer, check_role
from juzhu.permits.transitions import State

MENDABLE = frozenset({State.SUBMITTED, State.SUPPLEMENT_REQUESTED})
"""Filed, and accepted by nobody."""
FORM = "form"
SHORTEST_REASON = 2


def correct(
    application: Application,
    step: str,
    answers: Mapping[str, Any],
    *,
    actor: Actor,
    today: date,
    reason: str = "",
) -> Application:
    """Mend fields of a form that was filed. Officers say how they know, such as by whom they were told.

    The event names the fields and holds no values; what stood there before stays with the application, under
    "corrected". Raises NotAllowed, OutOfArea, ConflictOfInterest, TransitionForbidden, CorrectionUnexplained.
    """
    with transaction.atomic():
        locked = _take(application, actor, today, reason)
        before = dict(locked.answers.get(step, {}))
        changed = sorted(name for name, value in answers.items() if before.get(name) != value)
        if step != FORM:
            raise TransitionForbidden(step=step)
        if not changed:
            return locked
        kept = [
            *locked.answers.get("corrected", []),
            {
                "step": step,
                "was": {name: before.get(name) for name in changed},
                "at": clock.now().isoformat(),
                "by": actor.account_id,
                "reason": reason.strip(),
            },
        ]
        locked.answers = {**locked.answers, step: {**before, **answers}, "corrected": kept}
        locked.save(update_fields=["answers"])
        _tell(locked, actor, step, changed)
    return locked


def correct_paper(
    application: Application,
    piece: Evidence,
    says: Mapping[str, Any],
    *,
    actor: Actor,
    today: date,
    reason: str,
) -> Evidence:
    """Mend what was typed about a paper: a new piece with the same files takes its place, the old one is
    kept, withdrawn, and the new one is to be looked at anew.

    A department's word is no typing error of ours. Raises EvidenceInvalid, EvidenceNotYours, and what
    `correct` raises.
    """
    with transaction.atomic():
        locked = _take(application, actor, today, reason)
        old = Evidence.objects.select_for_update().filter(pk=piece.pk, withdrawn_at__isnull=True).first()
        if old is None or old.person_id != locked.person_id or old.source != "upload":
            raise EvidenceNotYours
        checked = evidence.checked(Kind(old.kind), says)
        before = evidence.checked(Kind(old.kind), old.says)
        changed = sorted(name for name in {*checked, *before} if checked.get(name) != before.get(name))
        if not changed:
            return old
        papers = list(old.files.all())
        evidence.withdraw(old, actor=actor)
        new = evidence.upload(locked.person_id, Kind(old.kind), checked, papers, actor=actor)
        _tell(locked, actor, old.kind, changed, was=old.pk, now=new.pk, reason=reason.strip())
    return new


def _take(application: Application, actor: Actor, today: date, reason: str) -> Application:
    check_role("correct", actor)
    check_area(actor, application.area)
    if actor.kind == "staff" and len(reason.strip()) < SHORTEST_REASON:
        raise CorrectionUnexplained
    belonging.check(actor, application.person_id, today)
    catch_up(application, today)
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    check_officer(actor, locked)
    if locked.state not in MENDABLE:
        raise TransitionForbidden(state=locked.state)
    return locked


def _tell(locked: Application, actor: Actor, step: str, fields: list[str], **about: object) -> None:
    events.append(
        "application.corrected",
        actor=actor,
        subject=locked,
        person_id=locked.person_id,
        number=locked.number,
        step=step,
        fields=fields,
        **about,
    )
