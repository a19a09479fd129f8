"""One decision at a time: against OpenFisca, against a bare Python function, and as lines of JSON.

`python -m benchmarks.law.bench_decide`
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.law.openfisca_rules import LEAVES, one_person, situation_of, system
from juzhu.law.calendar import cutoff, month_start
from juzhu.law.columns import flatten
from juzhu.law.eligibility import decide, outcome_of, weigh_route
from juzhu.law.facts import Facts
from juzhu.law.lines import answer_line
from juzhu.law.policy import load

Row = dict[str, Any]
CASES = Path(__file__).parents[2] / "juzhu" / "law" / "tests" / "cases" / "decide.jsonl"
POLICY = load("gongshu-2022")
AREA = frozenset(POLICY.parameters.urban_area + POLICY.parameters.urban_area_former)
WORDS = {0: "refuse", 1: "supplement", 2: "accept"}
STATES = {0: "unmet", 1: "unproven", 2: "met"}
ROUNDS = 7


def _questions() -> list[dict[str, Any]]:
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    return [case["in"] for case in cases if "error" not in case["out"]]


def _seconds(call: Callable[[], object], times: int) -> float:
    """Seconds a call, over so many calls in a row."""
    began = time.perf_counter()
    for _ in range(times):
        call()
    return (time.perf_counter() - began) / times


def bare(facts: Facts, as_of: date) -> str:
    """The employment route written down by hand for one registration and one run: an outcome, no reasons."""
    person = facts.person
    truths: list[bool | None] = [
        None if person.household_division is None else person.household_division not in AREA,
        person.application_form or None,
        person.identity_document or None,
        person.photo or None,
    ]
    if person.representative is not None:
        truths.append(person.representative.identity_document or None)
    [registration] = facts.registrations
    truths.append(registration.ended_on is None or registration.ended_on >= as_of)
    truths.append(registration.registered_on <= cutoff(as_of, 6))
    if facts.insurance is None:
        truths.append(None)
    else:
        [run] = facts.insurance
        this, last = month_start(as_of), month_start(as_of, -1)
        enough = (run.to >= this and run.from_ <= month_start(as_of, -11)) or (
            run.to >= last and run.from_ <= month_start(as_of, -12)
        )
        truths.append(enough and not run.back_paid and run.division in AREA)
    truths.append(None if person.born is None else person.born <= cutoff(as_of, 192))
    return "refuse" if False in truths else "supplement" if None in truths else "accept"


def _assert_equal(built: Any) -> None:
    """OpenFisca's rules give the same outcome and the same findings on every case."""
    for question in _questions():
        facts, as_of = Facts.model_validate(question["facts"]), date.fromisoformat(question["as_of"])
        asked = one_person(built, situation_of(flatten(facts, POLICY, as_of), as_of))
        found = decide(facts, POLICY, as_of, "employment")
        assert WORDS[int(asked.calculate("outcome", as_of.isoformat())[0])] == found.outcome
        for finding in found.findings:
            assert STATES[int(asked.calculate(f"leaf_{finding.code}", as_of.isoformat())[0])] == finding.state


def run(scale: float = 1.0) -> list[Row]:
    """Median of several rounds, side by side in each. `scale` changes how often a round repeats."""
    built = system()
    _assert_equal(built)
    question = _questions()[0]
    facts, as_of = Facts.model_validate(question["facts"]), date.fromisoformat(question["as_of"])
    assert bare(facts, as_of) == outcome_of(facts, POLICY, as_of, "employment") == "accept"
    day, situation = as_of.isoformat(), situation_of(flatten(facts, POLICY, as_of), as_of)

    def openfisca() -> object:
        asked = one_person(built, situation)
        return [asked.calculate(name, day) for name in (*LEAVES, "outcome")]

    lines = [json.dumps(each).encode() for each in _questions()]
    calls: dict[str, tuple[Callable[[], object], int]] = {
        "weighed": (lambda: weigh_route(facts, POLICY, as_of, "employment"), 800),
        "explained": (lambda: decide(facts, POLICY, as_of, "employment").as_json(), 400),
        "bare": (lambda: bare(facts, as_of), 2000),
        "openfisca": (openfisca, 10),
        "lines": (lambda: [answer_line("decide", line, None) for line in lines], 10),
    }
    rounds: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, (call, times) in calls.items():
            rounds[name].append(_seconds(call, max(1, round(times * scale))))
    took = {name: median(seconds) * 1e6 for name, seconds in rounds.items()}
    return _rows(took, len(lines))


def _rows(took: dict[str, float], lines: int) -> list[Row]:
    weighed, explained, openfisca = took["weighed"], took["explained"], took["openfisca"]
    bare_took, per_second = took["bare"], lines / took["lines"] * 1e6
    return [
        {
            "name": "law: one route decided with all findings, against OpenFisca",
            "ours": round(weighed, 1),
            "peer": round(openfisca, 1),
            "ratio": round(openfisca / weighed, 1),
            "goal": 50,
            "unit": "µs, ratio peer/ours",
            "note": "both from facts in memory to the outcome and every leaf's state, employment route",
        },
        {
            "name": "law: the whole answer in two languages, against the same",
            "ours": round(explained, 1),
            "peer": round(openfisca, 1),
            "ratio": round(openfisca / explained, 1),
            "goal": None,
            "unit": "µs, ratio peer/ours",
            "note": "ours adds three other routes, the earliest day and sentences in two languages",
        },
        {
            "name": "law: one decision against a bare function",
            "ours": round(weighed, 1),
            "peer": round(bare_took, 1),
            "ratio": round(bare_took / weighed, 3),
            "goal": None,
            "unit": "µs, ratio peer/ours",
            "note": "the bare function knows one route, one registration and one run, and gives no reasons",
        },
        {
            "name": "law: lines parsed, decided and written",
            "ours": round(per_second),
            "peer": None,
            "ratio": round(per_second / 10_000, 2),
            "goal": 10_000,
            "unit": "lines/s a core",
            "note": "the golden cases in turn, with all findings and sentences; ratio is to the goal",
        },
    ]


if __name__ == "__main__":
    for line in run():
        print(json.dumps(line, ensure_ascii=False))
