"""居住房屋出租登记 with the police. Source: Zhejiang art. 9.3."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction

from juzhu.evidence.rights import account_behind
from juzhu.operations import events, numbers
from juzhu.operations.actors import Actor
from juzhu.registration.dwellings import words
from juzhu.registration.dwellings.rights import check_landlord, check_office
from juzhu.registration.dwellings.transitions import answer, check_reason, move
from juzhu.registration.errors import AskedForAlready, DwellingGone
from juzhu.registration.models import Dwelling, LettingRecord


def file(dwelling: Dwelling, *, actor: Actor, today: date) -> LettingRecord:
    """File that a dwelling is let. Raises NotAllowed, DwellingGone, AskedForAlready."""
    with transaction.atomic():
        locked = Dwelling.objects.select_for_update(no_key=True).get(pk=dwelling.pk)
        check_landlord(actor, locked)
        if locked.gone_on:
            raise DwellingGone
        try:
            with transaction.atomic():
                row = LettingRecord.objects.create(
                    number=numbers.yearly(settings.JUZHU_LETTING_PREFIXES["letting"], today.year),
                    dwelling=locked,
                    filed_on=today,
                    filed_by=account_behind(actor),
                )
        except IntegrityError as error:
            raise AskedForAlready from error
        events.append("letting.filed", actor=actor, subject=row, number=locked.number)
    return row


def record(row: LettingRecord, *, actor: Actor, today: date) -> LettingRecord:
    """Record a letting. Raises NotAllowed, ConflictOfInterest, StepForbidden."""
    with transaction.atomic():
        dwelling, locked = _locked(row, actor)
        answer("letting", locked, "record", actor, today)
        words.follow(dwelling, actor=actor)
        _announce("letting.recorded", locked, actor)
    return locked


def give_back(row: LettingRecord, said: str, *, actor: Actor, today: date) -> LettingRecord:
    """Return what was filed with a reason. Raises NotAllowed, ConflictOfInterest, StepForbidden,
    ReasonTooShort.
    """
    check_reason(said)
    with transaction.atomic():
        _dwelling, locked = _locked(row, actor)
        answer("letting", locked, "give_back", actor, today, said)
        _announce("letting.returned", locked, actor)
    return locked


def end(row: LettingRecord, *, actor: Actor, today: date) -> LettingRecord:
    """End a letting record: the landlord lets no longer, or the police strike it off.

    Raises NotAllowed, ConflictOfInterest, StepForbidden.
    """
    with transaction.atomic():
        dwelling = Dwelling.objects.select_for_update(no_key=True).get(pk=row.dwelling_id)
        locked = LettingRecord.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if actor.kind == "staff":
            check_office(actor, "police", dwelling)
        else:
            check_landlord(actor, dwelling)
        move("letting", locked, "end")
        locked.ended_on = today
        locked.save(update_fields=["state", "ended_on"])
        words.follow(dwelling, actor=actor)
        _announce("letting.ended", locked, actor)
    return locked


def end_of(dwelling: Dwelling, today: date) -> None:
    """End the record of a dwelling that is gone, in the caller's transaction."""
    LettingRecord.objects.filter(dwelling=dwelling, state__in=["filed", "recorded"]).update(
        state="ended", ended_on=today
    )


def _locked(row: LettingRecord, actor: Actor) -> tuple[Dwelling, LettingRecord]:
    dwelling = Dwelling.objects.select_for_update(no_key=True).get(pk=row.dwelling_id)
    locked = LettingRecord.objects.select_for_update(of=("self",)).get(pk=row.pk)
    check_office(actor, "police", dwelling)
    return dwelling, locked


def _announce(kind: str, row: LettingRecord, actor: Actor) -> None:
    events.append(kind, actor=actor, subject=row, number=row.dwelling.number, by=row.filed_by_id)
