"""Fill a database for the measurements, and say what to ask: run as a process of its own, prints JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from juzhu.config.commands import django_ready

django_ready()

from django.conf import settings  # noqa: E402, after Django is ready
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from juzhu.credentials import checks  # noqa: E402
from juzhu.operations import clock  # noqa: E402
from juzhu.people.models import Account  # noqa: E402
from juzhu.permits.tests import factories as make  # noqa: E402


def session_of(account: Account) -> str:
    """A signed-in session's key, as signing in would make it."""
    client = Client()
    client.force_login(account, "juzhu.people.backends.Accounts")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def queries_of(path: str, session: str = "", body: dict[str, Any] | None = None) -> int:
    """How many queries one request makes, once everything that is kept in memory is there."""
    client = Client()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session

    def ask() -> int:
        with CaptureQueriesContext(connection) as captured:
            response = client.post(path, body, content_type="application/json") if body else client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")
        return len(captured)

    ask()
    return ask()


def main() -> None:
    import_module("juzhu.config.urls")
    call_command("migrate", verbosity=0)
    call_command("messages", "--compile", verbosity=0)
    today = clock.today()
    applicant = make.eligible_account(today)
    holder = make.eligible_account(today)
    permit = make.issued(holder, today)
    code = checks.show(permit, datetime.now(UTC))
    pages = {}
    asked = {
        "first page, before applying": ("/", applicant),
        "first page, permit held": ("/", holder),
        "messages": ("/messages", holder),
    }
    for name, (path, account) in asked.items():
        session = session_of(account)
        pages[name] = {"path": path, "session": session, "queries": queries_of(path, session)}
    verify = {"path": "/api/v1/verify", "queries": queries_of("/api/v1/verify", body={"code": code})}
    print(
        json.dumps(
            {
                "pages": pages,
                "verify": verify,
                "public_id": permit.public_id,
                "cookie": settings.SESSION_COOKIE_NAME,
            }
        )
    )


if __name__ == "__main__":
    main()
