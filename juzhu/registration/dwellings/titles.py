"""产权证明: a landlord shows their title, an office confirms it, and the dwelling is theirs from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from juzhu.evidence.rights import account_behind
from juzhu.operations import events, numbers
from juzhu.operations.actors import Actor
from juzhu.operations.models import StoredFile
from juzhu.registration.dwellings import words
from juzhu.registration.dwellings.rights import (
    Landlord,
    check_landlord,
    check_near,
    check_office,
    landlord_of,
    title_office,
)
from juzhu.registration.dwellings.transitions import answer, check_reason, move
from juzhu.registration.errors import (
    AskedForAlready,
    DwellingGone,
    DwellingInvalid,
    PapersMissing,
)
from juzhu.registration.models import Dwelling, Lease, LettingRecord, TitleClaim


@dataclass(frozen=True, slots=True)
class TitleSaid:
    """A title as the landlord shows it."""

    right: str
    files: Sequence[StoredFile]
    certificate_number: str = ""


def look(title: TitleSaid) -> None:
    """Raises DwellingInvalid, PapersMissing."""
    if title.right not in dict(TitleClaim.RIGHTS):
        raise DwellingInvalid(_("请选是哪一种权利。"), field="right")
    if not title.files:
        raise PapersMissing(field="papers")


def write(
    dwelling: Dwelling, landlord: Landlord, title: TitleSaid, *, actor: Actor, today: date
) -> TitleClaim:
    """Write a claim, in the caller's transaction; the caller appends the event. Raises AskedForAlready."""
    try:
        with transaction.atomic():
            claim = TitleClaim.objects.create(
                **landlord.scope,
                number=numbers.yearly(settings.JUZHU_LETTING_PREFIXES["title"], today.year),
                dwelling=dwelling,
                name=landlord.name,
                right=title.right,
                certificate_number=title.certificate_number.strip(),
                asked_on=today,
                asked_by=account_behind(actor),
            )
    except IntegrityError as error:
        raise AskedForAlready from error
    claim.files.set(title.files)
    return claim


def show_again(dwelling: Dwelling, title: TitleSaid, *, actor: Actor, today: date) -> TitleClaim:
    """Hand in the title of one's own dwelling anew, after a return or when it has changed.

    Raises NotAllowed, DwellingGone, DwellingInvalid, PapersMissing, AskedForAlready.
    """
    look(title)
    with transaction.atomic():
        locked = Dwelling.objects.select_for_update(no_key=True).get(pk=dwelling.pk)
        check_landlord(actor, locked)
        if locked.gone_on:
            raise DwellingGone
        claim = write(locked, landlord_of(locked), title, actor=actor, today=today)
        events.append("title.claimed", actor=actor, subject=claim, number=locked.number, claim=claim.number)
    return claim


def confirm(claim: TitleClaim, *, actor: Actor, today: date) -> TitleClaim:
    """Confirm a title: the dwelling is the claimant's from now on. What somebody handed in who was never
    confirmed ends; after a sale, leases go on (Civil Code art. 725).

    Raises NotAllowed, ConflictOfInterest, StepForbidden.
    """
    with transaction.atomic():
        dwelling, locked = _locked(claim, actor)
        before = landlord_of(dwelling)
        was_confirmed = dwelling.claims.filter(state="confirmed").exists()
        after = Landlord(locked.person, locked.organisation)
        end_of(dwelling, today, besides=locked)
        answer("title", locked, "confirm", actor, today)
        if before.name and before != after and not was_confirmed:
            void(dwelling, today)
        dwelling.owner, dwelling.owner_organisation = after.person, after.organisation
        dwelling.owner_name, dwelling.gone_on = locked.name, None
        dwelling.save(update_fields=["owner", "owner_organisation", "owner_name", "gone_on"])
        words.follow(dwelling, actor=actor)
        _announce("title.confirmed", locked, actor)
    return locked


def give_back(claim: TitleClaim, said: str, *, actor: Actor, today: date) -> TitleClaim:
    """Return a title with what is missing. Raises NotAllowed, ConflictOfInterest, StepForbidden,
    ReasonTooShort.
    """
    check_reason(said)
    with transaction.atomic():
        _dwelling, locked = _locked(claim, actor)
        answer("title", locked, "give_back", actor, today, said)
        _announce("title.returned", locked, actor)
    return locked


def end_of(dwelling: Dwelling, today: date, besides: TitleClaim | None = None) -> None:
    """End the confirmed title of a dwelling, and the owner's open claim, in the caller's transaction."""
    owner = landlord_of(dwelling)
    over: QuerySet[TitleClaim] = dwelling.claims.filter(state="confirmed")
    if owner.name:
        over |= dwelling.claims.filter(state="asked", **owner.scope)
    for claim in over:
        if besides is None or claim.pk != besides.pk:
            move("title", claim, "end")
            claim.answered_on = claim.answered_on or today
            claim.save(update_fields=["state", "answered_on"])


def void(dwelling: Dwelling, today: date) -> None:
    """End what a landlord handed in whom no office ever confirmed, and who is not the owner; in the caller's
    transaction.
    """
    for lease in Lease.objects.filter(dwelling=dwelling, ended_on__isnull=True):
        lease.ended_on = max(lease.from_on, today)
        lease.save(update_fields=["ended_on"])
    LettingRecord.objects.filter(dwelling=dwelling, state__in=["filed", "recorded"]).update(
        state="ended", ended_on=today
    )


def _locked(claim: TitleClaim, actor: Actor) -> tuple[Dwelling, TitleClaim]:
    dwelling = Dwelling.objects.select_for_update(no_key=True).get(pk=claim.dwelling_id)
    locked = TitleClaim.objects.select_for_update(of=("self",)).select_related("person").get(pk=claim.pk)
    check_office(actor, title_office(dwelling), dwelling)
    check_near(actor, [locked.person.identity_number] if locked.person else [])
    return dwelling, locked


def _announce(kind: str, claim: TitleClaim, actor: Actor) -> None:
    events.append(
        kind, actor=actor, subject=claim, number=claim.dwelling.number, claim=claim.number,
        by=claim.asked_by_id,
    )  # fmt: skip
