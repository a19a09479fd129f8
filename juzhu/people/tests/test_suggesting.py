"""Which pairs are found: when somebody is recorded, and once through a register that was there before."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from juzhu.operations import tasks
from juzhu.people import actions, duplicates, likeness, suggesting
from juzhu.people.actions import Claim
from juzhu.people.models import Likeness, Person
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
BORN = date(1970, 5, 12)
HOME = "安徽省阜阳市临泉县（示例）"


def pending(name: str = "林海峰", born: date = BORN, **about: object) -> Person:
    claim = Claim(**{"name": name, "sex": 1, "born": born, "household_division": "341221", **about})
    return actions.record_pending(claim, actor=make.make_officer().actor, today=TODAY)


def as_man(person: Person) -> Person:
    Person.objects.filter(pk=person.pk).update(sex=1)
    return Person.objects.get(pk=person.pk)


def found() -> set[tuple[int, int]]:
    return set(Likeness.objects.values_list("first_id", "second_id"))


@pytest.mark.parametrize("known_first", [True, False])
def test_an_old_number_finds_its_record_whichever_came_first(known_first: bool):
    known = make.make_person("林海峰", BORN) if known_first else None
    number = known.identity_number if known else make.identity("林海峰", BORN).identity_number
    without = pending("林海锋", date(1971, 1, 1), number=likeness.former(number))
    if known is None:
        confirmed = make.people.provider().confirm("林海峰", number)
        known = actions.record_person(confirmed, actor=make.SYSTEM)
    as_man(known)
    tasks.run_all()
    row = Likeness.objects.get()
    assert {row.first, row.second} == {known, without}
    assert "number" in row.reasons


def test_a_phone_that_is_given_later_is_looked_at_too():
    known = as_man(make.make_person("林海锋", BORN, household_address=HOME))
    without = pending("林海峰", household_address=HOME, phone="13900001111")
    tasks.run_all()
    assert not Likeness.objects.exists()
    actions.record_phone(known, "13900001111", actor=make.SYSTEM)
    tasks.run_all()
    assert found() == {(known.pk, without.pk)}


def test_an_open_pair_gets_its_present_score_and_a_settled_one_stays():
    one, other = pending(household_address=HOME), pending(household_address=HOME)
    tasks.run_all()
    before = Likeness.objects.get().score
    for person in (one, other):
        actions.record_phone(person, "13900001111", actor=make.SYSTEM)
    tasks.run_all()
    row = Likeness.objects.get()
    assert (row.score, row.state) == (before + likeness.PHONE, "open")
    Likeness.objects.update(state="apart", score=1)
    suggesting.suggest([Person.objects.get(pk=one.pk)])
    row.refresh_from_db()
    assert (row.score, row.state) == (1, "apart")


def test_the_sweep_finds_what_was_there_before_in_batches_and_only_once():
    pairs = []
    for n in range(5):
        known = as_man(make.make_person(f"林海{n}", BORN))
        pairs.append((known.pk, pending(f"林海{n}").pk))
    for name in ("林大双", "林小双"):
        twin = as_man(make.make_person(name, BORN))
        actions.record_phone(twin, "13900001111", actor=make.SYSTEM)
    Likeness.objects.all().delete()
    out = StringIO()
    call_command("find_duplicates", batch=2, verbosity=2, stdout=out)
    assert found() == set(pairs)
    assert "5 records that nobody has confirmed, 5 new pairs" in out.getvalue()
    out = StringIO()
    call_command("find_duplicates", after=pairs[2][1], stdout=out)
    assert "2 records that nobody has confirmed, 0 new pairs" in out.getvalue()


@pytest.mark.parametrize("people", [1, 12])
def test_a_batch_takes_a_fixed_number_of_queries(people: int, django_assert_max_num_queries):
    rows = [pending(f"林海{n}", date(1970, 5, n + 1), number="341221197005120016") for n in range(people)]
    Likeness.objects.all().delete()
    with django_assert_max_num_queries(9):
        suggesting.suggest(rows)


def test_who_was_merged_is_no_candidate():
    clerk = make.make_officer("clerk")
    one, other = pending(), pending()
    duplicates.merge(one, other, "看了照片，是一个人。", actor=clerk.actor)
    third = as_man(make.make_person("林海峰", BORN))
    tasks.run_all()
    assert {pair for pair in found() if other.pk in pair} == {(one.pk, other.pk)}
    assert (one.pk, third.pk) in found()
