"""The only place that reads applications and permits, scoped by who asks."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Count, Q, QuerySet

from juzhu.operations.actors import Actor
from juzhu.people.models import Person
from juzhu.people.queries import own_and_wards
from juzhu.permits.models import Application, Permit
from juzhu.permits.transitions import OPEN, State

CASEWORKERS = frozenset({"clerk", "reviewer", "chief"})
Tab = Literal["to_examine", "to_review", "waiting", "done"]
TAB_STATES: dict[Tab, tuple[State, ...]] = {
    "to_examine": (State.SUBMITTED,),
    "to_review": (State.ACCEPTED,),
    "waiting": (State.SUPPLEMENT_REQUESTED,),
    "done": (State.ISSUED, State.REFUSED, State.WITHDRAWN, State.LAPSED),
}


def applications_for(actor: Actor) -> QuerySet[Application]:
    """A citizen's own and their wards'; an officer's filed ones in their area; nothing to anybody else."""
    rows = Application.objects.select_related("person", "permit")
    if actor.kind == "citizen":
        return rows.filter(person__in=own_and_wards(actor))
    if actor.role in CASEWORKERS:
        return rows.filter(area__in=actor.areas).exclude(state=State.DRAFT).exclude(number=None)
    return rows.none()


def permits_for(actor: Actor) -> QuerySet[Permit]:
    """A citizen's own and their wards'; an officer's in their area; nothing to anybody else."""
    rows = Permit.objects.select_related("person").prefetch_related("endorsements", "applications")
    if actor.kind == "citizen":
        return rows.filter(person__in=own_and_wards(actor))
    if actor.role in CASEWORKERS:
        return rows.filter(area__in=actor.areas)
    return rows.none()


def current_permit(person: Person) -> Permit | None:
    """The latest permit: at most one is not terminated, and it is the latest."""
    return (
        Permit.objects.filter(person=person)
        .select_related("person")
        .prefetch_related("endorsements", "applications")
        .order_by("-issued_on", "-pk")
        .first()
    )


def unfinished_application(person: Person) -> Application | None:
    """The draft or the application in hand."""
    return (
        Application.objects.filter(person=person, state__in=[State.DRAFT, *OPEN])
        .select_related("person", "permit")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Filters:
    """What an officer looks for in the queue. `text` is a name, a whole identity number or a case number."""

    tab: Tab = "to_examine"
    text: str = ""
    route: str = ""
    kind: str = ""
    area: str = ""


def queue(actor: Actor, filters: Filters) -> QuerySet[Application]:
    """The officer's queue, by what falls due first; accepted ones that only time accepted are among the
    submitted.

    Searching looks through all states. Names match from their beginning, numbers as a whole.
    """
    rows = applications_for(actor)
    if filters.text:
        text = filters.text.strip()
        rows = rows.filter(
            Q(person__name__startswith=text)
            | Q(person__identity_number=text.upper())
            | Q(number=text.upper())
        )
    else:
        rows = rows.filter(state__in=TAB_STATES[filters.tab])
    if filters.route:
        rows = rows.filter(route=filters.route)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.area:
        rows = rows.filter(area=filters.area)
    order = {
        "to_examine": "examine_by",
        "to_review": "due_on",
        "waiting": "supplement_by",
        "done": "-decided_on",
    }
    return rows.order_by(order[filters.tab], "pk")


def tab_counts(actor: Actor) -> dict[str, int]:
    """How many cases wait in each open tab. Done ones are not counted: the table only grows."""
    counted = (
        dict(
            Application.objects.filter(area__in=actor.areas, state__in=OPEN)
            .values_list("state")
            .annotate(count=Count("pk"))
            .order_by()
        )
        if actor.role in CASEWORKERS
        else {}
    )
    return {
        tab: sum(counted.get(state.value, 0) for state in states)
        for tab, states in TAB_STATES.items()
        if tab != "done"
    }


def due_for_time(today: date) -> QuerySet[Application]:
    """Applications that time has accepted or let lapse, and nobody has written it down."""
    return Application.objects.filter(
        Q(state=State.SUBMITTED, examine_by__lt=today)
        | Q(state=State.SUPPLEMENT_REQUESTED, supplement_by__lt=today)
    )
