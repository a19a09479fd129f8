"""The employment route of `gongshu-2022` as an OpenFisca system, rule for rule, for comparison.

OpenFisca has no null: a truth is an integer, 0 unmet, 1 unproven, 2 met, so that Kleene's AND is the minimum;
a date that is not known is `UNKNOWN`. Parameters and cut-offs come from the same places.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
from openfisca_core.entities import Entity, build_entity
from openfisca_core.holders import set_input_dispatch_by_period
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from juzhu.law.calendar import cutoff, month_start
from juzhu.law.policy import load

UNKNOWN = date(1800, 1, 1)
PARAMETERS = load("gongshu-2022").parameters
AREA = np.array(sorted(int(code) for code in PARAMETERS.urban_area + PARAMETERS.urban_area_former))
_NO_DAY = np.datetime64(UNKNOWN)

PROOFS = ("application_form", "identity_document", "photo", "representative_identity")
FLAGS = ("represented", "insurance_known")
DAYS = ("born", "residence_since", "residence_until", "insured_from", "insured_through")
LEAVES = (
    "leaf_outside_household",
    "leaf_application_form",
    "leaf_identity_document",
    "leaf_photo",
    "leaf_representative_identity",
    "leaf_residence_registered",
    "leaf_residence_half_year",
    "leaf_insured_one_year",
    "leaf_minor_employment_excluded",
)

PERSON: Entity = build_entity(key="person", plural="persons", label="An applicant", is_person=True)


def _variable(name: str, value_type: type, **more: Any) -> type[Variable]:
    body = {
        "value_type": value_type,
        "entity": PERSON,
        "definition_period": DateUnit.DAY,
        "label": name,
        **more,
    }
    return type(name, (Variable,), body)


def _day(period: Any) -> date:
    start: date = period.start.date
    return start


def _paper(name: str) -> Any:
    def formula(person: Any, period: Any) -> Any:
        return np.where(person(name, period) == 2, 2, 1)

    return formula


def _outside_household(person: Any, period: Any) -> Any:
    division = person("household_division", period)
    return np.where(division < 0, 1, np.where(np.isin(division, AREA), 0, 2))


def _representative(person: Any, period: Any) -> Any:
    shown = np.where(person("representative_identity", period) == 2, 2, 1)
    return np.where(person("represented", period), shown, 2)


def _lives_here(person: Any, period: Any) -> Any:
    since, until = person("residence_since", period), person("residence_until", period)
    lasting = (since != _NO_DAY) & (until == _NO_DAY)
    return lasting | ((until != _NO_DAY) & (until >= np.datetime64(_day(period))))


def _moving(person: Any, period: Any) -> Any:
    moved_since = np.datetime64(_day(period) - timedelta(days=PARAMETERS.residence_gap_days))
    until = person("residence_until", period)
    return (until != _NO_DAY) & (until >= moved_since)


def _registered(person: Any, period: Any) -> Any:
    return np.where(_lives_here(person, period), 2, np.where(_moving(person, period), 1, 0))


def _half_year(person: Any, period: Any) -> Any:
    resident_by = np.datetime64(cutoff(_day(period), PARAMETERS.residence_months))
    goes_on = _lives_here(person, period) | _moving(person, period)
    return np.where(goes_on & (person("residence_since", period) <= resident_by), 2, 0)


def _insured(person: Any, period: Any) -> Any:
    first, last = person("insured_from", period), person("insured_through", period)
    covered = np.zeros(len(first), dtype=bool)
    for late in range(PARAMETERS.insurance_arrears_months + 1):
        reach = np.datetime64(month_start(_day(period), -late))
        start = np.datetime64(month_start(_day(period), -late - PARAMETERS.insurance_months + 1))
        covered |= (last >= reach) & (first <= start)
    return np.where(covered, 2, np.where(person("insurance_known", period), 0, 1))


def _adult(person: Any, period: Any) -> Any:
    born = person("born", period)
    adult_if_born_by = np.datetime64(cutoff(_day(period), 12 * PARAMETERS.minor_age))
    return np.where(born == _NO_DAY, 1, np.where(born <= adult_if_born_by, 2, 0))


def _outcome(person: Any, period: Any) -> Any:
    lowest = person(LEAVES[0], period)
    for name in LEAVES[1:]:
        lowest = np.minimum(lowest, person(name, period))
    return lowest


_FORMULAS = (
    _outside_household,
    _paper("application_form"),
    _paper("identity_document"),
    _paper("photo"),
    _representative,
    _registered,
    _half_year,
    _insured,
    _adult,
)


def system() -> TaxBenefitSystem:
    """The tax-benefit system with its inputs, one variable a leaf, and the outcome."""
    built = TaxBenefitSystem([PERSON])
    dispatch = {"set_input": set_input_dispatch_by_period}
    built.add_variable(_variable("household_division", int, default_value=-1, **dispatch))
    for name in PROOFS:
        built.add_variable(_variable(name, int, default_value=1, **dispatch))
    for name in FLAGS:
        built.add_variable(_variable(name, bool, **dispatch))
    for name in DAYS:
        built.add_variable(_variable(name, date, default_value=UNKNOWN, **dispatch))
    for name, formula in zip(LEAVES, _FORMULAS, strict=True):
        built.add_variable(_variable(name, int, formula=formula))
    built.add_variable(_variable("outcome", int, formula=_outcome))
    return built


def simulation(built: TaxBenefitSystem, inputs: dict[str, Any], as_of: date) -> Simulation:
    """A simulation that holds the inputs, one array a variable, and has computed nothing yet."""
    people = len(next(iter(inputs.values())))
    made = SimulationBuilder().build_default_simulation(built, people)
    for name, values in inputs.items():
        made.set_input(name, as_of.isoformat(), values)
    return made


def situation_of(row: dict[str, Any], as_of: date) -> dict[str, Any]:
    """A row of `juzhu.law.columns` as the situation that OpenFisca reads for one person."""
    truth, day, division = {None: 1, False: 0, True: 2}, as_of.isoformat(), row["household_division"]
    values: dict[str, Any] = {"household_division": -1 if division is None else division}
    values |= {name: truth[row[name]] for name in PROOFS} | {name: row[name] for name in FLAGS}
    values |= {name: (row[name] or UNKNOWN).isoformat() for name in DAYS}
    return {"persons": {"applicant": {name: {day: value} for name, value in values.items()}}}


def one_person(built: TaxBenefitSystem, situation: dict[str, Any]) -> Simulation:
    """A simulation of one person, made of a situation as OpenFisca's documentation does."""
    return SimulationBuilder().build_from_dict(built, situation)
