"""Every page of the window: one heading, one primary button at most beside the camera's, no Chinese in
English.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from juzhu.counter import visits
from juzhu.counter.tests.test_pages import Reader
from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.people import actions as people
from juzhu.people.actions import Claim
from juzhu.people.models import Account, Person
from juzhu.permits import actions, casework, facts
from juzhu.permits.representatives import Agent
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
CAMERA = re.compile(r"<dialog.*?</dialog>", re.DOTALL)
STEPS = ("", "/agent", "/move", "/workplace", "/extend", "/leave", "/certificate")


def read(client: Client, address: str) -> Reader:
    response = client.get(address)
    assert response.status_code == 200, address
    reader = Reader()
    reader.feed(CAMERA.sub("", response.content.decode()))
    assert reader.headings == 1, address
    return reader


def at(account: Account, person: Person) -> str:
    return f"/counter/window/v/{visits.begin(account, person)}"


def drafted(chief: Account) -> list[str]:
    """An old person's draft, filled in to the last page by her daughter."""
    person = make.make_person("吴阿婆", date(1950, 6, 1))
    make.register(person, date(2025, 7, 1))
    daughter = Agent(make.identity("吴小明", date(1980, 1, 2)), "child", "elderly", "", True, None)
    draft = actions.start(
        person, "dwelling", actor=chief.actor, today=TODAY, channel="window", agent=daughter
    )
    for step in ("place", "declaration", "form", "materials"):
        actions.save_step(draft, step, {"done": True}, actor=chief.actor)
    pages = ("/apply", "/declaration", "/form", "/materials", "/confirm")
    return [at(chief, person) + page for page in (*STEPS, *pages)]


def filed(chief: Account) -> list[str]:
    """A case with a typed paper, one that was told what is missing, and one in another area."""
    account = make.eligible_account(name="李明")
    says = {"from": "2025-06-01", "to": "2027-05-31", "commodity_housing": False}
    files = [make.stored_picture(account.actor)]
    piece = evidence.upload(account.person_id, Kind.LEASE, says, files, actor=account.actor)
    case = make.submitted(account, "dwelling")
    told = make.make_account("钱多多")
    make.register(told.person, date(2025, 7, 1))
    asked = make.submitted(told, "dwelling")
    answer, _seen = facts.decide(asked, TODAY)
    notes = dict.fromkeys(answer.missing, "")
    casework.request_supplement(asked, notes, actor=chief.actor, today=TODAY)
    away = make.make_person("孙远")
    make.register(away, date(2025, 7, 1), subdistrict=OTHER_AREA)
    base = f"/counter/cases/{case.number}"
    told_base = f"/counter/cases/{asked.number}"
    return [
        *(f"{base}{page}" for page in ("", "/mend", f"/mend/{piece.pk}", "/withdraw", "/decline")),
        *(f"{told_base}{page}" for page in ("", "/decline")),
        f"/counter/window/receipts/{case.number}",
        f"/counter/window/receipts/{asked.number}",
        at(chief, account.person),
        at(chief, told.person),
        f"{at(chief, told.person)}/supplement",
        at(chief, away),
    ]


@pytest.fixture
def addresses(chief: Account) -> list[str]:
    claim = Claim("无证人", 1, date(1980, 5, 6), "340000")
    pending = people.record_pending(claim, actor=chief.actor, today=TODAY)
    unknown = [at(chief, pending) + page for page in ("", "/prove", "/register", "/agent")]
    return ["/counter/window", "/counter/window/pending", *unknown, *drafted(chief), *filed(chief)]


@pytest.fixture
def endorsing(chief: Account, on_day) -> list[str]:
    permit = make.issued()
    on_day(date(2027, 2, 20))
    return [at(chief, permit.person), f"{at(chief, permit.person)}/endorse"]


def test_a_change_of_language_leads_back_to_the_same_page(sign_in, chief, addresses):
    client = sign_in(chief)
    for address in addresses:
        assert f'name="next" value="{address}"' in client.get(address).content.decode(), address


def test_one_heading_and_one_primary_button(sign_in, chief, addresses):
    client = sign_in(chief)
    many = {address: read(client, address).primary for address in addresses}
    assert {address: count for address, count in many.items() if count > 1} == {}


def test_in_english_nothing_stays_chinese(sign_in, chief, addresses):
    client = sign_in(chief)
    client.cookies["django_language"] = "en"
    left = {address: read(client, address).chinese for address in addresses}
    assert {address: words for address, words in left.items() if words not in ([], ["中文"])} == {}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_endorsement_in_both_languages(sign_in, chief, endorsing, language):
    client = sign_in(chief)
    client.cookies["django_language"] = language
    for address in endorsing:
        found = read(client, address)
        assert found.primary == 1
        assert language == "zh-hans" or found.chinese in ([], ["中文"])
