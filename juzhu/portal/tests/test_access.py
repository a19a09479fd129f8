"""Who gets in, for whom one acts, and what is kept of a form whose session ended."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from juzhu.operations.actors import SYSTEM
from juzhu.people import actions as people
from juzhu.people.models import Guardianship
from juzhu.permits.tests import factories as make
from juzhu.portal import access
from juzhu.portal.tests.browsing import html, signed_in, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
GUARDED = ["portal:tasks", "portal:registration", "portal:messages", "portal:who_used", "portal:register"]


@pytest.mark.parametrize("name", GUARDED)
def test_a_stranger_signs_in_first_and_comes_back(name: str):
    response = stranger().get(reverse(name))
    assert response.status_code == 302
    assert response.headers["Location"] == f"/sign-in?next={reverse(name)}"


@pytest.mark.parametrize("name", GUARDED)
def test_an_account_without_a_person_confirms_the_name_first(name: str):
    account = people.open_account("13812345678", make.PASSWORD)
    response = signed_in(account).get(reverse(name))
    assert response.headers["Location"].startswith("/real-name?next=")


@pytest.mark.parametrize("name", GUARDED)
def test_an_officer_is_sent_to_the_counter(name: str):
    response = signed_in(make.make_officer()).get(reverse(name))
    assert response.headers["Location"] == reverse("counter:home")


def test_a_guardian_acts_for_a_ward_by_index_and_for_nobody_else():
    guardian, child = make.make_account(), make.make_person("周小满", date(2018, 5, 1))
    Guardianship.objects.create(guardian=guardian.person, child=child, source="police")
    client = signed_in(guardian)
    assert "周小满" in html(client.get("/?for=1"))
    for strange in ("2", "x", "-1", "99999", "１"):
        assert client.get(f"/?for={strange}").status_code == 404
    assert signed_in(make.make_account("陈一")).get("/?for=1").status_code == 404


def test_the_index_never_shows_a_row_id():
    guardian, child = make.make_account(), make.make_person("周小满", date(2018, 5, 1))
    Guardianship.objects.create(guardian=guardian.person, child=child, source="police")
    make.register(child, make.TODAY, actor=SYSTEM)
    page = html(signed_in(guardian).get("/tasks?for=1"))
    assert "?for=1" in page
    assert f"?for={child.pk}" not in page or child.pk == 1


def test_next_stays_on_this_host():
    rf = RequestFactory()
    for wanted in ("https://evil.example/", "//evil.example", "javascript:alert(1)", ""):
        assert access.next_place(rf.get("/sign-in", {"next": wanted}), "/") == "/"
    assert access.next_place(rf.get("/sign-in", {"next": "/tasks?for=1"}), "/") == "/tasks?for=1"


def test_a_form_that_came_after_the_session_ended_is_shown_again_after_signing_in():
    account = make.make_account()
    make.register(account.person, make.TODAY)
    browser = Client()
    sent = browser.post("/registration/workplace", {"workplace": "运河服饰", "password": "secret"})
    assert sent.headers["Location"] == "/sign-in?next=/registration/workplace"
    assert "刚才填的内容已保存到" in html(browser.get(sent.headers["Location"]))
    assert "secret" not in str(dict(browser.session))
    browser.post(sent.headers["Location"], {"username": account.login, "password": make.PASSWORD})
    shown = html(browser.get("/registration/workplace"))
    assert "运河服饰" in shown
    assert "还没有保存" in shown
    assert "运河服饰" not in html(browser.get("/registration/workplace"))


def request_with(**given: object) -> object:
    request = RequestFactory().post("/register/place", given)
    request.session = SessionStore()
    request._messages = CookieStorage(request)
    return request


def test_what_another_site_sends_is_not_kept():
    request = request_with(subdistrict="330105005")
    request.META["HTTP_SEC_FETCH_SITE"] = "cross-site"
    assert access.keep(request) is None
    assert access.KEPT not in request.session


def test_identity_numbers_are_never_kept_and_huge_forms_neither():
    assert access.keep(request_with(identity_number="341221199308170023", password="x")) is None
    assert access.keep(request_with(address="长" * 30_000)) is None


def test_what_was_kept_two_hours_ago_is_gone():
    request = request_with(subdistrict="330105005")
    access.keep(request)
    assert access.kept_at(request) is not None
    request.session[access.KEPT]["at"] = datetime(2026, 3, 10, 1, 0, tzinfo=UTC).isoformat()
    assert access.kept_at(request) is None
    assert access.kept(request) is None


def test_index_of_a_stranger_is_a_404():
    request = RequestFactory().get("/")
    request.user = make.make_account()
    with pytest.raises(Http404):
        access.index_of(request, make.make_person("陈一").pk)


def test_personal_pages_are_not_stored_by_caches():
    assert access.no_store(HttpResponse()).headers["Cache-Control"] == "no-store"
    assert signed_in(make.make_account()).get("/").headers["Cache-Control"] == "no-store"
