"""Fill a database for the measurements, and say what to ask: run as a process of its own, prints JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from juzhu.config.commands import django_ready

django_ready()

from django.core.management import call_command  # noqa: E402, after Django is ready
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from juzhu.credentials import checks  # noqa: E402
from juzhu.operations import clock  # noqa: E402
from juzhu.people.models import Account  # noqa: E402
from juzhu.permits.tests import factories as make  # noqa: E402


def browser_of(account: Account) -> Client:
    """A signed-in browser, with the cookies of its session and of the form token, as after any first page."""
    client = Client()
    client.force_login(account, "juzhu.people.backends.Accounts")
    client.get("/")
    return client


def queries_of(client: Client, path: str, body: dict[str, Any] | None = None) -> int:
    """How many queries one request makes, once everything that is kept in memory is there."""

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
        browser = browser_of(account)
        cookies = "; ".join(f"{key}={cookie.value}" for key, cookie in browser.cookies.items())
        pages[name] = {"path": path, "cookies": cookies, "queries": queries_of(browser, path)}
    verify = {"path": "/api/v1/verify", "queries": queries_of(Client(), "/api/v1/verify", {"code": code})}
    print(json.dumps({"pages": pages, "verify": verify, "public_id": permit.public_id}))


if __name__ == "__main__":
    main()
