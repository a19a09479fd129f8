"""The worker's part, for tests: what has no document gets one, what is not published is published."""

from __future__ import annotations

from juzhu.credentials import following, publishing
from juzhu.operations import tasks
from juzhu.people.models import Account
from juzhu.permits.models import Permit
from juzhu.permits.tests import factories as make


def register_all() -> None:
    """A day's catching-up."""
    following.start()
    tasks.run_all()


def publish_all() -> None:
    """What the worker's round does when something is due, without waiting for its turn."""
    for path in publishing.due(publishing.Moment.present()):
        tasks.enqueue("credentials.publish", {"path": path})
    tasks.run_all()


def published(holder: Account | None = None) -> Permit:
    """A permit with its document and all that is published about it."""
    permit = make.issued(holder)
    tasks.run_all()
    publish_all()
    return permit
