"""The only place that reads the audit trail as a list."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from juzhu.operations.actors import Actor
from juzhu.operations.clock import SHANGHAI
from juzhu.operations.models import Event


@dataclass(frozen=True, slots=True)
class Trail:
    """What an auditor looks for. `account` is a row id, `people` are the row ids of one person's records;
    `before` is the last page's end.
    """

    kind: str = ""
    account: int | None = None
    people: tuple[int, ...] = ()
    subject: str = ""
    day: date | None = None
    before: int | None = None


def trail(actor: Actor, wanted: Trail) -> QuerySet[Event]:
    """The audit trail, newest first, for auditors alone."""
    if actor.role != "auditor":
        return Event.objects.none()
    rows = Event.objects.order_by("-position")
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.account is not None:
        rows = rows.filter(actor_account_id=wanted.account)
    if wanted.people:
        rows = rows.filter(person_id__in=wanted.people)
    if wanted.subject:
        rows = rows.filter(subject_id=wanted.subject)
    if wanted.day is not None:
        starts = datetime.combine(wanted.day, time(), SHANGHAI)
        rows = rows.filter(at__gte=starts, at__lt=starts + timedelta(days=1))
    if wanted.before is not None:
        rows = rows.filter(position__lt=wanted.before)
    return rows


def last_position() -> int:
    """How long the trail is, without counting it."""
    newest = Event.objects.order_by("-position").values_list("position", flat=True).first()
    return newest or 0
