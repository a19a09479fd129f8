"""Which dwelling somebody lives in, where an officer knows better than two spellings of an address."""

from __future__ import annotations

from django.db import transaction

from juzhu.operations import events
from juzhu.operations.actors import Actor
from juzhu.people.errors import NotAllowed
from juzhu.registration.dwellings import words
from juzhu.registration.dwellings.rights import check_near
from juzhu.registration.errors import DwellingGone, StepForbidden
from juzhu.registration.models import Dwelling, Registration

OFFICERS = frozenset({"subdistrict", "clerk", "chief"})


def same_place(registration: Registration, dwelling: Dwelling, *, actor: Actor) -> Registration:
    """Say that the address of a current registration is this dwelling, however it is written; the
    registration itself stays as it is.

    Raises NotAllowed, ConflictOfInterest, DwellingGone, StepForbidden.
    """
    with transaction.atomic():
        place = Dwelling.objects.select_for_update(no_key=True).get(pk=dwelling.pk)
        words.hold([registration.person_id])
        rows = Registration.objects.select_for_update(of=("self",)).select_related("person")
        row = rows.get(pk=registration.pk)
        if actor.role not in OFFICERS or not actor.covers(place.subdistrict):
            raise NotAllowed
        check_near(actor, [row.person.identity_number])
        if place.gone_on:
            raise DwellingGone
        if row.ended_on is not None or row.subdistrict != place.subdistrict:
            raise StepForbidden
        row.dwelling = place
        row.save(update_fields=["dwelling"])
        words.settle([row.person_id], actor=actor)
        events.append(
            "registration.placed",
            actor=actor,
            subject=row,
            person_id=row.person_id,
            number=row.number,
            dwelling=place.number,
        )
    return row
