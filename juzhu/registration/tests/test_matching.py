"""Whom a report speaks of, over many registers and many reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from juzhu.people.identity_numbers import complete
from juzhu.people.models import Person
from juzhu.people.names import folded
from juzhu.permits.tests.factories import TODAY
from juzhu.registration.reporting import matching
from juzhu.registration.reporting.entries import Entry
from juzhu.registration.reporting.matching import Match

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("B09")]
NAMES = ("周晓芸", "周晓云", "林海峰", "阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽 · 买买提")
DAYS = (date(1990, 1, 2), date(1990, 2, 1), date(1993, 8, 17))
PHONES = ("", "13900001111", "13900002222")
Told = tuple[str, date, str]
people = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(DAYS), st.sampled_from(PHONES)), max_size=8
)
said = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.none() | st.sampled_from(DAYS),
        st.sampled_from(PHONES),
        st.none() | st.integers(0, 8),
    ),
    min_size=1,
    max_size=6,
)
often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def register(known: list[Told]) -> Iterator[list[Person]]:
    """A register of these people, each with a number of their own, that is gone afterwards."""
    with transaction.atomic():
        yield Person.objects.bulk_create(
            [
                Person(
                    name=name,
                    born=born,
                    phone=phone,
                    sex=1,
                    identity_number=complete("341221", born, 101 + 2 * at),
                    identity_confirmed_at=None,
                )
                for at, (name, born, phone) in enumerate(known)
            ]
        )
        transaction.set_rollback(True)


def entries(told: list[tuple[str, date | None, str, int | None]], there: list[Person]) -> list[Entry]:
    """What is reported; where a place in the register is given, by its number, else by words alone."""
    return [
        Entry(
            "work",
            "began",
            TODAY,
            name,
            number := there[at % len(there)].identity_number if at is not None and there else "",
            None if number else born,
            phone,
        )
        for name, born, phone, at in told
    ]


@often
@given(people, said)
def test_the_number_decides_and_another_s_name_makes_it_unsure(known, told):
    with register(known) as there:
        numbered = {person.identity_number: person for person in there}
        for entry, match in zip(made := entries(told, there), matching.find(made), strict=True):
            if not entry.identity_number:
                continue
            person = numbered[entry.identity_number]
            assert match.person == person
            assert match.sure is (folded(person.name) == folded(entry.name))


@often
@given(people, said)
def test_by_words_alone_it_is_one_of_that_name_born_that_day_or_nobody(known, told):
    with register(known) as there:
        for entry, match in zip(made := entries(told, there), matching.find(made), strict=True):
            if entry.identity_number:
                continue
            namesakes = [
                person
                for person in there
                if folded(person.name) == folded(entry.name) and person.born == (entry.born or person.born)
            ]
            if match.person is not None:
                assert match.person in namesakes
                assert entry.born == match.person.born or entry.phone == match.person.phone != ""
            if entry.born is None:
                assert not match.sure


@often
@given(people, said)
def test_of_two_whom_the_same_words_fit_nobody_is_chosen(known, told):
    with register([*known, *known]) as there:
        for entry, match in zip(made := entries(told, there), matching.find(made), strict=True):
            if not entry.identity_number:
                assert match.person is None


@often
@given(people, said, st.randoms(use_true_random=False))
def test_many_at_once_and_in_any_order_are_matched_as_each_alone(known, told, random):
    with register(known) as there:
        made = entries(told, there)
        together = matching.find(made)
        assert together == [found for entry in made for found in matching.find([entry])]
        shuffled = list(range(len(made)))
        random.shuffle(shuffled)
        assert matching.find([made[at] for at in shuffled]) == [together[at] for at in shuffled]


@often
@given(people, said)
def test_more_that_fits_never_makes_it_less_likely(known, told):
    with register(known) as there:
        for entry in entries(told, there):
            (match,) = matching.find([entry])
            if match.person is None or not match.person.phone or entry.identity_number:
                continue
            (more,) = matching.find([replace(entry, phone=match.person.phone, born=match.person.born)])
            assert more.score >= match.score
            assert more.person == match.person or more.person is None


@often
@given(people, said)
def test_who_has_died_or_is_another_record_now_is_nobody(known, told):
    with register([*known, ("林海峰", DAYS[0], "")]) as there:
        made = entries(told, there)
        kept = there[-1]
        Person.objects.filter(pk__in=[person.pk for person in there[:-1:2]]).update(died_on=TODAY)
        Person.objects.filter(pk__in=[person.pk for person in there[1:-1:2]]).update(
            merged_into=kept, identity_number=""
        )
        for match in matching.find(made):
            assert match.person in (None, kept)
    assert matching.find([]) == []
    assert not Match().sure
