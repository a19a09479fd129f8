"""人工复核: what the rules alone decided is looked at by a person, in a term, and with a result (J08)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test.utils import override_settings

from juzhu.operations import tasks
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account, Message
from juzhu.permits import instant, submission
from juzhu.permits.after import post_checks
from juzhu.permits.after.post_checks import Found
from juzhu.permits.after.queries import post_checks_for
from juzhu.permits.errors import (
    ConflictOfInterest,
    FindingsContradict,
    OutOfArea,
    ReasonMissing,
    ReviewOwed,
)
from juzhu.permits.models import Application, FraudCase, PostCheck
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day"), pytest.mark.requirement("J08", "F09")]
RIGHT, WRONG = {"decision": "true"}, {"decision": "false"}
WHY = "参保记录是同名的另一个人的。"


@pytest.fixture(autouse=True)
def _on() -> Iterator[None]:
    with override_settings(
        JUZHU_INSTANT_APPROVAL=True, JUZHU_INSTANT_ROUTES=["employment"], JUZHU_INSTANT_REVIEW_SHARE=1.0
    ):
        yield


@pytest.fixture
def account() -> Account:
    return make.eligible_account()


@pytest.fixture
def case(account: Account) -> Application:
    found = submission.file(make.draft(account), actor=account.actor, today=TODAY)
    assert found.automatic
    return found


@pytest.fixture
def asked(account: Account, case: Application) -> PostCheck:
    return instant.ask_person(case, actor=account.actor, today=TODAY)


def record(
    look: PostCheck, officer: Account, answers: dict[str, str], result: str, note: str = ""
) -> PostCheck:
    return post_checks.record(look, Found(answers, result, note), actor=officer.actor, today=TODAY)


def told(case: Application) -> list[str]:
    tasks.run_all()
    messages = Message.objects.filter(person=case.person, kind__startswith="review").order_by("pk")
    return [message.kind for message in messages]


def test_a_request_stands_in_the_queue_of_its_area_with_its_term_and_the_case(asked, case):
    reviewer, stranger = make.make_officer("reviewer"), make.make_officer("reviewer", areas=(OTHER_AREA,))
    waiting = post_checks_for(reviewer.actor).filter(state="planned", plan="request")
    assert [(look.due_on, look.case_number) for look in waiting] == [(date(2026, 3, 25), case.number)]
    assert not post_checks_for(stranger.actor).exists()


@pytest.mark.parametrize(
    ("answers", "result", "note", "kind"),
    [
        (RIGHT, "true", "", "review_upheld"),
        (RIGHT, "changed", "上个月换了单位。", "review_changed"),
        (WRONG, "wrong", WHY, "review_wrong"),
        (WRONG, "suspected", WHY, "review_suspected"),
    ],
)
def test_who_asked_is_told_how_it_ended_once(answers, result, note, kind, asked, case):
    done = record(asked, make.make_officer("reviewer"), answers, result, note)
    assert (done.state, done.done_on, done.result) == ("done", TODAY, result)
    assert told(case) == ["review_requested", kind]
    about = Message.objects.get(kind=kind).about
    assert (about["application"], about["number"]) == (case.number, done.number)
    assert not Message.objects.filter(kind="check_changed").exists()
    assert FraudCase.objects.count() == (result == "suspected")


def test_a_sample_has_a_result_too_and_its_holder_is_told_only_what_they_have_to_do(account, case):
    look = PostCheck.objects.get(plan="automatic")
    assert look.case_number == case.number
    record(look, make.make_officer("clerk"), RIGHT, "true")
    assert told(case) == []


@pytest.mark.parametrize(
    ("answers", "result", "note", "error"),
    [
        ({}, "true", "", FindingsContradict),
        ({"decision": "unknown"}, "true", "", FindingsContradict),
        (WRONG, "true", "", FindingsContradict),
        (RIGHT, "wrong", WHY, FindingsContradict),
        (RIGHT, "suspected", WHY, FindingsContradict),
        (RIGHT, "not_met", "", FindingsContradict),
        ({"address": "true"}, "true", "", FindingsContradict),
        (WRONG, "wrong", " ", ReasonMissing),
    ],
)
def test_a_result_follows_from_whether_the_decision_was_right(answers, result, note, error, asked, case):
    with pytest.raises(error):
        record(asked, make.make_officer("reviewer"), answers, result, note)
    assert told(case) == ["review_requested"]


def test_a_visit_in_the_street_says_nothing_of_a_decision():
    permit = make.issued()
    look = post_checks.plan(permit, "tip", [], actor=make.make_officer("clerk").actor, today=TODAY)
    for answers, result in ((RIGHT, "true"), ({"address": "false"}, "wrong")):
        with pytest.raises(FindingsContradict):
            record(look, make.make_officer("clerk"), answers, result, WHY)


def test_what_the_holder_asked_for_is_not_taken_off_the_list_and_a_sample_may_be(asked):
    chief = make.make_officer("chief")
    with pytest.raises(ReviewOwed):
        post_checks.cancel(asked, "材料都看过了。", actor=chief.actor, today=TODAY)
    sample = PostCheck.objects.get(plan="automatic")
    assert post_checks.cancel(sample, "本人另外要求了。", actor=chief.actor, today=TODAY).state == "cancelled"


def test_the_holder_a_colleague_a_stranger_and_who_has_to_keep_away(account, asked):
    stranger = make.make_officer("reviewer", areas=(OTHER_AREA,))
    near = make.make_officer("reviewer", staff_identity_number=account.person.identity_number)
    for who, error in ((account, NotAllowed), (stranger, OutOfArea), (near, ConflictOfInterest)):
        with pytest.raises(error):
            record(asked, who, RIGHT, "true")
    assert record(asked, make.make_officer("reviewer"), RIGHT, "true").state == "done"


def test_asked_again_after_it_was_done_it_is_the_same_look(account, case, asked):
    record(asked, make.make_officer("reviewer"), RIGHT, "true")
    assert instant.ask_person(case, actor=account.actor, today=date(2026, 4, 1)) == asked


def test_an_earlier_look_is_no_look_at_the_next_years_decision(account, case, asked, on_day):
    for look in PostCheck.objects.filter(permit=case.permit):
        record(look, make.make_officer("reviewer"), RIGHT, "true")
    day = date(2027, 3, 1)
    on_day(day)
    make.attest_insurance(account.person, "2025-01", "2027-02")
    year = submission.endorse(case.permit, "employment", actor=account.actor, today=day)
    assert year.automatic
    assert instant.look_asked_for(year) is None
    assert instant.ask_person(year, actor=account.actor, today=day) != asked
    assert instant.look_asked_for(case) == asked
