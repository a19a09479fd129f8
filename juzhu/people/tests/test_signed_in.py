"""Who is signed in is looked up on each request: an ended session or account is nobody at once."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from juzhu.people.models import Account
from juzhu.permits.tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return make.make_account("周晓芸")


@pytest.fixture
def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account, "juzhu.people.backends.Accounts")
    assert is_known(client)
    return client


def is_known(client: Client) -> bool:
    return client.get("/messages").status_code == 200


def test_a_session_that_has_run_out_is_none(browser: Client):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_known(browser)


def test_a_session_that_was_ended_is_none(browser: Client):
    Session.objects.all().delete()
    assert not is_known(browser)


def test_an_account_that_was_shut_is_nobodys(browser: Client, account: Account):
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert not is_known(browser)


def test_another_password_ends_every_session(browser: Client, account: Account):
    account.set_password("another-long-password")
    account.save()
    assert not is_known(browser)


def test_every_answer_carries_the_one_policy(browser: Client):
    for path in ("/", "/messages", "/nowhere", "/livez"):
        policy = browser.get(path).headers["Content-Security-Policy"]
        assert set(policy.split("; ")) >= {
            "default-src 'none'",
            "script-src 'self'",
            "frame-ancestors 'none'",
        }
        assert "unsafe" not in policy
