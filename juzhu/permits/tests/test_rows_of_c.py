"""Each way to a permit, from what departments say and people hand in to the stored decision."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.operations.actors import SYSTEM
from juzhu.people import actions as people
from juzhu.people.models import Account, Person
from juzhu.permits import actions, facts
from juzhu.permits.errors import DraftIncomplete
from juzhu.permits.models import Decision
from juzhu.permits.queries import applications_for
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
HALF_YEAR_AGO = date(2025, 9, 10)
LEASE = {"from": "2025-06-01", "to": "2026-05-31", "commodity_housing": True}
HALF_LEASE = {"from": "2026-01-01", "to": "2026-06-30", "commodity_housing": True}
SAFE = {
    "illegal_construction": False, "dangerous_building": False, "changed_use": False,
    "inspected_on": "2026-01-05",
}  # fmt: skip
RUNS = {"runs": [{"from": "2025-03", "to": "2026-02", "division": "330100"}]}
PUPIL = {"school": "拱宸桥小学（示例）", "full_time": True, "division": "330105", "enrolled_on": "2025-03-10"}
Papers = list[tuple[Kind, dict[str, Any]]]
LET: Papers = [
    (Kind.TITLE, {"holder": "landlord"}),
    (Kind.RENTAL_REGISTRATION, {}),
    (Kind.LEASE_FILING, {}),
    (Kind.SAFETY_INSPECTION, SAFE),
]


def newcomer(
    registered: date = HALF_YEAR_AGO, kind: str = "rented", born: date = date(1993, 8, 17)
) -> Account:
    account = make.make_account(born=born, photo=make.stored_picture())
    assert account.person is not None
    make.register(account.person, registered, dwelling_kind=kind)
    return account


def attest(person: Person | None, papers: Papers) -> None:
    assert person is not None
    for kind, says in papers:
        evidence.attest(person.pk, kind, says, "housing", actor=SYSTEM)


def decided(account: Account, route: str) -> Decision:
    actions.submit(make.draft(account, route), actor=account.actor, today=TODAY)
    return Decision.objects.get()


@pytest.mark.requirement("C01")
@pytest.mark.parametrize(
    ("registered", "outcome"), [(HALF_YEAR_AGO, "accept"), (date(2025, 9, 11), "refuse")]
)
def test_residence_counts_from_the_day_of_registration_and_not_of_arrival(registered: date, outcome: str):
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, registered, since=date(2025, 6, 1))
    attest(account.person, [(Kind.INSURANCE, RUNS)])
    decision = decided(account, "employment")
    assert decision.outcome == outcome
    assert decision.answer["earliest_on"] == (None if outcome == "accept" else "2026-03-11")


WAYS: list[Any] = [
    pytest.param("employment", "rented", [(Kind.INSURANCE, RUNS)], marks=pytest.mark.requirement("C02")),
    pytest.param(
        "dwelling", "owned", [(Kind.TITLE, {"holder": "self"})], marks=pytest.mark.requirement("C03")
    ),
    pytest.param(
        "dwelling", "rented", [*LET, (Kind.LEASE, LEASE)], marks=pytest.mark.requirement("C04", "CF14")
    ),
    pytest.param(
        "study",
        "other",
        [(Kind.STUDENT_RECORD, PUPIL), (Kind.STUDY_CONTINUITY, {})],
        marks=pytest.mark.requirement("C05"),
    ),
    pytest.param(
        "talent",
        "other",
        [(Kind.TALENT_PERMIT, {"valid_until": "2026-03-10"})],
        marks=pytest.mark.requirement("C06"),
    ),
]


@pytest.mark.parametrize(("route", "home", "papers"), WAYS)
def test_each_way_of_the_notice_is_accepted_with_all_its_papers_and_not_without_one(
    route: str, home: str, papers: Papers
):
    account = newcomer(kind=home)
    assert decided(account, route).outcome == "supplement"
    case = account.person.applications.get()
    attest(account.person, papers)
    assert facts.decide(case, TODAY)[0].outcome == "accept"


WAYS_OF_2024: list[Any] = [
    pytest.param("dwelling", "rented", [*LET, (Kind.LEASE, HALF_LEASE)], id="half a year of lease"),
    pytest.param("dwelling", "rented", [(Kind.PUBLIC_RENTAL, {"number": "公-1"})], id="public housing"),
    pytest.param(
        "dwelling",
        "relative",
        [
            (Kind.TITLE, {"holder": "landlord"}),
            (Kind.KINSHIP, {"relative_name": "周建国", "relation": "parent"}),
        ],
        id="a relative's home",
    ),
    pytest.param(
        "dwelling",
        "dormitory",
        [(Kind.DORMITORY, {"employer": "运河服饰", "title_shown": True, "commitment_shown": True})],
        id="a dormitory",
    ),
    pytest.param("dwelling", "other", [(Kind.LODGING, {"owner": "李明"})], id="a host's home"),
    pytest.param(
        "employment", "other", [(Kind.LABOUR_CONTRACT, {"employer": "运河服饰", "from": "2025-06-01"})],
        id="a contract",
    ),
    pytest.param(
        "employment", "other",
        [(Kind.BUSINESS_LICENCE, {"name": "面馆", "annual_report_filed": True, "on_abnormal_list": False})],
        id="a licence",
    ),
]  # fmt: skip


@pytest.mark.requirement("CF05", "CF06")
@pytest.mark.parametrize(("route", "home", "papers"), WAYS_OF_2024)
def test_each_way_of_2024_is_accepted_then_and_not_under_the_notice(
    route: str, home: str, papers: Papers, settings: Any
):
    settings.JUZHU_POLICY = "hangzhou-2024"
    account = newcomer(kind=home)
    attest(account.person, papers)
    decision = decided(account, route)
    assert (decision.policy_id, decision.outcome) == ("hangzhou-2024", "accept")
    assert facts.replay(decision) is None
    settings.JUZHU_POLICY = "gongshu-2022"
    other = newcomer(kind=home)
    attest(other.person, papers)
    actions.submit(make.draft(other, route), actor=other.actor, today=TODAY)
    assert Decision.objects.latest("pk").outcome != "accept"


@pytest.mark.requirement("C07", "CF15")
def test_who_is_on_the_list_of_talents_files_on_the_day_of_registration(settings: Any):
    settings.JUZHU_POLICY = "hangzhou-2024"
    account = newcomer(TODAY)
    attest(account.person, [(Kind.TALENT_LISTING, {"list_name": "拱墅区引进人才名单（示例）"})])
    assert decided(account, "talent").outcome == "accept"


@pytest.mark.requirement("C09")
def test_a_child_at_school_is_accepted_once_a_guardian_is_insured():
    guardian = make.make_account("周建国", date(1985, 2, 2))
    child = make.make_person("周小宝", date(2017, 5, 1), photo=make.stored_picture())
    make.register(child, HALF_YEAR_AGO, dwelling_kind="other")
    attest(child, [(Kind.STUDENT_RECORD, PUPIL), (Kind.STUDY_CONTINUITY, {})])
    people.record_guardianship(guardian.person, child, "household_register", actor=SYSTEM)
    draft = actions.start(child, "study", actor=guardian.actor, today=TODAY)
    assert facts.decide(draft, TODAY)[0].missing == ("application_form", "guardian_insured_one_year")
    attest(guardian.person, [(Kind.INSURANCE, RUNS)])
    assert facts.decide(draft, TODAY)[0].missing == ("application_form",)


@pytest.mark.requirement("C10")
def test_a_guardian_files_for_a_child_and_not_from_the_sixteenth_birthday_on():
    guardian = make.make_account("周建国", date(1985, 2, 2))
    child = make.make_person("周小宝", date(2010, 3, 11), photo=make.stored_picture())
    make.register(child, HALF_YEAR_AGO)
    people.record_guardianship(guardian.person, child, "household_register", actor=SYSTEM)
    case = actions.start(child, "study", actor=guardian.actor, today=TODAY)
    assert case.filed_by_id == guardian.pk
    assert case in applications_for(guardian.actor, TODAY)
    assert case not in applications_for(guardian.actor, date(2026, 3, 11))


@pytest.mark.requirement("C11")
def test_nothing_is_filed_without_the_declaration():
    account = make.eligible_account()
    case = actions.start(account.person, "employment", actor=account.actor, today=TODAY)
    for step in ("place", "form", "materials"):
        actions.save_step(case, step, {"done": True}, actor=account.actor)
    with pytest.raises(DraftIncomplete) as refused:
        actions.submit(case, actor=account.actor, today=TODAY)
    assert refused.value.about["step"] == "declaration"
    actions.save_step(case, "declaration", {"agreed": True}, actor=account.actor)
    assert actions.submit(case, actor=account.actor, today=TODAY).answers["declaration"] == {"agreed": True}
