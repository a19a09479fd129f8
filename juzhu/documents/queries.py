"""The only place that reads issued papers."""

from datetime import date

from django.db.models import QuerySet

from juzhu.documents import shelf
from juzhu.documents.kinds import Kind
from juzhu.documents.models import IssuedDocument
from juzhu.operations.actors import Actor
from juzhu.permits.models import Slip
from juzhu.permits.queries import CASEWORKERS
from juzhu.registration.models import Registration


def issued_under(code: str) -> IssuedDocument | None:
    """The paper of a code, for whoever holds it."""
    rows = IssuedDocument.objects.select_related("person", "application__permit", "permit")
    return rows.filter(code=code).first()


def slip_of(document: IssuedDocument) -> Slip | None:
    """The slip that a paper is, or None."""
    if document.kind != Kind.SLIP:
        return None
    pk = document.about.partition(":")[2]
    return Slip.objects.select_related("permit__person", "version").filter(pk=pk).first()


def registration_of(document: IssuedDocument) -> Registration | None:
    """The registration that a certificate is about, or None."""
    if document.kind != Kind.REGISTRATION:
        return None
    pk = document.about.split(":")[1]
    return Registration.objects.select_related("person", "community").filter(pk=pk).first()


def still_stands(document: IssuedDocument, today: date) -> bool:
    """Whether the case or permit still says what the paper says: an acceptance may have been taken back, a
    term extended, a decision done anew.
    """
    slip = slip_of(document)
    if slip is not None:
        return not slip.permit.versions.filter(number__gt=slip.version.number).exists()
    registration = registration_of(document)
    if registration is not None:
        current = shelf.of_registration(registration).about == document.about
        return current and registration.ended_on is None
    sheets = shelf.of_case(document.application, today) if document.application else []
    if document.permit and not document.application:
        sheets = shelf.of_permit(document.permit)
    return any(sheet.about == document.about for sheet in sheets)


def slips_for(actor: Actor) -> QuerySet[Slip]:
    """The slips that an officer may see: of permits in their area. Nothing to anybody else."""
    if actor.kind != "staff" or actor.role not in CASEWORKERS:
        return Slip.objects.none()
    return Slip.objects.select_related("permit__person", "version", "handed_by", "mandate").filter(
        permit__area__in=actor.areas
    )
