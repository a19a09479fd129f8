"""A migration operation that makes the database refuse to change or delete rows of a table."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSAL = "rows of {table} are written once and never changed"


def protect(*tables: str) -> migrations.RunPython:
    """Triggers against UPDATE and DELETE, on SQLite and PostgreSQL. Table names come from migrations, never
    from people.
    """

    def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            for statement in _statements(editor.connection.vendor, table):
                editor.execute(statement, params=None)

    def backwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        """SQLite has dropped them already where it made the table anew to take a column out."""
        postgres = editor.connection.vendor == "postgresql"
        for table in tables:
            for verb in ("update", "delete"):
                place = f" ON {table}" if postgres else ""
                editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{place}")

    return migrations.RunPython(forwards, backwards)


def _statements(vendor: str, table: str) -> list[str]:
    refusal = REFUSAL.format(table=table)
    if vendor == "postgresql":
        function = (
            "CREATE OR REPLACE FUNCTION juzhu_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "BEGIN RAISE EXCEPTION 'rows of % are written once and never changed', TG_TABLE_NAME; END $$"
        )
        triggers = [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION juzhu_refuse_change()"
            for verb in ("update", "delete")
        ]
        return [function, *triggers]
    return [
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        for verb in ("update", "delete")
    ]
