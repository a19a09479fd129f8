"""File a large sheet of reports in a process that may be killed: `seed` lays it ready, `work` is the worker,
`check` says what is there. Prints JSON.
"""

import json
import sys
from datetime import UTC, datetime

from juzhu.config.commands import django_ready

django_ready()

from django.core.management import call_command  # noqa: E402

from juzhu.operations import clock, events, tasks  # noqa: E402
from juzhu.operations.models import Task  # noqa: E402
from juzhu.permits.tests import reporters  # noqa: E402
from juzhu.registration.models import Invitation, Report, Sheet, SheetPart  # noqa: E402
from juzhu.registration.reporting import filing, sheets  # noqa: E402
from juzhu.registration.reporting.entries import LEASE, Reporter  # noqa: E402
from juzhu.registration.tests import report_sheets  # noqa: E402

ROWS = 3000


def seed() -> None:
    """A sheet whose button was pressed; the worker has not begun."""
    call_command("migrate", verbosity=0)
    firm, actor = reporters.enrolled("property")
    today = clock.today()
    content = report_sheets.as_csv(report_sheets.lines(ROWS, today))
    sheet = sheets.draft(Reporter(firm), LEASE, content, "tenants.csv", actor=actor, today=today)
    tasks.run_all()
    sheet.refresh_from_db()
    sheets.file(sheet, actor=actor, today=today, doubtful_too=True)
    print(json.dumps(sheet.counts))


def work() -> None:
    """Do what waits, and say on the way when half is written and nothing committed."""
    Task.objects.filter(done_at__isnull=True).update(run_at=datetime.now(UTC), leased_until=None)
    filing.BATCH = 500
    make, calls = filing.make, iter(range(1000))

    def made(*args: object) -> list[str]:
        numbers = make(*args)  # type: ignore[arg-type]
        if next(calls) == 2:
            print("half", flush=True)
            if "slowly" in sys.argv:
                sys.stdin.read()
        return numbers

    filing.make = made
    tasks.run_all()
    print("done", flush=True)


def check() -> None:
    """What there is, and whether the trail holds."""
    sheet = Sheet.objects.get()
    events.verify()
    told = {"state": sheet.state, "counts": sheet.counts, "reports": Report.objects.count()}
    told |= {
        "invitations": Invitation.objects.count(),
        "rows": sum(part.count for part in SheetPart.objects.all()),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    {"seed": seed, "work": work, "check": check}[sys.argv[1]]()
