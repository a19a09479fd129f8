"""A case under a pack of choices: what refuses is told, and nothing beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from juzhu.counter.casefile import open_case
from juzhu.evidence.kinds import Kind
from juzhu.permits import casework
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.permits.tests.test_rows_of_c import attest, decided, newcomer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


@pytest.mark.requirement("CF05", "D06")
def test_a_refusal_rests_on_what_refuses_and_on_nothing_beside_it(settings: Any):
    """Short insurance refuses nobody who may still show a contract; half a year that is not over does."""
    settings.JUZHU_POLICY = "hangzhou-2024"
    account = newcomer(date(2026, 1, 1))
    attest(account.person, [(Kind.INSURANCE, {"runs": []})])
    decision = decided(account, "employment")
    states = {finding["code"]: finding["state"] for finding in decision.answer["findings"]}
    assert (decision.outcome, decision.answer["unmet"]) == ("refuse", ["residence_half_year"])
    assert (states["insured_one_year"], states["labour_contract_one_year"]) == ("unmet", "unproven")
    clerk = make.make_officer("clerk")
    case = account.person.applications.get()
    assert [finding.code for finding in open_case(case, TODAY).unmet] == ["residence_half_year"]
    casework.refuse(case, "居住登记还没有满半年。", actor=clerk.actor, today=TODAY)
    case.refresh_from_db()
    assert [row["code"] for row in open_case(case, TODAY).unmet] == ["residence_half_year"]
