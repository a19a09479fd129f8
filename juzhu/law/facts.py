"""What the law looks at: the input of a decision, validated strictly.

`true` shown, `false` shown not to be so, `null` or absent not shown. Unknown keys are errors, so that a
misspelt fact is never taken for an absent one. Dates and months are dates inside; months are their first day.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StrictBool,
    StrictStr,
    WithJsonSchema,
    model_validator,
)

Route = Literal["employment", "dwelling", "study", "talent"]
Purpose = Literal["permit", "endorsement"]
PermitStatus = Literal["active", "suspended", "terminated", "none"]
ROUTES: tuple[Route, ...] = ("employment", "dwelling", "study", "talent")

FIRST_YEAR, LAST_YEAR = 1900, 2199


def read_day(value: object) -> date:
    """A day from `YYYY-MM-DD` and nothing looser; a `date` (no datetime) passes. Raises ValueError."""
    if type(value) is str and len(value) == 10 and value[4] == value[7] == "-":
        value = date.fromisoformat(value)
    if type(value) is not date:
        raise ValueError("a date is written YYYY-MM-DD")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"a date lies between {FIRST_YEAR} and {LAST_YEAR}")
    return value


def read_month(value: object) -> date:
    """The first day of a month from `YYYY-MM`; a `date` on the first of a month passes. Raises ValueError."""
    if type(value) is str:
        if len(value) != 7 or value[4] != "-":
            raise ValueError("a month is written YYYY-MM")
        return read_day(value + "-01")
    if type(value) is not date or value.day != 1:
        raise ValueError("a month is written YYYY-MM")
    return read_day(value)


def _write_month(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


Day = Annotated[date, BeforeValidator(read_day), WithJsonSchema({"type": "string", "format": "date"})]
Month = Annotated[
    date,
    BeforeValidator(read_month),
    PlainSerializer(_write_month, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$"}),
]
# GB/T 2260, six ASCII digits.
Division = Annotated[StrictStr, Field(pattern=r"^[0-9]{6}\z", json_schema_extra={"pattern": "^[0-9]{6}$"})]
Proof = StrictBool | None


def _empty_if_null(value: Any) -> Any:
    return [] if value is None else value


class Strict(BaseModel):
    """Unknown keys are errors; instances do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def _in_order(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise ValueError("an end may not come before its beginning")


class Representative(Strict):
    """代办人: somebody who files for the applicant. Source: Hangzhou art. 22."""

    identity_document: Proof = None


class Person(Strict):
    """The applicant. `household_division` is that of the registered permanent residence (常住户口)."""

    born: Day | None = None
    household_division: Division | None = None
    application_form: Proof = None
    identity_document: Proof = None
    photo: Proof = None
    representative: Representative | None = None


class Registration(Strict):
    """居住登记, from this service's own register. `ended_on` is the last day of that residence."""

    registered_on: Day
    ended_on: Day | None = None
    division: Division

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        _in_order(self.registered_on, self.ended_on)
        return self


class InsuranceRun(Strict):
    """Contributed months of social insurance, both ends included. `back_paid`: 补缴."""

    from_: Annotated[Month, Field(alias="from")]
    to: Month
    division: Division
    back_paid: StrictBool

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        _in_order(self.from_, self.to)
        return self

    @classmethod
    def of(cls, from_: date | str, to: date | str, division: str, back_paid: bool = False) -> Self:
        """The same by position, since `from` is no Python name."""
        return cls.model_validate({"from": from_, "to": to, "division": division, "back_paid": back_paid})


class Lease(Strict):
    """租赁合同: its first and its last day. `names_applicant` false: it names tenants, and neither the
    applicant nor whose home is theirs is among them; null where it names nobody. Then a person looks.
    """

    from_: Annotated[Day, Field(alias="from")]
    to: Day
    names_applicant: Proof = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        _in_order(self.from_, self.to)
        return self

    @classmethod
    def of(cls, from_: date | str, to: date | str) -> Self:
        """The same by position, since `from` is no Python name."""
        return cls.model_validate({"from": from_, "to": to})


class OwnedDwelling(Strict):
    """自购房屋."""

    tenure: Literal["owned"]
    title_proof: Proof = None


class RentedDwelling(Strict):
    """租赁他人房屋. `lease_filing` is 租赁登记备案, `safety_inspection` the 出租安全排查表;
    `filing_names_applicant` as a lease's `names_applicant`.
    """

    tenure: Literal["rented"]
    title_proof: Proof = None
    lease: Lease | None = None
    commodity_housing: Proof = None
    rental_registration: Proof = None
    lease_filing: Proof = None
    filing_names_applicant: Proof = None
    safety_inspection: Proof = None


class RelativeDwelling(Strict):
    """住在近亲属的房屋里. `title_proof`: the relative's; `kinship_proof`: that they are a close relative."""

    tenure: Literal["relative"]
    title_proof: Proof = None
    kinship_proof: Proof = None


class PublicRentalDwelling(Strict):
    """租住公有住房. `certificate`: 公有住房租赁证; `names_applicant` as a lease's."""

    tenure: Literal["public_rental"]
    certificate: Proof = None
    names_applicant: Proof = None


class DormitoryDwelling(Strict):
    """住在单位宿舍. `title_proof`: the employer's title; `safety_commitment`: 企业员工宿舍安全承诺书."""

    tenure: Literal["dormitory"]
    title_proof: Proof = None
    safety_commitment: Proof = None


class LodgingDwelling(Strict):
    """借住、寄住. `host_statement`: the householder's word that the person lives there."""

    tenure: Literal["lodging"]
    host_statement: Proof = None


Dwelling = Annotated[
    OwnedDwelling
    | RentedDwelling
    | RelativeDwelling
    | PublicRentalDwelling
    | DormitoryDwelling
    | LodgingDwelling,
    Field(discriminator="tenure"),
]
Tenure = Literal["owned", "rented", "relative", "public_rental", "dormitory", "lodging"]
TENURES: tuple[Tenure, ...] = ("owned", "rented", "relative", "public_rental", "dormitory", "lodging")


class Study(Strict):
    """就读. `left_on` is the last day of study; null means has not left."""

    full_time: Proof = None
    division: Division | None = None
    enrolled_on: Day | None = None
    left_on: Day | None = None
    register_proof: Proof = None
    continuity_proof: Proof = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        _in_order(self.enrolled_on, self.left_on)
        return self


class TalentPermit(Strict):
    """浙江省引进人才居住证."""

    valid_until: Day | None = None


class TalentListing(Strict):
    """投资创业、引进人才 of a county's list or above. `listed_until` null has no end.

    Source: Zhejiang art. 16(2).
    """

    listed: Proof = None
    listed_on: Day | None = None
    listed_until: Day | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        _in_order(self.listed_on, self.listed_until)
        return self


class LabourContract(Strict):
    """劳动合同: its first and its last day; `to` null has no end (无固定期限)."""

    from_: Annotated[Day, Field(alias="from")]
    to: Day | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        _in_order(self.from_, self.to)
        return self


class BusinessLicence(Strict):
    """营业执照. `annual_report`: 年报已报; `abnormal`: on the list of abnormal operations (经营异常名录)."""

    annual_report: Proof = None
    abnormal: Proof = None


class Guardian(Strict):
    """监护人. `local_household`: 杭州市区户籍; `insurance` null is not known, [] is known to be none."""

    local_household: StrictBool
    permit_status: PermitStatus | None = None
    insurance: list[InsuranceRun] | None = None


class Facts(Strict):
    """All that a decision looks at. `registrations` [] is known to be none; `insurance` null is not known."""

    person: Person
    registrations: list[Registration]
    insurance: list[InsuranceRun] | None = None
    dwelling: Dwelling | None = None
    study: Study | None = None
    talent_permit: TalentPermit | None = None
    talent_listing: TalentListing | None = None
    labour_contract: LabourContract | None = None
    business_licence: BusinessLicence | None = None
    guardians: Annotated[
        list[Guardian], BeforeValidator(_empty_if_null, json_schema_input_type=list[Guardian] | None)
    ] = Field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """What the command line takes as `facts`; `Facts.model_validate` reads it back."""
        return self.model_dump(mode="json", by_alias=True)
