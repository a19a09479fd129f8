"""Two requests with one idempotency key at once, on PostgreSQL: one word is kept, both are told the same."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection

from juzhu.evidence import pushing
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Delivery, Evidence
from juzhu.evidence.tests import programs
from juzhu.operations import clock, events
from juzhu.permits.tests import factories as make

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite one writes at a time"),
    pytest.mark.usefixtures("committed_db", "on_day"),
]


def test_the_same_push_many_times_at_once_is_taken_once():
    person = make.make_person()
    client, _secret = programs.made()
    pushed = pushing.Pushed(person.identity_number, person.name, Kind.INSURANCE, programs.INSURED)
    barrier, told = Barrier(4), []

    def run() -> None:
        barrier.wait()
        try:
            told.append(pushing.take(client, [Kind.INSURANCE], pushed, "k", now=clock.now()).reference)
        finally:
            connection.close()

    threads = [Thread(target=run) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 4 and len(set(told)) == 1
    assert Evidence.objects.count() == Delivery.objects.count() == 1
    events.verify()
