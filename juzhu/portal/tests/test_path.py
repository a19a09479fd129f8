"""The path: for every situation the right stage, the right next step, and nothing said that is not so."""

from datetime import date, timedelta

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.law import policy
from juzhu.law.calendar import add_months
from juzhu.operations.actors import SYSTEM
from juzhu.people.models import Guardianship
from juzhu.permits import actions, casework, facts, issuing
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.path import Path
from juzhu.portal.views.home import standing_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
RULES = policy.load("gongshu-2022")


def path(person, today: date = TODAY) -> Path:
    return standing_of(person, today).path


def lease(person, first: date, last: date) -> None:
    says = {"from": first.isoformat(), "to": last.isoformat(), "commodity_housing": False}
    evidence.attest(person.pk, Kind.LEASE, says, "housing", actor=SYSTEM)


def test_somebody_new_registers_first():
    found = path(make.make_person())
    assert (found.stage, found.step.place) == ("unregistered", "portal:register")
    assert found.term is not None
    assert found.term.starts is None


def test_locals_need_nothing():
    found = path(make.make_person(household_division="330106"))
    assert (found.stage, found.step.place, found.term) == ("local", "portal:rules", None)


def test_while_half_a_year_runs_papers_can_be_prepared():
    person = make.make_person()
    make.register(person, date(2025, 11, 1))
    lease(person, date(2025, 10, 20), date(2026, 10, 19))
    found = path(person)
    assert (found.stage, found.earliest_on) == ("waiting", date(2026, 5, 1))
    assert found.best is not None
    assert found.best.route == "dwelling"
    assert found.step.place == "portal:apply"
    assert "产权证明" in found.step.title


def test_while_half_a_year_runs_and_all_is_proved_the_form_can_be_filled_in():
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2025, 11, 1))
    make.attest_insurance(account.person, "2024-12", "2026-02")
    found = path(account.person)
    assert (found.stage, found.step.label) == ("waiting", "先填申领表")
    assert found.best is not None
    assert found.best.route == "employment"


def test_the_route_that_opens_first_comes_first():
    person = make.make_person()
    make.register(person, date(2025, 11, 1))
    lease(person, date(2025, 10, 20), date(2026, 10, 19))
    make.attest_insurance(person, "2025-10", "2026-02")
    found = path(person)
    assert [(way.route, way.earliest_on) for way in found.ways] == [
        ("dwelling", date(2026, 5, 1)),
        ("employment", date(2026, 10, 1)),
    ]
    assert [way.route for way in found.others] == ["study", "talent"]
    assert [way.term.kind for way in found.ways if way.term] == ["lease", "insurance"]


def test_nothing_unproven_alone_makes_a_route_the_earliest():
    """A talent permit that nobody has shown asks for no half year, and must not promise today."""
    person = make.make_person()
    make.register(person, date(2026, 3, 1))
    assert path(person).earliest_on == date(2026, 9, 1)


def test_all_met_means_apply():
    found = path(make.eligible_account().person)
    assert (found.stage, found.step.label, found.earliest_on) == ("ready", "开始申领", TODAY)


def test_form_and_photo_are_filled_in_when_applying_and_are_not_missing():
    person = make.make_person()
    make.register(person, date(2025, 3, 1))
    found = path(person)
    assert {finding.code for finding in found.later} == {"application_form", "photo"}
    assert not {"application_form", "photo"} & {finding.code for finding in found.common}
    assert all("photo" not in [f.code for f in way.findings] for way in found.ways)


def test_unmet_comes_before_unproven_before_met():
    person = make.make_person()
    make.register(person, date(2025, 11, 1))
    lease(person, date(2025, 10, 20), date(2026, 1, 19))
    way = next(way for way in path(person).ways if way.route == "dwelling")
    states = [finding.state for finding in way.findings]
    assert states == sorted(states, key=["unmet", "unproven", "met"].index)
    assert states[0] == "unmet"


def test_where_time_alone_will_not_do_it_says_so():
    person = make.make_person()
    make.register(person, date(2025, 3, 1))
    evidence.attest(person.pk, Kind.INSURANCE, {"runs": []}, "human_resources", actor=SYSTEM)
    lease(person, date(2025, 1, 1), date(2025, 6, 30))
    found = path(person)
    assert (found.stage, found.earliest_on, found.step.place) == ("blocked", None, "portal:counters")


