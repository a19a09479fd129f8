"""Make and publish the electronic permits' documents in a process that may be killed: `seed` lays the permits
ready, `work` is the worker, `check` says what is there. Prints JSON.
"""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from juzhu.config.commands import django_ready

django_ready()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from juzhu.credentials import publishing  # noqa: E402
from juzhu.credentials.actions import Press  # noqa: E402
from juzhu.credentials.models import Licence, PublishedDocument, Shard  # noqa: E402
from juzhu.credentials.tests.registered import publish_all, register_all  # noqa: E402
from juzhu.credentials.verify import Lists, Trust, check  # noqa: E402
from juzhu.operations import clock, events  # noqa: E402
from juzhu.operations.actors import SYSTEM  # noqa: E402
from juzhu.operations.models import Task  # noqa: E402
from juzhu.permits import issuing  # noqa: E402
from juzhu.permits.models import Permit  # noqa: E402
from juzhu.permits.tests import factories as make  # noqa: E402

PERMITS = 6


def seed() -> None:
    """Permits without documents, one of them ended."""
    call_command("migrate", verbosity=0)
    today = clock.today()
    permits = [make.issued(make.eligible_account(today), today) for _n in range(PERMITS)]
    issuing.terminate(permits[0], "fraud", actor=SYSTEM, on=today)
    Task.objects.all().delete()
    print(json.dumps(PERMITS))


def stop(when: str) -> Callable[..., Any]:
    """Say that the moment has come, and wait to be killed."""
    print(when, flush=True)
    sys.stdin.read()
    sys.exit(f"nobody killed it: {when}")


def work() -> None:
    """A worker's rounds until nothing is due, or until the moment at which it is to be killed."""
    Task.objects.filter(done_at__isnull=True).update(run_at=datetime.now(UTC), leased_until=None)
    if sys.argv[2] == "licences":
        licence, calls = Press.licence, iter(range(PERMITS))
        Press.licence = lambda *about: licence(*about) if next(calls) < 3 else stop("licences")
    if sys.argv[2] == "rows":
        PublishedDocument.objects.update_or_create = lambda **about: stop("rows")
    register_all()
    publish_all()
    publish_all()
    print("done", flush=True)


def look() -> None:
    """What there is, what a checker says of it offline, and whether the trail holds."""
    events.verify()
    told: dict[str, object] = {"licences": Licence.objects.count(), "due": []}
    told["given"] = sum(shard.given for shard in Shard.objects.all())
    told["published"] = sorted(PublishedDocument.objects.values_list("path", flat=True))
    if told["published"]:
        told["due"] = publishing.due(publishing.Moment.present())
        told["verdicts"] = verdicts()
    print(json.dumps(told))


def verdicts() -> list[str]:
    """From the folder for a web server, and by its files alone."""
    folder = settings.JUZHU_PUBLISHED_DIR
    trust = Trust.read((folder / ".well-known/juzhu-trust-list").read_bytes(), publishing.root_jwk() or "")
    lists = Lists([(folder / "status/0").read_bytes()])
    codes = [Licence.objects.get(permit=permit).offline_code for permit in Permit.objects.order_by("pk")]
    return [check(code, trust=trust, lists=lists, now=clock.now()).outcome for code in codes]


if __name__ == "__main__":
    {"seed": seed, "work": work, "check": look}[sys.argv[1]]()
