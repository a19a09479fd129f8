"""Applications and permits: for whom they are of, for officers in their area, and for strangers."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.law import policy
from juzhu.operations.actors import SYSTEM
from juzhu.people import actions as people
from juzhu.permits import actions, casework, facts, queries
from juzhu.permits.files import readable_file
from juzhu.permits.models import Application, Permit
from juzhu.permits.queries import Filters
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import AREA, OTHER_AREA, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
CASEWORKERS = ["clerk", "reviewer", "chief"]
OTHERS = ["subdistrict", "department", "auditor", "administrator"]


def numbers(rows) -> list[str | None]:
    return [row.number for row in rows]


def test_an_application_is_seen_by_its_owner_and_by_caseworkers_of_its_area():
    owner, stranger = make.eligible_account(), make.make_account("林海峰")
    case = make.submitted(owner)
    assert list(queries.applications_for(owner.actor, TODAY)) == [case]
    assert not queries.applications_for(stranger.actor, TODAY).exists()
    for role in CASEWORKERS:
        assert list(queries.applications_for(make.make_officer(role).actor, TODAY)) == [case]
        assert not queries.applications_for(make.make_officer(role, (OTHER_AREA,)).actor, TODAY).exists()
    for role in OTHERS:
        assert not queries.applications_for(make.make_officer(role).actor, TODAY).exists()
    assert not queries.applications_for(SYSTEM, TODAY).exists()


def test_a_draft_is_its_owners_alone():
    owner = make.eligible_account()
    draft = make.draft(owner)
    assert list(queries.applications_for(owner.actor, TODAY)) == [draft]
    assert not queries.applications_for(make.make_officer("chief").actor, TODAY).exists()
    actions.withdraw(draft, actor=owner.actor, today=TODAY)
    assert not queries.applications_for(make.make_officer("chief").actor, TODAY).exists()


def test_a_permit_is_seen_by_its_holder_and_by_caseworkers_of_its_area():
    holder, stranger = make.eligible_account(), make.make_account("林海峰")
    permit = make.issued(holder)
    assert list(queries.permits_for(holder.actor, TODAY)) == [permit]
    assert not queries.permits_for(stranger.actor, TODAY).exists()
    for role in CASEWORKERS:
        assert list(queries.permits_for(make.make_officer(role).actor, TODAY)) == [permit]
        assert not queries.permits_for(make.make_officer(role, (OTHER_AREA,)).actor, TODAY).exists()
    for role in OTHERS:
        assert not queries.permits_for(make.make_officer(role).actor, TODAY).exists()


def test_a_guardian_sees_the_childs_application():
    guardian = make.make_account("周建国", date(1985, 2, 2))
    child = make.make_person("周小宝", date(2017, 5, 1))
    make.register(child, date(2025, 7, 1))
    draft = actions.start(child, "study", actor=SYSTEM, today=TODAY)
    assert not queries.applications_for(guardian.actor, TODAY).exists()
    people.record_guardianship(guardian.person, child, "household_register", actor=SYSTEM)
    assert list(queries.applications_for(guardian.actor, TODAY)) == [draft]


def test_what_a_guardian_filed_is_the_childs_alone_from_the_16th_birthday():
    guardian, stranger = make.make_account("周建国", date(1985, 2, 2)), make.make_account("林海峰")
    child = make.eligible_account(name="周小宝", born=date(2010, 5, 1), today=TODAY)
    people.record_guardianship(guardian.person, child.person, "household_register", actor=SYSTEM)
    photo = child.person.photo.name
    draft = actions.start(child.person, "study", actor=guardian.actor, today=TODAY)
    actions.withdraw(draft, actor=guardian.actor, today=TODAY)
    permit = Permit.objects.create(
        number="330105202600000001", public_id="a" * 16, person=child.person, issued_on=TODAY,
        area=AREA, cached_until=TODAY,
    )  # fmt: skip
    for day, hers in ((date(2026, 4, 30), True), (date(2026, 5, 1), False)):
        assert list(queries.applications_for(guardian.actor, day)) == ([draft] if hers else [])
        assert list(queries.permits_for(guardian.actor, day)) == ([permit] if hers else [])
        assert (readable_file(guardian.actor, photo, day) is not None) is hers
        assert list(queries.applications_for(child.actor, day)) == [draft]
        assert list(queries.permits_for(child.actor, day)) == [permit]
        assert readable_file(child.actor, photo, day) is not None
        assert not queries.applications_for(stranger.actor, day).exists()
        assert readable_file(stranger.actor, photo, day) is None


def test_the_queue_shows_what_falls_due_first_in_the_officers_area():
    actor = make.make_officer().actor
    later, sooner, elsewhere = (make.submitted() for _ in range(3))
    Application.objects.filter(pk=sooner.pk).update(examine_by=date(2026, 3, 12))
    Application.objects.filter(pk=elsewhere.pk).update(area=OTHER_AREA)
    assert list(queries.queue(actor, Filters(), TODAY)) == [sooner, later]
    both = make.make_officer("clerk", (AREA, OTHER_AREA)).actor
    assert queries.queue(both, Filters(), TODAY).count() == 3
    assert list(queries.queue(both, Filters(area=OTHER_AREA), TODAY)) == [elsewhere]


def test_each_case_stands_in_the_tab_that_its_dates_say():
    clerk = make.make_officer("clerk")
    actor = clerk.actor
    new, accepted = make.submitted(), make.accepted(clerk)
    issued = make.issued()
    account = make.make_account()
    make.register(account.person, date(2025, 7, 1))
    waiting = make.submitted(account, route="dwelling")
    notes = dict.fromkeys(facts.decide(waiting, TODAY)[0].missing, "")
    casework.request_supplement(waiting, notes, actor=actor, today=TODAY)

    def standing(today: date) -> dict[str, set[str | None]]:
        tabs = ("to_examine", "to_review", "waiting", "done")
        return {tab: set(numbers(queries.queue(actor, Filters(tab=tab), today))) for tab in tabs}

    first = issued.applications.get().number
    assert standing(TODAY) == {
        "to_examine": {new.number},
        "to_review": {accepted.number},
        "waiting": {waiting.number},
        "done": {first},
    }
    assert queries.tab_counts(actor, TODAY) == {"to_examine": 1, "to_review": 1, "waiting": 1}
    after_five_working_days = date(2026, 3, 18)
    assert standing(after_five_working_days)["to_review"] == {new.number, accepted.number}
    after_the_supplements_term = date(2026, 4, 10)
    assert standing(after_the_supplements_term)["done"] == {first, waiting.number}
    assert set(queries.due_for_time(after_the_supplements_term)) == {new, waiting}
    assert not queries.due_for_time(TODAY).exists()


def test_tabs_are_counted_for_caseworkers_in_their_area():
    make.submitted()
    nothing = {"to_examine": 0, "to_review": 0, "waiting": 0}
    for role in CASEWORKERS:
        assert queries.tab_counts(make.make_officer(role).actor, TODAY)["to_examine"] == 1
        assert queries.tab_counts(make.make_officer(role, (OTHER_AREA,)).actor, TODAY) == nothing
    for role in OTHERS:
        assert queries.tab_counts(make.make_officer(role).actor, TODAY) == nothing
    assert queries.tab_counts(make.eligible_account().actor, TODAY) == nothing


def test_a_case_is_found_by_name_number_or_identity_number_whatever_its_state():
    actor = make.make_officer().actor
    account = make.eligible_account(name="买买提·艾力")
    case = make.issued(account).applications.get()
    make.submitted()
    person = account.person
    for text in ("买买提·艾力", "买买提", f" {case.number.lower()} ", person.identity_number.lower()):
        assert numbers(queries.queue(actor, Filters(text=text), TODAY)) == [case.number]
    for text in ("艾力", person.identity_number[:17], case.number[:-1], "%", "_"):
        assert numbers(queries.queue(actor, Filters(text=text), TODAY)) == []


def test_searching_reaches_no_further_than_ones_area():
    account = make.eligible_account(name="买买提·艾力")
    make.submitted(account)
    elsewhere = make.make_officer("chief", (OTHER_AREA,)).actor
    for text in ("买买提", account.person.identity_number, "GS-2026-000001"):
        assert not queries.queue(elsewhere, Filters(text=text), TODAY).exists()


def test_the_queue_is_filtered_by_route_and_kind():
    actor = make.make_officer().actor
    case = make.submitted()
    assert list(queries.queue(actor, Filters(route="employment", kind="first"), TODAY)) == [case]
    assert not queries.queue(actor, Filters(route="study"), TODAY).exists()
    assert not queries.queue(actor, Filters(kind="endorsement"), TODAY).exists()


@pytest.mark.parametrize("count", [1, 5])
def test_lists_take_a_fixed_number_of_queries(count: int, django_assert_num_queries):
    actor = make.make_officer("chief").actor
    for _ in range(count):
        make.issued()
    with django_assert_num_queries(4):
        rows = queries.queue_page(actor, Filters(tab="done"), TODAY, 0, 20)
        assert len([(row.person.name, row.permit.number) for row in rows]) == count
        assert queries.latest_answers(rows).keys() == {row.pk for row in rows}
    with django_assert_num_queries(3):
        permits = queries.permits_for(actor, TODAY)
        rules = policy.load("gongshu-2022")
        assert {permit.status(rules, TODAY).status for permit in permits} == {"active"}
        assert len([permit.person.name for permit in permits]) == count
    with django_assert_num_queries(1):
        queries.tab_counts(actor, TODAY)


def test_the_current_permit_and_the_application_in_hand():
    account = make.eligible_account()
    person = account.person
    assert (queries.current_permit(person), queries.unfinished_application(person, TODAY)) == (None, None)
    draft = make.draft(account)
    assert queries.unfinished_application(person, TODAY) == draft
    actions.withdraw(draft, actor=account.actor, today=TODAY)
    permit = make.issued(account)
    assert queries.current_permit(person) == permit
    assert queries.unfinished_application(person, TODAY) is None
