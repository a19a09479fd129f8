"""Tries that lead away and back: begun, and taken up once, by whom they are of."""

import hashlib
import secrets
from datetime import timedelta

from juzhu.operations import clock, tasks
from juzhu.people.models import Account, Attempt
from juzhu.people.presence.errors import AttemptOver

LIVES = timedelta(minutes=5)
KEPT = timedelta(days=1)
"""Then, and within another day, the row is deleted; what came of it stays in the audit trail."""
CLEAR = "people.clear_attempts"


def digest_of(secret: bytes) -> str:
    """What is stored of a secret: a challenge, a state, a session's key."""
    return hashlib.sha256(secret).hexdigest()


def begin(
    kind: str, *, session: str, account: Account | None = None, purpose: str = "", target: str = ""
) -> tuple[Attempt, bytes]:
    """A new try, and its secret of 32 random bytes."""
    secret, now = secrets.token_bytes(32), clock.now()
    attempt = Attempt.objects.create(
        kind=kind,
        account=account,
        purpose=purpose,
        digest=digest_of(secret),
        session=digest_of(session.encode()),
        target=target,
        begun_at=now,
    )
    tasks.enqueue(CLEAR, {}, key=f"{CLEAR}:{now:%Y-%m-%d}", delay=2 * KEPT)
    return attempt, secret


def take(
    kind: str, secret: bytes, *, session: str, account: Account | None = None, purpose: str | None = None
) -> Attempt:
    """Use a try up, once, whatever comes of it. Raises AttemptOver: unknown, too late, used, or of another
    session, account or purpose.
    """
    now = clock.now()
    mine = Attempt.objects.filter(
        kind=kind,
        digest=digest_of(secret),
        session=digest_of(session.encode()),
        account=account,
        begun_at__range=(now - LIVES, now),
        used_at=None,
    )
    if purpose is not None:
        mine = mine.filter(purpose=purpose)
    if not mine.update(used_at=now):
        raise AttemptOver
    return Attempt.objects.get(digest=digest_of(secret))


@tasks.handles(CLEAR)
def clear(payload: dict[str, str]) -> None:
    """Delete tries of more than a day ago."""
    Attempt.objects.filter(begun_at__lt=clock.now() - KEPT).delete()
