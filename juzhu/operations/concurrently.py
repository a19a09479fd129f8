"""Indexes on tables that are in use, made and dropped without holding up whoever writes to them."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


class AddIndexConcurrently(migrations.AddIndex):
    """Like AddIndex; on PostgreSQL while others go on writing. The migration must not be `atomic`.

    What an interrupted attempt left behind may be half an index, so whatever bears the name is dropped
    first.
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
        name = schema_editor.quote_name(self.index.name)
        if schema_editor.connection.vendor != "postgresql":
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        schema_editor.execute("SET lock_timeout = 0")  # it waits for old transactions, and blocks none
        schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
        schema_editor.add_index(model, self.index, concurrently=True)  # type: ignore[call-arg]
        schema_editor.execute("RESET lock_timeout")
