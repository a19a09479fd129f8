"""Applying: in the notice's order, saved at every step, filed once, for oneself and for a child."""

from datetime import date

import pytest

from juzhu.operations.actors import SYSTEM
from juzhu.people import actions as people
from juzhu.people.models import Account
from juzhu.permits import actions, casework
from juzhu.permits.models import Application
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
STEPS = ["place", "declaration", "form", "materials", "confirm"]


def walk(client, *, route="employment", suffix="", until="confirm"):
    """Fill in every step before `until`, by the pages alone."""
    sent = {
        "place": {"route": route},
        "declaration": {"agreed": "on"},
        "form": {"phone": "138 1234 6071", "workplace": "运河服饰"},
        "materials": {"next": "1"},
    }
    for step in STEPS[: STEPS.index(until)]:
        answer = client.post(f"/apply/{step}{suffix}", sent[step])
        assert answer.status_code == 302, step
    return answer


def test_the_whole_way_from_the_first_page_to_the_number():
    account = make.eligible_account()
    client = signed_in(account)
    assert client.get("/apply").url == "/apply/place"
    walk(client)
    page = client.get("/apply/confirm")
    assert "条件都满足了" in words(page)
    assert "138****6071" in words(page)
    key = page.context["form"]["key"].value()
    sent = client.post("/apply/confirm", {"key": key})
    application = Application.objects.get(person=account.person)
    assert sent.url == f"/applications/{application.number}"
    assert application.state == "submitted"
    assert application.answers["form"]["phone"] == "13812346071"
    page = words(client.get(sent.url))
    assert application.number in page
    assert "最晚 2026-03-17 告诉您是否受理" in page


PHONE = "Mozilla/5.0 (Linux; Android 9; Mi 6) AppleWebKit/537.36 Chrome/88.0 Mobile Safari/537.36"
DESK = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"


@pytest.mark.requirement("F02")
@pytest.mark.parametrize(
    ("said", "channel"),
    [
        ({"User-Agent": PHONE}, "mobile"),
        ({"User-Agent": DESK}, "web"),
        ({"User-Agent": DESK, "Sec-CH-UA-Mobile": "?1"}, "mobile"),
        ({"User-Agent": PHONE, "Sec-CH-UA-Mobile": "?0"}, "web"),
        ({}, "web"),
    ],
)
def test_the_record_says_by_phone_or_by_computer_it_was_filed_wherever_it_began(said, channel):
    account = make.eligible_account()
    client = signed_in(account)
    walk(client)
    key = client.get("/apply/confirm").context["form"]["key"].value()
    client.post("/apply/confirm", {"key": key}, headers=said)
    assert Application.objects.get(person=account.person).channel == channel


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_step_has_one_heading_one_primary_button_and_its_language(step, language):
    client = signed_in(make.eligible_account(), language=language)
    if step != "place":
        walk(client, until=step)
    page = client.get(f"/apply/{step}")
    assert html(page).count("<h1") == 1
    assert primary_buttons(page) == 1
    assert page.headers["Cache-Control"] == "no-store"
    if language == "en":
        assert not chinese_left(page)


@pytest.mark.parametrize("step", STEPS)
def test_a_stranger_signs_in_first_and_an_officer_goes_to_the_counter(step):
    assert stranger().get(f"/apply/{step}").url == f"/sign-in?next=/apply/{step}"
    assert signed_in(make.make_officer()).get(f"/apply/{step}").url == "/counter/"


def test_nobody_gets_into_another_ones_draft():
    account = make.eligible_account()
    make.draft(account)
    other = make.eligible_account(name="李明")
    assert signed_in(other).get("/apply").url == "/apply/place"
    assert signed_in(other).get("/apply/confirm").url == "/apply/place"
    assert signed_in(other).get("/apply/place?for=1").status_code == 404


def test_a_step_waits_for_the_ones_before_it():
    client = signed_in(make.eligible_account())
    assert client.get("/apply/confirm").url == "/apply/place"
    walk(client, until="form")
    assert client.get("/apply/confirm").url == "/apply/form"
    assert client.get("/apply/declaration").status_code == 200


def test_a_draft_goes_on_after_signing_out():
    account = make.eligible_account()
    client = signed_in(account)
    walk(client, until="materials")
    client.post("/sign-out")
    again = signed_in(account)
    assert again.get("/apply").url == "/apply/materials"
    assert "运河服饰" in html(again.get("/apply/form"))


def test_what_was_half_filled_is_there_again():
    account = make.eligible_account()
    client = signed_in(account)
    walk(client, until="form")
    answer = client.post("/apply/form", {"phone": "12", "workplace": "丝联厂", "email": "x"})
    page = html(answer)
    assert "<title>错误：" in page
    assert 'href="#id_phone"' in page
    assert 'href="#id_email"' in page
    client.post("/sign-out")
    page = html(signed_in(account).get("/apply/form"))
    assert 'value="丝联厂"' in page
    assert 'value="12"' in page


def test_pressing_twice_files_once():
    account = make.eligible_account()
    client = signed_in(account)
    walk(client)
    key = client.get("/apply/confirm").context["form"]["key"].value()
    first = client.post("/apply/confirm", {"key": key})
    second = client.post("/apply/confirm", {"key": key})
    assert first.url == second.url
    assert Application.objects.filter(person=account.person).count() == 1
    assert Application.objects.get(person=account.person).decisions.count() == 1


