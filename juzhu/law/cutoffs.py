"""What a policy and a day fix before anybody is looked at: every duration as one scalar cut-off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from juzhu.law.calendar import cutoff, month_start
from juzhu.law.policy import Parameters, Policy


@dataclass(frozen=True, eq=False, slots=True)
class Cutoffs:
    """`insured`: pairs (reach, start); a run that reaches month `reach` and began by `start` will do.

    `contract_months` is 0 where the pack asks for no labour contract.
    """

    policy: Policy
    parameters: Parameters
    as_of: date
    month: int
    moved_since: date
    resident_by: date
    insured: tuple[tuple[date, date], ...]
    enrolled_by: date
    contract_months: int
    accepted_tenures: tuple[str, ...]
    adult_if_born_by: date
    area: frozenset[int]
    area_codes: frozenset[str]


def month_number(day: date) -> int:
    """Months since the year 0, so that consecutive months are consecutive numbers."""
    return day.year * 12 + day.month - 1


def month_of(number: int) -> date:
    """The first day of the month of that number."""
    return date(number // 12, number % 12 + 1, 1)


@lru_cache(maxsize=4096)
def cutoffs(policy: Policy, as_of: date) -> Cutoffs:
    p = policy.parameters
    codes = p.urban_divisions
    return Cutoffs(
        policy=policy,
        parameters=p,
        as_of=as_of,
        month=month_number(as_of),
        moved_since=as_of - timedelta(days=p.residence_gap_days),
        resident_by=cutoff(as_of, p.residence_months),
        insured=tuple(
            (month_start(as_of, -late), month_start(as_of, -late - p.insurance_months + 1))
            for late in range(p.insurance_arrears_months + 1)
        ),
        enrolled_by=cutoff(as_of, p.study_months),
        contract_months=p.contract_months or 0,
        accepted_tenures=tuple(policy.routes.dwelling.kinds),
        adult_if_born_by=cutoff(as_of, 12 * p.minor_age),
        area=frozenset(int(code) for code in codes),
        area_codes=codes,
    )
