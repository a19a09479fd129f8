"""What is being checked with a department now: asked and not answered, or objected to and not looked at.

Neither is the person's fault: nobody asks them for a paper meanwhile, and nobody refuses them for it. A
department that lets its own day go by holds nothing up any longer: the word still does not count, but the
person may then be asked for a proof of their own.
Source: State Council order 716 art. 7.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from django.conf import settings
from django.db.models import Exists, F, OuterRef, QuerySet, Value

from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence, Inquiry, Objection
from juzhu.operations import clock

Why = Literal["inquiry", "objection"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a department is looking into."""

    person_id: int
    kind: Kind
    why: Why
    department: str
    since: datetime


def under_check(person_id: int) -> dict[Kind, Why]:
    """What of a person is being checked with a department now. One query."""
    return {check.kind: check.why for check in checks([person_id])}


def checks(person_ids: Collection[int]) -> list[Check]:
    """What of these people is being checked; objections last, since they weigh more. One query."""
    asked = waiting(clock.now()).filter(person__in=person_ids)
    objected = Objection.objects.filter(person__in=person_ids, state="open", due_on__gte=clock.today())
    columns = ("person_id", "of", "why", "department", "since")
    rows: Any = (
        asked.annotate(of=F("kind"), why=Value("inquiry"), since=F("asked_at"))
        .values_list(*columns)
        .union(
            objected.order_by()
            .annotate(of=F("evidence__kind"), why=Value("objection"), since=F("filed_at"))
            .values_list(*columns),
            all=True,
        )
    )
    found = [Check(who, Kind(kind), cast(Why, why), bureau, at) for who, kind, why, bureau, at in rows]
    return sorted(found, key=lambda check: (check.why == "objection", check.since))


def waiting(now: datetime) -> QuerySet[Inquiry]:
    """Questions that wait for their bureau. After the days of `JUZHU_INQUIRY_GIVE_UP_DAYS`, or once the
    department has said it in another way, one waits no longer, whether or not a job has written it down.
    """
    said = Evidence.objects.filter(
        person=OuterRef("person"),
        kind=OuterRef("kind"),
        department=OuterRef("department"),
        source="attestation",
        received_at__gte=OuterRef("asked_at"),
        withdrawn_at__isnull=True,
    )
    return Inquiry.objects.filter(~Exists(said), state="waiting", asked_at__gt=give_up_before(now))


def give_up_before(now: datetime) -> datetime:
    """What was asked until this moment is given up."""
    return now - timedelta(days=settings.JUZHU_INQUIRY_GIVE_UP_DAYS)