def test_an_open_draft_is_gone_on_with():
    account = make.eligible_account()
    make.draft(account)
    assert path(account.person).stage == "draft"


def test_after_submitting_there_is_nothing_to_do_but_a_day_to_wait_for():
    application = make.submitted()
    found = path(application.person)
    assert (found.stage, found.step.place, found.step.number) == (
        "submitted", "portal:application", application.number,
    )  # fmt: skip
    assert "2026-03-17" in found.step.text
    assert found.filed
    assert found.later == ()


def test_what_time_has_accepted_is_accepted_though_no_job_ran():
    application = make.submitted()
    found = path(application.person, date(2026, 3, 18))
    assert found.stage == "accepted"
    assert "没有按时" in found.step.text


def test_what_is_asked_for_is_handed_in_by_its_day():
    account = make.make_account()
    make.register(account.person, date(2025, 3, 1))
    application = make.submitted(account, "dwelling")
    answer, _ = facts.decide(application, TODAY)
    notes = {finding.code: "" for finding in answer.findings if finding.state == "unproven"}
    casework.request_supplement(application, notes, actor=make.make_officer().actor, today=TODAY)
    found = path(account.person)
    assert (found.stage, found.step.place) == ("supplement", "portal:notice")
    assert "2026-04-09" in found.step.title
    assert path(account.person, date(2026, 4, 10)).stage == "ready"


def test_after_acceptance_the_day_of_the_result_is_told():
    application = make.accepted(make.make_officer())
    found = path(application.person)
    assert found.stage == "accepted"
    assert "2026-03-25" in found.step.text


@pytest.fixture
def permit():
    return make.issued()


def test_a_valid_permit_is_shown(permit):
    found = path(permit.person)
    assert (found.stage, found.step.place) == ("active", "portal:permit")
    assert found.term is not None
    assert found.term.kind == "validity"
    assert found.endorsing
    assert found.later == ()


def test_in_the_window_it_is_endorsed(permit):
    assert path(permit.person, date(2027, 2, 9)).stage == "active"
    found = path(permit.person, date(2027, 2, 10))
    assert (found.stage, found.step.place) == ("window", "portal:endorse")


def test_on_the_right_morning_it_is_suspended(permit):
    assert path(permit.person, date(2027, 3, 10)).stage == "window"
    found = path(permit.person, date(2027, 3, 11))
    assert (found.stage, found.step.place) == ("suspended", "portal:endorse")


def test_an_endorsement_needs_a_registration_first(permit):
    from juzhu.registration import actions as registration

    registration.leave(permit.person, TODAY, actor=SYSTEM, today=TODAY)
    found = path(permit.person, date(2027, 3, 11))
    assert (found.stage, found.step.place) == ("suspended", "portal:register")


def test_filed_in_time_it_stays_valid_under_review(permit):
    day = date(2027, 3, 9)
    account = permit.person.account
    actions.request_endorsement(permit, "employment", actor=account.actor, today=day)
    found = path(permit.person, day + timedelta(days=3))
    assert found.stage == "review"
    assert found.status is not None
    assert found.status.status == "active"


def test_a_terminated_permit_leaves_the_path_open_again(permit):
    issuing.terminate(permit, "left", actor=make.make_officer("chief").actor, on=TODAY)
    found = path(permit.person, TODAY + timedelta(days=1))
    assert found.permit is None
    assert found.stage == "ready"


def test_for_a_child_study_and_dwelling_are_the_routes_and_employment_is_not():
    guardian = make.eligible_account().person
    child = make.make_person("周小满", date(2018, 5, 1))
    Guardianship.objects.create(guardian=guardian, child=child, source="police")
    make.register(child, add_months(TODAY, -2))
    found = path(child)
    assert {way.route for way in found.ways} == {"dwelling", "study"}
    assert [way.route for way in found.others] == ["talent"]
    assert found.stage == "waiting"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_step_has_all_its_words(language: str, permit):
    from django.utils.translation import override

    from juzhu.portal.next_step import _STEPS, step_for

    application = permit.applications.first()
    with override(language):
        for stage in _STEPS:
            step = step_for(stage, (), application, TODAY)
            assert step.lead
            assert step.title
            assert step.text
            assert step.label
