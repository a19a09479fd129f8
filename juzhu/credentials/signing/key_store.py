"""Where signing keys are kept: the port, and a folder of encrypted keys."""

import fcntl
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from juzhu.credentials.signing.errors import KeyUnknown
from juzhu.credentials.signing.keys import KINDS, Alg, LocalKey, SigningKey, Use, new, signs_at
from juzhu.credentials.verify.trust import IssuerKey, read_key

FACTS = "keys.json"
LEAD_S = 30 * 86400
"""How long a new key is published before it signs: as long as a trust list lives, so that every checker knows
it by then.
"""
OVERLAP_S = 86400
"""How long the old key may still sign after the new one has begun."""


class KeyStore(Protocol):
    """Signing keys and what is publicly known of them; a key management service can stand here."""

    def keys(self) -> Sequence[IssuerKey]:
        """What is public, of every key there ever was, the oldest first. Needs no secret."""

    def signer(self, kid: str) -> SigningKey:
        """The key itself. Raises KeyUnknown, PassphraseWrong."""

    def create(self, alg: Alg, uses: Sequence[Use], not_before: int) -> IssuerKey:
        """A new key that signs from then on."""

    def rotate(self, kid: str, not_before: int, overlap_s: int = OVERLAP_S) -> IssuerKey:
        """A successor of the same algorithm and uses; the old key signs until `overlap_s` after it begins.
        Raises KeyUnknown.
        """

    def revoke(self, kid: str, moment: int) -> IssuerKey:
        """What the key signed from this moment on is forged; an earlier moment stays. Raises KeyUnknown."""


def signer_for(store: KeyStore, use: Use, moment: int) -> SigningKey:
    """The key that signs for this use at this moment. Raises KeyUnknown, PassphraseWrong."""
    return store.signer(signs_at(store.keys(), use, moment).kid)


class KeyFolder:
    """A folder with one encrypted PKCS#8 PEM a key, `<kid>.pem`, and a file of public facts, `keys.json`.

    `passphrase` is asked for only where a private key is written or opened.
    """

    def __init__(self, folder: Path, passphrase: bytes = b"") -> None:
        self._folder = folder
        self._passphrase = passphrase
        self._opened: dict[str, LocalKey] = {}

    def keys(self) -> list[IssuerKey]:
        try:
            facts = json.loads((self._folder / FACTS).read_bytes())
        except FileNotFoundError:
            return []
        return [read_key(each) for each in facts["keys"]]

    def signer(self, kid: str) -> LocalKey:
        if kid not in self._opened:
            alg = self._key(kid).alg
            pem = (self._folder / f"{kid}.pem").read_bytes()
            self._opened[kid] = KINDS[alg].from_pem(pem, self._passphrase)  # type: ignore[index]
        return self._opened[kid]

    def create(self, alg: Alg, uses: Sequence[Use], not_before: int) -> IssuerKey:
        with self._locked():
            return self._create(alg, uses, not_before, self.keys())

    def rotate(self, kid: str, not_before: int, overlap_s: int = OVERLAP_S) -> IssuerKey:
        with self._locked():
            old = self._key(kid)
            kept = _replaced(self.keys(), replace(old, not_after=not_before + overlap_s))
            return self._create(old.alg, sorted(old.uses), not_before, kept)  # type: ignore[arg-type]

    def revoke(self, kid: str, moment: int) -> IssuerKey:
        with self._locked():
            key = self._key(kid)
            earliest = moment if key.revoked_at is None else min(moment, key.revoked_at)
            revoked = replace(key, revoked_at=earliest)
            self._write(_replaced(self.keys(), revoked))
            return revoked

    def _create(self, alg: Alg, uses: Sequence[Use], not_before: int, kept: list[IssuerKey]) -> IssuerKey:
        key = new(alg)
        write(self._folder / f"{key.kid}.pem", key.to_pem(self._passphrase))
        known = IssuerKey(key.kid, alg, key.public_jwk(), frozenset(uses), not_before)
        self._write([*kept, known])
        return known

    def _key(self, kid: str) -> IssuerKey:
        for key in self.keys():
            if key.kid == kid:
                return key
        raise KeyUnknown(kid)

    def _write(self, keys: list[IssuerKey]) -> None:
        text = json.dumps({"keys": [facts_of(key) for key in keys]}, indent=1)
        write(self._folder / FACTS, text.encode() + b"\n")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer at a time; the folder is made where there is none, for its owner alone."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def facts_of(key: IssuerKey) -> dict[str, Any]:
    """What is public, as `keys.json` and the trust list have it."""
    return {
        "jwk": dict(key.jwk),
        "alg": key.alg,
        "uses": sorted(key.uses),
        "not_before": key.not_before,
        "not_after": key.not_after,
        "revoked_at": key.revoked_at,
    }


def write(path: Path, content: bytes) -> None:
    """Replace a file at once and for good; only its owner may read it."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _replaced(keys: list[IssuerKey], changed: IssuerKey) -> list[IssuerKey]:
    return [changed if key.kid == changed.kid else key for key in keys]
