"""Keys that clients send, and numbers for people to quote."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from juzhu.operations import numbers, once
from juzhu.operations.models import OnceKey

pytestmark = pytest.mark.django_db
on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="two connections at once")


def test_a_new_key_goes_on_and_a_known_one_is_told_the_first_result():
    assert once.claim("filing", "a") is None
    once.remember("filing", "a", "GS-2026-000001")
    known = once.claim("filing", "a")
    assert known is not None
    assert known.result == "GS-2026-000001"
    assert once.claim("filing", "b") is None
    assert once.claim("another scope", "a") is None


def test_a_request_that_failed_leaves_its_key_free():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        once.claim("filing", "a")
        raise ZeroDivisionError
    assert once.claim("filing", "a") is None


def test_numbers_follow_each_other_in_each_series():
    assert [numbers.following("one") for _ in range(3)] == [1, 2, 3]
    assert numbers.following("other") == 1
    assert [numbers.yearly("GS", 2026), numbers.yearly("GS", 2026)] == ["GS-2026-000001", "GS-2026-000002"]
    assert numbers.yearly("GS", 2027) == "GS-2027-000001"


def test_a_number_that_was_rolled_back_is_given_again():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert numbers.following("one") == 1
        raise ZeroDivisionError
    assert numbers.following("one") == 1


def in_threads(*works: Callable[[], None]) -> None:
    def run(work: Callable[[], None]) -> None:
        try:
            work()
        finally:
            connection.close()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.postgres
@on_postgres
@pytest.mark.usefixtures("committed_db")
def test_a_second_request_waits_for_the_first_and_gets_its_result():
    claimed, told = Event(), []

    def first() -> None:
        with transaction.atomic():
            assert once.claim("filing", "k") is None
            claimed.set()
            time.sleep(0.2)
            once.remember("filing", "k", "GS-2026-000009")

    def second() -> None:
        claimed.wait()
        with transaction.atomic():
            known = once.claim("filing", "k")
            told.append(known and known.result)

    in_threads(first, second)
    assert told == ["GS-2026-000009"]
    assert OnceKey.objects.count() == 1


@pytest.mark.postgres
@on_postgres
@pytest.mark.usefixtures("committed_db")
def test_no_number_is_given_twice_to_four_at_once():
    given: list[int] = []

    def take() -> None:
        for _ in range(25):
            given.append(numbers.following("hurried"))

    in_threads(take, take, take, take)
    assert sorted(given) == list(range(1, 101))
