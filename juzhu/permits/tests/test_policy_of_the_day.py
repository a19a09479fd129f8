"""An application is decided by the pack of the day on which it was first filed (requirements CF07)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.operations.actors import SYSTEM
from juzhu.operations.rules import changes, in_force, schedule
from juzhu.people import actions as people
from juzhu.people.models import Account, Person
from juzhu.permits import actions, casework, facts
from juzhu.permits.errors import OutOfArea
from juzhu.permits.models import Application, Decision, Permit
from juzhu.permits.tests import factories as make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_day"),
    pytest.mark.requirement("C08", "CF07"),
]
CHANGE = date(2026, 5, 8)
BEFORE, AFTER = date(2026, 5, 7), date(2026, 5, 8)
RUNS = {"runs": [{"from": "2025-01", "to": "2026-04", "division": "330100"}]}
OnDay = Callable[[date], None]


@pytest.fixture(autouse=True)
def _two_packs(settings: Any) -> None:
    settings.JUZHU_POLICY = f"gongshu-2022,hangzhou-2023@{CHANGE}"


@pytest.fixture
def mother() -> Account:
    return make.make_account("周建红", date(1985, 2, 2), photo=make.stored_picture())


def child_of(mother: Account, born: date = date(2017, 5, 1), titled: bool = True) -> Person:
    """At home in an own dwelling; the mother is insured and holds a permit, the father has none."""
    child = make.make_person("周小宝", born, photo=make.stored_picture())
    make.register(child, date(2025, 7, 1), dwelling_kind="owned")
    if titled:
        evidence.attest(child.pk, Kind.TITLE, {"holder": "self"}, "housing", actor=SYSTEM)
    assert mother.person is not None
    father = make.make_person("周建国", date(1984, 3, 3))
    for guardian in (mother.person, father):
        people.record_guardianship(guardian, child, "household_register", actor=SYSTEM)
    evidence.attest(mother.person.pk, Kind.INSURANCE, RUNS, "human_resources", actor=SYSTEM)
    Permit.objects.create(
        number="330105202500000001", public_id="0123456789abcdef", person=mother.person,
        issued_on=date(2025, 9, 1), area=make.AREA, cached_until=date(2026, 9, 1),
    )  # fmt: skip
    return child


def draft_for(child: Person, mother: Account, today: date) -> Application:
    draft = actions.start(child, "dwelling", actor=mother.actor, today=today)
    for step in actions.STEPS:
        draft = actions.save_step(draft, step, {"done": True}, actor=mother.actor, route="dwelling")
    return draft


def test_both_guardians_permits_until_the_change_and_one_from_that_day(mother: Account, on_day: OnDay):
    child = child_of(mother)
    on_day(BEFORE)
    case = actions.submit(draft_for(child, mother, BEFORE), actor=mother.actor, today=BEFORE)
    assert case.policy_id == "gongshu-2022"
    assert Decision.objects.latest("pk").answer["unmet"] == ["guardian_permits"]
    actions.withdraw(case, actor=mother.actor, today=BEFORE)
    on_day(AFTER)
    again = actions.submit(draft_for(child, mother, AFTER), actor=mother.actor, today=AFTER)
    assert again.policy_id == "hangzhou-2023"
    assert Decision.objects.latest("pk").outcome == "accept"


def test_a_draft_from_before_is_filed_under_the_pack_of_the_day_it_is_filed(mother: Account, on_day: OnDay):
    on_day(BEFORE)
    draft = draft_for(child_of(mother), mother, BEFORE)
    assert facts.decide(draft, BEFORE)[0].outcome == "refuse"
    assert facts.decide(draft, AFTER)[0].outcome == "accept"
    on_day(AFTER)
    case = actions.submit(draft, actor=mother.actor, today=AFTER)
    assert (case.policy_id, Decision.objects.get().policy_id) == ("hangzhou-2023", "hangzhou-2023")


def test_a_case_filed_before_keeps_its_pack_through_supplement_and_decision(
    mother: Account, on_day: OnDay, settings: Any
):
    settings.JUZHU_POLICY = f"hangzhou-2023,gongshu-2022@{CHANGE}"
    child = child_of(mother, titled=False)
    on_day(BEFORE)
    case = actions.submit(draft_for(child, mother, BEFORE), actor=mother.actor, today=BEFORE)
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer", name="林海峰")
    notes = dict.fromkeys(Decision.objects.get().answer["missing"], "")
    casework.request_supplement(case, notes, actor=clerk.actor, today=BEFORE)
    evidence.attest(child.pk, Kind.TITLE, {"holder": "self"}, "housing", actor=SYSTEM)
    on_day(AFTER)
    case = actions.submit(case, actor=mother.actor, today=AFTER, key="again")
    assert (case.policy_id, in_force(AFTER).id) == ("hangzhou-2023", "gongshu-2022")
    casework.accept(case, actor=clerk.actor, today=AFTER)
    issued = casework.approve(case, actor=reviewer.actor, today=AFTER)
    assert issued.state == "issued"
    assert {decision.policy_id for decision in Decision.objects.all()} == {"hangzhou-2023"}
    assert all(facts.replay(decision) is None for decision in Decision.objects.all())


def test_who_turns_sixteen_between_draft_and_filing_needs_no_guardian(mother: Account, on_day: OnDay):
    child = child_of(mother, born=date(2010, 5, 7))
    Permit.objects.all().delete()
    day_before = date(2026, 5, 6)
    on_day(day_before)
    draft = draft_for(child, mother, day_before)
    assert facts.decide(draft, day_before)[0].unmet == ("guardian_permits",)
    on_day(BEFORE)
    with pytest.raises(OutOfArea):
        actions.submit(draft, actor=mother.actor, today=BEFORE)
    case = actions.submit(draft, actor=make.account_of(child).actor, today=BEFORE)
    assert (case.policy_id, Decision.objects.get().outcome) == ("gongshu-2022", "accept")


def test_an_endorsement_is_asked_for_by_the_pack_of_its_day(on_day: OnDay):
    account = make.eligible_account(date(2025, 6, 1))
    permit = make.issued(account, date(2025, 6, 1))
    case = actions.request_endorsement(permit, "employment", actor=account.actor, today=AFTER)
    assert case.policy_id == "hangzhou-2023"


def test_a_late_endorsement_keeps_the_effect_of_the_pack_of_its_day(settings: Any):
    """The city regulation left the gap out; the notice, in force later, takes those years from nobody."""
    settings.JUZHU_POLICY = "hangzhou-2018,gongshu-2022@2025-01-01"
    account = make.eligible_account(date(2022, 3, 10))
    permit = make.issued(account, date(2022, 3, 10))
    for number, day in enumerate((date(2023, 3, 20), date(2024, 3, 1))):
        case = make.Application.objects.create(
            person=account.person, kind="endorsement", route="employment", permit=permit, state="issued",
            number=f"GS-{number}", area=make.AREA, policy_id="hangzhou-2018", filed_on=day,
            started_at=permit.applications.get(kind="first").started_at,
            saved_at=permit.applications.get(kind="first").started_at,
        )  # fmt: skip
        permit.endorsements.create(application=case, on=day)
    today = date(2025, 2, 1)
    assert permit.status(in_force(today), today).residence_years_from == date(2022, 3, 19)


def test_one_pack_alone_is_no_change(settings: Any):
    settings.JUZHU_POLICY = "gongshu-2022"
    assert changes() is None
    assert len(schedule().entries) == 1
    assert {in_force(day).id for day in (BEFORE, AFTER)} == {"gongshu-2022"}
