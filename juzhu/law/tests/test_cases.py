"""The golden cases of the command line's contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from juzhu.law.lines import Kind, answer_line

CASES = Path(__file__).parent / "cases"


def _cases(kind: str) -> list[Any]:
    lines = (CASES / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    return [pytest.param(kind, case["in"], case["out"], id=case["name"]) for case in map(json.loads, lines)]


def _same(found: Any, expected: Any) -> bool:
    """Equal, and of the same type: true is not 1."""
    return json.dumps(found, sort_keys=True) == json.dumps(expected, sort_keys=True)


@pytest.mark.parametrize(
    ("kind", "question", "expected"), [*_cases("decide"), *_cases("status"), *_cases("deadline")]
)
def test_golden_case(kind: Kind, question: dict[str, Any], expected: dict[str, Any]) -> None:
    raw, valid = answer_line(kind, json.dumps(question).encode(), None)
    answer = json.loads(raw)
    if "error" in expected:
        assert not valid
        assert answer["id"] == question["id"]
        assert set(answer["error"]) == {"code", "message", "path"}
        return
    assert valid
    for key, value in expected.items():
        if key == "findings":
            found = {(finding["code"], finding["state"]) for finding in answer[key]}
            assert found == {(finding["code"], finding["state"]) for finding in value}
        else:
            assert key in answer and _same(answer[key], value), (key, answer.get(key), value)


def test_every_case_was_read() -> None:
    assert [len(_cases(kind)) for kind in ("decide", "status", "deadline")] == [45, 17, 10]
