"""The only place that reads issued papers."""

from datetime import date

from django.db.models import QuerySet

from juzhu.documents import shelf
from juzhu.documents.kinds import Kind
from juzhu.documents.models import IssuedDocument
from juzhu.documents.shelf import Sheet
from juzhu.operations.actors import Actor
from juzhu.permits.models import FraudCase, Permit, Slip
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


def sealed_slips_of(permit: Permit) -> QuerySet[IssuedDocument]:
    """The slips of a permit that bear an electronic seal, the latest first."""
    rows = IssuedDocument.objects.select_related("file", "ofd")
    return rows.filter(permit=permit, kind=Kind.SLIP, ofd__isnull=False).order_by("-made_at")


def registration_of(document: IssuedDocument) -> Registration | None:
    """The registration that a certificate is about, or None."""
    if document.kind != Kind.REGISTRATION:
        return None
    pk = document.about.split(":")[1]
    return Registration.objects.select_related("person", "community").filter(pk=pk).first()


def fraud_case_of(document: IssuedDocument) -> FraudCase | None:
    """The case of fraud that a paper belongs to, or None."""
    what, _, rest = document.about.partition(":")
    if what != "fraud":
        return None
    pk = rest.partition(":")[0]
    return FraudCase.objects.select_related("person", "permit", "application", "post_check").get(pk=pk)


def sheets_beside(document: IssuedDocument, today: date) -> list[Sheet]:
    """The papers that there are now of what a paper is about; a slip's own is not among them."""
    case = fraud_case_of(document)
    if case is not None:
        return shelf.of_fraud(case)
    if document.application:
        return shelf.of_case(document.application, today)
    return shelf.of_permit(document.permit) if document.permit else []


def still_stands(document: IssuedDocument, today: date) -> bool:
    """Whether the case or permit still says what the paper says: an acceptance may have been taken back, a
    term extended, a decision done anew, something else proposed.
    """
    slip = slip_of(document)
    if slip is not None:
        return not slip.permit.versions.filter(number__gt=slip.version.number).exists()
    registration = registration_of(document)
    if registration is not None:
        current = shelf.of_registration(registration).about == document.about
        return current and registration.ended_on is None
    return any(sheet.about == document.about and sheet.stands for sheet in sheets_beside(document, today))


def withdrawn_on(document: IssuedDocument) -> date | None:
    """The day on which we took back what a termination notice says, since it was recorded wrongly; None for
    every other paper. The first restoration after the paper was made withdraws it.
    """
    if document.kind != Kind.TERMINATION or document.permit is None:
        return None
    before = document.about.split(":")[3:]
    undone = list(document.permit.restorations.all())[int(before[0]) if before else 0 :]
    return undone[0].on if undone and undone[0].ended_on == document.dated else None


def slips_for(actor: Actor) -> QuerySet[Slip]:
    """The slips that an officer may see: of permits in their area. Nothing to anybody else."""
    if actor.kind != "staff" or actor.role not in CASEWORKERS:
        return Slip.objects.none()
    return Slip.objects.select_related("permit__person", "version", "handed_by", "mandate").filter(
        permit__area__in=actor.areas
    )
