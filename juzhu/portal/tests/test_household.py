"""A family on one page: who moves in, one address, a certificate each; a spouse on their own phone."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

import pytest
from django.test import Client

from juzhu.people.models import Account
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import AREA, TODAY
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, words
from juzhu.registration.models import Community, Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]

HOME = {
    "subdistrict": AREA,
    "address": "桥弄街 6 幢 2 单元 301 室",
    "since_year": "2026",
    "since_month": "3",
    "since_day": "9",
    "dwelling_kind": "rented",
    "stay_months": "12",
    "key": "k",
}


@pytest.fixture
def mother() -> Account:
    return make.make_account("周晓芸")


def everybody(*moves_in: int) -> dict[str, str]:
    who = {f"in_{at}": "on" for at in moves_in}
    return who | {"reason_0": "work", "workplace_0": "运河服饰", "reason_1": "study", "workplace_1": "小学"}


def send(client: Client, **said: str):
    return client.post("/registration/household", {**HOME, **said})


@pytest.mark.requirement("A03", "A06")
def test_a_mother_and_her_child_register_with_one_button(mother: Account):
    child = make.child_of(mother)
    client = signed_in(mother)
    response = send(client, **everybody(0, 1))
    number = Registration.objects.get(person=child).household
    assert response.headers["Location"] == f"/registration/households/{number}"
    rows = {row.person: row for row in Registration.objects.all()}
    assert (rows[child].reason, rows[child].workplace) == ("study", "小学")
    assert rows[mother.person].stay_until == date(2027, 3, 10)
    again = send(client, **everybody(0, 1))
    assert again.headers["Location"] == response.headers["Location"]
    assert Registration.objects.count() == 2
    page = html(client.get(response.headers["Location"]))
    for row in rows.values():
        assert f"/registration/{row.number}/certificate" in page


def test_a_child_comes_later_to_the_address_that_the_mother_has(mother: Account):
    make.register(mother.person, date(2025, 7, 1), address=HOME["address"])
    child = make.child_of(mother)
    client = signed_in(mother)
    page = html(client.get("/registration/household"))
    assert HOME["address"] in page
    assert 'name="in_0"' in page.split("checked")[0]  # the first tick is the child's
    refused = send(client, **everybody(0, 1))
    assert "已经登记在这个地址" in words(refused)
    assert send(client, **everybody(1)).status_code == 302
    assert Registration.objects.get(person=child).address == HOME["address"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "请勾选谁一起登记"),
        ({"in_1": "on", "reason_1": ""}, "都不像的，选“其他”"),
        ({"in_0": "on", "address": ""}, "要写到门牌号"),
        ({"in_0": "on", "since_day": "11"}, "这一天还没有到"),
        ({"in_0": "on", "community": "330105009001"}, "这个社区不在选的街道里"),
    ],
)
def test_every_fault_names_its_field_and_loses_nothing(mother: Account, said: dict, sentence: str):
    Community.objects.create(code="330105009001", subdistrict="330105009", name="花园岗社区")
    make.child_of(mother)
    response = send(signed_in(mother), **{**everybody(), **said})
    assert response.status_code == 200
    assert sentence in words(response)
    assert "运河服饰" in html(response)
    assert not Registration.objects.exists()


def test_whose_household_is_local_is_not_on_the_form(mother: Account):
    make.child_of(mother, household_division="330105")
    assert "周小满" not in html(signed_in(mother).get("/registration/household"))
    local = make.make_account("陈一", household_division="330106")
    assert signed_in(local).get("/registration/household").headers["Location"] == "/register"


def test_a_spouse_joins_on_their_own_phone_with_the_address_filled_in(mother: Account):
    make.child_of(mother)
    client = signed_in(mother)
    done = client.get(send(client, **everybody(0, 1)).headers["Location"])
    link = next(word for word in html(done).split() if "/door/" in word and "http" in word)
    path = urlsplit(link[link.index("http") :].split("<")[0]).path
    spouse = make.make_account("林海峰")
    other = signed_in(spouse)
    assert "和家里人一起登记" in words(other.get(path))
    assert other.post(path).headers["Location"] == "/register/since"
    for step, given in {
        "since": {"since_year": "2026", "since_month": "3", "since_day": "9"},
        "reason": {"reason": "work"},
        "dwelling": {"dwelling_kind": "rented"},
        "until": {"stay_months": "unsure"},
        "workplace": {"workplace": ""},
    }.items():
        assert other.post(f"/register/{step}", given).status_code == 302
    key = html(other.get("/register/check")).split('name="key" value="')[1].split('"')[0]
    assert other.post("/register/check", {"key": key}).status_code == 302
    assert Registration.objects.values_list("household", flat=True).distinct().count() == 1
    assert Registration.objects.get(person=spouse.person).stay_until is None


def test_only_the_family_opens_its_form(mother: Account):
    make.child_of(mother)
    place = send(signed_in(mother), **everybody(0, 1)).headers["Location"]
    assert signed_in(make.make_account("许安")).get(place).status_code == 404
    assert signed_in(mother).get(place).status_code == 200


@pytest.mark.requirement("A18")
def test_children_leave_along_with_one_button(mother: Account):
    make.child_of(mother)
    client = signed_in(mother)
    send(client, **everybody(0, 1))
    page = words(client.get("/registration/leave"))
    assert "谁一起走" in page
    left = {"left_on_year": "2026", "left_on_month": "3", "left_on_day": "10", "understood": "on"}
    response = client.post("/registration/leave", {**left, "destination": "330106", "along": ["0"]})
    assert response.status_code == 302
    ended = Registration.objects.values_list("ended_on", "destination")
    assert list(ended) == [(TODAY, "330106"), (TODAY, "330106")]


def test_a_stay_is_extended_with_one_tap_and_a_second_press_adds_nothing(mother: Account):
    make.register(mother.person, TODAY, stay_until=date(2026, 9, 10))
    client = signed_in(mother)
    assert "打算住到" in words(client.get("/registration"))
    for _press in range(2):
        client.post("/registration/extend", {"months": "6", "from": "2026-09-10"})
        assert Registration.objects.get().stay_until == date(2027, 3, 10)
    client.post("/registration/extend", {"months": "99", "from": "2027-03-10"})
    assert Registration.objects.get().stay_until == date(2027, 3, 10)


@pytest.mark.requirement("A15")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_of_registration_say_in_both_languages_that_all_is_free(mother: Account, language: str):
    make.child_of(mother)
    client = signed_in(mother, language)
    pages = [client.get("/registration/household"), client.get("/register/place")]
    done = send(client, **everybody(0, 1)).headers["Location"]
    own = Registration.objects.get(person=mother.person)
    places = (done, "/registration", "/registration/leave", f"/registration/{own.number}/done",
              f"/registration/{own.number}/certificate")  # fmt: skip
    pages += [client.get(place) for place in places]
    for response in pages:
        assert response.status_code == 200
        assert primary_buttons(response) == 1, response.request["PATH_INFO"]
        assert html(response).count("<h1") == 1
        said = words(response)
        if language == "en":
            assert chinese_left(response) == [], response.request["PATH_INFO"]
            assert "cost" in said or "free of charge" in said, response.request["PATH_INFO"]
        else:
            assert "不收费" in said, response.request["PATH_INFO"]
