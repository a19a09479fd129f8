"""A lookup that both databases answer from an index."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup
from django.db.models.sql.compiler import SQLCompiler

PAST_EVERY_CHARACTER = "\U0010ffff"


@CharField.register_lookup
class Begins(Lookup):
    """`name__begins="阿依"`: texts with this beginning, case and width included.

    SQLite's LIKE ignores case and with it the index, so there it is a range, in the order of code points.
    PostgreSQL needs an index with `varchar_pattern_ops`: its usual order is the language's.
    """

    lookup_name = "begins"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        """A pattern, for databases that find it by an index."""
        column, values = self.process_lhs(compiler, connection)
        pattern = str(connection.ops.prep_for_like_query(str(self.rhs))) + "%"
        return f"{column} LIKE %s", (*values, pattern)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        """From the beginning itself to the last text that could follow it."""
        column, values = self.process_lhs(compiler, connection)
        text = str(self.rhs)
        return f"{column} >= %s AND {column} < %s", (*values, text, *values, text + PAST_EVERY_CHARACTER)
