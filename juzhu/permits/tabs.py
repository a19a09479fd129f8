"""The tabs of the queue: which cases stand in each on a day, and in which order.

Each is said twice: whole, as a condition on the table, and in parts that are found along an index (ADR 0015).
"""

from datetime import date, timedelta
from typing import Any, Literal

from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast

from juzhu.operations.rules import in_force
from juzhu.people.models import Person
from juzhu.permits import terms
from juzhu.permits.models import Application, Pause
from juzhu.permits.transitions import OPEN, State

Tab = Literal["to_examine", "to_review", "waiting", "done"]
TAB_STATES: dict[Tab, tuple[State, ...]] = {
    "to_examine": (State.SUBMITTED,),
    "to_review": (State.ACCEPTED,),
    "waiting": (State.SUPPLEMENT_REQUESTED,),
    "done": (State.ISSUED, State.REFUSED, State.WITHDRAWN, State.LAPSED, State.ENDED),
}
RUNNING = Pause.objects.filter(ended_on__isnull=True)
PAUSED = Exists(RUNNING.filter(application=OuterRef("pk")))
PAUSED_ONES = Q(pk__in=RUNNING.order_by().values("application"))
"""The same, found from the few pauses that run, where only such cases are wanted."""


def _paused_too_long(today: date) -> Q:
    """Whose clock still stands still after the day that the applicant was promised."""
    return Q(pk__in=RUNNING.filter(expected_until__lt=today).order_by().values("application"))


def stands_in(tab: Tab, today: date) -> Q:
    """Which cases stand in a tab by their dates, whether or not a job has written down what time did."""
    accepted_by_time = terms.EXAMINATION.where_over(today)
    lapsed_by_time = terms.SUPPLEMENT.where_over(today)
    ended = Q(person__in=out_of_scope(today))
    return {
        "to_examine": terms.EXAMINATION.where_running(today) & ~ended,
        "to_review": (Q(state=State.ACCEPTED) | accepted_by_time) & ~ended,
        "waiting": terms.SUPPLEMENT.where_running(today) & ~ended,
        "done": Q(state__in=TAB_STATES["done"]) | lapsed_by_time | Q(state__in=OPEN) & ended,
    }[tab]


def in_hand(today: date) -> Q:
    """Which cases are filed and unanswered, so far as time and facts have left them."""
    return Q(state__in=OPEN) & ~terms.SUPPLEMENT.where_over(today) & ~Q(person__in=out_of_scope(today))


def ways_into(tab: Tab, today: date) -> list[tuple[int, Q, Any]]:
    """The parts of `stands_in`, each found along an index: its rank, what stands in it, its order."""
    goes_on = ~Q(person__in=out_of_scope(today))
    overdue = terms.EXAMINATION.where_over(today) & goes_on
    lapsed = terms.SUPPLEMENT.where_over(today) & goes_on
    in_time = terms.SUPPLEMENT.where_running(today) & goes_on
    accepted = Q(state=State.ACCEPTED) & goes_on
    ways: dict[Tab, list[tuple[int, Q, Any]]] = {
        "to_examine": [(0, terms.EXAMINATION.where_running(today) & goes_on, F("examine_by"))],
        "to_review": [
            (0, accepted & _paused_too_long(today), F("due_on")),
            (1, accepted & Q(~PAUSED), F("due_on")),
            (1, overdue, due_if_accepted_by_time(today)),
            (2, accepted & PAUSED_ONES & ~_paused_too_long(today), F("due_on")),
        ],
        "waiting": [(0, in_time, F("supplement_by"))],
        "done": [
            (0, Q(state__in=TAB_STATES["done"], decided_on__isnull=False), F("decided_on")),
            (0, lapsed, F("supplement_by")),
            (0, _overtaken(today), F("received_on")),
        ],
    }
    return ways[tab]


def rank(today: date) -> Case:
    """What heads the queue, what stands in it, what ends it, as in `ways_into`."""
    return Case(When(_paused_too_long(today), then=Value(0)), When(PAUSED, then=Value(2)), default=Value(1))


def _overtaken(today: date) -> Q:
    """Unanswered cases that a fact has ended, found from the few whom it is known of."""
    theirs = Application.objects.filter(person__in=out_of_scope(today))
    return Q(state__in=OPEN, pk__in=theirs.order_by().values("pk"))


def out_of_scope(today: date) -> QuerySet[Person, int]:
    """Whose cases a fact has ended, whether or not it was written down: the dead, and the locals."""
    gone = Person.objects.filter(Q(died_on__lte=today) | Q(local_since__lte=today))
    return gone.order_by().values_list("pk", flat=True)


def due_if_accepted_by_time(today: date) -> Cast:
    """The last day to decide, counted from the day a submission was received."""
    days = in_force(today).parameters.issue_days
    due = ExpressionWrapper(F("received_on") + timedelta(days=days), output_field=DateTimeField())
    return Cast(due, DateField())
