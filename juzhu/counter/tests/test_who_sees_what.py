"""A clerk, a colleague of the area, a stranger, a citizen, every other role: who gets which page."""

import pytest
from django.test import Client

from juzhu.operations.models import Event
from juzhu.permits.tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
CASE_PAGES = ("", "/reveal", "/supplement", "/accept", "/approve", "/refuse")
ROOMS = {
    "clerk": {"", "search", "after"},
    "subdistrict": {"registrations", "attested", "departments/give", "departments/objections"},
    "department": {"attested", "departments/give", "departments/objections"},
    "auditor": {"audit"},
    "administrator": {"colleagues"},
}


def pages_of(number: str) -> list[str]:
    return [f"/counter/cases/{number}{page}" for page in CASE_PAGES]


def test_the_clerk_and_a_colleague_of_the_area_open_every_page_of_a_case(sign_in, clerk, reviewer, chief):
    case = make.submitted()
    for account in (clerk, reviewer, chief):
        client = sign_in(account)
        assert [client.get(page).status_code for page in pages_of(case.number)] == [200] * len(CASE_PAGES)


def test_for_an_officer_of_another_area_the_case_does_not_exist(sign_in, stranger):
    case = make.submitted()
    client = sign_in(stranger)
    for page in pages_of(case.number):
        assert client.get(page).status_code == 404
        assert client.post(page, {"purpose": "核对身份", "reason": "不在本区"}).status_code == 404
    assert client.post(f"/counter/cases/{case.number}/judge", {"evidence": "1"}).status_code == 404
    assert case.number not in client.get("/counter/").content.decode()
    assert not Event.objects.filter(actor_account_id=stranger.pk).exists()


def test_for_the_applicant_there_is_no_counter(sign_in):
    account = make.eligible_account()
    case = make.submitted(account)
    client = sign_in(account)
    for page in ("/counter/", "/counter/search", "/counter/audit", *pages_of(case.number)):
        assert client.get(page).status_code == 404


def test_who_is_not_signed_in_signs_in_first():
    response = Client().get("/counter/?tab=done")
    assert response.status_code == 302
    assert "next=/counter/%3Ftab%3Ddone" in response.headers["Location"]


@pytest.mark.parametrize("role", ROOMS)
def test_each_role_has_its_own_rooms_and_no_other(sign_in, role):
    case = make.submitted()
    client = sign_in(make.make_officer(role, department="human_resources" if role == "department" else ""))
    rooms = set().union(*ROOMS.values())
    opened = {room for room in rooms if client.get(f"/counter/{room}").status_code == 200}
    assert opened == ROOMS[role]
    if role != "clerk":
        assert client.get(f"/counter/cases/{case.number}").status_code == 404
        assert client.get("/counter/").status_code == 302
        assert client.post("/counter/audit/verify").status_code == (302 if role == "auditor" else 404)


def test_a_draft_is_nobodys_case(sign_in, clerk):
    make.draft(make.eligible_account())
    assert "counter/cases/" not in sign_in(clerk).get("/counter/").content.decode()


def test_strange_addresses_and_numbers_are_answered_calmly(sign_in, clerk):
    client = sign_in(clerk)
    long = "0" * 5000 + "1"
    assert client.get(f"/counter/?page={long}").status_code == 200
    assert client.get("/counter/cases/%00").status_code == 404
    assert client.get("/counter/people/%00").status_code == 404
    assert client.post("/counter/search", {"text": "a\0b"}, follow=True).status_code == 200
    auditor = sign_in(make.make_officer("auditor", areas=()))
    assert auditor.get(f"/counter/audit?account={10**30}&before={long}").status_code == 200


def test_no_page_is_kept_by_a_cache(sign_in, clerk):
    assert sign_in(clerk).get("/counter/").headers["Cache-Control"] == "no-store"
