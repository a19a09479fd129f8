"""Who works today, and who has the fewest cases: where a case goes when nobody says so.

An absence moves no row. Whose hands a case is in on a day follows from the dates of absences, so that it is
right whether or not a job ran, and the case is back with its officer on the day of return.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from juzhu.people.models import Account
from juzhu.people.queries import absent_on
from juzhu.permits import conflicts, terms
from juzhu.permits.models import Application
from juzhu.permits.transitions import OPEN, State

POSTS: dict[State, tuple[str, ...]] = {
    State.SUBMITTED: ("clerk", "chief"),
    State.SUPPLEMENT_REQUESTED: ("clerk", "chief"),
    State.ACCEPTED: ("reviewer", "chief"),
}
"""Whose a case is in each state: before acceptance a clerk's, after it a reviewer's. The first is given cases
without being asked; a chief only by a chief.
"""


def next_officer(
    application: Application, state: State, today: date, avoid: Collection[int | None] = ()
) -> int | None:
    """The officer of the case's area with the fewest open cases, neither absent nor in conflict.

    None when there is none. `avoid`: accounts that don't get it. Four queries.
    """
    free = [
        officer for officer in on_duty(application.area, POSTS[state][0], today) if officer.pk not in avoid
    ]
    apart = conflicts.among([officer.pk for officer in free], application) if free else set()
    return next((officer.pk for officer in free if officer.pk not in apart), None)


def on_duty(area: str, role: str, today: date) -> list[Account]:
    """Officers of a role who work in an area and are there today, who has the fewest open cases first."""
    working = _working(today).filter(role=role).annotate(load=_load(today)).order_by("load", "pk")
    return [officer for officer in working if area in officer.areas]


def with_loads(officers: Collection[Account], today: date) -> list[tuple[Account, int]]:
    """Officers with how many open cases each has, in the order given. One query."""
    rows = Account.objects.filter(pk__in=[officer.pk for officer in officers])
    loads = dict(rows.annotate(load=_load(today)).values_list("pk", "load"))
    return [(officer, loads[officer.pk]) for officer in officers]


def _load(today: date) -> Coalesce:
    """How many open cases an officer has; one that has lapsed is none, whether or not it was written down."""
    in_hand = (
        Application.objects.filter(assigned_to=OuterRef("pk"), state__in=OPEN)
        .exclude(terms.SUPPLEMENT.where_over(today))
        .order_by()
        .values("assigned_to")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(in_hand, output_field=IntegerField()), 0)


def can_have(application: Application, today: date) -> list[Account]:
    """Colleagues to whom a case can be given as it stands: of its area, with the part, there, not in
    conflict, and after acceptance not who accepted it. Four queries.
    """
    state = State(application.state)
    found = [
        officer
        for officer in _working(today).filter(role__in=POSTS.get(state, ())).order_by("login")
        if application.area in officer.areas
        and not (state == State.ACCEPTED and officer.pk == application.accepted_by_id)
    ]
    apart = conflicts.among([officer.pk for officer in found], application) if found else set()
    return [officer for officer in found if officer.pk not in apart]


def _working(today: date) -> QuerySet[Account]:
    away = absent_on(today).filter(account=OuterRef("pk"))
    return Account.objects.filter(is_active=True).filter(~Exists(away))


def stand_ins(today: date) -> dict[int, int | None]:
    """For each officer who is away today, who has their cases meanwhile: nobody where nobody is named, or
    where they stand in for each other. One query.
    """
    away: dict[int, int | None] = {}
    for absence in absent_on(today).order_by("pk"):
        away[absence.account_id] = absence.stands_in_id
    return {officer: _at_last(officer, away) for officer in away}


def _at_last(officer: int, away: dict[int, int | None]) -> int | None:
    seen: set[int] = set()
    now: int | None = officer
    while now is not None and now in away:
        if now in seen:
            return None
        seen.add(now)
        now = away[now]
    return now


def hands_of(account_id: int, today: date) -> list[int]:
    """The accounts whose cases are in somebody's hands today: their own, and those they stand in for."""
    return [account_id, *(officer for officer, has in stand_ins(today).items() if has == account_id)]


def in_hands_of(application: Application, today: date) -> int | None:
    """Who has a case today."""
    officer = application.assigned_to_id
    return None if officer is None else stand_ins(today).get(officer, officer)
