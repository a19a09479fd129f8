"""A state that time or a fact has overtaken says nothing any more, though no task has written it down."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from juzhu.credentials import checks
from juzhu.law import policy
from juzhu.operations import clock, tasks
from juzhu.operations.actors import SYSTEM
from juzhu.people import actions as people
from juzhu.people.models import Account, Person
from juzhu.permits import actions, casework, facts, rota, submission
from juzhu.permits.errors import TransitionForbidden
from juzhu.permits.models import Application, Permit
from juzhu.permits.queries import current_permit, shown_permit, unfinished_application
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.registration.errors import HouseholdIsLocal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
RULES = policy.load("gongshu-2022")
LAST_DAY = date(2027, 3, 10)
PROOF = "户口簿和准迁证"


@pytest.fixture
def lapsed(on_day) -> Application:
    """An endorsement filed on the last day, asked for a paper, and ten days past the supplement's term."""
    account = make.eligible_account()
    make.issued(account)
    on_day(LAST_DAY)
    clerk = make.make_officer("clerk")
    case = actions.request_endorsement(
        Permit.objects.get(), "employment", actor=account.actor, today=LAST_DAY
    )
    casework.request_supplement(case, {"other": "请带劳动合同"}, actor=clerk.actor, today=LAST_DAY)
    case = Application.objects.select_related("person", "permit").get(pk=case.pk)
    assert case.supplement_by is not None
    on_day(case.supplement_by + timedelta(days=10))
    return case


@pytest.mark.requirement("E01", "E02")
def test_a_lapsed_endorsement_keeps_no_permit_valid(lapsed: Application, on_day):
    today, person = clock.today(), Person.objects.get(pk=lapsed.person_id)
    public_id = Permit.objects.get().public_id
    for read in (current_permit(person), shown_permit(public_id), Permit.objects.get()):
        assert read is not None
        status = read.status(RULES, today)
        assert (status.status, status.under_review) == ("suspended", False)
        assert status.suspended_from == LAST_DAY + timedelta(days=1)
    found = checks.check(checks.show(Permit.objects.get(), clock.now()), clock.now())
    assert (found.outcome, found.under_review) == ("suspended", False)
    on_day(lapsed.supplement_by)
    assert Permit.objects.get().status(RULES, lapsed.supplement_by).status == "active", "it still waits"


@pytest.mark.requirement("E01")
def test_a_childs_case_does_not_stand_on_a_guardians_permit_whose_endorsement_lapsed(lapsed: Application):
    child = make.make_person("周小舟", born=date(2019, 5, 1))
    people.record_guardianship(lapsed.person, child, "household", actor=SYSTEM)
    seen = facts.situation(child, RULES, clock.today())
    assert seen.facts.guardians[0].permit_status == "suspended"


@pytest.mark.requirement("E03")
@pytest.mark.parametrize("file", [actions.request_endorsement, submission.endorse])
def test_who_let_one_endorsement_lapse_files_another_at_once(file, lapsed: Application):
    account = Account.objects.get(person=lapsed.person)
    assert unfinished_application(lapsed.person, clock.today()) is None
    assert lapsed.permit is not None
    again = file(lapsed.permit, "employment", actor=account.actor, today=clock.today())
    lapsed.refresh_from_db()
    assert (again.pk != lapsed.pk, again.state, again.filed_on) == (True, "submitted", clock.today())
    assert (lapsed.state, lapsed.decided_on) == ("lapsed", lapsed.supplement_by + timedelta(days=1))


@pytest.mark.requirement("D04")
def test_who_let_an_application_lapse_starts_another_at_once(on_day):
    account = make.eligible_account()
    case = make.submitted(account)
    casework.request_supplement(
        case, {"other": "请带学生证"}, actor=make.make_officer("clerk").actor, today=TODAY
    )
    case.refresh_from_db()
    on_day(case.supplement_by + timedelta(days=1))
    draft = actions.start(account.person, "employment", actor=account.actor, today=clock.today())
    case.refresh_from_db()
    assert (draft.state, case.state) == ("draft", "lapsed")


@pytest.mark.requirement("D04")
def test_nothing_can_be_done_with_a_lapsed_application_that_is_stored_as_waiting(lapsed: Application):
    account, clerk = Account.objects.get(person=lapsed.person), make.make_officer("clerk")
    about = {"actor": account.actor, "today": clock.today()}
    for deed in (
        lambda: actions.withdraw(lapsed, **about),
        lambda: actions.submit(lapsed, **about),
        lambda: actions.extend_supplement(lapsed, **about),
        lambda: actions.save_step(lapsed, "materials", {"seen": True}, actor=account.actor),
    ):
        with pytest.raises(TransitionForbidden):
            deed()
    assert dict(rota.with_loads([clerk], clock.today()))[clerk] == 0
    Application.objects.filter(pk=lapsed.pk).update(assigned_to=clerk)
    assert dict(rota.with_loads([clerk], clock.today()))[clerk] == 0, "it is in nobody's hands"


def move_household(person: Person, division: str, on: date) -> None:
    chief = make.make_officer("chief")
    people.record_household(person, division, "新址（示例）", on, PROOF, actor=chief.actor, today=on)


IN, OUT = date(2026, 5, 4), date(2026, 5, 6)


@pytest.mark.requirement("E07", "A01")
@pytest.mark.parametrize("worker", [True, False])
def test_a_household_that_came_and_left_again_has_ended_the_permit_with_or_without_a_worker(
    worker: bool, on_day
):
    account = make.eligible_account()
    permit = make.issued(account)
    on_day(IN)
    move_household(permit.person, "330105", IN)
    if worker:
        tasks.run_all()
    on_day(OUT)
    move_household(permit.person, "341221", OUT)
    if worker:
        tasks.run_all()
    read = Permit.objects.select_related("person").get()
    assert (read.ended_on, read.end_reason) == (IN, "local_household")
    assert read.status(RULES, OUT).status == "terminated"
    draft = actions.start(account.person, "employment", actor=account.actor, today=OUT)
    assert draft.state == "draft"


@pytest.mark.requirement("E07", "A01")
def test_a_household_that_came_and_left_again_has_ended_the_case_without_a_worker(on_day):
    case = make.submitted()
    on_day(IN := date(2026, 3, 11))
    move_household(case.person, "330105", IN)
    move_household(case.person, "341221", IN)
    case.refresh_from_db()
    assert (case.state, case.reason) == ("ended", "local_household")


@pytest.mark.requirement("A01")
def test_whose_household_is_here_starts_nothing_and_whose_permit_ended_by_a_fact_may_start_anew(on_day):
    account = make.eligible_account()
    permit = make.issued(account)
    on_day(IN)
    move_household(permit.person, "330105", IN)
    with pytest.raises(HouseholdIsLocal):
        actions.start(account.person, "employment", actor=account.actor, today=IN)
    assert Permit.objects.get().terminated_on == IN
