"""Names as they are compared: the several dots that are typed between their parts count as one, spaces count
for nothing. In Python and in SQL the same.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Func, Value

DOT = "·"
DOTS = "•‧∙・.．"
SPACES = "\t\n\r \u00a0\u2002\u2003\u2009\u202f\u3000"
"""Those that people type or paste, the ideographic one last."""
TURNED = [(sign, DOT) for sign in DOTS] + [(sign, "") for sign in SPACES]
"""What stands instead of each."""
_TABLE = str.maketrans(DOTS, DOT * len(DOTS), SPACES)


def folded(name: str) -> str:
    """A name for comparing."""
    return name.translate(_TABLE)


class Folded(Func):
    """The same of a column: TRANSLATE on PostgreSQL, and one REPLACE within the other elsewhere."""

    arity = 1

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """`TRANSLATE(name, signs, dots)`: what has no counterpart is left out."""
        signs = self.copy()
        signs.set_source_expressions(
            [*self.get_source_expressions(), Value(DOTS + SPACES), Value(DOT * len(DOTS))]
        )
        return super(Folded, signs).as_sql(compiler, connection, function="TRANSLATE", **more)

    def as_sqlite(self, compiler: Any, connection: Any, **_more: Any) -> Any:
        """`REPLACE(REPLACE(name, …), …)`, written at once: so many expressions within each other cost
        more than the query.
        """
        (column,) = self.get_source_expressions()
        sql, params = compiler.compile(column)
        signs = (part for pair in TURNED for part in pair)
        return f"{'REPLACE(' * len(TURNED)}{sql}{', %s, %s)' * len(TURNED)}", (*params, *signs)
