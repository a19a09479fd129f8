"""The port by which a holder proves, freshly, that it is they who open the permit.

Source: notice 2(2)3 asks for a face check; the password stands here until a certified provider is connected.
"""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from juzhu.people.errors import PresenceNotProved
from juzhu.people.models import Account


class PresenceCheck(Protocol):
    """Prove presence with what was handed over. Raises PresenceNotProved."""

    method: str

    def prove(self, account: Account, secret: str) -> None: ...


class PasswordPresenceCheck:
    """The account's password, typed again."""

    method = "password"

    def prove(self, account: Account, secret: str) -> None:
        if not account.check_password(secret):
            raise PresenceNotProved


def presence_check() -> PresenceCheck:
    """The check that the settings name."""
    found: PresenceCheck = import_string(settings.JUZHU_PRESENCE_CHECK)()
    return found
