"""The only place that reads evidence, and that says what it proves."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from juzhu.evidence import homes
from juzhu.evidence.kinds import (
    BEGINNINGS_READ,
    OWN_DATES,
    PROVES,
    BusinessLicence,
    Dormitory,
    Insurance,
    Kind,
    LabourContract,
    LeaseContract,
    LeaseFiling,
    ResidenceElsewhere,
    SafetyInspection,
    StudentRecord,
    TalentListing,
    TalentPermitRecord,
)
from juzhu.evidence.models import Evidence, Objection
from juzhu.evidence.rights import department_of
from juzhu.evidence.tenants import TENANCY_LEAVES, Named, Tenancy, tenancy
from juzhu.law import facts as law
from juzhu.operations.actors import Actor
from juzhu.operations.prepared import Prepared
from juzhu.people.models import Person
from juzhu.people.queries import own_and_wards

AT_WINDOW = frozenset({"clerk", "chief"})
LEASE_LEAVES = frozenset({"lease_one_year", "lease_current"})
OPEN = Objection.objects.filter(evidence=OuterRef("pk"), state="open")


def standing(person_id: int) -> QuerySet[Evidence]:
    """All evidence of a person that was not withdrawn, newest first, files included."""
    return Evidence.objects.filter(person_id=person_id, withdrawn_at__isnull=True).prefetch_related("files")


def recorded(ids: Iterable[int]) -> QuerySet[Evidence]:
    """The pieces that a stored decision rests on, newest first, files included."""
    return Evidence.objects.filter(pk__in=list(ids)).prefetch_related("files")


def attested_by(actor: Actor) -> QuerySet[Evidence]:
    """What an officer's own department has said, newest first; nothing to anybody else. A subdistrict's
    officer reads of those who live in their area now, and what they gave themselves.
    """
    department = department_of(actor)
    if not department:
        return Evidence.objects.none()
    found = Evidence.objects.filter(source="attestation", department=department)
    if department == "subdistrict":
        found = found.filter(Q(person__in=_living_in(actor)) | Q(given_by_id=actor.account_id))
    return found.select_related("person")


def _living_in(actor: Actor) -> QuerySet[Person]:
    """Persons with a current registration in an officer's area. The register is a room above this one: it is
    read by its relation's name.
    """
    return Person.objects.filter(
        registrations__ended_on__isnull=True, registrations__subdistrict__in=actor.areas
    )


def speaks_of(actor: Actor) -> QuerySet[Person]:
    """The persons of whom an officer may give their department's word: in the whole district, or for a
    subdistrict those who live in its area. For looking up by a whole number and a name, never for lists.
    """
    if not department_of(actor):
        return Person.objects.none()
    found = Person.objects.exclude(identity_number="")
    return found.filter(pk__in=_living_in(actor).values("pk")) if actor.role == "subdistrict" else found


def same_words(person_ids: Collection[int], kind: Kind, department: str) -> dict[tuple[int, str], Evidence]:
    """A department's newest standing word of a kind on each of these persons, by what it is about."""
    rows = Evidence.objects.filter(
        person_id__in=person_ids, kind=kind.value, department=department, withdrawn_at__isnull=True
    )
    found: dict[tuple[int, str], Evidence] = {}
    for row in rows.order_by("-received_at", "-pk"):
        found.setdefault((row.person_id, row.content.about), row)
    return found


def known_by_departments(person_id: int) -> list[Evidence]:
    """What departments say of a person now: their newest standing word of each kind, about each thing."""
    rows = Evidence.objects.filter(person_id=person_id, source="attestation", withdrawn_at__isnull=True)
    found: dict[tuple[str, str, str], Evidence] = {}
    for row in rows.order_by("-received_at", "-pk"):
        found.setdefault((row.kind, row.department, row.content.about), row)
    return list(found.values())


def open_objections(ids: Iterable[int]) -> dict[int, Objection]:
    """The objections that are open to these pieces, by piece."""
    rows = Objection.objects.filter(evidence_id__in=list(ids), state="open")
    return {row.evidence_id: row for row in rows}


