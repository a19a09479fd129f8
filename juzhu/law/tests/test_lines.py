"""Lines of JSON: strictness, errors, streams."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from juzhu.law.cli import law
from juzhu.law.facts import Facts
from juzhu.law.lines import answer_line
from juzhu.law.tests.test_cases import CASES

EXAMPLE: dict[str, Any] = json.loads((CASES / "decide.jsonl").read_text(encoding="utf-8").splitlines()[0])[
    "in"
]
RENTED = {
    "tenure": "rented",
    "title_proof": True,
    "lease": {"from": "2025-06-01", "to": "2026-05-31"},
    "commodity_housing": None,
}
STATUS: dict[str, Any] = {"id": "s", "as_of": "2026-03-10", "permit": {"issued_on": "2025-03-10"}}


def _put(path: str, value: Any) -> dict[str, Any]:
    """The example with one value put in; `...` takes the key away."""
    line = copy.deepcopy(EXAMPLE)
    place: Any = line
    *steps, last = path.split("/")
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return line


def _answer(line: dict[str, Any], kind: Any = "decide", default: str | None = None) -> dict[str, Any]:
    raw, valid = answer_line(kind, json.dumps(line).encode(), default)
    answer: dict[str, Any] = json.loads(raw)
    assert valid == ("error" not in answer)
    return answer


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("as_of", ...),
        ("as_of", None),
        ("as_of", "2026-3-10"),
        ("as_of", "2026-02-30"),
        ("as_of", "2026-03-10T00:00:00"),
        ("as_of", "20260310"),
        ("as_of", "2026-W11-2"),
        ("as_of", " 2026-03-10"),
        ("as_of", "２０２６-03-10"),
        ("as_of", "1899-12-31"),
        ("as_of", "2200-01-01"),
        ("as_of", 1773100800),
        ("route", "Employment"),
        ("route", None),
        ("id", 7),
        ("policy", "gongshu"),
        ("policy", 1),
        ("facts", None),
        ("facts/person", ...),
        ("facts/registrations", None),
        ("facts/registrations", ...),
        ("facts/registrations/0/division", 330105),
        ("facts/registrations/0/division", "33010"),
        ("facts/registrations/0/division", "330105\n"),
        ("facts/registrations/0/division", "３３０１０５"),
        ("facts/registrations/0/registered_on", None),
        ("facts/registrations/0/ended_on", "2025-06-30"),
        ("facts/registrations/0/ended", None),
        ("facts/insurance/0/back_paid", 0),
        ("facts/insurance/0/back_paid", ...),
        ("facts/insurance/0/from", "2026-03"),
        ("facts/insurance/0/from", "2025-13"),
        ("facts/insurance/0/from", "2025-03-01"),
        ("facts/insurance/0/from_", "2025-03"),
        ("facts/insurance/0/to", "1899-12"),
        ("facts/insurance", {}),
        ("facts/person/photo", 1),
        ("facts/person/photo", "true"),
        ("facts/person/representative", True),
        ("facts/dwelling", {"tenure": "owned", "lease": None}),
        ("facts/dwelling", {"title_proof": True}),
        ("facts/dwelling", {"tenure": "borrowed"}),
        ("facts/dwelling", {"tenure": "rented", "lease": {"from": "2025-06-01"}}),
        ("facts/dwelling", {"tenure": "rented", "lease": {"from": "2025-06-01", "to": "2025-05-31"}}),
        ("facts/study", {"enrolled_on": "2025-09-01", "left_on": "2025-08-31"}),
        ("facts/guardians", [{}]),
        ("facts/guardians", [{"local_household": False, "permit_status": "lapsed"}]),
        ("facts/talent_permit", {"valid": "2027-01-01"}),
    ],
)
def test_invalid_lines(path: str, value: Any) -> None:
    answer = _answer(_put(path, value))
    assert set(answer["error"]) == {"code", "message", "path"}
    assert answer["error"]["message"] and isinstance(answer["error"]["path"], list)
    assert answer.get("id") == (None if path == "id" else "decide-01")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", ...),
        ("id", None),
        ("facts/registrations/0/ended_on", ...),
        ("facts/registrations/0/ended_on", "2025-07-01"),
        ("facts/insurance", ...),
        ("facts/insurance/0/from", "2026-02"),
        ("facts/guardians", None),
        ("facts/guardians", ...),
        ("facts/person", {}),
        ("facts/person/representative", {}),
        ("facts/dwelling", {"tenure": "owned"}),
        ("facts/dwelling", RENTED),
        ("facts/dwelling", {"tenure": "rented", "lease": {"from": "2025-06-01", "to": "2025-06-01"}}),
        ("facts/study", {}),
        ("facts/talent_permit", {}),
    ],
)
def test_valid_lines(path: str, value: Any) -> None:
    answer = _answer(_put(path, value))
    assert answer["outcome"] in {"accept", "supplement", "refuse"}
    assert answer["id"] == (None if path == "id" else "decide-01")


def test_the_path_leads_to_the_value() -> None:
    answer = _answer(_put("facts/dwelling", RENTED | {"commodity_housing": 1}))
    assert answer["error"]["path"] == ["facts", "dwelling", "commodity_housing"]
    assert _answer(_put("facts/insurence", []))["error"]["path"] == ["facts", "insurence"]


def test_policy_of_the_line_before_the_default() -> None:
    line = _put("policy", None)
    assert _answer(line)["error"]["code"] == "policy_missing"
    assert _answer(line, default="hangzhou-2018")["policy"] == "hangzhou-2018"
    assert _answer(EXAMPLE, default="hangzhou-2018")["policy"] == "gongshu-2022"
    assert _answer(_put("policy", "x"))["error"]["code"] == "unknown_policy"


@pytest.mark.parametrize(
    "raw", [b"", b"  \r\n", b"{", b"[]", b"null", b"\xff\xfe", b'{"id": "\\ud800"}', b"1" * 99]
)
def test_what_is_no_line_at_all(raw: bytes) -> None:
    answer, valid = answer_line("decide", raw, "gongshu-2022")
    assert not valid and json.loads(answer)["error"]["code"] in {"invalid_json", "invalid_line"}


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=60) | st.text(max_size=60).map(str.encode),
    st.sampled_from(["decide", "status", "deadline"]),
)
def test_no_input_raises(raw: bytes, kind: Any) -> None:
    answer, valid = answer_line(kind, raw, "gongshu-2022")
    assert valid or "error" in json.loads(answer)


def test_status_lines() -> None:
    assert _answer(STATUS, "status", "gongshu-2022")["status"] == "active"
    nulls = STATUS | {"permit": {"issued_on": "2025-03-10", "endorsed_on": None, "terminated_on": None}}
    assert _answer(nulls, "status", "gongshu-2022")["window"] == {
        "opens": "2026-02-10",
        "closes": "2026-03-10",
    }
    late = STATUS | {"permit": {"issued_on": "2025-03-10", "endorsed_on": ["2025-04-01"]}}
    assert _answer(late, "status", "gongshu-2022")["error"]["path"] == ["permit", "endorsed_on", 0]
    wrong = STATUS | {"permit": {"issued_on": "2025-03-10", "endorsed_on": [20250401]}}
    assert _answer(wrong, "status", "gongshu-2022")["error"]["code"] == "invalid_line"


@pytest.mark.parametrize(
    ("kind", "last_day", "unit", "cite"),
    [
        ("supplement", "2026-04-09", "natural_days", "notice:2.1.3"),
        ("examination", "2026-03-17", "working_days", "licensing-law:32"),
        ("employer_report", "2026-03-13", "working_days", "zhejiang-2016:8"),
        ("landlord_report", "2026-03-13", "working_days", "zhejiang-2016:9"),
        ("property_report", "2026-03-13", "working_days", "zhejiang-2016:10"),
        ("agency_report", "2026-03-13", "working_days", "zhejiang-2016:11"),
        ("registration", "2026-03-13", "working_days", "hangzhou-2018:9"),
        ("issuance", "2026-03-25", "natural_days", "zhejiang-2016:18"),
    ],
)
def test_deadlines(kind: str, last_day: str, unit: str, cite: str) -> None:
    answer = _answer({"kind": kind, "event_on": "2026-03-10"}, "deadline", "gongshu-2022")
    assert (answer["last_day"], answer["unit"], answer["cites"]) == (last_day, unit, [cite])


def test_a_deadline_nobody_knows_is_an_error() -> None:
    assert "error" in _answer({"kind": "appeal", "event_on": "2026-03-10"}, "deadline", "gongshu-2022")


def test_answers_come_in_order_and_one_bad_line_ends_with_status_1() -> None:
    good = json.dumps(EXAMPLE)
    done = CliRunner().invoke(law, ["decide"], input=f"{good}\n\n{good}\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert ["error" in answer for answer in answers] == [False, True, False]
    assert done.exit_code == 1
    assert CliRunner().invoke(law, ["decide"], input=f"{good}\n").exit_code == 0
    assert CliRunner().invoke(law, ["status"], input="").exit_code == 0


def test_default_policy_of_the_command() -> None:
    line = json.dumps({"kind": "change", "event_on": "2026-09-21"})
    done = CliRunner().invoke(law, ["deadline", "--policy", "gongshu-2022"], input=line)
    assert json.loads(done.stdout)["last_day"] == "2026-10-08" and done.exit_code == 0
    assert CliRunner().invoke(law, ["deadline"], input=line).exit_code == 1
    assert CliRunner().invoke(law, ["deadline", "--policy", "nowhere"], input=line).exit_code == 2


def test_facts_survive_the_round_trip() -> None:
    for line in (CASES / "decide.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if "error" not in case["out"]:
            facts = Facts.model_validate(case["in"]["facts"])
            assert Facts.model_validate(facts.as_json()) == facts
            assert Facts.model_validate_json(json.dumps(facts.as_json())) == facts
