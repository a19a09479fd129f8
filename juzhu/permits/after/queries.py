"""The only place that reads corrections, post-checks, tips and cases of fraud, scoped by who asks."""

from datetime import date

from django.db.models import Q, QuerySet

from juzhu.operations.actors import Actor
from juzhu.people.queries import own_and_wards
from juzhu.permits.models import Attendance, Correction, FraudCase, Permit, PostCheck, Tip
from juzhu.permits.queries import CASEWORKERS

OPEN_FRAUD = ("opened", "told", "heard")


def corrections_for(actor: Actor, today: date) -> QuerySet[Correction]:
    """A citizen's own and their wards'; an officer's in their area; nothing to anybody else."""
    rows = Correction.objects.select_related("permit__person", "decided_by")
    if actor.kind == "citizen":
        return rows.filter(permit__person__in=own_and_wards(actor, today))
    if actor.role in CASEWORKERS:
        return rows.filter(area__in=actor.areas).order_by("due_on", "pk")
    return rows.none()


def post_checks_for(actor: Actor) -> QuerySet[PostCheck]:
    """An officer's in their area, by what falls due first. The person is told the result, not the plan."""
    rows = PostCheck.objects.select_related("permit__person", "person", "assigned_to", "done_by")
    if actor.role in CASEWORKERS:
        return rows.filter(area__in=actor.areas)
    return rows.none()


def tips_for(actor: Actor) -> QuerySet[Tip]:
    """An officer's in their area, oldest first. Who reported is nobody's business on a list."""
    if actor.role in CASEWORKERS:
        return Tip.objects.filter(area__in=actor.areas).order_by("reported_at")
    return Tip.objects.none()


def fraud_cases_for(actor: Actor, today: date) -> QuerySet[FraudCase]:
    """A citizen's own and their wards', once they were told or it was dropped; an officer's in their area."""
    rows = FraudCase.objects.select_related("person", "permit", "opened_by", "decided_by", "hearing__chair")
    if actor.kind == "citizen":
        own = rows.filter(person__in=own_and_wards(actor, today))
        return own.filter(Q(told_on__isnull=False) | Q(state="closed"))
    if actor.role in CASEWORKERS:
        return rows.filter(area__in=actor.areas)
    return rows.none()


def attended(deed: str, about: str) -> Attendance | None:
    """Who stood at the window for this; None where it came from a phone. The caller has checked who asks."""
    rows = Attendance.objects.filter(deed=deed, about=about).select_related("officer")
    return rows.prefetch_related("files").first()


def permit_meant(actor: Actor, text: str) -> Permit | None:
    """The permit that an officer means by its number or its holder's whole identity number, in their area."""
    text = text.strip().upper()
    if not text or "\0" in text or actor.role not in CASEWORKERS:
        return None
    rows = Permit.objects.filter(area__in=actor.areas).select_related("person")
    return (
        rows.filter(number=text).first()
        or rows.filter(person__identity_number=text).order_by("-issued_on", "-pk").first()
    )
