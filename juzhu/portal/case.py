"""办到哪一步: an application in words, as it stands on a day whether or not a job ran that night."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from juzhu.operations.models import Event
from juzhu.permits.queries import history
from juzhu.permits.timing import Standing
from juzhu.permits.transitions import State
from juzhu.permits.window.mending import MENDABLE

EVENT_WORDS: dict[str, Any] = {
    "application.started": _("开始填写"),
    "application.submitted": _("已提交"),
    "application.supplement_requested": _("一次性告知：请补材料"),
    "application.supplement_extended": _("补正期限延长一次"),
    "application.supplemented": _("已补材料"),
    "application.accepted": _("已受理"),
    "application.deemed_accepted": _("视为已受理"),
    "application.approved": _("审核通过"),
    "application.refused": _("不予"),
    "application.issued": _("已签发"),
    "application.withdrawn": _("已撤回"),
    "application.lapsed": _("补正期限已过，这一件结束"),
    "application.at_window": _("在窗口接着办"),
    "application.represented": _("登记代办人"),
    "application.corrected": _("更正填错的内容"),
    "application.declined": _("您说明不再补，不予受理"),
    "application.route_switched": _("换了途径"),
    "application.paused": _("期限中止"),
    "application.resumed": _("期限恢复计算"),
    "application.taken_back": _("受理收回，重新审查"),
    "application.reopened": _("原决定撤销，重新办理"),
    "application.remedy_recorded": _("记下了您的复议或诉讼"),
    "application.remedy_concluded": _("记下了复议或诉讼的结果"),
    "application.review_requested": _("要求人工复核"),
    "application.ended": _("情况变了，这一件终结"),
    "application.end_undone": _("终结撤销，接着办"),
}
BY_ITSELF: dict[str, Any] = {
    "application.accepted": _("自动受理"),
    "application.approved": _("自动审核通过"),
    "application.issued": _("自动签发"),
}
"""What the rules did alone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline. `at` is None for what time has done and nobody has written down yet."""

    words: Any
    at: datetime | None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Case(Standing):
    """An application on a day, for whom it is about."""

    @property
    def deemed(self) -> bool:
        """Whether time has accepted it, and no officer."""
        return self.application.deemed_accepted or (self.by_time and self.state == State.ACCEPTED)

    @property
    def days_left(self) -> int:
        """Days to `by`; negative once it went by."""
        return (self.by - self.today).days if self.by else 0

    @property
    def overdue(self) -> bool:
        """Whether the office has missed its term."""
        return self.state == State.ACCEPTED and self.pause is None and self.days_left < 0

    @property
    def promised(self) -> date | None:
        """The day that an acceptance promised which a chief has taken back."""
        return self.due_on if self.state == State.SUBMITTED else None

    @property
    def has_receipt(self) -> bool:
        """Whether it was accepted, by an officer or by time."""
        return self.accepted_on is not None

    @property
    def has_refusal(self) -> bool:
        """Whether it was refused."""
        return self.state == State.REFUSED

    @property
    def can_mend(self) -> bool:
        """Whether the form can still be mended: filed, and accepted by nobody."""
        return self.state in MENDABLE

    @property
    def can_withdraw(self) -> bool:
        """Whether it is still in hand."""
        return self.state in {State.SUBMITTED, State.SUPPLEMENT_REQUESTED, State.ACCEPTED}


def timeline(case: Case) -> list[Entry]:
    """What happened, newest first. One query."""
    told = history(case.application).filter(kind__in=list(EVENT_WORDS))
    entries = [_entry(event, case) for event in told]
    if case.state != case.application.state:
        kind, day = {
            State.LAPSED: ("application.lapsed", case.application.supplement_by),
            State.ENDED: ("application.ended", case.application.person.out_of_scope_since),
        }.get(case.state, ("application.deemed_accepted", case.application.examine_by))
        entries.insert(0, Entry(EVENT_WORDS[kind], None, day))
    return entries


def _entry(event: Event, case: Case) -> Entry:
    if event.data.get("automatic"):
        return Entry(BY_ITSELF.get(event.kind, EVENT_WORDS[event.kind]), event.at)
    if event.kind == "application.issued" and case.application.is_endorsement:
        return Entry(_("签注办好了"), event.at)
    if "acceptance_taken_back" in event.data:
        return Entry(_("受理取消，一次性告知：请补材料"), event.at)
    return Entry(EVENT_WORDS[event.kind], event.at)
