"""What evidence can say: one typed form a kind. The law's facts are built from nothing else (and the
register).
"""

from enum import StrEnum
from typing import Annotated, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field, StringConstraints, model_validator

from juzhu.evidence.annexes import Insurance as Insurance
from juzhu.evidence.annexes import LeaseContract as LeaseContract
from juzhu.evidence.annexes import LeaseFiling as LeaseFiling
from juzhu.evidence.annexes import SafetyInspection as SafetyInspection
from juzhu.evidence.annexes import StudentRecord as StudentRecord
from juzhu.evidence.says import (
    Division,
    OtherIdentityNumber,
    Says,
    ShortText,
    SquareMetres,
    Validity,
    in_order,
)
from juzhu.law.facts import Day
from juzhu.operations.errors import Sentence


class Photo(Says):
    """相片."""


class Title(Says):
    """房屋所有权或使用权证明, of the applicant's own dwelling or of the landlord's."""

    holder: Literal["self", "landlord"]
    owner: ShortText = ""
    owner_identity_number: OtherIdentityNumber = ""
    number: ShortText = ""
    right: Literal["ownership", "use", "homestead"] | None = None
    land: Literal["state", "collective"] | None = None
    location: ShortText = ""
    area: SquareMetres | None = None
    registered_on: Day | None = None

    @property
    def about(self) -> str:
        return self.holder


class RentalRegistration(Says):
    """居住房屋出租登记, by the police."""

    number: ShortText = ""
    landlord: ShortText = ""
    location: ShortText = ""
    registered_on: Day | None = None


class StudyContinuity(Says):
    """连续就读 1 年证明, by the school or the education bureau."""

    school: ShortText = ""
    since: Day | None = None
    until: Day | None = None

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        in_order(self.since, self.until, "until")
        return self


class TalentPermitRecord(Says):
    """浙江省引进人才居住证."""

    number: ShortText = ""
    issued_on: Day | None = None
    valid_until: Day | None = None
    organ: ShortText = ""

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        in_order(self.issued_on, self.valid_until, "valid_until")
        return self

    @property
    def validity(self) -> Validity:
        return Validity(self.issued_on, self.valid_until)


class LabourContract(Says):
    """劳动合同, filed with the human resources bureau (CF05). Without an end it is open-ended."""

    employer: ShortText
    employer_code: ShortText = ""
    from_day: Day = Field(alias="from")
    to_day: Day | None = Field(default=None, alias="to")
    signed_on: Day | None = None
    post: ShortText = ""

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        in_order(self.from_day, self.to_day, "to")
        return self

    @property
    def validity(self) -> Validity:
        return Validity(self.from_day, self.to_day)

    @property
    def about(self) -> str:
        return self.employer_code or self.employer


class BusinessLicence(Says):
    """营业执照, from the market regulator (CF05)."""

    name: ShortText
    code: ShortText = ""
    operator: ShortText = ""
    address: ShortText = ""
    registered_on: Day | None = None
    annual_report_filed: bool | None = None
    on_abnormal_list: bool | None = None

    @property
    def about(self) -> str:
        return self.code or self.name


class GuardianshipRecord(Says):
    """监护关系, from the population register or civil affairs: said of the child."""

    guardian_name: ShortText
    guardian_identity_number: Annotated[OtherIdentityNumber, StringConstraints(min_length=18)]
    relation: Literal["mother", "father", "other"] = "other"
    since: Day | None = None
    basis: ShortText = ""

    @property
    def about(self) -> str:
        return self.guardian_identity_number


class Kinship(Says):
    """亲属关系: that the dwelling's owner or a named tenant is a close relative."""

    relative_name: ShortText
    relative_identity_number: OtherIdentityNumber = ""
    relation: Literal["spouse", "parent", "child", "grandparent", "grandchild"]

    @property
    def about(self) -> str:
        return self.relative_identity_number or self.relative_name


class PublicRental(Says):
    """公有住房租赁证, by the housing bureau."""

    number: ShortText = ""
    tenant: ShortText = ""
    location: ShortText = ""
    from_day: Day | None = Field(default=None, alias="from")
    to_day: Day | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        in_order(self.from_day, self.to_day, "to")
        return self

    @property
    def validity(self) -> Validity:
        return Validity(self.from_day, self.to_day)


