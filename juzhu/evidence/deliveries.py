"""A department's word that came from a program: kept as evidence, and taken back by who gave it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

import orjson
from django.db import transaction
from pydantic import ValidationError

from juzhu.evidence import actions
from juzhu.evidence.kinds import FORMS, Kind
from juzhu.evidence.models import Delivery, Evidence
from juzhu.evidence.refusals import SaysInvalid, WordUnknown
from juzhu.operations import clock, events
from juzhu.operations.actors import SYSTEM

NUL = b"\\u0000"
"""PostgreSQL's JSON can't hold it."""


@dataclass(frozen=True, slots=True)
class Word:
    """What a department says of one person, checked: `says` in the form that is stored."""

    kind: Kind
    says: Mapping[str, Any]
    department: str
    way: Literal["push", "pull"]
    certainty: Literal["confirmed", "signed"]
    record: Mapping[str, str] = field(default_factory=dict)
    valid_from: date | None = None
    valid_until: date | None = None


def content(kind: Kind, says: Mapping[str, Any]) -> dict[str, Any]:
    """What is said, in the form that is stored. Raises SaysInvalid, naming each place."""
    try:
        read = FORMS[kind].model_validate(dict(says)).model_dump(mode="json", by_alias=True)
    except ValidationError as error:
        faults = [{"path": ["says", *fault["loc"]], "message": fault["msg"]} for fault in error.errors()]
        raise SaysInvalid(faults=faults) from error
    if NUL in orjson.dumps(read):
        raise SaysInvalid(faults=[{"path": ["says"], "message": "A text holds the character U+0000."}])
    return read


def write(person_id: int, word: Word, *, now: datetime) -> Evidence:
    """Write the row, in the caller's transaction; `announce` follows as its last write."""
    said = FORMS[word.kind].model_validate(dict(word.says))
    row = actions.word(person_id, word.kind, said, word.department, SYSTEM, word.way, word.certainty)
    row.record, row.received_at = dict(word.record), now
    row.valid_from = word.valid_from or row.valid_from
    row.valid_until = word.valid_until or row.valid_until
    row.save(force_insert=True)
    return row


def announce(evidence: Evidence, **about: object) -> None:
    """Append the events of a word that was written: the transaction's last writes. A guardianship is
    entered in the register of people, too, where the guardian is known.
    """
    actions.enter_guardian(evidence, evidence.content, actor=SYSTEM)
    events.append(
        "evidence.attested",
        actor=SYSTEM,
        subject=evidence,
        person_id=evidence.person_id,
        evidence=evidence.kind,
        department=evidence.department,
        way=evidence.way,
        certainty=evidence.certainty,
        **about,
    )


def take_back(reference: str, department: str, kinds: frozenset[Kind]) -> None:
    """Withdraw a department's own word, and with it its older ones about the same, so that none of them comes
    to count again by this. What was decided on it stays decided.

    A word of which nothing was kept is taken back just as well, so that the answer tells nobody who is
    registered. Raises WordUnknown for a reference of another department, or of none, or of a kind that the
    caller may not give.
    """
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(of=("self",)).select_related("evidence")
        delivery = rows.filter(reference=reference, client__department=department).first()
        if delivery is None or Kind(delivery.kind) not in kinds:
            raise WordUnknown
        evidence = delivery.evidence
        if evidence is None:
            return
        if evidence.withdrawn_at is not None:
            return
        Evidence.objects.filter(pk__in=_about_the_same(evidence)).update(withdrawn_at=clock.now())
        actions.leave_guardian(evidence, actor=SYSTEM)
        events.append(
            "evidence.withdrawn",
            actor=SYSTEM,
            subject=evidence,
            person_id=evidence.person_id,
            evidence=evidence.kind,
            department=department,
        )


def _about_the_same(evidence: Evidence) -> list[int]:
    """A word and the older ones of the same department; of titles, those of the same holder."""
    older = Evidence.objects.filter(
        person_id=evidence.person_id,
        kind=evidence.kind,
        department=evidence.department,
        source="attestation",
        withdrawn_at__isnull=True,
        received_at__lte=evidence.received_at,
    )
    return [row.pk for row in older if row.says.get("holder") == evidence.says.get("holder")]
