"""Render every paper in both languages with sample content; name the template and the line that can't be
set.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from juzhu.documents import posters
from juzhu.documents.errors import DistrictFilesBroken, GlyphMissing, TemplateBroken
from juzhu.documents.issuing import render
from juzhu.documents.kinds import LANGUAGES
from juzhu.documents.papers.samples import samples
from juzhu.operations import clock
from juzhu.registration.doors import Door

SAMPLE_CODE = "2222222222222222"


SAMPLE_DOOR = Door("330105005", "", "桥弄街 6 幢 2 单元")


def _keep(folder: Path | None, name: str, made: bytes) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.pdf").write_bytes(made)


class Command(BaseCommand):
    help = "Check the district's templates, words and seals: every paper is rendered with sample content."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--into", type=Path, help="a folder to put the samples into, to look at them")

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        try:
            for lang in LANGUAGES:
                for paper in samples(lang):  # type: ignore[arg-type]
                    made = render(paper, code=SAMPLE_CODE, made_at=clock.now())
                    count += 1
                    _keep(options["into"], f"{paper.kind}-{lang}", made)
            _keep(options["into"], "poster", posters.render(SAMPLE_DOOR, clock.now()))
            count += 1
        except TemplateBroken as error:
            about = error.about
            raise CommandError(f"{about['template']}:{about['line']}: {about['fault']}") from error
        except GlyphMissing as error:
            about = error.about
            raise CommandError(
                f"no font has {about['character']} ({about['code_point']}); put one that does into fonts/"
            ) from error
        except DistrictFilesBroken as error:
            raise CommandError(str(error.about["fault"])) from error
        if options["verbosity"]:
            self.stdout.write(f"{count} papers: all can be made")
