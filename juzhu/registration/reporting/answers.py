"""Answers to reports: the person's own word first; else what a community's officer finds out on the spot."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Person
from juzhu.people.queries import own_and_wards
from juzhu.registration import actions
from juzhu.registration.errors import AnsweredAlready, NotRegistered, SaidTooLittle
from juzhu.registration.invitations import meant
from juzhu.registration.models import Contradiction, Invitation, Proposal, Registration, Report
from juzhu.registration.reporting.contradictions import OFFICERS, SHORTEST

FOUND = {"registered", "ended", "not_found", "not_covered", "wrong", "known"}
"""What an officer can have found out."""


def accept(proposal: Proposal, *, actor: Actor, today: date) -> Registration | None:
    """Say yes to a proposed change: the register is changed by the person's word, not by the report's. A new
    address is not taken from the report: the page for a move opens with it filled in, and `answered_by`
    follows.

    Raises NotAllowed, AnsweredAlready, NotRegistered.
    """
    with transaction.atomic():
        locked = _open(proposal, actor, today)
        person = locked.registration.person
        if locked.registration.ended_on is not None:
            raise NotRegistered
        if locked.change == "workplace":
            earliest = locked.registration.workplace_since or locked.registration.registered_on
            since = min(max(locked.report.happened_on, earliest), today)
            actions.change_workplace(person, locked.wanted, actor=actor, today=today, since=since)
        elif locked.change == "left":
            left_on = max(date.fromisoformat(locked.wanted), locked.registration.registered_on)
            actions.leave(person, left_on, actor=actor, today=today)
        _close(locked, "accepted", "confirmed", today, actor)
    return locked.registration


def decline(proposal: Proposal, *, actor: Actor, today: date) -> None:
    """Say that it is not so. Both words are then laid before the community's officer.

    Raises NotAllowed, AnsweredAlready.
    """
    with transaction.atomic():
        locked = _open(proposal, actor, today)
        _deny(locked.report, locked.registration)
        _close(locked, "declined", "denied", today, actor)


def answer(invitation: Invitation, said: str, *, actor: Actor, person: Person, today: date) -> None:
    """Answer an invitation: "registered" after the registration was filed, "not_me" or "not_here".

    Raises AnsweredAlready; NotAllowed when the person is not the actor or their ward.
    """
    with transaction.atomic():
        locked = (
            Invitation.objects.select_for_update(of=("self",)).select_related("report").get(pk=invitation.pk)
        )
        if locked.answer:
            raise AnsweredAlready
        if not own_and_wards(actor, today).filter(pk=person.pk).exists() or not meant(locked, person):
            raise NotAllowed
        locked.answer, locked.answered_at, locked.person = said, clock.now(), person
        locked.save(update_fields=["answer", "answered_at", "person"])
        report = locked.report
        if said == "registered":
            _settle(report, "registered", today, actor)
        else:
            _deny(report, None)
            report.state = "officer"
            report.save(update_fields=["state"])
        events.append(
            "report.answered",
            actor=actor,
            subject=report,
            person_id=person.pk,
            number=report.number,
            said=said,
        )


def settle(report: Report, outcome: str, said: str, *, actor: Actor, today: date) -> Report:
    """Write down what a community's officer found out; an invitation that nobody has answered is closed.

    Raises NotAllowed, SaidTooLittle, AnsweredAlready.
    """
    if len(said.strip()) < SHORTEST:
        raise SaidTooLittle(field="said")
    with transaction.atomic():
        locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if actor.role not in OFFICERS or not actor.covers(locked.area) or outcome not in FOUND:
            raise NotAllowed
        if locked.state not in ("new", "invited", "proposed", "officer"):
            raise AnsweredAlready
        locked.said = said.strip()[:400]
        locked.save(update_fields=["said"])
        _settle(locked, outcome, today, actor)
        events.append(
            "report.settled", actor=actor, subject=locked, person_id=locked.person_id,
            number=locked.number, outcome=outcome,
        )  # fmt: skip
    return locked


def _open(proposal: Proposal, actor: Actor, today: date) -> Proposal:
    locked = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("report", "registration__person")
        .get(pk=proposal.pk)
    )
    if not own_and_wards(actor, today).filter(pk=locked.registration.person_id).exists():
        raise NotAllowed
    if locked.state != "open":
        raise AnsweredAlready
    return locked


def _close(proposal: Proposal, state: str, outcome: str, today: date, actor: Actor) -> None:
    proposal.state, proposal.answered_at = state, clock.now()
    proposal.save(update_fields=["state", "answered_at"])
    report = proposal.report
    if outcome == "denied":
        report.state, report.outcome = "officer", outcome
        report.save(update_fields=["state", "outcome"])
    else:
        _settle(report, outcome, today, actor)
    events.append(
        f"proposal.{state}",
        actor=actor,
        subject=proposal,
        person_id=proposal.registration.person_id,
        number=report.number,
        change=proposal.change,
    )


def _settle(report: Report, outcome: str, today: date, actor: Actor) -> None:
    report.state, report.outcome, report.settled_on = "settled", outcome, today
    report.settled_by_id = actor.account_id if actor.kind == "staff" else None
    report.save(update_fields=["state", "outcome", "settled_on", "settled_by"])


def _deny(report: Report, registration: Registration | None) -> None:
    if registration is None:
        registration = Registration.objects.filter(person=report.person_id, ended_on__isnull=True).first()
    Contradiction.objects.create(
        area=report.area, code="denied", report=report, registration=registration, found_at=clock.now()
    )
