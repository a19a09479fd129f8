"""Other kinds of dwelling, work shown without a year of insurance, the talent list: packs say which count."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from juzhu.law.eligibility import Answer, decide, outcome_of
from juzhu.law.errors import InvalidPack
from juzhu.law.explain import explanation
from juzhu.law.facts import TENURES, Facts, Route
from juzhu.law.picture import lease_term
from juzhu.law.policy import Policy, available, load, parse
from juzhu.law.tests import people

AS_OF = date(2026, 3, 10)
NOTICE, LATEST = load("gongshu-2022"), load("hangzhou-2024")
PROVED: dict[str, dict[str, Any]] = {
    tenure: {"tenure": tenure, **dict.fromkeys(names, True)} for tenure, names in people.OWN_PROOFS.items()
}


def _facts(**more: Any) -> Facts:
    """Somebody who lacks nothing but a route."""
    return Facts.model_validate(
        {
            "person": {
                "born": "1990-05-01", "household_division": "341221", "application_form": True,
                "identity_document": True, "photo": True,
            },
            "registrations": [{"registered_on": "2025-07-01", "division": "330105"}],
            **more,
        }
    )  # fmt: skip


def _ask(route: Route, policy: Policy = LATEST, as_of: date = AS_OF, **more: Any) -> Answer:
    return decide(_facts(**more), policy, as_of, route)


@pytest.mark.requirement("CF06")
@pytest.mark.parametrize("tenure", people.OWN_PROOFS)
def test_each_kind_is_accepted_by_its_own_proofs_and_by_all_of_them(tenure: str) -> None:
    assert _ask("dwelling", dwelling=PROVED[tenure]).outcome == "accept"
    for name in people.OWN_PROOFS[tenure]:
        missing = _ask("dwelling", dwelling=PROVED[tenure] | {name: None})
        assert (missing.outcome, len(missing.missing), missing.missing_any_of) == ("supplement", 1, None)
        refuted = _ask("dwelling", dwelling=PROVED[tenure] | {name: False})
        assert (refuted.outcome, len(refuted.unmet), refuted.earliest_on) == ("refuse", 1, None)


@pytest.mark.requirement("CF06")
@pytest.mark.parametrize("tenure", people.OWN_PROOFS)
@pytest.mark.parametrize("pack", ["gongshu-2022", "hangzhou-2018", "hangzhou-2023"])
def test_a_pack_without_a_kind_refuses_it_and_says_so(pack: str, tenure: str) -> None:
    answer = _ask("dwelling", load(pack), dwelling=PROVED[tenure])
    assert (answer.outcome, answer.unmet) == ("refuse", ("dwelling_kind_accepted",))
    assert [
        finding.code for finding in answer.findings if finding.code not in load(pack).routes.common.requires
    ][2:] == ["dwelling_kind_accepted"]
    assert answer.earliest_on is None


@pytest.mark.requirement("CF06")
@pytest.mark.parametrize("home", [None, {"tenure": "owned"}, {"tenure": "rented"}])
def test_nobody_else_is_asked_what_kind_it_is(home: Any) -> None:
    codes = {finding.code for finding in _ask("dwelling", NOTICE, dwelling=home).findings}
    assert "dwelling_kind_accepted" not in codes


@pytest.mark.requirement("CF06")
def test_who_says_nothing_of_the_dwelling_is_told_every_kind() -> None:
    ways = _ask("dwelling").missing_any_of
    assert ways is not None and ways[0] == ("owner_title",) and ("relative_title", "kinship") in ways
    assert len(ways) == len(TENURES)
    assert _ask("dwelling", NOTICE).missing_any_of == (
        ("owner_title",),
        NOTICE.routes.dwelling.rented.requires,
    )


@pytest.mark.requirement("CF06")
def test_half_a_year_of_lease_is_enough_in_the_practice_of_2024() -> None:
    rented = {
        "tenure": "rented", "title_proof": True, "lease": {"from": "2026-01-01", "to": "2026-06-30"},
        "commodity_housing": False, "rental_registration": True, "safety_inspection": True,
    }  # fmt: skip
    assert _ask("dwelling", dwelling=rented).outcome == "accept"
    short = rented | {"lease": {"from": "2026-01-01", "to": "2026-06-29"}}
    assert _ask("dwelling", dwelling=short).unmet == ("lease_half_year",)
    assert _ask("dwelling", NOTICE, dwelling=rented).unmet == ("lease_one_year",)


def test_a_home_without_a_lease_has_no_arch_and_says_so() -> None:
    term = lease_term(_facts(dwelling=PROVED["relative"]), LATEST, AS_OF)
    assert term.starts is None and "不看租期" in term.sentence.zh and "no lease" in term.sentence.en


@pytest.mark.requirement("C07", "CF15")
def test_who_is_on_the_list_of_talents_needs_no_half_year_and_no_route() -> None:
    listed = {"registrations": [], "talent_listing": {"listed": True, "listed_on": "2026-03-10"}}
    assert _ask("talent", **listed).outcome == "accept"
    assert _ask("talent", NOTICE, **listed).missing == ("talent_permit",)
    assert _ask("employment", **listed).outcome == "refuse"


@pytest.mark.requirement("C06", "CF15")
def test_either_way_of_a_talent_is_enough() -> None:
    permit = {"valid_until": "2026-03-10"}
    assert _ask("talent", talent_permit=permit).outcome == "accept"
    assert _ask("talent", talent_permit=permit, talent_listing={"listed": False}).outcome == "accept"
    assert _ask("talent", talent_permit=permit, as_of=date(2026, 3, 11)).missing == ("talent_listed",)


@pytest.mark.requirement("CF15")
def test_both_ways_are_named_while_neither_is_known_and_both_refused_when_both_fail() -> None:
    unknown = _ask("talent")
    assert unknown.missing_any_of == (("talent_permit",), ("talent_listed",))
    expired = {"talent_permit": {"valid_until": "2026-03-09"}}
    one = _ask("talent", **expired)
    assert (one.missing, one.unmet, one.missing_any_of) == (("talent_listed",), (), (("talent_listed",),))
    both = _ask("talent", **expired, talent_listing={"listed": False})
    assert (both.outcome, both.unmet) == ("refuse", ("talent_listed", "talent_permit"))


@pytest.mark.requirement("CF15")
def test_a_listing_begins_and_ends_on_its_days() -> None:
    later = {"listed": True, "listed_on": "2026-04-01"}
    expired = {"valid_until": "2026-03-09"}
    answer = _ask("talent", talent_listing=later, talent_permit=expired)
    assert (answer.outcome, answer.earliest_on) == ("refuse", date(2026, 4, 1))
    assert _ask("talent", talent_listing={"listed": True, "listed_until": "2026-03-10"}).outcome == "accept"
    ended = _ask(
        "talent", talent_listing={"listed": True, "listed_until": "2026-03-09"}, talent_permit=expired
    )
    assert (ended.outcome, ended.earliest_on) == ("refuse", None)


@pytest.mark.requirement("CF05")
@pytest.mark.parametrize(
    ("contract", "state"),
    [
        ({"from": "2025-06-01", "to": "2026-05-31"}, "met"),
        ({"from": "2025-06-01", "to": "2026-05-30"}, "unmet"),
        ({"from": "2025-06-01"}, "met"),
        ({"from": "2025-03-10", "to": "2026-03-09"}, "unmet"),
        ({"from": "2026-03-11"}, "unmet"),
        (None, "unproven"),
    ],
)
def test_a_labour_contract_runs_today_for_a_year_or_without_end(contract: Any, state: str) -> None:
    answer = _ask("employment", insurance=[], labour_contract=contract)
    [finding] = [each for each in answer.findings if each.code == "labour_contract_one_year"]
    assert finding.state == state
    assert answer.outcome == ("accept" if state == "met" else "supplement")


@pytest.mark.requirement("CF05")
def test_a_contract_that_begins_later_is_waited_for() -> None:
    refused = {"insurance": [], "business_licence": {"annual_report": False}}
    answer = _ask("employment", labour_contract={"from": "2026-05-01"}, **refused)
    assert (answer.outcome, answer.earliest_on) == ("refuse", date(2026, 5, 1))
    short = {"from": "2026-05-01", "to": "2026-12-31"}
    assert _ask("employment", labour_contract=short, **refused).earliest_on is None


@pytest.mark.requirement("CF05")
@pytest.mark.parametrize(
    ("licence", "outcome"),
    [
        ({"annual_report": True, "abnormal": False}, "accept"),
        ({"annual_report": True, "abnormal": True}, "supplement"),
        ({"annual_report": False, "abnormal": False}, "supplement"),
        ({"annual_report": True}, "supplement"),
    ],
)
def test_a_licence_has_its_report_filed_and_no_abnormal_entry(licence: Any, outcome: str) -> None:
    assert _ask("employment", insurance=[], business_licence=licence).outcome == outcome
    assert _ask("employment", NOTICE, insurance=[], business_licence=licence).outcome == "refuse"


@pytest.mark.requirement("CF05")
def test_an_alternative_that_is_not_needed_is_not_asked_for() -> None:
    """With insurance that is long enough, a supplement for another reason asks for no contract."""
    year = [{"from": "2025-01", "to": "2026-02", "division": "330100", "back_paid": False}]
    without_photo = _facts().person.model_copy(update={"photo": None})
    facts = _facts(insurance=year).model_copy(update={"person": without_photo})
    answer = decide(facts, LATEST, AS_OF, "employment")
    assert answer.missing == ("photo",) and answer.missing_any_of is None
    assert {"labour_contract_one_year", "business_licence"}.isdisjoint(f.code for f in answer.findings)
    minor = _ask("employment", insurance=[], person={"born": "2012-01-01", "household_division": "341221"})
    assert minor.unmet == ("minor_employment_excluded",)


def test_the_rank_risk_stands_in_the_pack() -> None:
    [reading] = [each for each in LATEST.interpretations if each.id == "work_without_a_year_of_insurance"]
    assert "位阶风险" in reading.why.zh and "Rank risk" in reading.why.en
    told = explanation(LATEST)
    assert told["parameters"]["contract_months"]["value"] == 12
    assert "contract_months" not in explanation(NOTICE)["parameters"]


NOTICE_TEXT = 'id = "x"\nextends = "gongshu-2022"\n'


@pytest.mark.parametrize(
    "change",
    [
        '[parameters]\ncontract_months = { value = 12, from = ["notice:2.1.2.1"] }',
        '[routes.employment]\nrequires_any = ["labour_contract_one_year"]\n'
        '[cites]\nlabour_contract_one_year = ["notice:2.1.2.1"]',
        "[routes.talent]\nrequires = []",
        '[routes.dwelling]\nlodging.requires = ["kinship"]',
        '[routes.dwelling]\nlodging.requires = ["host_statement"]',
    ],
)
def test_a_pack_that_asks_halfway_is_refused(change: str) -> None:
    with pytest.raises(InvalidPack):
        parse(NOTICE_TEXT + change)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), people.moments(), st.sampled_from([load(pack) for pack in available()]), people.routes)
def test_the_codes_of_an_answer_are_what_stands_in_its_way(
    data: st.DataObject, as_of: date, policy: Policy, route: Route
) -> None:
    """What is missing or unmet is a finding of that state; there is some exactly when the answer says so."""
    facts = data.draw(people.facts(as_of))
    answer = decide(facts, policy, as_of, route)
    states = {finding.code: finding.state for finding in answer.findings}
    assert all(states[code] == "unproven" for code in answer.missing)
    assert all(states[code] == "unmet" for code in answer.unmet)
    assert bool(answer.missing) == (answer.outcome == "supplement")
    assert bool(answer.unmet) == (answer.outcome == "refuse")
    assert outcome_of(facts, policy, as_of, route) == answer.outcome
