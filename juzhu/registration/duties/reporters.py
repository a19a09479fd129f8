"""What a reporter has to do, by when: as far as the service knows, and never from the register.

It is read from what they have said themselves (a lease and its last day), from what was said to them (a
landlord's word to a property firm, an inspector's list, an order) and from what an agent has reported that
names them. A hire or a letting of which nobody has told is not known; that somebody has registered tells a
reporter nothing. Source: Zhejiang arts. 8 to 11, 33 to 35; requirements B01 to B07, B10.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from juzhu.law import deadlines
from juzhu.operations.rules import in_force
from juzhu.people.models import Organisation, Trade
from juzhu.people.names import Folded
from juzhu.registration.duties.worklists import LOOKS_BACK
from juzhu.registration.models import VOID, CorrectionOrder, Inspection, Report, Tenant
from juzhu.registration.reporting.entries import (
    BEGAN,
    ENDED,
    LEASE,
    LEASE_INTRODUCED,
    WORK,
    WORK_INTRODUCED,
    Reporter,
)

Kind = Literal["pass_on", "returned", "tenant", "ended", "hired", "let", "mend", "order"]
MOST = 500
"""Of each kind, how many a page looks at."""
ANSWERABLE: frozenset[str] = frozenset({"ended", "hired", "let"})
"""What may turn out not to be so: a term that was prolonged, somebody who never came."""
NARROW = str.maketrans("（）", "()")


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing to do. `key` names it, `name` whom it is about ("" for nobody), `due_on` is the last day,
    `row` what it is read from.
    """

    kind: Kind
    key: str
    reporter: Reporter
    name: str
    happened_on: date
    due_on: date
    row: Any

    def left(self, today: date) -> int:
        """Days left; negative: days over."""
        return (self.due_on - today).days


@dataclass(frozen=True, slots=True)
class Asking:
    """Whose duties are asked for (None: everybody's), since which day, and how many of a kind at most."""

    today: date
    reporter: Reporter | None = None
    since: date | None = None
    most: int | None = None

    def rows(
        self, rows: QuerySet[Any], day: str, organisation: str, person: str, last: str = ""
    ) -> QuerySet[Any]:
        """Narrow rows down. `day` is the column of what happened, `last` of the last day where no law counts
        it from `day`; the others are the columns of who has the duty.
        """
        if self.reporter is not None:
            owner = self.reporter.organisation or self.reporter.person
            rows = rows.filter(**{organisation if self.reporter.organisation else person: owner})
        if self.since is not None:
            rows = rows.filter(**{f"{last or day}__gte": self.since})
        rows = rows.filter(**{f"{day}__lte": self.today}).order_by(last or day, "pk")
        return rows[: self.most] if self.most else rows

    def due(self, clock: deadlines.DeadlineKind, on: date) -> date:
        """The last day by the law in force today."""
        return deadlines.deadline(clock, on, in_force(self.today)).last_day


def owed(reporter: Reporter, today: date) -> list[Owed]:
    """What a reporter has to do, the earliest last day first."""
    found = [one for source in SOURCES for one in source(Asking(today, reporter, most=MOST))]
    return sorted(found, key=lambda one: (one.due_on, one.key))


def recent(today: date, reporter: Reporter | None = None) -> Iterator[Owed]:
    """The same of what happened lately, which is what there is to remind of. None: everybody's."""
    asking = Asking(today, reporter, today - timedelta(days=LOOKS_BACK))
    for source in SOURCES:
        yield from source(asking)


def find(reporter: Reporter, key: str, today: date) -> Owed | None:
    """One of a reporter's own, by its key."""
    return next((one for one in owed(reporter, today) if one.key == key), None)


def _by_the_same(organisation: str = "organisation", person: str = "reporter") -> QuerySet[Report]:
    """Reports that stand, by who has the duty, about the person that the outer row is about: the same number,
    or the same name, as names are compared, where one of the two lacks it.
    """
    either = Q(organisation=OuterRef(organisation)) | Q(reporter=OuterRef(person))
    return _about_the_same(Report.objects.filter(either))


def _about_the_same(rows: QuerySet[Report]) -> QuerySet[Report]:
    theirs = ExpressionWrapper(OuterRef("identity_number"), output_field=CharField())
    rows = rows.exclude(state__in=VOID).alias(theirs=theirs, name_key=Folded(F("name")))
    numbered = ~Q(identity_number="") & Q(identity_number=OuterRef("identity_number"))
    nameless = Q(identity_number="") | Q(theirs="")
    return rows.filter(numbered | nameless & Q(name_key=Folded(OuterRef("name"))))


