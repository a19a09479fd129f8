"""Two parents at once, on PostgreSQL: nobody waits for ever, and a child is registered once."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial

import pytest
from django.db import connection

from juzhu.people.models import Account, Guardianship
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.registration import households
from juzhu.registration.households import Member
from juzhu.registration.models import Registration
from tests.test_races import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="locks of rows are PostgreSQL's"),
    pytest.mark.usefixtures("committed_db", "on_day"),
]
ROUNDS = 20


def parents() -> tuple[Account, Account, Member]:
    mother, father = make.make_account("周晓芸"), make.make_account("林海峰")
    child = make.make_person("林一诺", date(2021, 5, 20))
    for parent in (mother, father):
        Guardianship.objects.create(guardian=parent.person, child=child, source="police")
    return mother, father, Member(child, "family")


def test_both_parents_send_the_child_along_and_one_form_counts():
    outcomes: Counter[str] = Counter()
    for _round in range(ROUNDS):
        mother, father, child = parents()
        hers = [Member(mother.person, "work"), child]
        his = [child, Member(father.person, "work")]
        send = partial(households.register, stay=make.stay(), today=TODAY)
        outcomes.update(
            at_once(partial(send, hers, actor=mother.actor), partial(send, his, actor=father.actor))
        )
        assert Registration.objects.filter(person=child.person).count() == 1
    assert outcomes == {"won": ROUNDS, "AlreadyRegistered": ROUNDS}


def test_a_form_pressed_twice_at_once_registers_once():
    for _round in range(ROUNDS):
        mother, _father, child = parents()
        send = partial(
            households.register,
            [Member(mother.person, "work"), child],
            make.stay(),
            actor=mother.actor,
            today=TODAY,
            key="k",
        )
        assert at_once(send, send) == ["won", "won"]
        assert Registration.objects.filter(person__in=[mother.person, child.person]).count() == 2
