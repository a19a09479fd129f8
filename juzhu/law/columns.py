"""The same tree folded over columns: a whole population at once, in Polars.

A table has one row a person, with the columns of `SCHEMA`: the fields of `juzhu.law.row.Row`, nulls where
something is not known. Lists are folded into "since" dates before (registrations into a residence,
contributed months into a run), for the day and the policy asked about, so that every rule is a comparison of
a column with one scalar. `flatten` makes such a row of one person's facts; a bulk loader makes the same in
SQL.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, get_type_hints

import polars as pl

from juzhu.law.conditions import fold, leaves
from juzhu.law.cutoffs import cutoffs
from juzhu.law.eligibility import tree
from juzhu.law.facts import Facts, Purpose, Route
from juzhu.law.policy import Policy
from juzhu.law.row import Row, row_of

_TYPES: dict[Any, pl.DataType] = {
    date | None: pl.Date(),
    int | None: pl.Int32(),
    bool | None: pl.Boolean(),
    bool: pl.Boolean(),
    str | None: pl.String(),
}
SCHEMA: dict[str, pl.DataType] = {name: _TYPES[kind] for name, kind in get_type_hints(Row).items()}


def _column(value: Any) -> pl.Expr:
    return value if isinstance(value, pl.Expr) else pl.lit(value, dtype=_literal_type(value))


def _literal_type(value: Any) -> pl.DataType | None:
    return pl.Boolean() if value is None or isinstance(value, bool) else None


class Columns:
    """Operations on nullable columns; Polars follows Kleene's tables."""

    @staticmethod
    def all_of(*parts: Any) -> pl.Expr:
        return pl.all_horizontal([_column(part) for part in parts]) if parts else pl.lit(True)

    @staticmethod
    def any_of(*parts: Any) -> pl.Expr:
        return pl.any_horizontal([_column(part) for part in parts]) if parts else pl.lit(False)

    @staticmethod
    def not_(a: Any) -> pl.Expr:
        return ~_column(a)

    @staticmethod
    def eq(a: Any, b: Any) -> pl.Expr:
        return _column(a) == _column(b)

    @staticmethod
    def le(a: Any, b: Any) -> pl.Expr:
        return _column(a) <= _column(b)

    @staticmethod
    def ge(a: Any, b: Any) -> pl.Expr:
        return _column(a) >= _column(b)

    @staticmethod
    def is_in(a: Any, members: Collection[int]) -> pl.Expr:
        return _column(a).is_in(pl.lit(pl.Series(sorted(members), dtype=pl.Int32)).implode())

    @staticmethod
    def known(a: Any) -> pl.Expr:
        return _column(a).is_not_null()

    @staticmethod
    def pick(condition: Any, then: Any, otherwise: Any) -> pl.Expr:
        """All three are truths here, and bitmaps are quicker than when/then: the same by Kleene's tables."""
        met = _column(condition).fill_null(False)
        if then is True:
            return met | _column(otherwise)
        return (met & _column(then)) | (~met & _column(otherwise))

    @staticmethod
    def add_months(a: Any, n: int) -> pl.Expr:
        return _column(a).dt.offset_by(f"{n}mo")

    @staticmethod
    def add_days(a: Any, n: int) -> pl.Expr:
        return _column(a) + pl.duration(days=n)


COLUMNS = Columns()


class _NamedColumns:
    """Stands where a `Row` stands: each field is the column of that name."""

    def __getattr__(self, name: str) -> pl.Expr:
        if name not in SCHEMA:
            raise AttributeError(name)
        return pl.col(name)


_ROW = _NamedColumns()


def columns(policy: Policy, as_of: date, route: Route, purpose: Purpose = "permit") -> dict[str, pl.Expr]:
    """One nullable boolean expression a leaf of the route, by its code, in the tree's order.

    A leaf that does not apply to somebody is true of them.
    """
    on = cutoffs(policy, as_of)
    found = leaves(tree(policy, route, purpose))
    return {leaf.code: leaf.value(_ROW, on, COLUMNS).alias(leaf.code) for leaf in found}


def holds(policy: Policy, as_of: date, route: Route, purpose: Purpose = "permit") -> pl.Expr:
    """The tree itself: true accept, null supplement, false refuse."""
    on = cutoffs(policy, as_of)
    expression: pl.Expr = fold(
        tree(policy, route, purpose), lambda leaf: leaf.value(_ROW, on, COLUMNS), COLUMNS
    )
    return expression.alias("holds")


def outcome(policy: Policy, as_of: date, route: Route, purpose: Purpose = "permit") -> pl.Expr:
    """The answer in words: `accept`, `supplement` or `refuse`, as the column `outcome`."""
    truth = holds(policy, as_of, route, purpose)
    named = pl.when(truth).then(pl.lit("accept")).when(truth.is_null()).then(pl.lit("supplement"))
    return named.otherwise(pl.lit("refuse")).alias("outcome")


def flatten(facts: Facts, policy: Policy, as_of: date) -> dict[str, Any]:
    """One person's facts as a row of `SCHEMA`, for that policy and day."""
    return row_of(facts, cutoffs(policy, as_of))._asdict()


def table(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows as `flatten` gives them, in one table with the types of `SCHEMA`."""
    return pl.DataFrame(rows, schema=SCHEMA)
