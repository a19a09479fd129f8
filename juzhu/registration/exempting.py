"""可以不登记的情形: who says that they need not register now. What follows from it is a function of the day.

No residence counts meanwhile (requirements CF04), and who registers all the same is registered. Source:
Zhejiang art. 12; requirements A08 to A12.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from juzhu.law import registration_duty as law
from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.operations.models import Event
from juzhu.operations.rules import in_force
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Person
from juzhu.people.queries import own_and_wards
from juzhu.registration import actions
from juzhu.registration.errors import AlreadyRegistered, DayInvalid, ExemptionInvalid, HouseholdIsLocal
from juzhu.registration.models import Exemption, Registration, Report
from juzhu.registration.reporting.entries import BEGAN, STAY
from juzhu.registration.reporting.matching import SURE

BY_TRADE = {"hotel": "hotel", "hospital": "hospital", "school": "school", "rescue": "rescue"}
"""What a place that reports a stay exempts by."""


def note(
    person: Person,
    ground: str,
    from_on: date,
    *,
    actor: Actor,
    today: date,
    until_on: date | None = None,
    place: str = "",
) -> Exemption:
    """Write down that somebody need not register for now, so that they are told when that ends. Said twice,
    it is written once.

    Raises NotAllowed, ExemptionInvalid, DayInvalid, HouseholdIsLocal, AlreadyRegistered.
    """
    if ground not in law.GROUNDS:
        raise ExemptionInvalid(field="ground")
    if from_on > today:
        raise DayInvalid(_("这一天还没有到。请填实际住进来的日期。"), field="since")
    if until_on is not None and until_on < from_on:
        raise DayInvalid(_("离开的日期早于住进来的日期。"), field="until")
    if not own_and_wards(actor, today).filter(pk=person.pk).exists():
        raise NotAllowed
    if person.household_division in in_force(today).parameters.urban_divisions:
        raise HouseholdIsLocal
    with transaction.atomic():
        actions.lock(person)
        if actions.current_of(person):
            raise AlreadyRegistered
        same = Exemption.objects.filter(person=person, ground=ground, from_on=from_on).first()
        if same is not None and same.until_on == until_on:
            return same
        row = same or Exemption(person=person, ground=ground, from_on=from_on)
        row.until_on, row.place = until_on, place.strip()[:200]
        row.noted_at, row.noted_by_id = clock.now(), actor.account_id
        row.save()
        events.append(
            "exemption.noted", actor=actor, subject=row, person_id=person.pk, ground=ground, from_on=from_on
        )
    return row


def of(people: Iterable[Person]) -> QuerySet[Exemption]:
    """The exemptions of some people, newest first."""
    return Exemption.objects.filter(person__in=people)


def as_facts(rows: Iterable[Exemption]) -> list[law.Exempt]:
    """What the law looks at."""
    return [law.Exempt(row.ground, row.from_on, row.until_on) for row in rows]  # type: ignore[arg-type]


def duty_of(person: Person, registered: bool, today: date) -> law.Duty:
    """What holds for somebody today, by what they and the places where they stayed have said. One query for
    who is not registered.
    """
    return law.duty(
        today,
        in_force(today),
        household_division=person.household_division,
        registered=registered,
        exemptions=[] if registered else as_facts(of([person])),
    )


def unregistered(rows: QuerySet[Exemption]) -> QuerySet[Exemption]:
    """Those of people who are not registered: whoever registers needs no reminder."""
    current = Registration.objects.filter(ended_on__isnull=True).values("person")
    return rows.exclude(person__in=current).filter(person__died_on__isnull=True)


@events.subscribe("reports.filed")
def note_stays(event: Event) -> None:
    """Note what hotels, hospitals, schools and rescue stations have reported of somebody whom we know for
    sure. Safe to do twice; the filing's own event tells of it.
    """
    rows = Report.objects.filter(kind=STAY, person__isnull=False, score__gte=SURE).select_related(
        "organisation", "person"
    )
    rows = rows.filter(pk__in=event.data["reports"]) if event.data["reports"] else rows.filter(
        sheet=int(event.subject_id)
    )  # fmt: skip
    for report in rows.iterator(chunk_size=500):
        if "name_differs" not in report.reasons:
            _note_stay(report)


def _note_stay(report: Report) -> None:
    organisation, person = report.organisation, report.person
    if organisation is None or person is None:
        return
    ground = next((BY_TRADE[one] for one in organisation.trades if one in BY_TRADE), "")
    if not ground:
        return
    stays = Exemption.objects.filter(person=person, ground=ground, place=organisation.name)
    if report.phase == BEGAN:
        stays.get_or_create(
            from_on=report.happened_on,
            defaults={
                "person": person,
                "ground": ground,
                "place": organisation.name,
                "until_on": report.until_on,
                "noted_at": clock.now(),
            },
        )
        return
    last = stays.filter(from_on__lte=report.happened_on).first()
    if last is not None and (last.until_on is None or last.until_on > report.happened_on):
        last.until_on = report.happened_on
        last.save(update_fields=["until_on"])
