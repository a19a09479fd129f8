"""A policy to be read: everything in the pack is printed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from juzhu.law.cli import law
from juzhu.law.eligibility import LEAVES
from juzhu.law.policy import available, cite_label, load


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("policy_id", available())
def test_everything_of_the_pack_is_printed(policy_id: str, lang: Any) -> None:
    done = CliRunner().invoke(law, ["explain", policy_id, "--lang", lang], env={"COLUMNS": "300"})
    assert done.exit_code == 0
    policy = load(policy_id)
    expected = [policy.title.text.in_(lang), *policy.parameters.given, *policy.routes.all()]
    expected += [LEAVES[code].name.in_(lang) for code in policy.routes.all()]
    expected += [cite_label(cite, lang) for cites in policy.provisions.values() for cite in cites]
    expected += [source.title.text.in_(lang) for source in policy.sources]
    expected += [text.text.in_(lang) for each in policy.interpretations for text in (each.reading, each.why)]
    assert [words for words in expected if words not in done.stdout] == []


def test_as_json() -> None:
    done = CliRunner().invoke(law, ["explain", "hangzhou-2018", "--json"])
    told = json.loads(done.stdout)
    assert told["parameters"]["insurance_months"] == {
        "value": 1,
        "provisions": [
            {"cite": "hangzhou-2018:16", "zh": "市规定 第十六条", "en": "City Regulation art. 16"}
        ],
    }
    assert [node["code"] for node in told["tree"]["talent"]["all_of"][1]["all_of"]] == ["talent_permit"]
    assert "insured_now" in json.dumps(told["tree"]) and "lease_one_year" not in json.dumps(told["tree"])


def test_a_policy_nobody_knows() -> None:
    done = CliRunner().invoke(law, ["explain", "nowhere"])
    assert done.exit_code == 1 and "gongshu-2022" in done.stderr
