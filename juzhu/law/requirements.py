"""Which leaves each route requires: what a pack writes under `[routes]`. What a leaf means is code."""

from __future__ import annotations

from itertools import chain
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from juzhu.law.facts import ROUTES, TENURES, Route, Tenure

CommonLeaf = Literal[
    "outside_household", "application_form", "identity_document", "photo", "representative_identity"
]
ResidenceLeaf = Literal["residence_registered", "residence_half_year"]
InsuranceLeaf = Literal["insured_one_year", "insured_now"]
EmploymentLeaf = Literal["insured_one_year", "insured_now", "labour_contract_one_year", "business_licence"]
TalentLeaf = Literal["talent_permit", "talent_listed"]
RentedLeaf = Literal[
    "landlord_title",
    "lease_one_year",
    "lease_half_year",
    "lease_current",
    "rental_registration",
    "lease_filing",
    "rental_safety",
]
StudyLeaf = Literal["enrolled_full_time_in_city", "enrolled_one_year", "student_register", "study_continuity"]
KIND_ACCEPTED = "dwelling_kind_accepted"
GuardianLeaf = Literal["guardian_permits", "guardian_insured_one_year"]


class Part(BaseModel):
    """A part of a pack. Unknown keys are errors; instances do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Common(Part):
    requires: tuple[CommonLeaf, ...]


class _Residence(Part):
    requires: tuple[ResidenceLeaf, ...]


class _EmploymentMinor(Part):
    requires: tuple[Literal["minor_employment_excluded"], ...] = ()


class _Employment(Part):
    """`requires` are all wanted, and of `requires_any` one."""

    requires: tuple[InsuranceLeaf, ...]
    requires_any: tuple[EmploymentLeaf, ...] = ()
    minor: _EmploymentMinor = _EmploymentMinor()


class _GuardianMinor(Part):
    requires: tuple[GuardianLeaf, ...] = ()


class _Owned(Part):
    requires: tuple[Literal["owner_title"], ...]


class _Rented(Part):
    requires: tuple[RentedLeaf, ...]


class _Relative(Part):
    requires: tuple[Literal["relative_title", "kinship"], ...]


class _PublicRental(Part):
    requires: tuple[Literal["public_rental_certificate"], ...]


class _Dormitory(Part):
    requires: tuple[Literal["dormitory_title", "dormitory_commitment"], ...]


class _Lodging(Part):
    requires: tuple[Literal["host_statement"], ...]


class _Dwelling(Part):
    """What each kind of dwelling requires. A kind that a pack does not have is refused, with a leaf of its
    own.
    """

    owned: _Owned
    rented: _Rented
    relative: _Relative | None = None
    public_rental: _PublicRental | None = None
    dormitory: _Dormitory | None = None
    lodging: _Lodging | None = None
    minor: _GuardianMinor = _GuardianMinor()

    @property
    def kinds(self) -> dict[Tenure, tuple[str, ...]]:
        """What each kind requires that this pack has, in the tree's order."""
        parts = {tenure: getattr(self, tenure) for tenure in TENURES}
        return {tenure: part.requires for tenure, part in parts.items() if part is not None}

    @property
    def refused(self) -> tuple[Tenure, ...]:
        """The kinds that this pack does not have."""
        return tuple(tenure for tenure in TENURES if getattr(self, tenure) is None)

    @property
    def acceptance(self) -> tuple[str, ...]:
        """The leaf that refuses the kinds that this pack does not have, if there are any."""
        return (KIND_ACCEPTED,) if self.refused else ()


class _Study(Part):
    requires: tuple[StudyLeaf, ...]
    minor: _GuardianMinor = _GuardianMinor()


class _Talent(Part):
    """`requires` are all wanted, and of `requires_any` one."""

    requires: tuple[TalentLeaf, ...] = ()
    requires_any: tuple[TalentLeaf, ...] = ()

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not (self.requires or self.requires_any):
            raise ValueError("the talent route must require something, or everybody would be let in")
        return self


class Requirements(Part):
    """Which leaves each route requires; what a leaf means is code."""

    common: _Common
    residence: _Residence
    employment: _Employment
    dwelling: _Dwelling
    study: _Study
    talent: _Talent

    def of(self, route: Route) -> tuple[str, ...]:
        """The codes a route requires, in the tree's order."""
        if route == "talent":
            return self.common.requires + self.talent.requires + self.talent.requires_any
        above: tuple[str, ...] = self.common.requires + self.residence.requires
        if route == "employment":
            work: tuple[str, ...] = self.employment.requires + self.employment.requires_any
            return above + work + self.employment.minor.requires
        if route == "dwelling":
            homes = (*chain.from_iterable(self.dwelling.kinds.values()), *self.dwelling.acceptance)
            return above + homes + self.dwelling.minor.requires
        return above + self.study.requires + self.study.minor.requires

    def all(self) -> frozenset[str]:
        return frozenset(code for route in ROUTES for code in self.of(route))
