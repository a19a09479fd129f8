"""Very many rows of one table, without a model object for each: COPY on PostgreSQL, one prepared INSERT on
SQLite. Nothing of a model's `save`, signals or validation happens; the database's constraints hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import connection, models

Turn = Callable[[Any], Any]


def insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, in order, in the caller's transaction. All have the same keys, as the columns' attributes
    are called (`sheet_id`); what they leave out has the field's default.
    """
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if not (field.primary_key or field.generated)]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    turned = _tuples(fields, rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in turned:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", list(turned))  # noqa: S608


def _tuples(fields: Sequence[Any], rows: Sequence[Mapping[str, Any]]) -> Iterable[tuple[Any, ...]]:
    """The rows as the database takes them."""
    given = [(field.attname, _turn(field)) for field in fields]
    left_out = {
        name: turn(field.get_default()) if turn else field.get_default()
        for field, (name, turn) in zip(fields, given, strict=True)
        if name not in rows[0]
    }
    for row in rows:
        yield tuple(
            [
                left_out[name] if name in left_out else turn(row[name]) if turn else row[name]
                for name, turn in given
            ]
        )


def _turn(field: Any) -> Turn | None:
    """How a field's values are given to the database; None where they are given as they are."""
    if isinstance(field, models.JSONField):
        return _json
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, models.DateTimeField):
        return cache(connection.ops.adapt_datetimefield_value)
    if isinstance(field, models.DateField):
        return _iso
    return None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if value else "[]" if value == [] else "{}"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
