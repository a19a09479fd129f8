"""The entrance: be somebody with one click, and move the date forward."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from juzhu.demo.characters import BY_KEY, CHARACTERS, OFFICERS, PASSWORD
from juzhu.demo.clock import END, START, DateGoesForward, MovableClock, days_until, stand_still
from juzhu.demo.models import DemoClock
from juzhu.demo.moving import move_to
from juzhu.evidence.queries import proof_of
from juzhu.law import policy
from juzhu.operations import clock
from juzhu.people.models import Account, Message
from juzhu.permits import actions, casework
from juzhu.permits.models import Application, Permit

RULES = policy.load("gongshu-2022")


def permit_of(key: str) -> Permit:
    return Permit.objects.prefetch_related("endorsements", "applications").get(
        person__account__login=BY_KEY[key].phone
    )


def test_the_entrance_shows_everybody_with_one_button_each(visitor):
    page = visitor.get(reverse("demo:entrance"))
    text = page.content.decode()
    for somebody in [*CHARACTERS, *OFFICERS]:
        assert f'value="{somebody.key}"' in text
    assert text.count("btn-primary") == 1
    assert PASSWORD in text
    assert "style=" not in text


def test_the_entrance_is_complete_in_english(visitor):
    visitor.cookies["django_language"] = "en"
    assert (
        "Choose a person, and live the life of a residence permit" in visitor.get("/demo/").content.decode()
    )


WITH_ACCOUNT = [character.key for character in CHARACTERS if character.phone]


@pytest.mark.parametrize("key", WITH_ACCOUNT)
def test_one_click_is_to_be_somebody(visitor, key):
    assert visitor.post(reverse("demo:be"), {"who": key}).headers["Location"] == "/"
    page = visitor.get("/")
    assert page.status_code == 200
    assert page.context["user"].login == BY_KEY[key].phone
    assert BY_KEY[key].name in page.content.decode()


@pytest.mark.parametrize("officer", OFFICERS)
def test_one_click_is_to_be_an_officer(visitor, officer):
    assert visitor.post(reverse("demo:be"), {"who": officer.key}).headers["Location"] == "/counter/"
    assert visitor.get(reverse("demo:entrance")).context["user"].login == officer.login


@pytest.mark.parametrize("key", ["represented", "unnamed"])
def test_who_has_no_account_is_seen_as_an_officer(visitor, key):
    answer = visitor.post(reverse("demo:be"), {"who": BY_KEY[key].officer, "see": key})
    page = visitor.get(answer.headers["Location"])
    assert page.status_code == 200
    assert page.context["user"].login == BY_KEY[key].officer
    assert BY_KEY[key].name in page.content.decode()


def test_being_somebody_is_never_a_link(visitor):
    assert visitor.get(reverse("demo:be"), {"who": "ready"}).status_code == 405
    assert visitor.post(reverse("demo:be"), {"who": "nobody"}).status_code == 404


def test_the_password_on_the_page_signs_in(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    for login in (BY_KEY["ready"].phone, OFFICERS[0].login):
        assert Account.objects.get(login=login).check_password(PASSWORD)


def test_large_text_comes_and_goes_with_the_elderly(visitor):
    visitor.post(reverse("demo:be"), {"who": "elder"})
    assert visitor.cookies["text_size"].value == "xl"
    visitor.post(reverse("demo:be"), {"who": "ready"})
    assert visitor.cookies["text_size"].value == ""


def test_the_strip_stands_on_every_page(visitor):
    for path in ("/", "/demo/", "/rules", "/counters"):
        page = visitor.get(path).content.decode()
        assert 'class="demo-bar' in page
        assert reverse("demo:entrance") in page


def test_faces_are_drawn(visitor):
    face = visitor.get(reverse("demo:face", args=["elder"]))
    assert face.headers["Content-Type"] == "image/jpeg"
    assert face.content == visitor.get(reverse("demo:face", args=["elder"])).content
    assert visitor.get(reverse("demo:face", args=["nobody"])).status_code == 404


def test_the_date_moves_by_a_button_and_leads_back(visitor):
    answer = visitor.post(reverse("demo:clock"), {"jump": "2026-03-17", "next": "/rules"})
    assert answer.headers["Location"] == "/rules"
    assert clock.today() == date(2026, 3, 17)


def test_the_date_moves_by_three_selects(visitor):
    visitor.post(reverse("demo:clock"), {"day_year": "2026", "day_month": "3", "day_day": "12"})
    assert clock.today() == date(2026, 3, 12)


@pytest.mark.parametrize(
    "asked",
    [
        {"jump": "2026-03-10"},
        {"jump": "2026-03-09"},
        {"jump": str(END + timedelta(days=1))},
        {"day_year": "2026", "day_month": "2", "day_day": "30"},
        {},
    ],
)
def test_the_date_never_goes_back_nor_too_far(visitor, asked):
    page = visitor.post(reverse("demo:clock"), asked)
    assert page.status_code == 200
    assert "<title>错误：" in page.content.decode()
    assert clock.today() == START
    with pytest.raises(DateGoesForward):
        move_to(START)


def test_moving_never_leads_to_another_site(visitor):
    answer = visitor.post(reverse("demo:clock"), {"jump": "2026-03-11", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == reverse("demo:entrance")


def test_the_clock_page_offers_the_chosen_persons_days(visitor):
    visitor.post(reverse("demo:be"), {"who": "window"})
    mine = visitor.get(reverse("demo:clock")).context["mine"]
    assert [telling.day for telling in mine.days] == [date(2026, 3, 30), date(2026, 3, 31)]


def test_suspended_on_the_right_morning():
    move_to(date(2026, 3, 30))
    assert permit_of("window").status(RULES, clock.today()).status == "active"
    move_to(date(2026, 3, 31))
    assert permit_of("window").status(RULES, clock.today()).status == "suspended"
    kinds = Message.objects.filter(person=permit_of("window").person).values_list("kind", flat=True)
    assert {"endorse_open", "endorse_15", "endorse_3", "suspended"} <= set(kinds)


def test_the_suspended_permit_is_restored_months_later():
    move_to(date(2026, 5, 8))
    holder = Account.objects.get(login=BY_KEY["suspended"].phone)
    filed = actions.request_endorsement(
        permit_of("suspended"), "employment", actor=holder.actor, today=clock.today()
    )
    clerk, reviewer = (Account.objects.get(login=login).actor for login in ("P1001", "P1002"))
    filed = casework.accept(filed, actor=clerk, today=clock.today())
    casework.approve(filed, actor=reviewer, today=clock.today())
    found = permit_of("suspended").status(RULES, clock.today())
    assert (found.status, found.residence_years_from) == ("active", date(2026, 5, 8))


def test_insurance_goes_on_for_those_who_work_and_not_for_others():
    move_to(date(2026, 4, 2))
    ready = Account.objects.get(login=BY_KEY["ready"].phone)
    runs = proof_of(ready.person_id).insurance()
    assert runs[-1].to == date(2026, 3, 1)
    missing = Account.objects.get(login=BY_KEY["missing"].phone)
    assert proof_of(missing.person_id).insurance() == []


def test_what_nobody_examined_counts_as_accepted_on_the_way():
    move_to(date(2026, 3, 17))
    waited = Application.objects.filter(person__account__login=BY_KEY["waiting"].phone).latest("pk")
    assert (waited.state, waited.deemed_accepted) == ("accepted", True)


def test_the_people_wait_while_nobody_runs_the_demo():
    days = DemoClock.objects.get().days
    stand_still(clock.SystemClock().now() - timedelta(days=21, hours=3))
    assert DemoClock.objects.get().days == days - 21
    stand_still(clock.SystemClock().now() - timedelta(hours=3))
    assert DemoClock.objects.get().days == days - 21


def test_the_clock_asks_its_table_at_most_once_a_second(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("juzhu.demo.clock.FRESH_FOR_S", 1.0)
    clock.now()
    with django_assert_num_queries(0):
        clock.now()
    MovableClock._read_at = float("-inf")
    with django_assert_num_queries(1):
        assert clock.today() == START
    assert DemoClock.objects.get().days == days_until(START)
