"""Whether each condition holds: row, cut-offs, operations -> True, None or False.

Every test is written once, against `Operations`, and so holds for one person and for a column of millions.
"""

from __future__ import annotations

from typing import Any

from juzhu.law.cutoffs import Cutoffs
from juzhu.law.facts import Tenure
from juzhu.law.kleene import Operations, Value


def paper(name: str) -> Any:
    """A paper shown but defective is corrected, not refused: it is unproven, like one not shown."""

    def test(row: Any, on: Cutoffs, k: Operations) -> Value:
        return k.any_of(getattr(row, name), None)

    return test


def proof(name: str) -> Any:
    """A proof is unmet where it was shown not to be so."""

    def test(row: Any, on: Cutoffs, k: Operations) -> Value:
        return getattr(row, name)

    return test


def outside_household(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.not_(k.is_in(row.household_division, on.area))


def represented(row: Any, on: Cutoffs, k: Operations) -> Value:
    return row.represented


def lives_here(row: Any, on: Cutoffs, k: Operations) -> Value:
    lasting = k.all_of(k.known(row.residence_since), k.not_(k.known(row.residence_until)))
    return k.any_of(lasting, k.ge(row.residence_until, on.as_of))


def ended_lately(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.ge(row.residence_until, on.moved_since)


def residence_registered(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.pick(lives_here(row, on, k), True, k.pick(ended_lately(row, on, k), None, False))


def residence_half_year(row: Any, on: Cutoffs, k: Operations) -> Value:
    goes_on = k.any_of(lives_here(row, on, k), ended_lately(row, on, k))
    return k.pick(k.all_of(goes_on, k.le(row.residence_since, on.resident_by)), True, False)


def long_enough(first: Value, last: Value, on: Cutoffs, k: Operations) -> Value:
    return k.any_of(*(k.all_of(k.ge(last, reach), k.le(first, start)) for reach, start in on.insured))


def insured(row: Any, on: Cutoffs, k: Operations) -> Value:
    covered = long_enough(row.insured_from, row.insured_through, on, k)
    return k.pick(covered, True, k.pick(row.insurance_known, False, None))


def adult(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.le(row.born, on.adult_if_born_by)


def minor(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.not_(adult(row, on, k))


def minor_who_may_not_work(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.pick(on.parameters.minor_employment, False, minor(row, on, k))


def no(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.pick(True, False, None)


def tenure(name: Tenure) -> Any:
    """Whether somebody lives in that kind of dwelling; one test for all leaves of that kind."""

    def test(row: Any, on: Cutoffs, k: Operations) -> Value:
        return k.eq(row.tenure, name)

    return test


def refused_tenure(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.not_(k.any_of(*[k.eq(row.tenure, name) for name in on.accepted_tenures]))


def lease_term(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.le(k.add_months(row.lease_from, on.parameters.lease_months), k.add_days(row.lease_to, 1))


def lease_current(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.all_of(k.le(row.lease_from, on.as_of), k.ge(row.lease_to, on.as_of))


def lease_filing(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.any_of(k.not_(row.commodity_housing), row.lease_filing)


def enrolled_full_time_in_city(row: Any, on: Cutoffs, k: Operations) -> Value:
    begun = k.any_of(k.not_(k.known(row.enrolled_on)), k.le(row.enrolled_on, on.as_of))
    not_left = k.any_of(k.not_(k.known(row.left_on)), k.ge(row.left_on, on.as_of))
    return k.all_of(row.full_time, k.is_in(row.study_division, on.area), begun, not_left)


def enrolled_one_year(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.le(row.enrolled_on, on.enrolled_by)


def labour_contract(row: Any, on: Cutoffs, k: Operations) -> Value:
    """Running today, and for the term asked or without end: a known beginning and no end is without end."""
    endless = k.not_(k.known(row.contract_until))
    long_enough = k.le(k.add_months(row.contract_from, on.contract_months), k.add_days(row.contract_until, 1))
    ends_well = k.pick(endless, True, k.all_of(k.ge(row.contract_until, on.as_of), long_enough))
    return k.all_of(k.le(row.contract_from, on.as_of), ends_well)


def business_licence(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.all_of(row.annual_report, k.not_(row.abnormal_business))


def guardian_permits(row: Any, on: Cutoffs, k: Operations) -> Value:
    if on.parameters.minor_guardian_permits == "all":
        return row.guardians_all_permitted
    return row.guardians_any_permitted


def guardian_insured(row: Any, on: Cutoffs, k: Operations) -> Value:
    covered = long_enough(row.guardian_insured_from, row.guardian_insured_through, on, k)
    return k.pick(covered, True, k.pick(row.guardians_insurance_known, False, None))


def talent_permit(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.ge(row.talent_until, on.as_of)


def talent_listed(row: Any, on: Cutoffs, k: Operations) -> Value:
    begun = k.any_of(k.not_(k.known(row.talent_listed_from)), k.le(row.talent_listed_from, on.as_of))
    lasts = k.any_of(k.not_(k.known(row.talent_listed_until)), k.ge(row.talent_listed_until, on.as_of))
    return k.all_of(row.talent_listed, begun, lasts)
