"""What is kept back, and that nothing tells it all the same."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juzhu.registration.district.figures import table
from juzhu.registration.district.keeping_back import kept_back, shares, small

LEAST = 5
counts = st.integers(0, 40)
tables = st.dictionaries(st.sampled_from("abcdefghijkl"), st.tuples(counts, counts), min_size=1)


def told(cells: tuple[int, ...]) -> tuple[tuple[int | None, ...], int | None]:
    """What is seen of a table: its cells, and their sum, where that is not small."""
    hidden = kept_back(dict(enumerate((n,) for n in cells)), LEAST)
    total = sum(cells)
    return (
        tuple(None if at in hidden else n for at, n in enumerate(cells)),
        None if small([total], LEAST) else total,
    )


@pytest.mark.parametrize(("width", "largest"), [(1, 20), (2, 20), (3, 18), (4, 13)])
def test_no_small_count_can_be_told_even_by_who_knows_the_rule(width: int, largest: int):
    """Every table with cells up to eight, against all tables that look the same: a small count that is kept
    back is not the same in all of them.
    """
    alike = defaultdict(list)
    for cells in product(range(largest + 1), repeat=width):
        alike[told(cells)].append(cells)
    for (seen, _total), those in alike.items():
        for at in (at for at, n in enumerate(seen) if n is None):
            could_be = {cells[at] for cells in those}
            found = [cells for cells in those if max(cells) <= 8 and 0 < cells[at] < LEAST]
            assert not found or len(could_be) > 1, (seen, found)


@given(tables)
def test_nothing_small_is_shown(rows):
    hidden = kept_back(rows, LEAST)
    assert hidden <= set(rows)
    assert all(key in hidden for key, both in rows.items() if small(both, LEAST))
    if not any(small(both, LEAST) for both in rows.values()):
        assert not hidden


@given(tables)
def test_the_choice_does_not_depend_on_how_large_the_others_are(rows):
    grown = {key: tuple(n * 3 if n >= LEAST else n for n in both) for key, both in rows.items()}
    if all(max(both) >= LEAST or small(both, LEAST) or not any(both) for both in rows.values()):
        first = kept_back(rows, LEAST)
        assert kept_back(grown, LEAST) <= first or first == set(rows)


def test_a_small_row_takes_another_along():
    assert kept_back({"a": (20,), "b": (3,), "c": (50,), "d": (0,)}, LEAST) == {"a", "b"}
    assert kept_back({"a": (20,), "b": (9,)}, LEAST) == frozenset()


def test_where_nothing_is_left_to_hide_it_nothing_is_shown():
    assert kept_back({"a": (3,), "b": (0,), "c": (1,)}, LEAST) == {"a", "b", "c"}


def test_a_row_is_shown_whole_or_not_at_all():
    assert kept_back({"a": (20, 2), "b": (30, 30), "c": (40, 0)}, LEAST) == {"a", "b"}


def test_the_sum_of_some_is_not_told_where_it_would_tell_one_of_them():
    shown = table({"a": (20,), "b": (3,), "c": (50,)}, "abc", 1, LEAST)
    assert shown.of("a") is None
    assert shown.of("c") == (50,)
    assert shown.total() == (73,)
    assert shown.total("ab") == (23,)
    assert shown.total("bc") is None
    assert shown.total("ac") is None
    assert table({"a": (2,)}, "ab", 1, LEAST).total() is None


def test_shares_are_whole_and_small_parts_stand_together():
    assert shares({"a": 60, "b": 33, "c": 4, "d": 3}, LEAST) == ({"a": 60, "b": 33}, ("c", "d"))
    assert shares({"a": 60, "b": 38, "c": 2}, LEAST) == ({"a": 60}, ("b", "c"))
    assert shares({"a": 48}, LEAST) is None
    assert shares({"a": 1, "b": 1, "c": 1}, 2) is None


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 400), min_size=1))
def test_shares_make_a_hundred(parts):
    found = shares(parts, LEAST)
    if found is None:
        assert sum(parts.values()) < 10 * LEAST
        return
    alone, together = found
    assert set(alone) | set(together) == {key for key in parts if parts[key]}
    assert not together or sum(parts[key] for key in together) >= LEAST
    rest = 100 - sum(alone.values())
    exact = sum(parts[key] for key in together) * 100 / sum(parts.values())
    assert abs(rest - exact) < 1
    assert all(abs(share - parts[key] * 100 / sum(parts.values())) < 1 for key, share in alone.items())
