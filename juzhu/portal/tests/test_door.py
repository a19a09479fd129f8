"""A code on a door: it says the address, leads through signing in, and begins at that address."""

from __future__ import annotations

from datetime import date

import pytest

from juzhu.documents.tests.reading import words as pdf_words
from juzhu.people.models import Account
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import AREA, OTHER_AREA, PASSWORD
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words
from juzhu.registration import addresses, doors
from juzhu.registration.doors import Door
from juzhu.registration.models import Dwelling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
ADDRESS = "桥弄街 6 幢 2 单元（示例）"
LINK = f"/door/{doors.of_door(Door(AREA, '', ADDRESS))}"


def dwelling(owner: Account | None = None, **about) -> Dwelling:
    count = Dwelling.objects.count()
    return Dwelling.objects.create(
        number=f"FW-2026-{count:06d}", subdistrict=AREA, address=f"{ADDRESS}{count}",
        address_key=addresses.key(AREA, f"{ADDRESS}{count}"), land="state",
        owner=owner.person if owner else None, owner_name="房东", recorded_at="2026-03-01T00:00:00Z", **about,
    )  # fmt: skip


@pytest.mark.requirement("A16")
def test_after_signing_in_it_goes_on_where_it_was():
    account = make.make_account()
    client = stranger()
    page = html(client.get(LINK))
    assert ADDRESS in page
    sign_in = page.split('href="/sign-in?next=')[1].split('"')[0]
    client.post(f"/sign-in?next={sign_in}", {"username": account.login, "password": PASSWORD})
    response = client.get(LINK)
    assert "我住这里，登记" in words(response)
    assert client.post(LINK).headers["Location"] == "/register/since"
    assert ADDRESS in html(client.get("/register/address"))


def test_a_press_without_a_session_leads_to_signing_in_and_back():
    assert stranger().post(LINK).headers["Location"].startswith("/sign-in?next=/door/")


def test_who_is_registered_elsewhere_moves():
    account = make.make_account()
    make.register(account.person, date(2025, 7, 1))
    assert signed_in(account).post(LINK).headers["Location"] == "/registration/move/since"


def test_a_forged_address_opens_nothing():
    forged = LINK[:-3] + "AAA"
    response = stranger().get(forged)
    assert response.status_code == 404
    assert ADDRESS not in html(response)
    assert signed_in(make.make_account()).post(forged).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_in_both_languages_says_that_it_is_free(language: str):
    for client in (stranger(language), signed_in(make.make_account(), language)):
        for place in (LINK, "/door/x"):
            response = client.get(place)
            assert primary_buttons(response) == 1
            if language == "en":
                assert chinese_left(response) == []
        said = words(client.get(LINK))
        assert ("costs nothing" if language == "en" else "不收费") in said


def test_an_owner_and_a_firm_print_their_own_houses_sheets_and_nobody_elses():
    owner, stranger_ = make.make_account("房东甲", household_division="330106"), make.make_account("许安")
    mine = dwelling(owner)
    firm, manager = reporters.enrolled("property", name="运河物业（示例）")
    looked_after = dwelling(property_firm=firm)
    own = signed_in(owner)
    assert mine.number in html(own.get("/poster"))
    assert looked_after.number not in html(own.get("/poster"))
    paper = own.get(f"/poster/{mine.number}.pdf")
    text = pdf_words(paper.content)
    assert paper.headers["Content-Type"] == "application/pdf"
    for said in (mine.address, "扫码登记", "Scan to register", "免费", "Free of charge", "3个工作日"):
        assert said.replace(" ", "") in text.replace(" ", ""), said
    firms = signed_in(Account.objects.get(pk=manager.account_id))
    assert firms.get(f"/poster/{looked_after.number}.pdf").status_code == 200
    for client, row in ((own, looked_after), (firms, mine), (signed_in(stranger_), mine)):
        assert client.get(f"/poster/{row.number}.pdf").status_code == 404
    assert "还没有记在您名下" in words(signed_in(stranger_).get("/poster"))


@pytest.mark.parametrize("role", ["clerk", "chief", "subdistrict"])
def test_officers_print_sheets_for_their_own_area(role: str):
    client = signed_in(make.make_officer(role))
    response = client.post("/counter/posters", {"subdistrict": AREA, "address": ADDRESS})
    assert response.headers["Content-Type"] == "application/pdf"
    elsewhere = client.post("/counter/posters", {"subdistrict": OTHER_AREA, "address": ADDRESS})
    assert "请从列表里选街道" in words(elsewhere)
    assert "要写到门牌号" in words(client.post("/counter/posters", {"subdistrict": AREA}))


@pytest.mark.parametrize("role", ["reviewer", "auditor", "administrator", "department"])
def test_nobody_else_makes_sheets(role: str):
    assert signed_in(make.make_officer(role)).get("/counter/posters").status_code == 404
    assert signed_in(make.make_account()).get("/counter/posters").status_code == 404
