"""Checking whatever somebody shows of a permit: one answer, for pages and for programs.

A signed document is judged as everywhere (`verify`), but its status is asked of the register, at this moment.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Literal

from django.conf import settings

from juzhu.credentials import live_code, queries, standings, verify
from juzhu.credentials.addresses import shard_of
from juzhu.credentials.verify import Issuer, Lists, Verdict
from juzhu.credentials.verify.document import StatusReference
from juzhu.credentials.verify.status_list import Standing
from juzhu.operations.clock import SHANGHAI
from juzhu.operations.rules import in_force
from juzhu.permits import versions
from juzhu.permits.models import Permit, PermitVersion
from juzhu.permits.queries import permit_of_document, shown_permit
from juzhu.registration.queries import departure, stays

Outcome = Literal["valid", "suspended", "terminated", "expired", "forged", "unknown", "stale", "unreadable"]
Because = Literal[
    "", "not_endorsed", "departed",
    "superseded", "document", "list", "trust",
    "signature", "key_unknown", "key_revoked", "holder", "digest", "malformed",
    "algorithm",
]  # fmt: skip
"""The first row is for "suspended", the others as in `verify.errors`."""
Kind = Literal["", "live_code", "offline_code", "sd_jwt_vc"]
DOCUMENTS = ("JZ", "eyJ")
"""What our signed documents begin with, and some that are not ours."""
BY_OUTCOME = {
    "valid": standings.VALID,
    "suspended": standings.SUSPENDED,
    "terminated": standings.TERMINATED,
}


@dataclass(frozen=True, slots=True)
class Check:
    """The answer. `permit` and `version` are there only in the first three outcomes, which alone may show a
    face and a masked name; never for what a holder has chosen to show, of which `claims` is all.
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
    kind: Kind = ""
    """What was shown; empty for what is nothing of ours."""
    claims: Mapping[str, Any] = field(default_factory=dict)
    """What a signed document says, or as much of it as its holder shows."""


@cache
def code_key() -> bytes:
    """The key of live codes, derived from the service's secret for this use alone."""
    return hmac.new(settings.SECRET_KEY.encode(), b"juzhu live code v1", hashlib.sha256).digest()


def show(permit: Permit, now: datetime) -> str:
    """The code that the holder shows at this moment."""
    return live_code.make(permit.public_id, code_key(), now)


def check(shown: str, now: datetime) -> Check:
    """Check whatever was scanned or handed in: a live code, an offline code, a document or a part of it."""
    found = check_live(shown, now)
    text = shown.strip()
    if found.outcome != "unknown" or not text.startswith(DOCUMENTS):
        return found
    return _check_document(text, now)


def check_live(code: str, now: datetime) -> Check:
    """Check a live code. Six queries when it is fresh, none otherwise."""
    reading = live_code.read(code, code_key(), now)
    if reading.verdict == "unknown":
        return Check("unknown", now)
    if reading.verdict != "fresh":
        return Check(reading.verdict, now, kind="live_code")
    permit = shown_permit(reading.public_id)
    return Check("unknown", now) if permit is None else replace(standing(permit, now), kind="live_code")


def check_shown(text: str, now: datetime, *, audience: str, nonce: str) -> Check:
    """Check a document that must bear its holder's answer to this audience's nonce."""
    return _check_document(text, now, audience, nonce)


def _check_document(text: str, now: datetime, audience: str | None = None, nonce: str | None = None) -> Check:
    """Check a signed document. Its keys are those that are published: one query, and eight for its status."""
    register, moment = _Register(now), int(now.timestamp())
    trust = queries.trust()
    if trust is not None:  # there is no newer one: a worker that stands still does not make it wrong
        trust = replace(trust, issued_at=0, expires_at=moment + 1)
    verdict = verify.check(text, trust=trust, lists=register, now=now, audience=audience, nonce=nonce)
    found = register.found
    if found is None or verdict.outcome not in BY_OUTCOME:
        return _without_permit(verdict, now)
    if verdict.kind == "sd_jwt_vc":
        return Check(
            found.outcome, now, last_day=_last_day(verdict), kind=verdict.kind, claims=verdict.claims
        )
    return replace(found, kind=verdict.kind, claims=verdict.claims)


def _without_permit(verdict: Verdict, now: datetime) -> Check:
    if verdict.outcome == "not_a_permit":
        return Check("unknown", now)
    return Check(verdict.outcome, now, because=verdict.because, kind=verdict.kind)


def _last_day(verdict: Verdict) -> date | None:
    """The last day of a document that has an end."""
    if verdict.expires_at is None:
        return None
    return (
        (datetime.fromtimestamp(verdict.expires_at, UTC) - timedelta(seconds=1)).astimezone(SHANGHAI).date()
    )


class _Register(Lists):
    """Stands where a checker has status lists: says what the register says at one moment."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.now = now
        self.found: Check | None = None

    def standing(self, at: StatusReference, issuer: Issuer, moment: int) -> Standing | None:
        """What the document's permit is; None where the register has no such place."""
        shard = shard_of(at.uri)
        licence = None if shard is None else queries.licence_at(shard, at.idx)
        permit = permit_of_document(licence.permit_id) if licence else None
        if licence is None or permit is None:
            return None
        self.found = standing(permit, self.now)
        status = BY_OUTCOME[self.found.outcome]
        if status == standings.VALID and licence.superseded_at is not None:
            status = standings.SUPERSEDED
        return Standing(status, moment)


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
