"""Looking ahead: while everything continues no decision gets worse, and `earliest_on` is the first day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from juzhu.law.calendar import add_months, month_start
from juzhu.law.conditions import choices, leaves
from juzhu.law.cutoffs import cutoffs, month_number
from juzhu.law.eligibility import decide, outcome_of, tree
from juzhu.law.facts import Facts, Route
from juzhu.law.policy import Policy
from juzhu.law.row import contributed, reaching_run
from juzhu.law.tests import people

RANK = {"refuse": 0, "supplement": 1, "accept": 2}
SETTINGS = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def _insured_on(runs: Any, facts: Any, policy: Policy, as_of: date, later: date) -> Any:
    """Contributions as they will be: nothing posted ahead, and a run that reaches the day is paid on."""
    if runs is None:
        return None
    on = cutoffs(policy, as_of)
    known = [
        run | {"to": min(run["to"], as_of.isoformat()[:7])}
        for run in runs
        if run["from"] <= as_of.isoformat()[:7]
    ]
    run = reaching_run(contributed(facts, on), on)
    arrears = policy.parameters.insurance_arrears_months
    if run is not None and run[1] >= on.month - arrears:
        to = month_start(later, -arrears)
        if month_number(to) > run[1]:
            paid = {"from": month_start(as_of, -arrears).isoformat()[:7], "to": to.isoformat()[:7]}
            known.append(paid | {"division": "330105", "back_paid": False})
    return known


def continued(facts: Facts, policy: Policy, as_of: date, later: date) -> Facts:
    """The facts on a later day if whatever holds on `as_of` goes on and nothing else happens."""
    whole, passed = facts.as_json(), later - as_of
    moved_since = as_of - timedelta(days=policy.parameters.residence_gap_days)
    today, far = as_of.isoformat(), "2199-12-31"
    kept = [each for each in whole["registrations"] if each["registered_on"] <= today]
    for each in kept:
        if each["ended_on"] is not None and each["ended_on"] >= today:
            each["ended_on"] = None
        elif each["ended_on"] is not None and each["ended_on"] >= moved_since.isoformat():
            each["ended_on"] = (date.fromisoformat(each["ended_on"]) + passed).isoformat()
    whole["registrations"] = kept
    whole["insurance"] = _insured_on(whole["insurance"], facts.insurance or [], policy, as_of, later)
    for each, guardian in zip(whole["guardians"], facts.guardians, strict=True):
        each["insurance"] = _insured_on(each["insurance"], guardian.insurance or [], policy, as_of, later)
    if (whole["dwelling"] or {}).get("lease") and whole["dwelling"]["lease"]["to"] >= today:
        whole["dwelling"]["lease"]["to"] = max(whole["dwelling"]["lease"]["to"], later.isoformat())
    if whole["study"] and whole["study"]["left_on"] and whole["study"]["left_on"] >= today:
        whole["study"]["left_on"] = None
    if whole["talent_permit"] and (whole["talent_permit"]["valid_until"] or "") >= today:
        whole["talent_permit"]["valid_until"] = far
    if whole["talent_listing"] and (whole["talent_listing"]["listed_until"] or "") >= today:
        whole["talent_listing"]["listed_until"] = far
    contract = facts.labour_contract
    running = contract is not None and contract.to is not None and contract.to >= as_of
    # A contract that is too short is made no longer by time.
    if running and add_months(contract.from_, 12) <= contract.to + timedelta(days=1):
        whole["labour_contract"]["to"] = far
    return Facts.model_validate(whole)


@SETTINGS
@given(st.data(), people.moments(), people.policies, people.routes, st.integers(0, 1500))
def test_no_decision_gets_worse_while_everything_continues(
    data: st.DataObject, as_of: date, policy: Policy, route: Route, passed: int
) -> None:
    facts, later = data.draw(people.facts(as_of)), as_of + timedelta(days=passed)
    before = outcome_of(facts, policy, as_of, route)
    after = outcome_of(continued(facts, policy, as_of, later), policy, later, route)
    assert RANK[after] >= RANK[before]


@SETTINGS
@given(st.data(), people.moments(), people.policies, people.routes, st.integers(1, 2000))
def test_earliest_on_is_the_first_day_that_is_not_refused(
    data: st.DataObject, as_of: date, policy: Policy, route: Route, passed: int
) -> None:
    facts = data.draw(people.facts(as_of))
    answer = decide(facts, policy, as_of, route)
    assume(answer.outcome == "refuse")

    def refused_on(day: date) -> bool:
        return outcome_of(continued(facts, policy, as_of, day), policy, day, route) == "refuse"

    if answer.earliest_on is None:
        # A short lease is made longer only by the simulation, never by time.
        short_lease = {"lease_one_year", "lease_half_year"} & set(answer.unmet)
        assert short_lease or refused_on(as_of + timedelta(days=passed))
        return
    assert answer.earliest_on > as_of
    assert not refused_on(answer.earliest_on)
    assert refused_on(answer.earliest_on - timedelta(days=1))


@SETTINGS
@given(st.data(), people.moments(), people.policies, people.routes)
def test_ready_on_agrees_with_the_state(
    data: st.DataObject, as_of: date, policy: Policy, route: Route
) -> None:
    answer = decide(data.draw(people.facts(as_of)), policy, as_of, route)
    for finding in answer.findings:
        if finding.state == "met":
            assert finding.ready_on == as_of
        elif finding.state == "unproven":
            assert finding.ready_on is None
        else:
            assert finding.ready_on is None or finding.ready_on > as_of
    unmet = [finding for finding in answer.findings if finding.state == "unmet"]
    if answer.earliest_on is not None:
        beside = {leaf.code for choice in choices(tree(policy, route)) for leaf in leaves(choice)}
        alone = [finding.ready_on for finding in unmet if finding.code not in beside and finding.ready_on]
        either = [finding.ready_on for finding in unmet if finding.code in beside and finding.ready_on]
        needed = [min(either)] if beside & set(answer.unmet) else []
        assert answer.earliest_on == max(alone + needed)


@SETTINGS
@given(st.data(), people.moments(), people.policies)
def test_insurance_by_counting_months_one_by_one(data: st.DataObject, as_of: date, policy: Policy) -> None:
    facts, p = data.draw(people.facts(as_of)), policy.parameters
    alone = facts.model_copy(update={"labour_contract": None, "business_licence": None})
    [finding] = [
        each
        for each in decide(alone, policy, as_of, "employment").findings
        if each.code.startswith("insured")
    ]
    if facts.insurance is None:
        assert finding.state == "unproven"
        return
    counted = {
        month
        for run in facts.insurance
        if run.division in p.urban_area + p.urban_area_former and (p.back_paid_counts or not run.back_paid)
        for month in range(month_number(run.from_), month_number(run.to) + 1)
    }
    now, needed = month_number(as_of), p.insurance_months
    ends = [now - late for late in range(p.insurance_arrears_months + 1)]
    long_enough = any(all(last - n in counted for n in range(needed)) for last in ends)
    assert finding.state == ("met" if long_enough else "unmet")
