"""A change of route after filing: where every finding of the new one is attested, it is answered at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test.utils import override_settings

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.operations import events, tasks
from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account, Message
from juzhu.permits import actions, casework, facts, instant, submission
from juzhu.permits.errors import OutOfArea, TransitionForbidden
from juzhu.permits.models import Application, Permit, PostCheck
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day"), pytest.mark.requirement("D02", "J08")]
LATER = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def _on() -> Iterator[None]:
    with override_settings(
        JUZHU_INSTANT_APPROVAL=True,
        JUZHU_INSTANT_ROUTES=["employment", "dwelling", "study", "talent"],
        JUZHU_INSTANT_REVIEW_SHARE=1.0,
    ):
        yield


@pytest.fixture
def account() -> Account:
    return make.eligible_account()


@pytest.fixture
def clerk() -> Account:
    return make.make_officer("clerk")


def filed(account: Account, **choices: bool) -> Application:
    """By dwelling, of which nothing is known, though employment is attested."""
    draft = make.draft(account, "dwelling")
    case = submission.file(draft, actor=account.actor, today=TODAY, key="key-1", **choices)
    assert case.state == "submitted"
    return case


def asked(account: Account, clerk: Account, **more: str) -> Application:
    case = filed(account)
    notes = dict.fromkeys(case.decisions.get().answer["missing"], "") | more
    casework.request_supplement(case, notes, actor=clerk.actor, today=TODAY)
    case.refresh_from_db()
    return case


def switched(case: Application, by: Account, route: str = "employment", on: date = LATER) -> Application:
    return submission.switch(case, route, actor=by.actor, today=on)


def kinds_of(case: Application) -> list[str]:
    found = Event.objects.filter(subject_type="permits.application", subject_id=str(case.pk))
    return [event.kind.partition(".")[2] for event in found.order_by("position")]


def test_filed_and_examined_by_nobody_it_is_issued_and_marked_and_sampled(account: Account):
    case = switched(filed(account), account)
    assert (case.state, case.automatic, case.route, case.assigned_to) == ("issued", True, "employment", None)
    assert (case.filed_on, case.accepted_on, case.decided_on) == (TODAY, LATER, LATER)
    assert Permit.objects.get() == case.permit
    assert [row.stage for row in case.decisions.all()] == ["submit", "submit", "accept", "approve"]
    assert all(facts.replay(row) is None for row in case.decisions.all())
    assert kinds_of(case)[-4:] == ["route_switched", "accepted", "approved", "issued"]
    assert PostCheck.objects.get().plan == "automatic"
    assert instant.ask_person(case, actor=account.actor, today=LATER).plan == "request"
    assert events.verify() == Event.objects.count()


def test_in_supplement_it_is_handed_in_with_the_switch(account: Account, clerk: Account):
    case = switched(asked(account, clerk), account)
    assert (case.state, case.automatic, case.supplement_by) == ("issued", True, None)
    assert (case.received_on, case.accepted_on, case.due_on) == (LATER, LATER, date(2026, 3, 27))
    assert kinds_of(case)[-5:] == ["route_switched", "supplemented", "accepted", "approved", "issued"]
    tasks.run_all()
    told = Message.objects.filter(person=case.person, about__application=case.number).order_by("pk")
    assert [message.kind for message in told][-1] == "issued_automatically"


def test_an_endorsement_counts_from_the_day_of_its_filing(account: Account, on_day):
    permit = make.issued(account)
    make.attest_insurance(account.person, "2025-01", "2027-12")
    day = date(2027, 3, 9)
    case = actions.request_endorsement(permit, "dwelling", actor=account.actor, today=day)
    late = date(2027, 3, 15)
    done = switched(case, account, on=late)
    assert (done.state, done.permit.endorsements.get().on, done.decided_on) == ("issued", day, late)
    assert {row.as_of for row in done.decisions.all()} == {day}
    assert all(facts.replay(row) is None for row in done.decisions.all())


def test_a_draft_only_changes_its_route(account: Account):
    case = switched(make.draft(account, "dwelling"), account)
    assert (case.state, case.route, case.automatic) == ("draft", "employment", False)


def test_pressing_twice_issues_once(account: Account):
    case = filed(account)
    assert switched(case, account).state == switched(case, account).state == "issued"
    assert Permit.objects.count() == 1
    with pytest.raises(TransitionForbidden):
        switched(case, account, "study")


def test_who_asks_for_a_person_with_the_switch_gets_one(account: Account):
    case = submission.switch(
        filed(account), "employment", actor=account.actor, today=LATER, wants_person=True
    )
    assert (case.state, case.wants_person, case.automatic) == ("submitted", True, False)


def a_person_was_asked_for(account: Account, clerk: Account) -> Application:
    return filed(account, wants_person=True)


def the_notice_asked_for_more_than_the_rules(account: Account, clerk: Account) -> Application:
    return asked(account, clerk, other="请带户口簿来。")


def an_acceptance_was_taken_back_by_a_notice(account: Account, clerk: Account) -> Application:
    reviewer, case = make.make_officer("reviewer"), filed(account)
    notes = dict.fromkeys(case.decisions.get().answer["missing"], "")
    late = date(2026, 3, 18)
    casework.request_supplement(case, notes, actor=reviewer.actor, today=late)
    case.refresh_from_db()
    return case


def a_paper_is_among_what_it_rests_on(account: Account, clerk: Account) -> Application:
    account.person.photo = None
    account.person.save()
    evidence.upload(account.person_id, Kind.PHOTO, {}, [make.stored_picture()], actor=account.actor)
    return filed(account)


PERSONS: list[Callable[[Account, Account], Application]] = [
    a_person_was_asked_for,
    the_notice_asked_for_more_than_the_rules,
    an_acceptance_was_taken_back_by_a_notice,
    a_paper_is_among_what_it_rests_on,
]


@pytest.mark.parametrize("why", PERSONS, ids=lambda why: why.__name__)
def test_it_waits_for_a_person_where(why: Callable[..., Application], account: Account, clerk: Account):
    case = why(account, clerk)
    on = max(LATER, case.notices.first().issued_on) if case.notices.exists() else LATER
    fresh = switched(case, account, on=on)
    assert (fresh.state, fresh.route, fresh.automatic) == (case.state, "employment", False)


def test_where_the_district_has_not_switched_it_on_an_officer_answers(account: Account):
    case = filed(account)
    with override_settings(JUZHU_INSTANT_ROUTES=["dwelling"]):
        assert switched(case, account).state == "submitted"


def test_what_an_officer_has_accepted_is_switched_no_more(account: Account, clerk: Account):
    with override_settings(JUZHU_INSTANT_APPROVAL=False):
        case = submission.file(make.draft(account), actor=account.actor, today=TODAY)
    casework.accept(case, actor=clerk.actor, today=TODAY)
    with pytest.raises(TransitionForbidden):
        switched(case, account, "dwelling")


def test_the_owner_and_a_clerk_of_the_area_and_nobody_else(account: Account, clerk: Account):
    case = filed(account)
    with pytest.raises(OutOfArea):
        switched(case, make.make_account("李明"))
    with pytest.raises(OutOfArea):
        switched(case, make.make_officer("clerk", areas=(OTHER_AREA,)))
    with pytest.raises(NotAllowed):
        switched(case, make.make_officer("reviewer"))
    assert switched(case, clerk).state == "issued"
