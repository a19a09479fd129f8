"""The one exception of this package: why a document, a list or a key is not accepted."""

from typing import Literal

Outcome = Literal["valid", "suspended", "terminated", "stale", "forged", "not_a_permit", "unreadable"]
Because = Literal[
    "",
    "list", "document", "superseded", "trust",
    "signature", "key_unknown", "key_revoked", "holder", "digest", "malformed",
    "algorithm",
]  # fmt: skip
"""Why: the first row for "stale", the second for "forged"; "algorithm" for "unreadable", where this machine
cannot check the signature's kind.
"""


class Refused(Exception):
    """Not accepted, with the outcome that a checker is told. `check` turns it into a verdict."""

    def __init__(self, outcome: Outcome = "unreadable", because: Because = "") -> None:
        super().__init__(f"{outcome}: {because}" if because else outcome)
        self.outcome: Outcome = outcome
        self.because: Because = because


def malformed() -> Refused:
    """For what can be decoded, and has not the shape of what we issue."""
    return Refused("forged", "malformed")
