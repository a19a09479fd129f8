"""Signing keys: what signs, what is publicly known of it, and where it is kept."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, Protocol

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from juzhu.credentials.verify import algorithms
from juzhu.credentials.verify.encoding import base64url

Alg = Literal["ES256", "SM2"]
Use = Literal["permit", "status", "root"]


class SigningKey(Protocol):
    """A key that signs; the private part may be elsewhere."""

    @property
    def kid(self) -> str: ...

    @property
    def alg(self) -> str: ...

    def sign(self, data: bytes) -> bytes:
        """r and s, 32 bytes each."""
        ...

    def public_jwk(self) -> dict[str, Any]: ...