def _told_firms(asking: Asking) -> Iterator[Owed]:
    """What landlords have told a property firm. Source: Zhejiang art. 10."""
    if asking.reporter is not None and asking.reporter.organisation is None:
        return
    rows = Report.objects.filter(state="passed", followed_by__isnull=True).select_related("passed_to")
    for row in asking.rows(rows, "reported_on", "passed_to", "passed_to"):
        due = asking.due("property_report", row.reported_on)
        yield Owed(
            "pass_on", f"pass_on:{row.pk}", Reporter(row.passed_to), row.name, row.reported_on, due, row
        )


def _handed_back(asking: Asking) -> Iterator[Owed]:
    """What a property firm has handed back: the landlord's three days run as if nobody had been told."""
    again = _by_the_same().filter(kind=LEASE, phase=OuterRef("phase"), happened_on=OuterRef("happened_on"))
    rows = Report.objects.filter(~Exists(again), state="returned").select_related("organisation", "reporter")
    for row in asking.rows(rows, "happened_on", "organisation", "reporter"):
        due = asking.due("landlord_report", row.happened_on)
        by = Reporter(row.organisation, row.reporter)
        yield Owed("returned", f"returned:{row.pk}", by, row.name, row.happened_on, due, row)


def _tenants(asking: Asking) -> Iterator[Owed]:
    """Tenants of a lease that has begun whom its landlord has not reported: it was handed in before it began,
    or without what a report must say. Source: Zhejiang art. 9.1.
    """
    home = "lease__dwelling"
    said = _by_the_same(f"{home}__owner_organisation", f"{home}__owner").filter(kind=LEASE, phase=BEGAN)
    rows = Tenant.objects.filter(
        ~Exists(said),
        part="tenant",
        lease__ended_on__isnull=True,
        lease__landlord_name=F(f"{home}__owner_name"),
        lease__dwelling__gone_on__isnull=True,
    ).exclude(lease__state="returned")
    rows = rows.select_related(f"{home}__owner", f"{home}__owner_organisation", f"{home}__community")
    for row in asking.rows(rows, "lease__from_on", f"{home}__owner_organisation", f"{home}__owner"):
        dwelling, began = row.lease.dwelling, row.lease.from_on
        if dwelling.owner or dwelling.owner_organisation:
            by, due = (
                Reporter(dwelling.owner_organisation, dwelling.owner),
                asking.due("landlord_report", began),
            )
            yield Owed("tenant", f"tenant:{row.pk}", by, row.name, began, due, row)


def _ended(asking: Asking) -> Iterator[Owed]:
    """Lettings whose last day, as their landlord has reported it, has come, and of which nobody has said that
    they ended or that they go on. Source: Zhejiang art. 9.2.
    """
    rows = Report.objects.filter(
        ~Exists(_by_the_same().filter(kind=LEASE, phase=ENDED, happened_on__gte=OuterRef("happened_on"))),
        ~Exists(_by_the_same().filter(kind=LEASE, phase=BEGAN, happened_on__gt=OuterRef("happened_on"))),
        ~Exists(_goes_on_by_lease()),
        kind=LEASE,
        phase=BEGAN,
        follows__isnull=True,
    ).exclude(state__in=VOID)
    rows = rows.exclude(duty_answer__until_on__isnull=True, duty_answer__isnull=False)
    rows = rows.alias(ends_on=Coalesce("duty_answer__until_on", "until_on"))
    rows = rows.select_related("organisation", "reporter", "duty_answer")
    for row in asking.rows(rows, "ends_on", "organisation", "reporter"):
        by, on = Reporter(row.organisation, row.reporter), ends_on(row)
        if row.organisation is None or Trade.LANDLORD in row.organisation.trades:
            yield Owed("ended", f"ended:{row.pk}", by, row.name, on, asking.due("landlord_report", on), row)


def _goes_on_by_lease() -> QuerySet[Tenant]:
    rows = Tenant.objects.filter(lease__ended_on__isnull=True).exclude(identity_number="")
    return rows.filter(
        identity_number=OuterRef("identity_number"),
        lease__dwelling=OuterRef("dwelling"),
        lease__until_on__gt=OuterRef("until_on"),
    )


