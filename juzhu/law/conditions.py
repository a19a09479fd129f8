"""One tree of conditions, folded over plain values, over columns, or over days.

A `Leaf` holds one test, written once against `Operations`; what is tested (a plain row or named columns) and
the operations are exchanged together. Truth has three values: True met, None unproven, False unmet (Kleene).
`fold` walks the tree; the algebra it is given says what "all of" and "any of" mean: Kleene's AND and OR of
values (`VALUES`), the same of nullable boolean columns (`juzhu.law.columns.COLUMNS`), or, for the first day
on which nothing is unmet, the latest and the earliest of days (`Days`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from juzhu.law.cutoffs import Cutoffs
from juzhu.law.kleene import NEVER, VALUES, Algebra, Operations, Truth, Value
from juzhu.law.policy import available, load
from juzhu.law.row import Look
from juzhu.law.wording import Text

Test = Callable[[Any, Cutoffs, Operations], Value]


def _no_day(look: Look) -> date | None:
    return None


def _no_days(look: Look) -> tuple[date | None, date | None]:
    return None, None


@dataclass(frozen=True, eq=False)
class Leaf:
    """One condition.

    `test` says whether it holds, `applies` whether it is asked at all (None: of everybody). A leaf that does
    not apply holds; where that is not known, it holds or is unproven; `asked_if_unknown` says whether it is
    then shown. `ripens` gives the day from which an unmet leaf is no longer unmet if everything continues,
    `lapses` the day from which it applies no more; both None for never. `compared`: (since, needed_by).
    """

    code: str
    name: Text
    material: Text
    fix: Text
    test: Test
    say: Callable[[Look, Truth], Text]
    applies: Test | None = None
    asked_if_unknown: bool = True
    ripens: Callable[[Look], date | None] = _no_day
    lapses: Callable[[Look], date | None] = _no_day
    compared: Callable[[Look], tuple[date | None, date | None]] = _no_days

    def value(self, row: Any, on: Cutoffs, k: Operations) -> Value:
        """True, None or False, or a column of them: any of "does not apply" and "holds"."""
        held = self.test(row, on, k)
        return held if self.applies is None else k.any_of(k.not_(self.applies(row, on, k)), held)

    def cured_on(self, look: Look) -> date:
        """For an unmet leaf: the first day on which it is no longer unmet, or `NEVER`."""
        return min(self.lapses(look) or NEVER, self.ripens(look) or NEVER)

    @property
    def cites(self) -> tuple[str, ...]:
        """Its provisions in the first pack that requires it; each policy's own are in `Policy.cites`."""
        packs = (load(policy_id).cites for policy_id in available())
        return next(cites[self.code] for cites in packs if self.code in cites)


@dataclass(frozen=True, eq=False)
class Branch:
    """A node that joins others: by "all of" or "any of"."""

    join: str
    parts: tuple[Node, ...]
    label: Text | None = None


Node = Leaf | Branch


def all_of(*parts: Node, label: Text | None = None) -> Branch:
    return Branch("all_of", parts, label)


def any_of(*parts: Node, label: Text | None = None) -> Branch:
    return Branch("any_of", parts, label)


def leaves(node: Node) -> tuple[Leaf, ...]:
    """The leaves under a node, in the tree's order."""
    if isinstance(node, Leaf):
        return (node,)
    return tuple(leaf for part in node.parts for leaf in leaves(part))


def choices(node: Node) -> tuple[Branch, ...]:
    """The branches under a node of which one part is enough; every part is a leaf."""
    if isinstance(node, Leaf):
        return ()
    if node.join == "any_of":
        return (node,)
    return tuple(choice for part in node.parts for choice in choices(part))


def simplified(node: Node) -> Node:
    """The same truth with fewer nodes: a branch within one of its own kind is merged into it."""
    if isinstance(node, Leaf):
        return node
    parts: list[Node] = []
    for part in map(simplified, node.parts):
        parts.extend(part.parts if isinstance(part, Branch) and part.join == node.join else (part,))
    return Branch(node.join, tuple(parts))


def fold(node: Node, value: Callable[[Leaf], Value], algebra: Algebra) -> Value:
    """The tree's value, given each leaf's."""
    if isinstance(node, Leaf):
        return value(node)
    parts = [value(part) if isinstance(part, Leaf) else fold(part, value, algebra) for part in node.parts]
    return algebra.all_of(*parts) if node.join == "all_of" else algebra.any_of(*parts)


class Weighed(NamedTuple):
    """Each leaf's truth for one person, and the leaves that give a finding."""

    truths: dict[Leaf, Truth]
    asked: set[Leaf]


def weigh(every_leaf: Iterable[Leaf], row: Any, on: Cutoffs) -> Weighed:
    """Every leaf's `value` over plain values; an `applies` that several leaves share is tested once."""
    truths: dict[Leaf, Truth] = {}
    asked: set[Leaf] = set()
    applying: dict[Test, Truth] = {}
    for leaf in every_leaf:
        held: Truth = leaf.test(row, on, VALUES)
        applies: Truth = True
        if (test := leaf.applies) is not None:
            if test not in applying:
                applying[test] = test(row, on, VALUES)
            applies = applying[test]
        if applies:
            truths[leaf] = held
            asked.add(leaf)
            continue
        truths[leaf] = VALUES.any_of(VALUES.not_(applies), held)
        if applies is None and leaf.asked_if_unknown:
            asked.add(leaf)
    return Weighed(truths, asked)
