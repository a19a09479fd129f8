"""Doing a thing once, however often it is asked for."""

from django.db import transaction

from juzhu.operations import clock
from juzhu.operations.models import OnceKey


def claim(scope: str, key: str) -> OnceKey | None:
    """Claim a client's key inside the caller's transaction.

    Returns None when the key is new (the caller goes on, and calls `remember`), else the row of the first
    request, whose `result` is to be given again. A second request waits for the first one's commit.
    """
    row = OnceKey(scope=scope, key=key, created_at=clock.now())
    made = OnceKey.objects.bulk_create([row], ignore_conflicts=True)
    assert made
    kept = OnceKey.objects.select_for_update().get(scope=scope, key=key)
    return kept if kept.result else None


def remember(scope: str, key: str, result: str) -> None:
    """Store what the first request led to, so that the second one is told the same."""
    assert transaction.get_connection().in_atomic_block
    OnceKey.objects.filter(scope=scope, key=key).update(result=result)
