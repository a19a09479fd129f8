"""Checking a shown permit: six answers, each its own."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from juzhu.credentials import checks, live_code
from juzhu.operations.actors import SYSTEM
from juzhu.permits import actions, issuing
from juzhu.permits.models import Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.registration import actions as registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def noon(day: date) -> datetime:
    return datetime.combine(day, time(4), UTC)


def checked(permit: Permit, day: date) -> checks.Check:
    return checks.check(checks.show(permit, noon(day)), noon(day))


@pytest.fixture
def permit() -> Permit:
    return make.issued()


def test_a_good_permit_is_valid_to_its_last_day(permit: Permit):
    answer = checked(permit, TODAY)
    assert (answer.outcome, answer.permit, answer.last_day) == ("valid", permit, date(2027, 3, 10))
    assert (answer.since, answer.under_review) == (None, False)
    assert checked(permit, date(2027, 3, 10)).outcome == "valid"


def test_time_alone_suspends_a_permit_on_the_right_morning(permit: Permit):
    answer = checked(permit, date(2027, 3, 11))
    assert (answer.outcome, answer.permit, answer.since) == ("suspended", permit, date(2027, 3, 11))


def test_the_morning_is_shanghais(permit: Permit):
    last_minute = datetime(2027, 3, 10, 15, 59, tzinfo=UTC)
    for moment, outcome in [(last_minute, "valid"), (last_minute + timedelta(minutes=1), "suspended")]:
        assert checks.check(checks.show(permit, moment), moment).outcome == outcome


def test_an_endorsement_under_review_keeps_it_valid():
    account = make.eligible_account()
    permit = make.issued(account)
    make.attest_insurance(account.person, "2025-01", "2027-02")
    actions.request_endorsement(permit, "employment", actor=account.actor, today=date(2027, 3, 9))
    answer = checked(permit, date(2027, 3, 20))
    assert (answer.outcome, answer.under_review) == ("valid", True)


def test_a_terminated_permit_says_since_when(permit: Permit):
    issuing.terminate(permit, "left", actor=make.make_officer("chief").actor, on=date(2026, 9, 1))
    answer = checked(permit, date(2026, 9, 2))
    assert (answer.outcome, answer.permit, answer.since) == ("terminated", permit, date(2026, 9, 1))


def test_an_old_code_shows_no_face(permit: Permit):
    code = checks.show(permit, noon(TODAY))
    answer = checks.check(code, noon(TODAY) + timedelta(seconds=60))
    assert (answer.outcome, answer.permit, answer.last_day) == ("expired", None, None)


def test_a_forged_code_shows_no_face(permit: Permit):
    code = live_code.make(permit.public_id, b"somebody else's key", noon(TODAY))
    answer = checks.check(code, noon(TODAY))
    assert (answer.outcome, answer.permit) == ("forged", None)


@pytest.mark.parametrize("code", ["", "6901234567892", "https://example.org/"])
def test_a_code_of_something_else_is_unknown(permit: Permit, code: str):
    assert checks.check(code, noon(TODAY)) == checks.Check("unknown", noon(TODAY))


def test_a_code_of_a_permit_that_is_not_here_is_unknown(permit: Permit):
    code = live_code.make("0123456789abcdef", checks.code_key(), noon(TODAY))
    assert checks.check(code, noon(TODAY)) == checks.Check("unknown", noon(TODAY))


def test_a_check_takes_six_queries_and_a_strange_code_none(permit: Permit, django_assert_num_queries):
    code = checks.show(permit, noon(TODAY))
    with django_assert_num_queries(6):
        answer = checks.check(code, noon(TODAY))
        assert answer.permit is not None
        assert answer.permit.person.name
    with django_assert_num_queries(0):
        checks.check("nothing of ours", noon(TODAY))


def test_the_key_is_derived_for_this_use_alone(settings):
    assert checks.code_key() != settings.SECRET_KEY.encode()
    assert len(checks.code_key()) == 32


@pytest.mark.requirement("CF17")
@pytest.mark.parametrize("destination", ["", "330122", "110101"])
def test_a_permit_whose_holder_left_the_urban_area_proves_no_residence(destination: str, permit: Permit):
    left = date(2026, 4, 2)
    registration.leave(permit.person, left, actor=SYSTEM, today=left, destination=destination)
    assert checked(permit, left).outcome == "valid", "it was the last day here"
    answer = checked(permit, date(2026, 5, 5))
    assert (answer.outcome, answer.because) == ("suspended", "departed")
    assert answer.since == date(2026, 4, 3)
    make.register(permit.person, date(2026, 5, 6))
    assert checked(permit, date(2026, 5, 6)).outcome == "valid"


@pytest.mark.requirement("CF17")
def test_who_moved_to_another_district_of_the_urban_area_goes_on_using_it(permit: Permit):
    left = date(2026, 4, 2)
    registration.leave(permit.person, left, actor=SYSTEM, today=left, destination="330106")
    assert checked(permit, date(2026, 5, 5)).outcome == "valid"


def test_a_permit_that_was_not_endorsed_says_so(permit: Permit):
    assert checked(permit, date(2027, 3, 11)).because == "not_endorsed"
