"""The arch says what the law counted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juzhu.law.facts import Facts
from juzhu.law.lifecycle import PermitDates, status
from juzhu.law.picture import Term, insurance_term, lease_term, residence_term, validity_term
from juzhu.law.policy import Policy, load
from juzhu.law.tests import people

NOTICE = load("gongshu-2022")
AS_OF = date(2026, 3, 10)


def _facts(**more: Any) -> Facts:
    return Facts.model_validate({"person": {}, "registrations": []} | more)


def _states(term: Term) -> list[str]:
    return [stone.state for stone in term.months]


def test_half_a_year_of_six_stones() -> None:
    term = residence_term(
        _facts(registrations=[{"registered_on": "2025-11-01", "division": "330105"}]), NOTICE, AS_OF
    )
    assert _states(term) == ["laid"] * 4 + ["part", "todo"]
    assert term.months[4].fraction == pytest.approx(9 / 31)
    assert [stone.label.zh for stone in term.months] == ["11月", "12月", "1月", "2月", "3月", "4月"]
    assert (term.starts, term.ends) == (date(2025, 11, 1), date(2026, 5, 1))
    assert (term.headline, term.unit.zh, term.caption.zh) == (52, "天", "还差")
    assert term.today_position == pytest.approx((4 + 9 / 31) / 6)
    assert term.sentence.zh == "共 6 块石，已铺好 4 块。2025-11-01 登记，2026-05-01 满半年。"


def test_half_a_year_complete_and_not_begun() -> None:
    done = residence_term(
        _facts(registrations=[{"registered_on": "2024-11-01", "division": "330105"}]), NOTICE, AS_OF
    )
    assert _states(done) == ["laid"] * 6 and done.today_position is None and done.headline == 6
    none = residence_term(_facts(), NOTICE, AS_OF)
    assert _states(none) == ["todo"] * 6 and none.starts is None


def test_a_missing_month_is_a_missing_stone() -> None:
    runs = [
        {"from": "2024-01", "to": "2025-08", "division": "330100", "back_paid": False},
        {"from": "2025-10", "to": "2026-02", "division": "330100", "back_paid": False},
    ]
    term = insurance_term(_facts(insurance=runs), NOTICE, AS_OF)
    assert _states(term) == ["void"] * 6 + ["gap"] + ["laid"] * 5
    assert [stone.label.zh for stone in term.months][5:8] == ["8", "缺", "10"]
    assert (term.headline, term.unit.zh) == (5, "/ 12")
    assert (term.starts, term.ends) == (date(2025, 3, 1), date(2026, 2, 1))
    assert "缺 2025 年 9 月" in term.sentence.zh and "September 2025 missing" in term.sentence.en


def test_insurance_that_is_unknown_or_none() -> None:
    assert "not known" in insurance_term(_facts(), NOTICE, AS_OF).sentence.en
    assert _states(insurance_term(_facts(insurance=[]), NOTICE, AS_OF)) == ["todo"] * 12


@pytest.mark.parametrize(
    ("ends", "laid", "months"), [("2026-10-19", 12, 12), ("2026-10-18", 11, 11), ("2027-10-19", 12, 24)]
)
def test_a_lease_is_its_contract(ends: str, laid: int, months: int) -> None:
    lease = {"tenure": "rented", "lease": {"from": "2025-10-20", "to": ends}}
    term = lease_term(_facts(dwelling=lease), NOTICE, AS_OF)
    assert _states(term).count("laid") == laid and term.headline == months
    assert (term.starts, term.ends) == (date(2025, 10, 20), date.fromisoformat(ends))
    assert term.today_position is not None and 0 < term.today_position < 1
    assert term.caption.zh.startswith("合同期，够" if laid == 12 else "合同期，不够")


def test_no_lease_no_arch() -> None:
    assert lease_term(_facts(dwelling={"tenure": "owned"}), NOTICE, AS_OF).starts is None


def test_a_permits_year_ends_in_its_window() -> None:
    permit = PermitDates(date(2026, 5, 26))
    as_of = date(2026, 6, 18)
    term = validity_term(status(permit, NOTICE, as_of), NOTICE, as_of)
    assert _states(term) == ["part"] + ["todo"] * 10 + ["last"]
    assert (term.headline, term.unit.zh, term.caption.zh) == (312, "天", "后可以签注")
    assert (term.starts, term.ends) == (date(2026, 5, 26), date(2027, 5, 26))
    in_window = date(2027, 5, 20)
    term = validity_term(status(permit, NOTICE, in_window), NOTICE, in_window)
    assert (term.headline, term.caption.en) == (6, "left to endorse")
    suspended = date(2027, 8, 1)
    assert validity_term(status(permit, NOTICE, suspended), NOTICE, suspended).caption.zh == "已中止"


@settings(max_examples=80, deadline=None)
@given(st.data(), people.moments(), people.policies)
def test_every_arch_stands(data: st.DataObject, as_of: date, policy: Policy) -> None:
    facts, p = data.draw(people.facts(as_of)), policy.parameters
    wanted = {
        residence_term: p.residence_months,
        insurance_term: p.insurance_months,
        lease_term: p.lease_months,
    }
    for draw, stones in wanted.items():
        term = draw(facts, policy, as_of)
        assert len(term.months) == stones
        assert all(0 <= stone.fraction <= 1 for stone in term.months)
        assert term.today_position is None or 0 <= term.today_position <= 1
        assert term.headline >= 0 and term.sentence.zh and term.sentence.en
