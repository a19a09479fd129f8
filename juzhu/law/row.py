"""One row a person: facts with their lists folded into "since" dates, so that no test needs arithmetic.

This is where runs are joined: registrations into a residence, contributed months into an insurance run. The
row is what every test reads, as plain values here and as columns in `juzhu.law.columns`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from juzhu.law.cutoffs import Cutoffs, month_number, month_of
from juzhu.law.facts import Facts, Guardian, InsuranceRun, Lease, Registration
from juzhu.law.kleene import VALUES, Truth

# First and last month, by number, both included.
MonthRun = tuple[int, int]


class Row(NamedTuple):
    """Divisions are the six digits as a number; insured months are the first day of a month.

    `residence_since`/`_until`: the last residence begun by the day, `until` null while it lasts. `insured_*`:
    the run that counts. `guardian_insured_*`: the longest of the guardians' runs. `occupancy_proof`: what
    shows by what right somebody lives there, by tenure: kinship, the public-rental certificate, the
    dormitory's safety commitment, the host's statement.
    """

    born: date | None
    household_division: int | None
    application_form: Truth
    identity_document: Truth
    photo: Truth
    represented: bool
    representative_identity: Truth
    residence_since: date | None
    residence_until: date | None
    insurance_known: bool
    insured_from: date | None
    insured_through: date | None
    tenure: str | None
    title_proof: Truth
    lease_from: date | None
    lease_to: date | None
    commodity_housing: Truth
    rental_registration: Truth
    lease_filing: Truth
    safety_inspection: Truth
    occupancy_proof: Truth
    full_time: Truth
    study_division: int | None
    enrolled_on: date | None
    left_on: date | None
    register_proof: Truth
    continuity_proof: Truth
    talent_until: date | None
    talent_listed: Truth
    talent_listed_from: date | None
    talent_listed_until: date | None
    contract_from: date | None
    contract_until: date | None
    annual_report: Truth
    abnormal_business: Truth
    guardians_all_permitted: Truth
    guardians_any_permitted: Truth
    guardians_insurance_known: bool
    guardian_insured_from: date | None
    guardian_insured_through: date | None


class Look(NamedTuple):
    """One person looked at on one day under one policy."""

    facts: Facts
    row: Row
    on: Cutoffs


_NO_DWELLING = (None,) * 9
_OTHER_WAYS = (None,) * 7
# The proof that is the tenure's own, beside any title.
_OCCUPANCY: dict[str, str] = {
    "relative": "kinship_proof",
    "public_rental": "certificate",
    "dormitory": "safety_commitment",
    "lodging": "host_statement",
}
_NO_STUDY = (None,) * 6
_NO_GUARDIANS = (None, None, False, None, None)


def row_of(facts: Facts, on: Cutoffs) -> Row:
    person = facts.person
    household = person.household_division
    representative = person.representative
    talent = facts.talent_permit
    return Row._make(
        (
            person.born,
            None if household is None else int(household),
            person.application_form,
            person.identity_document,
            person.photo,
            representative is not None,
            None if representative is None else representative.identity_document,
            *residence(facts.registrations, on),
            facts.insurance is not None,
            *_months(reaching_run(contributed(facts.insurance, on), on) if facts.insurance else None),
            *_dwelling(facts),
            *_study(facts),
            None if talent is None else talent.valid_until,
            *_other_ways(facts),
            *(_guardians(facts.guardians, on) if facts.guardians else _NO_GUARDIANS),
        )
    )


def residence(registrations: Iterable[Registration], on: Cutoffs) -> tuple[date | None, date | None]:
    """First and last day of the residence begun last; (since, None) while it lasts, (None, None) for none.

    Source: notice 2(1)2, Zhejiang art. 16(2); moving within the gap, interpretation `moving_keeps_residence`.
    """
    counts_from = on.parameters.residence_counts_from
    spells = sorted(
        (begun, each.ended_on or date.max)
        for each in registrations
        if (begun := getattr(each, counts_from)) <= on.as_of and each.division in on.area_codes
    )
    if not spells:
        return None, None
    gap = timedelta(days=on.parameters.residence_gap_days)
    since, until = spells[0]
    for begun, ended in spells[1:]:
        if until != date.max and begun > until + gap:
            since, until = begun, ended
        elif ended > until:
            until = ended
    return since, None if until == date.max else until


def contributed(runs: Iterable[InsuranceRun], on: Cutoffs) -> list[MonthRun]:
    """The runs of months that count, joined and in order, none later than the day's own month.

    Source: notice 2(1)2(1): no back payment, in the urban area, no interruption of a month or more.
    """
    back_paid_counts = on.parameters.back_paid_counts
    spans = sorted(
        (first, min(month_number(run.to), on.month))
        for run in runs
        if (back_paid_counts or not run.back_paid)
        and run.division in on.area_codes
        and (first := month_number(run.from_)) <= on.month
    )
    if len(spans) < 2:
        return spans
    reach = on.parameters.insurance_gap_months + 1
    joined = spans[:1]
    for first, last in spans[1:]:
        begun, ended = joined[-1]
        if first > ended + reach:
            joined.append((first, last))
        elif last > ended:
            joined[-1] = begun, last
    return joined


def reaching_run(joined: list[MonthRun], on: Cutoffs) -> MonthRun | None:
    """The longest run that reaches the day's month less the arrears allowed, else the last one."""
    if len(joined) < 2:
        return joined[0] if joined else None
    oldest = on.month - on.parameters.insurance_arrears_months
    reaching = [run for run in joined if run[1] >= oldest]
    return max(reaching, key=lambda run: (run[1] - run[0], run[1])) if reaching else joined[-1]


