"""房东不配合: a tenant says so, the subdistrict sees to it and answers.

Source: Hangzhou art. 18; State Council order 663 art. 8.2 (landlords help).
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction

from juzhu.operations import clock, events, numbers
from juzhu.operations.actors import Actor
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Person
from juzhu.people.queries import own_and_wards
from juzhu.registration.dwellings.rights import check_near, offices_of
from juzhu.registration.dwellings.transitions import move
from juzhu.registration.errors import AskedForAlready, NotRegistered, SaidTooLittle
from juzhu.registration.models import HelpCall, Registration

SHORTEST = 5


def call(person: Person, text: str, *, actor: Actor, today: date) -> HelpCall:
    """Say that the landlord won't help; for oneself or a child in one's care. One open call a person.

    Raises NotAllowed, NotRegistered, SaidTooLittle, AskedForAlready.
    """
    if not own_and_wards(actor, today).filter(pk=person.pk).exists():
        raise NotAllowed
    if len(text.strip()) < SHORTEST:
        raise SaidTooLittle(field="text")
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        home = Registration.objects.filter(person=person, ended_on__isnull=True).first()
        if home is None:
            raise NotRegistered
        try:
            with transaction.atomic():
                row = HelpCall.objects.create(
                    number=numbers.yearly(settings.JUZHU_LETTING_PREFIXES["help"], today.year),
                    person=person,
                    registration=home,
                    area=home.subdistrict,
                    text=text.strip()[:2000],
                    called_at=clock.now(),
                )
        except IntegrityError as error:
            raise AskedForAlready from error
        events.append("help.called", actor=actor, subject=row, person_id=person.pk, number=row.number)
    return row


def take_up(row: HelpCall, *, actor: Actor) -> HelpCall:
    """Say that somebody sees to it. Raises NotAllowed, ConflictOfInterest, StepForbidden."""
    with transaction.atomic():
        locked = _locked(row, actor)
        move("help", locked, "take_up")
        locked.answered_by_id = actor.account_id
        locked.save(update_fields=["state", "answered_by"])
        _announce("help.taken_up", locked, actor)
    return locked


def settle(row: HelpCall, answer: str, *, actor: Actor) -> HelpCall:
    """Answer the tenant: what was done, and what they can do now.

    Raises NotAllowed, ConflictOfInterest, StepForbidden, SaidTooLittle.
    """
    if len(answer.strip()) < SHORTEST:
        raise SaidTooLittle(field="answer")
    with transaction.atomic():
        locked = _locked(row, actor)
        move("help", locked, "settle")
        locked.answer, locked.settled_at = answer.strip()[:2000], clock.now()
        locked.answered_by_id = actor.account_id
        locked.save(update_fields=["state", "answer", "settled_at", "answered_by"])
        _announce("help.settled", locked, actor)
    return locked


def _locked(row: HelpCall, actor: Actor) -> HelpCall:
    locked = HelpCall.objects.select_for_update(of=("self",)).select_related("person").get(pk=row.pk)
    if "subdistrict" not in offices_of(actor) or not actor.covers(locked.area):
        raise NotAllowed
    check_near(actor, [locked.person.identity_number])
    return locked


def _announce(kind: str, row: HelpCall, actor: Actor) -> None:
    events.append(kind, actor=actor, subject=row, person_id=row.person_id, number=row.number)
