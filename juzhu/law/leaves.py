"""What each condition means: its test, when it applies, and the day on which time alone would cure it.

Every test is written once, against `Operations`, and so holds for one person and for a column of millions.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from juzhu.law import names, sentences, sentences_route
from juzhu.law.calendar import add_months, cutoff
from juzhu.law.conditions import Leaf
from juzhu.law.cutoffs import Cutoffs, month_of
from juzhu.law.kleene import Operations, Value
from juzhu.law.row import Look, guardian_run, oldest_month

# --- tests: row, cut-offs, operations -> True, None or False ------------------------------------------------


def _paper(name: str) -> Any:
    """A paper shown but defective is corrected, not refused: it is unproven, like one not shown."""

    def test(row: Any, on: Cutoffs, k: Operations) -> Value:
        return k.any_of(getattr(row, name), None)

    return test


def _proof(name: str) -> Any:
    """A proof is unmet where it was shown not to be so."""

    def test(row: Any, on: Cutoffs, k: Operations) -> Value:
        return getattr(row, name)

    return test


def _outside_household(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.not_(k.is_in(row.household_division, on.area))


def _represented(row: Any, on: Cutoffs, k: Operations) -> Value:
    return row.represented


def _lives_here(row: Any, on: Cutoffs, k: Operations) -> Value:
    lasting = k.all_of(k.known(row.residence_since), k.not_(k.known(row.residence_until)))
    return k.any_of(lasting, k.ge(row.residence_until, on.as_of))


def _ended_lately(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.ge(row.residence_until, on.moved_since)


def _residence_registered(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.pick(_lives_here(row, on, k), True, k.pick(_ended_lately(row, on, k), None, False))


def _residence_half_year(row: Any, on: Cutoffs, k: Operations) -> Value:
    goes_on = k.any_of(_lives_here(row, on, k), _ended_lately(row, on, k))
    return k.pick(k.all_of(goes_on, k.le(row.residence_since, on.resident_by)), True, False)


def _long_enough(first: Value, last: Value, on: Cutoffs, k: Operations) -> Value:
    return k.any_of(*(k.all_of(k.ge(last, reach), k.le(first, start)) for reach, start in on.insured))


def _insured(row: Any, on: Cutoffs, k: Operations) -> Value:
    covered = _long_enough(row.insured_from, row.insured_through, on, k)
    return k.pick(covered, True, k.pick(row.insurance_known, False, None))


def _adult(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.le(row.born, on.adult_if_born_by)


def _minor(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.not_(_adult(row, on, k))


def _minor_who_may_not_work(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.pick(on.parameters.minor_employment, False, _minor(row, on, k))


def _no(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.pick(True, False, None)


def _owned(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.eq(row.tenure, "owned")


def _not_owned(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.not_(_owned(row, on, k))


def _lease_one_year(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.le(k.add_months(row.lease_from, on.parameters.lease_months), k.add_days(row.lease_to, 1))


def _lease_current(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.all_of(k.le(row.lease_from, on.as_of), k.ge(row.lease_to, on.as_of))


def _lease_filing(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.any_of(k.not_(row.commodity_housing), row.lease_filing)


def _enrolled_full_time_in_city(row: Any, on: Cutoffs, k: Operations) -> Value:
    begun = k.any_of(k.not_(k.known(row.enrolled_on)), k.le(row.enrolled_on, on.as_of))
    not_left = k.any_of(k.not_(k.known(row.left_on)), k.ge(row.left_on, on.as_of))
    return k.all_of(row.full_time, k.is_in(row.study_division, on.area), begun, not_left)


def _enrolled_one_year(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.le(row.enrolled_on, on.enrolled_by)


def _guardian_permits(row: Any, on: Cutoffs, k: Operations) -> Value:
    if on.parameters.minor_guardian_permits == "all":
        return row.guardians_all_permitted
    return row.guardians_any_permitted


def _guardian_insured(row: Any, on: Cutoffs, k: Operations) -> Value:
    covered = _long_enough(row.guardian_insured_from, row.guardian_insured_through, on, k)
    return k.pick(covered, True, k.pick(row.guardians_insurance_known, False, None))


def _talent_permit(row: Any, on: Cutoffs, k: Operations) -> Value:
    return k.ge(row.talent_until, on.as_of)


# --- time: the day from which an unmet leaf is unmet no more, if everything continues ---------------------


def _residence_ripens(look: Look) -> date | None:
    since, until, on = look.row.residence_since, look.row.residence_until, look.on
    if since is None or (until is not None and until < on.moved_since):
        return None
    return add_months(since, on.parameters.residence_months)


def _insurance_ripens(look: Look) -> date | None:
    """The first day of the month after the last one needed: a month counts once it is over."""
    row = look.row
    if (
        row.insured_from is None
        or row.insured_through is None
        or row.insured_through < look.on.insured[-1][0]
    ):
        return None
    return _after_the_run(row.insured_from, look.on)


def _after_the_run(first_month: date, on: Cutoffs) -> date:
    return max(add_months(first_month, on.parameters.insurance_months), on.as_of + timedelta(days=1))


def _guardian_insurance_ripens(look: Look) -> date | None:
    on = look.on
    runs = (guardian_run(each, on) for each in look.facts.guardians)
    firsts = [run[0] for run in runs if run is not None and run[1] >= oldest_month(on)]
    return _after_the_run(month_of(min(firsts)), on) if firsts else None


def _birthday(look: Look) -> date | None:
    born = look.row.born
    return None if born is None else add_months(born, 12 * look.on.parameters.minor_age)


def _lease_begins(look: Look) -> date | None:
    begins = look.row.lease_from
    return begins if begins is not None and begins > look.on.as_of else None


def _enrolment_begins(look: Look) -> date | None:
    row, on = look.row, look.on
    if row.enrolled_on is None or row.enrolled_on <= on.as_of or row.full_time is False:
        return None
    outside = row.study_division is not None and row.study_division not in on.area
    return None if outside else row.enrolled_on


def _year_of_study(look: Look) -> date | None:
    enrolled = look.row.enrolled_on
    return None if enrolled is None else add_months(enrolled, look.on.parameters.study_months)


# --- what is compared: (since, needed by) -----------------------------------------------------------------


def _residence_compared(look: Look) -> tuple[date | None, date | None]:
    return look.row.residence_since, look.on.resident_by


def _run_compared(first: date | None, last: date | None, on: Cutoffs) -> tuple[date | None, date | None]:
    reached = next(
        (start for reach, start in on.insured if last is not None and last >= reach), on.insured[-1][1]
    )
    return first, reached


def _insurance_compared(look: Look) -> tuple[date | None, date | None]:
    return _run_compared(look.row.insured_from, look.row.insured_through, look.on)


def _guardian_insurance_compared(look: Look) -> tuple[date | None, date | None]:
    return _run_compared(look.row.guardian_insured_from, look.row.guardian_insured_through, look.on)


def _lease_term_compared(look: Look) -> tuple[date | None, date | None]:
    row = look.row
    if row.lease_to is None:
        return None, None
    return row.lease_from, cutoff(row.lease_to + timedelta(days=1), look.on.parameters.lease_months)


def _lease_compared(look: Look) -> tuple[date | None, date | None]:
    return look.row.lease_from, look.on.as_of


def _enrolment_compared(look: Look) -> tuple[date | None, date | None]:
    return look.row.enrolled_on, look.on.as_of


def _study_compared(look: Look) -> tuple[date | None, date | None]:
    return look.row.enrolled_on, look.on.enrolled_by


def _birth_compared(look: Look) -> tuple[date | None, date | None]:
    return look.row.born, look.on.adult_if_born_by


def _leaf(code: str, test: Any, say: Any, **more: Any) -> Leaf:
    name, material, fix = names.NAMES[code]
    return Leaf(code, name, material, fix, test, say, **more)


_INSURED: dict[str, Any] = {"ripens": _insurance_ripens, "compared": _insurance_compared}
_RENTED: dict[str, Any] = {"applies": _not_owned}
_MINOR: dict[str, Any] = {"applies": _minor, "lapses": _birthday}

LEAVES: dict[str, Leaf] = {
    leaf.code: leaf
    for leaf in (
        _leaf("outside_household", _outside_household, sentences.outside_household),
        _leaf("application_form", _paper("application_form"), sentences.application_form),
        _leaf("identity_document", _paper("identity_document"), sentences.identity_document),
        _leaf("photo", _paper("photo"), sentences.photo),
        _leaf(
            "representative_identity",
            _paper("representative_identity"),
            sentences.representative_identity,
            applies=_represented,
        ),
        _leaf(
            "residence_registered",
            _residence_registered,
            sentences.residence_registered,
            compared=lambda look: (look.row.residence_since, look.on.as_of),
        ),
        _leaf(
            "residence_half_year",
            _residence_half_year,
            sentences.residence_half_year,
            ripens=_residence_ripens,
            compared=_residence_compared,
        ),
        _leaf("insured_one_year", _insured, sentences.insured, **_INSURED),
        _leaf("insured_now", _insured, sentences.insured, **_INSURED),
        _leaf(
            "minor_employment_excluded",
            _no,
            sentences.minor_employment_excluded,
            applies=_minor_who_may_not_work,
            lapses=_birthday,
            compared=_birth_compared,
        ),
        _leaf(
            "owner_title",
            _proof("title_proof"),
            sentences_route.owner_title,
            applies=_owned,
            asked_if_unknown=False,
        ),
        _leaf("landlord_title", _proof("title_proof"), sentences_route.landlord_title, **_RENTED),
        _leaf(
            "lease_one_year",
            _lease_one_year,
            sentences_route.lease_one_year,
            compared=_lease_term_compared,
            **_RENTED,
        ),
        _leaf(
            "lease_current",
            _lease_current,
            sentences_route.lease_current,
            ripens=_lease_begins,
            compared=_lease_compared,
            **_RENTED,
        ),
        _leaf(
            "rental_registration",
            _proof("rental_registration"),
            sentences_route.rental_registration,
            **_RENTED,
        ),
        _leaf("lease_filing", _lease_filing, sentences_route.lease_filing, **_RENTED),
        _leaf("rental_safety", _proof("safety_inspection"), sentences_route.rental_safety, **_RENTED),
        _leaf(
            "enrolled_full_time_in_city",
            _enrolled_full_time_in_city,
            sentences_route.enrolled_full_time_in_city,
            ripens=_enrolment_begins,
            compared=_enrolment_compared,
        ),
        _leaf(
            "enrolled_one_year",
            _enrolled_one_year,
            sentences_route.enrolled_one_year,
            ripens=_year_of_study,
            compared=_study_compared,
        ),
        _leaf("student_register", _proof("register_proof"), sentences_route.student_register),
        _leaf("study_continuity", _proof("continuity_proof"), sentences_route.study_continuity),
        _leaf("guardian_permits", _guardian_permits, sentences_route.guardian_permits, **_MINOR),
        _leaf(
            "guardian_insured_one_year",
            _guardian_insured,
            sentences_route.guardian_insured_one_year,
            ripens=_guardian_insurance_ripens,
            compared=_guardian_insurance_compared,
            **_MINOR,
        ),
        _leaf("talent_permit", _talent_permit, sentences_route.talent_permit),
    )
}
