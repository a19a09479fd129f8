"""Import a sheet of reports into a fresh database, then write the same rows bare: a process of its own, whose
memory is measured. Prints JSON; seconds come in pairs, those that passed and those that processors worked.

`python -m benchmarks.web.reports_import 50000`
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from pathlib import Path
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


def now() -> tuple[float, float]:
    """Seconds on the clock, and seconds that this process and the database's own for it have worked: on a
    busy machine only these say much.
    """
    worked = time.process_time()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            stat = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
        worked += int(stat.read_text().split()[0]) / 1e9
    return time.perf_counter(), worked


def since(before: tuple[float, float]) -> list[float]:
    """Both sorts of seconds since then."""
    return [after - then for after, then in zip(now(), before, strict=True)]


def main() -> None:
    count, today = int(sys.argv[1]), clock.today()
    call_command("migrate", verbosity=0)
    firm, actor = reporters.enrolled("property")
    content = report_sheets.as_xlsx(report_sheets.lines(count, today))
    gc.collect()
    gc.freeze()  # a worker has not just migrated a database and written a sheet
    before, started = peak(), now()
    sheet = sheets.draft(Reporter(firm), LEASE, content, "tenants.xlsx", actor=actor, today=today)
    until(sheet, "draft")
    wrong = sheet.counts["wrong"]
    seconds, read = {"read": since(started)}, now()
    sheets.file(sheet, actor=actor, today=today, doubtful_too=True)
    until(sheet, "filed")
    seconds["file"], memory, filed = since(read), peak(), now()
    tasks.run_all()
    seconds["ask"] = since(filed)
    seconds["bare"] = bare()
    program, _secret = clients.make_for(firm, "benchmark", actor=SYSTEM)
    about = {"new": sheet.counts["new"], "wrong": wrong, "before": before, "peak": memory}
    print(json.dumps({**seconds, **about, "token": programs.token_of(program)}))


def until(sheet: Sheet, state: str) -> None:
    """Work as a worker does, until the sheet has come so far."""
    sheet.refresh_from_db()
    while sheet.state != state and tasks.run_batch():
        sheet.refresh_from_db()
    if sheet.state != state:
        raise RuntimeError(f"{sheet.state}, not {state}")


def bare() -> list[float]:
    """Seconds for the same rows of the same table by the database's own means, nothing looked at; the best of
    three.
    """
    table = Report._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        columns = [column[0] for column in cursor.description]
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    Invitation.objects.all().delete()
    return min(_bare(table, columns, rows) for _time in range(3))


def _bare(table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> list[float]:
    Report.objects.all().delete()
    started = now()
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
    return since(started)


if __name__ == "__main__":
    main()
