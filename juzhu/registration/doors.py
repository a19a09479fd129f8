"""Signed links: an address for a building's door, an address for who joins a household, a question by SMS.

A link holds an address or a report's number and the service's signature, and nothing about anybody. A key of
the service that is exchanged has to stay among the fallbacks as long as posters hang.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import date, timedelta

from django.core import signing

from juzhu.registration.errors import LinkInvalid
from juzhu.registration.models import Community
from juzhu.registration.subdistricts import SUBDISTRICTS

DOOR = signing.Signer(salt="registration.door", sep=".")
FAMILY = signing.Signer(salt="registration.family", sep=".")
ASKED = signing.Signer(salt="registration.asked", sep=".")
FAMILY_LASTS = timedelta(days=7)
MARK = "\x1f"


@dataclass(frozen=True, slots=True)
class Door:
    """An address, as a registration takes it. `household`: the form that somebody joins; else ""."""

    subdistrict: str
    community: str
    address: str
    household: str = ""

    @property
    def place_name(self) -> str:
        """The address in Chinese, as it stands on a door."""
        return f"{SUBDISTRICTS[self.subdistrict].zh}{self.rest}"

    @property
    def rest(self) -> str:
        """Community and the rest, in Chinese."""
        community = Community.objects.filter(code=self.community).first() if self.community else None
        return f"{community.name if community else ''}{self.address}"


def of_door(door: Door) -> str:
    """The token of a poster; good for ever."""
    return DOOR.sign(_packed(door.subdistrict, door.community, door.address))


def of_family(door: Door, today: date) -> str:
    """The token by which another adult joins a household's form; good for a week."""
    until = (today + FAMILY_LASTS).isoformat()
    return FAMILY.sign(_packed(door.subdistrict, door.community, door.address, door.household, until))


def read(token: str, today: date) -> Door:
    """The address of a poster or of a household. Raises LinkInvalid."""
    known = _unsigned(DOOR, token)
    if known is not None:
        parts = _unpacked(known, 3)
    else:
        *parts, until = _unpacked(_unsigned(FAMILY, token), 5)
        if until < today.isoformat():
            raise LinkInvalid
    if parts[0] not in SUBDISTRICTS:
        raise LinkInvalid
    return Door(*parts)


def of_report(number: str) -> str:
    """The token of the question that an SMS asks about a report."""
    return ASKED.sign(_packed(number))


def read_report(token: str) -> str:
    """The number of the report that a link asks about. Raises LinkInvalid."""
    return _unpacked(_unsigned(ASKED, token), 1)[0]


def _unsigned(signer: signing.Signer, token: str) -> str | None:
    try:
        return signer.unsign(token)
    except signing.BadSignature:
        return None


def _packed(*parts: str) -> str:
    return base64.urlsafe_b64encode(MARK.join(parts).encode()).decode().rstrip("=")


def _unpacked(text: str | None, count: int) -> list[str]:
    if text is None:
        raise LinkInvalid
    try:
        whole = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise LinkInvalid from error
    parts = whole.split(MARK)
    if len(parts) != count:
        raise LinkInvalid
    return parts
