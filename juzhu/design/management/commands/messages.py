"""`juzhu manage messages`: collect, compile and check the English of every room. Needs no database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from juzhu.design import catalogues
from juzhu.design.catalogues import Room


class Command(BaseCommand):
    help = "Collect the messages of every room, keep their English, compile them. --check writes nothing."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--compile", action="store_true", help="only write the .mo files (set-up does this)")
        how.add_argument(
            "--check", action="store_true", help="fail on a message with no English or two, or a stale .mo"
        )
        parser.add_argument("rooms", nargs="*", help="names of rooms; all of them without one")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = set(options["rooms"])
        known = catalogues.rooms()
        strangers = wanted - {room.folder.name for room in known}
        if strangers:
            raise CommandError(f"no such room: {', '.join(sorted(strangers))}")
        rooms = [room for room in known if not wanted or room.folder.name in wanted]
        if options["check"]:
            self.check_rooms(rooms)
            return
        for room in rooms:
            if not options["compile"]:
                self.collect(room)
            self.compile(room)

    def collect(self, room: Room) -> None:
        catalogue = catalogues.merged(room)
        if not len(catalogue):
            return
        room.po.parent.mkdir(parents=True, exist_ok=True)
        room.po.write_bytes(catalogues.written(catalogue))
        without = catalogues.missing(room)
        self.stdout.write(f"{room.folder.name}: {len(catalogue)} messages, {len(without)} without English")

    def compile(self, room: Room) -> None:
        compiled = catalogues.compiled(room)
        if compiled is not None:
            room.mo.write_bytes(compiled)

    def check_rooms(self, rooms: list[Room]) -> None:
        faults = []
        for room in rooms:
            name = room.folder.name
            faults += [f"{name}: no English for “{text}”" for text in catalogues.missing(room)]
            faults += [f"{name}: {fault}" for fault in catalogues.mixed(room)]
            compiled = catalogues.compiled(room)
            if compiled is not None and (not room.mo.exists() or room.mo.read_bytes() != compiled):
                faults.append(
                    f"{name}: the .mo is not the one of its .po; run: juzhu manage messages --compile"
                )
        faults += catalogues.clashes(catalogues.rooms())
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write("every message has its English")
