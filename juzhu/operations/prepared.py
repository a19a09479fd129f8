"""Queries of the busiest pages: Django writes their SQL once, and then they are only run.

To write the SQL takes Django several times as long as a database needs to find one person's rows, and it
comes out the same each time. Rows come without related ones; read those by a query of their own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from inspect import signature
from typing import Any, Generic, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
STAND_IN = 7_046_029_254_386_353_000
"""Stands for a value while the SQL is written: as a number it fits any column, and nobody has such a key."""


class _Place(NamedTuple):
    """Where in the parameters which of the values goes."""

    value: int


@dataclass(frozen=True, slots=True)
class _Written(Generic[M]):
    """One query as written for one connection, by the compiler that also turns columns into values."""

    model: type[M]
    sql: str
    places: list[object]
    columns: list[str]
    compiler: SQLCompiler
    converters: Any

    def run(self, connection: BaseDatabaseWrapper, values: tuple[int | str, ...]) -> list[M]:
        filled: list[Any] = [
            values[place.value] if isinstance(place, _Place) else place for place in self.places
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            rows: Iterable[Any] = cursor.fetchall()
        if self.converters:
            rows = self.compiler.apply_converters(rows, self.converters)
        return [self.model.from_db(connection.alias, self.columns, row) for row in rows]


class Prepared(Generic[M]):
    """A query with keys to fill in: `Prepared(lambda person: Row.objects.filter(person=person))(7)`.

    `build` makes it from stand-ins, once for each connection; what it does besides must not depend on them.
    Raises ValueError when a stand-in does not reach the SQL as a parameter.
    """

    def __init__(self, build: Callable[..., QuerySet[M]]) -> None:
        self.build = build
        self._written: WeakKeyDictionary[BaseDatabaseWrapper, _Written[M]] = WeakKeyDictionary()

    def __call__(self, *values: int | str) -> list[M]:
        """The rows, as instances of the model."""
        present: BaseDatabaseWrapper = connections[DEFAULT_DB_ALIAS]
        written = self._written.get(present)
        if written is None:
            written = self._written[present] = self._write()
        return written.run(present, values)

    def first(self, *values: int | str) -> M | None:
        """The first row, if there is one. Let the query ask for no more: `[:1]`."""
        return next(iter(self(*values)), None)

    def _write(self) -> _Written[M]:
        stand_ins = [STAND_IN + n for n in range(len(signature(self.build).parameters))]
        queryset = self.build(*stand_ins)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        numbers = {str(stand_in): n for n, stand_in in enumerate(stand_ins)}
        places: list[object] = [
            _Place(numbers[str(value)]) if str(value) in numbers else value for value in parameters
        ]
        if {place.value for place in places if isinstance(place, _Place)} != set(numbers.values()):
            raise ValueError(f"not every value reaches the SQL: {sql}")
        selected = [column for column, _sql, _alias in compiler.select or []]
        names = [column.target.attname for column in selected]
        return _Written(queryset.model, sql, places, names, compiler, compiler.get_converters(selected))
