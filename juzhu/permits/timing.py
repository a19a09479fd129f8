"""What time and facts have made of a case, by its dates alone: nothing here writes anything.

It holds on every page, whether or not a job ran; an action or the nightly job writes it down, with
`moves.catch_up`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

from juzhu.law import deadlines, policy
from juzhu.permits import terms
from juzhu.permits.models import Application, Pause
from juzhu.permits.transitions import OPEN, State


def time_has_accepted(application: Application, today: date) -> bool:
    """Whether five working days went by without an examination. Source: Administrative Licensing Law art.
    32, by analogy.
    """
    return terms.EXAMINATION.over(application, today)


def fact_has_ended(application: Application, today: date) -> bool:
    """Whether a fact about the applicant has made an open application pointless: death, or a household
    registration in the urban area. Source: Hangzhou art. 21.
    """
    since = application.person.out_of_scope_since
    return application.state in {State.DRAFT, *OPEN} and since is not None and since <= today


def time_has_lapsed(application: Application, today: date) -> bool:
    """Whether the supplement's term went by."""
    return terms.SUPPLEMENT.over(application, today)


def is_over(application: Application, today: date) -> State | None:
    """How an application that is stored as unfinished has ended by its dates or by a fact; None while it has
    not. Reads the person.
    """
    if fact_has_ended(application, today):
        return State.ENDED
    return State.LAPSED if time_has_lapsed(application, today) else None


def due_when_accepted(application: Application, on: date) -> date:
    """The last day to answer what is accepted on a day: fifteen days, or earlier, where an acceptance that
    was taken back had promised it. Source: Zhejiang art. 18.
    """
    counted = deadlines.deadline("issuance", on, policy.load(application.policy_id)).last_day
    return min(counted, application.due_on or counted)


def due_with(due: date | None, days: int) -> date | None:
    """A term's end so many days later."""
    return due and date.fromordinal(due.toordinal() + days)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands on a day. `by_time`: no officer moved it here, the dates or a fact did."""

    application: Application
    today: date
    state: State
    by_time: bool
    accepted_on: date | None
    due_on: date | None
    """The last day to answer; while the clock is paused it moves on with each day."""
    pause: Pause | None = None

    @classmethod
    def of(cls, application: Application, today: date) -> Self:
        """Read a case as its dates say. No query where its person and its pauses are at hand."""
        state, by_time, pause = State(application.state), True, None
        accepted_on, due = application.accepted_on, application.due_on
        if fact_has_ended(application, today):
            state = State.ENDED
        elif time_has_accepted(application, today):
            state, accepted_on = State.ACCEPTED, application.received_on or today
            due = due_when_accepted(application, accepted_on)
        elif time_has_lapsed(application, today):
            state = State.LAPSED
        else:
            by_time = False
            if state == State.ACCEPTED:
                pause = application.open_pause
                due = due_with(due, pause.days(today) if pause else 0)
        return cls(application, today, state, by_time, accepted_on, due, pause)

    @property
    def paused_too_long(self) -> bool:
        """Whether the clock still stands still after the day that the applicant was promised."""
        return self.pause is not None and self.pause.too_long(self.today)

    @property
    def by(self) -> date | None:
        """Until when the next thing happens, ours to do or the applicant's; None where nothing is due."""
        return {
            State.SUBMITTED: self.application.examine_by,
            State.SUPPLEMENT_REQUESTED: self.application.supplement_by,
            State.ACCEPTED: self.due_on,
        }.get(self.state)
