"""Kleene's logic: True met, None unproven, False unmet; and the operations in which a test is written.

The operations are given for plain values here and for columns in `juzhu.law.columns`; `Days` joins days
instead of truths.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from juzhu.law.calendar import add_months

Truth = bool | None
# A plain value or a column of them, depending on the Operations that travel with it.
Value = Any
NEVER = date.max


class Algebra(Protocol):
    """What a fold needs to join its branches."""

    def all_of(self, *parts: Value) -> Value: ...

    def any_of(self, *parts: Value) -> Value: ...


class Operations(Algebra, Protocol):
    """The operations that differ between plain values and columns. A comparison with null is null."""

    def not_(self, a: Value) -> Value: ...

    def eq(self, a: Value, b: Value) -> Value: ...

    def le(self, a: Value, b: Value) -> Value: ...

    def ge(self, a: Value, b: Value) -> Value: ...

    def is_in(self, a: Value, members: Collection[int]) -> Value: ...

    def known(self, a: Value) -> Value: ...

    def pick(self, condition: Value, then: Value, otherwise: Value) -> Value:
        """`then` where the condition is True, `otherwise` where it is False or null; all three are truths."""

    def add_months(self, a: Value, n: int) -> Value: ...

    def add_days(self, a: Value, n: int) -> Value: ...


class Values:
    """Operations on plain Python values, with None as null."""

    @staticmethod
    def all_of(*parts: Truth) -> Truth:
        if False in parts:
            return False
        return None if None in parts else True

    @staticmethod
    def any_of(*parts: Truth) -> Truth:
        if True in parts:
            return True
        return None if None in parts else False

    @staticmethod
    def not_(a: Truth) -> Truth:
        return None if a is None else not a

    @staticmethod
    def eq(a: Value, b: Value) -> Truth:
        return None if a is None or b is None else bool(a == b)

    @staticmethod
    def le(a: Value, b: Value) -> Truth:
        return None if a is None or b is None else bool(a <= b)

    @staticmethod
    def ge(a: Value, b: Value) -> Truth:
        return None if a is None or b is None else bool(a >= b)

    @staticmethod
    def is_in(a: int | None, members: Collection[int]) -> Truth:
        return None if a is None else a in members

    @staticmethod
    def known(a: Value) -> bool:
        return a is not None

    @staticmethod
    def pick(condition: Truth, then: Value, otherwise: Value) -> Value:
        return then if condition else otherwise

    @staticmethod
    def add_months(a: date | None, n: int) -> date | None:
        return None if a is None else add_months(a, n)

    @staticmethod
    def add_days(a: date | None, n: int) -> date | None:
        return None if a is None else a + timedelta(days=n)


@dataclass(frozen=True)
class Days:
    """All of several days is the latest, any of them the earliest; with nothing to wait for, `as_of`."""

    as_of: date

    def all_of(self, *parts: date) -> date:
        return max((self.as_of, *parts))

    def any_of(self, *parts: date) -> date:
        return min(parts)


VALUES = Values()
