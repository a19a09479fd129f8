"""The only place that changes evidence (objections and sheets have their own)."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from django.db import transaction
from pydantic import ValidationError

from juzhu.evidence import faults
from juzhu.evidence.errors import AttestedIsNotRemoved, EvidenceInvalid, EvidenceNotYours
from juzhu.evidence.kinds import FORMS, GuardianshipRecord, Kind
from juzhu.evidence.models import Evidence, Sheet
from juzhu.evidence.queries import attested_by, same_words
from juzhu.evidence.rights import check_kind, department_of
from juzhu.evidence.says import Says
from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.operations.models import StoredFile
from juzhu.people import actions as people
from juzhu.people import guardianships, keeping_away
from juzhu.people.models import Guardianship, Person

Judgement = Literal["good", "insufficient", "disproved"]
Way = Literal["page", "sheet", "push", "pull"]
Certainty = Literal["stated", "confirmed", "signed"]


def read(kind: Kind, says: Mapping[str, Any]) -> Says:
    """What a piece of evidence says, typed. Raises EvidenceInvalid, naming the fields, with their faults."""
    try:
        return FORMS[kind].model_validate(dict(says))
    except ValidationError as error:
        raise EvidenceInvalid(faults.of(error)) from error


def stored(content: Says) -> dict[str, Any]:
    """Typed content in the form that is stored."""
    return content.model_dump(mode="json", by_alias=True)


def checked(kind: Kind, says: Mapping[str, Any]) -> dict[str, Any]:
    """What a piece of evidence says, in the form that is stored. Raises EvidenceInvalid, naming the
    fields.
    """
    return stored(read(kind, says))


def upload(
    person_id: int, kind: Kind, says: Mapping[str, Any], files: Sequence[StoredFile], *, actor: Actor
) -> Evidence:
    """Keep a paper that the applicant (or somebody for them) hands in."""
    content = read(kind, says)
    with transaction.atomic():
        evidence = Evidence.objects.create(
            person_id=person_id,
            kind=kind.value,
            says=stored(content),
            source="upload",
            valid_from=content.validity.first,
            valid_until=content.validity.last,
            received_at=clock.now(),
            given_by_id=actor.account_id,
        )
        evidence.files.set(files)
        events.append(
            "evidence.uploaded", actor=actor, subject=evidence, person_id=person_id, evidence=kind.value
        )
    return evidence


def attest(
    person_id: int,
    kind: Kind,
    says: Mapping[str, Any],
    department: str,
    *,
    actor: Actor,
    way: Way = "push",
    certainty: Certainty = "confirmed",
    record: Mapping[str, Any] | None = None,
) -> Evidence:
    """Keep a department's word, whichever way it came. The newest one of a kind counts; older ones stay as
    history. A guardianship is entered in the register of people, too, where the guardian is known. Raises
    ConflictOfInterest to an officer.
    """
    content = read(kind, says)
    if actor.kind == "staff":
        keeping_away.check(actor, Person.objects.get(pk=person_id))
    with transaction.atomic():
        evidence = word(person_id, kind, content, department, actor, way, certainty)
        evidence.record = dict(record or {})
        evidence.save(force_insert=True)
        enter_guardian(evidence, content, actor=actor)
        events.append(
            "evidence.attested",
            actor=actor,
            subject=evidence,
            person_id=person_id,
            evidence=kind.value,
            department=department,
            way=way,
        )
    return evidence


def word(
    person_id: int,
    kind: Kind,
    content: Says,
    department: str,
    actor: Actor,
    way: Way,
    certainty: Certainty = "confirmed",
    sheet: Sheet | None = None,
) -> Evidence:
    """A department's word as a row that is not saved yet."""
    return Evidence(
        person_id=person_id,
        kind=kind.value,
        says=stored(content),
        source="attestation",
        way=way,
        valid_from=content.validity.first,
        valid_until=content.validity.last,
        certainty=certainty,
        department=department,
        received_at=clock.now(),
        given_by_id=actor.account_id,
        sheet=sheet,
    )


