"""What can go wrong where the electronic permit's documents are made. For operators: nobody else sees it."""

from juzhu.operations.errors import JuzhuError


class SigningKeyMissing(JuzhuError):
    """There is no key for this use and the policy's algorithm."""

    code = "signing_key_missing"


class DevelopmentKeys(JuzhuError):
    """Production was pointed at keys that a demo or a test has made."""

    code = "development_keys"


class NotTheWorker(JuzhuError):
    """A private key was asked for where no task is done: only the worker signs (ADR 0024)."""

    code = "not_the_worker"
