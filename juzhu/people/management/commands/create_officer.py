"""`juzhu manage create_officer`: an account for an officer, with a role and an area."""

import getpass
import re
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction

from juzhu.operations import clock, events
from juzhu.operations.actors import SYSTEM
from juzhu.people.errors import IdentityNumberInvalid
from juzhu.people.identity_numbers import parse
from juzhu.people.models import Account, Role

AREA = re.compile(r"\d{9}")


class Command(BaseCommand):
    help = "Make an officer's account. The password is asked for, never given on the command line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("login", help="the staff number")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument(
            "--area", action="append", default=[], help="nine-digit subdistrict code; repeatable"
        )
        parser.add_argument(
            "--department", default="", help="for the role `department`: education, housing, …"
        )
        parser.add_argument(
            "--identity-number", default="", help="the officer's own, so that nobody handles their own case"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = [area for area in options["area"] if not AREA.fullmatch(area)]
        if wrong:
            raise CommandError(f"an area is a nine-digit subdistrict code, not {', '.join(wrong)}")
        try:
            own = parse(options["identity_number"], clock.today()).text if options["identity_number"] else ""
        except IdentityNumberInvalid as error:
            raise CommandError(str(error.sentence)) from error
        password = getpass.getpass("password: ")
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(str(message) for message in error.messages)) from error
        try:
            with transaction.atomic():
                account = Account.objects.create_account(
                    options["login"],
                    password,
                    role=options["role"],
                    areas=sorted(set(options["area"])),
                    staff_name=options["name"],
                    staff_identity_number=own,
                    department=options["department"],
                )
                events.append("account.officer_made", actor=SYSTEM, subject=account, role=account.role)
        except IntegrityError as error:
            raise CommandError(f"there is an account {options['login']} already") from error
        self.stdout.write(f"made {account.login}, {account.role}")
