"""Fill a database with 400,000 registered people, as many who have left, and 100,000 dwellings, in one
statement a table: prints JSON.

`python -m benchmarks.web.district_seed 400000`. A few rows are made by hand; the rest are their copies at
other places and days. What the copies lack is a chain of events that verifies.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from juzhu.config.commands import django_ready

django_ready()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.web.queue_seed import EVERYWHERE, FIRST, Copier, session_of  # noqa: E402
from benchmarks.web.seed import queries_of  # noqa: E402
from juzhu.operations import clock  # noqa: E402
from juzhu.people.models import Person  # noqa: E402
from juzhu.permits.tests import factories as make  # noqa: E402
from juzhu.registration.district import dwellings  # noqa: E402
from juzhu.registration.models import (  # noqa: E402
    Community,
    Dwelling,
    Inspection,
    Lease,
    LeaseFiling,
    LettingRecord,
    Registration,
    Room,
    Tenant,
)

A_SUBDISTRICT = 10
"""Communities of each."""
HALF, LONG = 84, 420
"""Over how many days the last arrivals and all arrivals are spread."""


def fill(count: int, today: date) -> None:
    """Copy until so many people are registered."""
    Community.objects.bulk_create(
        Community(code=f"{area}{900 + n}", subdistrict=area, name=f"第 {n + 1} 社区")
        for area in EVERYWHERE
        for n in range(A_SUBDISTRICT)
    )
    made = make.register(make.make_person(), today)
    copier = Copier(count, today)
    if copier.postgres:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
    number = f"'341221' || {copier.padded('n', 12)}"
    changed = {"id": f"{FIRST} + n", "identity_number": number, "photo_id": "NULL"}
    copier.copy(Person, str(made.person_id), changed, count=2 * count)
    _copy_dwellings(copier, count // 4, today)
    _copy_registrations(copier, made)
    if copier.postgres:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute("VACUUM ANALYZE")


def place(copier: Copier, number: str) -> dict[str, str]:
    """A subdistrict and one of its communities."""
    area = copier.pick(number, EVERYWHERE)
    community = f"{area} || {copier.text(f'900 + ({number}) / 18 % {A_SUBDISTRICT}')}"
    return {"subdistrict": area, "community_id": community}


def _copy_registrations(copier: Copier, made: Registration) -> None:
    """Those who are there, of whom three in four came lately or rent; and as many who have left or moved."""
    rented = f"CASE WHEN n % 4 < 3 THEN {FIRST} + 1 + n % {copier.count // 4} END"
    shared = {
        "number": f"'DJ-2024-' || {copier.padded('n', 7)}",
        "id": f"{FIRST} + n",
        "person_id": f"{FIRST} + n",
        "channel": copier.pick("n / 54", ("mobile", "mobile", "web", "window")),
        "reason": copier.pick("n / 7", ("work", "work", "business", "study", "family", "other")),
        "reported": "n % 9 = 0",
    }
    came = f"-(n % 10007 * 7919 % CASE WHEN n % 3 = 0 THEN {HALF} ELSE {LONG} END)"
    days = {"registered_on": copier.day(came), "arrived_on": copier.day(came), "due_on": copier.day(came)}
    there = {**shared, **place(copier, "n"), **days, "dwelling_id": rented}
    copier.copy(Registration, str(made.pk), there)
    left = "-(n % 10007 * 7919 % 365)"
    before = f"{left} - 90"
    gone = {
        **shared,
        **place(copier, "n"),
        "id": f"{FIRST} + {copier.count} + n",
        "person_id": f"{FIRST} + {copier.count} + n",
        "number": f"'DJ-2023-' || {copier.padded('n', 7)}",
        "registered_on": copier.day(before),
        "arrived_on": copier.day(before),
        "due_on": copier.day(before),
        "ended_on": copier.day(left),
        "end_reason": copier.pick("n / 5", ("left", "left", "moved")),
    }
    copier.copy(Registration, str(made.pk), gone)


def _copy_dwellings(copier: Copier, count: int, today: date) -> None:
    """Three rooms a dwelling; most are let, most of those recorded, filed and inspected."""
    now = clock.now()
    officer = make.make_officer("clerk")
    home = Dwelling.objects.create(
        number="FW-0", subdistrict=make.AREA, address="桥弄街 1 号", address_key="0", land="state",
        owner_name="房东", recorded_at=now,
    )  # fmt: skip
    room = Room.objects.create(dwelling=home, name="0", designed_as="bedroom", square_metres=Decimal("9.00"))
    record = LettingRecord.objects.create(
        number="CZ-0", dwelling=home, state="recorded", filed_on=today, filed_by=officer
    )
    lease = Lease.objects.create(
        number="HT-0", dwelling=home, landlord_name="房东", from_on=today - timedelta(days=100),
        until_on=today + timedelta(days=200), handed_in_at=now, handed_in_by=officer,
    )  # fmt: skip
    tenant = Tenant.objects.create(lease=lease, name="租客", identity_number="0")
    filing = LeaseFiling.objects.create(number="BA-0", lease=lease, state="filed", asked_on=today)
    inspection = Inspection.objects.create(
        number="PC-0", dwelling=home, state="passed", asked_on=today, valid_until=today + timedelta(days=99)
    )
    own = {"id": f"{FIRST} + n", "dwelling_id": f"{FIRST} + n"}

    def numbered(prefix: str) -> dict[str, str]:
        return {**own, "number": f"'{prefix}' || {copier.text('n')}"}

    key = {"address_key": copier.text("n")}
    copier.copy(Dwelling, str(home.pk), {**numbered("FW-"), **place(copier, "n"), **key}, count=count)
    three = {"dwelling_id": f"{FIRST} + 1 + (n - 1) / 3", "name": copier.text("n % 3"), "id": f"{FIRST} + n"}
    copier.copy(Room, str(room.pk), three, count=3 * count)
    copier.copy(Lease, str(lease.pk), numbered("HT-"), count=count, where="n % 10 < 9")
    copier.copy(LettingRecord, str(record.pk), numbered("CZ-"), count=count, where="n % 10 < 8")
    copier.copy(
        Inspection, str(inspection.pk), {**numbered("PC-"), "key": "NULL"}, count=count, where="n % 10 < 6"
    )
    of_lease = {"id": f"{FIRST} + n", "lease_id": f"{FIRST} + n"}
    filed = {**of_lease, "number": f"'BA-' || {copier.text('n')}"}
    copier.copy(LeaseFiling, str(filing.pk), filed, count=count, where="n % 10 < 7")
    named = {**of_lease, "identity_number": copier.padded("n", 18), "person_id": f"{FIRST} + n"}
    copier.copy(Tenant, str(tenant.pk), named, count=count, where="n % 10 < 9")


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("messages", "--compile", verbosity=0)
    fill(int(sys.argv[1]), clock.today())
    dwellings.keep_count({"day": clock.today().isoformat()})
    planner = make.make_officer("planner", ())
    session = session_of(planner, "")
    pages: dict[str, dict[str, Any]] = {}
    past = clock.today() - timedelta(days=60)
    then = f"day_year={past.year}&day_month={past.month}&day_day={past.day}"
    asked = {
        "people, the district, 12 weeks": "/counter/district",
        "people, the district, 26 weeks, a past day": f"/counter/district?weeks=26&{then}",
        "people, a subdistrict": f"/counter/district?area={make.AREA}",
        "people, a community": f"/counter/district?area={make.AREA}903",
        "dwellings, the district": "/counter/district/dwellings",
        "dwellings, a subdistrict": f"/counter/district/dwellings?area={make.AREA}",
    }
    for name, path in asked.items():
        client = Client()
        client.cookies["sessionid"] = session
        pages[name] = {"path": path, "session": session, "queries": queries_of(client, path)}
    registered = Registration.objects.filter(ended_on__isnull=True).count()
    print(json.dumps({"pages": pages, "registered": registered}))


if __name__ == "__main__":
    main()
