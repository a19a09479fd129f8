"""`juzhu manage make_first_versions`: give permits from before versions their first one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from juzhu.operations import clock
from juzhu.operations.actors import SYSTEM
from juzhu.permits import versions
from juzhu.permits.models import Permit

BATCH = 500


class Command(BaseCommand):
    help = "Make version 1 of every permit that has none. One batch is one commit; run it again to go on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=BATCH, metavar="N", help="permits a commit")

    def handle(self, *args: Any, **options: Any) -> None:
        last, made = 0, 0
        while batch := self.make(last, options["batch"]):
            last, count = batch
            made += count
        self.stdout.write(f"{made} permits, {made} versions made")

    def make(self, after: int, size: int) -> tuple[int, int] | None:
        """One batch: its last id and how many. None when there is no more."""
        today = clock.today()
        with transaction.atomic():
            rows = Permit.objects.select_for_update(of=("self",)).select_related("person")
            permits = list(rows.filter(pk__gt=after, versions=None).order_by("pk")[:size])
            for permit in permits:
                versions.make(permit, "issued", actor=SYSTEM, today=today)
        return (permits[-1].pk, len(permits)) if permits else None
