"""The four annexes of the notice as typed content: student record, insurance, lease filing, inspection.

The annexes' pictures are lost; the fields are those of `policy/requirements.md` 5.1. Rows that were stored
when a kind had fewer fields stay valid: what was added is optional.
"""

from itertools import groupby
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from juzhu.evidence.says import (
    Count,
    Division,
    Fen,
    Month,
    OtherIdentityNumber,
    Says,
    ShortText,
    SquareMetres,
    Validity,
    fault,
    in_order,
)
from juzhu.law.facts import Day

InsuranceKind = Literal["pension", "unemployment", "injury", "medical", "maternity"]
METRES_A_PERSON, PEOPLE_A_ROOM = 4, 2
"""Square metres for each at least, people in a room at most. Source: Hangzhou government order 287."""
EVALUATED: InsuranceKind = "pension"
"""The kind of insurance whose months the law looks at. Source: requirements CF20."""


def following(month: str) -> str:
    """The month after."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"


class ContributionRun(Says):
    """Consecutive contributed months, both ends included, as the social-insurance bureau posts them."""

    from_month: Month = Field(alias="from")
    to_month: Month = Field(alias="to")
    division: Division
    back_paid: bool = False
    employer: ShortText = ""
    employer_code: ShortText = ""

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        in_order(self.from_month, self.to_month, "to")
        return self


class ContributedMonth(Says):
    """One month of annex 2: which kinds were paid, when, for which employer. `back_paid` None: not said."""

    month: Month
    kinds: list[InsuranceKind] = Field(min_length=1)
    division: Division
    paid_month: Month | None = None
    back_paid: bool | None = None
    employer: ShortText = ""
    employer_code: ShortText = ""

    @model_validator(mode="after")
    def paid_when_due_or_later(self) -> Self:
        in_order(self.month, self.paid_month, "paid_month")
        return self

    @property
    def late(self) -> bool:
        """Whether it was back-paid: as the bureau says, else if it was paid later than in the month after."""
        if self.back_paid is not None:
            return self.back_paid
        return self.paid_month is not None and self.paid_month > following(self.month)


class Insurance(Says):
    """社会保险参保证明 (annex 2): months, or runs of months. An empty list is known to be none.

    Where months are given, the runs are derived from them, whatever else was said.
    """

    runs: list[ContributionRun] = Field(default_factory=list)
    months: list[ContributedMonth] = Field(default_factory=list, max_length=720)
    verification_code: ShortText = ""

    @model_validator(mode="before")
    @classmethod
    def says_runs_or_months(cls, given: Any) -> Any:
        """Nothing at all is no statement: that there are no months is said by an empty list."""
        if isinstance(given, dict) and not given.keys() & {"runs", "months"}:
            return {**given, "runs": None}
        return given

    @model_validator(mode="after")
    def runs_follow_from_months(self) -> Self:
        if self.months:
            seen = [(month.month, month.employer_code or month.employer, kind) for month in self.months
                    for kind in month.kinds]  # fmt: skip
            if len(set(seen)) < len(seen):
                raise fault("month_twice", "months")
            self.runs = self.runs_of(EVALUATED)
        return self

    def runs_of(self, kind: InsuranceKind) -> list[ContributionRun]:
        """Runs of months in which this kind was paid, one for each change of employer, place or lateness.

        Runs that were given without months do not say of which kind they are, and count for every one.
        """
        if not self.months:
            return self.runs
        paid = sorted((month for month in self.months if kind in month.kinds), key=_like)
        runs: list[ContributionRun] = []
        for _likeness, alike in groupby(paid, key=lambda month: _like(month)[:-1]):
            for month in alike:
                last = runs[-1] if runs else None
                if last and _continues(last, month):
                    last.to_month = month.month
                else:
                    runs.append(_begun(month))
        return sorted(runs, key=lambda run: (run.from_month, run.to_month))


def _like(month: ContributedMonth) -> tuple[str, str, str, bool, str]:
    return (month.division, month.employer_code, month.employer, month.late, month.month)


def _continues(run: ContributionRun, month: ContributedMonth) -> bool:
    begun = _begun(month)
    alike = begun.model_dump(exclude={"from_month", "to_month"}) == run.model_dump(
        exclude={"from_month", "to_month"}
    )
    return alike and month.month == following(run.to_month)


def _begun(month: ContributedMonth) -> ContributionRun:
    return ContributionRun(
        from_month=month.month,
        to_month=month.month,
        division=month.division,
        back_paid=month.late,
        employer=month.employer,
        employer_code=month.employer_code,
    )


class Party(Says):
    """Somebody named in a contract."""

    name: ShortText = Field(min_length=1)
    identity_number: OtherIdentityNumber = ""


class LeaseContract(Says):
    """房屋租赁合同: the signed term, both days included."""

    from_day: Day = Field(alias="from")
    to_day: Day = Field(alias="to")
    landlord: ShortText = ""
    commodity_housing: bool | None = None
    location: ShortText = ""
    tenants: list[Party] = Field(default_factory=list, max_length=50)

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        in_order(self.from_day, self.to_day, "to")
        return self

    @property
    def validity(self) -> Validity:
        return Validity(self.from_day, self.to_day)


class LeaseFiling(Says):
    """房屋租赁登记备案证明 (annex 3), by the housing bureau. With its term it speaks for the lease, too."""

    number: ShortText = ""
    landlord: ShortText = ""
    landlord_identity_number: OtherIdentityNumber = ""
    tenants: list[Party] = Field(default_factory=list, max_length=50)
    location: ShortText = ""
    use: ShortText = ""
    area: SquareMetres | None = None
    from_day: Day | None = Field(default=None, alias="from")
    to_day: Day | None = Field(default=None, alias="to")
    monthly_rent: Fen | None = None
    commodity_housing: bool | None = None
    filed_on: Day | None = None
    organ: ShortText = ""

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        if (self.from_day is None) != (self.to_day is None):
            raise fault("both_ends", "from" if self.from_day is None else "to")
        in_order(self.from_day, self.to_day, "to")
        return self

    @property
    def validity(self) -> Validity:
        return Validity(self.from_day, self.to_day)

    @property
    def lease(self) -> LeaseContract | None:
        """The contract that was filed, where the filing says its term."""
        if self.from_day is None or self.to_day is None:
            return None
        return LeaseContract(
            from_day=self.from_day,
            to_day=self.to_day,
            landlord=self.landlord,
            commodity_housing=self.commodity_housing,
            location=self.location,
            tenants=self.tenants,
        )


class SafetyInspection(Says):
    """居住房屋出租安全排查表 (annex 4), by the subdistrict: passed when all three questions are answered no.

    The rest of the list is what order 287 of the city asks of a let dwelling.
    """

    illegal_construction: bool
    dangerous_building: bool
    changed_use: bool
    inspected_on: Day
    address: ShortText = ""
    owner: ShortText = ""
    land: Literal["state", "collective"] | None = None
    storeys: Count | None = None
    rooms: Count | None = None
    area: SquareMetres | None = None
    tenants: Count | None = None
    let_by_designed_room: bool | None = None
    kitchen_or_cellar_let: bool | None = None
    extinguisher: bool | None = None
    escape_kit: bool | None = None
    window_bars_open: bool | None = None
    large_let: bool | None = None
    conclusion: Literal["passed", "to_mend", "failed"] | None = None
    inspectors: list[ShortText] = Field(default_factory=list, max_length=10)
    valid_until: Day | None = None

    @model_validator(mode="after")
    def fits_together(self) -> Self:
        in_order(self.inspected_on, self.valid_until, "valid_until")
        if self.conclusion == "passed" and not self._three_times_no:
            raise fault("passed_with_a_yes", "conclusion")
        return self

    @property
    def _three_times_no(self) -> bool:
        return not (self.illegal_construction or self.dangerous_building or self.changed_use)

    @property
    def passed(self) -> bool:
        """Whether it stands for a safe dwelling. Source: notice 3(1)."""
        return self._three_times_no and self.conclusion in {None, "passed"}

    @property
    def crowded(self) -> bool:
        """Whether more people live there than order 287 allows: 4 m² each, two in a room."""
        if self.tenants is None:
            return False
        too_small = self.area is not None and self.area < METRES_A_PERSON * self.tenants
        return too_small or (self.rooms is not None and self.tenants > PEOPLE_A_ROOM * self.rooms)

    @property
    def validity(self) -> Validity:
        return Validity(self.inspected_on, self.valid_until)


class StudentRecord(Says):
    """学生基本信息 (annex 1), by the education bureau."""

    school: ShortText
    full_time: bool
    division: Division
    enrolled_on: Day | None = None
    left_on: Day | None = None
    student_number: ShortText = ""
    stage: Literal["primary", "junior", "senior", "vocational", "higher"] | None = None
    grade: ShortText = ""
    class_name: ShortText = ""
    status: Literal["enrolled", "suspended", "transferred", "graduated", "left"] | None = None

    @model_validator(mode="after")
    def leaves_after_enrolling(self) -> Self:
        in_order(self.enrolled_on, self.left_on, "left_on")
        return self
