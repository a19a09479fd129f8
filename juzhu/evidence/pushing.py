"""Taking in what a department's program pushes.

Of somebody who is not registered here nothing is kept, and the answer is the same as for everybody: a
department does not learn from us who lives in the district, and we do not hoard what is said of strangers.
What is lost by it is asked for when that person applies (`inquiries`), or pushed again.
"""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction

from juzhu.evidence import deliveries, records
from juzhu.evidence.deliveries import Word
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Client, Delivery
from juzhu.evidence.refusals import KeyReused, KindNotYours, PersonImpossible
from juzhu.operations.clock import SHANGHAI
from juzhu.people.errors import IdentityNumberInvalid
from juzhu.people.identity_numbers import parse
from juzhu.people.models import Person
from juzhu.people.names import folded


@dataclass(frozen=True, slots=True)
class Pushed:
    """One word as it came in; its shape was checked, what it says was not."""

    identity_number: str
    name: str
    kind: Kind
    says: Mapping[str, Any]
    valid_from: date | None = None
    valid_until: date | None = None
    record: str = ""


def take(client: Client, kinds: Collection[Kind], pushed: Pushed, key: str, *, now: datetime) -> Delivery:
    """Keep a word, once for each key, and give the delivery that says so.

    Raises KindNotYours, PersonImpossible, SaysInvalid, RecordInvalid, RecordDiffers, KeyReused.
    """
    if pushed.kind not in kinds:
        raise KindNotYours
    _check_number(pushed.identity_number, now)
    word = _checked(client, pushed)
    fingerprint = _fingerprint(pushed)
    with transaction.atomic():
        delivery, is_first = _claim(client, key, fingerprint, word, now)
        if not hmac.compare_digest(delivery.digest, fingerprint):
            raise KeyReused
        person = _person(pushed) if is_first else None
        if person is None:
            return delivery
        delivery.evidence = deliveries.write(person.pk, word, now=now)
        delivery.save(update_fields=["evidence"])
        deliveries.announce(delivery.evidence, client=client.client_id)
    return delivery


def _check_number(number: str, now: datetime) -> None:
    try:
        parse(number, now.astimezone(SHANGHAI).date())
    except IdentityNumberInvalid as error:
        fault = {
            "path": ["identity_number"],
            "message": f"This cannot be anybody's: {error.about['reason']}.",
        }
        raise PersonImpossible(faults=[fault]) from error


def _checked(client: Client, pushed: Pushed) -> Word:
    says = deliveries.content(pushed.kind, pushed.says)
    record: dict[str, str] = {}
    if pushed.record:
        said = records.Said(
            pushed.identity_number, pushed.name, pushed.kind, says,
            _iso(pushed.valid_from), _iso(pushed.valid_until),
        )  # fmt: skip
        record = records.verify(pushed.record, client.keys, said)
    return Word(
        kind=pushed.kind,
        says=says,
        department=client.department,
        way="push",
        certainty="signed" if record else "confirmed",
        record=record,
        valid_from=pushed.valid_from,
        valid_until=pushed.valid_until,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _fingerprint(pushed: Pushed) -> str:
    """A keyed digest of the word: it can't be searched for a person without the service's own secret."""
    said = [
        pushed.identity_number, pushed.name, pushed.kind.value, pushed.says,
        pushed.valid_from, pushed.valid_until, pushed.record,
    ]  # fmt: skip
    written = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
    key = hashlib.sha256(b"evidence.pushing" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, written, "sha256").hexdigest()


def _claim(client: Client, key: str, fingerprint: str, word: Word, now: datetime) -> tuple[Delivery, bool]:
    """The delivery of this key, and whether this request made it. A second one waits for the first."""
    hashed = hashlib.sha256(key.encode()).hexdigest()
    reference = secrets.token_hex(16)
    row = Delivery(
        client=client,
        key=hashed,
        digest=fingerprint,
        reference=reference,
        kind=word.kind.value,
        certainty=word.certainty,
        received_at=now,
    )
    Delivery.objects.bulk_create([row], ignore_conflicts=True)
    kept = Delivery.objects.select_for_update(of=("self",)).get(client=client, key=hashed)
    return kept, kept.reference == reference


def _person(pushed: Pushed) -> Person | None:
    """Who bears both this number and this name."""
    person = Person.objects.filter(identity_number=pushed.identity_number).first()
    return person if person is not None and folded(person.name) == folded(pushed.name) else None
