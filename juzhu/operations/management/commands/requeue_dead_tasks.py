"""`juzhu manage requeue_dead_tasks`: try again what was put aside, once what made it fail is mended."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from juzhu.operations import tasks


class Command(BaseCommand):
    help = "Give tasks that were put aside after the most attempts all their attempts anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", default="", help="only tasks of this kind, such as permits.sms")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"requeued: {tasks.requeue_dead(options['kind'])}")
