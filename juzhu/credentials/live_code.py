"""The code that a holder shows: it changes every 30 seconds, and says nothing but "ask the service".

A code is 27 bytes in base64url: the permit's random public id (8), the 30-second slot (4), a truncated
HMAC-SHA256 (15). So a screenshot is out of date within a minute, nothing personal is in it, and a code
that somebody made up is told apart from one that is old.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

PERIOD_S = 30
GRACE_SLOTS = 1
"""A code is accepted in its own slot and the next one, so at most 60 seconds long."""

MAC_BYTES = 15
LENGTH = 36
SHAPE = re.compile(rf"[A-Za-z0-9_-]{{{LENGTH}}}")
"""27 bytes are exactly 36 characters, each of them significant: no two codes are read as the same one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a code is: made by us and fresh, made by us and old, or not made by us."""

    verdict: Literal["fresh", "expired", "forged", "unknown"]
    public_id: str = ""


def make(public_id: str, key: bytes, now: datetime) -> str:
    """The code of this moment. `public_id` is 16 hex digits; `now` is aware."""
    body = bytes.fromhex(public_id) + _slot(now).to_bytes(4, "big")
    return base64.urlsafe_b64encode(body + _mac(body, key)).decode()


def read(code: str, key: bytes, now: datetime) -> Reading:
    """Tell what a code is. Never raises: whatever somebody scans gets an answer.

    "unknown" is no code of ours by its shape; "forged" has the shape and a wrong signature.
    """
    if not SHAPE.fullmatch(code):
        return Reading("unknown")
    raw = base64.urlsafe_b64decode(code)
    body, mac = raw[:-MAC_BYTES], raw[-MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(body, key)):
        return Reading("forged")
    age = _slot(now) - int.from_bytes(body[8:], "big")
    verdict: Literal["fresh", "expired"] = "fresh" if 0 <= age <= GRACE_SLOTS else "expired"
    return Reading(verdict, body[:8].hex())


def seconds_left(now: datetime) -> int:
    """How long the present code is the newest one."""
    return PERIOD_S - int(now.astimezone(UTC).timestamp()) % PERIOD_S


def _slot(now: datetime) -> int:
    return int(now.astimezone(UTC).timestamp()) // PERIOD_S


def _mac(body: bytes, key: bytes) -> bytes:
    return hmac.new(key, body, hashlib.sha256).digest()[:MAC_BYTES]
