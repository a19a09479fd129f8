"""Write the electronic archive package of an answered case: `juzhu manage archive GS-2026-000001`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from juzhu.documents.archive import pack
from juzhu.operations import clock
from juzhu.operations.actors import SYSTEM
from juzhu.operations.errors import JuzhuError
from juzhu.permits.models import Application


class Command(BaseCommand):
    help = "Write the electronic archive package of an answered case, as a ZIP that proves itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", help="the number of the case")
        parser.add_argument("--into", type=Path, default=Path(), help="the folder to write it to")

    def handle(self, *args: Any, **options: Any) -> None:
        case = Application.objects.filter(number=options["number"]).first()
        if case is None:
            raise CommandError(f"there is no case {options['number']}")
        try:
            package = pack(case, actor=SYSTEM, today=clock.today())
        except JuzhuError as error:
            raise CommandError(str(error.sentence)) from error
        options["into"].mkdir(parents=True, exist_ok=True)
        path = options["into"] / package.name
        path.write_bytes(package.content)
        self.stdout.write(f"{path}: manifest SHA-256 {package.manifest}")