def _months(run: MonthRun | None) -> tuple[date | None, date | None]:
    return (None, None) if run is None else (month_of(run[0]), month_of(run[1]))


def _dwelling(facts: Facts) -> tuple[object, ...]:
    dwelling = facts.dwelling
    if dwelling is None:
        return _NO_DWELLING
    if dwelling.tenure == "owned":
        return ("owned", dwelling.title_proof, *_NO_DWELLING[2:])
    if dwelling.tenure != "rented":
        title = getattr(dwelling, "title_proof", None)
        occupancy = getattr(dwelling, _OCCUPANCY[dwelling.tenure])
        if dwelling.tenure == "public_rental":
            occupancy = _of_the_applicant(occupancy, dwelling.names_applicant)
        return (dwelling.tenure, title, *_NO_DWELLING[3:], occupancy)
    lease = own_lease(facts)
    return (
        "rented",
        dwelling.title_proof,
        None if lease is None else lease.from_,
        None if lease is None else lease.to,
        dwelling.commodity_housing,
        dwelling.rental_registration,
        _of_the_applicant(dwelling.lease_filing, dwelling.filing_names_applicant),
        dwelling.safety_inspection,
        None,
    )


def own_lease(facts: Facts) -> Lease | None:
    """The lease of a rented home, unless it names tenants and not the applicant: that one proves nothing.
    Source: requirements 3.6 (joint tenancy).
    """
    dwelling = facts.dwelling
    if dwelling is None or dwelling.tenure != "rented" or dwelling.lease is None:
        return None
    return None if dwelling.lease.names_applicant is False else dwelling.lease


def _of_the_applicant(shown: Truth, names_applicant: Truth) -> Truth:
    """What a paper shows of the applicant: nothing when it is good, and for others."""
    return None if shown and names_applicant is False else shown


def _study(facts: Facts) -> tuple[object, ...]:
    study = facts.study
    if study is None:
        return _NO_STUDY
    return (
        study.full_time,
        None if study.division is None else int(study.division),
        study.enrolled_on,
        study.left_on,
        study.register_proof,
        study.continuity_proof,
    )


def _other_ways(facts: Facts) -> tuple[object, ...]:
    """The talent list, the labour contract and the licence, which few packs ask about and few people show."""
    listing, contract, licence = facts.talent_listing, facts.labour_contract, facts.business_licence
    if listing is None and contract is None and licence is None:
        return _OTHER_WAYS
    return (
        *(
            (None, None, None)
            if listing is None
            else (listing.listed, listing.listed_on, listing.listed_until)
        ),
        *((None, None) if contract is None else (contract.from_, contract.to)),
        *((None, None) if licence is None else (licence.annual_report, licence.abnormal)),
    )


def _guardians(guardians: list[Guardian], on: Cutoffs) -> tuple[object, ...]:
    permitted = [guardian_permitted(each, on) for each in guardians]
    runs = [run for each in guardians if (run := guardian_run(each, on)) is not None]
    longest = max(runs, key=lambda run: (run[1] >= oldest_month(on), run[1] - run[0], run[1]), default=None)
    return (
        VALUES.all_of(*permitted),
        VALUES.any_of(*permitted),
        all(each.insurance is not None for each in guardians),
        *_months(longest),
    )


def oldest_month(on: Cutoffs) -> int:
    """The month that a run must reach at least."""
    return on.month - on.parameters.insurance_arrears_months


def guardian_run(guardian: Guardian, on: Cutoffs) -> MonthRun | None:
    return reaching_run(contributed(guardian.insurance or (), on), on)


def guardian_permitted(guardian: Guardian, on: Cutoffs) -> Truth:
    """Source: notice 2(1)3; a local needs no permit, interpretation `local_guardian`."""
    if guardian.local_household and on.parameters.local_guardian_counts:
        return True
    return None if guardian.permit_status is None else guardian.permit_status == "active"
