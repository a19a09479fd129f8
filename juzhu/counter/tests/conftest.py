"""Officers who are signed in, and cases for them."""

from collections.abc import Callable

import pytest
from django.test import Client

from juzhu.people.models import Account
from juzhu.permits.tests import factories as make


@pytest.fixture
def sign_in() -> Callable[[Account], Client]:
    """A browser in which somebody is signed in."""

    def signed_in(account: Account) -> Client:
        client = Client()
        client.force_login(account, backend="juzhu.people.backends.Accounts")
        return client

    return signed_in


@pytest.fixture
def clerk(db: None) -> Account:
    return make.make_officer("clerk")


@pytest.fixture
def reviewer(db: None) -> Account:
    return make.make_officer("reviewer", name="林海峰")


@pytest.fixture
def chief(db: None) -> Account:
    return make.make_officer("chief", name="陈所长")


@pytest.fixture
def stranger(db: None) -> Account:
    """An officer of another subdistrict."""
    return make.make_officer("chief", areas=(make.OTHER_AREA,), name="外区")
