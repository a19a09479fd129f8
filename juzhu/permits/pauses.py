"""期限中止: for some things that the law knows, the days are not counted. It names them, and no others do.

Source: Administrative Licensing Law art. 45, by analogy: the applicant is told in writing how long it takes.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from juzhu.operations import events
from juzhu.operations.actors import Actor
from juzhu.operations.errors import Sentence
from juzhu.permits.errors import ClockPaused, ClockRuns, PauseReasonUnknown, ReasonMissing, TermIsOver
from juzhu.permits.models import Application, Pause
from juzhu.permits.moves import end_pause, staff_id, take
from juzhu.permits.timing import due_with

LONGEST_DAYS = 90
SHORTEST_NOTE = 5


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a clock may stand still, and the provisions that say so."""

    name: Sentence
    cites: tuple[str, ...] = ("licensing-law:45",)


REASONS: dict[str, Reason] = {
    "hearing": Reason(_("听证"), ("licensing-law:45", "licensing-law:46")),
    "inspection": Reason(_("检验")),
    "testing": Reason(_("检测")),
    "quarantine": Reason(_("检疫")),
    "appraisal": Reason(_("鉴定")),
    "expert_review": Reason(_("专家评审")),
}
"""All that stops the fifteen days. Tenders and auctions, which the article names too, give out no permits of
this kind.
"""


def pause(
    application: Application, reason: str, note: str, expected_days: int, *, actor: Actor, today: date
) -> Pause:
    """Stop the term of an accepted case, for so long as something takes that the law knows. It ends when an
    officer says so, and never by itself: past the announced days it heads the queue.

    Raises PauseReasonUnknown with the list, ReasonMissing, ClockPaused, TermIsOver, and what `take` raises.
    """
    if reason not in REASONS:
        raise PauseReasonUnknown(known=sorted(REASONS))
    if len(note.strip()) < SHORTEST_NOTE:
        raise ReasonMissing(_("请写明要做什么、由谁做，至少 5 个字。申请人会看到。"))
    longest = longest_days(reason)
    if not 1 <= expected_days <= longest:
        words = _("请写明预计要几天，1 到 %(n)s。申请人会看到。") % {"n": longest}
        raise ReasonMissing(words, field="expected_days")
    with transaction.atomic():
        locked = take(application, "pause", actor, today)
        check_running(locked)
        if locked.due_on and locked.due_on < today:
            raise TermIsOver
        row = Pause.objects.create(
            application=locked,
            reason=reason,
            cites=list(REASONS[reason].cites),
            note=note.strip(),
            began_on=today,
            expected_days=expected_days,
            began_by_id=staff_id(actor),
        )
        events.append(
            "application.paused",
            actor=actor,
            subject=locked,
            person_id=locked.person_id,
            pause=row.pk,
            reason=reason,
            expected_days=expected_days,
            due_on=locked.due_on,
        )
    return row


def resume(application: Application, *, actor: Actor, today: date) -> Application:
    """Let the term run again: it ends later by the days that were not counted. Raises ClockRuns, and what
    `take` raises.
    """
    with transaction.atomic():
        locked = take(application, "resume", actor, today)
        open_pause = locked.open_pause
        if open_pause is None:
            raise ClockRuns
        days = end_pause(locked, staff_id(actor), today)
        locked.due_on = due_with(locked.due_on, days)
        locked.save(update_fields=["due_on"])
        events.append(
            "application.resumed",
            actor=actor,
            subject=locked,
            person_id=locked.person_id,
            pause=open_pause.pk,
            days=days,
            due_on=locked.due_on,
        )
    return locked


def longest_days(reason: str) -> int:
    """How long a pause for that reason may be announced at most. No statute says; the district may."""
    found: int = settings.JUZHU_PAUSE_LONGEST_DAYS.get(reason, LONGEST_DAYS)
    return found


def check_running(locked: Application) -> None:
    """Raises ClockPaused while the clock stands still."""
    if locked.open_pause is not None:
        raise ClockPaused
