"""Terms that end by themselves: what a stored state has become once its last day is over.

Said once, for a row at hand and for a query: `timing` reads rows by it, `queries` tables. Knows no table.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Q

from juzhu.permits.transitions import UNFINISHED, State


class Dated(Protocol):
    """What an application's row says of itself."""

    state: str
    examine_by: date | None
    supplement_by: date | None


@dataclass(frozen=True, slots=True)
class Term:
    """A state that lasts until the day in one column, that day included."""

    state: State
    column: str

    def over(self, row: Dated, today: date) -> bool:
        """Whether a row stood in this state, and its last day has gone by."""
        last: date | None = getattr(row, self.column)
        return row.state == self.state and last is not None and today > last

    def where_over(self, today: date) -> Q:
        """The rows for which it is over."""
        return Q(state=self.state, **{f"{self.column}__lt": today})

    def where_running(self, today: date) -> Q:
        """The rows that stand in this state, its last day not gone by."""
        return Q(state=self.state, **{f"{self.column}__gte": today})


EXAMINATION = Term(State.SUBMITTED, "examine_by")
"""Once it is over, time has accepted the application. Source: Administrative Licensing Law art. 32."""
SUPPLEMENT = Term(State.SUPPLEMENT_REQUESTED, "supplement_by")
"""Once it is over, the application has lapsed."""


def undecided(row: Dated, today: date) -> bool:
    """Whether an application still waits for its answer, a draft too, so far as its own dates say."""
    return row.state in UNFINISHED and not SUPPLEMENT.over(row, today)
