"""`juzhu manage load_communities FILE.csv`: the communities of each subdistrict, from the district."""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from juzhu.registration.models import Community
from juzhu.registration.subdistricts import SUBDISTRICTS

COLUMNS = ["code", "subdistrict", "name"]


class Command(BaseCommand):
    help = "Load communities from CSV with the columns code, subdistrict, name. All rows or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        with options["file"].open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            if rows.fieldnames != COLUMNS:
                raise CommandError(f"the first line must be {','.join(COLUMNS)}")
            communities = [self.community(number, row) for number, row in enumerate(rows, start=2)]
        with transaction.atomic():
            for community in communities:
                community.save()
        self.stdout.write(f"{len(communities)} communities loaded")

    def community(self, number: int, row: dict[str, str]) -> Community:
        """One row as a community. Raises CommandError with the line's number."""
        code, subdistrict, name = (row[column].strip() for column in COLUMNS)
        if subdistrict not in SUBDISTRICTS:
            raise CommandError(f"line {number}: {subdistrict} is no subdistrict of this district")
        if not code.startswith(subdistrict) or len(code) != 12 or not code.isdigit() or not name:
            raise CommandError(
                f"line {number}: a code has 12 digits that begin with {subdistrict}, and a name"
            )
        return Community(code=code, subdistrict=subdistrict, name=name)
