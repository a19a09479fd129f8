"""The keys of this service: everybody may know what is public of them, and only the worker signs.

A demo and a test make their own when they first sign. They are marked, and production refuses them.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from juzhu.credentials.errors import DevelopmentKeys, NotTheWorker, SigningKeyMissing
from juzhu.credentials.signing.errors import KeyUnknown
from juzhu.credentials.signing.key_store import KeyFolder, KeyStore
from juzhu.credentials.signing.keys import Alg, SigningKey, Use, signs_at
from juzhu.credentials.verify.trust import IssuerKey
from juzhu.law.policy import Policy
from juzhu.operations import tasks

MARK = "DEVELOPMENT"
MARKED = "These keys were made by a demo or a test. Production refuses them.\n"
WALLETS: Alg = "ES256"
"""What every wallet understands: requests to wallets are signed by nothing else."""
DEVELOPMENT_PASSPHRASE = b"development-only-passphrase"


def known() -> Sequence[IssuerKey]:
    """What is public of every key there ever was. Opens no private key."""
    return _store(settings.JUZHU_KEYS, b"").keys()


def signing(use: Use, rules: Policy, moment: int) -> IssuerKey:
    """The key that signs for this use at this moment, by the policy's algorithm; the root by any.

    Raises SigningKeyMissing, DevelopmentKeys.
    """
    alg = WALLETS if use == "request" else rules.electronic_permit.algorithm
    found = [key for key in known() if use == "root" or key.alg == alg]
    if settings.JUZHU_MODE == "production" and (settings.JUZHU_KEYS / MARK).exists():
        raise DevelopmentKeys(folder=str(settings.JUZHU_KEYS))
    try:
        return signs_at(found, use, moment)
    except KeyUnknown as error:
        raise SigningKeyMissing(use=use, algorithm=alg) from error


def signer(use: Use, rules: Policy, moment: int) -> SigningKey:
    """The same key, opened. Raises NotTheWorker, and what `signing` and the store raise."""
    if not tasks.at_work():
        raise NotTheWorker
    prepare(rules)
    return _store(settings.JUZHU_KEYS, _passphrase()).signer(signing(use, rules, moment).kid)


def prepare(rules: Policy) -> None:
    """Where a demo or a test has no keys, make them: from the beginning of time, for they move through it."""
    if settings.JUZHU_MODE == "production" or known():
        return
    settings.JUZHU_KEYS.mkdir(mode=0o700, parents=True, exist_ok=True)
    (settings.JUZHU_KEYS / MARK).write_text(MARKED)
    store = _store(settings.JUZHU_KEYS, _passphrase())
    store.create("ES256", ["root"], 0)
    store.create(rules.electronic_permit.algorithm, ["permit", "status"], 0)
    store.create(WALLETS, ["request"], 0)


def _passphrase() -> bytes:
    """Of the private keys: from the setting or the file it names."""
    if settings.JUZHU_KEYS_PASSPHRASE_FILE:
        return settings.JUZHU_KEYS_PASSPHRASE_FILE.read_bytes().rstrip(b"\r\n")
    given: bytes = settings.JUZHU_KEYS_PASSPHRASE.get_secret_value().encode()
    return given or (b"" if settings.JUZHU_MODE == "production" else DEVELOPMENT_PASSPHRASE)


@lru_cache(maxsize=4)
def _store(folder: Path, passphrase: bytes) -> KeyStore:
    return KeyFolder(folder, passphrase)
