"""A case that ended by a fact which was recorded wrongly stands again where it stood, and loses no day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from juzhu.operations import tasks
from juzhu.operations.models import Event
from juzhu.permits import actions, casework, facts, moves
from juzhu.permits.models import Application, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.permits.tests.test_undoing import FACT, RULES, UNDONE, die, move_household, undo
from juzhu.permits.timing import Standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def cases() -> dict[str, Application]:
    """One case in each state in which a fact ends it."""
    account = make.make_account()
    make.register(account.person, date(2025, 7, 1))
    asked = make.submitted(account, "dwelling")
    answer, _seen = facts.decide(asked, TODAY)
    notes = dict.fromkeys(answer.missing, "")
    casework.request_supplement(asked, notes, actor=make.make_officer("chief").actor, today=TODAY)
    return {
        "draft": make.draft(make.eligible_account()),
        "submitted": make.submitted(),
        "accepted": make.accepted(make.make_officer("clerk")),
        "supplement_requested": Application.objects.get(pk=asked.pk),
    }


@pytest.mark.requirement("E07")
@pytest.mark.parametrize("state", ["draft", "submitted", "accepted", "supplement_requested"])
@pytest.mark.parametrize("record", [die, move_household])
def test_an_ended_case_goes_on_where_it_stood_and_the_offices_terms_have_run_on(state, record, on_day):
    case = cases()[state]
    day = TODAY + timedelta(1)
    on_day(day)
    fact = record(case.person, on=day) if record is move_household else record(case.person, day, day)
    tasks.run_all()
    ended = Application.objects.get(pk=case.pk)
    assert ended.state == "ended"
    again = day + timedelta(3)
    on_day(again)
    undo(fact, again)
    back = Application.objects.get(pk=case.pk)
    assert (back.state, back.decided_on, back.reason) == (state, None, "")
    assert (back.filed_on, back.examine_by, back.due_on) == (case.filed_on, case.examine_by, case.due_on)
    assert Standing.of(back, again).by_time is False
    if state == "supplement_requested":
        assert back.supplement_by == case.supplement_by + timedelta(3)
        assert back.notices.get().due_on == back.supplement_by
    event = Event.objects.get(kind="application.end_undone")
    assert (event.data["state"], event.subject_id) == (state, str(case.pk))


def test_a_case_whose_end_nobody_wrote_down_was_never_ended(on_day):
    case = make.accepted(make.make_officer("clerk"))
    on_day(FACT)
    fact = die(case.person)
    assert Standing.of(Application.objects.select_related("person").get(pk=case.pk), FACT).state == "ended"
    on_day(UNDONE)
    outcome = undo(fact)
    read = Application.objects.select_related("person").get(pk=case.pk)
    assert (outcome.reopened, Standing.of(read, UNDONE).state) == ([], "accepted")


def test_the_applicants_days_are_given_back_whether_or_not_the_end_was_written_down(on_day):
    case = cases()["supplement_requested"]
    on_day(TODAY + timedelta(1))
    fact = die(case.person, TODAY + timedelta(1), TODAY + timedelta(1))
    late = case.supplement_by + timedelta(2)
    on_day(late)
    undo(fact, late)
    read = Application.objects.select_related("person").get(pk=case.pk)
    assert read.supplement_by == case.supplement_by + (late - TODAY - timedelta(1))
    assert Standing.of(read, late).state == "supplement_requested"
    assert read.notices.get().due_on == read.supplement_by


def test_what_had_lapsed_before_the_mistake_has_lapsed(on_day):
    case = cases()["supplement_requested"]
    late = case.supplement_by + timedelta(2)
    on_day(late)
    fact = die(case.person, late, late)
    tasks.run_all()
    on_day(late + timedelta(5))
    undo(fact, late + timedelta(5))
    read = Application.objects.select_related("person").get(pk=case.pk)
    assert (read.supplement_by, Standing.of(read, late + timedelta(5)).state) == (
        case.supplement_by,
        "lapsed",
    )


def test_a_worker_who_read_the_person_before_the_undoing_ends_nothing(on_day):
    case = make.accepted(make.make_officer("clerk"))
    on_day(FACT)
    fact = die(case.person)
    stale = Application.objects.select_related("person").get(pk=case.pk)
    undo(fact, FACT)
    assert moves.catch_up(stale, FACT).state == "accepted"


@pytest.mark.requirement("E07")
def test_an_endorsement_filed_before_the_mistake_is_still_in_time(on_day):
    account = make.eligible_account()
    make.attest_insurance(account.person, "2025-01", "2027-12")
    permit = make.issued(account)
    filed_on, wrong_on, right_on = date(2027, 3, 1), date(2027, 3, 2), date(2027, 3, 26)
    on_day(filed_on)
    case = actions.request_endorsement(permit, "employment", actor=account.actor, today=filed_on)
    on_day(wrong_on)
    fact = die(account.person, wrong_on, wrong_on)
    tasks.run_all()
    on_day(right_on)
    undo(fact, right_on)
    read = Permit.objects.select_related("person").get(pk=permit.pk)
    assert read.status(RULES, right_on).status == "active"
    case.refresh_from_db()
    assert Standing.of(case, right_on).state == "accepted"  # the examination's term has run on
    case = casework.approve(case, actor=make.make_officer("reviewer").actor, today=right_on)
    assert case.endorsement.on == filed_on
    assert Permit.objects.get(pk=permit.pk).status(RULES, right_on).residence_years_from == TODAY
