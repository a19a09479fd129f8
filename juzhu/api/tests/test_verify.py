"""Checking a permit by program: six outcomes, and no more personal data than a masked name."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from juzhu.credentials import checks
from juzhu.operations import clock
from juzhu.operations.actors import SYSTEM
from juzhu.permits import issuing
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


@pytest.fixture
def ask(client: Client) -> Callable[[str], dict[str, object]]:
    def verify(code: str) -> dict[str, object]:
        response = client.post("/api/v1/verify", {"code": code}, content_type="application/json")
        assert response.status_code == 200
        answer: dict[str, object] = response.json()
        return answer

    return verify


def test_a_good_permit_is_valid_and_says_little_of_its_holder(ask):
    permit = make.issued()
    answer = ask(checks.show(permit, clock.now()))
    assert answer.pop("checked_at")
    assert answer == {
        "outcome": "valid",
        "kind": "live_code",
        "masked_name": "周*芸",
        "district": "拱墅区",
        "last_day": "2027-03-10",
        "since": "2026-03-10",
        "under_review": False,
    }


def test_a_missed_endorsement_is_suspended_since_the_day_after(ask, on_day):
    permit = make.issued()
    on_day(date(2027, 3, 11))
    answer = ask(checks.show(permit, clock.now()))
    assert (answer["outcome"], answer["since"]) == ("suspended", "2027-03-11")


def test_a_terminated_permit_says_since_when(ask):
    permit = make.issued()
    issuing.terminate(permit, "left", actor=SYSTEM, on=TODAY)
    answer = ask(checks.show(permit, clock.now()))
    assert (answer["outcome"], answer["since"]) == ("terminated", "2026-03-10")


def test_old_altered_and_foreign_codes_say_nothing_of_anybody(ask):
    code = checks.show(make.issued(), clock.now())
    old = checks.show(make.issued(make.eligible_account(name="李明")), clock.now() - timedelta(minutes=5))
    altered = code[:-1] + ("A" if code[-1] != "A" else "B")
    for shown, outcome in ((old, "expired"), (altered, "forged"), ("https://example.org", "unknown")):
        answer = ask(shown)
        assert set(answer) - {"kind"} == {"outcome", "checked_at"}
        assert answer["outcome"] == outcome


def test_the_number_of_queries_is_fixed(ask, django_assert_num_queries):
    code = checks.show(make.issued(), clock.now())
    with django_assert_num_queries(6):
        ask(code)
    with django_assert_num_queries(0):
        ask("nothing of ours")
