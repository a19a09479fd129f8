"""What people are told: in both languages, in plain words, with the dates that were compared."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from juzhu.law.eligibility import LEAVES, Finding, decide, routes
from juzhu.law.facts import Facts
from juzhu.law.policy import Policy, load
from juzhu.law.tests import people
from juzhu.law.tests.test_cases import CASES
from juzhu.law.wording import day_en

NOTICE, LATEST = load("gongshu-2022"), load("hangzhou-2024")
PROOFS: list[tuple[bool | None, dict[str, str]]] = [
    (True, {}),
    (False, {}),
    (None, {}),
    (None, {"listed_on": "2026-04-01"}),
    (None, {"listed_until": "2026-03-09"}),
]
CHINESE = re.compile(r"[一-鿿]")
SHOWN = {
    "residence_half_year": ("since",),
    "lease_one_year": ("since",),
    "lease_current": (),
    "enrolled_one_year": ("since",),
}


def _findings_of_the_cases() -> list[Finding]:
    cases = [json.loads(line) for line in (CASES / "decide.jsonl").read_text(encoding="utf-8").splitlines()]
    found: list[Finding] = []
    for case in cases:
        if "error" not in case["out"]:
            question = case["in"]
            facts, as_of = Facts.model_validate(question["facts"]), date.fromisoformat(question["as_of"])
            answers = routes(facts, load(question["policy"]), as_of)
            found += [finding for answer in answers.values() for finding in answer.findings]
    return found


def _findings_of_other_ways() -> list[Finding]:
    """What the cases do not ask: other kinds of dwelling, contracts, licences, the list of talents."""
    found: list[Finding] = []
    for policy, (truth, day) in product((LATEST, NOTICE), PROOFS):
        homes: list[Any] = [
            {"tenure": tenure, **dict.fromkeys(names, truth)} for tenure, names in people.OWN_PROOFS.items()
        ]
        leases = [None, {"from": "2026-01-01", "to": "2026-06-30" if truth else "2026-06-29"}]
        homes += [{"tenure": "rented", "lease": lease} for lease in leases]
        for home in homes:
            facts = Facts.model_validate(
                {
                    "person": {},
                    "registrations": [],
                    "dwelling": home,
                    "talent_listing": {"listed": truth, **day},
                    "labour_contract": None if truth is None else {"from": "2025-01-01", "to": "2025-12-31"},
                    "business_licence": {
                        "annual_report": truth,
                        "abnormal": None if truth is None else False,
                    },
                }
            )
            as_of = date(2025, 12, 31) if truth else date(2026, 3, 10)
            for answer in routes(facts, policy, as_of).values():
                found += answer.findings
    return found


def _check(finding: Finding) -> None:
    zh, en = finding.message
    assert CHINESE.search(zh) and not CHINESE.search(en)
    assert zh.endswith("。") and en.endswith(".") and en[0].isupper()
    assert "None" not in zh + en and "  " not in zh + en
    assert len(en.split()) <= 40 and len(zh) <= 70
    for name in SHOWN.get(finding.code, ()):
        compared = getattr(finding, name)
        if compared is not None and finding.state != "unproven" and _goes_on(finding):
            assert compared.isoformat() in zh
            assert day_en(compared) in en


def _goes_on(finding: Finding) -> bool:
    return finding.code != "residence_half_year" or (
        "again" not in finding.message.en and "anew" not in finding.message.en
    )


def test_every_leaf_in_every_state_it_can_have_says_something() -> None:
    findings = _findings_of_the_cases() + _findings_of_other_ways()
    for finding in findings:
        _check(finding)
    states = {(finding.code, finding.state) for finding in findings}
    assert {code for code, _ in states} == set(LEAVES)
    never_unmet = {"application_form", "identity_document", "photo", "representative_identity"}
    assert {code for code, state in states if state == "unmet"} == set(LEAVES) - never_unmet
    never_met = {"minor_employment_excluded", "dwelling_kind_accepted"}
    assert {code for code, state in states if state == "met"} == set(LEAVES) - never_met


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), people.moments(), people.policies, people.routes)
def test_sentences_are_whole_for_anybody(
    data: st.DataObject, as_of: date, policy: Policy, route: Any
) -> None:
    for finding in decide(data.draw(people.facts(as_of)), policy, as_of, route).findings:
        _check(finding)


@pytest.mark.parametrize("leaf", LEAVES.values(), ids=LEAVES)
def test_names_materials_and_fixes_stand_in_both_languages(leaf: Any) -> None:
    for words in (leaf.name, leaf.material, leaf.fix):
        assert CHINESE.search(words.zh) and words.en and not CHINESE.search(words.en)
    assert leaf.fix.zh.endswith("。") and leaf.fix.en.endswith(".")
    assert len(leaf.fix.zh) <= 30


def _insurance_message(runs: list[dict[str, Any]], as_of: date = date(2026, 3, 10)) -> tuple[str, str]:
    facts = Facts.model_validate({"person": {"born": "1990-05-01"}, "registrations": [], "insurance": runs})
    answer = decide(facts, NOTICE, as_of, "employment")
    [message] = [finding.message for finding in answer.findings if finding.code == "insured_one_year"]
    return message


def _run(first: str, last: str, division: str = "330100", back_paid: bool = False) -> dict[str, Any]:
    return {"from": first, "to": last, "division": division, "back_paid": back_paid}


def test_a_missing_month_is_named() -> None:
    zh, en = _insurance_message([_run("2024-01", "2025-08"), _run("2025-10", "2026-02")])
    assert zh == "缺 2025 年 9 月，从 2025 年 10 月重新算起；接着缴，2026-10-01 满 12 个月。"
    assert en == (
        "September 2025 is missing; the count starts again from October 2025,"
        " and the 12 months are complete on 1 October 2026 if you carry on."
    )


def test_months_that_were_paid_but_do_not_count_say_why() -> None:
    back_paid = [
        _run("2025-01", "2025-08"),
        _run("2025-09", "2025-09", back_paid=True),
        _run("2025-10", "2026-02"),
    ]
    assert "2025 年 9 月是补缴的，不算" in _insurance_message(back_paid)[0]
    elsewhere = [_run("2025-01", "2025-09", "330182"), _run("2025-10", "2026-02")]
    assert "was paid elsewhere and does not count" in _insurance_message(elsewhere)[1]
    longest = [
        _run("2024-01", "2024-09"),
        _run("2024-10", "2025-11", "330182"),
        _run("2025-12", "2026-02"),
    ]
    assert _insurance_message(longest)[0] == (
        "2024 年 10 月到 2025 年 11 月不在市区缴，不算；从 2025 年 12 月接着缴，2026-12-01 满 12 个月。"
    )


def test_months_after_the_run_are_named() -> None:
    zh, en = _insurance_message([_run("2024-01", "2025-12")])
    assert zh.startswith("缺 2026 年 1 月到 2026 年 2 月") and en.startswith(
        "From January 2026 to February 2026 is"
    )


def test_half_a_year_in_the_words_of_the_design() -> None:
    facts = Facts.model_validate(
        {"person": {}, "registrations": [{"registered_on": "2025-07-01", "division": "330105"}]}
    )
    answer = decide(facts, NOTICE, date(2025, 12, 1), "study")
    [finding] = [finding for finding in answer.findings if finding.code == "residence_half_year"]
    assert finding.message.zh == "您自 2025-07-01 起在杭州市区登记居住，2026-01-01 满半年。"
    assert finding.message.en == (
        "You have been registered here since 1 July 2025; half a year is complete on 1 January 2026."
    )
    assert (finding.since, finding.needed_by, finding.ready_on) == (
        date(2025, 7, 1),
        date(2025, 6, 1),
        date(2026, 1, 1),
    )
