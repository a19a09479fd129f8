"""Fill a database with hundreds of thousands of applications, in one statement a table: prints JSON.

`python -m benchmarks.web.queue_seed 400000`. A few cases are made through the real actions; the rest are
their copies with other people, places and days. What the copies lack is a chain of events that verifies.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Any

from juzhu.config.commands import django_ready

django_ready()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Model  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.web.seed import queries_of  # noqa: E402
from juzhu.counter.views.queue import TEXT  # noqa: E402
from juzhu.operations import clock  # noqa: E402
from juzhu.operations.models import Event  # noqa: E402
from juzhu.people.models import Account, Person  # noqa: E402
from juzhu.permits import casework, facts  # noqa: E402
from juzhu.permits.models import Application, Decision, Permit  # noqa: E402
from juzhu.permits.tests import factories as make  # noqa: E402
from juzhu.registration.subdistricts import SUBDISTRICTS  # noqa: E402

FIRST = 1_000_000
"""Copies have ids from here on."""
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
EVERYWHERE = tuple(SUBDISTRICTS)
OPEN_SHARES = {"submitted": 40, "supplement_requested": 20, "accepted": 30}
"""How many of a thousand applications of the last years are in hand."""


def columns(model: type[Model]) -> list[str]:
    """The table's columns."""
    return [field.column for field in model._meta.local_concrete_fields if not field.generated]


class Copier:
    """Copies rows by the thousand; `n` is the number of the copy, and expressions speak of it."""

    def __init__(self, count: int, today: date) -> None:
        self.count = count
        self.people = count * 3 // 4
        self.today = today.isoformat()
        self.postgres = connection.vendor == "postgresql"

    def day(self, offset: str) -> str:
        """A date, so many days from today."""
        if self.postgres:
            return f"(DATE '{self.today}' + ({offset})::int)"
        return f"date('{self.today}', ({offset}) || ' days')"

    def moment(self, offset: str) -> str:
        """Nine in the morning (UTC), so many days from today."""
        if self.postgres:
            return f"(TIMESTAMPTZ '{self.today} 09:00+00' + ({offset}) * INTERVAL '1 day')"
        return f"datetime('{self.today} 09:00:00', ({offset}) || ' days')"

    def padded(self, number: str, width: int) -> str:
        """A number with leading zeros."""
        if self.postgres:
            return f"lpad(({number})::text, {width}, '0')"
        return f"printf('%0{width}d', {number})"

    def text(self, number: str) -> str:
        """A number as text."""
        return f"CAST({number} AS TEXT)"

    def pick(self, number: str, choices: tuple[str, ...] | str) -> str:
        """One of some words."""
        whens = " ".join(f"WHEN {place} THEN '{word}'" for place, word in enumerate(choices))
        return f"(CASE ({number}) % {len(choices)} {whens} END)"

    def copy(
        self,
        model: type[Model],
        template: str,
        changed: dict[str, str],
        *,
        count: int | None = None,
        where: str = "1 = 1",
    ) -> None:
        """Insert the copies of a table. `template` gives the id of the row to copy, from `n`."""
        table = model._meta.db_table
        names = columns(model)
        values = [changed.get(name, f't."{name}"') for name in names]
        listed = ", ".join(f'"{name}"' for name in names)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({listed}) "
                f"WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series "
                f"WHERE n < {count or self.count}) "
                f"SELECT {', '.join(values)} FROM series JOIN {table} t ON t.id = {template} WHERE {where}"
            )


def templates(today: date) -> dict[str, Application]:
    """One case in each state, through the actions."""
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer", name="林海峰")
    waiting = make.make_account()
    assert waiting.person is not None
    make.register(waiting.person, date(today.year - 1, 7, 1))
    asked = make.submitted(waiting, "dwelling", today)
    missing = facts.decide(asked, today)[0].missing
    casework.request_supplement(asked, dict.fromkeys(missing, ""), actor=clerk.actor, today=today)
    asked.refresh_from_db()
    issued = make.accepted(clerk, today=today)
    return {
        "submitted": make.submitted(today=today),
        "supplement_requested": asked,
        "accepted": make.accepted(clerk, today=today),
        "issued": casework.approve(issued, actor=reviewer.actor, today=today),
    }


def fill(count: int, today: date) -> dict[str, Application]:
    """Copy until there are so many applications; three in four are somebody's first."""
    made = templates(today)
    copier = Copier(count, today)
    if copier.postgres:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
    _copy_people(copier, made["submitted"].person_id)
    _copy_permits(copier, made["issued"].permit_id or 0)
    state = _copy_applications(copier, made)
    _copy_decisions(copier, made, state)
    _copy_events(copier, made["submitted"])
    if copier.postgres:
        _after_copying()
    return made


