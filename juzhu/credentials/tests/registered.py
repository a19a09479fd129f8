"""The worker's part, for tests: what has no document gets one, what is not published is published."""

from __future__ import annotations

from juzhu.credentials import following, publishing
from juzhu.operations import tasks


def register_all() -> None:
    """A day's catching-up."""
    following.start()
    tasks.run_all()


def publish_all() -> None:
    """What the worker's round does when something is due, without waiting for its turn."""
    for path in publishing.due(publishing.Moment.present()):
        tasks.enqueue("credentials.publish", {"path": path})
    tasks.run_all()