def objections_for(actor: Actor, today: date) -> QuerySet[Objection]:
    """Those a reader may see: a citizen's own and their wards', a department's to its own word."""
    found = Objection.objects.select_related("person", "evidence", "replacement")
    if actor.kind == "citizen":
        return found.filter(person__in=own_and_wards(actor, today))
    department = department_of(actor)
    if not department:
        return found.none()
    found = found.filter(department=department)
    if department == "subdistrict":
        found = found.filter(Q(person__in=_living_in(actor)) | Q(evidence__given_by_id=actor.account_id))
    return found


def may_object(actor: Actor, today: date) -> QuerySet[Person]:
    """For whom somebody may say that a department's word is wrong: a citizen for themself and their wards, an
    officer at the window for who lives in their area now.
    """
    if actor.kind == "staff":
        return _living_in(actor) if actor.role in AT_WINDOW else Person.objects.none()
    return own_and_wards(actor, today)


def objections_of(person_id: int) -> QuerySet[Objection]:
    """All that one person has objected to, newest first; the caller has checked who asks."""
    rows = Objection.objects.filter(person_id=person_id).select_related("person", "evidence", "replacement")
    return rows.order_by("-pk")


def pieces(ids: Iterable[int]) -> list[Evidence]:
    """The pieces that a decision rested on, withdrawn ones among them, oldest first, files included."""
    return list(Evidence.objects.filter(pk__in=list(ids)).order_by("pk").prefetch_related("files"))


