"""How the demo's past is made: steps on a timeline, played in order with the clock held at each moment.

Every step calls the rooms' own actions, so that events, decisions and messages are true, and say when.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password

from juzhu.demo import portraits
from juzhu.demo.characters import PASSWORD, Officer
from juzhu.demo.clock import START, held
from juzhu.demo.identities import Identity
from juzhu.law.calendar import completed_years
from juzhu.operations import tasks
from juzhu.operations.actors import SYSTEM
from juzhu.operations.clock import SHANGHAI
from juzhu.operations.files import check, keep
from juzhu.operations.models import StoredFile
from juzhu.people import actions as people
from juzhu.people.identity_provider import ConfirmedIdentity, provider
from juzhu.people.models import Account, Person, PopulationRecord
from juzhu.permits import notices

BEFORE = datetime(2022, 1, 4, 9, 0, tzinfo=SHANGHAI)
"""When the registers were loaded: before anything else happened."""
FIRST_DAILY = date(2026, 2, 1)
"""From here on the nightly work is played day by day, so that reminders came when they were due."""

Do = Callable[[date], None]


@dataclass(slots=True)
class Stage:
    """The steps so far, and who is on stage."""

    dice: random.Random
    steps: list[tuple[datetime, int, Do]] = field(default_factory=list)
    officers: dict[str, Account] = field(default_factory=dict)
    hash: str = ""

    def at(self, moment: datetime, do: Do) -> None:
        """Put a step on the timeline; steps of one moment keep their order."""
        self.steps.append((moment, len(self.steps), do))

    def play(self, advance: Callable[[], None]) -> None:
        """Play all steps, and after each the work that follows it."""
        for moment, _order, do in sorted(self.steps, key=lambda step: step[:2]):
            with held(moment):
                do(moment.date())
                tasks.run_all()
            advance()

    def nights(self) -> None:
        """Put each day's reminders on the timeline, up to the first morning."""
        day = FIRST_DAILY
        while day <= START:
            self.at(datetime.combine(day, time(0, 5), SHANGHAI), _night)
            day += timedelta(days=1)

    def hire(self, officer: Officer) -> None:
        """Give an officer an account."""
        account = Account.objects.create_account(
            officer.login,
            None,
            role=officer.role,
            areas=list(officer.areas),
            staff_name=officer.name,
            department=officer.department,
        )
        self.officers[officer.login] = self.with_password(account)

    def with_password(self, account: Account) -> Account:
        """The demo's one password. It is hashed once for all: Argon2 is slow on purpose."""
        self.hash = self.hash or make_password(PASSWORD)
        account.password = self.hash
        account.save(update_fields=["password"])
        return account

    def account_of(self, identity: Identity, phone: str, *, signs_in: bool) -> Account:
        """A citizen's account, bound by their real name. Nobody signs in as one of the crowd."""
        account = Account.objects.create_account(phone, None)
        if signs_in:
            self.with_password(account)
        people.bind_person(account, identity.name, identity.number)
        return account


def _night(day: date) -> None:
    notices.daily({"day": day.isoformat()})


def enter(identity: Identity, *, photo: bool = True) -> None:
    """Enter somebody into the population register."""
    PopulationRecord.objects.create(
        identity_number=identity.number,
        name=identity.name,
        sex=identity.sex,
        ethnic_group=identity.ethnic_group,
        born=identity.born,
        household_division=identity.division,
        household_address=identity.address,
        photo=stored(face_of(identity), "photo.jpg") if photo else None,
    )


def record(identity: Identity, phone: str = "") -> Person:
    """Somebody without an account: a child."""
    confirmed: ConfirmedIdentity = provider().confirm(identity.name, identity.number)
    return people.record_person(confirmed, actor=SYSTEM, phone=phone)


def face_of(identity: Identity) -> bytes:
    """The drawn portrait of somebody, as JPEG."""
    return portraits.portrait(identity.name, identity.sex == 2, completed_years(identity.born, START))


def stored(content: bytes, name: str) -> StoredFile:
    """Keep a drawn picture as if it had been uploaded."""
    return keep(check(content, name), name, actor=SYSTEM)
