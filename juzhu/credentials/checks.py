"""Checking a shown permit: one answer, for the page that a stranger's phone opens and for programs."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Literal

from django.conf import settings

from juzhu.credentials import live_code
from juzhu.operations.clock import SHANGHAI
from juzhu.operations.rules import in_force
from juzhu.permits import versions
from juzhu.permits.models import Permit, PermitVersion
from juzhu.permits.queries import shown_permit
from juzhu.registration.queries import departure, stays

Outcome = Literal["valid", "suspended", "terminated", "expired", "forged", "unknown"]
Because = Literal["", "not_endorsed", "departed"]


@dataclass(frozen=True, slots=True)
class Check:
    """The answer. `permit` and `version` are there only in the first three outcomes, which alone may show a
    face and a masked name.
    """

    outcome: Outcome
    checked_at: datetime
    permit: Permit | None = None
    version: PermitVersion | None = None
    """What the permit says: its latest version."""
    last_day: date | None = None
    since: date | None = None
    """For a suspended or terminated permit, the first day it was so."""
    because: Because = ""
    """Why it is suspended: not endorsed in time, or its holder has registered out of the urban area, so that
    it proves no residence until they register again. Source: Hangzhou art. 20; requirements CF17.
    """
    under_review: bool = False


@cache
def code_key() -> bytes:
    """The key of live codes, derived from the service's secret for this use alone."""
    return hmac.new(settings.SECRET_KEY.encode(), b"juzhu live code v1", hashlib.sha256).digest()


def show(permit: Permit, now: datetime) -> str:
    """The code that the holder shows at this moment."""
    return live_code.make(permit.public_id, code_key(), now)


def check(code: str, now: datetime) -> Check:
    """Check what somebody scanned. Six queries when the code is fresh, none otherwise."""
    reading = live_code.read(code, code_key(), now)
    if reading.verdict != "fresh":
        return Check(reading.verdict, now)
    permit = shown_permit(reading.public_id)
    return Check("unknown", now) if permit is None else standing(permit, now)


def standing(permit: Permit, now: datetime) -> Check:
    """What a permit of ours is at this moment: valid, suspended or terminated."""
    today = now.astimezone(SHANGHAI).date()
    status = permit.status(in_force(today), today)
    said = versions.said(permit)
    if status.status == "active" and (since := _outside_since(permit, today)):
        return Check("suspended", now, permit, said, status.last_day, since=since, because="departed")
    if status.status == "active":
        return Check("valid", now, permit, said, status.last_day, under_review=status.under_review)
    if status.status == "suspended":
        since = status.suspended_from
        return Check("suspended", now, permit, said, status.last_day, since=since, because="not_endorsed")
    return Check("terminated", now, permit, said, status.last_day, since=permit.ended_on)


def _outside_since(permit: Permit, today: date) -> date | None:
    """Since when a holder is out of the urban area who has left it and not come back. One query."""
    gone = departure(stays(permit.person_id), in_force(today))
    return gone.outside_since(today) if gone else None
