"""Builds the status lists that `verify.status_list` reads."""

import zlib

from juzhu.credentials.signing import jws
from juzhu.credentials.signing.keys import SigningKey
from juzhu.credentials.verify.days import DAY_S, day_start
from juzhu.credentials.verify.encoding import base64url
from juzhu.credentials.verify.status_list import TYPE

BITS = 2
SHARD = 1 << 20
"""Entries of a list."""
TTL_S = 300
LEVEL = 9
ALLOWED = bytes(range(1 << BITS))


def pack(statuses: bytes | bytearray) -> bytes:
    """One status a byte, as two bits each, the least significant first. Raises ValueError for one over 3.

    The four quarters of each byte are put together as four long numbers, not one by one.
    """
    if over := statuses.translate(None, ALLOWED):
        raise ValueError(over[0])
    padded = bytes(statuses) + bytes(-len(statuses) % 4)
    quarters = [int.from_bytes(padded[at::4], "little") << BITS * at for at in range(4)]
    return (quarters[0] | quarters[1] | quarters[2] | quarters[3]).to_bytes(len(padded) // 4, "little")


def compress(packed: bytes) -> bytes:
    """As a list holds it."""
    return zlib.compress(packed, LEVEL)


def token(key: SigningKey, statuses: bytes | bytearray, *, uri: str, issued_at: int) -> str:
    """A signed list of these statuses, one a byte, that lives until the next midnight in Asia/Shanghai."""
    return jws.sign(
        key,
        TYPE,
        {
            "sub": uri,
            "iat": issued_at,
            "exp": day_start(issued_at) + DAY_S,
            "ttl": TTL_S,
            "status_list": {"bits": BITS, "lst": base64url(compress(pack(statuses)))},
        },
    )
