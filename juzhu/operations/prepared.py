"""Queries of the busiest pages: Django writes their SQL once, and then they are only run.

To write the SQL takes Django several times as long as a database needs to find one person's rows, and it
comes out the same each time. Rows come without related ones; read those by a query of their own.
"""

from collections.abc import Callable
from inspect import signature
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
STAND_IN = 7_046_029_254_386_353_000
"""Stands for a value while the SQL is written: as a number it fits any column, and nobody has such a key."""


class _Place(NamedTuple):
    """Where in the parameters which of the values goes."""

    value: int


class Prepared(Generic[M]):
    """A query with keys to fill in: `Prepared(lambda person: Row.objects.filter(person=person))(7)`.

    `build` makes it from stand-ins, once for each kind of database; what it does besides must not depend on
    them. Raises ValueError when a stand-in does not reach the SQL as a parameter.
    """

    def __init__(self, build: Callable[..., QuerySet[M]]) -> None:
        self.build = build
        self._written: dict[str, tuple[type[M], str, list[object]]] = {}

    def __call__(self, *values: int | str) -> list[M]:
        """The rows, as instances of the model."""
        if connection.vendor not in self._written:
            self._written[connection.vendor] = self._write()
        model, sql, places = self._written[connection.vendor]
        filled = [values[place.value] if isinstance(place, _Place) else place for place in places]
        return list(model._default_manager.raw(sql, filled))

    def first(self, *values: int | str) -> M | None:
        """The first row, if there is one. Let the query ask for no more: `[:1]`."""
        return next(iter(self(*values)), None)

    def _write(self) -> tuple[type[M], str, list[object]]:
        stand_ins = [STAND_IN + n for n in range(len(signature(self.build).parameters))]
        queryset = self.build(*stand_ins)
        sql, parameters = queryset.query.sql_with_params()
        numbers = {str(stand_in): n for n, stand_in in enumerate(stand_ins)}
        places: list[Any] = [
            _Place(numbers[str(value)]) if str(value) in numbers else value for value in parameters
        ]
        if {place.value for place in places if isinstance(place, _Place)} != set(numbers.values()):
            raise ValueError(f"not every value reaches the SQL: {sql}")
        return queryset.model, sql, places
