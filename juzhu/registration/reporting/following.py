"""What reports do when a person has registered: the invitation is answered, the proposed address is true."""

from __future__ import annotations

from django.db import transaction

from juzhu.operations import clock, events
from juzhu.operations.models import Event
from juzhu.registration import addresses
from juzhu.registration.invitations import waiting_for
from juzhu.registration.models import Invitation, Proposal, Registration, Report


@events.subscribe("registration.opened", "registration.moved")
def close_what_was_asked(event: Event) -> None:
    """Close invitations and proposed addresses that a new registration has answered. Safe to do twice."""
    registration = Registration.objects.select_related("person").get(pk=event.subject_id)
    person, on = registration.person, registration.registered_on
    with transaction.atomic():
        for invitation in waiting_for(person):
            _answer(invitation, registration)
        for proposal in Proposal.objects.filter(
            registration__person=person, state="open", change="address"
        ).select_related("report"):
            if lives_there(registration, proposal.report):
                proposal.state, proposal.answered_at = "accepted", clock.now()
                proposal.save(update_fields=["state", "answered_at"])
                Report.objects.filter(pk=proposal.report_id, state="proposed").update(
                    state="settled", outcome="confirmed", settled_on=on
                )


def _answer(invitation: Invitation, registration: Registration) -> None:
    invitation.answer, invitation.answered_at = "registered", clock.now()
    invitation.person = registration.person
    invitation.save(update_fields=["answer", "answered_at", "person"])
    Report.objects.filter(pk=invitation.report_id, state="invited").update(
        state="settled", outcome="registered", settled_on=registration.registered_on
    )


def lives_there(registration: Registration, report: Report) -> bool:
    """Whether a registration's address is what was reported, as addresses are compared."""
    there = addresses.key(registration.subdistrict, registration.address)
    return registration.subdistrict == report.area and there == addresses.key(report.area, report.address)
