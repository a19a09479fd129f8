"""A family at the window: adults show their documents, children have a guardian there, all or nobody."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from juzhu.counter import visits
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account, DeclaredRelation, Guardianship, Person
from juzhu.permits.errors import ConflictOfInterest, OutOfArea, RepresentativeMissing
from juzhu.permits.models import Representative
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import AREA, OTHER_AREA, TODAY
from juzhu.permits.window import registering
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, words
from juzhu.registration.households import Member
from juzhu.registration.models import Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
HOME = {
    "subdistrict": AREA,
    "address": "桥弄街 6 幢 2 单元 301 室",
    "since_year": "2026",
    "since_month": "3",
    "since_day": "9",
    "dwelling_kind": "rented",
    "key": "k",
}


@pytest.fixture
def clerk() -> Account:
    return make.make_officer()


@pytest.fixture
def mother() -> Person:
    return make.make_person("周晓芸")


@pytest.fixture
def child(mother: Person) -> Person:
    row = make.make_person("周小满", date(2018, 5, 1))
    Guardianship.objects.create(guardian=mother, child=row, source="police")
    return row


def page_of(clerk: Account, person: Person) -> str:
    return f"/counter/window/v/{visits.begin(clerk, person)}/household"


def register(clerk: Account, members: list[Member], present: list[Person], **about) -> list[Registration]:
    stay = make.stay(**about)
    return registering.register_household(members, stay, present, actor=clerk.actor, today=TODAY)


@pytest.mark.requirement("A06", "A07")
def test_a_family_registers_with_one_button_and_the_guardian_is_written_down(clerk, mother, child):
    father = make.make_person("林海峰")
    client: Client = signed_in(clerk)
    place = page_of(clerk, mother)
    came = {"name": "林海峰", "identity_number": father.identity_number, "add": "1"}
    assert client.post(place, came).status_code == 302
    assert "林海峰" in html(client.get(place))
    who = {
        "in_0": "on",
        "reason_0": "work",
        "in_1": "on",
        "reason_1": "work",
        "in_2": "on",
        "reason_2": "study",
    }
    response = client.post(place, {**HOME, **who})
    assert response.headers["Location"].endswith("/certificate")
    rows = {row.person: row for row in Registration.objects.all()}
    assert set(rows) == {mother, father, child}
    assert {(row.channel, row.household) for row in rows.values()} == {("window", "DJT-2026-000001")}
    acted = Representative.objects.get()
    assert (acted.registration, acted.name, acted.relation) == (rows[child], "周晓芸", "guardian")
    papers = html(client.get(response.headers["Location"]))
    for row in rows.values():
        assert f"/papers/registrations/{row.number}/zh.pdf" in papers
    assert client.post(place, {**HOME, **who}).status_code == 302
    assert Registration.objects.count() == 3


def test_a_child_without_a_guardian_there_and_an_adult_who_is_not_are_refused(clerk, mother, child):
    aunt = make.make_person("陈一")
    with pytest.raises(RepresentativeMissing):
        register(clerk, [Member(child, "study")], [aunt])
    with pytest.raises(NotAllowed):
        register(clerk, [Member(mother, "work"), Member(aunt, "work")], [mother])
    assert not Registration.objects.exists()


def test_the_areas_clerk_does_it_and_nobody_else(clerk, mother, child):
    members = [Member(mother, "work"), Member(child, "study")]
    away = make.make_officer(areas=(OTHER_AREA,))
    with pytest.raises(OutOfArea):
        register(away, members, [mother])
    for role in ("reviewer", "subdistrict", "auditor"):
        with pytest.raises(NotAllowed):
            register(make.make_officer(role), members, [mother])
    with pytest.raises(OutOfArea):
        register(make.make_account(), members, [mother])
    assert len(register(clerk, members, [mother])) == 2


def test_an_officer_keeps_away_from_their_own_family(clerk, mother, child):
    DeclaredRelation.objects.create(
        account=clerk, identity_number=mother.identity_number, relation="sibling",
        declared_at="2026-03-01T00:00:00Z",
    )  # fmt: skip
    with pytest.raises(ConflictOfInterest):
        register(clerk, [Member(child, "study")], [mother])
    assert not Registration.objects.exists()


def test_who_comes_along_shows_a_document_that_is_right_and_is_an_adult(clerk, mother, child):
    client = signed_in(clerk)
    place = page_of(clerk, mother)
    wrong = client.post(place, {"name": "别人", "identity_number": child.identity_number, "add": "1"})
    assert wrong.status_code == 200
    young = client.post(place, {"name": "周小满", "identity_number": child.identity_number, "add": "1"})
    assert "跟监护人一起登记" in words(young)
    assert client.get(page_of(clerk, child)).status_code == 302
    other = make.make_officer()
    assert signed_in(other).get(place).status_code == 302


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_in_both_languages(clerk, mother, child, language: str):
    response = signed_in(clerk, language).get(page_of(clerk, mother))
    assert primary_buttons(response) == 1
    if language == "en":
        assert chinese_left(response) == []


@pytest.mark.requirement("A18")
def test_where_somebody_goes_is_kept_at_the_window_too(clerk, mother):
    row = make.register(mother, date(2025, 7, 1))
    place = page_of(clerk, mother).replace("/household", "/leave")
    left = {"left_on_year": "2026", "left_on_month": "3", "left_on_day": "10", "understood": "on"}
    assert signed_in(clerk).post(place, {**left, "destination": "330106"}).status_code == 302
    row.refresh_from_db()
    assert (row.ended_on, row.destination) == (TODAY, "330106")
