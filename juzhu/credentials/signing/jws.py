"""Signs JWS in its compact form."""

from collections.abc import Mapping
from typing import Any

from juzhu.credentials.signing.keys import SigningKey
from juzhu.credentials.verify.encoding import base64url, to_json


def sign(key: SigningKey, typ: str, payload: Mapping[str, Any], **header: Any) -> str:
    """A token with the key's alg and kid and this typ in its header."""
    head = base64url(to_json({"alg": key.alg, "kid": key.kid, "typ": typ, **header}))
    signed = f"{head}.{base64url(to_json(payload))}"
    return f"{signed}.{base64url(key.sign(signed.encode()))}"
