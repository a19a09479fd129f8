"""How a signed-in account is found again on each request."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from juzhu.operations.prepared import Prepared
from juzhu.people.models import Account

_ACCOUNT = Prepared(lambda key: Account.objects.filter(pk=key))


class Accounts(ModelBackend):
    """Django's own, with the query of every page written once. One that is not active is nobody."""

    def get_user(self, user_id: Any) -> Account | None:
        account = _ACCOUNT.first(user_id)
        return account if account is not None and self.user_can_authenticate(account) else None
