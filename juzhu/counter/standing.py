"""Where a case stands by its dates, in an officer's words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from juzhu.operations.errors import Sentence
from juzhu.permits import timing
from juzhu.permits.models import STATE_NAMES
from juzhu.permits.transitions import State

TERM_DAYS = {State.SUBMITTED: 7, State.ACCEPTED: 15, State.SUPPLEMENT_REQUESTED: 30}
"""How long the whole bar is, in days."""


@dataclass(frozen=True, slots=True)
class Standing(timing.Standing):
    """With its name, and how long its term is."""

    @property
    def term_days(self) -> int:
        """The length of the bar."""
        return TERM_DAYS.get(self.state, 15)

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
