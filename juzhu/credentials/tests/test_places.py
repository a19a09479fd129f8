"""Places in a status list: each given once, and scattered."""

import itertools

import pytest

from juzhu.credentials.places import SIZE, scattered


def test_a_whole_shard_gives_each_place_once():
    assert len({scattered(n, b"a secret") for n in range(0, SIZE, 37)}) == len(range(0, SIZE, 37))
    assert {scattered(n, b"a secret") for n in range(4096)} <= set(range(SIZE))


def test_neighbours_lie_far_apart_and_another_secret_scatters_otherwise():
    places = [scattered(n, b"a secret") for n in range(1000)]
    assert not any(abs(one - next_one) < 3 for one, next_one in itertools.pairwise(places))
    assert places != [scattered(n, b"another") for n in range(1000)]
    low, high = sum(place < SIZE // 2 for place in places), sum(place % 2 for place in places)
    assert 400 < low < 600
    assert 400 < high < 600


@pytest.mark.parametrize("n", [-1, SIZE])
def test_there_is_no_place_outside(n):
    with pytest.raises(ValueError, match="no place"):
        scattered(n, b"a secret")