def ends_on(row: Report) -> date:
    """The last day of what a report says began, as its reporter has said it last."""
    answer = getattr(row, "duty_answer", None)
    found = answer.until_on if answer else row.until_on
    assert found is not None
    return date.fromisoformat(str(found))


def _hired(asking: Asking) -> Iterator[Owed]:
    """Whom an agent reports to have brought to an employer, by the employer's full name.

    Source: Zhejiang art. 8.1.
    """
    rows = Report.objects.filter(kind=WORK_INTRODUCED, phase=BEGAN, duty_answer__isnull=True)
    rows = rows.exclude(state__in=VOID)
    for firm in _employers(asking, rows):
        own = _about_the_same(Report.objects.filter(organisation=firm, kind=WORK, phase=BEGAN))
        open_ones = rows.filter(~Exists(own), about__employer__in=_spellings(firm.name))
        for row in Asking(asking.today, None, asking.since, asking.most).rows(
            open_ones, "happened_on", "", ""
        ):
            due = asking.due("employer_report", row.happened_on)
            yield Owed("hired", f"hired:{row.pk}", Reporter(firm), row.name, row.happened_on, due, row)


def _employers(asking: Asking, rows: QuerySet[Report]) -> list[Organisation]:
    if asking.reporter is not None:
        return [asking.reporter.organisation] if asking.reporter.organisation else []
    named = rows.filter(happened_on__gte=asking.since or asking.today)
    names = {str(name) for name in named.values_list("about__employer", flat=True).distinct().order_by()}
    wide = {name.replace("(", "（").replace(")", "）") for name in names}
    return list(Organisation.objects.filter(name__in=names | wide, closed_on__isnull=True))


def _spellings(name: str) -> set[str]:
    """A name with brackets of either width."""
    return {name, name.translate(NARROW)}


def _let(asking: Asking) -> Iterator[Owed]:
    """Whom an agent reports to have brought to a dwelling whose owner an office has confirmed.

    Source: Zhejiang art. 9.1.
    """
    said = _by_the_same("dwelling__owner_organisation", "dwelling__owner").filter(kind=LEASE, phase=BEGAN)
    rows = Report.objects.filter(
        ~Exists(said.filter(happened_on__gte=OuterRef("happened_on"))),
        kind=LEASE_INTRODUCED,
        phase=BEGAN,
        duty_answer__isnull=True,
        dwelling__claims__state="confirmed",
        dwelling__gone_on__isnull=True,
    ).exclude(state__in=VOID)
    rows = rows.select_related("dwelling__owner", "dwelling__owner_organisation")
    for row in asking.rows(rows, "happened_on", "dwelling__owner_organisation", "dwelling__owner"):
        by = Reporter(row.dwelling.owner_organisation, row.dwelling.owner)
        if by.organisation or by.person:
            due = asking.due("landlord_report", row.happened_on)
            yield Owed("let", f"let:{row.pk}", by, row.name, row.happened_on, due, row)


def _to_mend(asking: Asking) -> Iterator[Owed]:
    """What an inspection has found that must be mended, until somebody is asked to look again."""
    home = "dwelling"
    rows = Inspection.objects.filter(
        state="failed", mend_by__isnull=False, followed_by__isnull=True, dwelling__gone_on__isnull=True
    ).select_related(f"{home}__owner", f"{home}__owner_organisation")
    columns = ("inspected_on", f"{home}__owner_organisation", f"{home}__owner", "mend_by")
    for row in asking.rows(rows, *columns):
        by = Reporter(row.dwelling.owner_organisation, row.dwelling.owner)
        if by.organisation or by.person:
            yield Owed("mend", f"mend:{row.pk}", by, "", row.inspected_on, row.mend_by, row)


def _orders(asking: Asking) -> Iterator[Owed]:
    """Orders to correct that have not been obeyed. Source: Zhejiang arts. 33 to 35."""
    rows = CorrectionOrder.objects.filter(corrected_on__isnull=True, revoked_on__isnull=True)
    rows = rows.select_related("organisation", "person")
    for row in asking.rows(rows, "issued_on", "organisation", "person", "correct_by"):
        by = Reporter(row.organisation, row.person)
        yield Owed("order", f"order:{row.pk}", by, "", row.issued_on, row.correct_by, row)


SOURCES: tuple[Callable[[Asking], Iterator[Owed]], ...] = (
    _told_firms,
    _handed_back,
    _tenants,
    _ended,
    _hired,
    _let,
    _to_mend,
    _orders,
)
