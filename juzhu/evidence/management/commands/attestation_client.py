"""`juzhu manage attestation_client new|list|revoke|rotate`: systems that push what departments say, or report
or ask for organisations.
"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from juzhu.evidence import clients
from juzhu.evidence.departments import GIVES, gives
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Client
from juzhu.operations.actors import SYSTEM
from juzhu.people.models import Organisation


class Command(BaseCommand):
    help = "Register, list, shut out, and give another secret to systems of departments and organisations."

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        new = deeds.add_parser("new", help="register a client; its secret is printed once")
        new.add_argument("--name", required=True, help="which system it is, for people")
        whose = new.add_mutually_exclusive_group(required=True)
        whose.add_argument("--department", choices=sorted(GIVES))
        whose.add_argument("--organisation", metavar="CREDIT_CODE", help="it is this organisation's")
        new.add_argument(
            "--scope", action="append", default=[], choices=clients.ORGANISATIONS,
            help="what an organisation's system is for; repeatable; without it, to report",
        )  # fmt: skip
        new.add_argument(
            "--kind", action="append", default=[], choices=[kind.value for kind in Kind],
            help="what it may say; repeatable; without it, all that the department gives",
        )  # fmt: skip
        new.add_argument("--jwks", type=Path, help="a file with the public keys of its signed records")
        deeds.add_parser("list", help="all clients, without their secrets")
        for deed, what in (("revoke", "shut a client out at once"), ("rotate", "give it another secret")):
            deeds.add_parser(deed, help=what).add_argument("client_id")

    def handle(self, *args: Any, **options: Any) -> None:
        {"new": self.new, "list": self.list, "revoke": self.revoke, "rotate": self.rotate}[options["deed"]](
            options
        )

    def new(self, options: dict[str, Any]) -> None:
        client, secret = self._reporting(options) if options["organisation"] else self._attesting(options)
        self.stdout.write(f"client_id      {client.client_id}")
        self._once(secret)
        self.stdout.write(f"scope          {' '.join(client.scopes)}")

    def _reporting(self, options: dict[str, Any]) -> tuple[Client, str]:
        found = Organisation.objects.filter(credit_code=options["organisation"].strip().upper()).first()
        if found is None:
            raise CommandError("no organisation with this credit code reports here")
        return clients.make_for(found, options["name"], options["scope"] or [clients.REPORTS], actor=SYSTEM)

    def _attesting(self, options: dict[str, Any]) -> tuple[Client, str]:
        kinds = [Kind(kind) for kind in options["kind"]] or sorted(gives(options["department"]))
        try:
            keys = json.loads(options["jwks"].read_text(encoding="utf-8")) if options["jwks"] else {}
            return clients.make(options["name"], options["department"], kinds, keys, actor=SYSTEM)
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error

    def list(self, options: dict[str, Any]) -> None:
        for client in Client.objects.order_by("department", "pk"):
            state = f"revoked {client.revoked_at:%Y-%m-%d}" if client.revoked_at else "active"
            signs = "signs" if client.keys else "no keys"
            self.stdout.write(
                f"{client.client_id}  {state}  {signs}  {client.name}  {' '.join(client.scopes)}"
            )

    def revoke(self, options: dict[str, Any]) -> None:
        clients.revoke(self._client(options), actor=SYSTEM)
        self.stdout.write(f"revoked {options['client_id']}")

    def rotate(self, options: dict[str, Any]) -> None:
        self._once(clients.rotate(self._client(options), actor=SYSTEM))

    def _client(self, options: dict[str, Any]) -> Client:
        client = clients.active(options["client_id"])
        if client is None:
            raise CommandError(f"there is no active client {options['client_id']}")
        return client

    def _once(self, secret: str) -> None:
        self.stdout.write(f"client_secret  {secret}   (shown this once)")