class Dormitory(Says):
    """企业员工宿舍: the employer's title to it, and its safety commitment."""

    employer: ShortText
    employer_code: ShortText = ""
    location: ShortText = ""
    title_shown: bool | None = None
    commitment_shown: bool | None = None


class Lodging(Says):
    """借住、寄住: that the owner lets somebody live there."""

    owner: ShortText = ""
    owner_identity_number: OtherIdentityNumber = ""
    location: ShortText = ""
    since: Day | None = None


class TalentListing(Says):
    """投资创业、引进人才 list of a county government or above (Zhejiang art. 16.2; CF15)."""

    list_name: ShortText
    organ: ShortText = ""
    listed_on: Day | None = None
    listed_until: Day | None = None

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        in_order(self.listed_on, self.listed_until, "listed_until")
        return self

    @property
    def validity(self) -> Validity:
        return Validity(self.listed_on, self.listed_until)

    @property
    def about(self) -> str:
        return self.list_name


class ResidenceElsewhere(Says):
    """外区居住登记: a residence registered in another urban district, as the police there know it.
    The half year counts in the whole urban area (requirements C01, CF17).
    """

    division: Division
    registered_on: Day
    ended_on: Day | None = None
    number: ShortText = ""
    organ: ShortText = ""

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        in_order(self.registered_on, self.ended_on, "ended_on")
        return self

    @property
    def about(self) -> str:
        return f"{self.division} {self.registered_on}"


class Kind(StrEnum):
    """The kinds, by stable code."""

    PHOTO = "photo"
    INSURANCE = "insurance"
    TITLE = "title"
    LEASE = "lease"
    RENTAL_REGISTRATION = "rental_registration"
    LEASE_FILING = "lease_filing"
    SAFETY_INSPECTION = "safety_inspection"
    STUDENT_RECORD = "student_record"
    STUDY_CONTINUITY = "study_continuity"
    TALENT_PERMIT = "talent_permit"
    LABOUR_CONTRACT = "labour_contract"
    BUSINESS_LICENCE = "business_licence"
    GUARDIANSHIP = "guardianship"
    KINSHIP = "kinship"
    PUBLIC_RENTAL = "public_rental"
    DORMITORY = "dormitory"
    LODGING = "lodging"
    TALENT_LISTING = "talent_listing"
    RESIDENCE_ELSEWHERE = "residence_elsewhere"


FORMS: dict[Kind, type[Says]] = {
    Kind.PHOTO: Photo,
    Kind.INSURANCE: Insurance,
    Kind.TITLE: Title,
    Kind.LEASE: LeaseContract,
    Kind.RENTAL_REGISTRATION: RentalRegistration,
    Kind.LEASE_FILING: LeaseFiling,
    Kind.SAFETY_INSPECTION: SafetyInspection,
    Kind.STUDENT_RECORD: StudentRecord,
    Kind.STUDY_CONTINUITY: StudyContinuity,
    Kind.TALENT_PERMIT: TalentPermitRecord,
    Kind.LABOUR_CONTRACT: LabourContract,
    Kind.BUSINESS_LICENCE: BusinessLicence,
    Kind.GUARDIANSHIP: GuardianshipRecord,
    Kind.KINSHIP: Kinship,
    Kind.PUBLIC_RENTAL: PublicRental,
    Kind.DORMITORY: Dormitory,
    Kind.LODGING: Lodging,
    Kind.TALENT_LISTING: TalentListing,
    Kind.RESIDENCE_ELSEWHERE: ResidenceElsewhere,
}

NAMES: dict[Kind, Sentence] = {
    Kind.PHOTO: _("相片"),
    Kind.INSURANCE: _("社会保险参保证明"),
    Kind.TITLE: _("房屋产权证明"),
    Kind.LEASE: _("房屋租赁合同"),
    Kind.RENTAL_REGISTRATION: _("出租登记"),
    Kind.LEASE_FILING: _("房屋租赁登记备案证明"),
    Kind.SAFETY_INSPECTION: _("出租安全排查表"),
    Kind.STUDENT_RECORD: _("学籍证明"),
    Kind.STUDY_CONTINUITY: _("连续就读 1 年证明"),
    Kind.TALENT_PERMIT: _("引进人才居住证"),
    Kind.LABOUR_CONTRACT: _("劳动合同"),
    Kind.BUSINESS_LICENCE: _("营业执照"),
    Kind.GUARDIANSHIP: _("监护关系证明"),
    Kind.KINSHIP: _("亲属关系证明"),
    Kind.PUBLIC_RENTAL: _("公有住房租赁证"),
    Kind.DORMITORY: _("员工宿舍证明"),
    Kind.LODGING: _("借住、寄住证明"),
    Kind.TALENT_LISTING: _("投资创业、引进人才名单"),
    Kind.RESIDENCE_ELSEWHERE: _("杭州别的区的居住登记"),
}

