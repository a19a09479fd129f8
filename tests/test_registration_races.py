"""One current registration, whatever a person, their family and officers do at once, on PostgreSQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from django.db import connection

from juzhu.operations import tasks
from juzhu.operations.models import Event
from juzhu.people.models import Account, Person
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import TODAY
from juzhu.permits.window import registering
from juzhu.registration import actions as registration
from juzhu.registration import households
from juzhu.registration.households import Member
from juzhu.registration.models import Proposal, Registration
from juzhu.registration.reporting import answers, filing
from juzhu.registration.reporting.entries import Reporter
from tests.test_races import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.requirement("A03"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="locks of rows are PostgreSQL's"),
    pytest.mark.usefixtures("committed_db", "on_day"),
]
PLANS, STEPS, AT_ONCE = 12, 6, 4
REFUSED = {"AlreadyRegistered", "NotRegistered", "DayInvalid", "AnsweredAlready", "PermitInForce"}
ENDS = {"registration.opened", "registration.moved", "registration.ended"}


class Family:
    """A person with a child, a clerk of their area, and a landlord's firm; and all that each can do now."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.who: Account = make.make_account("周晓芸")
        self.child = make.child_of(self.who)
        self.clerk = make.make_officer("clerk")
        self.firm, self.agent = reporters.enrolled("property")
        self.landlord = Reporter(self.firm)

    def deed(self) -> Callable[[], Any]:
        """One thing that somebody does."""
        return self.random.choice(
            [self.register, self.move, self.leave, self.at_the_window, self.together, self.confirmed]
        )()

    def _stay(self) -> Any:
        return make.stay(
            address=f"桥弄街 {self.random.randint(1, 9)} 号 {self.random.randint(101, 109)} 室（示例）"
        )

    def register(self) -> Callable[[], Any]:
        return partial(
            registration.register, self.who.person, self._stay(), actor=self.who.actor, today=TODAY
        )

    def move(self) -> Callable[[], Any]:
        return partial(registration.move, self.who.person, self._stay(), actor=self.who.actor, today=TODAY)

    def leave(self) -> Callable[[], Any]:
        return partial(registration.leave, self.who.person, TODAY, actor=self.who.actor, today=TODAY)

    def at_the_window(self) -> Callable[[], Any]:
        return partial(
            registering.register,
            self.who.person,
            self._stay(),
            None,
            actor=self.clerk.actor,
            today=TODAY,
            moving=self.random.random() < 0.5,
        )

    def together(self) -> Callable[[], Any]:
        members = [Member(self.who.person, "work"), Member(self.child, "family")]
        self.random.shuffle(members)
        return partial(households.register, members, self._stay(), actor=self.who.actor, today=TODAY)

    def confirmed(self) -> Callable[[], Any]:
        """The landlord says that they left, and they say yes."""
        proposal = Proposal.objects.filter(
            registration__person=self.who.person, state="open", change="left"
        ).first()
        if proposal is not None:
            return partial(answers.accept, proposal, actor=self.who.actor, today=TODAY)
        told = reporters.let(
            phase="ended",
            name=self.who.person.name,
            identity_number=self.who.person.identity_number,
            address=f"桥弄街 {self.random.randint(1, 9)} 号 {self.random.randint(101, 109)} 室（示例）",
        )
        return partial(filing.file, self.landlord, [told], actor=self.agent, today=TODAY)


def check(person: Person) -> None:
    """What holds of every register, at every moment."""
    rows = list(Registration.objects.filter(person=person).order_by("pk"))
    assert sum(row.ended_on is None for row in rows) <= 1
    for before, after in pairwise(rows):
        assert before.ended_on is not None and before.registered_on <= before.ended_on <= after.registered_on
        assert (before.end_reason == "moved") is (after.follows_id == before.pk)
    told = Counter(Event.objects.filter(person_id=person.pk, kind__in=ENDS).values_list("kind", flat=True))
    assert told["registration.opened"] + told["registration.moved"] == len(rows)
    assert told["registration.moved"] == sum(row.follows_id is not None for row in rows)
    assert told["registration.ended"] == sum(row.end_reason == "left" for row in rows)


@pytest.mark.parametrize("seed", range(PLANS))
def test_whatever_is_done_at_once_one_registration_is_current_and_each_deed_is_on_record(seed: int):
    family = Family(Random(seed))
    for _step in range(STEPS):
        outcomes = at_once(*[family.deed() for _each in range(AT_ONCE)])
        assert set(outcomes) <= {"won", *REFUSED}
        check(family.who.person)
        check(family.child)
        tasks.run_all()
    assert Registration.objects.filter(person=family.who.person).exists()
