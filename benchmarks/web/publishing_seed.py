"""Fill a database with so many e-licences, of permits of every standing, by a statement a table: prints JSON.

`python -m benchmarks.web.publishing_seed 1000000`. Of ten documents nine are current and one is superseded;
of ten permits two and a half were not endorsed, and one has ended; of ten holders one has left.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from typing import Any

from juzhu.config.commands import django_ready

django_ready()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.web.queue_seed import FIRST, Copier  # noqa: E402
from benchmarks.web.seed import queries_of  # noqa: E402
from juzhu.credentials.actions import want  # noqa: E402
from juzhu.credentials.models import Licence, PublishedDocument, Shard  # noqa: E402
from juzhu.credentials.places import SIZE  # noqa: E402
from juzhu.credentials.standings import not_valid  # noqa: E402
from juzhu.credentials.tests.registered import publish_all, register_all  # noqa: E402
from juzhu.operations import clock  # noqa: E402
from juzhu.people.models import Person  # noqa: E402
from juzhu.permits.models import Application, Permit, PermitVersion  # noqa: E402
from juzhu.permits.tests import factories as make  # noqa: E402
from juzhu.registration.models import Registration  # noqa: E402

ODD = 1_777
"""Scatters copies over the places of a shard, as the secret does."""


def fill(count: int, today: date) -> Permit:
    """Copy until there are so many documents."""
    account = make.eligible_account(today)
    permit = make.issued(account, today)
    register_all()
    stay = Registration.objects.get(person=permit.person_id)
    version, licence = PermitVersion.objects.get(), Licence.objects.get()
    copier, current = Copier(count, today), count * 9 // 10
    if copier.postgres:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
    own = {"id": f"{FIRST} + n", "person_id": f"{FIRST} + n", "permit_id": f"{FIRST} + n"}
    day = copier.day("n % 270 - 90")
    ended = f"CASE WHEN n % 12 = 0 THEN {copier.day('-5')} END"
    gone = f"CASE WHEN n % 10 = 0 THEN {copier.day('-(n % 300) - 1')} END"
    person = {"id": own["id"], "identity_number": f"'341221' || {copier.padded('n', 12)}", "photo_id": "NULL"}
    dead = {"died_on": f"CASE WHEN n % 50 = 0 THEN {copier.day('-3')} END"}
    copier.copy(Person, str(permit.person_id), {**person, **dead}, count=current)
    place = {
        "number": f"'DJ-2023-' || {copier.padded('n', 7)}",
        "ended_on": gone,
        "end_reason": "CASE WHEN n % 10 = 0 THEN 'left' ELSE '' END",
        "destination": "CASE WHEN n % 20 = 0 THEN '110101' ELSE '330106' END",
        "registered_on": copier.day("-400"),
        "arrived_on": copier.day("-400"),
        "follows_id": "NULL",
    }
    copier.copy(Registration, str(stay.pk), {**own, **place}, count=current)
    dates = {
        "number": f"'330105' || {copier.padded('n', 12)}",
        "public_id": copier.padded("n", 16),
        "issued_on": copier.day("-390"),
        "cached_until": day,
        "terminated_on": ended,
    }
    copier.copy(Permit, str(permit.pk), {**own, **dates}, count=current)
    copier.copy(PermitVersion, str(version.pk), {**own, "photo_id": "NULL"}, count=current)
    document = {**own, "version_id": f"{FIRST} + n", **_document(copier, "n")}
    copier.copy(Licence, str(licence.pk), document, count=current)
    _supersede(copier, version, licence, current, count)
    Shard.objects.update(given=count)
    if copier.postgres:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute("VACUUM ANALYZE")
    return permit


def _supersede(copier: Copier, version: PermitVersion, licence: Licence, current: int, count: int) -> None:
    """An earlier document of so many permits that there are `count` documents in all."""
    later = f"{current} + n"
    old = {"id": f"{FIRST} + {later}", "permit_id": f"{FIRST} + n"}
    copier.copy(PermitVersion, str(version.pk), {**old, "number": "0"}, count=count - current - 1)
    superseded = {"superseded_at": copier.moment("0"), "version_id": f"{FIRST} + {later}"}
    superseded |= {"made_at": copier.moment("0"), **_document(copier, later)}
    copier.copy(Licence, str(licence.pk), {**old, **superseded}, count=count - current - 1)


def _document(copier: Copier, number: str) -> dict[str, str]:
    """A place that is nobody else's: the template's own is left out."""
    return {
        "identifier": f"'1.2.156.3005.2.' || {copier.padded(number, 40)}",
        "place": f"(({number}) * {ODD} + {Licence.objects.get(pk__lt=FIRST).place}) % {SIZE}",
    }


def file_endorsements(today: date) -> None:
    """One in a thousand permits has an endorsement in hand, some past their last day."""
    template = Application.objects.first()
    assert template is not None
    copier = Copier(Permit.objects.count() // 1000, today)
    changed = {
        "id": f"{FIRST} + n",
        "number": f"'GS-2024-' || {copier.padded('n', 6)}",
        "person_id": f"{FIRST} + n * 900",
        "permit_id": f"{FIRST} + n * 900",
        "kind": "'endorsement'",
        "state": "'accepted'",
        "filed_on": copier.day("(n * 900) % 270 - 95"),
        "decided_by_id": "NULL",
        "accepted_by_id": "NULL",
        "decided_on": "NULL",
    }
    copier.copy(Application, str(template.pk), changed)


def lists(today: date) -> dict[str, Any]:
    """What the list of a day takes: to read what is not valid, and all of it, by the processor's time."""
    begun = time.process_time()
    found = not_valid(0, today)
    read = time.process_time() - begun
    want([0])
    begun, wall = time.process_time(), time.perf_counter()
    publish_all()
    built, waited = time.process_time() - begun, time.perf_counter() - wall
    size = len(bytes(PublishedDocument.objects.get(path="/status/0").body))
    return {"not_valid": len(found), "read_s": read, "built_s": built, "waited_s": waited, "bytes": size}


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("messages", "--compile", verbosity=0)
    today = clock.today()
    permit = fill(int(sys.argv[1]), today)
    file_endorsements(today)
    publish_all()
    code = Licence.objects.get(permit=permit).offline_code
    told: dict[str, Any] = {"code": code, **lists(today)}
    told["queries"] = queries_of(Client(), "/api/v1/verify", {"code": code})
    print(json.dumps(told))


if __name__ == "__main__":
    main()
