"""What people are told about where they live, and what they owe: what was reported of them, what is going to
end, what they are ordered to do and what is proposed against them.

An SMS goes to the phone that a report names, and to no other because of it, in the same words whatever is
known of the person: so it tells a reporter nothing. Source: Hangzhou art. 12, 25; Zhejiang art. 14.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from juzhu.law import deadlines
from juzhu.law import registration_duty as law
from juzhu.operations import clock, events, sms, tasks
from juzhu.operations.models import Event
from juzhu.operations.rules import in_force
from juzhu.people import organisations
from juzhu.people.models import Organisation, Person
from juzhu.permits.notices import tell
from juzhu.registration import doors, exempting
from juzhu.registration.duties import reminding
from juzhu.registration.models import (
    CorrectionOrder,
    Exemption,
    Invitation,
    PenaltyCase,
    Proposal,
    Registration,
    Report,
)
from juzhu.registration.reporting.entries import BEGAN, LETTING, STAY

STAY_WARNING = timedelta(days=10)
"""So long before the day that somebody meant to stay until."""
CHANGES_LAST = timedelta(days=60)
"""So long after it was reported a change that nobody has answered is reminded of."""
CAUGHT_UP = timedelta(days=20)
"""So long after its day a reminder is still sent, where no worker ran."""


@events.subscribe("reports.filed")
def tell_reported(event: Event) -> None:
    """Ask everybody whom a filing is about. Told once each; safe to do twice."""
    rows = Report.objects.select_related("person")
    if event.data["reports"]:
        rows = rows.filter(pk__in=event.data["reports"])
    else:
        rows = rows.filter(sheet=int(event.subject_id))
    asked: set[str] = set()
    for report in rows.iterator(chunk_size=500):
        _tell_one(report)
        if _is_asked(report) and report.phone not in asked:
            asked.add(report.phone)
            tasks.enqueue(
                "permits.ask_by_sms",
                {"phone": report.phone, "report": report.number},
                key=f"asked:{report.pk}",
            )


TOLD_OF_DUTY = {
    "order.issued": "order_issued",
    "order.revoked": "order_revoked",
    "penalty.told": "penalty_told",
    "penalty.hearing_called": "penalty_hearing_called",
    "penalty.decided": "penalty_decided",
    "penalty.closed": "penalty_closed",
}


@events.subscribe(*TOLD_OF_DUTY)
def tell_addressee(event: Event) -> None:
    """Tell whom an order is for, or a case is against: the person, or who manages the organisation. A case
    that ends before they were told of it is not told. Source: Administrative Penalty Law arts. 44, 61.
    """
    if event.kind.startswith("order."):
        order = CorrectionOrder.objects.get(pk=event.subject_id)
    else:
        case = PenaltyCase.objects.select_related("order").get(pk=event.subject_id)
        if case.told_on is None:
            return
        order = case.order
    for person in behind(order.person, order.organisation, managers=True):
        key = f"event:{event.pk}:{person.pk}"
        tell(person, TOLD_OF_DUTY[event.kind], key, clock.today(), number=order.number)


def behind(person: Person | None, organisation: Organisation | None, *, managers: bool) -> list[Person]:
    """Who reads what is said to somebody who has a duty: the person, or who acts for the organisation."""
    if person is not None:
        return [person]
    if organisation is None:
        return []
    rows = organisations.members(organisation)
    if managers:
        rows = rows.filter(part="manager")
    return [row.account.person for row in rows if row.account.person is not None]


def _is_asked(report: Report) -> bool:
    """Whether the phone that the report names gets an SMS: by what was said, never by what is known."""
    return bool(report.phone) and report.phase == BEGAN and report.kind not in (STAY, LETTING)


def _tell_one(report: Report) -> None:
    if report.person is None:
        return
    kind = {"invited": "asked_to_register", "proposed": "change_proposed"}.get(report.state)
    if kind:
        apart = report.phone if _is_asked(report) else ""
        tell(report.person, kind, f"report:{report.pk}", clock.today(), without=apart, report=report.number)


@tasks.handles("permits.ask_by_sms", outside=True)
def ask_by_sms(payload: dict[str, str]) -> None:
    """Send the link. The text names nobody, in both languages."""
    url = f"{settings.JUZHU_PUBLIC_URL}/invited/{doors.of_report(payload['report'])}"
    sms.gateway().send(payload["phone"], f"{_asking()} {url}")


def _asking() -> str:
    with override("zh-hans"):
        zh = _("有单位或房东按规定报送了居住信息，请您看一看对不对。不收任何费用。")
    with override("en"):
        return f"{zh} {_('有单位或房东按规定报送了居住信息，请您看一看对不对。不收任何费用。')}"


@tasks.handles("permits.homes")
def remind(payload: dict[str, str]) -> None:
    """The reminders of a day. Safe to run twice, and late: every message has a key of its own, and what it
    says holds whether or not it was ever sent.
    """
    today = date.fromisoformat(payload["day"])
    for person, kind, key, about in reminders(today):
        tell(person, kind, key, today, **about)


Reminder = tuple[Person, str, str, dict[str, str]]


def reminders(today: date) -> Iterator[Reminder]:
    """Who is told what on a day."""
    yield from _of_exemptions(today)
    yield from _of_stays(today)
    yield from _of_invitations(today)
    yield from _of_changes(today)


def _of_exemptions(today: date) -> Iterator[Reminder]:
    """Five days before an exemption ends, and on the day after it has ended; to who is not registered and is
    not free for another reason. Source: requirements A12.
    """
    rules = in_force(today)
    longest = timedelta(days=rules.parameters.relative_days) + CAUGHT_UP
    recent: QuerySet[Exemption] = exempting.unregistered(Exemption.objects.select_related("person"))
    lasting = recent.filter(ground=law.RELATIVE, from_on__gte=today - longest)
    ending = recent.filter(until_on__gte=today - CAUGHT_UP)
    for row in (lasting | ending).iterator(chunk_size=500):
        (fact,) = exempting.as_facts([row])
        last = law.last_day(fact, rules)
        duty = exempting.duty_of(row.person, False, today)
        if last is None:
            continue
        if duty.must and last < today:
            yield row.person, "exemption_over", f"exemption:{row.pk}:{last}:over", {"last": str(last)}
        elif duty.last_day == last and today >= last - timedelta(days=law.WARNING_DAYS):
            yield row.person, "exemption_ends", f"exemption:{row.pk}:{last}:ends", {"last": str(last)}


def _of_stays(today: date) -> Iterator[Reminder]:
    """Ten days before the day that somebody meant to stay until, and when it is over. Nothing ends on it."""
    near = Registration.objects.filter(
        ended_on__isnull=True, stay_until__gte=today - CAUGHT_UP, stay_until__lte=today + STAY_WARNING
    ).select_related("person")
    for row in near.iterator(chunk_size=500):
        over = row.stay_until is not None and row.stay_until < today
        key = f"registration:{row.pk}:{row.stay_until}{':over' if over else ''}"
        about = {"registration": row.number, "until": str(row.stay_until)}
        yield row.person, "stay_over" if over else "stay_ends", key, about


def _of_invitations(today: date) -> Iterator[Reminder]:
    """On the last working day before the term to register is over, and once when it has gone by and nobody
    has answered; not on the day they were asked.
    """
    open_ones = Invitation.objects.filter(
        answer="", report__state="invited", person__isnull=False, expires_on__gte=today
    ).select_related("person", "report")
    for row in open_ones.iterator(chunk_size=500):
        if row.person is not None and today > row.report.reported_on:
            due = _last_day("registration", row.report.happened_on, today)
            kind, key = ("register_late", "late") if today > due else ("register_due", "due")
            if today >= reminding.before(due, 1):
                about = {"report": row.report.number, "last": str(due)}
                yield row.person, kind, f"invitation:{row.pk}:{key}", about


def _of_changes(today: date) -> Iterator[Reminder]:
    """Three working days before the term to report a change is over, and once when it has gone by; to whom a
    report says that something has changed, until they say yes or no. Source: Zhejiang art. 13.
    """
    rows = Proposal.objects.filter(state="open", report__reported_on__gte=today - CHANGES_LAST)
    rows = rows.exclude(change="stay_until").select_related("report", "registration__person")
    for row in rows.iterator(chunk_size=500):
        due = _last_day("change", row.report.happened_on, today)
        kind = "change_over" if today > due else "change_due"
        if today > row.report.reported_on and today >= reminding.before(due, 3):
            about = {"report": row.report.number, "last": str(due)}
            yield row.registration.person, kind, f"proposal:{row.pk}:{kind}", about


def _last_day(clock_of: deadlines.DeadlineKind, on: date, today: date) -> date:
    return deadlines.deadline(clock_of, on, in_force(today)).last_day
