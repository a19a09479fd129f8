"""到期清单: what is due and overdue in an officer's area, by the law's own clocks, earliest first.

Nothing is stored: each list is read from what happened, and the last day follows from it. As a later event
never has an earlier last day, the order of the events is the order of the last days, whatever the holidays.
Source: requirements A03, A14, B01 to B07, A17; Zhejiang arts. 7 to 13.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from juzhu.law import deadlines
from juzhu.law.policy import Policy
from juzhu.operations.actors import Actor
from juzhu.operations.errors import Sentence
from juzhu.operations.rules import in_force
from juzhu.people.models import Person
from juzhu.registration.models import VOID, CorrectionOrder, PenaltyCase, Proposal, Registration, Report
from juzhu.registration.reporting.entries import BEGAN, LEASE, LEASE_INTRODUCED, WORK, WORK_INTRODUCED

OFFICERS = frozenset({"clerk", "chief", "subdistrict"})
POLICE = frozenset({"clerk", "chief"})
LOOKS_BACK = 60
"""Days; longer than any term counted here, with holidays."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One line: whose duty it is, what happened when, the last day, and how many days are left (negative: are
    over). `row` is the report, registration, order or case that it is read from.
    """

    kind: str
    number: str
    who: str
    happened_on: date
    due_on: date
    left: int
    row: Any

    @property
    def overdue(self) -> bool:
        return self.left < 0


@dataclass(frozen=True, slots=True)
class Worklist:
    """One list: its rows, the column with the day they count from, and their clock; without a clock the
    column is the last day itself.
    """

    name: Sentence
    rows: Callable[[Actor, date], QuerySet[Any]]
    counts_from: str
    clock: deadlines.DeadlineKind | None
    roles: frozenset[str]


def _unregistered(actor: Actor, _today: date) -> QuerySet[Any]:
    """People who were reported to be here, and have not registered."""
    kinds = (WORK, LEASE, WORK_INTRODUCED, LEASE_INTRODUCED)
    rows = Report.objects.filter(area__in=actor.areas, phase=BEGAN, kind__in=kinds)
    return rows.filter(state__in=("invited", "officer")).select_related("organisation", "reporter")


def _unchanged(actor: Actor, _today: date) -> QuerySet[Any]:
    """Registrations of which somebody reports that they are not true any more."""
    rows = Proposal.objects.filter(state="open", registration__subdistrict__in=actor.areas)
    return rows.exclude(change="stay_until").select_related("report", "registration__person")


def _told_firms(actor: Actor, _today: date) -> QuerySet[Any]:
    """What landlords told a property firm, and it has not passed on."""
    rows = Report.objects.filter(area__in=actor.areas, state="passed", followed_by__isnull=True)
    return rows.select_related("passed_to", "reporter")


def _unreported(actor: Actor, today: date) -> QuerySet[Any]:
    """Registrations in let dwellings of which no landlord and no firm has reported a tenant."""
    reported = Report.objects.filter(person=OuterRef("person"), kind__in=(LEASE, LEASE_INTRODUCED))
    rows = Registration.objects.filter(
        subdistrict__in=actor.areas,
        ended_on__isnull=True,
        dwelling_kind="rented",
        arrived_on__gte=today - timedelta(days=LOOKS_BACK),
    )
    return rows.exclude(Exists(reported.exclude(state__in=VOID))).select_related("person", "community")


def _orders(actor: Actor, _today: date) -> QuerySet[Any]:
    rows = CorrectionOrder.objects.filter(
        area__in=actor.areas, corrected_on__isnull=True, revoked_on__isnull=True
    )
    return rows.select_related("person", "organisation")


def _cases(actor: Actor, _today: date) -> QuerySet[Any]:
    rows = PenaltyCase.objects.filter(area__in=actor.areas).exclude(state__in=("decided", "closed"))
    return rows.select_related("person", "organisation")


WORKLISTS: dict[str, Worklist] = {
    "register": Worklist(_("该登记没登记"), _unregistered, "happened_on", "registration", OFFICERS),
    "change": Worklist(_("该变更没变更"), _unchanged, "report__happened_on", "change", OFFICERS),
    "pass_on": Worklist(_("物业该报没报"), _told_firms, "reported_on", "property_report", OFFICERS),
    "letting": Worklist(_("出租没人报"), _unreported, "arrived_on", "landlord_report", OFFICERS),
    "orders": Worklist(_("责令改正"), _orders, "correct_by", None, POLICE),
    "cases": Worklist(_("处罚案件"), _cases, "decide_by", None, POLICE),
}


def open_to(actor: Actor) -> dict[str, Worklist]:
    """The lists that an officer works with."""
    return {key: one for key, one in WORKLISTS.items() if actor.role in one.roles}


def rows_of(key: str, actor: Actor, today: date, *, overdue: bool = False) -> QuerySet[Any]:
    """The rows of a list in the officer's area, the earliest last day first; only those whose last day is
    over with `overdue`. Nothing to anybody else.
    """
    one = WORKLISTS[key]
    rows = one.rows(actor, today)
    if actor.role not in one.roles:
        return rows.none()
    if overdue:
        until = last_event_overdue(one.clock, today, in_force(today))
        rows = rows.filter(**{f"{one.counts_from}__lte": until})
    return rows.order_by(one.counts_from, "pk")


def last_event_overdue(clock: deadlines.DeadlineKind | None, today: date, rules: Policy) -> date:
    """The latest day of an event whose last day is over today."""
    day = today - timedelta(days=1)
    while clock and deadlines.deadline(clock, day, rules).last_day >= today:
        day -= timedelta(days=1)
    return day


def duty(key: str, row: Any, today: date) -> Duty:
    """A row as a line of its list."""
    one = WORKLISTS[key]
    happened: Any = row
    for part in one.counts_from.split("__"):
        happened = getattr(happened, part)
    due = deadlines.deadline(one.clock, happened, in_force(today)).last_day if one.clock else happened
    return Duty(key, _number(row), _who(key, row), happened, due, (due - today).days, row)


def _number(row: Any) -> str:
    return str(row.report.number if isinstance(row, Proposal) else row.number)


def _who(key: str, row: Any) -> str:
    if isinstance(row, Proposal):
        return row.registration.person.name
    if isinstance(row, Registration):
        return row.person.name
    if isinstance(row, CorrectionOrder | PenaltyCase):
        return row.who
    firm = row.passed_to if key == "pass_on" else None
    return str(firm.name if firm else row.name)


def of_person(person: Person, today: date) -> list[Duty]:
    """What one person has to do, for their own page: their own duties alone."""
    found = [
        duty("orders", row, today)
        for row in CorrectionOrder.objects.filter(
            person=person, corrected_on__isnull=True, revoked_on__isnull=True
        )
    ]
    for row in Proposal.objects.filter(registration__person=person, state="open").select_related(
        "report", "registration__person"
    ):
        found.append(duty("change", row, today))
    return sorted(found, key=lambda one: one.due_on)