def enter_guardian(evidence: Evidence, content: Says, *, actor: Actor) -> None:
    """Record the guardianship that a department attests, where the guardian is a known person of that name.

    An unknown guardian is no fault: the word stands, and saying it again once they are known enters it.
    """
    if not isinstance(content, GuardianshipRecord):
        return
    guardian = Person.objects.filter(identity_number=content.guardian_identity_number).first()
    if (
        guardian is None
        or guardian.name != content.guardian_name.strip()
        or guardian.pk == evidence.person_id
    ):
        return
    child = Person.objects.get(pk=evidence.person_id)
    people.record_guardianship(guardian, child, evidence.department, actor=actor)


def leave_guardian(piece: Evidence, *, actor: Actor) -> None:
    """End the guardianship that rested on a department's word, once that was taken back, unless another
    department says the same. In the caller's transaction.
    """
    content = piece.content
    if not isinstance(content, GuardianshipRecord):
        return
    number = content.guardian_identity_number
    said = Evidence.objects.filter(
        person=piece.person_id, kind=piece.kind, source="attestation", withdrawn_at__isnull=True
    )
    if any(row.content.about == content.about for row in said):
        return
    rested = Guardianship.objects.filter(
        child=piece.person_id, guardian__identity_number=number, source=piece.department, ended_on=None
    )
    for row in rested:
        guardianships.end(
            row, clock.today(), f"evidence.withdrawn:{piece.pk}", actor=actor, today=clock.today()
        )


def give(
    person: Person,
    kind: Kind,
    says: Mapping[str, Any],
    *,
    actor: Actor,
    instead_of: Evidence | None = None,
) -> tuple[Evidence, bool]:
    """A department's officer gives its word on one person, whom they have found by number and name.

    `instead_of`: its earlier word that this one replaces, also where it is about something else, such as
    another guardian.

    Returns the piece, and whether it is new: saying the same again changes nothing.
    Raises NotAllowed, KindNotYours, ConflictOfInterest, EvidenceInvalid.
    """
    department = check_kind(kind, actor)
    keeping_away.check(actor, person)
    content = read(kind, says)
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        before = same_words([person.pk], kind, department).get((person.pk, content.about))
        if before is not None and before.content == content:
            enter_guardian(before, content, actor=actor)
            return before, False
        if instead_of is not None and instead_of.content.about != content.about:
            _replaced(instead_of, person, department, actor)
        return attest(person.pk, kind, stored(content), department, actor=actor, way="page"), True


def _replaced(piece: Evidence, person: Person, department: str, actor: Actor) -> None:
    if (piece.person_id, piece.department) != (person.pk, department):
        raise EvidenceNotYours
    if piece.withdrawn_at is None:
        take_back(piece)
        leave_guardian(piece, actor=actor)


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


def withdraw_word(evidence: Evidence, *, actor: Actor) -> None:
    """A department takes its own word back, and with it its older words about the same: none of them shall
    come to count again by this. Raises EvidenceNotYours, NotAllowed, KindNotYours, ConflictOfInterest.
    """
    check_kind(Kind(evidence.kind), actor)
    with transaction.atomic():
        locked = attested_by(actor).select_for_update(of=("self",)).filter(pk=evidence.pk).first()
        if locked is None:
            raise EvidenceNotYours
        keeping_away.check(actor, locked.person)
        if locked.withdrawn_at is None:
            take_back(locked)
            leave_guardian(locked, actor=actor)
            events.append(
                "evidence.withdrawn",
                actor=actor,
                subject=locked,
                person_id=locked.person_id,
                evidence=locked.kind,
                department=department_of(actor),
            )


def take_back(piece: Evidence) -> None:
    """Mark a department's word, and its older ones about the same, as taken back. In the caller's
    transaction; the caller appends the event.
    """
    older = Evidence.objects.filter(
        person_id=piece.person_id,
        kind=piece.kind,
        source="attestation",
        department=piece.department,
        withdrawn_at__isnull=True,
        received_at__lte=piece.received_at,
    )
    about = piece.content.about
    ids = [row.pk for row in older if row.content.about == about]
    Evidence.objects.filter(pk__in=ids).update(withdrawn_at=clock.now())
