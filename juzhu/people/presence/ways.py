"""Which ways of proving presence there are, which are offered to whom, and for what presence is proved."""

from collections.abc import Callable
from datetime import date

from django.conf import settings

from juzhu.law.calendar import cutoff
from juzhu.people.models import Account
from juzhu.people.presence import local_faces, passkeys
from juzhu.people.presence.addresses import USUAL
from juzhu.people.presence.faces import provider

COVERS = {
    "open": frozenset({"open"}),
    "present": frozenset({"present", "open"}),
    "load": frozenset({"load", "present", "open"}),
    "passkeys": frozenset({"passkeys"}),
}
"""What presence is proved for, and what else such a proof is good for: to load the permit onto a device is
graver than to show it once, and to show it than to look at it. Passkeys are changed after a proof of its own.
"""
FACE_FROM_AGE = 14
"""Younger people's faces are not checked: it would take their parents' consent (PIPL art. 31)."""

Offered = Callable[[Account, date], bool]


def _grown_up(account: Account, today: date) -> bool:
    person = account.person
    return person is not None and person.born <= cutoff(today, 12 * FACE_FROM_AGE)


REGISTRY: dict[str, Offered] = {
    "password": lambda account, today: True,
    "passkey": lambda account, today: bool(passkeys.domain()) and account.passkeys.exists(),
    "face": lambda account, today: provider() is not None and _grown_up(account, today),
    "local_face": lambda account, today: local_faces.usable(account) and _grown_up(account, today),
}
"""Each way, and whether somebody can use it now. How each is gone about is in `proofs` and in the portal."""


def configured() -> tuple[str, ...]:
    """The ways that the settings offer, in their order."""
    return tuple(settings.JUZHU_PRESENCE_WAYS) or USUAL


def offered(account: Account, today: date) -> list[str]:
    """The ways that this account has now. The password is always among them: a face is never the only one."""
    return [way for way in configured() if REGISTRY[way](account, today)]
