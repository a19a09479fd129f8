"""Packs: what they must hold, and what is an error."""

from __future__ import annotations

import ast
from importlib.resources import files
from pathlib import Path

import pytest

from juzhu.law.conditions import leaves
from juzhu.law.eligibility import LEAVES, tree
from juzhu.law.errors import InvalidPack, UnknownPolicy
from juzhu.law.facts import ROUTES
from juzhu.law.policy import Parameters, available, cite_label, load, parse

LAW = Path(__file__).parents[1]
NOTICE = files("juzhu.law").joinpath("policies", "gongshu-2022.toml").read_text(encoding="utf-8")


def test_the_packs_shipped() -> None:
    assert available() == ("gongshu-2022", "hangzhou-2018", "hangzhou-2023", "hangzhou-2024")
    assert {load(policy_id).status for policy_id in available()} == {"draft", "in_force", "illustrative"}
    with pytest.raises(UnknownPolicy):
        load("../pyproject")


def test_every_leaf_is_required_somewhere_and_every_required_leaf_is_code() -> None:
    required = frozenset().union(*(load(policy_id).routes.all() for policy_id in available()))
    assert required == set(LEAVES)
    assert all(leaf.cites for leaf in LEAVES.values())


@pytest.mark.parametrize("policy_id", available())
def test_tree_holds_what_the_pack_requires_in_its_order(policy_id: str) -> None:
    policy = load(policy_id)
    for route in ROUTES:
        assert tuple(leaf.code for leaf in leaves(tree(policy, route))) == policy.routes.of(route)


def test_every_parameter_is_read_by_code() -> None:
    read = {
        node.attr
        for path in LAW.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert set(Parameters.model_fields) <= read


def test_differences_between_packs_are_those_of_the_contract() -> None:
    notice, later, city = (
        load(policy_id).parameters for policy_id in ("gongshu-2022", "hangzhou-2023", "hangzhou-2018")
    )

    def changed(other: Parameters) -> dict[str, object]:
        ours = notice.model_dump()
        return {name: value for name, value in other.model_dump().items() if value != ours[name]}

    assert changed(later) == {"minor_guardian_permits": "any"}
    assert changed(city) == {
        "insurance_months": 1,
        "back_paid_counts": True,
        "late_endorsement": "exclude_gap",
    }


@pytest.mark.parametrize(
    ("found", "put"),
    [
        ("residence_months = ", "residence_month = "),
        ("minor_age = { value = 16", "minor_age = { value = true"),
        ("minor_age = { value = 16,", "minor_age = { value = 16, note = 1,"),
        ('status = "draft"', 'status = "planned"'),
        ('status = "draft"', 'status = "draft"\nauthor = "x"'),
        ('value = "restart"', 'value = "forgive"'),
        ('talent.requires = ["talent_permit"]', 'talent.requires = ["photo"]'),
        ('photo = ["notice:2.1.3", "zhejiang-2016:17"]', ""),
        ('photo = ["notice:2.1.3", "zhejiang-2016:17"]', 'photo = ["nowhere:1"]'),
        ('parameters = ["minor_age"]', 'parameters = ["minor_ages"]'),
        ('not_stayed = ["penalty-law:73"]', ""),
        ('not_stayed = ["penalty-law:73"]', 'not_stayed = ["penalty-law:73"]\nstayed = []'),
        ('"litigation-law:46"', '"no-such-law:46"'),
        ("length = 60,", "length = 0,"),
        ("endorsement_window_months = { value = 1,", "endorsement_window_months = { value = 12,"),
        (
            'id = "gongshu-2022"',
            'id = "gongshu-2022"\nextends = "gongshu-2022"\nwithout = { cites = ["absent"] }',
        ),
        ('id = "gongshu-2022"', "id = "),
    ],
)
def test_a_pack_that_is_not_whole_is_refused(found: str, put: str) -> None:
    assert found in NOTICE
    with pytest.raises(InvalidPack):
        parse(NOTICE.replace(found, put, 1))


def test_a_pack_may_extend_shipped_ones_only() -> None:
    with pytest.raises(UnknownPolicy):
        parse('id = "x"\nextends = "y"')


def test_variant_changes_parameters_only() -> None:
    policy = load("gongshu-2022").variant("what-if", lease_months=6)
    assert (policy.id, policy.parameters.lease_months, policy.parameters.study_months) == ("what-if", 6, 12)
    with pytest.raises(InvalidPack):
        load("gongshu-2022").variant("what-if", lease_month=6)


@pytest.mark.parametrize(
    ("cite", "zh", "en"),
    [
        ("notice:2.1.2.2", "通知 二(一)2(2)", "Notice 2(1)2(2)"),
        ("notice:annex.3", "通知 附件3", "Notice annex 3"),
        ("zhejiang-2016:16", "省条例 第十六条", "Provincial Regulation art. 16"),
        ("hangzhou-2018:20.2", "市规定 第二十条第二款", "City Regulation art. 20(2)"),
        ("hangzhou-2018:17.1.3", "市规定 第十七条第一款第三项", "City Regulation art. 17(1)(3)"),
        ("state-council-663:18.0.1", "居住证条例 第十八条第一项", "Residence Permit Regulations art. 18(1)"),
        ("civil-code:202", "民法典 第二百零二条", "Civil Code art. 202"),
        ("civil-code:1259", "民法典 第一千二百五十九条", "Civil Code art. 1259"),
        ("gbt-2260", "GB/T 2260", "GB/T 2260"),
        ("elsewhere:1", "elsewhere:1", "elsewhere:1"),
    ],
)
def test_cite_label(cite: str, zh: str, en: str) -> None:
    assert (cite_label(cite, "zh"), cite_label(cite, "en")) == (zh, en)


def test_every_cite_of_every_pack_has_a_label() -> None:
    for policy in map(load, available()):
        assert all(
            cite_label(cite, "zh") != cite != cite_label(cite, "en") for cite in policy.cited if ":" in cite
        )
