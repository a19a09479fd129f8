"""Indexes on tables that are in use, made and dropped without holding up whoever writes to them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


class AddIndexConcurrently(migrations.AddIndex):
    """Like AddIndex; on PostgreSQL while others go on writing. The migration must not be `atomic`.

    What an interrupted attempt left behind is an invalid index, so whatever bears the name is dropped first.
    Django's own operation of this name knows PostgreSQL alone.
    """

    atomic = False

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        apps: Apps = to_state.apps
        model = apps.get_model(app_label, self.model_name)
        name = schema_editor.quote_name(self.index.name)
        schema_editor.execute("SET lock_timeout = 0")  # it waits for old transactions, and blocks none
        schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
        schema_editor.execute(f"{self.index.create_sql(model, schema_editor, concurrently=True)}")  # type: ignore[call-arg]
        schema_editor.execute("RESET lock_timeout")