DEPARTMENTS: dict[str, Sentence] = {
    "police": _("公安"),
    "education": _("教育局"),
    "human_resources": _("人力社保局"),
    "housing": _("住建局"),
    "subdistrict": _("街道"),
    "civil_affairs": _("民政局"),
    "market": _("市场监管局"),
}

PROVES: dict[str, Kind] = {
    "photo": Kind.PHOTO,
    "insured_one_year": Kind.INSURANCE,
    "insured_now": Kind.INSURANCE,
    "owner_title": Kind.TITLE,
    "landlord_title": Kind.TITLE,
    "lease_one_year": Kind.LEASE,
    "lease_half_year": Kind.LEASE,
    "lease_current": Kind.LEASE,
    "rental_registration": Kind.RENTAL_REGISTRATION,
    "lease_filing": Kind.LEASE_FILING,
    "rental_safety": Kind.SAFETY_INSPECTION,
    "relative_title": Kind.TITLE,
    "kinship": Kind.KINSHIP,
    "public_rental_certificate": Kind.PUBLIC_RENTAL,
    "dormitory_title": Kind.DORMITORY,
    "dormitory_commitment": Kind.DORMITORY,
    "host_statement": Kind.LODGING,
    "enrolled_full_time_in_city": Kind.STUDENT_RECORD,
    "enrolled_one_year": Kind.STUDENT_RECORD,
    "student_register": Kind.STUDENT_RECORD,
    "study_continuity": Kind.STUDY_CONTINUITY,
    "talent_permit": Kind.TALENT_PERMIT,
    "talent_listed": Kind.TALENT_LISTING,
    "labour_contract_one_year": Kind.LABOUR_CONTRACT,
    "business_licence": Kind.BUSINESS_LICENCE,
}
"""The kind of evidence that proves a leaf of the law's tree."""

GUARDIAN_PROVES: dict[str, Kind] = {"guardian_insured_one_year": Kind.INSURANCE}
"""The kind of a guardian's evidence that proves a leaf in a child's case."""

GIVES: dict[str, tuple[Kind, ...]] = {
    "education": (Kind.STUDENT_RECORD, Kind.STUDY_CONTINUITY),
    "human_resources": (Kind.INSURANCE, Kind.LABOUR_CONTRACT, Kind.TALENT_PERMIT, Kind.TALENT_LISTING),
    "housing": (Kind.LEASE_FILING, Kind.LEASE, Kind.TITLE, Kind.PUBLIC_RENTAL),
    "subdistrict": (Kind.SAFETY_INSPECTION, Kind.LEASE, Kind.TITLE),
    "police": (
        Kind.RENTAL_REGISTRATION,
        Kind.GUARDIANSHIP,
        Kind.KINSHIP,
        Kind.RESIDENCE_ELSEWHERE,
    ),
    "civil_affairs": (Kind.GUARDIANSHIP,),
    "market": (Kind.BUSINESS_LICENCE,),
}
"""Of which kinds a department can give its word: what its own books say, and no more. Nobody attests a
photo, a dormitory or a lodging: these are shown. A subdistrict examines what landlords hand in (notice
3(2)), so that it speaks of their leases and titles, too.
"""

OWN_DATES = frozenset({Kind.LEASE, Kind.TALENT_PERMIT})
"""Kinds whose dates the law reads itself: one that has run out is shown to have run out, not missing."""
BEGINNINGS_READ = OWN_DATES | {Kind.LEASE_FILING, Kind.LABOUR_CONTRACT, Kind.TALENT_LISTING}
"""Kinds of which the law reads from when they hold; any other that begins later does not count yet."""
