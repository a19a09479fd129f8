"""The bureau's signing key: ES256, in a file of its own; and its public half as a JWKS."""

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from joserfc import jws
from joserfc.jwk import ECKey

ALGORITHM = "ES256"


class Seal:
    """Signs records."""

    def __init__(self, key: ECKey) -> None:
        self.key = key

    @classmethod
    def made(cls) -> "Seal":
        """One with a fresh key."""
        return cls(ECKey.generate_key("P-256", auto_kid=True))

    @classmethod
    def kept(cls, path: Path) -> "Seal":
        """The key in this file (a private JWK, readable by its owner alone); made when there is none."""
        if not path.exists():
            seal = cls.made()
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(opened, "w", encoding="utf-8") as file:
                json.dump(seal.key.as_dict(private=True), file)
            return seal
        return cls(ECKey.import_key(json.loads(path.read_text(encoding="utf-8"))))

    @property
    def jwks(self) -> dict[str, Any]:
        """What others verify with."""
        public = {**self.key.as_dict(private=False), "use": "sig", "alg": ALGORITHM}
        return {"keys": [public]}

    def sign(self, record: Mapping[str, Any]) -> str:
        """A compact JWS over a record, with the moment of signing."""
        payload = json.dumps({**record, "iat": int(time.time())}, ensure_ascii=False).encode()
        return jws.serialize_compact({"alg": ALGORITHM, "kid": self.key.kid}, payload, self.key)