def test_the_back_button_after_filing_leads_to_the_application():
    account = make.eligible_account()
    application = make.submitted(account)
    client = signed_in(account)
    for step in STEPS:
        assert client.get(f"/apply/{step}").url == f"/applications/{application.number}"
        assert client.post(f"/apply/{step}", {"route": "talent"}).url == f"/applications/{application.number}"


def not_yet() -> Account:
    """Three months here, a year insured."""
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2025, 12, 10))
    make.attest_insurance(account.person, "2025-01", "2026-02")
    return account


def test_a_route_that_would_be_refused_is_warned_of_and_a_talent_permit_is_never_proposed():
    account = not_yet()
    client = signed_in(account)
    page = words(client.get("/apply/place"))
    assert "最早 2026-06-10" in page
    answer = client.post("/apply/place", {"route": "employment"})
    assert "会不予受理" in words(answer)
    assert "最早 2026-06-10 可以" in words(answer)
    assert "换成“引进人才居住证换领”" not in words(answer)
    assert not Application.objects.exists()
    assert client.post("/apply/place", {"route": "employment", "anyway": "on"}).status_code == 302
    assert Application.objects.get().route == "employment"


def test_a_newcomer_is_never_preselected_for_a_talent_permit_that_nobody_has_shown():
    page = signed_in(not_yet()).get("/apply/place")
    routes = [option.route for option in page.context["options"]]
    assert routes[-1] == "talent"
    assert page.context["picked"] == routes[0] != "talent"


def test_the_first_page_and_the_choice_of_a_route_name_the_same_best_one():
    for account in (not_yet(), make.eligible_account()):
        client = signed_in(account)
        best = client.get("/").context["path"].best.route
        assert client.get("/apply/place").context["picked"] == best


def test_what_is_sent_is_the_route_that_the_page_showed():
    account = make.eligible_account()
    draft = make.draft(account)
    client = signed_in(account)
    shown = client.get("/apply/confirm").context["form"]
    sent = {"key": "k", "route": shown["route"].value()}
    actions.save_step(draft, "place", {"confirmed": True}, actor=account.actor, route="talent")
    answer = client.post("/apply/confirm", sent)
    assert (answer.status_code, answer.url) == (302, "/apply/confirm")
    assert Application.objects.get().state == "draft"
    assert "途径在别的页面改过了" in words(client.get("/apply/confirm"))


def test_sending_what_would_be_refused_needs_a_tick():
    account = not_yet()
    client = signed_in(account)
    client.post("/apply/place", {"route": "employment", "anyway": "on"})
    client.post("/apply/declaration", {"agreed": "on"})
    client.post("/apply/form", {"phone": "13812346071"})
    client.post("/apply/materials", {"next": "1"})
    page = client.get("/apply/confirm")
    assert "今天提交，会不予受理" in words(page)
    key = page.context["form"]["key"].value()
    answer = client.post("/apply/confirm", {"key": key})
    assert "请勾选确认" in words(answer)
    assert Application.objects.get().state == "draft"
    client.post("/apply/confirm", {"key": key, "anyway": "on"})
    assert Application.objects.get().state == "submitted"


def test_the_best_route_stands_first_and_is_chosen():
    page = signed_in(make.eligible_account()).get("/apply/place")
    assert next(option.route for option in page.context["options"]) == "employment"
    assert page.context["picked"] == "employment"


def test_without_a_registration_one_registers_first():
    client = signed_in(make.make_account())
    assert client.get("/apply").url == "/register"


def test_who_has_a_permit_is_led_to_it():
    account = make.eligible_account()
    make.issued(account)
    assert signed_in(account).get("/apply").url == "/permit"


def test_who_let_a_supplement_lapse_begins_anew(on_day):
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, date(2025, 7, 1))
    application = make.submitted(account)
    casework.request_supplement(
        application, {"insured_one_year": ""}, actor=make.make_officer().actor, today=TODAY
    )
    on_day(date(2026, 5, 20))
    client = signed_in(account)
    assert client.get("/apply").url == "/apply/place"
    assert client.post("/apply/place", {"route": "employment"}).url == "/apply/declaration"
    assert sorted(Application.objects.values_list("state", flat=True)) == ["draft", "lapsed"]


def test_a_guardian_applies_for_a_child():
    guardian = make.eligible_account()
    child = make.make_person("周小满", born=date(2017, 5, 4))
    people.record_guardianship(guardian.person, child, "population_register", actor=SYSTEM)
    make.register(child, date(2025, 7, 1))
    client = signed_in(guardian)
    page = client.get("/apply/place?for=1")
    assert "周小满" in html(page)
    assert "employment" not in [option.route for option in page.context["options"]]
    walk(client, route="study", suffix="?for=1")
    key = client.get("/apply/confirm?for=1").context["form"]["key"].value()
    sent = client.post("/apply/confirm?for=1", {"key": key})
    application = Application.objects.get(person=child)
    assert application.filed_by_id == guardian.pk
    assert client.get(sent.url).status_code == 200
    assert not Application.objects.filter(person=guardian.person).exists()
