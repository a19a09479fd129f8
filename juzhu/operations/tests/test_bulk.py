"""Many rows at once: what is left out has its default, values come back as they went, constraints hold."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from juzhu.operations import bulk
from juzhu.operations.models import Heartbeat, Task

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 4, 0, 0, 123456, tzinfo=UTC)


def test_rows_come_back_as_they_went_and_the_rest_has_its_default():
    payloads = [{"一": ["甲", 1, None]}, {}, {"quoted": "tab\tnew\nline\\ '\""}]
    bulk.insert(Task, [{"kind": f"k{n}", "payload": one, "run_at": NOON} for n, one in enumerate(payloads)])
    rows = list(Task.objects.order_by("pk"))
    assert [row.payload for row in rows] == payloads
    assert {(row.run_at, row.attempts, row.key, row.done_at, row.error) for row in rows} == {
        (NOON, 0, None, None, "")
    }


def test_nothing_is_inserted_of_nothing():
    bulk.insert(Task, [])
    assert not Task.objects.exists()


def test_a_constraint_refuses_all_of_it():
    rows = [{"name": name, "at": NOON} for name in ("a", "b", "a")]
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(Heartbeat, rows)
    assert not Heartbeat.objects.exists()