def _after_copying() -> None:
    """What PostgreSQL's own housekeeping would have done by the next morning."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")
        for model in (Person, Permit, Application, Decision, Event):
            table = model._meta.db_table
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
        cursor.execute("VACUUM ANALYZE")


def _copy_people(copier: Copier, template: int) -> None:
    name = " || ".join(
        (copier.pick("n / 18", SURNAMES), copier.pick("n / 360", GIVEN), copier.pick("n / 7200", GIVEN))
    )
    number = f"'341221' || {copier.padded('n', 12)}"
    changed = {"id": f"{FIRST} + n", "name": name, "identity_number": number, "photo_id": "NULL"}
    copier.copy(Person, str(template), changed, count=copier.people)


def _copy_permits(copier: Copier, template: int) -> None:
    issued = "(n % 1000) * 919 % 1000 >= " + str(sum(OPEN_SHARES.values()))
    changed = {
        "id": f"{FIRST} + n",
        "number": f"'33010599' || {copier.padded('n', 10)}",
        "public_id": f"'q' || {copier.padded('n', 12)}",
        "person_id": f"{FIRST} + n",
        "issued_on": copier.day("-(n % 360)"),
        "cached_until": copier.day("365 - (n % 360)"),
        "area": copier.pick("n", EVERYWHERE),
    }
    copier.copy(Permit, str(template), changed, count=copier.people, where=issued)


def in_state(state: str, value: str, otherwise: str) -> str:
    """One expression for copies in a state, another one for the rest."""
    return f"CASE t.state WHEN '{state}' THEN {value} ELSE {otherwise} END"


def _copy_applications(copier: Copier, made: dict[str, Application]) -> str:
    """Gives the expression that tells which template the n-th application has."""
    first = f"n <= {copier.people}"
    share, upto, whens = "(n % 1000) * 919 % 1000", 0, ""
    for state, of_thousand in OPEN_SHARES.items():
        upto += of_thousand
        whens += f" WHEN {first} AND {share} < {upto} THEN {made[state].pk}"
    template = f"(CASE{whens} ELSE {made['issued'].pk} END)"
    ago = "-(n % 1000)"
    changed = {
        "id": f"{FIRST} + n",
        "number": f"'GS-2024-' || {copier.padded('n', 6)}",
        "person_id": f"{FIRST} + 1 + (n - 1) % {copier.people}",
        "permit_id": f"CASE WHEN t.permit_id IS NULL THEN NULL WHEN {first} THEN {FIRST} + n END",
        "area": copier.pick("n", EVERYWHERE),
        "route": copier.pick("n / 18", ("employment", "employment", "dwelling", "study", "employment")),
        "channel": copier.pick("n / 54", ("mobile", "mobile", "web", "window")),
        "started_at": copier.moment(ago),
        "submitted_at": copier.moment(ago),
        "filed_on": copier.day(ago),
        "received_on": in_state("submitted", copier.day("-(n % 8)"), copier.day(ago)),
        "examine_by": in_state("submitted", copier.day("(n / 18) % 8 - 1"), "t.examine_by"),
        "supplement_by": in_state("supplement_requested", copier.day("(n / 18) % 30 - 1"), "NULL"),
        "due_on": in_state("accepted", copier.day("(n / 18) % 17 - 1"), "t.due_on"),
        "decided_on": in_state("issued", copier.day(ago), "NULL"),
    }
    copier.copy(Application, template, changed)
    return template


def _copy_decisions(copier: Copier, made: dict[str, Application], template: str) -> None:
    """The last decision of each application, with the answer's whole text."""
    last = {row.pk: row.decisions.order_by("-pk")[0].pk for row in made.values()}
    whens = " ".join(f"WHEN {application} THEN {decision}" for application, decision in last.items())
    changed = {"id": f"{FIRST} + n", "application_id": f"{FIRST} + n"}
    copier.copy(Decision, f"(CASE {template} {whens} END)", changed)


def _copy_events(copier: Copier, application: Application) -> None:
    """Two events an application."""
    event = Event.objects.filter(subject_type="permits.application", subject_id=str(application.pk)).first()
    assert event is not None
    changed = {
        "id": f"{FIRST} + n",
        "position": f"{FIRST} + n",
        "at": copier.moment("-(n % 1000)"),
        "subject_id": copier.text(f"{FIRST} + 1 + (n - 1) % {copier.count}"),
        "person_id": f"{FIRST} + 1 + (n - 1) % {copier.people}",
    }
    copier.copy(Event, str(event.pk), changed, count=2 * copier.count)


def session_of(account: Account, searched: str) -> str:
    """The key of a session in which somebody is signed in and has searched for something."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "juzhu.people.backends.Accounts"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session[TEXT] = searched
    session.save()
    return session.session_key or ""


def asked(case: str) -> dict[str, tuple[str, str]]:
    """The pages to measure: a path, and what was searched for."""
    return {
        "first tab": ("/counter/?tab=to_examine", ""),
        "tab to review": ("/counter/?tab=to_review", ""),
        "tab done": ("/counter/?tab=done", ""),
        "done, page 8": ("/counter/?tab=done&page=8", ""),
        "done, by study at the window": ("/counter/?tab=done&route=study&channel=window", ""),
        "done, a filter that finds nothing": ("/counter/?tab=done&kind=endorsement&route=talent", ""),
        "search for a surname": ("/counter/?found=1", SURNAMES[0]),
        "search for a name": ("/counter/?found=1", SURNAMES[1] + GIVEN[0] + GIVEN[0]),
        "search for an identity number": ("/counter/?found=1", f"341221{17:012d}"),
        "search for a case number": ("/counter/?found=1", "GS-2024-000017"),
        "case": (f"/counter/cases/{case}", ""),
    }


def pages_of(account: Account, case: str) -> dict[str, dict[str, Any]]:
    """Each page with its session and how many queries it makes."""
    found = {}
    for name, (path, text) in asked(case).items():
        session = session_of(account, text)
        client = Client()
        client.cookies["sessionid"] = session
        found[name] = {"path": path, "session": session, "queries": queries_of(client, path)}
    return found


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("messages", "--compile", verbosity=0)
    made = fill(int(sys.argv[1]), clock.today())
    case = made["submitted"].number or ""
    officers = {
        "of one subdistrict": make.make_officer("chief", (make.AREA,)),
        "of all eighteen": make.make_officer("chief", EVERYWHERE),
    }
    pages = {
        f"{name}, chief {where}": page
        for where, account in officers.items()
        for name, page in pages_of(account, case).items()
    }
    print(json.dumps({"pages": pages, "applications": Application.objects.count()}))


if __name__ == "__main__":
    main()
