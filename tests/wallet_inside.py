"""What the holder and the clock do, inside a running service's database: jobs and answers are JSON
lines. Used by `tests/test_wallet_flow.py`, in the service's own environment.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juzhu.config.settings")
import django

django.setup()
# ruff: noqa: E402, models can be read from here on

from django.conf import settings

from juzhu.credentials.keys import DEVELOPMENT_PASSPHRASE
from juzhu.credentials.models import Licence
from juzhu.credentials.signing.key_store import KeyFolder
from juzhu.evidence import clients
from juzhu.evidence.tests import programs
from juzhu.operations import clock, events
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event, Task
from juzhu.permits.models import Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.registration import actions as registration
from juzhu.wallets import issuing, offers, queries
from juzhu.wallets.models import Issuance, Loading


def keys() -> dict[str, str]:
    """A key for each use, so that a test knows which one is opened when."""
    store = KeyFolder(settings.JUZHU_KEYS, DEVELOPMENT_PASSPHRASE)
    uses = ("root", "status", "permit", "request")
    return {use: store.create("ES256", [use], 0).kid for use in uses}


def permit() -> dict[str, Any]:
    """Somebody who holds a permit."""
    account = make.eligible_account(clock.today())
    made = make.issued(account, clock.today())
    return {"permit": made.pk, "number": made.number, "name": made.person.name}


def offer(permit: int) -> dict[str, str]:
    """As the holder's page makes one, after the presence check."""
    held = Permit.objects.get(pk=permit)
    made = offers.make(held, "旧手机", actor=held.person.account.actor, now=clock.now())
    return {"link": made.link, "by_value": made.link_by_value, "tx_code": made.tx_code}


def program() -> str:
    """A token of an organisation's program that may ask who somebody is."""
    made, _actor = reporters.enrolled("school", name="运河小学（示例）")
    client = clients.make_for(made, "报名系统（示例）", [clients.PRESENTATIONS], actor=SYSTEM)[0]
    return programs.token_of(client)


def change_workplace(permit: int) -> None:
    """The holder has another place of work: the permit has another version."""
    holder = Permit.objects.get(pk=permit).person
    registration.change_workplace(holder, "北站仓储（示例）", actor=holder.account.actor, today=clock.today())


def superseded(permit: int) -> int:
    """How many documents of the permit have a later one."""
    return Licence.objects.filter(permit=permit, superseded_at__isnull=False).count()


def revoke(permit: int) -> int:
    """The holder lets their devices have it no more."""
    held = Permit.objects.get(pk=permit)
    devices = queries.devices_of(held)
    for device in devices:
        issuing.revoke(device.pk, actor=held.person.account.actor, now=clock.now())
    return len(devices)


def log(permit: int) -> list[dict[str, Any]]:
    """What the holder reads of what was shown."""
    shown = queries.presentations_of(Permit.objects.get(pk=permit).person)
    return [
        {"checker": one.checker, "confirmed": one.confirmed, "purpose": one.purpose,
         "given": [str(words) for words in one.given], "outcome": one.outcome, "device": one.device}
        for one in shown
    ]  # fmt: skip


def signing() -> list[dict[str, Any]]:
    """Documents that are being made: how often their tasks were begun, and what is there of them."""
    rows = Issuance.objects.filter(settled_at=None)
    return [
        {"attempts": Task.objects.get(key=f"wallets.issue:{row.pk}").attempts, "credential": row.credential}
        for row in rows
    ]


def lease_runs_out() -> int:
    """As if two minutes had gone by since a worker died."""
    return Task.objects.filter(done_at=None, leased_until__isnull=False).update(leased_until=None)


def counts() -> dict[str, int]:
    """What was loaded, by rows and by the audit trail, which holds."""
    events.verify()
    return {
        "loaded": Loading.objects.filter(loaded_at__isnull=False).count(),
        "told": Event.objects.filter(kind="permit.loaded").count(),
    }


JOBS = (
    keys,
    permit,
    offer,
    program,
    change_workplace,
    superseded,
    revoke,
    log,
    signing,
    lease_runs_out,
    counts,
)


def main() -> None:
    by_name = {job.__name__: job for job in JOBS}
    out, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        name, given = json.loads(line)
        print(json.dumps(by_name[name](**given)), file=out, flush=True)


if __name__ == "__main__":
    main()
