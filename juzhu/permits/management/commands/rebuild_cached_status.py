"""`juzhu manage rebuild_cached_status`: compute anew what lists search by, from the dates behind it."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from juzhu.law.policy import Policy
from juzhu.operations import clock
from juzhu.operations.rules import in_force
from juzhu.permits.models import Permit

BATCH = 500


class Command(BaseCommand):
    help = (
        "Rebuild Permit.cached_until. One batch is one commit; --after goes on where an earlier run stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--after", type=int, default=0, metavar="ID", help="begin behind this permit")
        parser.add_argument("--batch", type=int, default=BATCH, metavar="N", help="permits a commit")

    def handle(self, *args: Any, **options: Any) -> None:
        today = clock.today()
        rules = in_force(today)
        last, seen, mended = options["after"], 0, 0
        while batch := self.rebuild(last, options["batch"], rules, today):
            last, count, changed = batch
            seen, mended = seen + count, mended + changed
            if options["verbosity"] > 1:
                self.stdout.write(f"up to permit {last}: {mended} of {seen} mended")
        self.stdout.write(f"{seen} permits, {mended} mended")

    def rebuild(self, after: int, size: int, rules: Policy, today: date) -> tuple[int, int, int] | None:
        """Mend one batch: its last id, its length, and how many were wrong. None when there is no more."""
        with transaction.atomic():
            permits = list(
                Permit.objects.select_for_update(of=("self",))
                .select_related("person")
                .filter(pk__gt=after)
                .order_by("pk")
                .prefetch_related("endorsements", "applications")[:size]
            )
            if not permits:
                return None
            wrong = []
            for permit in permits:
                valid_until = permit.status(rules, max(today, permit.issued_on)).valid_until
                if permit.cached_until != valid_until:
                    permit.cached_until = valid_until
                    wrong.append(permit)
            Permit.objects.bulk_update(wrong, ["cached_until"])
        return permits[-1].pk, len(permits), len(wrong)
