"""The fold over values and the fold over columns are one and the same law."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from juzhu.law.columns import SCHEMA, columns, flatten, outcome, table
from juzhu.law.conditions import choices, leaves
from juzhu.law.eligibility import routes as decide_routes
from juzhu.law.eligibility import tree
from juzhu.law.facts import ROUTES, Facts, Purpose
from juzhu.law.policy import Policy, available, load
from juzhu.law.row import Row
from juzhu.law.tests import people

WORDS = {True: "met", None: "unproven", False: "unmet"}
BATCH = 12


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.data(), people.moments(), people.policies, st.sampled_from(["permit", "endorsement"]))
def test_folds_agree_row_for_row(data: st.DataObject, as_of: date, policy: Policy, purpose: Purpose) -> None:
    crowd = [data.draw(people.facts(as_of)) for _ in range(BATCH)]
    frame = table([flatten(facts, policy, as_of) for facts in crowd])
    decided = [decide_routes(facts, policy, as_of, purpose) for facts in crowd]
    for route in ROUTES:
        by_leaf = columns(policy, as_of, route, purpose)
        found = frame.select(*by_leaf.values(), outcome(policy, as_of, route, purpose))
        for row, answers in zip(found.iter_rows(named=True), decided, strict=True):
            answer = answers[route]
            assert row.pop("outcome") == answer.outcome
            shown = {finding.code: finding.state for finding in answer.findings}
            folded = {code: WORDS[truth] for code, truth in row.items()}
            assert {code: folded[code] for code in shown} == shown
            hidden = {code: state for code, state in folded.items() if code not in shown}
            for choice in choices(tree(policy, route, purpose)):
                idle = [leaf.code for leaf in leaves(choice) if leaf.code in hidden]
                assert not idle or "met" in {folded[leaf.code] for leaf in leaves(choice)}
                for code in idle:
                    hidden.pop(code)
            home_unknown = route == "dwelling" and "owner_title" not in shown and "landlord_title" in shown
            assert set(hidden.values()) <= ({"met", "unproven"} if home_unknown else {"met"})


@pytest.mark.parametrize("policy_id", available())
def test_schema_is_the_row(policy_id: str) -> None:
    nothing = Facts.model_validate({"person": {}, "registrations": []})
    row = flatten(nothing, load(policy_id), date(2026, 3, 10))
    assert tuple(row) == Row._fields == tuple(SCHEMA)
    assert table([row]).schema == pl.Schema(SCHEMA)


def test_a_column_that_no_table_has_is_refused() -> None:
    from juzhu.law.columns import _ROW

    with pytest.raises(AttributeError):
        _ = _ROW.misspelt
