"""Places in a status list: the n-th one given out lies where a keyed permutation of the shard puts it. Pure.

A Feistel network over twenty bits: two halves of ten, each mixed by a keyed hash. It is a permutation
whatever the hash gives, so that no place is given twice; who has not the key learns nothing from two places.
"""

import hashlib

HALF_BITS = 10
SIZE = 1 << (2 * HALF_BITS)
"""How many places a shard has."""
ROUNDS = 8


def scattered(n: int, secret: bytes) -> int:
    """The place of the n-th document of a shard, n from 0 to SIZE - 1. Raises ValueError beyond."""
    if not 0 <= n < SIZE:
        raise ValueError(f"a shard has no place {n}")
    left, right = n >> HALF_BITS, n & (SIZE >> HALF_BITS) - 1
    for turn in range(ROUNDS):
        left, right = right, left ^ _mixed(turn, right, secret)
    return left << HALF_BITS | right


def _mixed(turn: int, half: int, secret: bytes) -> int:
    said = bytes([turn]) + half.to_bytes(2, "big")
    made = hashlib.blake2b(said, key=secret, digest_size=2).digest()
    return int.from_bytes(made, "big") >> 16 - HALF_BITS
