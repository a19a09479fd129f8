"""The table of rules finds the tests that prove them, and says when one has none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
import requirements_table as table

ROWS = {
    "sections": {"C": {"zh": "条件", "en": "conditions"}, "F": {"zh": "证", "en": "permit"}},
    "sources": {"notice": {"zh": "通知", "en": "Notice"}},
    "C01": {"zh": "半年", "en": "half a year", "source": ["notice:2.1.2"]},
    "C02": {"zh": "社保", "en": "insurance", "source": ["notice:2.1.2.1"]},
    "F01": {"zh": "效力", "en": "force", "source": ["notice:2.2.1"]},
}
MARKED = """
import pytest
pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F01")]

@pytest.mark.requirement("C01", "C02")
@pytest.mark.parametrize("n", [pytest.param(1, marks=pytest.mark.requirement("C03"))])
def test_one(n): ...

class TestMany:
    @pytest.mark.requirement("C04")
    def test_two(self): ...

def helper(): ...
"""


def found_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> dict[str, set[str]]:
    monkeypatch.setattr(table, "ROOT", tmp_path)
    path = tmp_path / "test_x.py"
    path.write_text(source)
    return dict(table.tests_in(path))


def test_marks_on_functions_parameters_classes_and_modules_are_read(tmp_path, monkeypatch):
    assert found_in(tmp_path, monkeypatch, MARKED) == {
        "test_x.py::test_one": {"C01", "C02", "C03", "F01"},
        "test_x.py::TestMany::test_two": {"C04", "F01"},
    }


def test_a_row_is_named_by_a_plain_text(tmp_path, monkeypatch):
    with pytest.raises(ValueError, match="line 2"):
        found_in(tmp_path, monkeypatch, "\n@pytest.mark.requirement(ROW)\ndef test_x(): ...\n")


def test_a_condition_without_a_test_and_a_test_without_a_row_are_faults():
    found = {"C01": ["a::test_a"], "C9": ["a::test_b"]}
    assert list(table.faults(ROWS, found)) == [
        "a::test_b names row C9, which is not in requirements.toml",
        "row C02 has no test: insurance",
    ]
    excused = {**ROWS, "C02": {**ROWS["C02"], "no_test": {"zh": "无", "en": "none"}}}
    assert "row C02 must be proved by a test" in list(table.faults(excused, found))


def test_the_page_names_rule_source_and_proof_in_two_languages():
    page = table.page(ROWS, {"C01": ["a::test_a", "b::test_b"]})
    assert "| C01 | 半年<br>half a year | 通知 2.1.2 (Notice) | `a::test_a`<br>`b::test_b` |" in page
    assert "| F01 | 效力<br>force | 通知 2.2.1 (Notice) | no test yet |" in page


def test_a_row_of_no_section_is_not_silently_left_out():
    lost = {**ROWS, "B01": {"zh": "报送", "en": "reports", "source": ["notice:2.1.1"]}}
    assert any("row B01 is in no section" in one for one in table.faults(lost, {}))
    assert not any("no section" in one for one in table.faults(ROWS, {}))
