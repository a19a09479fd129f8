"""Error pages in words, in both languages, with a number to quote, and nothing typed lost."""

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client, RequestFactory
from django.utils.translation import override

from juzhu.permits.tests import factories as make
from juzhu.portal.tests.browsing import (
    BACKEND,
    chinese_left,
    html,
    primary_buttons,
    signed_in,
    stranger,
    words,
)
from juzhu.portal.views import errors

HERE = {"HTTP_ORIGIN": "http://testserver"}


def strict(account=None) -> Client:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "zh-hans"})
    if account:
        client.force_login(account, BACKEND)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_not_there_says_so(language: str):
    response = stranger(language).get("/nothing-here")
    assert response.status_code == 404
    assert primary_buttons(response) == 1
    if language == "en":
        assert chinese_left(response) == []
    else:
        assert "没有这一页，或者您看不了" in words(response)
    assert response.headers["X-Request-ID"] in html(response)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("handler", "status"), [(errors.bad_request, 400), (errors.forbidden, 403), (errors.not_found, 404)]
)
def test_the_other_faults_of_a_request(handler, status: int, language: str):
    request = RequestFactory().get("/")
    request.user = make.make_account()
    request.request_id = "abc-123-def"
    with override(language):
        response = handler(request, Http404())
    assert response.status_code == status
    assert "abc-123-def" in html(response)
    if language == "en":
        assert chinese_left(response) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_our_own_fault_needs_no_database(language: str):
    """No django_db mark: a query would fail this test."""
    request = RequestFactory().get("/")
    request.request_id = "abc-123-def"
    with override(language):
        response = errors.our_error(request)
    assert response.status_code == 500
    assert "abc-123-def" in html(response)
    assert primary_buttons(response) == 1
    if language == "en":
        assert chinese_left(response) == []
    else:
        assert "是我们的问题" in words(response)


@pytest.mark.django_db
def test_an_old_form_of_somebody_signed_in_is_kept_and_shown_again(on_day):
    account = make.make_account()
    make.register(account.person, make.TODAY)
    client = strict(account)
    response = client.post("/registration/workplace", {"workplace": "运河服饰"}, **HERE)
    assert response.status_code == 403
    assert "刚才填的内容已保存到 2026-03-10 12:00" in words(response)
    assert 'href="/registration/workplace"' in html(response)
    assert "运河服饰" in html(client.get("/registration/workplace"))


@pytest.mark.django_db
def test_an_old_form_of_somebody_signed_out_leads_to_signing_in(on_day):
    response = strict().post("/registration/workplace", {"workplace": "运河服饰"}, **HERE)
    assert "您离开了一会儿，请重新登录" in words(response)
    assert 'href="/sign-in?next=/registration/workplace"' in html(response)


@pytest.mark.django_db
def test_nothing_is_kept_of_what_another_site_sends(on_day):
    client = strict(make.make_account())
    response = client.post("/registration/workplace", {"workplace": "x"}, HTTP_ORIGIN="https://evil.example")
    assert "已保存" not in words(response)
    assert "kept_form" not in client.session


@pytest.mark.django_db
def test_an_old_form_in_english(on_day):
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    assert chinese_left(client.post("/sign-in", {"username": "1"}, **HERE)) == []
    client.force_login(make.make_account(), BACKEND)
    assert chinese_left(client.post("/registration/workplace", {"workplace": "x"}, **HERE)) == []


@pytest.mark.django_db
def test_what_is_somebody_elses_looks_like_what_is_not_there(on_day):
    row = make.register(make.make_account().person, make.TODAY)
    other = signed_in(make.make_account("陈一"))
    theirs = words(other.get(f"/registration/{row.number}/certificate"))
    nothing = words(other.get("/registration/DJ-2026-999999/certificate"))
    assert theirs.partition("报编号")[0] == nothing.partition("报编号")[0]
    assert connection.vendor
