"""What evidence can say: one typed form a kind. The law's facts are built from nothing else (and the
register).
"""

from enum import StrEnum
from typing import Annotated, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from juzhu.law.facts import Day
from juzhu.operations.errors import Sentence

Division = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
Month = Annotated[str, StringConstraints(pattern=r"^(19|2[01])[0-9]{2}-(0[1-9]|1[0-2])$")]
ShortText = Annotated[str, StringConstraints(max_length=200)]


class Says(BaseModel):
    """The typed content of one piece of evidence. Unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Photo(Says):
    """相片."""


class ContributionRun(Says):
    """Consecutive contributed months, both ends included, as the social-insurance bureau posts them."""

    from_month: Month = Field(alias="from")
    to_month: Month = Field(alias="to")
    division: Division
    back_paid: bool = False
    employer: ShortText = ""

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        if self.to_month < self.from_month:
            raise ValueError("the last month comes before the first")
        return self


class Insurance(Says):
    """社会保险参保证明 (annex 2). An empty list is known to be none."""

    runs: list[ContributionRun]


class Title(Says):
    """房屋所有权或使用权证明, of the applicant's own dwelling or of the landlord's."""

    holder: Literal["self", "landlord"]
    owner: ShortText = ""
    number: ShortText = ""


class LeaseContract(Says):
    """房屋租赁合同: the signed term, both days included."""

    from_day: Day = Field(alias="from")
    to_day: Day = Field(alias="to")
    landlord: ShortText = ""
    commodity_housing: bool | None = None

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        if self.to_day < self.from_day:
            raise ValueError("the last day comes before the first")
        return self


class RentalRegistration(Says):
    """居住房屋出租登记, by the police."""

    number: ShortText = ""


class LeaseFiling(Says):
    """房屋租赁登记备案证明 (annex 3), by the housing bureau."""

    number: ShortText = ""


class SafetyInspection(Says):
    """居住房屋出租安全排查表 (annex 4), by the subdistrict: passed when all three are answered no."""

    illegal_construction: bool
    dangerous_building: bool
    changed_use: bool
    inspected_on: Day

    @property
    def passed(self) -> bool:
        return not (self.illegal_construction or self.dangerous_building or self.changed_use)


class StudentRecord(Says):
    """学生基本信息 (annex 1), by the education bureau."""

    school: ShortText
    full_time: bool
    division: Division
    enrolled_on: Day | None = None
    left_on: Day | None = None

    @model_validator(mode="after")
    def leaves_after_enrolling(self) -> Self:
        if self.enrolled_on and self.left_on and self.left_on < self.enrolled_on:
            raise ValueError("the last day comes before the first")
        return self


class StudyContinuity(Says):
    """连续就读 1 年证明."""


class TalentPermitRecord(Says):
    """浙江省引进人才居住证."""

    number: ShortText = ""
    valid_until: Day | None = None


class LabourContract(Says):
    """劳动合同, filed with the human resources bureau (CF05)."""

    employer: ShortText
    employer_code: ShortText = ""
    from_day: Day = Field(alias="from")
    to_day: Day | None = Field(default=None, alias="to")


class BusinessLicence(Says):
    """营业执照, from the market regulator (CF05)."""

    name: ShortText
    code: ShortText = ""
    registered_on: Day | None = None
    annual_report_filed: bool | None = None
    on_abnormal_list: bool | None = None


class GuardianshipRecord(Says):
    """监护关系, from the population register or civil affairs: said of the child."""

    guardian_name: ShortText
    guardian_identity_number: Annotated[str, StringConstraints(pattern=r"^[0-9]{17}[0-9X]$")]
    relation: Literal["mother", "father", "other"] = "other"


class Kinship(Says):
    """亲属关系: that the dwelling's owner or a named tenant is a close relative."""

    relative_name: ShortText
    relation: Literal["spouse", "parent", "child", "grandparent", "grandchild"]


class PublicRental(Says):
    """公有住房租赁证, by the housing bureau."""

    number: ShortText = ""


class Dormitory(Says):
    """企业员工宿舍: the employer's title to it, and its safety commitment."""

    employer: ShortText
    title_shown: bool | None = None
    commitment_shown: bool | None = None


class Lodging(Says):
    """借住、寄住: that the owner lets somebody live there."""

    owner: ShortText = ""


class TalentListing(Says):
    """投资创业、引进人才 list of a county government or above (Zhejiang art. 16.2; CF15)."""

    list_name: ShortText
    listed_on: Day | None = None
    listed_until: Day | None = None


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
