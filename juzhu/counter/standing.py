"""Where a case stands by its dates, and by when something must be done about it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from juzhu.operations.errors import Sentence
from juzhu.permits import pauses
from juzhu.permits.actions import due_when_accepted, fact_has_ended, time_has_accepted, time_has_lapsed
from juzhu.permits.models import STATE_NAMES, Application, Pause
from juzhu.permits.transitions import State

TERM_DAYS = {State.SUBMITTED: 7, State.ACCEPTED: 15, State.SUPPLEMENT_REQUESTED: 30}
"""How long the whole bar is, in days."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`by_time`: no officer moved it here, the dates did. `due` is None where nothing is waited for; while
    the clock is paused it moves on with each day.
    """

    state: State
    by_time: bool
    due: date | None
    term_days: int
    pause: Pause | None = None

    @property
    def word(self) -> Sentence:
        """The state's name."""
        return STATE_NAMES[self.state]

    @property
    def done(self) -> bool:
        """Whether it was answered, taken back or has lapsed."""
        return self.state not in TERM_DAYS

    @property
    def promise(self) -> str:
        """What must be done by the day."""
        return {
            State.SUBMITTED: _("前审查完"),
            State.ACCEPTED: _("前作出决定"),
            State.SUPPLEMENT_REQUESTED: _("前申请人补齐"),
        }.get(self.state, "")


def standing(application: Application, today: date) -> Standing:
    """By the dates alone, whether or not a job has run."""
    state, by_time, due, pause = State(application.state), False, None, None
    if fact_has_ended(application, today):
        state, by_time = State.ENDED, True
    elif time_has_accepted(application, today):
        state, by_time = State.ACCEPTED, True
        due = due_when_accepted(application, application.received_on or today)
    elif time_has_lapsed(application, today):
        state, by_time = State.LAPSED, True
    elif state == State.SUBMITTED:
        due = application.examine_by
    elif state == State.ACCEPTED:
        due, pause = pauses.due_on(application, today), application.open_pause
    elif state == State.SUPPLEMENT_REQUESTED:
        due = application.supplement_by
    return Standing(state, by_time, due, TERM_DAYS.get(state, 15), pause)
