"""How the applications stand, and whether the chain of events holds: prints JSON."""

import json

from juzhu.config.commands import django_ready

django_ready()

from django.db.models import Count  # noqa: E402

from juzhu.operations import events  # noqa: E402
from juzhu.operations.errors import ChainBroken  # noqa: E402
from juzhu.permits.models import Application, Permit  # noqa: E402


def main() -> None:
    states = Application.objects.order_by().values("state").annotate(count=Count("pk"))
    found = {row["state"]: row["count"] for row in states}
    if found.get("issued", 0) != Permit.objects.count():
        raise SystemExit("an issued application without its permit")
    try:
        events.verify()
        intact = True
    except ChainBroken:
        intact = False
    print(json.dumps({"states": found, "chain_intact": intact}))


if __name__ == "__main__":
    main()
