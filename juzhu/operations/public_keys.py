"""Somebody else's public keys, as a JWKS (RFC 7517). Knows neither tables nor settings: read at start."""

from collections.abc import Mapping
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet


def key_set(jwks: Mapping[str, Any]) -> KeySet:
    """Public keys for verifying. Raises ValueError unless all are P-256 keys without a private part."""
    keys = jwks.get("keys")
    if not isinstance(keys, list) or not keys:
        raise ValueError("a JWKS is an object with a non-empty list `keys`")
    if any(not isinstance(key, dict) or key.get("crv") != "P-256" or "d" in key for key in keys):
        raise ValueError("keys must be public EC keys on P-256")
    try:
        return KeySet([ECKey.import_key(key) for key in keys])
    except (JoseError, ValueError, TypeError) as error:
        raise ValueError("a key of the JWKS can't be read") from error
