"""The policy in force on a day, by the district's own schedule (`JUZHU_POLICY`)."""

from collections.abc import Callable
from datetime import date

from django.conf import settings

from juzhu.law.policy import Policy
from juzhu.law.schedule import Schedule, read_schedule


def schedule() -> Schedule:
    """Every pack that ran, runs or will run, in order."""
    return read_schedule(settings.JUZHU_POLICY)


def in_force(day: date) -> Policy:
    """The pack by which what is filed, registered or looked up on that day is judged."""
    return schedule().in_force(day)


def changes() -> Callable[[date], Policy] | None:
    """`in_force` where packs follow each other; None where one has always run."""
    return in_force if len(schedule().entries) > 1 else None
