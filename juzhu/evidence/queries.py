"""The only place that reads evidence, and that says what it proves."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, prefetch_related_objects

from juzhu.evidence import homes
from juzhu.evidence.kinds import (
    BusinessLicence,
    Dormitory,
    Insurance,
    Kind,
    LabourContract,
    LeaseContract,
    SafetyInspection,
    StudentRecord,
    TalentListing,
    TalentPermitRecord,
)
from juzhu.evidence.models import Evidence
from juzhu.law import facts as law
from juzhu.operations.actors import Actor
from juzhu.operations.prepared import Prepared


def standing(person_id: int) -> QuerySet[Evidence]:
    """All evidence of a person that was not withdrawn, newest first, files included."""
    return Evidence.objects.filter(person_id=person_id, withdrawn_at__isnull=True).prefetch_related("files")


def recorded(ids: Iterable[int]) -> QuerySet[Evidence]:
    """The pieces that a stored decision rests on, newest first, files included."""
    return Evidence.objects.filter(pk__in=list(ids)).prefetch_related("files")


def attested_by(actor: Actor) -> QuerySet[Evidence]:
    """What an officer's own department has said, newest first; nothing to anybody else."""
    if actor.role != "department" or not actor.department:
        return Evidence.objects.none()
    return Evidence.objects.filter(source="attestation", department=actor.department).select_related("person")


def pieces(ids: Iterable[int]) -> list[Evidence]:
    """The pieces that a decision rested on, withdrawn ones among them, oldest first, files included."""
    return list(Evidence.objects.filter(pk__in=list(ids)).order_by("pk").prefetch_related("files"))


