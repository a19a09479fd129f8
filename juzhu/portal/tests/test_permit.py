"""The electronic permit: opened afresh, with a code that changes; and one more year by one button."""

import re
from datetime import date, timedelta

import pytest

from juzhu.credentials.queries import offline_code
from juzhu.design.templatetags import face
from juzhu.operations import tasks
from juzhu.people.models import Account
from juzhu.permits.models import Application, Permit
from juzhu.permits.tests import factories as make
from juzhu.portal import presence
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words
from juzhu.portal.views import permit as page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
WINDOW = date(2027, 2, 20)


def holder(**about) -> Account:
    """Somebody with a permit since 10 March 2026, insured for years to come."""
    account = make.eligible_account(**about)
    make.attest_insurance(account.person, "2025-01", "2028-12")
    make.issued(account)
    return account


def opened(account: Account, language: str = "zh-hans"):
    client = signed_in(account, language=language)
    assert client.post("/permit/open", {"password": make.PASSWORD}).url == "/permit"
    return client


def test_it_opens_only_after_the_password_once_more():
    client = signed_in(holder())
    assert client.get("/permit").url == "/permit/open"
    answer = client.post("/permit/open", {"password": "wrong-wrong"})
    assert "密码不对" in words(answer)
    assert client.get("/permit").url == "/permit/open"
    client.post("/permit/open", {"password": make.PASSWORD})
    assert client.get("/permit").status_code == 200


def test_it_stays_open_for_ten_minutes_and_no_longer(on_day, monkeypatch):
    client = opened(holder())
    assert client.get("/permit").status_code == 200
    now = presence.clock.now()
    monkeypatch.setattr(presence.clock, "now", lambda: now + timedelta(minutes=9, seconds=59))
    assert client.get("/permit").status_code == 200
    monkeypatch.setattr(presence.clock, "now", lambda: now + timedelta(minutes=10))
    assert client.get("/permit").url == "/permit/open"


def test_signing_out_closes_it():
    account = holder()
    client = opened(account)
    client.post("/sign-out")
    client.force_login(account, "juzhu.people.backends.Accounts")
    assert client.get("/permit").url == "/permit/open"


def test_five_wrong_passwords_end_the_session():
    client = signed_in(holder())
    for _try in range(4):
        assert client.post("/permit/open", {"password": "wrong-wrong"}).status_code == 200
    assert client.post("/permit/open", {"password": "wrong-wrong"}).url == "/sign-in"
    assert client.get("/permit").url.startswith("/sign-in")


def test_the_owner_an_officer_and_a_stranger():
    account = holder()
    page = opened(account).get("/permit")
    assert account.person.name in html(page)
    assert account.person.identity_number not in html(page)
    other = opened(make.make_account("李明")).get("/permit")
    assert "还没有居住证" in words(other)
    assert account.person.name not in html(other)
    assert signed_in(make.make_officer()).get("/permit").url == "/counter/"
    assert stranger().get("/permit").url.startswith("/sign-in")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("path", ["/permit/open", "/permit/endorse", "/permit"])
def test_pages_have_one_heading_and_their_language(language, path, on_day):
    account = holder()
    on_day(WINDOW)
    page = opened(account, language).get(path)
    assert html(page).count("<h1") == 1
    assert primary_buttons(page) == 1
    assert "no-store" in page.headers["Cache-Control"]
    if language == "en":
        assert not chinese_left(page)


def test_the_state_stands_before_the_face_and_the_face_has_no_address():
    page = html(opened(holder()).get("/permit"))
    assert page.index("有效") < page.index('src="data:image/jpeg;base64,')
    assert "/files/" not in page
    assert "满 0 年" in page


def code_of(page) -> str:
    return page.context["verify_url"].rsplit("/", 1)[-1]


