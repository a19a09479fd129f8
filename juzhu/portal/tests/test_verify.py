"""What a stranger's phone shows: six outcomes, no more than a face and a masked name."""

from datetime import date, timedelta

import pytest

from juzhu.credentials import checks
from juzhu.operations import clock
from juzhu.people.models import Account
from juzhu.permits.models import Permit
from juzhu.permits.tests import factories as make
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
WITH_A_FACE = ("valid", "suspended", "terminated")
WORDS = {
    "valid": ("有效", "居住证现在有效", "有效期到 2027-03-10"),
    "suspended": ("功能中止", "证是真的，现在不能使用", "2027-03-11 起中止"),
    "terminated": ("已终止", "证是真的，已不再有效", "2026-03-10 起终止"),
    "expired": ("码已过期", "还不知道证是否有效", "每 30 秒换一次"),
    "forged": ("伪造或被改", "签名对不上，不要采信", "不要采信"),
    "unknown": ("不是居住证码", "这个码不是我们发的", "比如付款码"),
}


@pytest.fixture
def shown(on_day):
    """Make a code of each outcome: (address, holder)."""

    def make_one(outcome: str) -> tuple[str, Account]:
        account = make.eligible_account()
        permit = make.issued(account)
        if outcome == "suspended":
            on_day(date(2027, 3, 20))
        if outcome == "terminated":
            Permit.objects.update(terminated_on=date(2026, 3, 10))
        moment = clock.now() - timedelta(minutes=4) if outcome == "expired" else clock.now()
        code = checks.show(permit, moment)
        if outcome == "forged":
            code = code[:20] + ("A" if code[20] != "A" else "B") + code[21:]
        if outcome == "unknown":
            code = "https-example-payment"
        return f"/v/{code}", account

    return make_one


@pytest.mark.parametrize("outcome", WORDS)
def test_each_outcome_in_words_and_shape_of_its_own(shown, outcome):
    path, _account = shown(outcome)
    page = stranger().get(path)
    assert page.status_code == 200
    assert f"o-{outcome}" in html(page)
    for said in WORDS[outcome]:
        assert said in words(page)
    assert html(page).count("<h1") == 1
    assert primary_buttons(page) == 1
    assert page.headers["Cache-Control"] == "no-store, max-age=0"


@pytest.mark.parametrize("outcome", WORDS)
def test_personal_data_only_where_the_outcome_is_about_somebody(shown, outcome):
    path, account = shown(outcome)
    page = html(stranger().get(path))
    assert account.person.name not in page
    assert account.person.identity_number not in page
    assert account.person.identity_number[:6] not in page
    assert Permit.objects.get().number not in page
    assert ("周*芸" in page) is (outcome in WITH_A_FACE)
    assert ("data:image/jpeg;base64," in page) is (outcome in WITH_A_FACE)
    assert "/files/" not in page


@pytest.mark.parametrize("outcome", WORDS)
def test_it_is_said_in_english_too(shown, outcome):
    path, _account = shown(outcome)
    assert not chinese_left(stranger("en").get(path))


def test_it_says_as_of_when_and_for_how_long_and_that_a_screenshot_proves_nothing(shown):
    path, _account = shown("valid")
    page = words(stranger().get(path))
    assert "核验时间 2026-03-10 12:00" in page
    assert "60 秒后失效，截图不能作证明" in page


def test_a_code_lives_for_its_own_half_minute_and_the_next(shown, monkeypatch):
    path, _account = shown("valid")
    now = clock.now()
    for seconds, outcome in ((0, "valid"), (59, "valid"), (60, "expired"), (3600, "expired")):
        monkeypatch.setattr(clock, "now", lambda after=seconds: now + timedelta(seconds=after))
        assert f"o-{outcome}" in html(stranger().get(path))


def test_anybody_sees_the_same_the_holder_an_officer_a_stranger(shown):
    path, account = shown("valid")
    for client in (signed_in(account), signed_in(make.make_officer()), stranger()):
        assert "居住证现在有效" in words(client.get(path))


def test_a_permit_that_was_never_there_is_unknown(shown):
    path, _account = shown("valid")
    Permit.objects.update(public_id="0123456789abcdef")
    assert "o-unknown" in html(stranger().get(path))
