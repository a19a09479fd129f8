"""What reporters are told of their duties: before the last day and after it, once each, for all that falls on
one day in one message. Nothing in it names anybody; what it is about stands on their own page.

Source: requirements A16, B01 to B07; Hangzhou art. 25.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from juzhu.operations import clock, events, tasks
from juzhu.operations.models import Event
from juzhu.people.models import Organisation, Person
from juzhu.permits.notices import tell
from juzhu.permits.resident_notices import behind
from juzhu.registration.duties import reminding
from juzhu.registration.models import Report
from juzhu.registration.reporting.entries import Reporter


@events.subscribe("report.handed_back")
def tell_handed_back(event: Event) -> None:
    """Tell a landlord that the property firm has handed back what it was told."""
    row = Report.objects.select_related("organisation", "reporter").get(pk=event.subject_id)
    by = Reporter(row.organisation, row.reporter)
    tell_reporter(by, "handed_back", f"event:{event.pk}", clock.today(), number=row.number)


@tasks.handles("permits.reporters")
def remind_all(payload: dict[str, Any]) -> None:
    """A task for everybody who may have to be reminded, so that one that fails holds up no other."""
    today = date.fromisoformat(payload["day"])
    for by in reminding.whom(today):
        who = (
            {"organisation": by.organisation.pk}
            if by.organisation
            else {"person": by.person and by.person.pk}
        )
        key = ":".join(str(part) for pair in who.items() for part in pair)
        tasks.enqueue("permits.remind_reporter", {**who, "day": payload["day"]}, key=f"duties:{key}:{today}")


@tasks.handles("permits.remind_reporter")
def remind_one(payload: dict[str, Any]) -> None:
    """Tell one reporter what comes due and what is over. Safe to run twice, and late."""
    today = date.fromisoformat(payload["day"])
    by = Reporter(
        Organisation.objects.filter(pk=payload.get("organisation") or 0).first(),
        Person.objects.filter(pk=payload.get("person") or 0).first(),
    )
    with transaction.atomic():
        for due in reminding.take(by, today):
            kind = "duties_over" if due.over else "duties_soon"
            about = {"count": len(due.owed), "last": str(due.first)}
            tell_reporter(by, kind, f"duties:{due.owed[0].key}:{due.first}:{kind}", today, **about)


def tell_reporter(by: Reporter, kind: str, key: str, today: date, **about: Any) -> None:
    """Tell the landlord, or everybody who acts for the organisation; and its own phone, once."""
    readers = behind(by.person, by.organisation, managers=False)
    office = by.organisation.phone if by.organisation else ""
    if office in {reader.phone for reader in readers}:
        office = ""
    for_whom: dict[str, Any] = (
        {"organisation": by.organisation.pk, "firm": by.organisation.name} if by.organisation else {}
    )
    for reader in readers:
        if tell(reader, kind, f"{key}:{reader.pk}", today, also=office, **about, **for_whom):
            office = ""
