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
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(name="0001_tables").delete()
    executor = MigrationExecutor(connection)
    assert not {key for key in recorder.applied_migrations() if key[1] == "0001_tables"}
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_all_that_is_written_once_has_its_two_triggers() -> None:
    """SQLite makes a table anew to change a column, and drops its triggers without a word."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)]
    assert found == {f"{table}_no_{verb}" for table in tables for verb in ("update", "delete")}
    assert len(tables) > 10
