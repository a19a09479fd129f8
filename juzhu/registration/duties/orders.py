"""责令限期改正: the only place that gives, closes and revokes orders to correct."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from juzhu.law.penalties import LADDER
from juzhu.operations import events, numbers
from juzhu.operations.actors import Actor
from juzhu.operations.models import Event
from juzhu.people import keeping_away
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account, Organisation, Person
from juzhu.registration.errors import DayInvalid, DutyUnknown, OrderClosed, OutOfArea, SaidTooLittle
from juzhu.registration.models import CorrectionOrder, Registration, Report

OFFICERS = frozenset({"clerk", "chief"})
"""An order is the police's (Zhejiang arts. 33 to 35)."""
SHORTEST, LONGEST = 5, 2000
SERIES = "ZG"
OWN_DUTY = "zhejiang-2016:33"
"""To register oneself; only a person has it."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person or an organisation; exactly one."""

    person: Person | None = None
    organisation: Organisation | None = None


def issue(
    to: Addressee,
    provision: str,
    facts: str,
    correct_by: date,
    area: str,
    *,
    actor: Actor,
    today: date,
    persons: int = 1,
    registration: Registration | None = None,
    reports: Collection[Report] = (),
) -> CorrectionOrder:
    """Order somebody to do by a day what the law asks of them. It is no penalty, and none follows from it by
    itself.

    Raises NotAllowed, OutOfArea, ConflictOfInterest, DutyUnknown, DayInvalid, SaidTooLittle.
    """
    officer = _officer(actor, area)
    if provision not in LADDER or (provision == OWN_DUTY and to.person is None):
        raise DutyUnknown
    if to.person is not None:
        keeping_away.check(actor, to.person)
    if correct_by <= today:
        raise DayInvalid(_("改正期限最早是明天。"), field="correct_by")
    if len(facts.strip()) < SHORTEST:
        raise SaidTooLittle(field="facts")
    with transaction.atomic():
        row = CorrectionOrder.objects.create(
            number=numbers.yearly(SERIES, today.year),
            person=to.person,
            organisation=to.organisation,
            area=area,
            provision=provision,
            persons=max(persons, 1),
            facts=facts.strip()[:LONGEST],
            registration=registration,
            issued_on=today,
            issued_by=officer,
            correct_by=correct_by,
        )
        row.reports.set(reports)
        _append("order.issued", row, actor, correct_by=correct_by)
    return row


def corrected(order: CorrectionOrder, on: date, *, actor: Actor, today: date) -> CorrectionOrder:
    """Write down on which day it was put right. Raises NotAllowed, OutOfArea, OrderClosed, DayInvalid."""
    if not order.issued_on <= on <= today:
        raise DayInvalid(_("改正的日期在责令之后，最晚是今天。"), field="on")
    with transaction.atomic():
        row = _take(order, actor)
        row.corrected_on, row.corrected_by_id = on, actor.account_id
        row.save(update_fields=["corrected_on", "corrected_by"])
        _append("order.corrected", row, actor, on=on)
    return row


def revoke(order: CorrectionOrder, because: str, *, actor: Actor, today: date) -> CorrectionOrder:
    """Take back an order that should not have been given. Raises NotAllowed, OutOfArea, OrderClosed,
    SaidTooLittle.
    """
    if len(because.strip()) < SHORTEST:
        raise SaidTooLittle(field="because")
    with transaction.atomic():
        row = _take(order, actor)
        row.revoked_on, row.revoked_because = today, because.strip()[:LONGEST]
        row.save(update_fields=["revoked_on", "revoked_because"])
        _append("order.revoked", row, actor)
    return row


@events.subscribe("registration.opened", "registration.moved")
def put_right_by_registering(event: Event) -> None:
    """Whoever registers has obeyed an order to register, on the day they did. Safe to do twice."""
    made = Registration.objects.get(pk=event.subject_id)
    open_ones = CorrectionOrder.objects.filter(
        person=made.person_id,
        provision=OWN_DUTY,
        corrected_on__isnull=True,
        revoked_on__isnull=True,
        issued_on__lte=made.registered_on,
    )
    open_ones.update(corrected_on=made.registered_on)


def _officer(actor: Actor, area: str) -> Account:
    if actor.role not in OFFICERS or actor.kind != "staff" or actor.account_id is None:
        raise NotAllowed
    if not actor.covers(area):
        raise OutOfArea
    return Account.objects.get(pk=actor.account_id)


def _take(order: CorrectionOrder, actor: Actor) -> CorrectionOrder:
    rows = CorrectionOrder.objects.select_for_update(of=("self",)).select_related("person", "organisation")
    row = rows.get(pk=order.pk)
    _officer(actor, row.area)
    if row.person is not None:
        keeping_away.check(actor, row.person)
    if row.corrected_on or row.revoked_on:
        raise OrderClosed
    return row


def _append(kind: str, row: CorrectionOrder, actor: Actor, **about: object) -> None:
    events.append(
        kind, actor=actor, subject=row, person_id=row.person_id, number=row.number,
        provision=row.provision, **about,
    )  # fmt: skip
