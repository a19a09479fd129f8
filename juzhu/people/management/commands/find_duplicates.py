"""`juzhu manage find_duplicates`: look once through a register that was there before."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from juzhu.people.suggesting import BATCH, sweep


class Command(BaseCommand):
    help = (
        "List records that may be one person, for the officers of their areas. One batch is one commit; "
        "--after goes on where an earlier run stopped. Run again, it lists nothing twice."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--after", type=int, default=0, metavar="ID", help="begin behind this record")
        parser.add_argument("--batch", type=int, default=BATCH, metavar="N", help="records a commit")

    def handle(self, *args: Any, **options: Any) -> None:
        last, seen, new = options["after"], 0, 0
        while swept := sweep(last, options["batch"]):
            last, seen, new = swept.last, seen + swept.seen, new + swept.new
            if options["verbosity"] > 1:
                self.stdout.write(f"up to record {last}: {new} pairs from {seen} records")
        self.stdout.write(f"{seen} records that nobody has confirmed, {new} new pairs")
