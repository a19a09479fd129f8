"""Checking a permit by program, whatever was shown of it: no more personal data than a masked name."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from juzhu.credentials import checks, queries
from juzhu.credentials.models import Licence
from juzhu.credentials.tests import registered
from juzhu.credentials.tests.test_documents_checked import document, shown
from juzhu.operations import clock
from juzhu.operations.actors import SYSTEM
from juzhu.permits import issuing
from juzhu.permits.models import Permit
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
    for given, outcome in ((old, "expired"), (altered, "forged"), ("https://example.org", "unknown")):
        answer = ask(given)
        assert set(answer) - {"kind"} == {"outcome", "checked_at"}
        assert answer["outcome"] == outcome


def test_the_number_of_queries_is_fixed(ask, django_assert_num_queries):
    code = checks.show(make.issued(), clock.now())
    with django_assert_num_queries(6):
        ask(code)
    with django_assert_num_queries(0):
        ask("nothing of ours")


@pytest.fixture
def published() -> Permit:
    return registered.published()


def test_an_offline_code_is_answered_like_a_live_one(ask, published, on_day):
    code = queries.offline_code(published)
    answer = ask(code)
    assert answer.pop("checked_at")
    assert answer == {
        "outcome": "valid",
        "kind": "offline_code",
        "masked_name": "周*芸",
        "district": "拱墅区",
        "last_day": "2027-03-10",
        "since": "2026-03-10",
        "under_review": False,
    }
    on_day(date(2027, 3, 11))
    answer = ask(code)
    assert (answer["outcome"], answer["because"], answer["since"]) == (
        "suspended", "not_endorsed", "2027-03-11",
    )  # fmt: skip


def test_of_a_document_that_hides_the_name_no_name_is_told(ask, published):
    given = document(published)
    answer = ask(shown(given, {"lives_in", "age_over_18"}))
    assert answer.pop("checked_at")
    assert answer == {
        "outcome": "valid",
        "kind": "sd_jwt_vc",
        "district": "拱墅区",
        "last_day": "2027-03-10",
    }
    assert ask(shown(given, {"name"}))["masked_name"] == "周*芸"


def test_what_is_out_of_date_or_damaged_says_why_and_nothing_of_anybody(ask, published):
    code, given_name = queries.offline_code(published), shown(document(published), {"name"})
    Licence.objects.update(superseded_at=clock.now())
    for given, outcome, because in (
        (code, "stale", "superseded"),
        (code[:-1], "unreadable", None),
        (given_name + "x", "forged", "holder"),
    ):
        answer = ask(given)
        assert (answer["outcome"], answer.get("because")) == (outcome, because)
        assert set(answer) <= {"outcome", "checked_at", "because", "kind"}


def test_a_licence_number_proves_nothing_about_who_names_it(ask, published):
    assert ask(Licence.objects.get().identifier)["outcome"] == "unknown"


def test_checking_stores_nothing(ask, published, django_assert_num_queries):
    code = queries.offline_code(published)
    ask(code)
    with django_assert_num_queries(8) as asked:
        ask(code)
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)
