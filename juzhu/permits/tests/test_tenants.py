"""租赁合同 must name the applicant, or whose home theirs is, to prove a rented home (C04, CF06, annex 3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test.utils import override_settings

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence
from juzhu.evidence.tenants import Named
from juzhu.law import eligibility, policy
from juzhu.operations.actors import SYSTEM
from juzhu.people.models import Account, Guardianship, Person
from juzhu.permits import casework, facts, submission
from juzhu.permits.errors import NotLookedAt, StillMissing
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_day"),
    pytest.mark.requirement("C04", "CF06"),
]
TERM = {"from": "2025-06-01", "to": "2027-05-31"}
OTHERS = "合同写的承租人里没有您"


@pytest.fixture
def account() -> Account:
    """Somebody of whose rented home everything but the lease is attested."""
    found = make.make_account("古丽·买买提", photo=make.stored_picture())
    make.register(found.person, date(2025, 7, 1), dwelling_kind="rented")
    home(found.person)
    return found


def home(person: Person) -> None:
    safe = {"illegal_construction": False, "dangerous_building": False, "changed_use": False}
    for kind, says, department in (
        (Kind.TITLE, {"holder": "landlord"}, "housing"),
        (Kind.RENTAL_REGISTRATION, {}, "police"),
        (Kind.SAFETY_INSPECTION, {**safe, "inspected_on": "2025-06-01"}, "subdistrict"),
    ):
        evidence.attest(person.pk, kind, says, department, actor=SYSTEM)


def attest(person: Person, kind: Kind, **says: Any) -> Evidence:
    department = "police" if kind is Kind.KINSHIP else "housing"
    return evidence.attest(person.pk, kind, says, department, actor=SYSTEM)


def let_to(person: Person, *tenants: tuple[str, str], kind: Kind = Kind.LEASE) -> None:
    named = [{"name": name, "identity_number": number} for name, number in tenants]
    attest(person, kind, **TERM, tenants=named, commodity_housing=False)


def number_of(name: str) -> str:
    return make.make_person(name).identity_number


def findings(person: Person, pack: str = "gongshu-2022") -> dict[str, eligibility.Finding]:
    rules = policy.load(pack)
    seen = facts.situation(Person.objects.get(pk=person.pk), rules, TODAY)
    answer = eligibility.decide(seen.facts, rules, TODAY, "dwelling")
    return {finding.code: finding for finding in answer.findings}


def lease(person: Person) -> str:
    found = findings(person)
    states = {found[code].state for code in ("lease_one_year", "lease_current")}
    assert len(states) == 1
    return states.pop()


def test_one_that_names_the_applicant_by_number_proves_it_however_the_name_is_spelt(account: Account):
    let_to(account.person, ("王强", number_of("王强")), ("古丽", account.person.identity_number))
    assert lease(account.person) == "met"


def test_a_number_that_is_somebody_elses_is_no_proof_though_the_name_is_the_same(account: Account):
    let_to(account.person, (account.person.name, number_of("古丽·买买提")))
    assert lease(account.person) == "unproven"


@pytest.mark.parametrize("typed", ["古丽·买买提", "古丽•买买提", " 古丽 . 买买提 ", "古丽‧买买提"])
def test_without_a_number_the_name_is_compared_as_people_compares_names(typed: str, account: Account):
    let_to(account.person, (typed, ""))
    assert lease(account.person) == "met"


def test_one_that_names_others_leaves_it_unproven_and_says_what_to_do(account: Account):
    let_to(account.person, ("王强", number_of("王强")))
    found = findings(account.person)["lease_one_year"]
    assert found.state == "unproven"
    assert found.message.zh.startswith(OTHERS)
    assert "亲属关系证明" in found.message.zh
    assert "not among the tenants" in found.message.en
    assert found.since is None


def test_one_that_names_nobody_is_left_to_an_officers_look_as_before(account: Account):
    let_to(account.person)
    assert lease(account.person) == "met"


@pytest.mark.parametrize("relation", ["spouse", "parent", "grandchild"])
def test_a_spouses_or_close_relatives_lease_is_enough_with_proof(relation: str, account: Account):
    number = number_of("王强")
    let_to(account.person, ("王强", number))
    relative = {"relative_name": "王强", "relative_identity_number": number, "relation": relation}
    attest(account.person, Kind.KINSHIP, relative_name="李明", relation="parent")
    assert lease(account.person) == "unproven"
    attest(account.person, Kind.KINSHIP, **relative)
    assert lease(account.person) == "met"


def test_a_childs_home_is_its_guardians(account: Account):
    child = make.make_person("小古丽", date(2018, 5, 1))
    make.register(child, date(2025, 7, 1), dwelling_kind="rented")
    home(child)
    let_to(child, (account.person.name, account.person.identity_number))
    assert lease(child) == "unproven"
    Guardianship.objects.create(guardian=account.person, child=child, source="population_register")
    assert lease(child) == "met"


def test_a_filing_speaks_for_the_lease_and_for_itself(account: Account):
    let_to(account.person, ("王强", number_of("王强")), kind=Kind.LEASE_FILING)
    evidence.upload(
        account.person_id, Kind.LEASE, {**TERM, "commodity_housing": True}, [make.stored_picture()],
        actor=account.actor,
    )  # fmt: skip
    found = findings(account.person)
    assert (found["lease_current"].state, found["lease_filing"].state) == ("unproven", "met")
    evidence.attest(
        account.person_id, Kind.LEASE_FILING,
        {**TERM, "tenants": [{"name": "王强"}], "commodity_housing": True}, "housing", actor=SYSTEM,
    )  # fmt: skip
    filing = findings(account.person)["lease_filing"]
    assert filing.state == "unproven"
    assert filing.message.zh.startswith("备案写的承租人里没有您")


def test_a_public_housing_certificate_names_its_tenant_too(account: Account):
    attest(account.person, Kind.PUBLIC_RENTAL, tenant="王强、李明")
    found = findings(account.person, "hangzhou-2024")["public_rental_certificate"]
    assert (found.state, found.message.zh[:10]) == ("unproven", "租赁证写的承租人里没")
    attest(account.person, Kind.PUBLIC_RENTAL, tenant="王强、古丽•买买提")
    assert findings(account.person, "hangzhou-2024")["public_rental_certificate"].state == "met"


def test_a_relatives_paper_is_looked_at_before_approval_and_is_kept_with_the_decision(account: Account):
    let_to(account.person, ("王强", ""))
    case = make.submitted(account, "dwelling")
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer")
    with pytest.raises(StillMissing) as lacks:
        casework.accept(case, actor=clerk.actor, today=TODAY)
    assert set(lacks.value.about["codes"]) == {"lease_current", "lease_one_year"}
    proof = evidence.upload(
        account.person_id, Kind.KINSHIP, {"relative_name": "王强", "relation": "spouse"},
        [make.stored_picture()], actor=account.actor,
    )  # fmt: skip
    case = casework.accept(case, actor=clerk.actor, today=TODAY)
    with pytest.raises(NotLookedAt):
        casework.approve(case, actor=reviewer.actor, today=TODAY)
    casework.judge(case, proof, "good", actor=reviewer.actor, today=TODAY)
    done = casework.approve(case, actor=reviewer.actor, today=TODAY)
    assert proof.pk in done.decisions.last().evidence
    assert all(facts.replay(row) is None for row in done.decisions.all())


@override_settings(JUZHU_INSTANT_APPROVAL=True, JUZHU_INSTANT_ROUTES=["dwelling"])
def test_the_rules_alone_decide_by_a_bureaus_word_and_not_by_a_relatives_paper(account: Account):
    let_to(account.person, ("王强", ""))
    evidence.upload(
        account.person_id, Kind.KINSHIP, {"relative_name": "王强", "relation": "spouse"},
        [make.stored_picture()], actor=account.actor,
    )  # fmt: skip
    case = submission.file(make.draft(account, "dwelling"), actor=account.actor, today=TODAY)
    assert (case.state, case.decisions.last().outcome) == ("submitted", "accept")


def test_names_are_the_same_by_number_or_else_by_name():
    number = make.identity().identity_number
    assert Named("周晓芸", number).is_same(Named("周小云", number))
    assert not Named("周晓芸", number).is_same(Named("周晓芸", make.identity().identity_number))
    assert Named("周 晓芸", number).is_same(Named("周晓芸"))
