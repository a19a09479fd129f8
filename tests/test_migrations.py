"""The rooms' first migrations stand for the chains they replace."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder


@pytest.mark.django_db
def test_a_database_made_by_the_replaced_chains_has_nothing_left_to_apply() -> None:
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(name="0001_tables").delete()
    executor = MigrationExecutor(connection)
    assert not {key for key in recorder.applied_migrations() if key[1] == "0001_tables"}
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
