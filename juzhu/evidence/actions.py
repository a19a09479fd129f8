"""The only place that changes evidence."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from django.db import transaction
from pydantic import ValidationError

from juzhu.evidence.errors import AttestedIsNotRemoved, EvidenceInvalid
from juzhu.evidence.kinds import FORMS, Kind
from juzhu.evidence.models import Evidence
from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.operations.models import StoredFile

Judgement = Literal["good", "insufficient", "disproved"]


def checked(kind: Kind, says: Mapping[str, Any]) -> dict[str, Any]:
    """What a piece of evidence says, in the form that is stored. Raises EvidenceInvalid, naming the
    fields.
    """
    try:
        content = FORMS[kind].model_validate(dict(says))
    except ValidationError as error:
        fields = sorted({".".join(str(part) for part in fault["loc"]) or "to" for fault in error.errors()})
        raise EvidenceInvalid(fields=fields) from error
    return content.model_dump(mode="json", by_alias=True)


def upload(
    person_id: int, kind: Kind, says: Mapping[str, Any], files: Sequence[StoredFile], *, actor: Actor
) -> Evidence:
    """Keep a paper that the applicant (or somebody for them) hands in."""
    with transaction.atomic():
        evidence = Evidence.objects.create(
            person_id=person_id,
            kind=kind.value,
            says=checked(kind, says),
            source="upload",
            received_at=clock.now(),
            given_by_id=actor.account_id,
        )
        evidence.files.set(files)
        events.append(
            "evidence.uploaded", actor=actor, subject=evidence, person_id=person_id, evidence=kind.value
        )
    return evidence


def attest(person_id: int, kind: Kind, says: Mapping[str, Any], department: str, *, actor: Actor) -> Evidence:
    """Keep a department's word. The newest one of a kind counts; older ones stay as history."""
    with transaction.atomic():
        evidence = Evidence.objects.create(
            person_id=person_id,
            kind=kind.value,
            says=checked(kind, says),
            source="attestation",
            department=department,
            received_at=clock.now(),
            given_by_id=actor.account_id,
        )
        events.append(
            "evidence.attested",
            actor=actor,
            subject=evidence,
            person_id=person_id,
            evidence=kind.value,
            department=department,
        )
    return evidence


def judge(evidence: Evidence, judgement: Judgement, *, actor: Actor) -> None:
    """Record what an officer thinks of an upload after looking at it. The caller has checked their area."""
    with transaction.atomic():
        locked = Evidence.objects.select_for_update().get(pk=evidence.pk)
        locked.judgement = judgement
        locked.judged_by_id = actor.account_id
        locked.judged_at = clock.now()
        locked.save(update_fields=["judgement", "judged_by_id", "judged_at"])
        events.append(
            "evidence.judged",
            actor=actor,
            subject=locked,
            person_id=locked.person_id,
            evidence=locked.kind,
            judgement=judgement,
        )


def withdraw(evidence: Evidence, *, actor: Actor) -> None:
    """Take an upload back before it was decided on. Raises AttestedIsNotRemoved for a department's word."""
    if evidence.source != "upload":
        raise AttestedIsNotRemoved
    with transaction.atomic():
        standing = Evidence.objects.filter(pk=evidence.pk, withdrawn_at__isnull=True)
        if not standing.update(withdrawn_at=clock.now()):
            return
        events.append(
            "evidence.withdrawn",
            actor=actor,
            subject=evidence,
            person_id=evidence.person_id,
            evidence=evidence.kind,
        )
