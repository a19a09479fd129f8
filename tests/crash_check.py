"""After a crash: what is there, whether anything was written twice, whether the chain holds. Prints JSON."""

import json

from juzhu.config.commands import django_ready

django_ready()

from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402

from juzhu.operations import events  # noqa: E402
from juzhu.operations.errors import ChainBroken  # noqa: E402
from juzhu.operations.models import Event  # noqa: E402
from juzhu.permits.models import Application, Decision  # noqa: E402


def main() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchone() == ("ok",)
    written = Application.objects.filter(state="submitted")
    per_application = Decision.objects.values("application").annotate(count=Count("pk"))
    told = Event.objects.filter(kind="application.submitted")
    twice = sum(row["count"] - 1 for row in per_application) + abs(told.count() - written.count())
    try:
        events.verify()
        intact = True
    except ChainBroken:
        intact = False
    print(json.dumps({"numbers": [row.number for row in written], "twice": twice, "chain_intact": intact}))


if __name__ == "__main__":
    main()
