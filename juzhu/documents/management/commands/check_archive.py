"""Check an electronic archive package: `juzhu manage check_archive GS-2026-000001.zip`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from juzhu.documents import archive_check


class Command(BaseCommand):
    help = "Check that an electronic archive package is whole and unaltered."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("package", type=Path)
        parser.add_argument(
            "--alone", action="store_true", help="without asking this service's audit trail for it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["package"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['package']}: {error.strerror}") from error
        found = archive_check.faults(content)
        if not found and not options["alone"] and not archive_check.known_to_trail(content):
            found = ["the audit trail of this service does not know it"]
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write(f"{options['package']}: whole and unaltered")
