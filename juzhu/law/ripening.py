"""Time and each condition: from which day an unmet one is unmet no more, and which two days are compared.

`…_ripens`, `…_begins`: the day, if everything continues, or None. `…_compared`: (since, needed by).
"""

from __future__ import annotations

from datetime import date, timedelta

from juzhu.law.calendar import add_months, cutoff
from juzhu.law.cutoffs import Cutoffs, month_of
from juzhu.law.row import Look, guardian_run, oldest_month


def residence_ripens(look: Look) -> date | None:
    since, until, on = look.row.residence_since, look.row.residence_until, look.on
    if since is None or (until is not None and until < on.moved_since):
        return None
    return add_months(since, on.parameters.residence_months)


def insurance_ripens(look: Look) -> date | None:
    """The first day of the month after the last one needed: a month counts once it is over."""
    row = look.row
    if (
        row.insured_from is None
        or row.insured_through is None
        or row.insured_through < look.on.insured[-1][0]
    ):
        return None
    return after_the_run(row.insured_from, look.on)


def after_the_run(first_month: date, on: Cutoffs) -> date:
    return max(add_months(first_month, on.parameters.insurance_months), on.as_of + timedelta(days=1))


def guardian_insurance_ripens(look: Look) -> date | None:
    on = look.on
    runs = (guardian_run(each, on) for each in look.facts.guardians)
    firsts = [run[0] for run in runs if run is not None and run[1] >= oldest_month(on)]
    return after_the_run(month_of(min(firsts)), on) if firsts else None


def birthday(look: Look) -> date | None:
    born = look.row.born
    return None if born is None else add_months(born, 12 * look.on.parameters.minor_age)


def lease_begins(look: Look) -> date | None:
    begins = look.row.lease_from
    return begins if begins is not None and begins > look.on.as_of else None


def contract_begins(look: Look) -> date | None:
    """A contract that is long enough and begins later holds from its first day."""
    row, on = look.row, look.on
    begins, until = row.contract_from, row.contract_until
    if begins is None or begins <= on.as_of:
        return None
    short = until is not None and add_months(begins, on.contract_months) > until + timedelta(days=1)
    return None if short else begins


def listing_begins(look: Look) -> date | None:
    row, as_of = look.row, look.on.as_of
    begins = row.talent_listed_from
    return begins if row.talent_listed is not False and begins is not None and begins > as_of else None


def enrolment_begins(look: Look) -> date | None:
    row, on = look.row, look.on
    if row.enrolled_on is None or row.enrolled_on <= on.as_of or row.full_time is False:
        return None
    outside = row.study_division is not None and row.study_division not in on.area
    return None if outside else row.enrolled_on


def year_of_study(look: Look) -> date | None:
    enrolled = look.row.enrolled_on
    return None if enrolled is None else add_months(enrolled, look.on.parameters.study_months)


def residence_compared(look: Look) -> tuple[date | None, date | None]:
    return look.row.residence_since, look.on.resident_by


def run_compared(first: date | None, last: date | None, on: Cutoffs) -> tuple[date | None, date | None]:
    reached = next(
        (start for reach, start in on.insured if last is not None and last >= reach), on.insured[-1][1]
    )
    return first, reached


def insurance_compared(look: Look) -> tuple[date | None, date | None]:
    return run_compared(look.row.insured_from, look.row.insured_through, look.on)


def guardian_insurance_compared(look: Look) -> tuple[date | None, date | None]:
    return run_compared(look.row.guardian_insured_from, look.row.guardian_insured_through, look.on)


def lease_term_compared(look: Look) -> tuple[date | None, date | None]:
    row = look.row
    if row.lease_to is None:
        return None, None
    return row.lease_from, cutoff(row.lease_to + timedelta(days=1), look.on.parameters.lease_months)


def lease_compared(look: Look) -> tuple[date | None, date | None]:
    return look.row.lease_from, look.on.as_of


def enrolment_compared(look: Look) -> tuple[date | None, date | None]:
    return look.row.enrolled_on, look.on.as_of


def study_compared(look: Look) -> tuple[date | None, date | None]:
    return look.row.enrolled_on, look.on.enrolled_by


def contract_compared(look: Look) -> tuple[date | None, date | None]:
    return look.row.contract_from, look.on.as_of


def birth_compared(look: Look) -> tuple[date | None, date | None]:
    return look.row.born, look.on.adult_if_born_by
