"""A device that holds a passkey, made of nothing but a key: what browsers hand over, byte by byte."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Device:
    """One passkey in a device. `verifies`: whether it makes sure of its user; `counts`: whether it counts."""

    origin: str = "https://testserver"
    domain: str = "testserver"
    verifies: bool = True
    counts: bool = True
    count: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def make(self, options: str) -> str:
        """Answer `navigator.credentials.create`."""
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        attested = bytes(16) + len(self.id).to_bytes(2) + self.id + cbor2.dumps(public)
        made = {"fmt": "none", "attStmt": {}, "authData": self._said(ATTESTED) + attested}
        client = self._client("webauthn.create", options)
        return self._written(
            clientDataJSON=client, attestationObject=cbor2.dumps(made), transports=["internal", "odd"]
        )

    def use(self, options: str, handle: bytes = b"") -> str:
        """Answer `navigator.credentials.get`."""
        self.count += self.counts
        client, said = self._client("webauthn.get", options), self._said()
        signature = self.key.sign(said + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        more = {"userHandle": handle} if handle else {}
        return self._written(clientDataJSON=client, authenticatorData=said, signature=signature, **more)

    def _said(self, flags: int = 0) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(self.domain.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _client(self, kind: str, options: str) -> bytes:
        challenge = json.loads(options)["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _written(self, **response: Any) -> str:
        key = bytes_to_base64url(self.id)
        told = {
            name: bytes_to_base64url(value) if isinstance(value, bytes) else value
            for name, value in response.items()
        }
        return json.dumps({"id": key, "rawId": key, "type": "public-key", "response": told})
