"""Two officers and one pair of records at once, on PostgreSQL: one of them is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from juzhu.operations import events
from juzhu.people import actions as people
from juzhu.people import duplicates
from juzhu.people.actions import Claim
from juzhu.people.errors import BothHave, MergedAlready
from juzhu.people.models import Account, Likeness, Merge, Person
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY
from juzhu.registration import actions as registration
from juzhu.registration.models import Registration
from tests.test_races import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="locks of rows are PostgreSQL's"),
    pytest.mark.usefixtures("committed_db", "on_day"),
]
ROUNDS = 15
Deed = Callable[[], Any]
SAID = "看了身份证，是一个人。"


def two_pending(clerk: Account, turn: int) -> tuple[Person, Person]:
    claim = Claim(f"林海{turn}", 1, date(1980, 5, 6), "341221")
    one, other = (people.record_pending(claim, actor=clerk.actor, today=TODAY) for _each in range(2))
    return one, other


def merging(kept: Person, gone: Person, officer: Account) -> Deed:
    return lambda: duplicates.merge(kept, gone, SAID, actor=officer.actor)


def telling_apart(row: Likeness, officer: Account) -> Deed:
    return lambda: duplicates.apart(row, "照片不是一个人。", actor=officer.actor)


def registering(person: Person, officer: Account) -> Deed:
    return lambda: registration.register(person, make.stay(), actor=officer.actor, today=TODAY)


def test_two_officers_merge_one_pair_and_one_is_told():
    first, second = make.make_officer("clerk"), make.make_officer("chief")
    for turn in range(ROUNDS):
        one, other = two_pending(first, turn)
        pair = (one, other) if turn % 2 else (other, one)
        outcomes = at_once(merging(one, other, first), merging(*pair, second))
        assert Counter(outcomes) == {"won": 1, MergedAlready.__name__: 1}
        assert Merge.objects.filter(kept__in=(one, other)).count() == 1
    assert Likeness.objects.filter(state="merged").count() == ROUNDS
    events.verify()


def test_merged_or_told_apart_but_never_both():
    first, second = make.make_officer("clerk"), make.make_officer("chief")
    for turn in range(ROUNDS):
        one, other = two_pending(first, turn)
        row = duplicates.propose(one, other, actor=first.actor)
        outcomes = at_once(merging(one, other, first), telling_apart(row, second))
        row.refresh_from_db()
        merged = Merge.objects.filter(kept=one, gone=other).exists()
        assert outcomes.count("won") in {1, 2}
        assert (row.state == "merged") is merged


def test_who_registers_while_their_record_is_merged_is_told_or_goes_along():
    clerk = make.make_officer("clerk")
    for turn in range(ROUNDS):
        one, other = two_pending(clerk, turn)
        outcomes = at_once(merging(one, other, clerk), registering(other, clerk))
        assert outcomes in (["won", "won"], ["won", MergedAlready.__name__])
        other.refresh_from_db()
        assert other.merged_into == one
        assert not Registration.objects.filter(person=other).exists()


def test_two_current_registrations_never_meet_in_one_record():
    clerk = make.make_officer("clerk")
    for turn in range(ROUNDS):
        one, other = two_pending(clerk, turn)
        make.register(other, TODAY)
        outcomes = at_once(merging(one, other, clerk), registering(one, clerk))
        assert set(outcomes) <= {"won", BothHave.__name__, "AlreadyRegistered"}
        for person in (one, other):
            assert Registration.objects.filter(person=person, ended_on=None).count() <= 1
