"""The only place that reads devices and what was shown, scoped by who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from juzhu.operations.actors import Actor
from juzhu.operations.errors import Sentence
from juzhu.operations.models import Event
from juzhu.people import records
from juzhu.people.models import Person
from juzhu.permits.models import Permit
from juzhu.permits.queries import permits_for
from juzhu.wallets import catalogue
from juzhu.wallets.models import Loading, Presentation

PRESENTED = "permit.presented"


def loadings_for(actor: Actor, today: date) -> QuerySet[Loading]:
    """The devices of a citizen's own permits and their wards', newest first; to nobody else there are any."""
    if actor.kind != "citizen":
        return Loading.objects.none()
    rows = Loading.objects.filter(permit__in=permits_for(actor, today).values("pk")).exclude(thumbprint="")
    return rows.select_related("version")


def devices_of(permit: Permit) -> list[Loading]:
    """The devices that have a permit's document, newest first; the caller has checked who asks. A device has
    an old one where its `version` is not the permit's latest. One query.
    """
    rows = Loading.objects.filter(permit=permit, ended_at=None, loaded_at__isnull=False)
    return list(rows.select_related("version"))


def keys_of(actor: Actor, today: date) -> dict[str, Loading]:
    """The devices in use, by the thumbprint of their keys, of a citizen's own permits and their wards'."""
    rows = loadings_for(actor, today).filter(ended_at=None, loaded_at__isnull=False)
    return {row.thumbprint: row for row in rows}


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of a holder's log: who has asked for what, why, and what they were given."""

    at: datetime
    checker: str
    confirmed: bool
    purpose: str
    asked: Sequence[Sentence]
    given: Sequence[Sentence]
    outcome: str
    device: str


def presentations_of(person: Person, first: int = 0, count: int = 50) -> list[Shown]:
    """What a person has shown, newest first, as the audit trail has it; the caller has checked who asks. That
    the permit was valid is given in every case. Two queries, and one for merged records.
    """
    rows = Event.objects.filter(records.of(person.pk, "person_id"), kind=PRESENTED).order_by("-position")
    found = list(rows[first : first + count])
    wanted = Presentation.objects.select_related("loading").in_bulk([int(row.subject_id) for row in found])
    return [_shown(event, wanted[int(event.subject_id)]) for event in found]


def _shown(event: Event, row: Presentation) -> Shown:
    return Shown(
        event.at,
        row.checker,
        row.confirmed,
        row.purpose,
        [item.words for item in catalogue.items(event.data["asked"])],
        catalogue.words(event.data["given"]),
        event.data["outcome"],
        row.loading.device if row.loading else "",
    )
