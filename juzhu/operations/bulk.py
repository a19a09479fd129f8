"""Very many rows of one table, without a model object for each: COPY on PostgreSQL, one prepared INSERT on
SQLite. Nothing of a model's `save`, signals or validation happens; the database's constraints hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

Turn = Callable[[Any], Any]


def insert(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    same: Mapping[str, Any] | None = None,
) -> None:
    """Insert rows, in order, in the caller's transaction. `columns` are called as attributes are, `sheet_id`;
    each row holds their values; `same` is what all rows have; what is left out has the field's default.
    Rows are taken one by one: they may be made while the database writes, but without asking it.
    """
    fields = {field.attname: field for field in _fields(model)}
    rest = {name: field.get_default() for name, field in fields.items() if name not in columns}
    rest.update(same or {})
    names = [*columns, *rest]
    turned = _turned([fields[name] for name in names], rows, tuple(rest.values()))
    into = f"{_quoted(model._meta.db_table)} ({', '.join(_quoted(fields[name].column) for name in names)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in turned:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(names))
            statement = f"INSERT INTO {into} VALUES ({places})"  # noqa: S608
            cursor.executemany(statement, cast("Sequence[list[Any]]", turned))


def insert_selected(
    model: type[models.Model], found: models.QuerySet[Any], columns: Mapping[str, Any]
) -> None:
    """Insert one row for each that is found, in the caller's transaction, without fetching it. `columns` are
    expressions over what is found, or values; what is left out has the field's default.
    """
    fields = {field.attname: field for field in _fields(model)}
    given = {name: field.get_default() for name, field in fields.items()} | dict(columns)
    values = [
        one if hasattr(one, "resolve_expression") else models.Value(one, output_field=fields[name])
        for name, one in given.items()
    ]
    try:
        select, params = found.order_by().values_list(*values).query.sql_with_params()
    except EmptyResultSet:
        return
    into = f"{_quoted(model._meta.db_table)} ({', '.join(_quoted(fields[name].column) for name in given)})"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {into} {select}", params)


def _fields(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not (field.primary_key or field.generated)]


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))


def _turned(
    fields: Sequence[Any], rows: Iterable[Sequence[Any]], rest: tuple[Any, ...]
) -> Iterator[list[Any]]:
    """The rows as the database takes them."""
    turns = [(at, turn) for at, field in enumerate(fields) if (turn := _turn(field))]
    for row in rows:
        whole = [*row, *rest]
        for at, turn in turns:
            whole[at] = turn(whole[at])
        yield whole


def _turn(field: Any) -> Turn | None:
    """How a field's values are given to the database; None where they are given as they are."""
    if isinstance(field, models.JSONField):
        return _json
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, models.DateTimeField):
        return cache(connection.ops.adapt_datetimefield_value)
    if isinstance(field, models.DateField):
        return cache(_iso)
    return None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if value else "[]" if value == [] else "{}"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
