"""What the tests of wallets share."""

from __future__ import annotations

import pytest

from juzhu.api.openid import issuing, presenting
from juzhu.people.models import Account
from juzhu.permits.models import Permit
from juzhu.wallets.tests import holders


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker runs beside these tests: nobody waits for it."""
    monkeypatch.setattr(issuing, "PATIENCE_S", 0)
    monkeypatch.setattr(presenting, "PATIENCE_S", 0)


@pytest.fixture
def held(on_day: object, db: None) -> tuple[Permit, Account]:
    """A permit with its document and its lists, and its holder."""
    return holders.permit()
