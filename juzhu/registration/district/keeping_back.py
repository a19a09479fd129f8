"""Which figures are not shown, so that none points at a person. Pure.

A table is a row for each area, of one or more counts, whose sums are known. A row with a count that is
small, and not nought, is kept back; and with it others, until from the sums nobody can tell what it was.
Rows that are kept back look alike, whatever they hold. docs/district.md says what this protects from.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def kept_back(rows: Mapping[Key, Sequence[int]], least: int) -> frozenset[Key]:
    """The keys of the rows that are not shown. `least` is the smallest count that may be; nought may always.

    The others are taken in the order of their keys, not of their counts: the choice itself must not tell how
    large they are. Where no other row is left to hide a small one, nothing of the table is shown.
    """
    hidden = {key for key, counts in rows.items() if any(0 < count < least for count in counts)}
    others = (key for key, counts in rows.items() if key not in hidden and any(counts))
    for other in sorted(others, key=str):
        if hides([rows[key] for key in hidden], least):
            break
        hidden.add(other)
    return frozenset(hidden if hides([rows[key] for key in hidden], least) else rows)


def hides(rows: Collection[Sequence[int]], least: int) -> bool:
    """Whether the sums of these rows tell of none of their small counts what it is: in every column that has
    one, another is as large as may be shown, and with one in every other row would be larger still.
    """
    return all(
        not small(column, least) or (max(column) >= least and sum(column) - len(column) >= least)
        for column in zip(*rows, strict=True)
    )


def small(counts: Iterable[int], least: int) -> bool:
    """Whether one of these counts is too small to be shown by itself."""
    return any(0 < count < least for count in counts)


def shares(parts: Mapping[Key, int], least: int) -> tuple[dict[Key, int], tuple[Key, ...]] | None:
    """Whole per cents of the parts, the largest first, and the parts that were too small for one of their
    own: the per cents of those together are what is lacking to a hundred. None when all are too few for
    per cents to hide anybody: less than ten times `least`.
    """
    total = sum(parts.values())
    if total < 10 * least:
        return None
    order = sorted((key for key in parts if parts[key]), key=lambda key: -parts[key])
    together: list[Key] = [key for key in order if parts[key] < least]
    while together and sum(parts[key] for key in together) < least:
        together.insert(0, order[len(order) - len(together) - 1])
    alone = order[: len(order) - len(together)]
    whole = _hundred([*(parts[key] for key in alone), sum(parts[key] for key in together)])
    return dict(zip(alone, whole, strict=False)), tuple(together)


def _hundred(counts: Sequence[int]) -> list[int]:
    """Whole per cents that make a hundred: what is lost by rounding down goes to the largest rests."""
    total = sum(counts)
    whole = [count * 100 // total for count in counts]
    rests = sorted(range(len(counts)), key=lambda at: (-(counts[at] * 100 % total), at))
    for at in rests[: 100 - sum(whole)]:
        whole[at] += 1
    return whole
