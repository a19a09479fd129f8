"""Lookups that both databases answer from an index."""

import json
from collections.abc import Collection
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Expression, Lookup
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


@CharField.register_lookup
class Among(Lookup):
    """`number__among={"…", …}`: equal to one of very many texts. They are given to the database as one value:
    `__in` makes a parameter of each, which takes longer than to find them, and their count is limited.
    """

    lookup_name = "among"
    prepare_rhs = False
    rhs: Collection[str]

    def __init__(self, lhs: Any, rhs: Collection[str]) -> None:
        super().__init__(lhs, frozenset(rhs))

    def process_lhs(self, *args: Any, **kwargs: Any) -> Any:
        """The column; of no texts nothing is asked."""
        if not self.rhs:
            raise EmptyResultSet
        return super().process_lhs(*args, **kwargs)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        """An array."""
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*values, list(self.rhs))

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        """A text that the database takes apart."""
        column, values = self.process_lhs(compiler, connection)
        texts = json.dumps(list(self.rhs), ensure_ascii=False)
        return f"{column} IN (SELECT value FROM json_each(%s))", (*values, texts)  # noqa: S608


class Word(Expression):
    """A word of ours that stands in the statement itself: only so does SQLite see that what is asked for lies
    in a partial index.
    """

    def __init__(self, word: str) -> None:
        super().__init__(CharField())
        if not word.isidentifier():
            raise ValueError(word)
        self.word = word

    def as_sql(self, _compiler: SQLCompiler, _connection: BaseDatabaseWrapper) -> Any:
        """The word between quotes."""
        return f"'{self.word}'", ()
