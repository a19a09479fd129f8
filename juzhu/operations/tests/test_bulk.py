"""Many rows at once: what is left out has its default, values come back as they went, constraints hold."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from juzhu.operations import bulk
from juzhu.operations.models import Heartbeat, Task

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 4, 0, 0, 123456, tzinfo=UTC)


def test_rows_come_back_as_they_went_and_the_rest_has_its_default():
    payloads = [{"一": ["甲", 1, None]}, {}, {"quoted": "tab\tnew\nline\\ '\""}]
    told = ((f"k{n}", one) for n, one in enumerate(payloads))
    bulk.insert(Task, ("kind", "payload"), told, {"run_at": NOON})
    rows = list(Task.objects.order_by("pk"))
    assert [row.payload for row in rows] == payloads
    assert {(row.run_at, row.attempts, row.key, row.done_at, row.error) for row in rows} == {
        (NOON, 0, None, None, "")
    }


def test_nothing_is_inserted_of_nothing():
    bulk.insert(Task, ("kind",), [])
    assert not Task.objects.exists()


def test_a_constraint_refuses_all_of_it():
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(Heartbeat, ("name",), [("a",), ("b",), ("a",)], {"at": NOON})
    assert not Heartbeat.objects.exists()


def test_rows_are_made_of_what_is_found_without_being_fetched():
    Heartbeat.objects.create(name="web", at=NOON)
    found = Heartbeat.objects.filter(name="web")
    bulk.insert_selected(Task, found, {"kind": F("name"), "payload": {}, "run_at": F("at"), "error": "none"})
    row = Task.objects.get()
    assert (row.kind, row.run_at, row.error, row.attempts, row.key) == ("web", NOON, "none", 0, None)