@dataclass(frozen=True, slots=True)
class Proof:
    """What is proved of one person, by kind: the piece that counts, chosen from all that stand.

    A department's word goes before the applicant's paper; among equals the newest counts. A paper that an
    officer found insufficient does not count.
    """

    by_kind: dict[Kind, Evidence]
    title_of: dict[str, Evidence]

    @classmethod
    def of(cls, pieces: Iterable[Evidence]) -> "Proof":
        """Choose from pieces that come newest first."""
        chosen: dict[Kind, Evidence] = {}
        titles: dict[str, Evidence] = {}
        for piece in sorted(pieces, key=lambda piece: piece.source != "attestation"):
            if piece.judgement == "insufficient":
                continue
            kind = Kind(piece.kind)
            chosen.setdefault(kind, piece)
            if kind is Kind.TITLE:
                titles.setdefault(str(piece.says["holder"]), piece)
        return cls(chosen, titles)

    def shown(self, kind: Kind) -> bool | None:
        """True shown, False shown not to be so, None not shown."""
        return _truth(self.by_kind.get(kind))

    def behind(self, leaf: str, kind: Kind) -> Evidence | None:
        """The piece on which a leaf's finding rests."""
        if leaf == "owner_title":
            return self.title_of.get("self")
        if leaf in {"landlord_title", "relative_title"}:
            return self.title_of.get("landlord")
        return self.by_kind.get(kind)

    def insurance(self) -> list[law.InsuranceRun] | None:
        """The posted months, or None when nobody has said anything."""
        piece = self.by_kind.get(Kind.INSURANCE)
        if piece is None or piece.judgement == "disproved":
            return None
        content = Insurance.model_validate(piece.says)
        return [
            law.InsuranceRun.model_validate(run.model_dump(mode="json", by_alias=True, exclude={"employer"}))
            for run in content.runs
        ]

    def dwelling(self, registered: str, kinds: Collection[str] = ()) -> law.Dwelling | None:
        """The dwelling: by what was said at registration, else by what was shown. `kinds`: those that the
        pack has; without it public housing is taken for a rented home, as it was before.
        """
        tenure = homes.tenure_of(registered, self.by_kind, self.title_of, kinds)
        if tenure == "owned":
            return law.OwnedDwelling(tenure="owned", title_proof=_truth(self.title_of.get("self")))
        if tenure == "rented":
            return self._rented()
        if tenure == "relative":
            title = _truth(self.title_of.get("landlord"))
            kinship = self.shown(Kind.KINSHIP)
            return law.RelativeDwelling(tenure="relative", title_proof=title, kinship_proof=kinship)
        if tenure == "public_rental":
            certificate = self.shown(Kind.PUBLIC_RENTAL)
            return law.PublicRentalDwelling(tenure="public_rental", certificate=certificate)
        if tenure == "dormitory":
            return self._dormitory()
        if tenure == "lodging":
            return law.LodgingDwelling(tenure="lodging", host_statement=self.shown(Kind.LODGING))
        return None

    def _dormitory(self) -> law.Dwelling:
        piece = self.by_kind.get(Kind.DORMITORY)
        title = commitment = _truth(piece)
        if piece is not None and title:
            content = Dormitory.model_validate(piece.says)
            title, commitment = content.title_shown, content.commitment_shown
        return law.DormitoryDwelling(tenure="dormitory", title_proof=title, safety_commitment=commitment)

    def _rented(self) -> law.Dwelling:
        contract = self.by_kind.get(Kind.LEASE)
        lease = commodity = None
        if contract is not None and contract.judgement != "disproved":
            content = LeaseContract.model_validate(contract.says)
            lease = law.Lease.model_validate({"from": content.from_day, "to": content.to_day})
            commodity = content.commodity_housing
        inspection = self.by_kind.get(Kind.SAFETY_INSPECTION)
        safe = _truth(inspection)
        if inspection is not None and safe:
            safe = SafetyInspection.model_validate(inspection.says).passed
        return law.RentedDwelling(
            tenure="rented",
            title_proof=_truth(self.title_of.get("landlord")),
            lease=lease,
            commodity_housing=commodity,
            rental_registration=self.shown(Kind.RENTAL_REGISTRATION),
            lease_filing=self.shown(Kind.LEASE_FILING),
            safety_inspection=safe,
        )

    def study(self) -> law.Study | None:
        """The school record, or None when the education bureau has said nothing and nothing was shown."""
        record = self.by_kind.get(Kind.STUDENT_RECORD)
        if record is None:
            return None
        content = StudentRecord.model_validate(record.says)
        return law.Study(
            full_time=content.full_time,
            division=content.division,
            enrolled_on=content.enrolled_on,
            left_on=content.left_on,
            register_proof=_truth(record),
            continuity_proof=self.shown(Kind.STUDY_CONTINUITY),
        )

    def talent_permit(self) -> law.TalentPermit | None:
        """The talent permit that was shown."""
        piece = self.by_kind.get(Kind.TALENT_PERMIT)
        if piece is None or piece.judgement == "disproved":
            return None
        content = TalentPermitRecord.model_validate(piece.says)
        return law.TalentPermit(valid_until=content.valid_until)

    def talent_listing(self) -> law.TalentListing | None:
        """The listing among investors and talents that was shown, or shown not to be so."""
        piece = self.by_kind.get(Kind.TALENT_LISTING)
        if piece is None:
            return None
        content = TalentListing.model_validate(piece.says)
        return law.TalentListing(
            listed=_truth(piece), listed_on=content.listed_on, listed_until=content.listed_until
        )

    def labour_contract(self) -> law.LabourContract | None:
        """The labour contract that was shown."""
        piece = self.by_kind.get(Kind.LABOUR_CONTRACT)
        if piece is None or piece.judgement == "disproved":
            return None
        content = LabourContract.model_validate(piece.says)
        return law.LabourContract.model_validate({"from": content.from_day, "to": content.to_day})

    def business_licence(self) -> law.BusinessLicence | None:
        """The licence that was shown; one that turned out not to be the applicant's counts as unreported."""
        piece = self.by_kind.get(Kind.BUSINESS_LICENCE)
        if piece is None:
            return None
        if not _truth(piece):
            return law.BusinessLicence(annual_report=False)
        content = BusinessLicence.model_validate(piece.says)
        return law.BusinessLicence(
            annual_report=content.annual_report_filed, abnormal=content.on_abnormal_list
        )


def _truth(piece: Evidence | None) -> bool | None:
    return None if piece is None else piece.judgement != "disproved"


_STANDING = Prepared(lambda person_id: standing(person_id).prefetch_related(None))


def proof_of(person_id: int, *, files: bool = True) -> Proof:
    """What is proved of one person now. One query, and one for the files where they are wanted."""
    pieces = _STANDING(person_id)
    if files:
        prefetch_related_objects(pieces, "files")
    return Proof.of(pieces)
