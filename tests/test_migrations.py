"""The rooms' first migrations stand for the chains they replace, and what is written once stays so."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from juzhu.operations.models import AppendOnly

pytestmark = pytest.mark.django_db
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def test_a_database_made_by_the_replaced_chains_has_nothing_left_to_apply() -> None:
    known = MigrationExecutor(connection).loader.disk_migrations
    standing_for = [key for key, migration in known.items() if migration.replaces]
    recorder = MigrationRecorder(connection)
    for room, name in standing_for:
        recorder.migration_qs.filter(app=room, name=name).delete()
    assert len(standing_for) > 5 and not set(standing_for).intersection(recorder.applied_migrations())
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_all_that_is_written_once_has_its_two_triggers() -> None:
    """SQLite makes a table anew to change a column, and drops its triggers without a word."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)]
    assert found == {f"{table}_no_{verb}" for table in tables for verb in ("update", "delete")}
    assert len(tables) > 10
