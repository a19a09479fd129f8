"""Papers of a home: of this one, and to be trusted without a look?"""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence
from juzhu.operations.actors import SYSTEM
from juzhu.people.models import Account
from juzhu.permits import facts, homes, submission
from juzhu.permits.models import Application
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.registration import actions as registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
HERE = "桥弄街 6 幢 2 单元 301 室"


@pytest.fixture(autouse=True)
def _instant(settings):
    settings.JUZHU_INSTANT_APPROVAL = True
    settings.JUZHU_INSTANT_ROUTES = ["dwelling"]


def owner(location: str = HERE) -> Account:
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2025, 7, 1), dwelling_kind="owned")
    says = {"holder": "self", "owner": account.person.name, "location": location}
    evidence.attest(account.person_id, Kind.TITLE, says, "housing", actor=SYSTEM)
    return account


def state_of(account: Account, code: str = "owner_title") -> str:
    draft = Application.objects.filter(person=account.person_id).last() or make.draft(account, "dwelling")
    answer, _seen = facts.decide(draft, TODAY)
    return next(finding.state for finding in answer.findings if finding.code == code)


def file(account: Account) -> Application:
    draft = make.draft(account, "dwelling")
    return submission.file(draft, actor=account.actor, today=TODAY)


@pytest.mark.requirement("C03")
def test_a_title_to_the_registered_home_is_approved_by_the_rules_alone():
    assert file(owner("浙江省杭州市拱墅区桥弄街6栋2单元301")).automatic


@pytest.mark.requirement("C03")
def test_a_title_to_another_address_goes_to_a_person():
    filed = file(owner("小河路 99 号"))
    assert (filed.state, filed.automatic) == ("submitted", False)


@pytest.mark.requirement("C03", "C04")
def test_papers_of_the_home_that_was_left_prove_nothing_of_the_new_one():
    account = owner()
    assert state_of(account) == "met"
    Evidence.objects.update(received_at="2026-02-01T04:00:00Z")
    new = make.stay(since=date(2026, 3, 8), address="小河路 1 号", dwelling_kind="owned")
    registration.move(account.person, new, actor=account.actor, today=TODAY)
    assert state_of(account) == "unproven"
    says = {"holder": "self", "owner": account.person.name, "location": "小河路1号"}
    evidence.attest(account.person_id, Kind.TITLE, says, "housing", actor=SYSTEM)
    assert state_of(account) == "met"


def test_a_paper_that_names_the_new_address_counts_though_it_came_before_the_move():
    account = owner("小河路 1 号")
    Evidence.objects.update(received_at="2026-02-01T04:00:00Z")
    new = make.stay(since=date(2026, 3, 8), address="小河路 1 号", dwelling_kind="owned")
    registration.move(account.person, new, actor=account.actor, today=TODAY)
    assert state_of(account) == "met"


def inspection(**about) -> Evidence:
    account = make.make_account()
    says = {
        "illegal_construction": False,
        "dangerous_building": False,
        "changed_use": False,
        "inspected_on": "2026-01-05",
        **about,
    }
    return evidence.attest(account.person_id, Kind.SAFETY_INSPECTION, says, "subdistrict", actor=SYSTEM)


@pytest.mark.parametrize(
    ("about", "doubt"),
    [
        ({}, []),
        ({"tenants": 6, "rooms": 2, "area": 40}, ["crowded"]),
        ({"tenants": 4, "rooms": 2, "area": 12}, ["crowded"]),
        ({"tenants": 4, "rooms": 2, "area": 16}, []),
        ({"inspected_on": "2025-03-09"}, ["old_inspection"]),
        ({"inspected_on": "2025-03-10"}, []),
    ],
)
def test_a_crowded_home_and_an_old_inspection_are_looked_at(about, doubt):
    assert homes.doubts_about(inspection(**about), None, TODAY) == doubt


@pytest.mark.requirement("C04")
def test_what_begins_later_does_not_prove_a_home_today():
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2025, 7, 1), dwelling_kind="rented")
    says = {"number": "公租-1", "tenant": account.person.name, "from": "2027-01-01", "to": "2030-01-01"}
    piece = evidence.attest(account.person_id, Kind.PUBLIC_RENTAL, says, "housing", actor=SYSTEM)
    draft = make.draft(account, "dwelling")
    _answer, seen = facts.decide(draft, TODAY)
    assert Kind.PUBLIC_RENTAL not in seen.proof.by_kind
    _answer, seen = facts.decide(draft, date(2027, 1, 1))
    assert seen.proof.by_kind[Kind.PUBLIC_RENTAL] == piece
