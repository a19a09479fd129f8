"""The only place that reads reports. A reporter sees what they said and when, never what became of it: no
list tells a stranger whether somebody is registered.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Q, QuerySet

from juzhu.operations.actors import Actor
from juzhu.people.models import Person
from juzhu.people.queries import own_and_wards
from juzhu.registration.models import VOID, Contradiction, Invitation, Proposal, Report
from juzhu.registration.reporting.contradictions import OFFICERS

WAITING = ("new", "invited", "proposed", "officer")


def own(actor: Actor) -> QuerySet[Report]:
    """What an organisation, or a private landlord, has reported; newest first."""
    rows = Report.objects.all()
    if actor.kind == "reporter" and actor.organisation_id is not None:
        return rows.filter(organisation=actor.organisation_id)
    if actor.kind == "citizen" and actor.person_id is not None:
        return rows.filter(reporter=actor.person_id)
    return rows.none()


def told(actor: Actor) -> QuerySet[Report]:
    """What landlords have told a property firm and it has not passed on yet; the earliest first."""
    if actor.kind != "reporter" or actor.organisation_id is None:
        return Report.objects.none()
    rows = Report.objects.filter(passed_to=actor.organisation_id, state="passed", followed_by__isnull=True)
    return rows.order_by("reported_on", "pk")


def for_officers(actor: Actor) -> QuerySet[Report]:
    """Reports of an officer's area."""
    if actor.role not in OFFICERS:
        return Report.objects.none()
    return Report.objects.filter(area__in=actor.areas).select_related("organisation", "reporter", "community")


def waiting(actor: Actor) -> QuerySet[Report]:
    """Reports of the area that nobody has settled, those for the community's officer first in time."""
    return for_officers(actor).filter(state__in=WAITING).order_by("reported_on", "pk")


def late(actor: Actor) -> QuerySet[Report]:
    """Reports that came after their last day. Source: requirements B10."""
    return for_officers(actor).filter(due_on__lt=F("reported_on"))


def contradictions_for(actor: Actor) -> QuerySet[Contradiction]:
    """What is said in two ways in an officer's area and nobody has looked at."""
    return contradictions_of(actor).filter(settled_at__isnull=True)


def contradictions_of(actor: Actor) -> QuerySet[Contradiction]:
    """The same, and what was looked at before."""
    if actor.role not in OFFICERS:
        return Contradiction.objects.none()
    rows = Contradiction.objects.filter(area__in=actor.areas)
    return rows.select_related(
        "report__organisation",
        "report__reporter",
        "other__organisation",
        "other__reporter",
        "registration__person",
        "registration__community",
        "settled_by",
    )


def invitations_to(actor: Actor, today: date) -> QuerySet[Invitation]:
    """What a citizen, or a child in their care, is asked to confirm: matched when it was reported, or known
    since by the same identity number, name and day of birth.
    """
    rows = _invitations(list(own_and_wards(actor, today)))
    return rows.select_related("report__organisation", "report__reporter", "person")


def _invitations(people: Sequence[Person]) -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(answer="", report__state="invited")
    return rows.filter(Q(person__in=people) | Q(person__isnull=True) & _named(people, "report__"))


def unanswered(people: Sequence[Person]) -> int:
    """How many questions wait for the answer of these people. One query."""
    proposed = Proposal.objects.filter(registration__person__in=people, state="open").order_by()
    return _invitations(people).values("pk").union(proposed.values("pk"), all=True).count()


def _named(people: Sequence[Person], of: str) -> Q:
    """Reports that matched nobody, and by what they say are about one of these people."""
    numbers = [person.identity_number for person in people if person.identity_number]
    found = Q(**{f"{of}identity_number__in": numbers})
    for person in people:
        found |= Q(**{f"{of}identity_number": "", f"{of}name": person.name, f"{of}born": person.born})
    return found


def about(actor: Actor, today: date) -> QuerySet[Report]:
    """谁报送过我: all that was reported of a citizen and of the children in their care, newest first."""
    people = list(own_and_wards(actor, today))
    if not people:
        return Report.objects.none()
    rows = Report.objects.filter(Q(person__in=people) | Q(person__isnull=True) & _named(people, ""))
    return rows.exclude(state__in=[*VOID, "passed"]).select_related(
        "organisation", "reporter", "person", "community"
    )


def proposals_to(actor: Actor, today: date) -> QuerySet[Proposal]:
    """Changes that reports propose to a citizen's own or a ward's registration."""
    people = own_and_wards(actor, today)
    rows = Proposal.objects.filter(registration__person__in=people, state="open")
    return rows.select_related("report__organisation", "report__reporter", "registration__person")
