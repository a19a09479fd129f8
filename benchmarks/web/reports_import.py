"""Import a sheet of reports into a fresh database, then write the same rows bare: a process of its own, whose
memory is measured. Prints JSON.

`python -m benchmarks.web.reports_import 50000`
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from typing import Any

from juzhu.config.commands import django_ready

django_ready()

from django.core.management import call_command  # noqa: E402, after Django is ready
from django.db import connection, transaction  # noqa: E402

from juzhu.evidence import clients  # noqa: E402
from juzhu.evidence.tests import programs  # noqa: E402
from juzhu.operations import clock, tasks  # noqa: E402
from juzhu.operations.actors import SYSTEM  # noqa: E402
from juzhu.permits.tests import reporters  # noqa: E402
from juzhu.registration.models import Invitation, Report, Sheet  # noqa: E402
from juzhu.registration.reporting import sheets  # noqa: E402
from juzhu.registration.reporting.entries import LEASE, Reporter  # noqa: E402
from juzhu.registration.tests import report_sheets  # noqa: E402


def peak() -> int:
    """The process's largest memory so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    count, today = int(sys.argv[1]), clock.today()
    call_command("migrate", verbosity=0)
    firm, actor = reporters.enrolled("property")
    content = report_sheets.as_xlsx(report_sheets.lines(count, today))
    gc.collect()
    gc.freeze()  # a worker has not just migrated a database and written a sheet
    before, started = peak(), time.perf_counter()
    sheet = sheets.draft(Reporter(firm), LEASE, content, "tenants.xlsx", actor=actor, today=today)
    until(sheet, "draft")
    read = time.perf_counter()
    wrong = sheet.counts["wrong"]
    sheets.file(sheet, actor=actor, today=today, doubtful_too=True)
    until(sheet, "filed")
    filed = time.perf_counter()
    memory = peak()
    tasks.run_all()
    asked = time.perf_counter() - filed
    seconds = {"read": read - started, "file": filed - read, "ask": asked, "bare": bare()}
    program, _secret = clients.make_for(firm, "benchmark", actor=SYSTEM)
    about = {"new": sheet.counts["new"], "wrong": wrong, "before": before, "peak": memory}
    print(json.dumps({**seconds, **about, "token": programs.token_of(program)}))


def until(sheet: Sheet, state: str) -> None:
    """Work as a worker does, until the sheet has come so far."""
    sheet.refresh_from_db()
    while sheet.state != state and tasks.run_batch():
        sheet.refresh_from_db()
    if sheet.state != state:
        raise RuntimeError(f"{sheet.state}: {sheet.fault}")


def bare() -> float:
    """Seconds for the same rows of the same table by the database's own means, nothing looked at."""
    table = Report._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        columns = [column[0] for column in cursor.description]
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    Invitation.objects.all().delete()
    Report.objects.all().delete()
    started = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
