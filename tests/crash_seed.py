"""Make so many drafts that only have to be sent, each of a person of its own, signed in. Prints JSON."""

import json
import sys
from uuid import uuid4

from juzhu.config.commands import django_ready

django_ready()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test.utils import override_settings  # noqa: E402

from juzhu.operations import clock  # noqa: E402
from juzhu.permits.tests import factories as make  # noqa: E402


def main() -> None:
    call_command("migrate", verbosity=0)
    today, rows = clock.today(), []
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with quick, transaction.atomic():
        for _number in range(int(sys.argv[1])):
            account = make.eligible_account(today)
            make.draft(account, today=today)
            session = SessionStore()
            session[SESSION_KEY] = str(account.pk)
            session[BACKEND_SESSION_KEY] = "juzhu.people.backends.Accounts"
            session[HASH_SESSION_KEY] = account.get_session_auth_hash()
            session.save()
            rows.append({"session": session.session_key, "key": uuid4().hex})
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