def test_the_code_is_an_address_that_verifies_and_changes_by_the_half_minute(monkeypatch):
    client = opened(holder())
    page = client.get("/permit")
    assert page.context["verify_url"].startswith("http://testserver/v/")
    assert words(client.get(f"/v/{code_of(page)}")).count("居住证现在有效") == 1
    now = page_of.clock.now()
    monkeypatch.setattr(page_of.clock, "now", lambda: now + timedelta(seconds=30))
    part = client.get("/permit/code", headers={"HX-Request": "true"})
    assert "<html" not in html(part)
    assert code_of(part) != code_of(page)
    assert "no-store" in part.headers["Cache-Control"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_offline_code_is_shown_when_it_is_asked_for(language):
    account = holder()
    client = opened(account, language)
    assert qr(client.get("/permit?offline=1")) == []
    tasks.run_all()
    page = client.get("/permit")
    assert qr(page) == []
    assert 'href="/permit?offline=1#offline"' in html(page)
    asked = client.get("/permit?offline=1")
    (drawn,) = qr(asked)
    assert drawn == str(face.qr(offline_code(account.person.permits.get()), drawn_label(drawn)))
    assert asked.headers["Cache-Control"] == "no-store, max-age=0"


def test_of_a_permit_that_does_not_work_there_is_no_offline_code(on_day):
    client = opened(holder())
    tasks.run_all()
    on_day(date(2027, 3, 11))
    client.post("/permit/open", {"password": make.PASSWORD})
    assert "p-offline" not in html(client.get("/permit?offline=1"))


def qr(page) -> list[str]:
    """What is drawn in the section of the offline code."""
    section = re.search(r'<section class="sheet" id="offline".*?</section>', html(page), re.S)
    assert section
    return re.findall(r'<svg role="img".*?</svg>', section[0], re.S)


def drawn_label(drawn: str) -> str:
    return re.search(r'aria-label="([^"]*)"', drawn)[1]


def test_without_scripts_the_next_code_is_a_page():
    client = opened(holder())
    assert client.get("/permit/code").url == "/permit?code=1"


def test_the_fragment_of_a_closed_permit_shows_no_code():
    client = signed_in(holder())
    part = client.get("/permit/code", headers={"HX-Request": "true"})
    assert "再打开一次" in html(part)
    assert "/v/" not in html(part)


def test_a_suspended_permit_says_since_when_and_why_and_hides_its_code(on_day):
    account = holder()
    on_day(date(2027, 3, 20))
    client = opened(account)
    page = words(client.get("/permit"))
    assert "功能中止 2027-03-11 起" in page
    assert "补办签注" in page
    assert client.get("/permit").context["show_code"] is False
    shown = client.get("/permit?code=1")
    assert primary_buttons(shown) == 1
    assert "功能中止" in words(client.get(f"/v/{code_of(shown)}"))


def test_a_terminated_permit_says_so():
    account = holder()
    Permit.objects.update(terminated_on=date(2026, 3, 10), termination_reason="not_endorsed")
    page = words(opened(account).get("/permit"))
    assert "已终止 2026-03-10 起" in page


def test_before_the_window_its_first_day_is_told():
    page = signed_in(holder()).get("/permit/endorse")
    assert page.status_code == 200
    assert "2027-02-10 起可以签注" in words(page)


def test_one_button_files_the_endorsement_once(on_day):
    account = holder()
    on_day(WINDOW)
    client = signed_in(account)
    page = client.get("/permit/endorse")
    assert page.context["picked"] == "employment"
    assert "社保连续满 1 年" in words(page)
    first = client.post("/permit/endorse", {"route": "employment"}, headers={"Sec-CH-UA-Mobile": "?1"})
    second = client.post("/permit/endorse", {"route": "employment"})
    assert first.url == second.url
    assert Application.objects.get(kind="endorsement").channel == "mobile"
    assert client.get("/permit/endorse").url == first.url


def test_under_review_the_permit_stays_valid_after_its_last_day(on_day):
    account = holder()
    on_day(WINDOW)
    signed_in(account).post("/permit/endorse", {"route": "employment"})
    on_day(date(2027, 3, 12))
    assert "签注在办，办理期间照常有效" in words(opened(account).get("/permit"))


def test_a_route_that_would_do_better_is_chosen(on_day):
    account = make.eligible_account()
    make.issued(account)
    on_day(WINDOW)
    page = signed_in(account).get("/permit/endorse")
    assert page.context["chosen"].refused is False
    assert page.context["picked"] != "employment"


def test_endorsing_is_nobody_elses(on_day):
    holder()
    on_day(WINDOW)
    other = signed_in(make.make_account("李明"))
    assert "还没有居住证" in words(other.get("/permit/endorse"))
    other.post("/permit/endorse", {"route": "employment"})
    assert not Application.objects.filter(kind="endorsement").exists()
    assert signed_in(make.make_officer()).post("/permit/endorse").url == "/counter/"


def test_no_page_names_the_person_in_its_address(on_day):
    account = holder()
    page = html(opened(account).get("/permit"))
    links = re.findall(r'(?:href|hx-get)="([^"]*)"', page)
    assert not [link for link in links if account.person.name in link or account.login in link]
