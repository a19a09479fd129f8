"""Signing up, in and out; confirming one's real name."""

from datetime import date

import pytest
from django.test import override_settings

from juzhu.operations.models import Event
from juzhu.people import actions as people
from juzhu.people.errors import IdentityProviderDown
from juzhu.people.identity_numbers import complete
from juzhu.people.models import Account
from juzhu.permits.tests import factories as make
from juzhu.portal.tests.browsing import chinese_left, html, primary_buttons, signed_in, stranger, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
GOOD = {"phone": "138 1234-5678", "password": "three-odd-words-7"}


class SilentProvider:
    """A provider that does not answer."""

    def confirm(self, name: str, identity_number: str) -> None:
        raise IdentityProviderDown


def unbound(client=None):
    client = client or stranger()
    client.post("/sign-up", GOOD)
    return client


@pytest.mark.parametrize("page", ["/sign-in", "/sign-up"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_speak_both_languages_and_have_one_primary_button(page: str, language: str):
    response = stranger(language).get(page)
    assert primary_buttons(response) == 1
    if language == "en":
        assert chinese_left(response) == []


def test_signing_up_opens_an_account_and_asks_for_the_real_name_next():
    client = stranger()
    response = client.post("/sign-up?next=/tasks", {**GOOD, "next": "/tasks"})
    assert response.headers["Location"] == "/real-name?next=%2Ftasks"
    assert Account.objects.get().login == "13812345678"


def test_pressing_twice_opens_one_account():
    unbound()
    response = stranger().post("/sign-up", GOOD)
    assert response.headers["Location"] == "/real-name"
    assert Account.objects.count() == 1


def test_somebody_elses_phone_is_not_taken_over():
    unbound()
    response = stranger().post("/sign-up", {**GOOD, "password": "another-odd-word-7"})
    assert "已经注册过" in words(response)


@pytest.mark.parametrize(
    ("phone", "password", "sentence"),
    [
        ("12345", "three-odd-words-7", "手机号是 11 位数字"),
        ("12812345678", "three-odd-words-7", "手机号是 11 位数字"),
        ("", "three-odd-words-7", "请填手机号"),
        ("13812345678", "a7b", "密码至少 8 位"),
        ("13812345678", "password1", "容易被猜到"),
        ("13812345678", "7391820465193", "不能全是数字"),
        ("13812345678", "", "请填密码"),
    ],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_fault_of_signing_up_says_what_to_do(phone, password, sentence, language):
    response = stranger(language).post("/sign-up", {"phone": phone, "password": password})
    assert response.status_code == 200
    assert 'class="error-sum"' in html(response)
    assert phone in html(response)
    assert Account.objects.count() == 0
    if language == "en":
        assert chinese_left(response) == []
    else:
        assert sentence in words(response)
        assert "<title>错误：" in html(response)


def test_citizens_and_officers_sign_in_on_one_page():
    citizen, officer = make.make_account(), make.make_officer()
    client = stranger()
    response = client.post("/sign-in", {"username": citizen.login, "password": make.PASSWORD})
    assert response.headers["Location"] == "/"
    response = stranger().post("/sign-in", {"username": officer.login, "password": make.PASSWORD})
    assert response.headers["Location"] == "/counter/"


def test_signing_in_goes_on_to_where_one_was_going_but_never_off_this_host():
    account = make.make_account()
    form = {"username": account.login, "password": make.PASSWORD}
    assert stranger().post("/sign-in", {**form, "next": "/messages"}).headers["Location"] == "/messages"
    assert stranger().post("/sign-in", {**form, "next": "https://evil.example/"}).headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_number_get_the_same_sentence():
    account = make.make_account()
    wrong = stranger().post("/sign-in", {"username": account.login, "password": "no"})
    unknown = stranger().post("/sign-in", {"username": "13900000000", "password": "no"})
    sentence = "号码或密码不对"
    assert words(wrong).count(sentence) == words(unknown).count(sentence) == 2


@override_settings(AXES_ENABLED=True, AXES_FAILURE_LIMIT=3)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_too_many_tries_lead_to_a_page_in_words(language: str):
    account = make.make_account()
    client = stranger(language)
    for _ in range(3):
        response = client.post("/sign-in", {"username": account.login, "password": "no"})
    assert response.status_code == 429
    assert primary_buttons(response) == 1
    if language == "en":
        assert chinese_left(response) == []
    else:
        assert "试的次数太多了" in words(response)


def test_who_is_signed_in_needs_no_sign_in_page():
    assert signed_in(make.make_account()).get("/sign-in").headers["Location"] == "/"
    assert signed_in(make.make_account("陈一")).get("/sign-up").headers["Location"] == "/"


def test_the_real_name_page_says_what_is_collected_and_why():
    page = words(unbound().get("/real-name"))
    for said in ("谁在收集", "收集什么", "为什么", "敏感信息", "存多久", "不满 14 岁"):
        assert said in page


def test_the_real_name_page_in_english():
    response = unbound(stranger("en")).get("/real-name")
    assert chinese_left(response) == []
    assert primary_buttons(response) == 1


def test_a_confirmed_name_binds_the_account_and_goes_on():
    known = make.identity("阿依努尔·买买提")
    client = unbound()
    form = {"name": "阿依努尔·买买提", "identity_number": known.identity_number.lower(), "next": "/tasks"}
    assert client.post("/real-name", form).headers["Location"] == "/tasks"
    assert Account.objects.get().person.name == "阿依努尔·买买提"
    assert client.post("/real-name", form).headers["Location"] == "/tasks"
    assert Event.objects.filter(kind="account.bound").count() == 1


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("341221199308170022", "最后一位对不上"),
        ("341221199302300028", "这个日期不存在"),
        ("341221930817002", "15 位的旧号码"),
        ("810000199308170022", "港澳台居民居住证"),
        ("830000199308170022", "港澳台居民居住证"),
        ("933156199308170022", "外国人"),
        ("12345", "公民身份号码是 18 位"),
        ("", "请填公民身份号码"),
    ],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_fault_of_a_number_says_what_to_do_and_keeps_what_was_typed(number, sentence, language):
    response = unbound(stranger(language)).post("/real-name", {"name": "周晓芸", "identity_number": number})
    if language == "en":
        assert chinese_left(response) == []
        return
    assert sentence in words(response)
    assert 'value="周晓芸"' in html(response)
    assert "<title>错误：" in html(response)


def test_an_unknown_region_prefix_warns_and_goes_on():
    known = make.identity("周晓芸", household_division="171221")
    client = unbound()
    response = client.post(
        "/real-name", {"name": "周晓芸", "identity_number": known.identity_number}, follow=True
    )
    assert "地区代码我们没见过" in words(response)
    assert Account.objects.get().person is not None


def test_it_is_never_told_whether_a_number_is_known():
    known = make.identity("周晓芸")
    taken = make.make_account("陈一")
    client = unbound()
    pages = [
        words(client.post("/real-name", {"name": "别的人", "identity_number": number}))
        for number in (
            known.identity_number,
            taken.person.identity_number,
            complete("341221", date(1990, 1, 1), 999),
        )
    ]
    assert all("姓名和公民身份号码对不上" in page for page in pages)


def test_the_holder_is_told_that_there_is_an_account_already():
    taken = make.make_account("陈一")
    form = {"name": "陈一", "identity_number": taken.person.identity_number}
    response = unbound().post("/real-name", form)
    assert response.status_code == 409
    assert "已经有账号了" in words(response)


@override_settings(JUZHU_IDENTITY_PROVIDER=f"{__name__}.SilentProvider")
def test_a_provider_that_is_down_costs_nobody_what_they_typed():
    known = make.identity("周晓芸")
    response = unbound().post("/real-name", {"name": "周晓芸", "identity_number": known.identity_number})
    assert response.status_code == 503
    assert "是我们这边的问题" in words(response)
    assert known.identity_number in html(response)


def test_signing_out_is_a_post_and_ends_the_session():
    client = signed_in(make.make_account())
    assert client.get("/sign-out").status_code == 405
    assert "已退出" in words(client.post("/sign-out", follow=True))
    assert client.get("/tasks").status_code == 302


def test_an_officers_account_has_no_real_name_page():
    assert signed_in(make.make_officer()).get("/real-name").headers["Location"] == "/counter/"


def test_a_stranger_signs_in_before_the_real_name():
    assert stranger().get("/real-name").headers["Location"].startswith("/sign-in?next=")


def test_an_account_that_was_closed_cannot_sign_in():
    account = people.open_account("13812345679", make.PASSWORD)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    response = stranger().post("/sign-in", {"username": account.login, "password": make.PASSWORD})
    assert "号码或密码不对" in words(response)
