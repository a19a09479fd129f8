"""Invitations that wait for somebody: whom one is meant for, and which a registration answers."""

from __future__ import annotations

from juzhu.people.models import Person
from juzhu.people.names import folded
from juzhu.registration.models import Invitation


def meant(invitation: Invitation, person: Person) -> bool:
    """Whether an invitation is for this person: the one matched, else whose number or name was reported."""
    report = invitation.report
    if invitation.person_id:
        return invitation.person_id == person.pk
    if report.identity_number:
        return report.identity_number == person.identity_number
    return folded(report.name) == person.name_key and report.born == person.born


def waiting_for(person: Person) -> list[Invitation]:
    """The invitations to this person that nobody has answered. One query."""
    rows = Invitation.objects.select_related("report").filter(answer="", report__state="invited")
    named = rows.filter(person=person) | rows.filter(
        person__isnull=True, report__identity_number=person.identity_number
    )
    if person.phone:
        named |= rows.filter(
            person__isnull=True,
            report__identity_number="",
            report__born=person.born,
            report__phone=person.phone,
        )
    return [invitation for invitation in named if meant(invitation, person)]
