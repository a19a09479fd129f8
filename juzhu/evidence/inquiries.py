"""Asking the departments' own services. No bureau is connected here."""

from collections.abc import Collection
from datetime import datetime

from juzhu.evidence.kinds import Kind


def ask(person_id: int, kinds: Collection[Kind], *, now: datetime) -> None:
    """Ask every connected bureau about these kinds, outside of any transaction, and keep the answers."""
