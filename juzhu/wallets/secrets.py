"""Codes and tokens that wallets bear: random, kept as their SHA-256, or derived from what is random."""

import hashlib
import hmac
import secrets
from datetime import datetime
from functools import lru_cache

from django.conf import settings

from juzhu.credentials.verify import Refused
from juzhu.credentials.verify.encoding import base64url, from_base64url

NONCE_GOOD_FOR_S = 300
STAMP_BYTES, SALT_BYTES, MAC_BYTES = 8, 16, 16
NONCE_LENGTH = 54
"""40 bytes in base64url."""


def random() -> str:
    """43 characters, 256 bits."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What of a secret is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def derived(purpose: str, text: str) -> str:
    """43 characters that only this service can make of a text, for one purpose."""
    return base64url(_mac(purpose, text.encode()))


def nonce(now: datetime) -> str:
    """A challenge for a proof of possession: it says when it was made, and nothing is kept of it."""
    body = int(now.timestamp()).to_bytes(STAMP_BYTES) + secrets.token_bytes(SALT_BYTES)
    return base64url(body + _mac("nonce", body)[:MAC_BYTES])


def is_nonce(text: str, now: datetime) -> bool:
    """Whether a challenge is ours and was made within the last five minutes."""
    if len(text) != NONCE_LENGTH:
        return False
    try:
        raw = from_base64url(text)
    except Refused:
        return False
    body, mac = raw[:-MAC_BYTES], raw[-MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac("nonce", body)[:MAC_BYTES]):
        return False
    age = int(now.timestamp()) - int.from_bytes(body[:STAMP_BYTES])
    return 0 <= age < NONCE_GOOD_FOR_S


def _mac(purpose: str, data: bytes) -> bytes:
    return hmac.new(_key(settings.SECRET_KEY, purpose), data, hashlib.sha256).digest()


@lru_cache(maxsize=16)
def _key(secret: str, purpose: str) -> bytes:
    """Derived from the service's secret for one use alone."""
    return hmac.new(secret.encode(), f"juzhu wallets {purpose} v1".encode(), hashlib.sha256).digest()