@dataclass(frozen=True, slots=True)
class Proof:
    """What is proved of one person, by kind: the piece that counts, chosen from all that stand.

    A department's word goes before the applicant's paper; among equals the newest counts. A paper that an
    officer found insufficient does not count, nor a word under an open objection, nor what has run out by the
    day: but where the law reads a piece's dates itself (`OWN_DATES`), one that has run out stands behind all
    others, so that it is said to have run out, not to be missing.
    """

    by_kind: dict[Kind, Evidence]
    title_of: dict[str, Evidence]
    kin: tuple[Evidence, ...] = ()
    """Proofs of kinship, about whomever."""
    residences: tuple[Evidence, ...] = ()
    """Registrations in other districts, each of its own stretch."""

    @classmethod
    def of(
        cls, pieces: Iterable[Evidence], *, as_of: date | None = None, objected: Collection[int] = ()
    ) -> "Proof":
        """Choose from pieces that come newest first. `objected`: ids of those under an open objection.

        Without `as_of` nothing has run out.
        """
        chosen: dict[Kind, Evidence] = {}
        titles: dict[str, Evidence] = {}
        kin: list[Evidence] = []
        residences: dict[str, Evidence] = {}
        for piece in sorted(pieces, key=lambda piece: _rank(piece, as_of)):
            kind = Kind(piece.kind)
            if piece.judgement == "insufficient" or piece.pk in objected:
                continue
            if _run_out(piece, as_of) and kind not in OWN_DATES:
                continue
            if _begins_later(piece, as_of) and kind not in BEGINNINGS_READ:
                continue
            chosen.setdefault(kind, piece)
            if kind is Kind.TITLE:
                titles.setdefault(str(piece.says["holder"]), piece)
            if kind is Kind.KINSHIP and _truth(piece):
                kin.append(piece)
            if kind is Kind.RESIDENCE_ELSEWHERE and _truth(piece):
                residences.setdefault(piece.content.about, piece)
        return cls(chosen, titles, tuple(kin), tuple(residences.values()))

    def lived_elsewhere(self) -> list[law.Registration]:
        """The residences in other districts, as the law looks at them."""
        found = [ResidenceElsewhere.model_validate(piece.says) for piece in self.residences]
        return [
            law.Registration(registered_on=one.registered_on, ended_on=one.ended_on, division=one.division)
            for one in found
        ]

    def shown(self, kind: Kind) -> bool | None:
        """True shown, False shown not to be so, None not shown."""
        return _truth(self.by_kind.get(kind))

    def behind(self, leaf: str, kind: Kind) -> Evidence | None:
        """The piece on which a leaf's finding rests."""
        if leaf == "owner_title":
            return self.title_of.get("self")
        if leaf in {"landlord_title", "relative_title"}:
            return self.title_of.get("landlord")
        if leaf in LEASE_LEAVES:
            return self.lease_piece
        return self.by_kind.get(kind)

    @property
    def lease_piece(self) -> Evidence | None:
        """What speaks for the lease: the contract, unless it is only shown and a department's filing says its
        term.
        """
        contract, filing = self.by_kind.get(Kind.LEASE), self.by_kind.get(Kind.LEASE_FILING)
        says_term = filing is not None and filing.source == "attestation" and filing.says.get("from")
        return filing if says_term and (contract is None or contract.source == "upload") else contract

    def lease(self) -> LeaseContract | None:
        """The lease as it is proved."""
        piece = self.lease_piece
        if piece is None or piece.judgement == "disproved":
            return None
        if piece.kind == Kind.LEASE_FILING:
            return LeaseFiling.model_validate(piece.says).lease
        return LeaseContract.model_validate(piece.says)

    def tenancy(self, leaf: str, household: Sequence[Named]) -> Tenancy:
        """Whether the paper behind a leaf names as tenants whom it should."""
        if leaf not in TENANCY_LEAVES:
            return Tenancy()
        return tenancy(self.behind(leaf, PROVES[leaf]), household, self.kin)

    def insurance(self) -> list[law.InsuranceRun] | None:
        """The posted months, or None when nobody has said anything."""
        piece = self.by_kind.get(Kind.INSURANCE)
        if piece is None or piece.judgement == "disproved":
            return None
        content = Insurance.model_validate(piece.says)
        return [
            law.InsuranceRun.of(run.from_month, run.to_month, run.division, run.back_paid)
            for run in content.runs
        ]

    def dwelling(
        self, registered: str, kinds: Collection[str] = (), household: Sequence[Named] = ()
    ) -> law.Dwelling | None:
        """The dwelling: by what was said at registration, else by what was shown. `kinds`: those that the
        pack has; without it public housing is taken for a rented home, as it was before. `household`: whose
        tenancy counts; with nobody in it, papers count whomever they name.
        """
        tenure = homes.tenure_of(registered, self.by_kind, self.title_of, kinds)
        if tenure == "owned":
            return law.OwnedDwelling(tenure="owned", title_proof=_truth(self.title_of.get("self")))
        if tenure == "rented":
            return self._rented(household)
        if tenure == "relative":
            title = _truth(self.title_of.get("landlord"))
            kinship = self.shown(Kind.KINSHIP)
            return law.RelativeDwelling(tenure="relative", title_proof=title, kinship_proof=kinship)
        if tenure == "public_rental":
            certificate = self.shown(Kind.PUBLIC_RENTAL)
            names = self.tenancy("public_rental_certificate", household).names
            return law.PublicRentalDwelling(
                tenure="public_rental", certificate=certificate, names_applicant=names
            )
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

    def _rented(self, household: Sequence[Named]) -> law.Dwelling:
        content = self.lease()
        lease = commodity = None
        if content is not None:
            names = self.tenancy("lease_current", household).names
            lease = law.Lease.model_validate(
                {"from": content.from_day, "to": content.to_day, "names_applicant": names}
            )
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
            filing_names_applicant=self.tenancy("lease_filing", household).names,
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


def _rank(piece: Evidence, as_of: date | None) -> tuple[bool, bool]:
    return _run_out(piece, as_of), piece.source != "attestation"


def _begins_later(piece: Evidence, as_of: date | None) -> bool:
    return as_of is not None and piece.valid_from is not None and piece.valid_from > as_of


def _run_out(piece: Evidence, as_of: date | None) -> bool:
    return as_of is not None and not piece.holds_on(as_of)


_COUNTING = Prepared(
    lambda person_id: Evidence.objects.filter(person_id=person_id, withdrawn_at__isnull=True).exclude(
        Exists(OPEN)
    )
)


def proof_of(
    person_id: int,
    as_of: date | None = None,
    *,
    files: bool = True,
    counts: Callable[[Evidence], bool] | None = None,
) -> Proof:
    """What is proved of one person on a day, open objections looked at. `counts`: which pieces are of how
    they live now; None: all. One query, and one for the files where they are wanted.
    """
    pieces = _COUNTING(person_id)
    if counts is not None:
        pieces = [piece for piece in pieces if counts(piece)]
    if files:
        prefetch_related_objects(pieces, "files")
    return Proof.of(pieces, as_of=as_of)
